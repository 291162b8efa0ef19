"""Units (填报单位) and the roster (单位名录) they are listed in, as a tree of any depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit; ``parent`` is the code of the unit it reports to (empty: none known).

    ``includes`` are the codes of units it reports for in its own return, ``deadline`` the last day on
    which its return is in time (None: that of the round), ``contact`` and ``phone`` whom to ask.
    """

    name: str
    code: str = ""
    level: str = ""
    parent: str = ""
    deadline: date | None = None
    includes: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Roster:
    """Every unit that owes a return; codes are unique, parents form no circle (checked when it is read)."""

    units: tuple[Unit, ...]

    def by_code(self) -> Mapping[str, Unit]:
        """Units keyed by code."""
        return self._by_code

    @cached_property
    def tops(self) -> tuple[Unit, ...]:
        """The units whose parent is not listed, in the roster's order."""
        return tuple(unit for unit in self.units if unit.parent not in self._by_code)

    @cached_property
    def covered(self) -> Mapping[str, Unit]:
        """By the code of a unit that another one reports for: that other unit."""
        return {code: unit for unit in self.units for code in unit.includes}

    def children(self, code: str) -> tuple[Unit, ...]:
        """The units that report to this one directly, in the roster's order."""
        return self._children.get(code, ())

    def descendants(self, code: str) -> Iterator[Unit]:
        """Every unit below this one, each after its parent."""
        waiting = [*reversed(self.children(code))]
        while waiting:
            unit = waiting.pop()
            yield unit
            waiting.extend(reversed(self.children(unit.code)))

    def in_tree_order(self) -> Iterator[tuple[int, Unit]]:
        """Every unit with its depth (0 at the top), each after its parent."""
        depths: dict[str, int] = {}
        for top in self.tops:
            for unit in (top, *self.descendants(top.code)):
                depths[unit.code] = depths.get(unit.parent, -1) + 1
                yield depths[unit.code], unit

    def ancestors(self, code: str) -> Iterator[Unit]:
        """The listed units above this one, the nearest first."""
        unit = self._by_code.get(code)
        while unit is not None and (unit := self._by_code.get(unit.parent)) is not None:
            yield unit

    @cached_property
    def _by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _children(self) -> dict[str, tuple[Unit, ...]]:
        below: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.parent:
                below.setdefault(unit.parent, []).append(unit)
        return {code: tuple(units) for code, units in below.items()}
