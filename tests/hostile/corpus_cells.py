"""Hostile cells: far places, repeats, numbers, formulas, and texts that want to be run or to be labels."""

# ruff: noqa: E501 - samples and tables read better on one line

from __future__ import annotations

from tests.hostile.base import (
    Builder,
    packed,
    with_sheet,
)
from tests.support.workbooks import FORM_2021
from tests.unit.reading.makers import MAIN, parts, sheet_xml

LINES = [leaf.label for table in FORM_2021.tables for leaf in table.row_leaves if leaf.label]
HEADS = [leaf.label for table in FORM_2021.tables for leaf in table.column_leaves if leaf.label]

_SHARED, _STRING = '<c><f t="shared" si="0"/></c>', '<c t="s"><v>0</v></c>'
A_MILLION, TWOS, LIGATURE = "9" * 1_000_000, "2" * 149, "\ufdfa"


def cell_of_text(reference: str, text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{reference}" t="str"><v>{escaped}</v></c>'


def _said(text: str) -> str:
    """A cell without reference."""
    return cell_of_text("", text).replace(' r=""', "")


def _row(*cells: str) -> bytes:
    return with_sheet(f'<row r="1">{"".join(cells)}</row>')


def _cells(count: int, cell: str = "<c><v>1</v></c>") -> bytes:
    """Rows of 200 cells."""
    return with_sheet(f"<row>{cell * 200}</row>" * (count // 200))


def _addressed(count: int, cell: str = '<c r="{}"><v>1</v></c>') -> bytes:
    """Cells the quick reader takes."""
    letters = [chr(65 + n // 26) + chr(65 + n % 26) for n in range(200)]
    rows = (
        f'<row r="{row}">' + "".join(cell.format(f"{a}{row}") for a in letters) + "</row>"
        for row in range(1, count // 200 + 1)
    )
    return with_sheet("".join(rows))


def _formula(text: str, given: str = "") -> str:
    return f'<row r="1"><c r="A1"><f{given}>{text}</f><v>1</v></c></row>'


def _shared(text: str, count: int) -> bytes:
    master = f'<c><f t="shared" si="0" ref="A1:XFD9">{text}</f><v>1</v></c>'
    rows = f"<row>{_SHARED * 200}</row>" * (count // 200)
    return with_sheet(f"<row>{master}</row>{rows}")


CELLS: dict[str, Builder] = {
    "corners": lambda: _row('<c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c>'),
    "beyond the corner": lambda: _row('<c r="XFE1"/><c r="A1048577"/><c r="ZZZ9999999"><v>1</v></c>'),
    "references that are none": lambda: _row(*(f'<c r="{r}"><v>1</v></c>' for r in ("", "A0", "1A", "a" * 9999, "$A$1", "Ａ１", "A１"))),
    "huge references": lambda: _row(f'<c r="A{A_MILLION}"><v>1</v></c>'),
    "row numbers": lambda: with_sheet("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in ("-1", "0", "1e9", "9" * 5000, "１", "1048577"))),
    "one million far rows": lambda: with_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 250_000),
    "one cell again and again": lambda: with_sheet('<row r="1">' + '<c r="A1"><v>1</v></c>' * 600_000 + "</row>"),
    "900,000 cells": lambda: _cells(900_000),
    "2 million blank cells": lambda: _cells(2_000_000, "<c/>"),
    "250,000 cells of texts": lambda: _cells(250_000, '<c t="str"><v>总计</v></c>'),
    "plain 100,000 cells": lambda: _addressed(100_000),
    "plain 550,000 cells": lambda: _addressed(550_000),
    "plain 140,000 texts": lambda: _addressed(140_000, '<c r="{}" t="str"><v>a</v></c>'),
    "plain 100,000 formulas": lambda: _addressed(100_000, '<c r="{}"><f>A1</f><v>1</v></c>'),
    "rows without cells": lambda: with_sheet("<row/>" * 2_000_000),
    "hidden rows": lambda: with_sheet('<row hidden="1"/>' * 800_000),
    "bad values": lambda: _cells(300_000, "<c><v>x</v></c>"),
    "column spans": lambda: with_sheet("<row/>", before='<cols><col min="1" max="999999999" hidden="1"/><col min="-1" max="x" hidden="1"/></cols>'),
    "merges of everything": lambda: with_sheet("<row/>", after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 20_000 + "</mergeCells>"),
    "merges that are none": lambda: with_sheet("<row/>", after=f'<mergeCells><mergeCell/><mergeCell ref="{A_MILLION}"/></mergeCells>'),
    "styles out of range": lambda: _row(*(f'<c s="{s}"><v>1</v></c>' for s in ("-1", "99999999999", "x", "9" * 5000))),
    "types that are none": lambda: _row(*(f'<c t="{t}"><v>1</v></c>' for t in ("", "zz", "s", "d", "e" * 9999))),
    "string indexes": lambda: _row(*(f'<c t="s"><v>{v}</v></c>' for v in ("-1", "1e3", "9" * 5000, "１", "0x1", "")))  ,
    "value of 15 MB": lambda: _row(f"<c><v>{'1' * 15_000_000}</v></c>"),
    "text of 15 MB": lambda: _row(cell_of_text("A1", "总计" * 2_500_000)),
    "one text in 200,000 cells": lambda: packed(
        parts(sheet_xml(f"<row>{_STRING * 200_000}</row>"), strings=f'<sst xmlns="{MAIN}"><si><t>{A_MILLION}</t></si></sst>')
    ),
}  # fmt: skip

FORMULAS: dict[str, Builder] = {
    "formula of 10 MB": lambda: with_sheet(_formula("A1+" * 3_000_000)),
    "brackets": lambda: with_sheet(_formula("(" * 1_000_000)),
    "quotes": lambda: with_sheet(_formula('"' * 2_000_001)),
    "apostrophes": lambda: with_sheet(_formula("'" * 2_000_001)),
    "open brackets": lambda: with_sheet(_formula("[" * 2_000_000)),
    "shared bomb": lambda: _shared("A1+" * 30_000, 100_000),
    "shared short": lambda: _shared("A1", 400_000),
    "shared words": lambda: _shared("a." * 20_000, 1_000),
    "shared quotes": lambda: _shared("'\"" * 20_001, 1_000),
    "shared digits": lambda: _shared("1" * 40_000, 1_000),
    "shared colons": lambda: _shared("A:" * 20_000, 1_000),
    "shared without master": lambda: with_sheet(f"<row>{_SHARED * 200_000}</row>"),
    "shared with 200,000 masters": lambda: with_sheet("".join(f'<row><c><f t="shared" si="{n}">A1</f></c></row>' for n in range(200_000))),
    "shared that refers to itself": lambda: _row('<c r="A1"><f t="shared" si="0" ref="A1">A1</f></c><c r="A1"><f t="shared" si="0"/></c>'),
    "array formula over everything": lambda: with_sheet(_formula("A1", ' t="array" ref="A1:XFD1048576"')),
    "data table": lambda: with_sheet(_formula("", ' t="dataTable" ref="A1:XFD1048576" r1="A1"')),
}  # fmt: skip


def _table(rows: list[str], heads: list[str], *, top: int = 1, times: int = 1) -> bytes:
    """A bare table of these labels, again and again."""
    lines = []
    for _ in range(times):
        lines.append(f'<row r="{top}">' + "".join(_said(head) for head in ("项目", *heads)) + "</row>")
        lines += [f'<row r="{top + n}">{_said(label)}</row>' for n, label in enumerate(rows, 1)]
        top += len(rows) + 2
    return with_sheet("".join(lines))


def _near(text: str) -> str:
    """A label one character off, so that every comparison is made."""
    return text[:-1] + "口" if text else text


LABELS: dict[str, Builder] = {
    "labels a million rows apart": lambda: with_sheet(
        "".join(f'<row r="{1 + 26_000 * n}">' + "".join(_said(head) for head in HEADS) + "</row>" for n in range(40))
        + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    ),
    "one heading 2,900 times": lambda: with_sheet("".join(f"<row>{_said(HEADS[0])}</row>" for _ in range(2_900))),
    "all labels in one row": lambda: with_sheet("<row>" + "".join(_said(t) for t in (HEADS + LINES) * 4) + "</row>"),
    "tables again and again": lambda: _table(LINES[:20], HEADS, times=60),
    "near misses": lambda: _table([_near(t) for t in LINES], [_near(t) for t in HEADS], times=8),
    "3,000 long near misses": lambda: with_sheet("".join(f"<row>{_said((LINES[n % len(LINES)] * 9)[:140] + str(n))}</row>" for n in range(2_900))),
    "3,000 different near misses": lambda: with_sheet("".join(f"<row>{_said(LINES[n % len(LINES)] + chr(0x4E00 + n))}</row>" for n in range(2_900))),
    "ligatures that grow": lambda: with_sheet("".join(f"<row>{_said(LIGATURE * 140 + str(n))}</row>" for n in range(2_900))),
    "titles of digits": lambda: with_sheet("".join(f"<row>{_said(TWOS)}</row>" for _ in range(2_900))),
    "sheets of labels": lambda: packed(parts(*[sheet_xml("".join(f"<row>{_said(t)}</row>" for t in LINES + HEADS)) ] * 200)),
    "195,000 labels on 130 sheets": lambda: packed(
        parts(
            *[sheet_xml("<row><c t=\"s\"><v>{}</v></c></row>".format("0") * 1_500)] * 130,
            strings=f'<sst xmlns="{MAIN}"><si><t>{_near(LINES[0])}</t></si></sst>',
        )
    ),
    "different labels on 40 sheets": lambda: packed(
        parts(*[sheet_xml("".join(f"<row>{_said(chr(0x4E00 + 97 * n + m) + LINES[m % len(LINES)])}</row>" for m in range(2_900))) for n in range(40)])
    ),
    "labels that are formulas": lambda: _table(["=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "@SUM(1)", "+1", "-1"], HEADS),
}  # fmt: skip
