"""The figures of an aligned text by the columns they stand under, where the whole table is aligned."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xltools.matching.documents.flow import Piece

_LEAST_ROWS = 2
"""So many complete rows show the columns where the headings do not."""
_LEAST_SHARE = 0.75
"""So many rows must stand under the columns: editors do not agree on the width of quotation marks."""
LEAST_FIGURES = 4
"""Fewer figures of a table may stand under headings by chance."""

Extent = tuple[float, float]
Placed = tuple[Piece | None, ...]


def placed_by_extent(
    rows: Sequence[Sequence[Piece]], columns: int, heads: Sequence[Extent], least: int = LEAST_FIGURES
) -> list[Placed | None] | None:
    """The figures of every row by column, None for a row with one under no column, or two under one.

    None also where the table is not aligned: too few rows stand under its columns. ``heads`` are the
    extents of the column headings, empty where they are not known; ``least`` is how many figures are due.
    """
    extents = [piece.extent for row in rows for piece in row]
    if len(extents) < max(least, 1) or any(extent is None for extent in extents):
        return None
    complete = sum(len(row) == columns for row in rows)
    if complete:
        spans = _spans(rows, columns)
        shown = all(map(_overlap, spans, heads)) if heads else complete >= _LEAST_ROWS
        return (
            _placed(rows, [[_overlap(e, s) for s in spans] for e in extents if e])
            if spans and shown
            else None
        )
    for edge, slack in enumerate((0.0, 0.0, 1.0)):
        near = [[abs(_edges(e)[edge] - _edges(h)[edge]) <= slack for h in heads] for e in extents if e]
        if not slack or len(extents) >= LEAST_FIGURES:
            placed = _placed(rows, near)
            if placed is not None:
                return placed
    return None


def _spans(rows: Sequence[Sequence[Piece]], columns: int) -> list[Extent]:
    """From where to where each column reaches by the complete rows; nothing where columns overlap."""
    complete = [[piece.extent or (0.0, 0.0) for piece in row] for row in rows if len(row) == columns]
    spans = [(min(e[0] for e in one), max(e[1] for e in one)) for one in zip(*complete, strict=True)]
    return [] if any(one[1] > other[0] for one, other in pairwise(spans)) else spans


def _placed(rows: Sequence[Sequence[Piece]], under: Sequence[Sequence[bool]]) -> list[Placed | None] | None:
    """The figures by the one column that each of them is ``under``."""
    found: list[Placed | None] = []
    at = 0
    for row in rows:
        hits = under[at : at + len(row)]
        at += len(row)
        columns = [flags.index(True) for flags in hits if sum(flags) == 1]
        by_column = dict(zip(columns, row, strict=False))
        is_placed = len(by_column) == len(row)
        found.append(tuple(map(by_column.get, range(len(hits[0])))) if is_placed and row else None)
    filled = sum(bool(row) for row in rows)
    return found if sum(map(bool, found)) >= _LEAST_SHARE * filled else None


def _overlap(one: Extent, other: Extent) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _edges(extent: Extent) -> tuple[float, float, float]:
    """Its left, its right and its middle."""
    return extent[0], extent[1], (extent[0] + extent[1]) / 2
