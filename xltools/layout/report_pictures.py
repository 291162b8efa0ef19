"""Pictures of a report's figures as plain data: the bar charts of the form's definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xltools.layout.report import DRAFT_MARK
from xltools.layout.report_text import clean, figure_text
from xltools.layout.unit_figures import PointValue
from xltools.model.submission import Submission


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, its figure, and its length as a share of the longest (0 to 1)."""

    label: str
    figure: str
    share: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A bar chart; ``id`` is that of the chart in the definition, ``source`` whose figures and when."""

    id: str
    title: str
    source: str
    bars: tuple[Bar, ...]


def report_pictures(submission: Submission, *, draft: bool = False) -> Iterator[Picture]:
    """A picture for every bar chart of the form; none where one of its figures is not there.

    Those of a ``draft`` say that they are.
    """
    values = submission.values
    if submission.zero_report:
        values = {id_: 0 if value is None else value for id_, value in values.items()}
    period = submission.period.label if submission.period else ""
    words = (submission.unit.name, period, DRAFT_MARK if draft else "")
    for chart in submission.form.charts:
        if chart.kind != "bars":
            continue
        figures = [PointValue.of(point).of_figures(values) for point in chart.points]
        known = [figure for figure in figures if figure is not None]
        if len(known) < len(figures):
            continue
        longest = max(*known, 1)
        yield Picture(
            id=chart.id,
            title=clean(chart.title),
            source=clean("　".join(filter(None, words))),
            bars=tuple(
                Bar(clean(point.label), figure_text(figure), max(figure, 0) / longest)
                for point, figure in zip(chart.points, known, strict=True)
            ),
        )
