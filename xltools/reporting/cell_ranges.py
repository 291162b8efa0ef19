"""Many cells in few words: neighbouring addresses as ranges."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.excel.a1 import parse_cell, range_name


def cell_ranges(addresses: Iterable[str]) -> tuple[str, ...]:
    """A1 addresses as ranges (``D5:J7``), in the order of the sheet; runs of a row first, then of rows.

    Raises ValueError for what is no A1 address.
    """
    rows: dict[int, list[int]] = {}
    for row, column in sorted({parse_cell(address) for address in addresses}):
        rows.setdefault(row, []).append(column)
    blocks: list[tuple[int, int, int, int]] = []
    growing: dict[tuple[int, int], int] = {}
    for row, columns in rows.items():
        above, growing = growing, {}
        for left, right in _runs(columns):
            number = above.get((left, right), -1)
            if number >= 0 and blocks[number][2] == row - 1:
                blocks[number] = (blocks[number][0], left, row, right)
            else:
                number = len(blocks)
                blocks.append((row, left, row, right))
            growing[left, right] = number
    return tuple(range_name(*block) for block in blocks)


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
