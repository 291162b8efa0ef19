"""Shared formulas: the master's text with its relative references moved (ECMA-376 part 1, 18.3.1.40)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from xltools.excel.a1 import column_letters
from xltools.excel.limits import MAX_COLUMNS, MAX_ROWS

_END = r"(?![\w.(!$])"
# texts, quoted sheet names and words are passed over whole, so that no reference is seen inside them
_TOKEN = re.compile(
    rf"""
      "(?:[^"]|"")*" | '(?:[^']|'')*' | \[[^\[\]]*\] | \#[A-Z0-9/]+[!?]?
    | (?<![\w.$])(?:
          (?P<column_mark>\$?)(?P<column>[A-Za-z]{{1,3}})(?P<row_mark>\$?)(?P<row>[1-9][0-9]{{0,6}}){_END}
        | (?P<left_mark>\$?)(?P<left>[A-Za-z]{{1,3}}):(?P<right_mark>\$?)(?P<right>[A-Za-z]{{1,3}}){_END}
        | (?P<top_mark>\$?)(?P<top>[1-9][0-9]{{0,6}}):(?P<bottom_mark>\$?)(?P<bottom>[1-9][0-9]{{0,6}}){_END}
      )
    | [\w.$\\]+
    """,
    re.VERBOSE,
)


def shift(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads ``rows`` further down and ``columns`` further right.

    References pushed off the sheet become ``#REF!``.
    """
    return _TOKEN.sub(partial(_moved, rows=rows, columns=columns), formula)


def _moved(match: re.Match[str], rows: int, columns: int) -> str:
    """One token of the formula, moved where it is a relative reference."""
    part = match.groupdict()
    if part["column"]:
        pieces = (
            _column(part["column_mark"], part["column"], columns),
            _row(part["row_mark"], part["row"], rows),
        )
        return "#REF!" if None in pieces else "".join(filter(None, pieces))
    for first, last, move, by in (("left", "right", _column, columns), ("top", "bottom", _row, rows)):
        if part[first]:
            return _moved_span(part, (first, last), move, by)
    return match[0]


def _moved_span(
    part: dict[str, str], names: tuple[str, str], move: Callable[[str, str, int], str | None], by: int
) -> str:
    """Whole columns (``A:C``) or whole rows (``1:3``), moved."""
    ends = [move(part[f"{name}_mark"], part[name], by) for name in names]
    return "#REF!" if None in ends else ":".join(filter(None, ends))


def _column(mark: str, letters: str, by: int) -> str | None:
    """A column of a reference, moved unless it is absolute; None off the sheet."""
    if mark:
        return mark + letters
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    number += by - 1
    return column_letters(number) if 0 <= number < MAX_COLUMNS else None


def _row(mark: str, digits: str, by: int) -> str | None:
    """A row of a reference, moved unless it is absolute; None off the sheet."""
    if mark:
        return mark + digits
    number = int(digits) + by
    return str(number) if 1 <= number <= MAX_ROWS else None
