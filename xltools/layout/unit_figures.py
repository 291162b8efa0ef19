"""The figures that charts and comparisons show of single units, read off all members in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xltools.excel.values import Number, Value, is_number
from xltools.expr.evaluate import Facts, NumberFunction, number_function
from xltools.expr.nodes import Attribute, Figure, figures
from xltools.expr.to_excel import to_excel
from xltools.layout.ledger import LEDGER_FIRST_ROW, ledger_columns, member_figures
from xltools.layout.places import Place
from xltools.model.form import Chart, ChartPoint, Form
from xltools.model.sheet_names import LEDGER_SHEET
from xltools.model.summary import Summary


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One unit's figure, this period and the one before (None: not known).

    ``row`` counts in the ledger (None: the rows are in a data file).
    """

    row: int | None
    name: str
    now: Number
    before: Number | None

    @property
    def change(self) -> Number:
        """By how much it moved; 0 where that is not known."""
        return 0 if self.before is None else self.now - self.before


def unit_figures(summary: Summary, *, live: bool) -> dict[str, list[UnitFigure]]:
    """By the id of every chart of units, the figure of each unit that has one.

    ``live``: the units' rows stand in the workbook, so that formulas can point to them.
    """
    charts = [chart for chart in summary.submission.form.charts if chart.kind == "units"]
    found: dict[str, list[UnitFigure]] = {chart.id: [] for chart in charts}
    values_of = [(chart.id, PointValue.of(chart.points[0])) for chart in charts]
    for row, member in enumerate(summary.members if charts else ()):
        figures_now = member_figures(member)
        for id_, value in values_of:
            now = value.of_figures(figures_now)
            if now is not None:
                before = value.of_figures(member.previous)
                found[id_].append(UnitFigure(row if live else None, member.unit.name, now, before))
    return found


@dataclass(frozen=True, slots=True)
class PointValue:
    """The value of a chart's point as a function of figures."""

    cells: tuple[str, ...]
    number: NumberFunction

    @classmethod
    def of(cls, point: ChartPoint) -> PointValue:
        """The function of one point."""
        return cls(figures(point.value), number_function(point.value))

    def of_figures(self, values: Mapping[str, Value]) -> Number | None:
        """The value for these figures; None where one of them is no number."""
        if not all(is_number(values.get(id_)) for id_ in self.cells):
            return None
        return self.number(Facts(values, {}, {}))


def name_formula(unit: UnitFigure) -> str | None:
    """The cell of 分单位明细 with a unit's name."""
    return None if unit.row is None else Place(LEDGER_SHEET, LEDGER_FIRST_ROW + unit.row, 1).absolute


def figure_formula(form: Form, chart: Chart, unit: UnitFigure) -> str | None:
    """A unit's figure as a formula over its row of 分单位明细."""
    columns, row = ledger_columns(form), unit.row
    if row is None:
        return None

    def locate(node: Figure | Attribute) -> str:
        assert isinstance(node, Figure)  # charts have no attributes: the definition was checked
        return Place(LEDGER_SHEET, LEDGER_FIRST_ROW + row, columns[node.id]).absolute

    return to_excel(chart.points[0].value, locate)
