"""What formulas of a plan refer to, read from their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xltools.excel.a1 import parse_cell
from xltools.layout.plan import SheetPlan, WorkbookPlan
from xltools.layout.styles import STYLES

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_REFERENCE = re.compile(
    r"(INDEX\()?(?:'((?:[^']|'')+)'!)?(\$?[A-Z]{1,3}\$?[0-9]+)(?::(\$?[A-Z]{1,3}\$?[0-9]+))?(?![A-Z0-9(])"
)
Spot = tuple[str, int, int]


@dataclass(frozen=True)
class Reference:
    """One reference: its corners, whether it is a range, and whether INDEX picks from it."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    is_range: bool
    in_index: bool

    @property
    def corners(self) -> set[Spot]:
        return {
            (self.sheet, row, column) for row in (self.top, self.bottom) for column in (self.left, self.right)
        }

    @property
    def spots(self) -> Iterator[Spot]:
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield self.sheet, row, column


def functions(formula: str) -> set[str]:
    return set(_FUNCTION.findall(_TEXT.sub('""', formula)))


def references(formula: str, sheet: str) -> list[Reference]:
    found = []
    for index, name, first, last in _REFERENCE.findall(_TEXT.sub('""', formula)):
        (top, left), (bottom, right) = parse_cell(first), parse_cell(last or first)
        place = name.replace("''", "'") or sheet
        found.append(Reference(place, top, left, bottom, right, bool(last), bool(index)))
    return found


def formulas(plan: WorkbookPlan) -> dict[Spot, str]:
    return {
        (sheet.name, cell.row, cell.column): cell.formula
        for sheet in plan.sheets
        for cell in sheet.cells
        if cell.formula is not None
    }


def open_spots(sheet: SheetPlan) -> set[Spot]:
    """Every cell that can be typed into (and so be cut), merged blocks cell by cell."""
    return {
        (sheet.name, row, column)
        for cell in sheet.cells
        if STYLES[cell.style].get("locked") is False
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
