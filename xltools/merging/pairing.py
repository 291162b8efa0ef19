"""The files of two sides by unit and period: which of them have to say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xltools.checking.storage.record import Entry
from xltools.merging.select import Choice, recognised
from xltools.merging.unit_index import UnitIndex, unit_key
from xltools.model.period import Period
from xltools.model.round import Fate, Filing, HandedFile
from xltools.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Pairing:
    """A unit's files for one period on either side, as numbers of the files; one side may have none.

    ``near`` are units of similar names that have files on the other side only.
    """

    unit: Unit
    period: Period | None
    left: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    near: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairings:
    """All files: those of units, and the numbers of those that are nobody's or cannot be read."""

    pairs: tuple[Pairing, ...]
    unknown: tuple[int, ...]
    unreadable: tuple[int, ...]


def pair(entries: Sequence[Entry], left: int) -> Pairings:
    """Pair files, of which the first ``left`` are those of the left side.

    A unit is known by the code in its file, else by its name (published reports bear no code), never by
    the file's name. A file that says no period is taken to be for the only one that the unit's others say.
    """
    filings = recognised([_handed(entry) for entry in entries], Choice())
    numbers = [n for n, filing in enumerate(filings) if filing.fate is Fate.COUNTS]
    only = _only_periods(filings[n] for n in numbers)
    pairs: dict[tuple[str, Period | None], Pairing] = {}
    for number in numbers:
        unit = filings[number].unit
        period = entries[number].period or only.get(unit_key(unit))
        found = pairs.setdefault((unit_key(unit), period), Pairing(unit, period))
        if number < left:
            found = replace(found, left=(*found.left, number))
        else:
            found = replace(found, right=(*found.right, number))
        pairs[unit_key(unit), period] = found
    return Pairings(
        _with_near(pairs.values()),
        tuple(n for n, filing in enumerate(filings) if filing.fate is Fate.UNKNOWN),
        tuple(n for n, filing in enumerate(filings) if filing.fate is Fate.UNREADABLE),
    )


def _handed(entry: Entry) -> HandedFile:
    return HandedFile(entry.file, entry.status, entry.unit, entry.form, period=entry.period, kind=entry.kind)


def _only_periods(filings: Iterable[Filing]) -> dict[str, Period]:
    """By unit, the period that all its files are for which say one."""
    said: dict[str, set[Period]] = {}
    for filing in filings:
        if filing.handed.period is not None:
            said.setdefault(unit_key(filing.unit), set()).add(filing.handed.period)
    return {key: next(iter(periods)) for key, periods in said.items() if len(periods) == 1}


def _with_near(pairs: Iterable[Pairing]) -> tuple[Pairing, ...]:
    """The pairs in order; those with one side only name similar units of the other."""
    every = tuple(pairs)
    only_left = UnitIndex(one.unit for one in every if not one.right)
    only_right = UnitIndex(one.unit for one in every if not one.left)
    return tuple(
        one
        if one.left and one.right
        else replace(one, near=(only_right if one.left else only_left).near(one.unit.name))
        for one in every
    )
