"""The texts of a sheet by row and column, as far as they can be labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xltools.excel.a1 import cell_name, parse_cell
from xltools.excel.limits import MAX_COLUMNS
from xltools.excel.values import Value, is_number
from xltools.matching.labels import label_key
from xltools.reading.grid import Grid, Sheet

_MOST_TEXTS = 2_000
_MOST_TEXTS_IN_ALL = 4_000
"""Over all sheets; beyond, sheets are no longer searched, and tables on them count as missing."""
_MOST_CELLS = 60_000
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class SheetText:
    """A text on a sheet that may be a label."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class Origin:
    """Where the cells of a sheet come from that was put together from a document.

    ``places`` gives sheet and A1 reference by row and column, ``rows`` sheet and row of whole rows.
    ``absent`` are cells that the document does not have, ``widths`` how many cells its rows have;
    ``lines`` are all its lines (sheet, row) that the sheet was made of.
    """

    places: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    rows: Sequence[tuple[str, int]] = ()
    widths: Mapping[int, int] = field(default_factory=dict)
    absent: frozenset[tuple[int, int]] = frozenset()
    lines: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True)
class SheetTexts:
    """A sheet with its texts in reading order; ``origin`` is None where it is a sheet of the file itself."""

    sheet: Sheet
    texts: tuple[SheetText, ...]
    origin: Origin | None = None

    def place(self, row: int, column: int) -> tuple[str, str]:
        """Sheet and A1 reference of a cell in the file."""
        origin = self.origin
        if origin is not None and (row, column) in origin.places:
            return origin.places[row, column]
        name, own = (
            origin.rows[row] if origin is not None and row < len(origin.rows) else (self.sheet.name, row)
        )
        return name, cell_name(own, column)

    def exists(self, row: int, column: int) -> bool:
        """Whether the file has this cell at all, be it empty."""
        origin = self.origin
        if origin is None:
            return True
        return (row, column) not in origin.absent and column < origin.widths.get(row, MAX_COLUMNS)

    def in_table(self, row: int) -> bool:
        """Whether a row of a document stands in a table there, and is no line of text."""
        return self.origin is not None and self.origin.widths.get(row, 0) > 0

    @cached_property
    def by_row(self) -> dict[int, tuple[SheetText, ...]]:
        """The texts of each row, from left to right."""
        rows: dict[int, list[SheetText]] = {}
        for text in self.texts:
            rows.setdefault(text.row, []).append(text)
        return {row: tuple(texts) for row, texts in rows.items()}

    @cached_property
    def _text_rows(self) -> list[int]:
        return sorted(self.by_row)

    @cached_property
    def numbers(self) -> dict[int, frozenset[int]]:
        """The columns of each row that hold numbers."""
        rows: dict[int, set[int]] = {}
        for a1, value in self.sheet.values.items():
            if is_number(value):
                row, column = parse_cell(a1)
                rows.setdefault(row, set()).add(column)
        return {row: frozenset(columns) for row, columns in rows.items()}

    @cached_property
    def filled(self) -> dict[int, frozenset[int]]:
        """The columns of each row that hold anything."""
        rows: dict[int, set[int]] = {}
        for a1, value in self.sheet.values.items():
            if value is not None and value != "":
                row, column = parse_cell(a1)
                rows.setdefault(row, set()).add(column)
        return {row: frozenset(columns) for row, columns in rows.items()}

    def within(self, top: int, bottom: int) -> Iterator[SheetText]:
        """The texts of the rows from ``top`` to ``bottom``, row by row."""
        for row in self._text_rows[bisect_left(self._text_rows, top) : bisect_right(self._text_rows, bottom)]:
            yield from self.by_row[row]

    @property
    def last_row(self) -> int:
        """The last row that holds a text or a number."""
        return max((*self.by_row, *self.filled), default=0)


def sheet_texts(sheet: Sheet, origin: Origin | None = None) -> SheetTexts | None:
    """The texts of a sheet; None where it is far too large to be a return's."""
    if len(sheet.values) > _MOST_CELLS:
        return None
    found = []
    for a1, value in sheet.values.items():
        if _may_be_label(value):
            found.append(SheetText(*parse_cell(a1), str(value)))
            if len(found) > _MOST_TEXTS:
                return None
    found.sort(key=lambda text: (text.row, text.column))
    return SheetTexts(sheet, tuple(found), origin)


def visible_texts(grid: Grid, *, without: Collection[str] = ()) -> list[SheetTexts]:
    """The texts of every visible sheet, but for those named."""
    sheets = [s for s in grid.sheets if s.visibility == "visible" and s.name not in without]
    found: list[SheetTexts] = []
    count = 0
    for texts in map(sheet_texts, sheets):
        count += _MOST_TEXTS if texts is None else len(texts.texts)
        if count > _MOST_TEXTS_IN_ALL:
            break
        if texts is not None:
            found.append(texts)
    return found


def _may_be_label(value: Value) -> bool:
    # a key may be 18 times as long as its text: normalising takes ligatures apart
    return isinstance(value, str) and 0 < len(value) <= _LONGEST and 0 < len(label_key(value)) <= _LONGEST
