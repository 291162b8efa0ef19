"""No figure twice: files whose figures another one holds, through levels and units that report for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xltools.diagnostics.text import Text
from xltools.merging.reasons import compared, included
from xltools.merging.select import Choice, counting
from xltools.merging.unit_index import code_key, unit_key, usual_name_key
from xltools.model.round import Fate, Filing
from xltools.model.unit import Roster


@dataclass(frozen=True, slots=True)
class Below:
    """What is here below a parent that has a file of its own.

    ``filings`` are the uppermost files that passed, ``lacking`` the units at the ends of the tree whose
    figures none of these holds, by their keys. Of a parent whose own file counts, these do not.
    """

    filings: tuple[Filing, ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """Files after everything that would count twice was taken out.

    ``holders`` gives, by unit, the filing in the totals whose figures hold that unit's; ``below``, by the
    file of a parent that has one, what is here below it.
    """

    filings: tuple[Filing, ...]
    holders: Mapping[str, Filing]
    below: Mapping[str, Below]


def without_overlap(filings: Sequence[Filing], choice: Choice) -> Covered:
    """Take out what another file holds.

    A parent's own file counts as long as not everything below it is here; then the files below do, and
    it is only held against their sum. Which units it holds a summary says itself, if it names any of the
    roster; else it is all units below it there. Whoever reports for others counts for them.
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
        self.reach = {key: self._reach(key) for key in self.counting if self._next(key)}
        self.above: dict[str, list[str]] = {}
        for key, below in self.reach.items():
            for other in below:
                self.above.setdefault(other, []).append(key)
        self.changed: dict[str, Filing] = {}
        self.holders: dict[str, Filing] = {}
        self.below: dict[str, Below] = {}

    def result(self) -> Covered:
        """The files, and what the changes come to."""
        filings = tuple(self.changed.get(filing.handed.file, filing) for filing in self.filings)
        last = ((key, self._holder(key)) for key in self.holders)
        holders = {key: filing for key, filing in last if unit_key(filing.unit) in self.counting}
        return Covered(filings, holders, self.below)

    def take_out_reported_for(self) -> None:
        """Units of which another one reports the figures."""
        for unit in self.roster.units:
            holder = self.counting.get(code_key(unit.code))
            if holder is not None:
                for code in unit.includes:
                    self._include(code_key(code), holder)

    def take_out_levels(self) -> None:
        """Parents' files, or what is below them; the widest first, so that nothing is decided twice."""
        for key in sorted(self.reach, key=lambda key: -len(self.reach[key])):
            filing = self.counting.get(key)
            if filing is None:  # a wider one holds it
                continue
            below = self._below(key)
            self.below[filing.handed.file] = below
            if below.filings and (key == self.collector or not below.lacking):
                del self.counting[key]
                self._change(filing, Fate.COMPARED, compared(len(below.lacking)))
            else:
                self._include_below(key, filing)

    def _include_below(self, key: str, filing: Filing) -> None:
        """A file that counts holds every unit below it, and whatever holds one of these as well."""
        reach = self.reach[key]
        for other in (*self._overlapping(key), *reach):
            self._include(other, filing)

    def _include(self, key: str, holder: Filing) -> None:
        """``holder`` holds the figures of this unit: its own file no longer counts."""
        if key == unit_key(holder.unit):
            return
        self.holders.setdefault(key, holder)
        filing = self.counting.get(key)
        if filing is not None:
            del self.counting[key]
            file = holder.handed.file
            self._change(filing, Fate.INCLUDED, included(file, holder.unit.name), instead=file)

    def _holder(self, key: str) -> Filing:
        """The file in the totals: whoever reported for a unit may be held by another one itself."""
        filing = self.holders[key]
        while (above := self.holders.get(unit_key(filing.unit))) is not None:
            filing = above
        return filing

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
        listed = self.sums.get(key, ())
        if listed and (key not in self.codes or any(self._is_known(other) for other in listed)):
            return listed
        if key in self.codes:
            return tuple(code_key(child.code) for child in self.roster.children(self.codes[key].code))
        if key != self.collector:
            return ()
        tops = tuple(code_key(unit.code) for unit in self.roster.tops)
        return tops or tuple(other for other in self.sums if other != key)

    def _is_known(self, key: str) -> bool:
        return key in self.codes or key in self.sums

    def _below(self, key: str) -> Below:
        """The uppermost files that count below a unit, and the units below that are in none of them."""
        reach = self.reach[key]
        nodes = [k for k in self._overlapping(key) if self.reach[k].keys() <= reach.keys()]
        widest, within = self._apart(nodes)
        single = (k for k in reach if k in self.counting and k not in within and k not in nodes)
        uppermost = [k for k in (*widest, *single) if k not in within]
        ends = (other for other in reach if not self._next(other))
        own = self.counting[key]
        here = (self.counting, within, {k for k in reach if self.holders.get(k, own) is not own})
        lacking = [other for other in ends if not any(other in keys for keys in here)]
        reported = map(code_key, self.codes[key].includes if key in self.codes else ())
        lacking += [other for other in reported if self.holders.get(other) is own]
        return Below(tuple(self.counting[k] for k in uppermost), tuple(dict.fromkeys(lacking)))

    def _apart(self, nodes: Sequence[str]) -> tuple[list[str], set[str]]:
        """The widest of these parents that share no unit, and every unit below them.

        Two may hold the very same units, as where each level was added up from the lowest one.
        """
        found: list[str] = []
        within: set[str] = set()
        for node in sorted(nodes, key=lambda node: -len(self.reach[node])):
            if within.isdisjoint(self.reach[node]):
                found.append(node)
                within.update(self.reach[node])
        return found, within

    def _overlapping(self, key: str) -> tuple[str, ...]:
        """The other units with units below them, some of the same, and a file of their own that counts."""
        above = dict.fromkeys(node for other in self.reach[key] for node in self.above[other])
        return tuple(node for node in above if node != key and node in self.counting)

    def _reach(self, key: str) -> dict[str, None]:
        """Every unit below, through all levels, in a fixed order."""
        found: dict[str, None] = {}
        waiting = [*reversed(self._next(key))]
        while waiting:
            other = waiting.pop()
            if other not in found and other != key:
                found[other] = None
                waiting.extend(reversed(self._next(other)))
        return found
