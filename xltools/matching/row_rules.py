"""The rules of a form that speak of one row of a table: they choose between readings of that row."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.diagnostics.findings import Severity
from xltools.excel.values import Value, is_number
from xltools.expr.evaluate import Facts
from xltools.matching.flat_rows import Reading
from xltools.matching.numbers import document_value, figure_in
from xltools.model.form import Cell, Form, Leaf, Table
from xltools.model.outcomes import CompiledInstance, compile_form


class RowRules:
    """Every rule about the cells of one row alone; a blank part counts as 0, a blank total says nothing."""

    def __init__(self, form: Form, table: Table, columns: Sequence[Leaf]) -> None:
        self.form = form
        self.table = table
        self.columns = columns
        self._rules = {row.id: self._binding(row) for row in table.row_leaves}

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the rules, each once."""
        return tuple(dict.fromkeys(r.instance.rule.id for rules in self._rules.values() for r in rules))

    def fit(self, row: Leaf, reading: Reading) -> bool:
        """Whether the reading keeps all of them."""
        ids = [self.table.cell_id(row, column) for column in self.columns]
        values = {
            id_: _value(piece.text if piece is not None else "", self.form.cells[id_])
            for id_, piece in zip(ids, reading, strict=True)
        }
        facts = Facts(values, {}, {})
        for rule in self._rules[row.id]:
            cells = rule.instance.cells
            totals = [id_ for id_ in cells if self.form.cells[id_].kind == "total"]
            known = all(is_number(values.get(id_)) for id_ in totals or cells)
            if known and not rule.holds(facts, rule.left(facts), rule.right(facts)):
                return False
        return True

    def _binding(self, row: Leaf) -> tuple[CompiledInstance, ...]:
        prefix = f"{self.table.id}.{row.id}."
        return tuple(
            rule
            for rule in compile_form(self.form).instances
            if rule.instance.rule.severity is Severity.ERROR
            and not rule.instance.previous
            and not rule.instance.attributes
            and all(id_.startswith(prefix) for id_ in rule.instance.cells)
        )


def _value(text: str, cell: Cell) -> Value:
    value = document_value(text) if text else None
    if not isinstance(value, str):
        return value
    converted = figure_in(value, cell)
    return converted.figure if converted is not None else value
