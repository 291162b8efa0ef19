"""PDF files of several pages, each drawn as told, and words and lines to draw on them."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 600, 800


def pages_pdf(*contents: str) -> bytes:
    """A PDF with a page for every content stream; PDFium finds the objects without a table."""
    kids = " ".join(f"{10 + n} 0 R" for n in range(len(contents)))
    parts = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>endobj",
        "4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
    ]
    for number, content in enumerate(contents):
        parts += [
            f"{10 + number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            f"/Contents {100 + number} 0 R/Resources<</Font<</F 4 0 R>>>>>>endobj",
            f"{100 + number} 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj",
        ]
    return "\n".join(["%PDF-1.4", *parts, "trailer<</Root 1 0 R/Size 9>>\n%%EOF"]).encode()


def word(x: float, y: float, text: str, size: float = 10) -> str:
    """A text that begins at a place on its baseline."""
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET "


def rules(xs: Sequence[float], ys: Sequence[float], *, open_at: Sequence[float] = ()) -> str:
    """The lines of a table; at heights in ``open_at`` its upright lines end without one across."""
    ends = (*ys, *open_at)
    across = "".join(f"{xs[0]} {y} m {xs[-1]} {y} l S " for y in ys)
    return across + "".join(f"{x} {min(ends)} m {x} {max(ends)} l S " for x in xs)
