"""The counts of a round by parent and by level, as rows under headings."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.diagnostics.text import Language, Text
from xltools.model.round import RoundStatus, Standing, Tally, UnitStanding
from xltools.reporting.round_words import LATE, STANDING_WORDS

_OPEN = (Standing.ERROR, Standing.EXPLAIN, Standing.UNDECIDED, Standing.MISSING)
_TOP = Text("（没有上级）", "(no parent)")
_COVERED = Text("代报（不在应报内）", "reported by another (not due)")
_NO_LEVEL = Text("（未填级别）", "(no level)")

Table = list[tuple[str | int, ...]]


def by_parent(status: RoundStatus, language: Language) -> Table:
    """A row for every unit that others report to, with all that stand below it at any depth."""
    covered = _any_covered(status)
    rows: Table = [_headings(Text("上级", "Parent"), language, covered=covered)]
    names = {unit.unit.code: unit.unit.name for unit in status.units}
    below: dict[str, list[UnitStanding]] = {}
    above: dict[str, tuple[str, ...]] = {}
    for unit in status.units:  # each after its parent
        parent = unit.unit.parent
        above[unit.unit.code] = (*above.get(parent, ()), parent) if parent in names else ()
        for code in above[unit.unit.code] or ("",):
            below.setdefault(code, []).append(unit)
    alone = [unit for unit in below.pop("", []) if unit.unit.code not in below]
    for code in (unit.unit.code for unit in status.units if unit.unit.code in below):
        depth = len(above[code])
        rows.append(_row("　" * depth + names[code], below[code], covered=covered))
    if alone:
        rows.append(_row(_TOP.in_language(language), alone, covered=covered))
    return rows


def by_level(status: RoundStatus, language: Language) -> Table:
    """A row for every level, in the order in which the roster names them first."""
    covered = _any_covered(status)
    rows: Table = [_headings(Text("级别", "Level"), language, covered=covered)]
    levels: dict[str, list[UnitStanding]] = {}
    for unit in status.units:
        if unit.standing is not Standing.COLLECTS:
            levels.setdefault(unit.unit.level or _NO_LEVEL.in_language(language), []).append(unit)
    return [*rows, *(_row(level, units, covered=covered) for level, units in levels.items())]


def _any_covered(status: RoundStatus) -> bool:
    return any(unit.standing is Standing.COVERED for unit in status.units)


def _headings(first: Text, language: Language, *, covered: bool) -> tuple[str, ...]:
    words = (
        first,
        Text("应报", "due"),
        STANDING_WORDS[Standing.RECEIVED],
        Text("其中零报告", "of these, nothing to report"),
        *(STANDING_WORDS[standing] for standing in _OPEN),
        LATE,
        *((_COVERED,) if covered else ()),
    )
    return tuple(word.in_language(language) for word in words)


def _row(name: str, units: Iterable[UnitStanding], *, covered: bool) -> tuple[str | int, ...]:
    tally = Tally.of(tuple(units))
    counts = (tally.standings.get(standing, 0) for standing in (Standing.ZERO, *_OPEN))
    elsewhere = (tally.standings.get(Standing.COVERED, 0),) if covered else ()
    return name, tally.due, tally.accepted, *counts, tally.late, *elsewhere
