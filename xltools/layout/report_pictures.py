"""Pictures of a report's figures as plain data: the bar charts of the form's definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xltools.excel.values import Number
from xltools.layout.report_text import DRAFT_MARK, clean, figure_text
from xltools.layout.unit_figures import PointValue
from xltools.model.submission import Submission


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, its figure as it is printed, its share of the longest one's length (0 to 1)."""

    label: str
    value: Number
    figure: str
    share: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A bar chart; ``id`` is that of the chart in the definition, ``source`` whose figures and when.

    ``table`` is the id of the table that its first figure is from.
    """

    id: str
    title: str
    source: str
    bars: tuple[Bar, ...]
    table: str | None

    @property
    def told(self) -> str:
        """All it shows in words, for whoever cannot see it."""
        return "；".join(f"{bar.label} {bar.figure}" for bar in self.bars)


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
        points = [PointValue.of(point) for point in chart.points]
        figures = [point.of_figures(values) for point in points]
        known = [figure for figure in figures if figure is not None]
        if len(known) < len(figures):
            continue
        longest = max(*known, 1)
        yield Picture(
            id=chart.id,
            title=clean(chart.title),
            source=clean("　".join(filter(None, words))),
            bars=tuple(
                Bar(clean(point.label), figure, figure_text(figure), max(figure, 0) / longest)
                for point, figure in zip(chart.points, known, strict=True)
            ),
            table=submission.form.cells[points[0].cells[0]].table,
        )
