"""No figure twice: files whose figures another one holds, through levels and units that report for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xltools.diagnostics.text import Text
from xltools.merging.reasons import compared, included
from xltools.merging.select import Choice, counting, unit_key
from xltools.merging.whose import code_key, usual_name_key
from xltools.model.round import Fate, Filing
from xltools.model.unit import Roster


@dataclass(frozen=True, slots=True)
class Covered:
    """Files after everything that would count twice was taken out.

    ``holders`` gives, by unit, the filing whose figures hold that unit's; ``below`` by the file of a
    parent that is only compared the files that count below it, where all of them are here.
    """

    filings: tuple[Filing, ...]
    holders: Mapping[str, Filing]
    below: Mapping[str, tuple[Filing, ...]]


def without_overlap(filings: Sequence[Filing], choice: Choice) -> Covered:
    """Take out what another file holds.

    A parent's own file counts as long as not everything below it is here; then the files below do, and
    it is only held against their sum. Which units it holds a summary says itself; of a return it is all
    units below it in the roster. Whoever reports for others counts for them.
    """
    overlap = _Overlap(filings, choice)
    overlap.take_out_reported_for()
    overlap.take_out_levels()
    return overlap.result()


class _Overlap:
    """The files of one round while it is found out which of them hold each other's figures."""

    def __init__(self, filings: Sequence[Filing], choice: Choice) -> None:
        self.filings = filings
        self.collector = unit_key(choice.unit) if choice.unit is not None else None
        self.roster = choice.roster or Roster(())
        self.codes = {code_key(unit.code): unit for unit in self.roster.units}
        self.counting = dict(counting(filings))
        self.sums = {key: self._summed(filing) for key, filing in self.counting.items()}
        self.changed: dict[str, Filing] = {}
        self.holders: dict[str, Filing] = {}
        self.compared: dict[str, str] = {}

    def result(self) -> Covered:
        """The files, and what the changes come to."""
        filings = tuple(self.changed.get(filing.handed.file, filing) for filing in self.filings)
        below = {file: tuple(self._below(key)[0]) for file, key in self.compared.items()}
        return Covered(filings, self.holders, below)

    def take_out_reported_for(self) -> None:
        """Units of which another one reports the figures."""
        for unit in self.roster.units:
            holder = self.counting.get(code_key(unit.code))
            if holder is not None:
                for code in unit.includes:
                    self._include(code_key(code), holder)

    def take_out_levels(self) -> None:
        """Parents' files, or what is below them; the widest first, so that nothing is decided twice."""
        reach = {key: self._reach(key) for key in self.counting if self._next(key)}
        for key in sorted(reach, key=lambda key: -len(reach[key])):
            filing = self.counting.get(key)
            if filing is None:  # a wider one holds it
                continue
            inside, missing = self._below(key)
            if inside and (key == self.collector or not missing):
                del self.counting[key]
                self._change(filing, Fate.COMPARED, compared(missing))
                if not missing:
                    self.compared[filing.handed.file] = key
            else:
                for other in reach[key]:
                    self._include(other, filing)

    def _include(self, key: str, holder: Filing) -> None:
        """``holder`` holds the figures of this unit: its own file no longer counts."""
        self.holders.setdefault(key, holder)
        filing = self.counting.get(key)
        if filing is not None and filing is not holder:
            del self.counting[key]
            file = holder.handed.file
            self._change(filing, Fate.INCLUDED, included(file, holder.unit.name), instead=file)

    def _change(self, filing: Filing, fate: Fate, reason: Text, *, instead: str = "") -> None:
        self.changed[filing.handed.file] = replace(filing, fate=fate, reason=reason, instead=instead)

    def _summed(self, filing: Filing) -> tuple[str, ...]:
        """The units a summary says it adds up, by the keys they have here."""
        keys = ((code_key(text), f"={usual_name_key(text)}") for text in filing.handed.sums_up)
        return tuple(name if name in self.counting else code for code, name in keys)

    def _next(self, key: str) -> tuple[str, ...]:
        """The units that this one's figures are the sum of: by its own summary, else by the roster.

        Of the one who collects and is not listed it is everybody.
        """
        if self.sums.get(key):
            return self.sums[key]
        if key in self.codes:
            return tuple(code_key(child.code) for child in self.roster.children(self.codes[key].code))
        if key != self.collector:
            return ()
        tops = tuple(code_key(unit.code) for unit in self.roster.tops)
        return tops or tuple(other for other in self.sums if other != key)

    def _below(self, key: str) -> tuple[list[Filing], int]:
        """The uppermost files that count below a unit, and how many units below are in none of them."""
        inside, missing = [], 0
        seen = {key}
        waiting = [*reversed(self._next(key))]
        while waiting:
            other = waiting.pop()
            if other in seen:
                continue
            seen.add(other)
            if other in self.counting:
                inside.append(self.counting[other])
            elif other not in self.holders:
                further = self._next(other)
                waiting.extend(reversed(further))
                missing += not further
        return inside, missing

    def _reach(self, key: str) -> tuple[str, ...]:
        """Every unit below, through all levels, in a fixed order."""
        found: dict[str, None] = {}
        waiting = [*reversed(self._next(key))]
        while waiting:
            other = waiting.pop()
            if other not in found and other != key:
                found[other] = None
                waiting.extend(reversed(self._next(other)))
        return tuple(found)
