"""The figures of single units that charts and the comparison show."""

from __future__ import annotations

from dataclasses import replace

from tests.support.summaries import county, unit
from tests.support.workbooks import FORM_2021
from xltools.expr.nodes import Figure
from xltools.layout.unit_figures import unit_figures
from xltools.model.form import Chart, ChartPoint
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.summary import Intake, Summary


def test_blanks_of_a_zero_report_are_zeros_and_others_are_not_known() -> None:
    applied = ChartPoint("自然人", Figure("t3.new.natural"))  # an input: no total computes it
    form = replace(FORM_2021, charts=(Chart("units", "新收申请", "units", (applied,)),))
    blank = Submission(form, Period(2025), unit(1), {}, previous={"t3.new.natural": 6})
    members = (blank, replace(blank, unit=unit(2), zero_report=True))
    summary = Summary(replace(blank, unit=county(1)), members, Intake(()))
    found = unit_figures(summary, live=False)["units"]
    assert [(figure.name, figure.now, figure.change) for figure in found] == [(unit(2).name, 0, -6)]
