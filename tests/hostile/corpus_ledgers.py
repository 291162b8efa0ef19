"""Hostile ledgers: a summary's 分单位明细 may be larger than any other sheet, but not at any price."""

from __future__ import annotations

from tests.hostile.base import Builder, Parts, packed, unpacked
from tests.hostile.corpus_cells import cell_of_text
from tests.hostile.corpus_returns import part_of, summary, with_cell, with_identity
from xltools.excel.a1 import column_letters
from xltools.model.sheet_names import IDENTITY_SHEET, LEDGER_SHEET


def _ledger(rows: str, *, units: str = "99999", **members: bytes) -> bytes:
    """The sound summary with these rows at the end of its ledger."""
    found = unpacked(with_identity(unpacked(summary()), units=units))
    part = part_of(found, LEDGER_SHEET)
    text = found[part].decode().replace("</sheetData>", f"{rows}</sheetData>")
    return packed(found | {part: text.encode()} | members)


def _numbered(count: int, row: str, first: int = 50) -> str:
    """``count`` rows, ``{0}`` in each replaced by its number."""
    return "".join(row.replace("{0}", str(number)) for number in range(first, first + count))


def _row(columns: int, cell: str) -> str:
    cells = "".join(cell.replace("{1}", column_letters(number)) for number in range(columns))
    return f'<row r="{{0}}">{cells}</row>'


def with_cells(members: Parts, sheet: str, cells: str) -> Parts:
    """The parts with cells added to the first row of a sheet."""
    part = part_of(members, sheet)
    return members | {part: members[part].decode().replace("</row>", f"{cells}</row>", 1).encode()}


def _two_ledgers() -> bytes:
    members = unpacked(_ledger(_numbered(2_900, _row(200, '<c r="{1}{0}"><v>7</v></c>'))))
    names = members["xl/workbook.xml"].decode().replace("报送情况", LEDGER_SHEET)
    other = part_of(members, "报送情况")
    return packed(
        members | {"xl/workbook.xml": names.encode(), other: members[part_of(members, LEDGER_SHEET)]}
    )


def _ledger_and_cells(sheet_name: str) -> bytes:
    members = unpacked(_ledger(_numbered(2_900, _row(200, '<c r="{1}{0}"><v>7</v></c>'))))
    part = part_of(members, sheet_name)
    mass = "".join(f'<row r="{9000 + n}">{"<c><v>3</v></c>" * 200}</row>' for n in range(1_450))
    sheet = members[part].decode().replace("</sheetData>", f"{mass}</sheetData>")
    return packed(members | {part: sheet.encode()})


LEDGERS: dict[str, Builder] = {
    "600,000 more cells": lambda: _ledger(_numbered(3_000, _row(200, '<c r="{1}{0}"><v>7</v></c>'))),
    "900,000 more cells": lambda: _ledger(_numbered(4_500, _row(200, '<c r="{1}{0}"><v>7</v></c>'))),
    "150,000 odd cells": lambda: _ledger(_numbered(750, _row(200, '<c r="{1}{0}" ><v >7</v></c>'))),
    "one cell a row": lambda: _ledger(_numbered(400_000, '<row r="{0}"><c r="A{0}"><v>1</v></c></row>')),
    "last column in every row": lambda: _ledger(
        _numbered(90_000, '<row r="{0}"><c r="XFD{0}"><v>1</v></c></row>')
    ),
    "empty rows": lambda: _ledger(_numbered(900_000, '<row r="{0}"/>')),
    "a row of 20 MB": lambda: _ledger('<row r="50">' + '<c r="A50"/>' * 1_700_000 + "</row>"),
    "texts": lambda: _ledger(
        _numbered(1_200, '<row r="{0}"><c r="A{0}" t="str"><v>' + "字😀" * 4_000 + "</v></c></row>")
    ),
    "texts of runs": lambda: _ledger(
        _numbered(
            60,
            '<row r="{0}"><c r="A{0}" t="inlineStr"><is>' + "<r><t>字</t></r>" * 20_000 + "</is></c></row>",
        )
    ),
    "40 MB of blanks": lambda: _ledger(" " * 40_000_000),
    "50 MB of blanks": lambda: _ledger(" " * 50_000_000),
    "rows backwards": lambda: _ledger('<row r="3"><c r="A3"><v>1</v></c></row>'),
    "laughs": lambda: _ledger("<!DOCTYPE x>"),
    "two ledgers": _two_ledgers,
    "ledger and 290,000 cells": lambda: _ledger_and_cells("填报说明"),
    "ledger and 290,000 cells in a list": lambda: _ledger_and_cells("报送情况"),
    "places": lambda: packed(
        with_cell(
            unpacked(summary()), LEDGER_SHEET, "D6", cell_of_text("D6", "'三'!A1:XFD1048576='x'!A1;" * 1_300)
        )
    ),
    "past periods": lambda: packed(
        with_cells(
            unpacked(summary()), IDENTITY_SHEET, '<c r="G1"><v>99999999</v></c><c r="H1"><v>-1</v></c>'
        )
    ),
    "data file elsewhere": lambda: packed(
        with_cell(
            with_cell(unpacked(summary()), LEDGER_SHEET, "C6", cell_of_text("C6", "数据文件")),
            LEDGER_SHEET,
            "E6",
            cell_of_text("E6", "../../../../dev/zero"),
        )
    ),
}
