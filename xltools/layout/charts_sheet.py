"""The sheet 图表 of a summary: what a leader looks at, each chart beside the figures it is drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltools.excel.values import Value
from xltools.expr.to_excel import to_excel
from xltools.layout.coverage_words import known_words
from xltools.layout.formulas import locate
from xltools.layout.places import Places
from xltools.layout.plan import PlannedCell, PlannedChart, PlannedSeries, PrintSetup, SheetPlan
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height
from xltools.layout.unit_figures import PointValue, UnitFigure, figure_formula, name_formula
from xltools.model.coverage import Coverage
from xltools.model.form import Chart
from xltools.model.sheet_names import CHARTS_SHEET
from xltools.model.submission import Submission

MOST_UNITS = 15
"""How many units a chart of units shows."""
_COLUMNS = 5
"""The label and up to four figures; the chart stands to their right."""
_LABEL_WIDTH, _FIGURE_WIDTH = 26.0, 11.0
_CHART_WIDTH, _CHART_COLUMNS = 560, 9
_WIDTH = _LABEL_WIDTH + (_COLUMNS - 1) * _FIGURE_WIDTH + _CHART_COLUMNS * 8.0
_ROW_HEIGHT = 20.0
_PIXELS_A_ROW = 80 / 3
_BAR_PIXELS, _FRAME_PIXELS = 26, 90
_LEAST_HEIGHT = 270
_SCALE = 72
_ROWS_A_PAGE = 32
_TITLE_ROWS = 3
_TAB_COLOUR = "#0B5394"

_Cell = tuple[Value, str | None]
"""A value with the formula it comes from."""
_Rows = tuple[tuple[_Cell, ...], ...]
_NOT_ALIKE = "（各期所含单位不全或不同）"


@dataclass(frozen=True, slots=True)
class _Block:
    """One chart with its table: the headings of the figures, and the rows.

    ``alike`` is whether all rows cover the same units, as far as it is known.
    """

    chart: Chart
    headings: tuple[str, ...]
    rows: _Rows
    alike: bool = True

    @property
    def title(self) -> str:
        """The title of the chart."""
        return self.chart.title if self.alike else f"{self.chart.title}{_NOT_ALIKE}"

    @property
    def pixels(self) -> int:
        """The height of the chart."""
        bars = 0 if self.chart.kind == "periods" else len(self.rows)
        return max(_LEAST_HEIGHT, _FRAME_PIXELS + _BAR_PIXELS * bars)

    @property
    def height(self) -> int:
        """Rows of the sheet that table and chart take, with a blank one below."""
        return max(len(self.rows) + 1, -(-self.pixels // int(_PIXELS_A_ROW))) + 2


def charts_sheet(
    submission: Submission, places: Places, words: str, units: Mapping[str, Sequence[UnitFigure]]
) -> SheetPlan | None:
    """The plan of 图表; None where the form has no chart, or nothing to draw.

    ``words`` say what the totals cover, ``units`` holds every unit's figures by chart.
    """
    blocks = [
        block for chart in submission.form.charts if (block := _block(chart, submission, places, units))
    ]
    if not blocks:
        return None
    cells = [
        PlannedCell(0, 0, Style.TITLE_LEFT, CHARTS_SHEET, columns=_COLUMNS),
        PlannedCell(1, 0, Style.ALERT_LINED, words, columns=_COLUMNS + _CHART_COLUMNS),
    ]
    charts: list[PlannedChart] = []
    breaks: list[int] = []
    heights = {0: 26.0, 1: max(_ROW_HEIGHT, needed_height(words, _WIDTH * 0.9))}
    row, on_page = _TITLE_ROWS, _TITLE_ROWS
    for block in blocks:
        if on_page + block.height > _ROWS_A_PAGE and on_page > _TITLE_ROWS:
            breaks.append(row)
            on_page = 0
        cells += _table(block, row)
        heights[row] = max(_ROW_HEIGHT, *(needed_height(text, _FIGURE_WIDTH) for text in block.headings))
        charts.append(_chart(block, row))
        row += block.height
        on_page += block.height
    return SheetPlan(
        name=CHARTS_SHEET,
        cells=tuple(cells),
        print_setup=PrintSetup(
            (0, 0, row - 1, _COLUMNS + _CHART_COLUMNS - 1), "landscape", scale=_SCALE, breaks=tuple(breaks)
        ),
        widths={0: _LABEL_WIDTH} | dict.fromkeys(range(1, _COLUMNS), _FIGURE_WIDTH),
        heights=dict.fromkeys(range(row), _ROW_HEIGHT) | heights,
        tab_colour=_TAB_COLOUR,
        charts=tuple(charts),
    )


def _block(
    chart: Chart, submission: Submission, places: Places, units: Mapping[str, Sequence[UnitFigure]]
) -> _Block | None:
    labels = tuple(point.label for point in chart.points)
    if chart.kind == "units":
        rows = _unit_rows(chart, submission, units.get(chart.id, ()))
        return _Block(chart, labels, rows) if len(rows) > 1 else None
    if chart.kind == "periods":
        rows, alike = _period_rows(chart, submission, places)
        return _Block(chart, labels, rows, alike) if len(rows) > 1 else None
    rows = tuple(
        ((point.label, None), _now(chart, number, submission, places))
        for number, point in enumerate(chart.points)
    )
    return _Block(chart, ("数量",), rows)


def _now(chart: Chart, number: int, submission: Submission, places: Places) -> _Cell:
    """A point's value of this period, live."""
    point = chart.points[number]
    return PointValue.of(point).of_figures(submission.values), to_excel(
        point.value, lambda ref: locate(places, ref)
    )


def _unit_rows(chart: Chart, submission: Submission, units: Sequence[UnitFigure]) -> _Rows:
    largest = sorted((unit for unit in units if unit.now), key=lambda unit: -unit.now)[:MOST_UNITS]
    return tuple(
        (
            (unit.name, name_formula(unit)),
            (unit.now, figure_formula(submission.form, chart, unit)),
        )
        for unit in largest
    )


def _period_rows(chart: Chart, submission: Submission, places: Places) -> tuple[_Rows, bool]:
    """The periods from the earliest on, and whether they are alike; what is not known is left blank.

    Where they are not, each is labelled with what it covers: a line through them says otherwise that
    something changed which is only a matter of who reported.
    """
    values = [PointValue.of(point) for point in chart.points]
    periods: list[tuple[str, Coverage | None, list[_Cell]]] = []
    for past in reversed(submission.history):
        figures = [value.of_figures(past.values) for value in values]
        if any(figure is not None for figure in figures):
            periods.append((past.period.label, past.coverage, [(figure, None) for figure in figures]))
    label = submission.period.label if submission.period else ""
    now = [_now(chart, number, submission, places) for number in range(len(values))]
    periods.append((label, submission.coverage, now))
    alike = _are_alike([coverage for _, coverage, _ in periods])
    rows = tuple(
        ((period if alike else f"{period}（{known_words(coverage)}）", None), *figures)
        for period, coverage, figures in periods
    )
    return rows, alike


def _are_alike(coverages: Sequence[Coverage | None]) -> bool:
    """Whether no period is known to be partial, or to cover fewer or more units than another one."""
    known = [coverage for coverage in coverages if coverage is not None]
    return not any(coverage.is_partial for coverage in known) and len({c.units for c in known}) <= 1


def _table(block: _Block, row: int) -> list[PlannedCell]:
    cells = [
        PlannedCell(row, 0, Style.HEAD, ""),
        *(PlannedCell(row, column, Style.HEAD, text) for column, text in enumerate(block.headings, 1)),
    ]
    for at, line in enumerate(block.rows, row + 1):
        for column, (value, formula) in enumerate(line):
            style = Style.FIGURE if column else Style.LABEL
            cells.append(PlannedCell(at, column, style, value, formula))
    return cells


def _chart(block: _Block, row: int) -> PlannedChart:
    first, last = row + 1, row + len(block.rows)
    return PlannedChart(
        title=block.title,
        kind="line" if block.chart.kind == "periods" else "bar",
        row=row,
        column=_COLUMNS,
        width=_CHART_WIDTH,
        height=block.pixels,
        labels=(first, 0, last, 0),
        series=tuple(
            PlannedSeries(heading, (first, column, last, column))
            for column, heading in enumerate(block.headings, 1)
        ),
    )
