"""The tables of a section as one table of the published report, in the official layout.

Blocks that stand below each other on the sheet (表二) are one table with a heading row each, as in
the official notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from xltools.layout.places import grid_columns
from xltools.layout.report_text import clean, figure_text
from xltools.layout.section_sheet import column_widths
from xltools.layout.table_labels import (
    column_headings,
    columns_taken,
    first_figure_column,
    row_labels,
)
from xltools.layout.text_size import text_width
from xltools.model.form import Section, Table, depth
from xltools.model.submission import Submission


class Role(StrEnum):
    """What a cell of a table is for."""

    BLOCK = "block"
    COLUMN = "column"
    ROW = "row"
    ROW_GROUP = "row group"
    ATTRIBUTE = "attribute"
    FIGURE = "figure"


HEADERS = frozenset({Role.BLOCK, Role.COLUMN, Role.ROW, Role.ROW_GROUP})


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One cell, or one merged block of ``rows`` by ``columns`` cells; places count from 0."""

    row: int
    column: int
    role: Role
    text: str
    rows: int = 1
    columns: int = 1

    @property
    def is_header(self) -> bool:
        """Whether it names other cells; a label without words names nothing."""
        return self.role in HEADERS and bool(self.text)

    def over(self, other: ReportCell) -> bool:
        """Whether ``other`` stands in one of this cell's columns."""
        return self.column < other.column + other.columns and other.column < self.column + self.columns

    def beside(self, other: ReportCell) -> bool:
        """Whether ``other`` stands in one of this cell's rows."""
        return self.row < other.row + other.rows and other.row < self.row + self.rows


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of one block of a table: from ``top``, figures from ``first``, up to before ``end``."""

    top: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; ``cells`` are in reading order, ``widths`` in half-width characters.

    The first ``stub`` columns hold labels only; ``needs`` are the widths of the longest figures.
    """

    caption: str
    columns: int
    stub: int
    widths: tuple[float, ...]
    needs: tuple[int, ...]
    bands: tuple[Band, ...]
    cells: tuple[ReportCell, ...]

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return self.bands[-1].end

    @property
    def header_rows(self) -> int:
        """Rows to repeat on every page: those over the figures, where the whole table has them in common."""
        return self.bands[0].first if len(self.bands) == 1 else 0

    def headers_of(self, cell: ReportCell) -> Iterator[ReportCell]:
        """The cells that name this one: its block's heading, its column's headings, its row's labels."""
        band = next(band for band in self.bands if band.top <= cell.row < band.end)
        for header in self.cells:
            if header.is_header and header is not cell and band.top <= header.row < band.end:
                across = header.role in (Role.BLOCK, Role.COLUMN)
                if header.over(cell) if across else header.beside(cell):
                    yield header


def report_table(section: Section, submission: Submission, caption: str) -> ReportTable:
    """The tables of ``section`` as one, filled from ``submission``."""
    columns = grid_columns(section)
    cells: list[ReportCell] = []
    bands = []
    row = 0
    for table in section.tables:
        first = row + bool(table.heading) + depth(table.columns)
        bands.append(Band(row, first, first + len(table.row_leaves)))
        cells += (
            replace(cell, text=clean(cell.text)) for cell in _block(table, submission, bands[-1], columns)
        )
        row = bands[-1].end
    return ReportTable(
        caption=caption,
        columns=columns,
        stub=max(map(first_figure_column, section.tables)),
        widths=_widths(section, columns),
        needs=_needs(cells, columns),
        bands=tuple(bands),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
    )


def _block(table: Table, submission: Submission, band: Band, columns: int) -> Iterator[ReportCell]:
    if table.heading:
        yield ReportCell(band.top, 0, Role.BLOCK, table.heading, columns=columns)
    top = band.top + bool(table.heading)
    for head in column_headings(table, columns):
        yield ReportCell(top + head.row, head.column, Role.COLUMN, head.text, head.rows, head.columns)
    roles = {"leaf": Role.ROW, "group": Role.ROW_GROUP, "attribute": Role.ATTRIBUTE}
    for label in row_labels(table):
        role = roles[label.kind]
        yield ReportCell(band.first + label.row, label.column, role, label.text, label.rows, label.columns)
    for at, row in enumerate(table.row_leaves, band.first):
        for number, column in enumerate(table.column_leaves, first_figure_column(table)):
            value = submission.values.get(table.cell_id(row, column))
            text = figure_text(0 if value is None and submission.zero_report else value)
            span = columns_taken(table, number, 1, columns)
            yield ReportCell(at, number, Role.FIGURE, text, columns=span)


def _widths(section: Section, columns: int) -> tuple[float, ...]:
    """Those of the sheet, but all columns of figures alike."""
    widths = column_widths(section)
    first = max(map(first_figure_column, section.tables))
    figures = [widths[number] for number in range(first, columns)]
    labels = (widths[number] for number in range(first))
    return (*labels, *[sum(figures) / len(figures)] * len(figures))


def _needs(cells: list[ReportCell], columns: int) -> tuple[int, ...]:
    needs = [0] * columns
    for cell in cells:
        if cell.role is Role.FIGURE and cell.columns == 1:
            needs[cell.column] = max(needs[cell.column], text_width(cell.text))
    return tuple(needs)
