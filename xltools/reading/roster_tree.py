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
            *_wrong_includes((number, unit), lines, reporting, parents),
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


def _wrong_includes(
    row: Row, lines: Mapping[str, Row], reporting: Mapping[str, list[Row]], parents: frozenset[str]
) -> Iterator[Text]:
    """What cannot be in the column 含 of a row: figures would be counted twice, or not at all."""
    number, unit = row
    for code in dict.fromkeys(unit.includes):
        included = lines.get(code)
        why = _why_not(code, row, included, reporting[code][0], is_parent=code in parents)
        if why is not None:
            name = f"（{included[1].name}）" if included else ""
            name_en = f" ({included[1].name})" if included else ""
            yield Text(
                f"第 {number} 行（{unit.name}）不能含 {code}{name}：{why.zh}",
                f"line {number} ({unit.name}) cannot report for {code}{name_en}: {why.en}",
            )


def _why_not(code: str, row: Row, included: Row | None, first: Row, *, is_parent: bool) -> Text | None:
    """Why a row cannot report for the unit of this code; ``first`` is the first row that does."""
    if included is None:
        return Text("不在名录中", "it is not in the roster")
    if code == row[1].code:
        return Text("是它自己", "it is the unit itself")
    if included[1].includes or is_parent:
        return Text("它自己有下级或含别的单位", "it has units of its own")
    if first[0] != row[0]:
        number, unit = first
        return Text(f"已由第 {number} 行（{unit.name}）代报", f"line {number} ({unit.name}) already does")
    return None
