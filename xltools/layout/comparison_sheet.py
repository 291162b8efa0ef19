"""The sheet 同比 (环比 for monthly forms): every figure beside the period before, and who moved most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltools.excel.a1 import absolute, cell_name
from xltools.excel.values import Number, Value, is_number
from xltools.layout.coverage_words import known_words
from xltools.layout.ledger_sheet import LEDGER_TAB_COLOUR
from xltools.layout.places import Places
from xltools.layout.plan import Highlight, PlannedCell, PrintSetup, SheetPlan
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height
from xltools.layout.unit_figures import UnitFigure, figure_formula, name_formula
from xltools.model.coverage import Coverage, PastPeriod
from xltools.model.form import Chart, Form, in_words
from xltools.model.sheet_names import COMPARISON_SHEETS
from xltools.model.submission import Submission

MOST_MOVED = 10
"""How many units are named that moved most."""
_WIDTHS = (62.0, 13.0, 13.0, 13.0, 12.0, 12.0)
_LABEL, _NOW, _BEFORE, _CHANGE, _PERCENT, _UNITS = range(6)


def comparison_sheet(
    submission: Submission, places: Places, words: str, moved: Mapping[str, Sequence[UnitFigure]]
) -> SheetPlan | None:
    """The plan of the comparison; None where the period before is not known.

    ``words`` say what this period's totals cover, ``moved`` holds every unit's figures by chart.
    """
    before = _period_before(submission)
    return _ComparisonSheet(submission, places, before).plan(words, moved) if before else None


def _period_before(submission: Submission) -> PastPeriod | None:
    """The figures of the period just before, if they are known."""
    period = submission.period
    wanted = period.previous() if period else None
    return next((past for past in submission.history if past.period == wanted), None)


class _ComparisonSheet:
    """Collects the rows of one comparison from top to bottom."""

    def __init__(self, submission: Submission, places: Places, before: PastPeriod) -> None:
        self.submission = submission
        self.form: Form = submission.form
        self.places = places
        self.before = before
        self.cells: list[PlannedCell] = []
        self.heights: dict[int, float] = {0: 30.0}
        self.row = 0
        yearly = self.form.period == "year"
        self.this, self.last = ("本年", "上年") if yearly else ("本月", "上月")

    def plan(self, words: str, moved: Mapping[str, Sequence[UnitFigure]]) -> SheetPlan:
        """The finished sheet."""
        name = COMPARISON_SHEETS[self.form.period]
        self._heading(name, words)
        for chart in self.form.charts:
            self._moved(chart, moved.get(chart.id, ()))
        first = self.row
        self._headings("项目", f"{self.last}含单位")
        for section in self.form.sections:
            if section.tables:
                self.cells.append(PlannedCell(self.row, 0, Style.BLOCK, section.title, columns=len(_WIDTHS)))
                self.row += 1
                for table in section.tables:
                    for cell in (c for c in self.form.figures if c.table == table.id):
                        self._figure(cell.id)
        last = self.row - 1
        units = f"{cell_name(first + 1, _UNITS)}:{cell_name(last, _UNITS)}"
        now = self.submission.coverage.units if self.submission.coverage else 0
        here = f"${cell_name(first + 1, _UNITS)}"
        return SheetPlan(
            name=name,
            cells=tuple(self.cells),
            print_setup=PrintSetup((0, 0, last, len(_WIDTHS) - 1), "portrait", (first, first)),
            widths=dict(enumerate(_WIDTHS)),
            heights=self.heights,
            highlights=(Highlight(units, f"AND(ISNUMBER({here}),{here}<>{now})", Style.WARN),),
            tab_colour=LEDGER_TAB_COLOUR,
        )

    def _heading(self, name: str, words: str) -> None:
        period, before = self.submission.period, self.before
        assert period is not None  # there is one before it
        title = f"{name}：{period.label}与{before.period.label}比较"
        then = known_words(before.coverage)
        note = f"{self.this}{words}；{self.last}{then}。"
        if not _alike(self.submission.coverage, before.coverage):
            note += "两期所含单位不同，增减里有单位多少的影响。"
        self.cells += [
            PlannedCell(0, 0, Style.TITLE_LEFT, title, columns=len(_WIDTHS)),
            PlannedCell(1, 0, Style.ALERT_LINED, note, columns=len(_WIDTHS)),
        ]
        self.heights[1] = needed_height(note, sum(_WIDTHS) * 0.9)
        self.row = 3

    def _headings(self, what: str, last: str) -> None:
        headings = (what, self.this, self.last, "增减", "增减%", last)
        for column, heading in enumerate(headings):
            self.cells.append(PlannedCell(self.row, column, Style.HEAD, heading))
        self.row += 1

    def _moved(self, chart: Chart, units: Sequence[UnitFigure]) -> None:
        """The units whose figure of a chart moved most, the largest change first."""
        known = [unit for unit in units if unit.before is not None and unit.change]
        most = sorted(known, key=lambda unit: -abs(unit.change))[:MOST_MOVED]
        if not most:
            return
        heading = f"变动最大的单位：{chart.points[0].label}"
        unknown = sum(unit.before is None for unit in units)
        if unknown:  # a county that hands in a summary now, and not last year, may have moved most of all
            heading += f"（另有 {unknown} 个没有可比的{self.last}数，不在其中）"
        self.cells.append(PlannedCell(self.row, 0, Style.BLOCK, heading, columns=len(_WIDTHS) - 1))
        self.row += 1
        self._headings("单位", "")
        self.cells.pop()
        for unit in most:
            self.cells.append(PlannedCell(self.row, _LABEL, Style.LABEL, unit.name, name_formula(unit)))
            formula = figure_formula(self.form, chart, unit)
            self._compare(unit.now, formula, unit.before, Style.FIGURE)
        self.row += 1

    def _figure(self, id_: str) -> None:
        cell = self.form.cells[id_]
        style = Style.TOTAL if cell.kind == "total" else Style.FIGURE
        label = in_words(cell.label, cell.unit)
        self.cells.append(PlannedCell(self.row, _LABEL, Style.LABEL, label))
        self.heights[self.row] = max(20.0, needed_height(label, _WIDTHS[_LABEL] - 3.0))
        before = self.before.values.get(id_)
        units = self.before.counts.get(id_) if self.before.counts else None
        if units is None and self.before.coverage and is_number(before):
            units = self.before.coverage.units
        self.cells.append(PlannedCell(self.row, _UNITS, Style.CENTERED, units))
        now = self.submission.values.get(id_)
        self._compare(now, self.places.cells[id_].absolute, before if is_number(before) else None, style)

    def _compare(self, now: Value, formula: str | None, before: Value, style: Style) -> None:
        """Both figures of one row, their difference and its share; blank where one is not known."""
        here, there = absolute(self.row, _NOW), absolute(self.row, _BEFORE)
        known = f"COUNT({here},{there})=2"
        change: Value = ""
        percent: Value = ""
        if isinstance(now, (int, float)) and isinstance(before, (int, float)):
            change = _rounded(now - before)
            percent = change / before if before else ""
        self.cells += [
            PlannedCell(self.row, _NOW, style, "" if now is None else now, formula),
            PlannedCell(self.row, _BEFORE, Style.FIGURE, before),
            PlannedCell(self.row, _CHANGE, Style.CHANGE, change, f'IF({known},ROUND({here}-{there},6),"")'),
            PlannedCell(
                self.row,
                _PERCENT,
                Style.PERCENT,
                percent,
                f'IF({known},IF({there}=0,"",ROUND({here}-{there},6)/{there}),"")',
            ),
        ]
        self.row += 1


def _rounded(number: Number) -> Number:
    return number if isinstance(number, int) else round(number, 6)


def _alike(now: Coverage | None, before: Coverage | None) -> bool:
    return now is not None and before is not None and now.units == before.units
