"""Tables on a page by the lines that rule them: where the lines cross, cells begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltools.reading.package import unsafe

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, from the lower left corner of the page."""

NEAR = 2.5
"""Lines closer than this are one: borders are drawn twice, or as thin boxes."""
_MOST_PLACES = 20_000


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell between lines: its box, the column it begins in, and how many places it reaches over."""

    box: Box
    column: int
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table on a page; rows from top to bottom hold the cells that begin in them."""

    box: Box
    rows: tuple[tuple[RuledCell, ...], ...]


def ruled_tables(lines: Sequence[Box]) -> list[RuledTable]:
    """Every table that the lines of a page rule, from top to bottom."""
    across = _merged([line for line in lines if not _is_upright(line)], upright=False)
    upright = upright_lines(lines)
    found = [table for group in _connected(across, upright) if (table := _table(*group)) is not None]
    return sorted(found, key=lambda table: -table.box[3])


def upright_lines(lines: Sequence[Box]) -> list[Box]:
    """The upright ones among the lines of a page, each once."""
    return _merged([line for line in lines if _is_upright(line)], upright=True)


def _is_upright(line: Box) -> bool:
    return line[3] - line[1] >= line[2] - line[0]


def _merged(lines: list[Box], *, upright: bool) -> list[Box]:
    """Lines on one axis joined where they lie on each other or follow each other."""
    low, high = (1, 3) if upright else (0, 2)
    level = 0 if upright else 1
    kept: list[Box] = []
    for line in sorted(lines, key=lambda box: (box[level], box[low])):
        number = len(kept) - 1
        while number >= 0 and line[level] - kept[number][level] <= NEAR:
            other = kept[number]
            if line[low] <= other[high] + NEAR and other[low] <= line[high] + NEAR:
                break
            number -= 1
        if number < 0 or line[level] - kept[number][level] > NEAR:
            kept.append(line)
        else:
            ends = (min(line[low], kept[number][low]), max(line[high], kept[number][high]))
            at = kept[number][level]
            kept[number] = (at, ends[0], at, ends[1]) if upright else (ends[0], at, ends[1], at)
    return kept


def _connected(across: Sequence[Box], upright: Sequence[Box]) -> Iterator[tuple[list[Box], list[Box]]]:
    """Lines in groups that touch each other."""
    if len(across) * len(upright) > 100 * _MOST_PLACES:
        raise unsafe("页面上的线条过多", "a page has too many lines")
    parent = list(range(len(across) + len(upright)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, line in enumerate(across):
        for other, post in enumerate(upright):
            meets_x = line[0] - NEAR <= post[0] <= line[2] + NEAR
            if meets_x and post[1] - NEAR <= line[1] <= post[3] + NEAR:
                parent[root(one)] = root(len(across) + other)
    groups: dict[int, tuple[list[Box], list[Box]]] = {}
    for number, line in enumerate((*across, *upright)):
        group = groups.setdefault(root(number), ([], []))
        group[number >= len(across)].append(line)
    yield from groups.values()


def _table(across: list[Box], upright: list[Box]) -> RuledTable | None:
    xs, ys = levels([line[0] for line in upright]), levels([line[1] for line in across])[::-1]
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1:
        return None
    if columns * rows > _MOST_PLACES:
        raise unsafe("页面上的表格过大", "a table on a page is too large")
    taken: set[tuple[int, int]] = set()
    made: list[tuple[RuledCell, ...]] = []
    for row in range(rows):
        line: list[RuledCell] = []
        for column in range(columns):
            if (row, column) in taken:
                continue
            right, bottom = column + 1, row + 1
            middle = (ys[row] + ys[row + 1]) / 2
            while right < columns and not _is_post(upright, xs[right], middle):
                right += 1
            while bottom < rows and not _is_line(across, ys[bottom], (xs[column] + xs[column + 1]) / 2):
                bottom += 1
            taken |= {(r, c) for r in range(row, bottom) for c in range(column, right)}
            box = (xs[column], ys[bottom], xs[right], ys[row])
            line.append(RuledCell(box, column, right - column, bottom - row))
        made.append(tuple(line))
    return RuledTable((xs[0], ys[-1], xs[-1], ys[0]), tuple(made))


def _is_post(upright: Sequence[Box], x: float, y: float) -> bool:
    return any(abs(post[0] - x) <= NEAR and post[1] <= y <= post[3] for post in upright)


def _is_line(across: Sequence[Box], y: float, x: float) -> bool:
    return any(abs(line[1] - y) <= NEAR and line[0] <= x <= line[2] for line in across)


def levels(values: Sequence[float]) -> list[float]:
    """The different values in order; those closer than a line is thick are one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found
