"""One summary a parent, from the bottom up: the summaries of one level are the members of the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xltools.merging.slots import first_below
from xltools.merging.unit_index import unit_key
from xltools.model.round import Filing
from xltools.model.unit import Roster, Unit


@dataclass(frozen=True, slots=True)
class Level:
    """A summary to make: for whom, and whose figures go in, in the roster's order.

    ``members`` are files that count, or the codes of units whose summary was made before.
    """

    unit: Unit
    members: tuple[Filing | str, ...]


def levels(roster: Roster, unit: Unit, count: Mapping[str, Filing]) -> tuple[Level, ...]:
    """The summaries for ``unit`` and every parent below it, each after those it is made of.

    A parent whose own file counts needs none; nor does one below which nothing was handed in. Files below
    such a parent that count beside its own go into the summary that its own goes into.
    """
    made: dict[str, Level] = {}
    for parent in reversed(_parents(roster, unit, count)):
        members: list[Filing | str] = []
        below = first_below(roster, unit) if parent is unit else roster.children(parent.code)
        for child in below:
            if unit_key(child) in count:
                members.append(count[unit_key(child)])
                members += [
                    count[key] for one in roster.descendants(child.code) if (key := unit_key(one)) in count
                ]
            elif child.code in made:
                members.append(child.code)
        if members:
            made[parent.code] = Level(parent, tuple(members))
    return tuple(made.values())


def _parents(roster: Roster, unit: Unit, count: Mapping[str, Filing]) -> list[Unit]:
    """``unit`` and the parents below it without a file of their own, each before those below."""
    found = [unit]
    waiting = [*first_below(roster, unit)]
    while waiting:
        one = waiting.pop()
        children = roster.children(one.code)
        if children and unit_key(one) not in count:
            found.append(one)
            waiting.extend(children)
    return found
