"""Geometry: where every cell of a form stands in its workbook. Pure, and the same for every unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from xltools.excel.a1 import absolute, absolute_range, cell_name, quote_sheet
from xltools.model.form import CODE, LEVEL, PERIOD, UNIT, ZERO_REPORT, Form, Section, Table, depth
from xltools.model.sheet_names import AUDIT_SHEET, COVER_SHEET, IDENTITY_SHEET

AUDIT_HEADER_ROW = 4
AUDIT_LEFT, AUDIT_RIGHT, AUDIT_DIFFERENCE = 4, 5, 6
AUDIT_TEXT, AUDIT_TEXT_LEFT, AUDIT_TEXT_RIGHT = 8, 9, 10
AUDIT_GUARD, AUDIT_COUNT = 11, 12
COVER_VALUE_COLUMN = 2
COVER_FIRST_ROW = 5
IDENTITY_KEYS = (
    "xltools",
    "form",
    "version",
    "kind",
    "year",
    "month",
    "code",
    "name",
    "level",
    "units",
    "fingerprint",
)
"""What the hidden sheet says about the workbook, one a row: key in column A, value in column B."""
IDENTITY_KIND = cell_name(IDENTITY_KEYS.index("kind"), 1)
"""Where the hidden sheet says whether the workbook is a return or a summary."""
ZERO_LINE = "ZERO-REPORT"


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of a workbook."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """``D5``."""
        return cell_name(self.row, self.column)

    @property
    def absolute(self) -> str:
        """``'三'!$D$5``: for locked cells only, see :class:`Strip`."""
        return f"{quote_sheet(self.sheet)}!{absolute(self.row, self.column)}"

    @property
    def link(self) -> str:
        """``'三'!D5``, the target of a jump."""
        return f"{quote_sheet(self.sheet)}!{self.a1}"


@dataclass(frozen=True, slots=True)
class Strip:
    """Part of one column that holds open cells, from a locked cell above to a locked cell below.

    Cutting an open cell and pasting it elsewhere rewrites every formula that points to it, locked or
    not. Formulas therefore reach open cells by INDEX into a strip, whose ends cannot be cut. A strip
    holds no formula, so that no formula depends, however indirectly, on a range it stands in.
    """

    sheet: str
    column: int
    top: int
    bottom: int

    def index(self, row: int) -> str:
        """A move-proof reference to the strip's cell in this sheet row."""
        area = absolute_range(self.top, self.column, self.bottom, self.column)
        return f"INDEX({quote_sheet(self.sheet)}!{area},{row - self.top + 1})"


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands: heading row (if any), header rows, first figure, end of each line.

    ``stub`` columns of labels, then ``attributes``, then the figures from ``first_column``; the last
    figure column runs to the right edge of the sheet's grid. ``rows`` are the sheet rows of the
    table's rows of figures and ``separators`` the thin locked rows that set totals, and the footer,
    off from inputs. ``footer`` is the row of column states (None where no rule runs down the columns).
    """

    table: Table
    sheet: str
    heading: int | None
    header: int
    header_rows: int
    rows: tuple[int, ...]
    separators: tuple[int, ...]
    stub: int
    first_column: int
    grid_columns: int
    footer: int | None

    @property
    def first_row(self) -> int:
        """The first row of figures."""
        return self.rows[0]

    @property
    def last_row(self) -> int:
        """The last row of figures or separator."""
        return max(self.rows[-1], *self.separators, 0)

    @property
    def last_column(self) -> int:
        """The last column of figures."""
        return self.first_column + len(self.table.column_leaves) - 1

    @property
    def mark_column(self) -> int:
        """The column right of the grid where each row's state stands in words."""
        return self.grid_columns

    @property
    def count_column(self) -> int:
        """The hidden column with the number of unfilled cells of each row."""
        return self.grid_columns + 1

    def row_of(self, row_id: str) -> int:
        """The sheet row of a row of figures."""
        return self.rows[[row.id for row in self.table.row_leaves].index(row_id)]

    def column_of(self, column_id: str) -> int:
        """The sheet column of a column of figures."""
        return self.first_column + [column.id for column in self.table.column_leaves].index(column_id)


@dataclass(frozen=True, eq=False)
class Places:
    """Where everything of a form stands.

    ``cells`` by cell id, ``strips`` by the id of every cell that may be open, ``tables`` by table id,
    ``areas`` the printed area of every table sheet (top, left, bottom, right),
    ``audit`` the row of every line of 审核 by its key, ``previous`` the row of every last-period
    figure on the hidden sheet.
    """

    cells: Mapping[str, Place]
    strips: Mapping[str, Strip]
    tables: Mapping[str, TablePlace]
    areas: Mapping[str, tuple[int, int, int, int]]
    audit: Mapping[str, int]
    previous: Mapping[str, int]

    @cached_property
    def addresses(self) -> Mapping[str, tuple[str, str]]:
        """Sheet and A1 of every cell by its id; made once a form, for every file is held against it."""
        return {id_: (place.sheet, place.a1) for id_, place in self.cells.items()}

    def of(self, cell_id: str) -> str:
        """A move-proof reference to the cell with this id."""
        return self._references[cell_id]

    @cached_property
    def _references(self) -> Mapping[str, str]:
        """Formulas name every cell several times; how is worked out once a form."""
        return {
            id_: self.strips[id_].index(place.row) if id_ in self.strips else place.absolute
            for id_, place in self.cells.items()
        }

    def audit_input(self, column: int, row: int) -> str:
        """A move-proof reference to an open cell of 审核."""
        # One row more than there are lines: the last line's 说明 is open and must not be the end.
        last = AUDIT_HEADER_ROW + 1 + len(self.audit)
        return Strip(AUDIT_SHEET, column, AUDIT_HEADER_ROW, last).index(row)


def completeness_key(table_id: str) -> str:
    """The key of the line of 审核 that counts a table's filled cells."""
    return f"BLANK[{table_id}]"


def grid_columns(section: Section) -> int:
    """How many columns a section's sheet needs for labels and figures."""
    return max((_table_columns(table) for table in section.tables), default=1)


def stub_columns(table: Table) -> int:
    """How many columns the row labels take: one a level of headings, none where rows have no label."""
    labelled = any(row.label for row in table.row_leaves)
    return depth(table.rows) if labelled else 0


def _table_columns(table: Table) -> int:
    return stub_columns(table) + len(table.attributes) + len(table.column_leaves)


@lru_cache(maxsize=16)
def places(form: Form) -> Places:
    """The geometry of a form's workbook."""
    cells: dict[str, Place] = {}
    strips: dict[str, Strip] = {}
    tables: dict[str, TablePlace] = {}
    areas: dict[str, tuple[int, int, int, int]] = {}
    column_ruled = {i.line[0] for i in form.instances if i.line is not None and i.line[1] == "column"}
    for section in form.sections:
        row = 1
        for part in section.texts:
            cells[part.id] = Place(section.sheet, row + 1, 0)
            row += 2
        for table in section.tables:
            place = tables[table.id] = _place_table(table, section, row, footer=table.id in column_ruled)
            row = place.last_row + 1 + (place.footer is not None)
            for leaf, at in zip(table.row_leaves, place.rows, strict=True):
                for column, leaf_column in enumerate(table.column_leaves, place.first_column):
                    cell_id = table.cell_id(leaf, leaf_column)
                    cells[cell_id] = Place(section.sheet, at, column)
                    if form.cells[cell_id].kind != "total":
                        strips[cell_id] = _strip(place, at, column)
        areas[section.sheet] = (0, 0, row - 1, grid_columns(section) - 1)
    _place_cover(form, cells, strips)
    keys = [*(completeness_key(t.id) for t in form.tables), ZERO_LINE, *(i.key for i in form.instances)]
    audit = {key: AUDIT_HEADER_ROW + 1 + number for number, key in enumerate(keys)}
    last = dict.fromkeys(id_ for instance in form.instances for id_ in instance.previous)
    previous = {id_: len(IDENTITY_KEYS) + 1 + number for number, id_ in enumerate(last)}
    return Places(cells, strips, tables, areas, audit, previous)


def _place_cover(form: Form, cells: dict[str, Place], strips: dict[str, Strip]) -> None:
    ids = [UNIT, CODE, PERIOD, LEVEL, *(field.id for field in form.cover), ZERO_REPORT]
    for number, id_ in enumerate(ids):
        cells[id_] = Place(COVER_SHEET, COVER_FIRST_ROW + number, COVER_VALUE_COLUMN)
        strips[id_] = Strip(COVER_SHEET, COVER_VALUE_COLUMN, COVER_FIRST_ROW - 1, COVER_FIRST_ROW + len(ids))


def _place_table(table: Table, section: Section, top: int, *, footer: bool) -> TablePlace:
    header = top + bool(table.heading)
    header_rows = depth(table.columns)
    stub = stub_columns(table)
    rows: list[int] = []
    separators: list[int] = []
    at = header + header_rows
    before = None
    for leaf in table.row_leaves:
        is_total = leaf.total is not None
        if before is not None and before != is_total:
            separators.append(at)
            at += 1
        rows.append(at)
        before = is_total
        at += 1
    if footer and not before:
        # The states below are formulas: without a locked row between, strips would end in one of them.
        separators.append(at)
        at += 1
    return TablePlace(
        table=table,
        sheet=section.sheet,
        heading=top if table.heading else None,
        header=header,
        header_rows=header_rows,
        rows=tuple(rows),
        separators=tuple(separators),
        stub=stub,
        first_column=stub + len(table.attributes),
        grid_columns=grid_columns(section),
        footer=at if footer else None,
    )


def _strip(place: TablePlace, row: int, column: int) -> Strip:
    """The run of rows around ``row``, with the locked row above and the one below."""
    above = max(r for r in (place.header + place.header_rows - 1, *place.separators) if r < row)
    below = min(r for r in (*place.separators, place.last_row + 1) if r > row)
    return Strip(place.sheet, column, above, below)


def previous_reference(form_places: Places, cell_id: str) -> str:
    """The locked cell on the hidden sheet that holds last period's figure of a cell."""
    return Place(IDENTITY_SHEET, form_places.previous[cell_id], 1).absolute


def identity_reference(key: str) -> str:
    """The locked cell on the hidden sheet that holds one fact of the workbook's identity."""
    return Place(IDENTITY_SHEET, IDENTITY_KEYS.index(key), 1).absolute
