"""What a summary's hidden sheet keeps beside its identity: its coverage, its own and earlier figures.

The earlier periods are what makes a chain: next year's summary reads them from this year's. Its own figures
as they were written, no formulas, tell whether the ledger that they add up was changed since.
"""

from __future__ import annotations

from collections.abc import Mapping

from xltools.excel.a1 import cell_name
from xltools.excel.values import Value, is_number
from xltools.layout.places import IDENTITY_KEYS
from xltools.layout.plan import PlannedCell
from xltools.layout.styles import Style
from xltools.model.coverage import Coverage, PastPeriod
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Submission

MOST_PAST_PERIODS = 4
"""With the period itself, five: what a chart over the years shows."""
_UNITS_COLUMN, _DUE_COLUMN = 2, 3
_COVERAGE_ROW = IDENTITY_KEYS.index("units")
_ID_COLUMN, _FIRST_COLUMN = 5, 6
_WRITTEN_COLUMN = _FIRST_COLUMN + MOST_PAST_PERIODS
_PERIOD_ROWS = 4
"""Year, month, units and units due of an earlier period, above its figures."""


def coverage_cells(submission: Submission) -> list[PlannedCell]:
    """How many units went into a summary, and how many are due."""
    coverage = submission.coverage
    if coverage is None:
        return []
    return [
        PlannedCell(_COVERAGE_ROW, column, Style.HIDDEN, number)
        for column, number in ((_UNITS_COLUMN, coverage.units), (_DUE_COLUMN, coverage.due))
        if number is not None
    ]


def read_coverage(values: Mapping[str, Value]) -> Coverage | None:
    """The coverage on a hidden sheet, by A1; None where it says none."""
    units = _count(values.get(cell_name(_COVERAGE_ROW, _UNITS_COLUMN)))
    due = _count(values.get(cell_name(_COVERAGE_ROW, _DUE_COLUMN)))
    return None if units is None else Coverage(units, due)


def past_figure_cells(submission: Submission) -> list[PlannedCell]:
    """The earlier periods, a column each, a row a figure."""
    if not submission.history:
        return []
    figures = submission.form.figures
    names = ("year", "month", "units", "due", *(cell.id for cell in figures))
    cells = [PlannedCell(row, _ID_COLUMN, Style.HIDDEN, name) for row, name in enumerate(names)]
    for column, past in enumerate(submission.history[:MOST_PAST_PERIODS], _FIRST_COLUMN):
        coverage = past.coverage or Coverage(0)
        head = (past.period.year, past.period.month, coverage.units or None, coverage.due)
        values = (*head, *(past.values.get(cell.id) for cell in figures))
        cells += [
            PlannedCell(row, column, Style.HIDDEN, value)
            for row, value in enumerate(values)
            if is_number(value)
        ]
    return cells


def read_past_figures(form: Form, values: Mapping[str, Value]) -> tuple[PastPeriod, ...]:
    """The earlier periods on a hidden sheet, by A1; what is no period is left out."""
    found = []
    for column in range(_FIRST_COLUMN, _FIRST_COLUMN + MOST_PAST_PERIODS):
        year, month, units, due = (_count(values.get(cell_name(row, column))) for row in range(_PERIOD_ROWS))
        if year is None or not 1900 <= year <= 9999 or not 1 <= (month or 1) <= 12:
            continue
        figures = {
            cell.id: value
            for row, cell in enumerate(form.figures, _PERIOD_ROWS)
            if is_number(value := values.get(cell_name(row, column)))
        }
        coverage = None if units is None else Coverage(units, due)
        found.append(PastPeriod(Period(year, month), figures, coverage))
    return tuple(found)


def written_cells(submission: Submission) -> list[PlannedCell]:
    """The figures of a summary that are sums of its ledger, as they are when it is written."""
    if submission.kind != "summary":
        return []
    return [
        PlannedCell(row, _WRITTEN_COLUMN, Style.HIDDEN, submission.values.get(cell.id))
        for row, cell in enumerate(submission.form.figures, _PERIOD_ROWS)
        if cell.kind == "input"
    ]


def read_written(form: Form, values: Mapping[str, Value]) -> dict[str, Value]:
    """Those figures by cell id; summaries did not always keep them."""
    return {
        cell.id: value
        for row, cell in enumerate(form.figures, _PERIOD_ROWS)
        if is_number(value := values.get(cell_name(row, _WRITTEN_COLUMN)))
    }


def _count(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None
