"""A ledger read in pieces: the same as read whole, within its limits, and never silently cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hostile.base import packed
from tests.unit.reading.makers import MAIN, sheet_xml
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.excel.a1 import cell_name
from xltools.reading.grid import SheetRow
from xltools.reading.package import open_package
from xltools.reading.workbooks import ledger_part
from xltools.reading.workbooks.ledger_part import read_ledger_part

PART = "xl/worksheets/sheet1.xml"
STRINGS = ["甲局", "乙局"]


def cell(row: int, column: int, text: str) -> str:
    return f'<c r="{cell_name(row, column)}" s="3"{text}'


def rows_of(count: int, first: int = 5) -> str:
    """Rows with a text, a whole number, a decimal, a blank and an error."""
    return "".join(
        f'<row r="{number + 1}">'
        + cell(number, 0, f' t="s"><v>{number % 2}</v></c>')
        + cell(number, 1, f"><v>{number}</v></c>")
        + cell(number, 2, "><v>0.5</v></c>")
        + cell(number, 3, "/>")
        + cell(number, 5, ' t="e"><v>#DIV/0!</v></c>')
        + "</row>"
        for number in range(first, first + count)
    )


def read(xml: str | bytes, cells: int = 0) -> tuple[tuple[SheetRow, ...], int]:
    found = read_ledger_part(open_package(packed({PART: xml})), PART, "分单位明细", STRINGS, cells)
    return found.rows, found.cells


def spread(xml: str) -> str:
    """The same cells as nobody's usual suite writes them, so that the parser has to read them."""
    return xml.replace("<v>", "<v >")


@pytest.mark.parametrize("written", [str, spread], ids=["plainly", "oddly"])
@pytest.mark.parametrize("piece", [ledger_part._PIECE, 700])
def test_rows_come_whole_and_in_order_however_they_are_cut(
    written: type[str], piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_part, "_PIECE", piece)
    rows, cost = read(written(sheet_xml(rows_of(300))))
    assert [row.number for row in rows] == list(range(5, 305))
    first = rows[0].values
    assert first[:4] == ("乙局", 5, 0.5, None)
    assert str(first[5]) == "ErrorValue(code='#DIV/0!')"
    assert sum(int(str(row.values[1])) for row in rows) == sum(range(5, 305))
    assert 300 < cost < 300 * 20


def test_a_quick_cell_costs_less_than_one_that_is_held_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = read(sheet_xml(rows_of(300)))[1], read(spread(sheet_xml(rows_of(300))))[1]
    assert quick < slow
    monkeypatch.setattr(ledger_part, "MAX_CELLS", quick + 10)
    assert read(sheet_xml(rows_of(300)))[1] == quick
    for spent, xml in ((0, spread(sheet_xml(rows_of(300)))), (20, sheet_xml(rows_of(300)))):
        with pytest.raises(UnreadableFileError, match="too many cells"):
            read(xml, spent)


def wide(count: int) -> Iterator[str]:
    for number in range(count):
        yield f'<row r="{number + 1}"><c r="XFD{number + 1}"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (sheet_xml(rows_of(3, 50) + rows_of(3)), "out of order"),
        (sheet_xml("".join(wide(70))), "too many cells"),
        (sheet_xml(rows_of(3)).replace("</sheetData>", ""), "cut off"),
        (sheet_xml(rows_of(3)).replace("<sheetData>", "<data>"), "no content"),
        (sheet_xml("<row r='1'><c r='A1'><v>1</c></row>"), "not well-formed"),
        (f'<worksheet xmlns="{MAIN}">' + " " * 600_000 + "<sheetData/></worksheet>", "too long"),
        (sheet_xml("<row r='1'>" + " " * 1_500_000 + "</row>"), "too long"),
        (sheet_xml("<!DOCTYPE x>" + rows_of(2)), "not well-formed"),
        (sheet_xml(f"<row r='1'><c r='A1' t='str'><v>{'字' * 40}</v></c></row>" * 1), ""),
    ],
)
def test_what_is_wrong_with_a_ledger_is_said(xml: str, words: str) -> None:
    if not words:
        assert read(xml)[0][0].values == ("字" * 40,)
        return
    with pytest.raises(UnreadableFileError) as caught:
        read(xml)
    assert words in caught.value.text.en


def test_a_cell_that_stands_twice_is_noted() -> None:
    package = open_package(packed({PART: sheet_xml(rows_of(3) + rows_of(3))}))
    found = read_ledger_part(package, PART, "分单位明细", STRINGS, 0)
    assert len(found.rows) == 3
    assert {note.code for note in found.notes} == {"FILE-CELLS-SKIPPED"}
    assert len(found.notes) == 15


def test_a_row_end_inside_a_comment_may_cut_a_piece_in_two_and_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ledger_part, "_PIECE", 700)
    with pytest.raises(UnreadableFileError, match="not well-formed"):
        read(sheet_xml(rows_of(2) + "<!-- </row>" + " " * 2000 + "-->" + rows_of(2, 9)))


def test_texts_beyond_their_share_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_part, "MAX_TEXT", 2_000)
    row = "<row r='{0}'><c r='A{0}' t='str'><v>" + "字" * 300 + "</v></c></row>"
    assert len(read(sheet_xml(row.format(1)))[0]) == 1
    with pytest.raises(UnreadableFileError, match="too much text"):
        read(sheet_xml("".join(row.format(number) for number in range(1, 9))))


def test_a_part_that_lies_about_its_bytes_is_found_out() -> None:
    data = bytearray(packed({PART: sheet_xml(rows_of(300))}))
    at = data.rfind(b"PK\x01\x02")
    for field, words in ((16, "damaged"), (24, "larger than it declares")):
        spoilt = bytearray(data)
        spoilt[at + field] ^= 0x01
        if field == 24:
            spoilt[at + field] = 1
            spoilt[at + field + 1 : at + field + 4] = b"\0\0\0"
        with pytest.raises(UnreadableFileError, match=words):
            read_ledger_part(open_package(bytes(spoilt)), PART, "分单位明细", STRINGS, 0)
    with pytest.raises(UnreadableFileError, match="missing"):
        read_ledger_part(open_package(bytes(data)), "xl/none.xml", "分单位明细", STRINGS, 0)
    with pytest.raises(UnreadableFileError, match="exceeds 44 MB"):
        read(sheet_xml("<!--" + " " * (45 * 1024 * 1024) + "-->"))
