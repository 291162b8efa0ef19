"""The labels of a table as merged blocks: the headings over its columns and those beside its rows.

Both faces of a table, the sheet to fill and the report to publish, are laid out from these blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from xltools.layout.places import stub_columns
from xltools.model.form import Axis, Leaf, Table, depth, leaves


@dataclass(frozen=True, slots=True)
class LabelBlock:
    """One label over ``rows`` by ``columns`` cells.

    ``row`` counts header rows for headings of columns, rows of figures for labels of rows; ``column``
    counts from the left edge of the table. A ``leaf`` names one row or column, a ``group`` several.
    """

    text: str
    kind: Literal["corner", "attribute", "group", "leaf"]
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def first_figure_column(table: Table) -> int:
    """Where the figures start: right of the row labels and the attributes."""
    return stub_columns(table) + len(table.attributes)


def columns_taken(table: Table, column: int, count: int, grid_columns: int) -> int:
    """Columns of the grid from ``column`` on: the table's last one runs to the edge of the grid."""
    last = first_figure_column(table) + len(table.column_leaves) - 1
    return grid_columns - column if column + count - 1 == last else count


def column_headings(table: Table, grid_columns: int) -> Iterator[LabelBlock]:
    """Corner, attributes and the headings of the columns, outer ones first."""
    rows, stub = depth(table.columns), stub_columns(table)
    if stub:
        yield LabelBlock(table.corner, "corner", 0, 0, rows, stub)
    for number, attribute in enumerate(table.attributes, stub):
        yield LabelBlock(attribute.label, "attribute", 0, number, rows)

    def blocks(nodes: tuple[Axis, ...], level: int, column: int) -> Iterator[LabelBlock]:
        for node in nodes:
            count = _leaf_count(node)
            width = columns_taken(table, column, count, grid_columns)
            if isinstance(node, Leaf):
                yield LabelBlock(node.label, "leaf", level, column, rows - level, width)
            else:
                yield LabelBlock(node.label, "group", level, column, 1, width)
                yield from blocks(node.children, level + 1, column)
            column += count

    yield from blocks(table.columns, 0, first_figure_column(table))


def row_labels(table: Table) -> Iterator[LabelBlock]:
    """The labels of the rows, outer ones first, then their attributes row by row."""
    stub = stub_columns(table)

    def blocks(nodes: tuple[Axis, ...], level: int, row: int) -> Iterator[LabelBlock]:
        for node in nodes:
            count = _leaf_count(node)
            if isinstance(node, Leaf):
                yield LabelBlock(node.label, "leaf", row, level, 1, stub - level)
            else:
                yield LabelBlock(node.label, "group", row, level, count, 1)
                yield from blocks(node.children, level + 1, row)
            row += count

    if stub:
        yield from blocks(table.rows, 0, 0)
    for number, leaf in enumerate(table.row_leaves):
        for column, attribute in enumerate(table.attributes, stub):
            yield LabelBlock((leaf.attributes or {}).get(attribute.id, ""), "attribute", number, column)


def _leaf_count(node: Axis) -> int:
    """How many rows or columns of figures a node stands over."""
    return 1 if isinstance(node, Leaf) else len(tuple(leaves(node.children)))
