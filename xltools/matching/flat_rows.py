"""The figures of a flattened row to the columns of its table: by place, else only what every reading shares.

Where empty cells were kept, a row's figures stand right of its label, behind as many empty cells as its
label once covered. Where they were dropped, a row with fewer figures than columns can be read in several
ways; the rules of the form rule out those that break them, and what is left may agree on some cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from math import comb

from xltools.matching.flow import Piece
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
    extents of the column headings, where they are known.
    """

    columns: int
    kept: bool
    leads: bool
    first: int
    width: int
    heads: tuple[tuple[float, float], ...] = ()


def read_rows(rows: Sequence[FlatRow], table: Flattened, fits: Fits) -> list[ReadRow]:
    """Every row of a table read."""
    columns = table.columns
    rows = [_ungrouped(row, columns) for row in rows]
    widest = max((row.width for row in rows), default=0)
    spans = _column_spans(rows, columns)
    trimmed = all(row.trims and (not row.cells or row.cells[-1].text) for row in rows)
    found = []
    for row in rows:
        readings = _readings(row, rows, table, spans, trimmed=trimmed)
        found.append(_read(row, readings, columns, fits, is_cut=not row.trims or row.width >= widest))
    return found


def _readings(
    row: FlatRow,
    rows: Sequence[FlatRow],
    table: Flattened,
    spans: Sequence[tuple[float, float]] | None,
    *,
    trimmed: bool,
) -> list[Reading]:
    """The ways in which the cells of a row may stand in the columns; none where they do not fit at all."""
    columns, kept = table.columns, table.kept
    if not row.figures:
        passed = min(_shifts(row, columns, trimmed=False), default=0)
        return [_shifted(row, passed, columns) if kept else (None,) * columns]
    if len(row.figures) == columns:
        return [row.figures]
    placed = _by_extent(row, spans) if spans is not None else _under_heads(row, table.heads)
    if placed is not None:
        return [placed]
    if kept and not row.labels:
        return _unlabelled(row, table)
    if kept:
        agreed = _agreed_shifts(row, rows, table, trimmed=trimmed)
        return [_shifted(row, shift, columns) for shift in agreed]
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
    """The readings of a row that no label begins: empty cells may have been cut off both its ends."""
    absent = table.columns - len(row.cells)
    if absent < 0:
        return [
            _shifted(row, shift, table.columns)
            for shift in sorted(_shifts(row, table.columns, trimmed=False))
        ]
    most = absent if row.trims and not table.leads else 0
    return [((None,) * cut + row.cells + (None,) * absent)[: table.columns] for cut in range(most + 1)]


def _agreed_shifts(row: FlatRow, rows: Sequence[FlatRow], table: Flattened, *, trimmed: bool) -> list[int]:
    """The shifts that all rows with such a label in the same place allow; this row's own where none is.

    Of several, the one that puts the figures under the header counts, in a line as wide or cut shorter.
    """
    own = _shifts(row, table.columns, trimmed=trimmed)
    alike = [other for other in rows if (other.column, other.depth) == (row.column, row.depth)]
    possible = [_shifts(other, table.columns, trimmed=trimmed) for other in alike if other.figures]
    agreed = own.intersection(*filter(None, possible))
    under_header = table.first - row.column - 1
    if under_header in agreed and (row.width == table.width or (trimmed and row.width < table.width)):
        return [under_header]
    return sorted(agreed or own)


def _shifts(row: FlatRow, columns: int, *, trimmed: bool) -> set[int]:
    """How many cells may be passed over before the first column: only empty ones, and none left behind.

    Shifts at which the row has a cell in every column come before those at which it ends early, unless
    empty cells may have been ``trimmed`` off the ends of all lines.
    """
    filled = [number for number, cell in enumerate(row.cells) if cell.text]
    first, last = (filled[0], filled[-1]) if filled else (len(row.cells), -1)
    possible = {
        shift
        for shift in range(min(first, _MOST_COVERED) + 1)
        if last < shift + columns and (shift == 0 or shift < len(row.cells))
    }
    whole = {shift for shift in possible if shift + columns <= len(row.cells)}
    return possible if trimmed else whole or possible


def _column_spans(rows: Sequence[FlatRow], columns: int) -> list[tuple[float, float]] | None:
    """From where to where each column reaches in a text that is aligned, by the rows that are complete."""
    spans: list[tuple[float, float]] | None = None
    for row in rows:
        if len(row.figures) != columns:
            continue
        extents = [piece.extent for piece in row.figures]
        known = [extent for extent in extents if extent is not None]
        if len(known) != columns:
            continue
        spans = (
            known
            if spans is None
            else [
                (min(one[0], other[0]), max(one[1], other[1]))
                for one, other in zip(spans, known, strict=True)
            ]
        )
    if spans is None or any(one[1] > other[0] for one, other in pairwise(spans)):
        return None
    return spans


def _by_extent(row: FlatRow, spans: Sequence[tuple[float, float]]) -> Reading | None:
    """The figures by the columns they stand under; None where one stands under none, or two under one."""
    taken: dict[int, Piece] = {}
    for piece in row.figures:
        if piece.extent is None:
            return None
        left, right = piece.extent
        under = [number for number, span in enumerate(spans) if left < span[1] and span[0] < right]
        if len(under) != 1 or under[0] in taken:
            return None
        taken[under[0]] = piece
    return tuple(taken.get(number) for number in range(len(spans)))


def _under_heads(row: FlatRow, heads: Sequence[tuple[float, float]]) -> Reading | None:
    """The figures by the headings they are aligned with, all at the left, at the right or in the middle."""
    for edge, slack in ((_left, 0.0), (_right, 0.0), (_middle, 1.0)):
        taken: dict[int, Piece] = {}
        for piece in row.figures:
            near = [
                number
                for number, head in enumerate(heads)
                if piece.extent is not None and abs(edge(head) - edge(piece.extent)) <= slack
            ]
            if len(near) == 1:
                taken.setdefault(near[0], piece)
        if len(taken) == len(row.figures):
            return tuple(taken.get(number) for number in range(len(heads)))
    return None


def _left(extent: tuple[float, float]) -> float:
    return extent[0]


def _right(extent: tuple[float, float]) -> float:
    return extent[1]


def _middle(extent: tuple[float, float]) -> float:
    return (extent[0] + extent[1]) / 2


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
