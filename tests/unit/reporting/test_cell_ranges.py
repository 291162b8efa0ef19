"""Many cells in few words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xltools.excel.a1 import cell_name, parse_cell
from xltools.reporting.cell_ranges import cell_ranges


@pytest.mark.parametrize(
    ("cells", "ranges"),
    [
        ([], ()),
        (["B2"], ("B2",)),
        (["B2", "C2", "D2"], ("B2:D2",)),
        (["B2", "B3", "C2", "C3"], ("B2:C3",)),
        (["B2", "C2", "B3"], ("B2:C2", "B3")),
        (["D4", "B2", "B4"], ("B2", "B4", "D4")),
    ],
)
def test_ranges(cells: list[str], ranges: tuple[str, ...]) -> None:
    assert cell_ranges(cells) == ranges


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_no_cell_is_lost_or_added(cells: set[tuple[int, int]]) -> None:
    covered = []
    for name in cell_ranges(cell_name(*cell) for cell in cells):
        first, _, last = name.partition(":")
        (top, left), (bottom, right) = parse_cell(first), parse_cell(last or first)
        covered += [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
    assert sorted(covered) == sorted(cells)
