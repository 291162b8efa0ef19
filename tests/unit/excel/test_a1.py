"""A1 references, against openpyxl's own conversions and at the edges of a sheet."""

from __future__ import annotations

import pytest
from openpyxl.utils import get_column_letter

from xltools.excel.a1 import (
    absolute,
    absolute_range,
    cell_name,
    column_letters,
    parse_cell,
    quote_sheet,
    range_name,
)
from xltools.excel.limits import MAX_COLUMNS, MAX_ROWS


def test_column_letters_are_those_of_openpyxl_for_every_column() -> None:
    assert [column_letters(n) for n in range(MAX_COLUMNS)] == [
        get_column_letter(n + 1) for n in range(MAX_COLUMNS)
    ]


@pytest.mark.parametrize("column", [-1, MAX_COLUMNS])
def test_a_column_outside_the_sheet_has_no_letters(column: int) -> None:
    with pytest.raises(ValueError, match="outside the sheet"):
        column_letters(column)


@pytest.mark.parametrize(
    ("row", "column"), [(0, 0), (4, 9), (0, 25), (0, 26), (9, 701), (9, 702), (MAX_ROWS - 1, MAX_COLUMNS - 1)]
)
def test_a_reference_reads_back_as_the_cell_it_names(row: int, column: int) -> None:
    assert parse_cell(cell_name(row, column)) == (row, column)
    assert parse_cell(absolute(row, column)) == (row, column)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "A",
        "1",
        "A0",
        "a1",
        "A01",
        "A1:B2",
        "AAAA1",
        " A1",
        "A1\n",
        "Ａ１",
        "A１",
        "三!A1",
        "A1048577",
        "XFE1",
    ],
)
def test_what_is_no_cell_of_a_sheet_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"reference|outside"):
        parse_cell(name)


def test_ranges_are_written_the_way_excel_does() -> None:
    assert cell_name(4, 9) == "J5"
    assert absolute(4, 9) == "$J$5"
    assert absolute_range(0, 0, 4, 9) == "$A$1:$J$5"
    assert range_name(0, 0, 4, 9) == "A1:J5"
    assert range_name(4, 9, 4, 9) == "J5"


@pytest.mark.parametrize(
    ("name", "quoted"), [("三", "'三'"), ("a b", "'a b'"), ("it's", "'it''s'"), ("''", "''''''")]
)
def test_sheet_names_are_always_quoted(name: str, quoted: str) -> None:
    assert quote_sheet(name) == quoted
