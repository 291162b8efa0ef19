"""Tables that a page break cuts: closed where the break left them open, and the rows on both sides paired.

Whether two paired rows are one is not decided here: only the labels of a form can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from xltools.excel.a1 import cell_name
from xltools.reading.documents.pdf_page import FilledCell, Page, joined
from xltools.reading.documents.pdf_tables import NEAR, Box, RuledTable, levels, upright_lines
from xltools.reading.grid import Seam, SeamCell
from xltools.reading.plain_text import cleaned

_MOST_BETWEEN = 3
"""Lines between the two parts of a table, on either page, at most: footnotes and heads of pages."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A table on a page, by the numbers of both, and how many lines follow, or come before it."""

    page: int
    number: int
    table: RuledTable
    rows: list[list[FilledCell]]
    apart: int

    @property
    def sides(self) -> tuple[float, float]:
        """Its left and its right edge."""
        return self.table.box[0], self.table.box[2]


def closed_at_breaks(pages: Sequence[Sequence[Box]]) -> list[list[Box]]:
    """The lines of every page, with those added that a table lacks where it goes on on the next page.

    Browsers draw no line there. A table goes on where the lowest upright lines of a page reach as far to
    both sides as the highest of the next.
    """
    closed = [list(lines) for lines in pages]
    posts = [upright_lines(lines) for lines in pages]
    for number in range(len(pages) - 1):
        above, below = _ends(posts[number], low=True), _ends(posts[number + 1], low=False)
        if above is None or below is None or not _same(above[:2], below[:2]):
            continue
        for page, (left, right, y) in ((number, above), (number + 1, below)):
            closed[page].append((left, y, right, y))
    return closed


def _ends(posts: Sequence[Box], *, low: bool) -> tuple[float, float, float] | None:
    """From where to where the lowest, or highest, ends of upright lines reach, and how high they are."""
    if not posts:
        return None
    y = min(post[1] for post in posts) if low else max(post[3] for post in posts)
    xs = [post[0] for post in posts if abs(post[1 if low else 3] - y) <= NEAR]
    return (min(xs), max(xs), y) if len(xs) > 1 else None


def share_columns(pages: Sequence[Page]) -> None:
    """Count the columns of a table alike on all its pages: on some of them labels are merged over several."""
    for chain in _chains(pages):
        cells = [cell for part in chain for row in part.rows for cell in row]
        edges = levels([edge for cell in cells for edge in _across(cell)])
        for part in chain:
            rows = [[_counted(cell, edges) for cell in row] for row in part.rows]
            pages[part.page].tables[part.number] = (part.table, rows)


def _counted(cell: FilledCell, edges: Sequence[float]) -> FilledCell:
    """The cell with its columns counted by where columns begin in the whole table."""
    first, last = (sum(other < edge - NEAR for other in edges) for edge in _across(cell))
    return replace(cell, ruled=replace(cell.ruled, column=first, columns=last - first))


def seams(pages: Sequence[Page], sheets: Sequence[Sequence[str]]) -> Iterator[Seam]:
    """Every page break that a table goes on over in the same columns.

    ``sheets`` names the tables of every page.
    """
    for chain in _chains(pages):
        for number, (above, below) in enumerate(pairwise(chain), 1):
            header = max(_repeated_rows(before, below) for before in chain[:number])
            seam = _seam(above, below, header, sheets)
            if seam is not None:
                yield seam


def _chains(pages: Sequence[Page]) -> list[list[_Part]]:
    """The tables that go on over page breaks, each as its parts."""
    chains: list[list[_Part]] = []
    for number in range(len(pages) - 1):
        above = _outermost(pages[number], number, last=True)
        below = _outermost(pages[number + 1], number + 1, last=False)
        if above is None or below is None or not _same(above.sides, below.sides):
            continue
        if chains and (chains[-1][-1].page, chains[-1][-1].number) == (above.page, above.number):
            chains[-1].append(below)
        else:
            chains.append([above, below])
    return chains


def _outermost(page: Page, number: int, *, last: bool) -> _Part | None:
    """The last table of a page, or the first, unless too much text stands beyond it."""
    if not page.tables:
        return None
    at = len(page.tables) - 1 if last else 0
    table, rows = page.tables[at]
    low, high = table.box[1], table.box[3]
    apart = sum(line.top < low if last else line.top > high for line in page.lines)
    return _Part(number, at, table, rows, apart) if apart <= _MOST_BETWEEN else None


def _same(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def _repeated_rows(before: _Part, part: _Part) -> int:
    """How many rows at the top of a part are those at the top of one before: its header, on every page."""
    count = 0
    for own, due in zip(part.rows[:-1], before.rows, strict=False):
        if len(own) != len(due) or not all(map(_is_alike, own, due)) or not any(cell.text for cell in own):
            break
        count += 1
    return count


def _is_alike(one: FilledCell, other: FilledCell) -> bool:
    return one.text == other.text and _same(_across(one), _across(other))


def _across(cell: FilledCell) -> tuple[float, float]:
    return cell.ruled.box[0], cell.ruled.box[2]


def _seam(above: _Part, below: _Part, header: int, sheets: Sequence[Sequence[str]]) -> Seam | None:
    """The last row above with the first one below; None where they have other columns."""
    if not below.rows[header]:
        return None
    top = max(cell.ruled.box[3] for cell in below.rows[header])
    bottom = above.table.box[1]
    upper = _at_edge(above, 1, bottom)
    lower = _at_edge(below, 3, top)
    if len(upper) != len(lower) or not all(
        _same(_across(one), _across(other)) for (_, one), (_, other) in zip(upper, lower, strict=True)
    ):
        return None
    cells = tuple(
        SeamCell(
            above=cell_name(row, one.ruled.column),
            below=cell_name(header, other.ruled.column),
            text=cleaned(joined([one, other])).strip(),
            is_merged=one.ruled.rows > 1 or other.ruled.rows > 1,
        )
        for (row, one), (_, other) in zip(upper, lower, strict=True)
    )
    return Seam(
        above=(sheets[above.page][above.number], len(above.rows) - 1),
        below=(sheets[below.page][below.number], header),
        cells=cells,
        adjoins=_adjoin(above, below),
    )


def _adjoin(above: _Part, below: _Part) -> bool:
    """Whether nothing stands between the two."""
    return not above.apart and not below.apart


def _at_edge(part: _Part, edge: int, y: float) -> list[tuple[int, FilledCell]]:
    """The cells of which one edge, as a number of their box, is at this height, from left to right."""
    found = [
        (number, cell)
        for number, row in enumerate(part.rows)
        for cell in row
        if abs(cell.ruled.box[edge] - y) <= NEAR
    ]
    return sorted(found, key=lambda place: place[1].ruled.box[0])
