"""Which file counts for each unit, and what becomes of every other one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text
from xltools.merging.changes import differences, is_twin
from xltools.merging.reasons import (
    IS_EXCLUDED,
    IS_OWN_SUMMARY,
    not_accepted,
    of_other_round,
    outside,
    same_as,
    same_code_other_name,
    superseded,
    undecided,
    with_hint,
    with_near,
)
from xltools.merging.unit_index import UnitIndex, unit_key, usual_name_key
from xltools.model.period import Period
from xltools.model.round import Fate, Filing, HandedFile
from xltools.model.submission import Submission
from xltools.model.unit import Roster, Unit

Load = Callable[[str], Submission]
"""The submission in a file, by its name; only asked for files that hold one."""
OnDuplicate = Literal["newest", "error"]
RoundOf = tuple[str, Period | None]
"""What a round is of: form id and period."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How to choose among files.

    ``unit`` is who collects (None: nobody in particular), ``on_duplicate`` what to do with several files
    of one unit, ``exclude`` the files that the user leaves out, ``include_invalid`` whether files that
    did not pass count, ``period`` that of the round (None: by the files). A date inside a file that is
    after ``today`` is not believed.
    """

    roster: Roster | None = None
    unit: Unit | None = None
    on_duplicate: OnDuplicate = "newest"
    exclude: frozenset[str] = frozenset()
    include_invalid: bool = False
    period: Period | None = None
    today: date = date.max


def recognised(handed: Sequence[HandedFile], choice: Choice) -> list[Filing]:
    """Every file with its unit; the fate of those that no unit can be asked about is settled here."""
    units = UnitIndex(choice.roster.units if choice.roster else _stated(handed))
    below = _below(choice)
    return [_recognised(one, choice, units, below) for one in handed]


def chosen(filings: Sequence[Filing], load: Load, choice: Choice, round_: RoundOf | None) -> list[Filing]:
    """The same files with one at most that counts for each unit, of the round given."""
    decided: dict[str, Filing] = {}
    groups: dict[str, list[Filing]] = {}
    for filing in filings:
        handed = filing.handed
        if filing.fate is not Fate.COUNTS:
            continue
        if round_ is not None and (handed.form, handed.period) != round_:
            decided[handed.file] = _of_other_round(filing, round_)
        else:
            groups.setdefault(unit_key(filing.unit), []).append(filing)
    for group in groups.values():
        decided |= {filing.handed.file: filing for filing in _one_of(group, load, choice)}
    return [decided.get(filing.handed.file, filing) for filing in filings]


def passes(handed: HandedFile, choice: Choice) -> bool:
    """Whether a file may count for its unit."""
    return handed.status is Status.OK or (choice.include_invalid and handed.status is not Status.UNREADABLE)


def _stated(handed: Sequence[HandedFile]) -> list[Unit]:
    """Without a roster: the units that name a code, so that files without one find theirs by name."""
    return list({unit_key(one.unit): one.unit for one in handed if one.unit.code}.values())


def _below(choice: Choice) -> frozenset[str] | None:
    """The codes of units below the one who collects; None where all are."""
    roster, unit = choice.roster, choice.unit
    if roster is None or unit is None or not roster.children(unit.code):
        return None
    return frozenset(one.code for one in roster.descendants(unit.code))


def _recognised(handed: HandedFile, choice: Choice, units: UnitIndex, below: frozenset[str] | None) -> Filing:
    stated = handed.unit
    if handed.file in choice.exclude:
        return Filing(handed, stated, Fate.EXCLUDED, IS_EXCLUDED)
    if handed.status is Status.UNREADABLE:
        near = units.hinted(handed.file)
        return Filing(handed, stated, Fate.UNREADABLE, with_hint(not_accepted(handed), near), near=near)
    if not stated.code and not stated.name:  # the check has said so; nobody can say whose it is
        return Filing(handed, stated, Fate.UNKNOWN, not_accepted(handed))
    if _is_collector(stated, choice) and handed.kind == "summary":
        return Filing(handed, stated, Fate.OWN, IS_OWN_SUMMARY)
    found = units.find(stated)
    if found.unit is None:
        if choice.roster is None or _is_collector(stated, choice):
            return Filing(handed, stated, Fate.COUNTS)
        return Filing(handed, stated, Fate.UNKNOWN, with_near(found.reason, found.near), near=found.near)
    if choice.roster is None:
        return Filing(handed, replace(stated, code=found.unit.code), Fate.COUNTS)
    unit = found.unit
    if _is_collector(unit, choice):
        if handed.kind == "summary":
            return Filing(handed, unit, Fate.OWN, IS_OWN_SUMMARY, found.note)
    elif choice.unit is not None and below is not None and unit.code not in below:
        return Filing(handed, unit, Fate.OUTSIDE, outside(choice.unit), found.note)
    return Filing(handed, unit, Fate.COUNTS, note=found.note)


def _is_collector(unit: Unit, choice: Choice) -> bool:
    return choice.unit is not None and unit_key(choice.unit) == unit_key(unit)


def _of_other_round(filing: Filing, round_: RoundOf) -> Filing:
    handed = filing.handed
    if handed.status is not Status.OK and handed.period is None:
        return replace(filing, fate=Fate.INVALID, reason=not_accepted(handed))
    return replace(filing, fate=Fate.OTHER_ROUND, reason=of_other_round(handed, *round_))


def _one_of(group: Sequence[Filing], load: Load, choice: Choice) -> list[Filing]:
    """One unit's files: the newest that passes counts, the others are held against it."""
    if len(group) == 1:
        return [_alone(group[0], choice)]
    names = {usual_name_key(filing.handed.unit.name) for filing in group}
    if choice.roster is None and len(names) > 1:
        return [replace(f, fate=Fate.UNDECIDED, reason=same_code_other_name(f.unit)) for f in group]
    first, twins = _without_twins(group, load)
    decided = _versions(first, load, choice)
    return [*decided, *twins]


def _alone(filing: Filing, choice: Choice) -> Filing:
    """A file that has no other beside it."""
    handed = filing.handed
    if handed.status is Status.OK:
        return filing
    if passes(handed, choice):
        return replace(filing, note=not_accepted(handed))
    return replace(filing, fate=Fate.INVALID, reason=not_accepted(handed))


def _without_twins(group: Sequence[Filing], load: Load) -> tuple[list[Filing], list[Filing]]:
    """The first file of every content, and the others with that first one's name."""
    different: list[Filing] = []
    twins: list[Filing] = []
    for filing in group:
        twin = next((f for f in different if _is_twin(f.handed, filing.handed, load)), None)
        if twin is None:
            different.append(filing)
        else:
            file = twin.handed.file
            twins.append(replace(filing, fate=Fate.SAME, reason=same_as(file), instead=file))
    return different, twins


def _is_twin(one: HandedFile, other: HandedFile, load: Load) -> bool:
    if one.sha256 is not None and one.sha256 == other.sha256:
        return True
    return one.status is other.status and is_twin(load(one.file), load(other.file))


def _versions(different: Sequence[Filing], load: Load, choice: Choice) -> list[Filing]:
    """Files of one unit with different contents."""
    if len(different) == 1:
        return [_alone(different[0], choice)]
    accepted = [f for f in different if f.handed.status is Status.OK] or [
        f for f in different if passes(f.handed, choice)
    ]
    if not accepted:
        newest = max(different, key=lambda f: _age(f.handed, choice))
        return [_alone(f, choice) if f is newest else _replaced(f, newest, load) for f in different]
    newest = max(accepted, key=lambda f: _age(f.handed, choice))
    rivals = [f for f in accepted if _age(f.handed, choice) == _age(newest.handed, choice)]
    if len(accepted) > 1 and (choice.on_duplicate == "error" or len(rivals) > 1):
        others = [f for f in different if f not in accepted]
        return [*_in_doubt(accepted, load, choice), *(_alone(f, choice) for f in others)]
    return [_alone(f, choice) if f is newest else _beside(f, newest, load, choice) for f in different]


def _in_doubt(rivals: Sequence[Filing], load: Load, choice: Choice) -> list[Filing]:
    """Files none of which counts, each but the first with what that one has differently.

    Whoever has to choose must see what between.
    """
    reason = undecided(choice.on_duplicate)
    first, *others = (replace(f, fate=Fate.UNDECIDED, reason=reason) for f in rivals)
    file = first.handed.file
    compared = load(file)
    return [
        first,
        *(replace(f, instead=file, changes=differences(load(f.handed.file), compared)) for f in others),
    ]


def _beside(filing: Filing, counting: Filing, load: Load, choice: Choice) -> Filing:
    """A file beside the one that counts: an older version, or one that does not pass."""
    if filing.handed.status is Status.OK:
        return _replaced(filing, counting, load)
    reason, file = not_accepted(filing.handed), counting.handed.file
    if _age(filing.handed, choice) > _age(counting.handed, choice):
        reason = Text(
            f"比计入的 {file} 新，但{reason.zh}", f"newer than {file}, which counts, but: {reason.en}"
        )
    changes = differences(load(filing.handed.file), load(file))
    return replace(filing, fate=Fate.INVALID, reason=reason, instead=file, changes=changes)


def _replaced(filing: Filing, newest: Filing, load: Load) -> Filing:
    changes = differences(load(filing.handed.file), load(newest.handed.file))
    return replace(
        filing,
        fate=Fate.SUPERSEDED,
        reason=superseded(filing.handed, newest.handed),
        instead=newest.handed.file,
        changes=changes,
    )


def _age(handed: HandedFile, choice: Choice) -> tuple[str, str]:
    """Greater for newer files: by the day inside, if it can be believed, then by the file's time."""
    modified = handed.modified.isoformat() if handed.modified else ""
    dated = handed.dated if handed.dated is not None and handed.dated <= choice.today else None
    day = dated.isoformat() if dated else modified[:10]
    return day, modified


def counting(filings: Sequence[Filing]) -> Mapping[str, Filing]:
    """By unit, the file that counts."""
    return {unit_key(f.unit): f for f in filings if f.fate is Fate.COUNTS}
