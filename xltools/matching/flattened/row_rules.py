"""The totals within a row of a table: what they must come to chooses between readings of that row."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.excel.values import Value, is_number
from xltools.expr.evaluate import Facts
from xltools.matching.flattened.rows import Reading
from xltools.matching.numbers import document_value, figure_in
from xltools.model.form import Cell, Form, Leaf, Table
from xltools.model.outcomes import CompiledInstance, compile_form


class RowRules:
    """Every rule that makes a total of other cells of its row; a blank part counts as 0."""

    def __init__(self, form: Form, table: Table, columns: Sequence[Leaf]) -> None:
        self.form = form
        self.table = table
        self.columns = columns
        self._rules = {row.id: self._binding(row) for row in table.row_leaves}

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the rules, each once."""
        return tuple(dict.fromkeys(r.instance.rule.id for rules in self._rules.values() for r in rules))

    def fit(self, row: Leaf, reading: Reading) -> bool | None:
        """Whether every total is there and what its parts come to; None where one is blank or none is due."""
        ids = [self.table.cell_id(row, column) for column in self.columns]
        values = {
            id_: _value(piece.text if piece is not None else "", self.form.cells[id_])
            for id_, piece in zip(ids, reading, strict=True)
        }
        facts = Facts(values, {}, {})
        rules = self._rules[row.id]
        checked = [rule for rule in rules if is_number(values.get(rule.instance.anchor))]
        if not all(rule.holds(facts, rule.left(facts), rule.right(facts)) for rule in checked):
            return False
        return True if rules and len(checked) == len(rules) else None

    def _binding(self, row: Leaf) -> tuple[CompiledInstance, ...]:
        """The rules that compute a total of this row from other cells of it."""
        prefix = f"{self.table.id}.{row.id}."
        computing = set(self.form.computing.values())
        return tuple(
            rule
            for rule in compile_form(self.form).instances
            if rule.instance in computing and all(id_.startswith(prefix) for id_ in rule.instance.cells)
        )


def _value(text: str, cell: Cell) -> Value:
    value = document_value(text) if text else None
    if not isinstance(value, str):
        return value
    converted = figure_in(value, cell)
    return converted.figure if converted is not None else value
