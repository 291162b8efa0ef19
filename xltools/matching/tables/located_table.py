"""What is found of a table on a sheet: the sheet row and column of every row and column of the form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from xltools.matching.labels import EXACT, Likeness
from xltools.matching.tables.sheet_texts import SheetTexts
from xltools.model.form import Leaf, Table


@dataclass(frozen=True, slots=True)
class Similar:
    """A text that was taken for an official label which it does not spell."""

    row: int
    column: int
    text: str
    official: str
    likeness: Likeness


@dataclass(frozen=True)
class Line:
    """One axis of a table as found: the sheet row or column of every leaf that was."""

    at: Mapping[str, int]
    missing: tuple[Leaf, ...] = ()
    doubtful: tuple[Leaf, ...] = ()
    split: tuple[Leaf, ...] = ()
    similar: tuple[Similar, ...] = ()
    extra: tuple[str, ...] = ()
    weight: int = 0
    labels: int = 0


@dataclass(frozen=True)
class LocatedTable:
    """A table found on a sheet. ``weight`` is what its labels count, ``most`` what they could."""

    table: Table
    texts: SheetTexts
    top: int
    bottom: int
    rows: Line
    columns: Line
    heading: bool

    @property
    def weight(self) -> int:
        """How much fits, in hundredths of a label."""
        return self.rows.weight + self.columns.weight + (EXACT if self.heading else 0)

    @property
    def most(self) -> int:
        """What the weight of the official table would be."""
        return EXACT * (self.rows.labels + self.columns.labels + bool(self.table.heading))

    @property
    def extra(self) -> tuple[str, ...]:
        """Labels on the sheet, within the table, that the form does not have."""
        return (*self.columns.extra, *self.rows.extra)

    @property
    def missing(self) -> int:
        """How many rows and columns were not found."""
        return len(self.rows.missing) + len(self.columns.missing) + len(self.rows.split)

    @property
    def doubtful(self) -> tuple[Leaf, ...]:
        """Rows and columns that may stand in more than one place."""
        return (*self.columns.doubtful, *self.rows.doubtful)

    @property
    def score(self) -> float:
        """From 0 to 1: what fits, of what is due and what is there."""
        return 2 * self.weight / (self.most + self.weight + EXACT * len(self.extra))

    @property
    def cells(self) -> dict[str, tuple[int, int]]:
        """Row and column of every cell id that was found."""
        ids = self.table.id
        return {
            f"{ids}.{row}.{column}": (r, c)
            for row, r in self.rows.at.items()
            for column, c in self.columns.at.items()
        }

    @property
    def lines(self) -> Collection[tuple[str, int]]:
        """The lines (sheet, row) of the document that it takes up; none on a sheet of the file itself."""
        origin = self.texts.origin
        if origin is None:
            return ()
        return origin.lines or origin.rows[self.top : max(self.rows.at.values()) + 1]

    @property
    def where(self) -> tuple[str, str]:
        """Sheet and A1 reference of the first figure's header."""
        return self.texts.place(self.top, min(self.columns.at.values()))
