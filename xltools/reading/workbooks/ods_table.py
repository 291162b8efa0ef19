"""One ``table:table`` of OpenDocument as a sheet.

Rows and cells carry repeat counts: what is blank is stepped over however often it repeats, what is
not blank is written out and counts towards a limit.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from xltools.excel.a1 import cell_name, range_name
from xltools.excel.limits import MAX_COLUMNS, MAX_ROWS
from xltools.excel.values import Value
from xltools.reading.grid import Sheet
from xltools.reading.package import unsafe
from xltools.reading.workbooks.notes import SkippedCells
from xltools.reading.workbooks.ods_formula import to_excel
from xltools.reading.workbooks.ods_values import to_value
from xltools.reading.workbooks.sheet_parts import MAX_CELLS, MAX_HIDDEN_COLUMN, MAX_MERGES

MAX_REPEATED = 100_000
"""Cells written out for repeat counts, over the whole file: few bytes could ask for all cells there are."""
MAX_BLANK = 64
"""Blank cells get their style up to so many repeats: beyond, they fill the sheet and mean nothing."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT, STYLE = (f"{_OASIS}{name}:1.0 " for name in ("office", "table", "text", "style"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)
_VALUE_PARTS = ("value-type", "value", "boolean-value", "date-value", "time-value", "string-value")

Attributes = dict[str, str]


@dataclass(slots=True)
class _Cell:
    """One cell element: where it begins and how often it repeats to the right."""

    column: int
    repeats: int
    value: Value
    formula: str | None
    style: str

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.formula is None


class TableBuilder:
    """Collects a table from parser events.

    ``before`` and ``written`` count cells, and cells written out for repeats, of this table and
    those before it.
    """

    def __init__(self, given: Attributes, before: tuple[int, int]) -> None:
        self.name = given.get(f"{TABLE}name", "")
        self.style = given.get(f"{TABLE}style-name", "")
        self.protected = given.get(f"{TABLE}protected") == "true"
        self.external = False
        self.notes = SkippedCells(self.name)
        self.date_styles: set[str] = set()
        self._cells, self._repeated = before
        self._values: dict[str, Value] = {}
        self._formulas: dict[str, str] = {}
        self._styles: dict[str, str] = {}
        self._merges: list[str] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._column_ends: list[int] = []
        self._column_styles: list[str] = []
        self._blanks = 0
        self._columns = 0
        self._row, self._row_given, self._row_cells = 0, Attributes(), list[_Cell]()
        self._column = 0
        self._given: Attributes = {}
        self._paragraphs: list[str] = []

    @property
    def written(self) -> tuple[int, int]:
        """How many cells there were so far, and how many of them for repeats."""
        return self._cells, self._repeated

    def start(self, name: str, given: Attributes) -> None:
        """An element inside the table begins."""
        local = name.removeprefix(TABLE)
        if local in ("table-cell", "covered-table-cell"):
            self._given = given
            self._paragraphs = []
        elif local == "table-row":
            self._row_given, self._row_cells, self._column = given, [], 0
        elif local == "table-column":
            self._start_column(given)
        elif local == "table-source":  # what another file held when it was last looked at
            self.external = True

    def paragraph(self, text: str) -> None:
        """One paragraph of the cell that is open."""
        self._paragraphs.append(text)

    def end(self, name: str, null_date: datetime.date) -> None:
        """An element inside the table ends."""
        local = name.removeprefix(TABLE)
        if local in ("table-cell", "covered-table-cell"):
            self._end_cell(null_date)
        elif local == "table-row":
            self._end_row()

    def sheet(self, numbers: Mapping[str, int], *, hidden: bool) -> Sheet:
        """The sheet; ``numbers`` are those of the styles."""
        return Sheet(
            name=self.name,
            values=self._values,
            formulas=self._formulas,
            styles={
                place: numbers[f"table-cell {style}"]
                for place, style in self._styles.items()
                if f"table-cell {style}" in numbers
            },
            merges=tuple(self._merges),
            hidden_rows=tuple(self._hidden_rows),
            hidden_columns=tuple(self._hidden_columns),
            visibility="hidden" if hidden else "visible",
            protected=self.protected,
        )

    def _start_column(self, given: Attributes) -> None:
        first, after = self._columns, self._columns + _repeats(given, "columns")
        if given.get(f"{TABLE}visibility") in ("collapse", "filter"):
            self._hidden_columns.extend(range(first, min(after, MAX_HIDDEN_COLUMN)))
        self._column_ends.append(after)
        self._column_styles.append(given.get(f"{TABLE}default-cell-style-name", ""))
        self._columns = min(after, MAX_COLUMNS)

    def _end_cell(self, null_date: datetime.date) -> None:
        self._count()
        given = self._given
        if not given and not self._paragraphs:
            if self._column_styles:
                self._row_cells.append(_Cell(self._column, 1, None, None, ""))
            self._column += 1
            return
        formula = given.get(f"{TABLE}formula")
        facts = {part: given[f"{OFFICE}{part}"] for part in _VALUE_PARTS if f"{OFFICE}{part}" in given}
        if given.get(f"{_CALC}value-type") == "error":
            facts["is-error"] = "true"
        text = "\n".join(self._paragraphs) if self._paragraphs else None
        value = to_value(facts, text, has_formula=formula is not None, null_date=null_date)
        repeats = _repeats(given, "columns")
        style = given.get(f"{TABLE}style-name") or self._row_given.get(f"{TABLE}default-cell-style-name", "")
        if facts.get("value-type") == "date" and style:
            self.date_styles.add(f"table-cell {style}")
        cell = _Cell(self._column, repeats, value, to_excel(formula) if formula else None, style)
        self._merge(given)
        self._column += repeats
        if not cell.is_blank or cell.repeats <= MAX_BLANK:
            self._row_cells.append(cell)

    def _merge(self, given: Attributes) -> None:
        rows, columns = _spans(given, "rows"), _spans(given, "columns")
        if rows * columns == 1 or self._row >= MAX_ROWS or self._column >= MAX_COLUMNS:
            return
        if len(self._merges) >= MAX_MERGES:
            raise unsafe("合并单元格过多", "it has too many merged cells")
        bottom, right = min(self._row + rows, MAX_ROWS) - 1, min(self._column + columns, MAX_COLUMNS) - 1
        self._merges.append(range_name(self._row, self._column, bottom, right))

    def _end_row(self) -> None:
        self._count()
        given = self._row_given
        repeats = _repeats(given, "rows")
        after = min(self._row + repeats, MAX_ROWS)
        if given.get(f"{TABLE}visibility") in ("collapse", "filter"):
            self._hide_rows(after)
        filled = any(not cell.is_blank for cell in self._row_cells)
        if filled and self._row + repeats > MAX_ROWS:
            self.notes.outside(f"{self._row + repeats}")
        last = after if filled or repeats <= MAX_BLANK else self._row
        for row in range(self._row, last):
            self._write_row(row, is_repeat=row > self._row)
        self._row = after

    def _hide_rows(self, after: int) -> None:
        # hiding everything below is common, and listing a million rows of no interest
        if after < MAX_ROWS:
            self._hidden_rows.extend(range(self._row, after))

    def _write_row(self, row: int, *, is_repeat: bool) -> None:
        for cell in self._row_cells:
            after = min(cell.column + cell.repeats, MAX_COLUMNS)
            if cell.is_blank:
                self._write_styles(row, cell, after)
                continue
            if cell.column + cell.repeats > MAX_COLUMNS:
                self.notes.outside(f"{row + 1}")
            for column in range(cell.column, after):
                if is_repeat or column > cell.column:
                    self._repeated += 1
                    if self._repeated > MAX_REPEATED:
                        raise unsafe("重复的单元格过多", "too many cells are repeated")
                place = cell_name(row, column)
                if cell.value is not None:
                    self._values[place] = cell.value
                if cell.formula is not None:
                    self._formulas[place] = cell.formula
            self._write_styles(row, cell, after)

    def _write_styles(self, row: int, cell: _Cell, after: int) -> None:
        """The style of each cell; of blank ones so many and no more, since they change no figure."""
        if cell.is_blank:
            self._blanks += after - cell.column
            if self._blanks > MAX_REPEATED:
                return
        for column in range(cell.column, after):
            style = cell.style or self._column_style(column)
            if style:
                self._styles[cell_name(row, column)] = style

    def _column_style(self, column: int) -> str:
        at = bisect_right(self._column_ends, column)
        return self._column_styles[at] if at < len(self._column_styles) else ""

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise unsafe("单元格过多", "it has too many cells")


def _repeats(given: Attributes, what: str) -> int:
    return _number(given.get(f"{TABLE}number-{what}-repeated", "1"))


def _spans(given: Attributes, what: str) -> int:
    return _number(given.get(f"{TABLE}number-{what}-spanned", "1"))


def _number(text: str) -> int:
    return max(int(text), 1) if _DIGITS.fullmatch(text) else 1
