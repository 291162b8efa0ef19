"""The figures of a flattened row to the columns of its table: by place, else only what every reading shares.

Where empty cells were kept, a row's figures stand right of its label, behind as many empty cells as its
label once covered. Where they were dropped, a row with fewer figures than columns can be read in several
ways; the rules of the form rule out those that break them, and what is left may agree on some cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import comb

from xltools.matching.documents.flow import Piece
from xltools.matching.flattened.extents import LEAST_FIGURES, placed_by_extent
from xltools.model.form import Leaf

_MOST_READINGS = 10_000
_MOST_COVERED = 8
"""Empty cells between a label and the first column, where the label was merged over several."""

Reading = tuple[Piece | None, ...]
"""What stands in each column: a piece (its text may be empty), or None where the row has no such cell."""
Fits = Callable[[Leaf, Reading], bool | None]
"""Whether a reading of a row keeps the rules of the form; None where they are neither for nor against it."""


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A row as it was flattened: its labels, the row of the form that the last one names, its cells.

    ``column`` is the place of the last label in its line, ``depth`` that in the form, by which it is merged
    over columns; ``width`` is how many cells that line has, ``trims`` whether an editor may have cut empty
    cells off its end, as in plain text.
    """

    labels: tuple[Piece, ...]
    leaf: Leaf | None
    cells: tuple[Piece, ...]
    column: int = 0
    depth: int = 0
    width: int = 0
    trims: bool = True

    @property
    def figures(self) -> tuple[Piece, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def is_apart(self) -> bool:
        """Whether no label stands before its cells in their line."""
        return not self.labels or (bool(self.cells) and self.cells[0].line != self.labels[-1].line)

    @property
    def is_one_line(self) -> bool:
        """Whether its cells stand in one line, parted by something that keeps empty ones."""
        by_gaps = self.trims and any(cell.extent is not None for cell in self.cells)
        return not by_gaps and len({cell.line for cell in self.cells}) <= 1

    @property
    def may_be_cut(self) -> bool:
        """Whether empty cells may be missing at its end: where one is left there, none was cut off."""
        return self.trims and bool(not self.cells or self.cells[-1].text)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it was read: ``pieces`` by number of the column, certain ones only.

    ``absent`` are columns whose cells the row does not have; ``doubtful`` whether some figure could not be
    placed; ``chosen`` whether the rules of the form decided.
    """

    row: FlatRow
    pieces: Mapping[int, Piece] = field(default_factory=dict)
    absent: frozenset[int] = frozenset()
    doubtful: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Flattened:
    """How a table became text: how many columns it has, and whether empty cells were kept.

    ``leads`` is whether some line still begins with an empty cell, so that none was cut off before a row.
    ``first`` is where the first of its columns stands in the header's line, ``width`` how many cells that
    line has: rows of the same width that allow it have their figures under the header. ``heads`` are the
    extents of the column headings, where they are known, ``aligned`` whether some table of the document
    certainly has its figures under them.
    """

    columns: int
    kept: bool
    leads: bool
    first: int
    width: int
    heads: tuple[tuple[float, float], ...] = ()
    aligned: bool = False


def read_rows(rows: Sequence[FlatRow], table: Flattened, fits: Fits) -> list[ReadRow]:
    """Every row of a table read."""
    columns = table.columns
    rows = [_ungrouped(row, columns) for row in rows]
    widest = max((row.width for row in rows), default=0)
    placed = placed_by_extent(_figures(rows), columns, table.heads, int(not table.aligned) * LEAST_FIGURES)
    found = []
    for row, by_extent in zip(rows, placed or [None] * len(rows), strict=True):
        readings = [by_extent] if by_extent is not None else _readings(row, rows, table)
        found.append(_read(row, readings, columns, fits, is_cut=not row.trims or row.width >= widest))
    return found


def is_aligned(rows: Sequence[FlatRow], table: Flattened) -> bool:
    """Whether the figures stand under their columns, and are too many for that to be chance."""
    return placed_by_extent(_figures(rows), table.columns, table.heads) is not None


def _figures(rows: Sequence[FlatRow]) -> list[tuple[Piece, ...]]:
    return [row.figures if row.leaf is not None else () for row in rows]


def _readings(row: FlatRow, rows: Sequence[FlatRow], table: Flattened) -> list[Reading]:
    """The ways in which the cells of a row may stand in the columns; none where they do not fit at all."""
    columns = table.columns
    kept = row.is_one_line and (table.kept or not row.trims)  # real tables keep their cells
    if not row.figures:
        return [_shifted(row, min(_shifts(row, columns), default=0), columns) if kept else (None,) * columns]
    if len(row.figures) == columns:
        return [row.figures]
    if kept and row.is_apart:
        return _unlabelled(row, table)
    if kept:
        return [_shifted(row, shift, columns) for shift in _agreed_shifts(row, rows, table)]
    missing = columns - len(row.figures)
    if missing < 0 or comb(columns, missing) > _MOST_READINGS:
        return []
    return [_spread(row.figures, taken, columns) for taken in combinations(range(columns), len(row.figures))]


def _spread(figures: Sequence[Piece], taken: Sequence[int], columns: int) -> Reading:
    by_column = dict(zip(taken, figures, strict=True))
    return tuple(by_column.get(column) for column in range(columns))


def _shifted(row: FlatRow, shift: int, columns: int) -> Reading:
    cells = row.cells[shift : shift + columns]
    return (*cells, *(None for _ in range(columns - len(cells))))


def _unlabelled(row: FlatRow, table: Flattened) -> list[Reading]:
    """The readings of cells in a line of their own: empty ones may have been cut off both its ends."""
    shifts = _shifts(row, table.columns)
    readings = [_shifted(row, shift, table.columns) for shift in sorted(shifts)]
    if 0 in shifts and table.first == 0:  # nor is the header set in
        readings = readings[:1]
    most = table.columns - len(row.cells) if row.trims and not table.leads else 0
    cut = [((None,) * number + row.cells + (None,) * most)[: table.columns] for number in range(1, most + 1)]
    return [*readings, *cut]


def _agreed_shifts(row: FlatRow, rows: Sequence[FlatRow], table: Flattened) -> list[int]:
    """The shifts that all rows with such a label allow; this row's own where there are none.

    Of several, the one that puts the figures under the header counts, in a line as wide or cut shorter,
    then the one by which either all rows or none kept the places that their labels cover.
    """
    agreed = _shared_shifts(row.depth, rows, table) & _shifts(row, table.columns)
    under_header = table.first - row.column - 1
    as_wide = row.width == table.width or (row.may_be_cut and row.width < table.width)
    if as_wide and under_header in agreed:
        return [under_header]
    shared = {
        depth: _shared_shifts(depth, rows, table) for depth in {other.depth for other in rows if other.leaf}
    }
    deepest = max(shared, default=0)
    modes = [
        by_depth.get(row.depth, -1)
        for by_depth in (dict.fromkeys(shared, 0), {depth: deepest - depth for depth in shared})
        if all(by_depth[depth] in shifts for depth, shifts in shared.items() if shifts)
    ]
    if len(modes) == 1 and modes[0] in agreed:
        return modes
    return sorted(agreed or _shifts(row, table.columns))


def _shared_shifts(depth: int, rows: Sequence[FlatRow], table: Flattened) -> set[int]:
    """The shifts that all rows allow whose labels are as deep in the form, and so cover as many cells."""
    alike = [row for row in rows if row.depth == depth and row.cells and not row.is_apart and row.is_one_line]
    shifts = [found for row in alike if (found := _shifts(row, table.columns))]
    return set.intersection(*shifts) if shifts else set()


def _shifts(row: FlatRow, columns: int) -> set[int]:
    """How many cells may be passed over before the first column: only empty ones, and none left behind.

    Shifts at which the row has a cell in every column come before those at which it ends early, unless
    its last cells may have been cut off.
    """
    filled = [number for number, cell in enumerate(row.cells) if cell.text]
    first, last = (filled[0], filled[-1]) if filled else (len(row.cells), -1)
    possible = {
        shift
        for shift in range(min(first, _MOST_COVERED) + 1)
        if last < shift + columns and (shift == 0 or shift < len(row.cells))
    }
    whole = {shift for shift in possible if shift + columns <= len(row.cells)}
    return possible if row.may_be_cut else whole or possible


def _read(row: FlatRow, readings: list[Reading], columns: int, fits: Fits, *, is_cut: bool) -> ReadRow:
    if not readings:
        return ReadRow(row, doubtful=bool(row.figures))
    kept = readings
    if len(readings) > 1 and row.leaf is not None:
        leaf = row.leaf
        fitting = [(reading, fit) for reading in readings if (fit := fits(leaf, reading)) is not False]
        # what several readings share is only certain if all readings share it, whatever the totals say;
        # one that no total speaks against is not proven either: the total itself may be wrong
        kept = [fitting[0][0]] if len(fitting) == 1 and fitting[0][1] else readings
    certain = {
        column: piece
        for column in range(columns)
        if (piece := kept[0][column]) is not None and all(other[column] is piece for other in kept)
    }
    only = len(kept) == 1
    absent = (
        frozenset(c for c in range(columns) if kept[0][c] is None)
        if only and is_cut and row.width
        else frozenset()
    )
    return ReadRow(
        row,
        certain,
        absent,
        doubtful=len([piece for piece in certain.values() if piece.text]) < len(row.figures),
        chosen=only and len(readings) > 1,
    )


def _ungrouped(row: FlatRow, columns: int) -> FlatRow:
    """``5 100 200`` may be one number or three: three where that is how many columns there are."""
    if len(row.figures) >= columns or not any(" " in cell.text for cell in row.figures):
        return row
    parts = [replace(cell, text=part, extent=None) for cell in row.figures for part in cell.text.split()]
    return replace(row, cells=tuple(parts)) if len(parts) == columns else row
