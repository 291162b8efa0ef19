"""What both sheet readers give, and the limits both keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xltools.diagnostics.findings import Finding
from xltools.excel.values import Value
from xltools.reading.xml_text import is_true

MAX_CELLS = 260_000
"""Rows and cells (blank ones included) of a workbook, but for the ledger of a summary, whose cells cost
less, and for its lists, which are not read; a return has some thousands. More would take longer than a
check may (2 s)."""
MAX_TREE_CELLS = 190_000
"""The same for one sheet that is not plainly written, whose cells take several times as long."""
MAX_MERGES = 100_000
MAX_HIDDEN_COLUMN = 1_024
"""Hidden columns are listed up to here: hiding everything to the right is common and of no interest."""

_DIGITS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class SheetContent:
    """The content of one worksheet part, named like the fields of :class:`~xltools.reading.grid.Sheet`.

    ``cells`` counts the row and cell elements read; ``notes`` say what was left out or assumed.
    """

    values: dict[str, Value]
    formulas: dict[str, str]
    styles: dict[str, int]
    merges: tuple[str, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    protected: bool
    cells: int = field(compare=False)
    notes: tuple[Finding, ...] = ()


UNREAD = SheetContent({}, {}, {}, (), (), (), protected=False, cells=0)
"""A sheet that is there and of which nothing is wanted."""


def hidden_column_numbers(columns: Iterable[Mapping[str, str]]) -> tuple[int, ...]:
    """Hidden columns counted from 0, from the attributes of ``col`` elements.

    Their spans may overlap or reach to the end of the sheet.
    """
    spans = [
        (int(given["min"]) - 1, int(given["max"]) - 1)
        for given in columns
        if is_true(given.get("hidden"))
        and _DIGITS.fullmatch(given.get("min", ""))
        and _DIGITS.fullmatch(given.get("max", ""))
    ]
    numbers: list[int] = []
    for first, last in sorted(spans):
        start = max(first, numbers[-1] + 1 if numbers else 0)
        numbers.extend(range(start, min(last, MAX_HIDDEN_COLUMN - 1) + 1))
    return tuple(numbers)
