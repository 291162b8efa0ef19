"""What earlier periods came to, from earlier summaries or from what the units reported then."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.excel.values import Value
from xltools.layout.past_figures import MOST_PAST_PERIODS
from xltools.merging.adding import KnownSums
from xltools.model.coverage import Coverage, PastPeriod
from xltools.model.period import Period
from xltools.model.summary import Summary


def past_periods(summary: Summary, known: Sequence[PastPeriod] = ()) -> tuple[PastPeriod, ...]:
    """The periods before that of ``summary``, the latest first.

    ``known`` are those its unit has summaries of. For the period just before, where there is none, the sum
    of what its members reported then stands in.
    """
    period = summary.submission.period
    if period is None:
        return ()
    found = {past.period: past for past in known if past.period < period}
    if period.previous() not in found:
        members = _of_members(summary, period.previous())
        if members is not None:
            found[members.period] = members
    return tuple(found[before] for before in sorted(found, reverse=True)[:MOST_PAST_PERIODS])


def _of_members(summary: Summary, period: Period) -> PastPeriod | None:
    """The sums of the members' own earlier figures, with how many units each covers."""
    sums = KnownSums()
    for member in summary.members:
        sums.add(member.previous)
    figures = summary.submission.form.figures
    counts = {cell.id: sums.counts[cell.id] for cell in figures if cell.id in sums.counts}
    if not counts:
        return None
    values: dict[str, Value] = {id_: sums.total(id_) for id_ in counts}
    return PastPeriod(period, values, Coverage(max(counts.values())), counts)
