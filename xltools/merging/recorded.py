"""Files that a summary holds beside it: whether it still has the figures that they have now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from operator import attrgetter

from xltools.excel.values import Value
from xltools.merging.changes import differences
from xltools.merging.coverage import Covered
from xltools.merging.reasons import included_otherwise
from xltools.merging.select import Load
from xltools.model.outcomes import stated_figures
from xltools.model.round import Fate, Filing
from xltools.model.unit import Unit

Recorded = Callable[[str, Unit], Mapping[str, Value] | None]
"""What the summary in a file has for a unit, by cell id; None where it does not say."""


def nothing_recorded(_file: str, _unit: Unit) -> None:
    """Where the ledgers of summaries are not at hand."""
    return


def held_against_summaries(covered: Covered, load: Load, recorded: Recorded) -> Covered:
    """The same, where files whose figures a summary holds say what it has differently.

    A unit that corrects its return sends it to whoever is at the top, beside a summary of the old one: that
    the figures were in it would be true of the unit and not of the file.
    """
    summaries = {filing.handed.file: filing for filing in covered.filings if filing.handed.sums_up}
    held = [f for f in covered.filings if f.fate is Fate.INCLUDED and f.instead in summaries]
    changed: dict[str, Filing] = {}
    for filing in sorted(held, key=attrgetter("instead")):  # each summary is read once
        figures = recorded(filing.instead, filing.unit)
        if figures is not None:
            own = load(filing.handed.file)
            own = replace(own, values=stated_figures(own))
            changes = differences(own, replace(own, values=figures))
            if changes:
                reason = included_otherwise(filing.instead, summaries[filing.instead].unit.name)
                changed[filing.handed.file] = replace(filing, reason=reason, changes=changes)
    if not changed:
        return covered
    return replace(covered, filings=tuple(changed.get(f.handed.file, f) for f in covered.filings))
