"""Expressions of full cell ids, as charts and texts of a definition use them."""

from __future__ import annotations

from collections.abc import Mapping

from xltools.definition.tables import named_leaves
from xltools.diagnostics.text import Text
from xltools.expr.nodes import ExpressionError, Node
from xltools.expr.parser import parse
from xltools.expr.resolve import check_kinds, resolve
from xltools.model.form import Cell, Table


def figure_expression(source: str, tables: tuple[Table, ...], cells: Mapping[str, Cell]) -> Node:
    """A number made of full cell ids; inside ``sum()`` a group may stand for its rows or columns.

    Raises ExpressionError where ``source`` is no such number.
    """
    node = resolve(parse(source), lambda name: _cells_called(name, tables, cells))
    if check_kinds(node) != "number":
        raise ExpressionError(0, Text("应为单元格的算式", "must be a sum of cells or the like"))
    return node


def _cells_called(name: str, tables: tuple[Table, ...], cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """A cell id, or with a group for its row or column all cells of that: ``t3.refused.total``."""
    if name in cells and cells[name].table is not None:
        return (name,)
    table_id, _, place = name.partition(".")
    row_name, _, column_name = place.partition(".")
    return tuple(
        table.cell_id(row, column)
        for table in tables
        if table.id == table_id
        for row in named_leaves(table.rows, row_name)
        for column in named_leaves(table.columns, column_name)
    )
