"""Where a figure of a summary comes from: the files and cells it adds up, level by level."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.excel.a1 import parse_cell
from xltools.excel.values import Number, Value, is_number, total
from xltools.layout.places import Places, places
from xltools.model.form import Cell, Form
from xltools.model.outcomes import total_parts
from xltools.model.sheet_names import AUDIT_SHEET, CHARTS_SHEET, COMPARISON_SHEETS
from xltools.model.submission import Submission
from xltools.model.unit import Unit

_FOLLOWING = (AUDIT_SHEET, CHARTS_SHEET, *COMPARISON_SHEETS.values())
"""Sheets whose figures are computed from those of the tables."""
TOLERANCE = 1e-6
"""Sums that differ by less are the same: decimals added in another order."""


class SourceState(StrEnum):
    """What became of a recorded file."""

    SAME = "same"
    """It is there, byte for byte as it was added up."""
    MOVED = "moved"
    """It was found elsewhere, by its content."""
    CHANGED = "changed"
    """What lies at its place now is not what was added up."""
    MISSING = "missing"
    """It is not where it was recorded."""
    UNREADABLE = "unreadable"
    """It is unchanged, but its figure, or what it adds up, cannot be read from it."""

    @property
    def is_verified(self) -> bool:
        """Whether the very file was found that was added up."""
        return self in (SourceState.SAME, SourceState.MOVED)


@dataclass(frozen=True, slots=True)
class TracedFigure:
    """One unit's share of a figure: ``value`` is recorded as read at ``sheet`` and ``cell`` of ``file``.

    Both are empty where the summary has no room for where all of a unit's figures stood. ``in_file`` is what
    was read there again, ``is_read`` whether it was: of a file that was found unchanged.

    ``below`` is what the unit's own summary adds up; where the way ends at a summary that could not be
    followed, ``is_summary`` is set and ``below`` is empty.
    """

    unit: Unit
    file: str
    sha256: str
    sheet: str
    cell: str
    value: Value
    state: SourceState
    is_summary: bool = False
    in_file: Value = None
    is_read: bool = False
    below: tuple[TracedFigure, ...] = ()

    @property
    def is_as_in_file(self) -> bool:
        """Whether the figure that was added up is the one in the file, as far as that was read again."""
        return not self.is_read or is_same_sum(self.value, total((self.in_file,)))

    @property
    def is_true(self) -> bool:
        """Whether the figure, and every one below it, is the one in its file."""
        return self.is_as_in_file and all(figure.is_true for figure in self.below)

    @property
    def adds_up(self) -> bool:
        """Whether what lies below, as far as it was followed, comes to this figure, on every level."""
        own = not self.below or is_same_sum(self.value, sum_of(self.below))
        return own and all(figure.adds_up for figure in self.below)

    @property
    def is_complete(self) -> bool:
        """Whether every file down to the units' returns was found unchanged."""
        followed = bool(self.below) or not self.is_summary
        return self.state.is_verified and followed and all(figure.is_complete for figure in self.below)


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure of a summary with everything it comes from; ``parts`` are the cells a total adds up."""

    file: str
    submission: Submission
    cell: Cell
    place: str
    parts: tuple[str, ...]
    value: Value
    figures: tuple[TracedFigure, ...]

    @property
    def sum(self) -> Number:
        """What the units' figures come to."""
        return sum_of(self.figures)

    @property
    def adds_up(self) -> bool:
        """Whether the units' figures come to the figure, on every level."""
        return is_same_sum(self.value, self.sum) and all(figure.adds_up for figure in self.figures)

    @property
    def is_complete(self) -> bool:
        """Whether every file behind it was found unchanged."""
        return all(figure.is_complete for figure in self.figures)

    @property
    def is_true(self) -> bool:
        """Whether every figure that was added up is the one in its file, on every level."""
        return all(figure.is_true for figure in self.figures)

    @property
    def is_right(self) -> bool:
        """Whether nothing at all is against the figure."""
        return self.adds_up and self.is_complete and self.is_true


def ends(figures: tuple[TracedFigure, ...], *above: TracedFigure) -> Iterator[tuple[TracedFigure, ...]]:
    """The figures where the way ends, each behind the summaries it was reached through."""
    for figure in figures:
        if figure.below:
            yield from ends(figure.below, *above, figure)
        else:
            yield (*above, figure)


def sum_of(figures: tuple[TracedFigure, ...]) -> Number:
    """The sum of what stands on one level."""
    return total(figure.value for figure in figures)


def is_same_sum(value: Value, added: Number) -> bool:
    """Whether a figure is the sum; a blank one counts as 0."""
    number = value if isinstance(value, (int, float)) and is_number(value) else 0
    return abs(number - added) <= TOLERANCE * max(1.0, abs(added) * 1e-6)


def figure_at(form: Form, place: str) -> Cell:
    """The figure at a place such as ``三!J5``; raises UsageError where there is none.

    The mark, the letters and the digits may be full-width, as a Chinese input method writes them.
    """
    sheet, _, a1 = place.strip().rpartition("!" if "!" in place else "！")
    sheet = sheet.strip().strip("'").replace("''", "'")
    a1 = unicodedata.normalize("NFKC", a1).strip().upper()
    try:
        row, column = parse_cell(a1)
    except ValueError:
        raise _no_place(place) from None
    sheets = [section.sheet for section in form.sections if section.tables]
    if not sheet:
        raise _no_place(place)
    if sheet not in sheets:
        raise _not_of_a_table(sheets, sheet, a1)
    found = _spot(places(form), sheet, row, column)
    if found is None:
        raise UsageError(Text(f"{sheet}!{a1} 不是数字格。", f"{sheet}!{a1} is no figure of the form."))
    return form.cells[found]


def parts_of(form: Form, cell: Cell) -> tuple[str, ...]:
    """Ids of the cells a total adds up; none for a figure that units enter."""
    return total_parts(form.computing[cell.id]) if cell.kind == "total" else ()


def _spot(where: Places, sheet: str, row: int, column: int) -> str | None:
    """The figure in a cell; the last column of a table may be merged up to the edge of the grid."""
    for table in where.tables.values():
        if table.sheet != sheet or row not in table.rows or column < table.first_column:
            continue
        at = min(column, table.last_column) - table.first_column
        if column < table.grid_columns:
            leaf = table.table.row_leaves[table.rows.index(row)]
            return table.table.cell_id(leaf, table.table.column_leaves[at])
    return None


def _not_of_a_table(sheets: Sequence[str], sheet: str, a1: str) -> UsageError:
    zh, en = f"“{sheet}!{a1}”不是其中的数", f'"{sheet}!{a1}" is none of them'
    if sheet in _FOLLOWING:
        zh, en = f"“{sheet}”里的数由它们算出", f'what stands on "{sheet}" follows from them'
    return UsageError(
        Text(
            f"只能追溯各表里的汇总数（工作表 {'、'.join(sheets)}），{zh}。",
            f"only figures of the tables can be traced (sheets {', '.join(sheets)}); {en}.",
        )
    )


def _no_place(place: str) -> UsageError:
    return UsageError(
        Text(
            f"“{place}”不是位置；请写工作表和单元格，如 三!J5。",
            f'"{place}" is no place: name the sheet and the cell, such as 三!J5.',
        )
    )
