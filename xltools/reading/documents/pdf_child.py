"""Run with ``python -m``: the characters and lines of the PDF on standard input, as JSON.

The first line of the input is the password that opens the file, as JSON; an empty text where there is none.

Runs as a process of its own: a native library that crashes, hangs or fills the memory on a hostile file
takes nothing with it. The answer is ``{"pages": [{"chars": [[text, left, bottom, right, top, baseline, size],
...], "lines": [[x0, y0, x1, y1], ...], "sides": [left, right], "has_picture": truth}, ...]}`` in points from
the lower left corner, or ``{"trouble": word}``; ``sides`` are the edges of what is shown of the page.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

MAX_PAGES = 60
MAX_CHARS = 200_000
MAX_LINES = 60_000
CPU_SECONDS = 8
MEGABYTES = 700

Box = tuple[float, float, float, float]


def main() -> int:
    """Read, answer, and end without tidying up: the process is done."""
    _limit()
    password = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read(), password)))
    sys.stdout.flush()
    return 0


def _limit() -> None:
    """What the process may use, where the system can say so; the caller's patience is the limit elsewhere."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


def _answer(data: bytes, password: str) -> dict[str, Any]:
    try:
        import pypdfium2  # noqa: PLC0415 - an optional extra
    except ImportError:
        return {"trouble": "missing"}
    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
        if len(document) > MAX_PAGES:
            return {"trouble": "large"}
        pages = []
        left = [MAX_CHARS, MAX_LINES]
        for number in range(len(document)):
            page = document[number]
            chars, lines = _chars(pypdfium2.raw, page, left), _lines(pypdfium2.raw, page, left)
            pictures = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
            has_picture = next(iter(pictures), None) is not None
            left_edge, _, right_edge, _ = page.get_bbox()
            pages.append(
                {
                    "chars": list(chars),
                    "lines": list(lines),
                    "sides": [left_edge, right_edge],
                    "has_picture": has_picture,
                }
            )
            if min(left) < 0:
                return {"trouble": "large"}
    except pypdfium2.PdfiumError as error:
        return {"trouble": "password" if "password" in str(error).lower() else "damaged"}
    return {"pages": pages}


def _chars(raw: Any, page: Any, left: list[int]) -> Iterator[tuple[str | float, ...]]:
    """Every character that stands on the page with box, baseline and size; line ends and the like do not."""
    text = page.get_textpage()
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        left[0] -= 1
        if left[0] < 0:
            return
        code = raw.FPDFText_GetUnicode(text, index)
        if code < 32 or not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        placed = raw.FPDFText_GetCharOrigin(text, index, x, y) and raw.FPDFText_GetMatrix(text, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) if placed else 1.0
        size = max(raw.FPDFText_GetFontSize(text, index) * scale, 0.1)
        places = (box.left, box.bottom, box.right, box.top, y.value if placed else box.bottom, size)
        yield chr(code), *(round(place, 1) for place in places)


def _lines(raw: Any, page: Any, left: list[int]) -> Iterator[Box]:
    """Every straight horizontal or vertical line that a path draws."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        matrix = item.get_matrix()
        start = at = (0.0, 0.0)
        for index in range(raw.FPDFPath_CountSegments(item)):
            left[1] -= 1
            if left[1] < 0:
                return
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                start = point
            else:
                yield from _straight(at, point)
            if raw.FPDFPathSegment_GetClose(segment):
                yield from _straight(point, start)
            at = point


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    across, up = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(across, up) < 1 and max(across, up) > 3:
        xs, ys = sorted((one[0], other[0])), sorted((one[1], other[1]))
        yield round(xs[0], 1), round(ys[0], 1), round(xs[1], 1), round(ys[1], 1)


if __name__ == "__main__":
    sys.exit(main())
