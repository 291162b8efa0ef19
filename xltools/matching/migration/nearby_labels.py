"""What a workbook itself says about a cell: the labels left of it and above it."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass

from xltools.excel.a1 import parse_cell
from xltools.matching.tables.sheet_texts import sheet_texts
from xltools.model.form import in_words
from xltools.model.sheet_names import COVER_SHEET
from xltools.reading.grid import Sheet

_MOST_MERGES = 1_000
_MOST_WORDS = 120
"""Characters of one label that are repeated."""
_REACH = 200
"""How many rows above a cell its heading may stand."""

Spot = tuple[int, int]
"""Row and column."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A text that may be a label, and how far it reaches where its cell is merged."""

    text: str
    row: int
    column: int
    bottom: int
    right: int


class NearbyLabels:
    """A sheet asked for the words around its cells; ``entries`` are the cells that hold no labels."""

    def __init__(self, sheet: Sheet, entries: Collection[Spot]) -> None:
        self.sheet = sheet
        self._labels = _labels(sheet, entries)
        self._rows: dict[int, tuple[_Label, ...]] = {}
        self._columns: dict[int, dict[int, _Label]] = {}

    def words(self, row: int, column: int) -> str:
        """Heading, row and column of a cell as its own workbook calls them; empty where it does not."""
        left = list(dict.fromkeys(label.text for label in self._in_row(row) if label.right < column))
        if self.sheet.name == COVER_SHEET and left:
            return in_words(*left)  # above it stand the fields before it
        heading, heads = self._above(row, column)
        return in_words(heading, *left, *heads)

    def _in_row(self, row: int) -> tuple[_Label, ...]:
        if row not in self._rows:
            found = (label for label in self._labels if label.row <= row <= label.bottom)
            self._rows[row] = tuple(sorted(found, key=lambda label: label.column))
        return self._rows[row]

    def _in_column(self, column: int) -> dict[int, _Label]:
        """The label over each row of a column."""
        if column not in self._columns:
            self._columns[column] = {
                row: label
                for label in self._labels
                if label.column <= column <= label.right
                for row in range(label.row, min(label.bottom, label.row + _REACH) + 1)
            }
        return self._columns[column]

    def _above(self, row: int, column: int) -> tuple[str, list[str]]:
        """The heading over the whole table, and those of the column, outer ones first."""
        heads: list[str] = []
        over = self._in_column(column)
        for at in range(row - 1, max(-1, row - 1 - _REACH), -1):
            label = over.get(at)
            if label is None and heads:
                break
            if label is not None and label.column == 0 < column:
                return label.text, heads
            if label is not None and label.text not in heads:
                heads.insert(0, label.text)
        return "", heads


def _labels(sheet: Sheet, entries: Collection[Spot]) -> list[_Label]:
    texts = sheet_texts(sheet)
    if texts is None:
        return []
    ends: dict[Spot, Spot] = {}
    for merge in sheet.merges[:_MOST_MERGES]:
        first, _, last = merge.partition(":")
        with contextlib.suppress(ValueError):
            ends[parse_cell(first)] = parse_cell(last)
    return [
        _Label(_short(text.text), *spot, *ends.get(spot, spot))
        for text in texts.texts
        if (spot := (text.row, text.column)) not in entries
    ]


def _short(text: str) -> str:
    return " ".join(text.split())[:_MOST_WORDS]
