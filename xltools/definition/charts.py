"""Charts of a definition: which figures a leader looks at, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from xltools.definition.figure_expressions import figure_expression
from xltools.definition.tables import read_id
from xltools.definition.toml_reader import TomlReader
from xltools.diagnostics.text import Text
from xltools.expr.nodes import Constant, ExpressionError, Node, attributes, figures
from xltools.model.form import Cell, Chart, ChartPoint, Table

_Kind = Literal["bars", "units", "periods"]
_KINDS: tuple[_Kind, ...] = ("bars", "units", "periods")
_MOST_POINTS = {"bars": 20, "units": 1, "periods": 4}
"""More bars do not fit onto a page, more lines cannot be told apart in grey."""
_LONGEST_LABEL = 20


def read_chart(reader: TomlReader, tables: tuple[Table, ...], cells: Mapping[str, Cell]) -> Chart:
    """One ``[[chart]]``."""
    kind = reader.choice("kind", _KINDS)
    points = reader.tables("points")
    if not 1 <= len(points) <= _MOST_POINTS[kind]:
        most = _MOST_POINTS[kind]
        reader.report("points", f"{kind} 图应有 1 至 {most} 项", f"a chart of {kind} has 1 to {most} points")
    chart = Chart(
        id=read_id(reader),
        title=reader.text("title"),
        kind=kind,
        points=tuple(_read_point(point, tables, cells) for point in points),
    )
    reader.done()
    return chart


def _read_point(reader: TomlReader, tables: tuple[Table, ...], cells: Mapping[str, Cell]) -> ChartPoint:
    label = reader.text("label")
    if len(label) > _LONGEST_LABEL:
        reader.report("label", f"超过 {_LONGEST_LABEL} 个字", f"is over {_LONGEST_LABEL} characters")
    value: Node = Constant(0)
    try:
        value = _value(reader.text("value"), tables, cells)
    except ExpressionError as error:
        reader.report("value", error.text.zh, error.text.en)
    reader.done()
    return ChartPoint(label, value)


def _value(text: str, tables: tuple[Table, ...], cells: Mapping[str, Cell]) -> Node:
    """The resolved number of a point; raises ExpressionError."""
    expression = figure_expression(text, tables, cells)
    if not figures(expression):
        raise ExpressionError(0, Text("应为单元格的算式", "must be a sum of cells or the like"))
    if figures(expression, previous=True) or attributes(expression):
        raise ExpressionError(
            0,
            Text("图表只用本期的数，不能用 previous() 和单位属性", "charts show figures of one period only"),
        )
    return expression
