"""The places of a summary: every unit that owes figures, by the roster, and whose file holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xltools.merging.coverage import Covered
from xltools.merging.select import Choice, counting
from xltools.merging.unit_index import code_key, unit_key
from xltools.model.round import Fate, Filing
from xltools.model.summary import Takeover
from xltools.model.unit import Roster, Unit

_SEEN = (Fate.INVALID, Fate.UNDECIDED)
"""Files that do not count, of units that are nonetheless not missing."""


@dataclass(slots=True)
class Slots:
    """``due`` places of a summary, ``counted`` of them filled, by whom, and who is missing.

    ``covered`` are places of units that another one reports for, ``takeovers`` the parents' files that
    fill the places of units below them.
    """

    due: int = 0
    counted: int = 0
    missing: list[Unit] = field(default_factory=list)
    covered: list[tuple[Unit, Unit]] = field(default_factory=list)
    takeovers: list[Takeover] = field(default_factory=list)


def slots_below(choice: Choice, covered: Covered, *, unit: Unit | None = None) -> Slots:
    """Who owes the figures of a summary for ``unit`` (default: the one who collects), by the roster.

    Every unit with none below it is one place, whatever files are here: how many are due does not
    depend on what came in.
    """
    slots = Slots()
    if choice.roster is None:
        return slots
    count = counting(covered.filings)
    seen = {unit_key(filing.unit) for filing in covered.filings if filing.fate in _SEEN}
    held: dict[str, tuple[Filing, list[Unit]]] = {}
    for one in _places(choice.roster, unit or choice.unit):
        key = unit_key(one)
        holder = covered.holders.get(key)
        if holder is not None and unit_key(holder.unit) not in count:  # of another parent
            holder = None
        reporting = choice.roster.covered.get(one.code)
        slots.due += 1
        slots.counted += key in count or holder is not None
        if key in count:
            continue
        if holder is not None and (reporting is None or holder.unit.code != reporting.code):
            held.setdefault(holder.handed.file, (holder, []))[1].append(one)
        elif reporting is not None:
            slots.covered.append((one, reporting))
        elif key not in seen:
            slots.missing.append(one)
    slots.takeovers = [_takeover(filing, units, covered) for filing, units in held.values()]
    return slots


def first_below(roster: Roster, unit: Unit | None) -> tuple[Unit, ...]:
    """The units that report to ``unit`` directly; every top of the roster if none is known to."""
    below = roster.children(unit.code) if unit is not None else ()
    return below or tuple(top for top in roster.tops if unit is None or top.code != unit.code)


def _places(roster: Roster, unit: Unit | None) -> Iterator[Unit]:
    """The units at the ends of the tree, in the roster's order."""
    for first in first_below(roster, unit):
        for one in (first, *roster.descendants(first.code)):
            if not roster.children(one.code):
                yield one


def _takeover(filing: Filing, units: list[Unit], covered: Covered) -> Takeover:
    below = covered.below.get(filing.handed.file)
    lacking = below.lacking if below else ()
    codes = {code_key(unit.code): unit for unit in units}
    return Takeover(
        unit=filing.unit,
        file=filing.handed.file,
        kind=filing.handed.kind,
        units=tuple(units),
        lacking=tuple(codes[key] for key in lacking if key in codes),
        files=len(below.filings) if below else 0,
    )
