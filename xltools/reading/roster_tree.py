"""What is wrong with a roster as a tree: parents that are not listed, circles, and who reports for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xltools.diagnostics.text import Text
from xltools.model.unit import Unit

Row = tuple[int, Unit]
"""A unit with the number of its line in the roster."""


def tree_problems(rows: Sequence[Row]) -> dict[int, tuple[Text, ...]]:
    """By line, every mistake in the columns 上级 and 含."""
    lines = {unit.code: (number, unit) for number, unit in reversed(rows) if unit.code}
    unlisted = _unlisted_parents(rows, lines)
    reporting = _reported_for(rows)
    parents = frozenset(unit.parent for _, unit in rows)
    return {
        number: (
            *unlisted.get(number, ()),
            *_circle(number, unit, lines),
            *(
                problem
                for code in dict.fromkeys(unit.includes)
                for problem in _wrong_include(code, (number, unit), lines.get(code), reporting[code][0], parents)
            ),
        )
        for number, unit in rows
    }


def _unlisted_parents(rows: Sequence[Row], lines: Mapping[str, Row]) -> dict[int, tuple[Text, ...]]:
    """Parents that no line has as its code.

    The units on top may all name the one they report to outside the roster; beside units without a
    parent, or with several such codes, one of them is a slip and would drop its unit out of its level.
    """
    above = {unit.parent for _, unit in rows if unit.parent not in lines}
    if len(above) < 2:
        return {}
    return {
        number: (
            Text(
                f"第 {number} 行（{unit.name}）的上级 {unit.parent} 不在名录中",
                f"line {number} ({unit.name}): its parent {unit.parent} is not in the roster",
            ),
        )
        for number, unit in rows
        if unit.parent and unit.parent not in lines
    }


def _circle(number: int, unit: Unit, lines: Mapping[str, Row]) -> Iterator[Text]:
    """The circle of parents that begins at this line, told once: at its first line."""
    way = [unit.code]
    parent = unit.parent
    while parent in lines and parent not in way:
        way.append(parent)
        parent = lines[parent][1].parent
    if not unit.code or parent != unit.code or number != min(lines[code][0] for code in way):
        return
    shown = " → ".join((*way, unit.code))
    yield Text(
        f"第 {number} 行（{unit.name}）起，上级连成了圈：{shown}",
        f"from line {number} ({unit.name}) on, the parents form a circle: {shown}",
    )


def _reported_for(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """By code, the units that say they report for it."""
    reporting: dict[str, list[Row]] = {}
    for row in rows:
        for code in dict.fromkeys(row[1].includes):
            reporting.setdefault(code, []).append(row)
    return reporting


def _wrong_include(
    code: str, row: Row, included: Row | None, first: Row, parents: frozenset[str]
) -> Iterator[Text]:
    """Why a code cannot be in the column 含 of a row: figures would be counted twice, or not at all.

    ``included`` is the row of that code, ``first`` the first row to report for it.
    """
    number, unit = row
    if included is None:
        yield Text(
            f"第 {number} 行（{unit.name}）所含的 {code} 不在名录中",
            f"line {number} ({unit.name}): {code}, for which it reports, is not in the roster",
        )
        return
    other = included[1]
    if code == unit.code:
        yield Text(
            f"第 {number} 行（{unit.name}）不能含自己", f"line {number} ({unit.name}) cannot report for itself"
        )
    elif other.includes or code in parents:
        yield Text(
            f"第 {number} 行（{unit.name}）所含的 {code}（{other.name}）自己有下级或含别的单位，不能由别人代报",
            f"line {number} ({unit.name}): {code} ({other.name}) has units of its own and cannot be reported for",
        )
    elif first[0] != number:
        yield Text(
            f"第 {number} 行（{unit.name}）所含的 {code}（{other.name}）已由第 {first[0]} 行（{first[1].name}）代报",
            f"line {number} ({unit.name}): line {first[0]} ({first[1].name}) already reports for {code} ({other.name})",
        )
