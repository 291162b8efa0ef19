"""A1 references. Rows and columns are counted from 0 in code and from 1 (A) in references."""

from __future__ import annotations

import re
from functools import cache

from xltools.excel.limits import MAX_COLUMNS, MAX_ROWS

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)


@cache
def column_letters(column: int) -> str:
    """``0`` -> ``A``, ``26`` -> ``AA``; raises ValueError outside the sheet."""
    if not 0 <= column < MAX_COLUMNS:
        raise ValueError(f"column {column} is outside the sheet")
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """``(4, 9)`` -> ``J5``."""
    return f"{column_letters(column)}{row + 1}"


def absolute(row: int, column: int) -> str:
    """``(4, 9)`` -> ``$J$5``."""
    return f"${column_letters(column)}${row + 1}"


def absolute_range(top: int, left: int, bottom: int, right: int) -> str:
    """``(0, 0, 4, 9)`` -> ``$A$1:$J$5``."""
    return f"{absolute(top, left)}:{absolute(bottom, right)}"


def range_name(top: int, left: int, bottom: int, right: int) -> str:
    """``(0, 0, 4, 9)`` -> ``A1:J5``; a single cell as ``A1``."""
    first = cell_name(top, left)
    return first if (top, left) == (bottom, right) else f"{first}:{cell_name(bottom, right)}"


def parse_cell(name: str) -> tuple[int, int]:
    """``J5`` or ``$J$5`` -> ``(4, 9)``; raises ValueError for anything else or outside the sheet."""
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is not a cell reference")
    column, row = column_number(match[1]), int(match[2])
    if row > MAX_ROWS or column >= MAX_COLUMNS:
        raise ValueError(f"{name!r} is outside the sheet")
    return row - 1, column


@cache
def column_number(letters: str) -> int:
    """``A`` -> ``0``, ``AA`` -> ``26``: the other way round; one to three capital letters."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def quote_sheet(name: str) -> str:
    """A sheet name as it stands in a formula, always quoted."""
    return "'" + name.replace("'", "''") + "'"


def full_address(sheet: str | None, cell: str | None) -> str:
    """``三!D5`` as people read it, as far as it is known."""
    return "!".join(part for part in (sheet, cell) if part)
