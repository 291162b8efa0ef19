"""A page of a PDF: its lines that are in no table, and its ruled tables with the characters in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xltools.reading.documents.document import TableCell
from xltools.reading.documents.pdf_lines import Char, Line, text_lines
from xltools.reading.documents.pdf_tables import Box, RuledCell, RuledTable, ruled_tables

_DIGITS = re.compile("[0-9]+")
_PADDING = 5.8
"""Points between a cell's line and its text, at most: what Word sets, 0.19 cm, and half a line's width."""
_EDGE = 1.0
"""A cell that reaches so near to the edge of the page may go on beyond it."""
_ALIKE = 0.1
"""Lines whose heights differ by no more than this share are set in one size."""


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell of a ruled table and the lines in it; ``is_cut_off`` by the edge of the page."""

    ruled: RuledCell
    lines: tuple[Line, ...]
    is_cut_off: bool

    @property
    def text(self) -> str:
        """What stands in it; a number that its width broke is one again."""
        return joined([self])


@dataclass(slots=True)
class Page:
    """What stands on a page: lines from top to bottom, and tables with their boxes and cells."""

    lines: list[Line]
    tables: list[tuple[RuledTable, list[list[FilledCell]]]]


def laid_out(page: dict[str, Any], lines: Sequence[Box]) -> Page:
    """What stands on a page, from top to bottom; ``lines`` are those that rule its tables."""
    sides: tuple[float, float] = (page["sides"][0], page["sides"][1])
    chars = [Char(text, (x0, y0, x1, y1), level, size) for text, x0, y0, x1, y1, level, size in page["chars"]]
    tables = [table for table in ruled_tables(lines) if _is_table(table)]
    inside: dict[int, list[Char]] = {number: [] for number in range(len(tables))}
    outside: list[Char] = []
    for char in chars:
        home = next((n for n, table in enumerate(tables) if _holds(table.box, char, sides)), None)
        (outside if home is None else inside[home]).append(char)
    filled = [(table, _cells(table, inside[number], sides)) for number, table in enumerate(tables)]
    return Page(list(text_lines(outside)), filled)


def drop_furniture(pages: Sequence[Page]) -> None:
    """Leave out what stands on top or at the bottom of several pages but for its numbers.

    On the first page what stands on top stays: it may be the title, which the others repeat.
    """
    for end, first in ((0, 1), (-1, 0)):
        texts = [_DIGITS.sub("", " ".join(line.parts)) if (line := _outermost(p, end)) else "" for p in pages]
        for page, text in zip(pages[first:], texts[first:], strict=True):
            if text and texts.count(text) > 1:
                del page.lines[end]


def _outermost(page: Page, end: int) -> Line | None:
    """The first or last line of a page, unless a table stands beyond it."""
    if not page.lines:
        return None
    line = page.lines[end]
    if not page.tables:
        return line
    box = page.tables[end][0].box
    is_beyond = line.top > box[3] if end == 0 else line.top < box[1]
    return line if is_beyond else None


def table_cells(rows: Sequence[Sequence[FilledCell]]) -> list[list[TableCell]]:
    """The cells of a table as any document has them."""
    return [[TableCell(cell.text, cell.ruled.columns, cell.ruled.rows) for cell in row] for row in rows]


def joined(cells: Sequence[FilledCell]) -> str:
    """The lines in a cell, or in those that a page break made of one; a broken number is one again.

    It is one where every line but the last leaves no room for another digit and the last is shorter: two
    numbers below each other, in rows that no line parts, would have no reason to be set so.
    """
    lines = [line for cell in cells for line in cell.lines]
    texts = [" ".join(line.parts) for line in lines]
    if len(lines) > 1 and all(cell.ruled.rows == 1 and not cell.is_cut_off for cell in cells):
        room = min(cell.ruled.box[2] - cell.ruled.box[0] for cell in cells) - 2 * _PADDING
        if _is_broken_number(lines, texts, room):
            return "".join(texts)
    return "\n".join(texts)


def _is_broken_number(lines: Sequence[Line], texts: Sequence[str], room: float) -> bool:
    lengths = {len(text) for text in texts[:-1]}
    heights = [line.height for line in lines]
    if not all(map(_DIGITS.fullmatch, texts)) or len(lengths) > 1 or len(texts[-1]) >= min(lengths):
        return False
    if max(heights) - min(heights) > _ALIKE * max(heights):
        return False
    digit = max((line.right - line.left) / len(text) for line, text in zip(lines, texts, strict=True))
    return all(line.right - line.left + digit > room for line in lines[:-1])


def _is_table(table: RuledTable) -> bool:
    """Whether it has several cells side by side: a frame around text is none."""
    return any(len(row) > 1 for row in table.rows)


def _cells(table: RuledTable, chars: Sequence[Char], sides: tuple[float, float]) -> list[list[FilledCell]]:
    found: dict[RuledCell, list[Char]] = {}
    places = [cell for row in table.rows for cell in row]
    for char in chars:
        home = next((cell for cell in places if _holds(cell.box, char, sides)), None)
        if home is not None:
            found.setdefault(home, []).append(char)
    return [[_filled(cell, found.get(cell, []), sides) for cell in row] for row in table.rows]


def _filled(cell: RuledCell, chars: Sequence[Char], sides: tuple[float, float]) -> FilledCell:
    is_cut_off = cell.box[0] < sides[0] + _EDGE or cell.box[2] > sides[1] - _EDGE
    return FilledCell(cell, tuple(text_lines(chars)), is_cut_off)


def _holds(box: Box, char: Char, sides: tuple[float, float]) -> bool:
    """Whether a character is in a box; what stands beyond the edge of the page is in the box at that edge."""
    left, right = sides[0] + _EDGE, sides[1] - _EDGE
    across = min(max((char.box[0] + char.box[2]) / 2, left), right)
    return box[0] <= across <= box[2] and box[1] <= char.middle <= box[3]
