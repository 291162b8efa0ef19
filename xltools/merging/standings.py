"""How every unit of a roster stands: what came, whether it passes, whether it is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from xltools.diagnostics.findings import Status
from xltools.merging.coverage import Covered, without_overlap
from xltools.merging.nodes import check_nodes
from xltools.merging.recorded import Recorded, held_against_summaries, nothing_recorded
from xltools.merging.select import Choice, Load, chosen, recognised
from xltools.merging.unit_index import unit_key
from xltools.merging.which_round import usual_round
from xltools.model.round import Fate, Filing, HandedFile, RoundStatus, Standing, UnitStanding
from xltools.model.unit import Roster, Unit

_ACCEPTED = (Fate.COUNTS, Fate.COMPARED, Fate.INCLUDED)
"""Files that passed and are of the round, whether their figures are counted or those of another file."""
_OF_THE_ROUND = (
    Fate.COUNTS,
    Fate.COMPARED,
    Fate.INCLUDED,
    Fate.SAME,
    Fate.SUPERSEDED,
    Fate.UNDECIDED,
    Fate.INVALID,
)
"""Files by which a unit has handed something in for this round."""


def round_status(
    handed: Sequence[HandedFile],
    load: Load,
    roster: Roster,
    choice: Choice,
    *,
    deadline: date | None = None,
    recorded: Recorded = nothing_recorded,
) -> RoundStatus:
    """How the round stands that ``handed`` belongs to, seen on ``choice.today``.

    Its form is that of most files, and so is its period if ``choice`` names none. A unit's own deadline
    comes before that of the units above it and before ``deadline``. Late is whose first file is of a
    later day than its deadline, or from whom nothing has come and the deadline has passed. ``recorded``
    says what summaries have for single units.
    """
    filings = recognised(handed, choice)
    round_ = usual_round(filings, choice) or (("", choice.period) if choice.period else None)
    covered = without_overlap(chosen(filings, load, choice, round_), choice)
    covered = held_against_summaries(covered, load, recorded)
    by_unit: dict[str, list[Filing]] = {}
    for filing in covered.filings:
        if filing.fate not in (Fate.UNKNOWN, Fate.UNREADABLE):
            by_unit.setdefault(unit_key(filing.unit), []).append(filing)
    standings = _Standings(roster, choice, covered, by_unit, deadline)
    units = tuple(standings.standing(depth, unit) for depth, unit in roster.in_tree_order())
    title = next((one.title for one in handed if round_ and one.form == round_[0]), "")
    return RoundStatus(
        form=round_[0] if round_ else "",
        title=title,
        period=round_[1] if round_ else None,
        today=choice.today,
        units=units,
        filings=covered.filings,
        nodes=check_nodes(covered, load),
    )


class _Standings:
    """How units stand, by the files of the round and the roster."""

    def __init__(
        self,
        roster: Roster,
        choice: Choice,
        covered: Covered,
        by_unit: Mapping[str, Sequence[Filing]],
        deadline: date | None,
    ) -> None:
        self.roster = roster
        self.choice = choice
        self.covered = covered
        self.by_unit = by_unit
        self.deadline = deadline

    def standing(self, depth: int, unit: Unit) -> UnitStanding:
        """One unit, with every file of its."""
        filings = tuple(self.by_unit.get(unit_key(unit), ()))
        deadline = self._deadline(unit)
        days = [day for f in filings if f.fate in _OF_THE_ROUND and (day := self._day(f.handed))]
        standing, holder = self._state(unit, filings)
        first = min(days, default=None)
        late = deadline is not None and (
            self.choice.today > deadline
            if standing is Standing.MISSING
            else first is not None and first > deadline
        )
        found = UnitStanding(unit, depth, standing, late, deadline, first, holder, filings)
        return replace(found, best_on=self._day(found.best.handed)) if found.best else found

    def _state(self, unit: Unit, filings: Sequence[Filing]) -> tuple[Standing, Unit | None]:
        """How a unit stands, and the unit whose figures hold its own.

        Whoever is reported for (含), or was added up by name in the summary of a unit above, has done what
        it owes. A parent's own return holds its figures, but not its return.
        """
        holder = self.covered.holders.get(unit_key(unit))
        by = holder.unit if holder is not None else None
        fates = {filing.fate: filing for filing in reversed(filings)}
        accepted = next((fates[fate] for fate in _ACCEPTED if fate in fates), None)
        reporting = self.roster.covered.get(unit.code)
        if reporting is not None and (accepted is None or accepted.fate is Fate.INCLUDED):
            return Standing.COVERED, reporting
        if accepted is not None and accepted.handed.status is Status.OK:
            return (Standing.ZERO if accepted.handed.zero_report else Standing.RECEIVED), by
        if Fate.UNDECIDED in fates:
            return Standing.UNDECIDED, by
        if Fate.INVALID in fates or accepted is not None:
            found = fates.get(Fate.INVALID) or accepted
            assert found is not None
            return (Standing.ERROR if found.handed.status is Status.ERROR else Standing.EXPLAIN), by
        if holder is not None and holder.handed.sums_up:
            return Standing.COVERED, by
        return (Standing.COLLECTS if self.roster.children(unit.code) else Standing.MISSING), by

    def _deadline(self, unit: Unit) -> date | None:
        nearest = (one.deadline for one in (unit, *self.roster.ancestors(unit.code)) if one.deadline)
        return next(nearest, self.deadline)

    def _day(self, handed: HandedFile) -> date | None:
        """The day of a file; a date inside that has not come yet is not believed."""
        dated = handed.dated
        if dated is not None and dated > self.choice.today:
            return handed.modified.date() if handed.modified else None
        return handed.day
