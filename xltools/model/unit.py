"""Units (填报单位) and the roster (单位名录) they are listed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporting unit; ``parent`` is the code of the unit it reports to (empty: none known)."""

    name: str
    code: str = ""
    level: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Every unit that owes a return; codes are unique (checked when the roster is read)."""

    units: tuple[Unit, ...]

    def by_code(self) -> dict[str, Unit]:
        """Units keyed by code."""
        return {unit.code: unit for unit in self.units}
