"""Rules of a definition: read, spread over rows and columns, resolved to cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from xltools.definition.tables import axis_labels
from xltools.definition.toml_reader import TomlReader
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text
from xltools.expr.nodes import ExpressionError, Node, attributes, figures, main_comparison
from xltools.expr.parser import parse
from xltools.expr.resolve import check_kinds, resolve
from xltools.model.form import Axis, Cell, Leaf, Rule, RuleInstance, Table, groups, in_words, leaves


@dataclass(frozen=True, slots=True)
class _Scope:
    """What bare names of a rule mean: one row, one column, or one group of columns in one row."""

    id: str
    label: str
    table: Table
    row: Leaf | None = None
    column: Leaf | None = None
    prefix: str = ""

    @property
    def line(self) -> tuple[str, Literal["row", "column"]]:
        return (self.table.id, "column" if self.column else "row")


def read_rule(reader: TomlReader) -> Rule:
    """One ``[[rule]]``, its expression still as written."""
    rule = Rule(
        id=reader.text("id"),
        severity=Severity(reader.choice("severity", tuple(Severity))),
        expression=reader.text("expect"),
        message=reader.bilingual("message"),
        fix=reader.bilingual("fix"),
        why=reader.bilingual("why"),
        source=reader.text("source"),
        for_each=reader.texts("for_each"),
    )
    reader.done()
    return rule


def spread_rule(
    rule: Rule, reader: TomlReader, tables: tuple[Table, ...], cells: Mapping[str, Cell]
) -> list[RuleInstance]:
    """The instances of a rule; mistakes are reported at the rule's keys."""
    try:
        tree = parse(rule.expression)
    except ExpressionError as error:
        reader.report("expect", error.text.zh, error.text.en)
        return []
    scopes: list[_Scope | None] = [*_scopes(rule, reader, tables)] if rule.for_each else [None]
    instances = []
    for scope in scopes:
        try:
            instances.append(_instance(rule, tree, scope, cells))
        except ExpressionError as error:
            where = f"（{scope.id}）" if scope else ""
            reader.report("expect", f"{where}{error.text.zh}", f"{where}{error.text.en}")
            break  # the other rows and columns would say the same
    return instances


def _instance(rule: Rule, tree: Node, scope: _Scope | None, cells: Mapping[str, Cell]) -> RuleInstance:
    expression = resolve(tree, lambda name: _lookup(name, scope, cells))
    if check_kinds(expression) != "truth":
        raise ExpressionError(0, Text("应为一个条件（如 a == b）", "must be a condition such as a == b"))
    ids = figures(expression)
    if not ids:
        raise ExpressionError(0, Text("没有涉及任何单元格", "names no cell"))
    comparison = main_comparison(expression)
    if comparison is None:
        raise ExpressionError(0, Text("没有比较两个数", "compares no figures"))
    return RuleInstance(
        rule=rule,
        scope=scope.id if scope else "",
        label=scope.label if scope else "",
        expression=expression,
        comparison=comparison,
        cells=ids,
        previous=figures(expression, previous=True),
        attributes=attributes(expression),
        anchor=next(iter(figures(comparison.left) or figures(comparison) or ids)),
        line=scope.line if scope else None,
    )


def _lookup(name: str, scope: _Scope | None, cells: Mapping[str, Cell]) -> tuple[str, ...]:
    if name in cells and cells[name].table is not None:
        return (name,)
    if scope is None or "." in name:
        return ()
    table = scope.table
    if scope.column is not None:
        return tuple(table.cell_id(row, scope.column) for row in members(table.rows, name))
    if scope.row is None:
        return ()
    row = scope.row
    return tuple(table.cell_id(row, column) for column in members(table.columns, scope.prefix + name))


def members(axis: tuple[Axis, ...], name: str) -> tuple[Leaf, ...]:
    """The leaf called ``name``, or all leaves of the group called so."""
    for leaf in leaves(axis):
        if leaf.id == name:
            return (leaf,)
    for group in groups(axis):
        if group.id == name:
            return tuple(leaves(group.children))
    return ()


def _scopes(rule: Rule, reader: TomlReader, tables: tuple[Table, ...]) -> list[_Scope]:
    by_id = {table.id: table for table in tables}
    scopes: list[_Scope] = []
    for entry in rule.for_each:
        table_id, _, name = entry.partition(".")
        table = by_id.get(table_id)
        found = _table_scopes(table, name) if table else []
        if not found:
            reader.report("for_each", f"没有 {entry} 这样的行或列", f"there is no row or column {entry}")
        scopes += found
    return scopes


def _table_scopes(table: Table, name: str) -> list[_Scope]:
    rows = [row for row in table.row_leaves if name in ("rows", row.id)]
    if rows:
        labels = axis_labels(table.rows)
        return [_Scope(row.id, _place(table, labels[row.id]), table, row=row) for row in rows]
    labels = axis_labels(table.columns)
    columns = [column for column in table.column_leaves if name in ("columns", column.id)]
    if columns:
        return [_Scope(c.id, _place(table, labels[c.id]), table, column=c) for c in columns]
    return [
        _Scope(group.id, _place(table, group.label), table, row=row, prefix=f"{group.id}_")
        for group in groups(table.columns)
        if group.id == name
        for row in table.row_leaves
    ]


def _place(table: Table, label: str) -> str:
    return in_words(table.heading, label)
