"""Files that were handed in to one summary: what goes in, what stays out and why, and the sums."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.merging.adding import add_up
from xltools.merging.coverage import Covered, without_overlap
from xltools.merging.members import Members
from xltools.merging.nodes import check_nodes
from xltools.merging.recorded import Recorded, held_against_summaries, nothing_recorded
from xltools.merging.select import Choice, Load, RoundOf, chosen, recognised
from xltools.merging.slots import Slots, slots_below
from xltools.merging.unit_index import unit_key
from xltools.merging.which_round import only_round
from xltools.model.round import Fate, Filing, HandedFile
from xltools.model.summary import Intake, Receipt, Summary
from xltools.model.unit import Roster


def merge_handed(
    handed: Sequence[HandedFile], load: Load, choice: Choice, recorded: Recorded = nothing_recorded
) -> tuple[Intake, Summary | None]:
    """What came in, and the summary for ``choice.unit`` of every file that counts (None where none does).

    Submissions are loaded one by one, when files of one unit are held against each other and when
    figures are added up; ``recorded`` says what summaries have for single units. Raises UsageError where
    the files that passed are of several forms or periods.
    """
    covered, round_ = settled(handed, load, choice, recorded)
    slots = slots_below(choice, covered)
    intake = intake_of(covered, slots, choice, load)
    members = _in_roster_order([f for f in covered.filings if f.fate is Fate.COUNTS], choice.roster)
    if not members or round_ is None or choice.unit is None:
        return intake, None
    submissions = Members(members, load)
    form = load(members[0].handed.file).form
    return intake, Summary(add_up(form, round_[1], choice.unit, submissions), submissions, intake)


def settled(
    handed: Sequence[HandedFile], load: Load, choice: Choice, recorded: Recorded = nothing_recorded
) -> tuple[Covered, RoundOf | None]:
    """What became of every file, and the one form and period of all that count."""
    filings = recognised(handed, choice)
    round_ = only_round(filings, choice)
    covered = without_overlap(chosen(filings, load, choice, round_), choice)
    return held_against_summaries(covered, load, recorded), round_


def intake_of(covered: Covered, slots: Slots, choice: Choice, load: Load) -> Intake:
    """What came in, in the order of the files."""
    return Intake(
        receipts=tuple(_receipt_of(filing) for filing in covered.filings),
        missing=tuple(slots.missing),
        due=slots.due if choice.roster else None,
        duplicates=duplicates(covered.filings),
        counted=slots.counted if choice.roster else None,
        covered=tuple(slots.covered),
        takeovers=tuple(slots.takeovers),
        nodes=check_nodes(covered, load),
    )


def _receipt_of(filing: Filing) -> Receipt:
    """A file in the words of a summary."""
    return Receipt(
        file=filing.handed.file,
        code=filing.unit.code,
        name=filing.unit.name,
        reason=filing.reason,
        fate=filing.fate,
        marked=filing.note if filing.marked else None,
        note=None if filing.marked else filing.note,
        instead=filing.instead,
        changes=filing.changes,
    )


def duplicates(filings: Sequence[Filing]) -> tuple[tuple[str, ...], ...]:
    """Groups of files that claim to be the same unit's."""
    groups: dict[str, list[str]] = {}
    for filing in filings:
        if filing.fate in (Fate.COUNTS, Fate.SAME, Fate.SUPERSEDED, Fate.UNDECIDED, Fate.INVALID):
            groups.setdefault(unit_key(filing.unit), []).append(filing.handed.file)
    return tuple(tuple(files) for files in groups.values() if len(files) > 1)


def _in_roster_order(members: Sequence[Filing], roster: Roster | None) -> list[Filing]:
    order = {unit.code: number for number, unit in enumerate(roster.units)} if roster else {}
    return sorted(members, key=lambda member: order.get(member.unit.code, -1))
