"""Cell values as Excel sees them, and Excel's own arithmetic where it differs from Python's.

Both targets of the rule language follow this module (ECMA-376 part 1, 18.17).
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell error such as ``#REF!`` or ``#VALUE!``."""

    code: str


Number = int | float
Value = int | float | str | bool | ErrorValue | None
"""What a cell can hold; ``None`` is a blank cell."""

COMPARE_DECIMALS = 6
"""Figures that differ by less than half of the last of these decimals are equal."""


_EXACT = 2**53
_KEPT = 2**-48


def is_number(value: Value) -> TypeGuard[Number]:
    """Whether Excel's COUNT counts a referenced cell with this value (TRUE/FALSE are not numbers)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def as_number(value: Value) -> Number:
    """The figure that rules reckon with: anything but a number counts 0, as in a SUM."""
    return value if is_number(value) else 0


def is_blank(value: Value) -> bool:
    """Whether Excel's COUNTBLANK counts the cell: empty, or a formula that gives ``""``."""
    return value is None or value == ""


def total(values: Iterable[Value]) -> Number:
    """Excel's SUM over referenced cells: only numbers count. Exact for integers."""
    numbers = [
        v for v in values if type(v) is int or (isinstance(v, (int, float)) and not isinstance(v, bool))
    ]
    result = sum(numbers)
    return result if isinstance(result, int) else math.fsum(numbers)


class ColumnSums:
    """:func:`total` over many columns at once, row by row, without keeping the rows."""

    def __init__(self, columns: int) -> None:
        self._whole: list[int] = [0] * columns
        self._parts: dict[int, list[float]] = {}

    def add(self, row: Iterable[Value]) -> None:
        """Count the numbers of one row, a value a column."""
        whole = self._whole
        for column, value in enumerate(row):
            if type(value) is int:
                whole[column] += value
            elif isinstance(value, float):
                self._parts.setdefault(column, []).append(value)

    def totals(self) -> list[Number]:
        """The sum of every column."""
        return [
            total([whole, *self._parts[column]]) if column in self._parts else whole
            for column, whole in enumerate(self._whole)
        ]


def round_half_away(number: Number, digits: int) -> Number:
    """Excel's ROUND: halves go away from zero (``ROUND(2.5,0)`` is 3), on the shortest decimal form."""
    if isinstance(number, int) or not math.isfinite(number) or number.is_integer():
        return number
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def difference(left: Number, right: Number) -> Number:
    """``left - right`` as a spreadsheet has it: 0 where the two agree in the digits it keeps.

    Only figures beyond 2**53, whose last digits are lost anyway, are affected.
    """
    result = left - right
    largest = max(abs(left), abs(right))
    return 0 if largest > _EXACT and abs(result) < largest * _KEPT else result


def same_text(left: str, right: str) -> bool:
    """Excel's ``=`` between texts ignores case."""
    return left.casefold() == right.casefold()


def plain(value: Value) -> int | float | str | bool | None:
    """The value as it is shown: whole floats as integers, errors as their code."""
    if isinstance(value, ErrorValue):
        return value.code
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def as_text(value: Value) -> str:
    """A cell as text, a blank one as an empty text; whole numbers without a trailing ``.0``."""
    shown = plain(value)
    return "" if shown is None else str(shown).strip()


def date_text(serial: Number, *, date_1904: bool) -> str | None:
    """The day a date cell shows (``2026-01-15``), None for a number that is no day (ECMA-376 18.17.4)."""
    start = datetime.date(1904, 1, 1) if date_1904 else datetime.date(1899, 12, 30)
    try:
        return str(start + datetime.timedelta(days=int(serial)))
    except (OverflowError, ValueError):
        return None
