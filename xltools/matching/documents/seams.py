"""Rows that a page break cut in two, put together where the labels of a form prove that they are one.

Two rows on both sides of a page break are one where a label begins on one page and ends on the next, or
where one of them has no label: every row of a form has one. Where that is no proof, neither is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.values import Value
from xltools.matching.documents.flow import Row
from xltools.matching.flattened.words import form_book, is_label
from xltools.matching.labels import LabelBook
from xltools.matching.numbers import looks_like_figure
from xltools.model.form import Form
from xltools.reading.grid import Grid, Seam, SeamCell

_DIGITS = re.compile("[0-9.,]+")

Values = dict[str, dict[str, Value]]
"""By sheet, the values of its cells by their A1 references."""


class _Verdict(Enum):
    ONE = "one"
    TWO = "two"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Mended:
    """The document with rows put together: ``joined`` are those, ``doubtful`` those that were not read."""

    grid: Grid
    joined: tuple[Seam, ...] = ()
    doubtful: tuple[Seam, ...] = ()

    def findings(self, used: Collection[Row]) -> Iterator[Finding]:
        """What is to be said about rows of the form's tables, which take up the ``used`` lines."""
        for code, seams in (("ROW-JOINED", self.joined), ("ROW-TORN", self.doubtful)):
            for seam in seams:
                if seam.above in used or seam.below in used:
                    yield finding(code, CellRef(seam.above[0], seam.cells[0].above), below=seam.below[0])


@dataclass(frozen=True, slots=True)
class _Pair:
    """What stands above and below a page break in one column, and what both say if they are one."""

    cell: SeamCell
    above: str
    below: str
    whole: str

    @property
    def is_text(self) -> bool:
        """Whether it holds words, and not figures or nothing."""
        return any(text and not _is_figure(text) for text in (self.above, self.below))


def mended(form: Form, grid: Grid) -> Mended:
    """A document whose tables go on over pages, with the rows put together that a page break cut."""
    if not grid.seams:
        return Mended(grid)
    book = form_book(form)
    values: Values = {sheet.name: dict(sheet.values) for sheet in grid.sheets}
    gone: set[Row] = set()
    by_verdict: dict[_Verdict, list[Seam]] = {verdict: [] for verdict in _Verdict}
    verdicts = _verdicts(grid, values, book)
    for seam, verdict in reversed(list(zip(grid.seams, verdicts, strict=True))):
        pairs = _pairs(grid, values, seam)
        by_verdict[verdict].append(seam)
        if verdict is _Verdict.DOUBTFUL:
            _leave_out(values, seam, pairs)
        elif _join(values, seam, pairs, book, is_one=verdict is _Verdict.ONE):
            gone.add(seam.below)
    sheets = tuple(replace(sheet, values=values[sheet.name]) for sheet in grid.sheets)
    flow = tuple(line for line in grid.flow if line not in gone)
    joined, doubtful = by_verdict[_Verdict.ONE], by_verdict[_Verdict.DOUBTFUL]
    return Mended(replace(grid, sheets=sheets, flow=flow), tuple(joined[::-1]), tuple(doubtful[::-1]))


def _verdicts(grid: Grid, values: Values, book: LabelBook) -> list[_Verdict]:
    """The verdict on every page break; where one row fills a page, those above and below it go together."""
    pairs = [_pairs(grid, values, seam) for seam in grid.seams]
    found = [_verdict(own, book, adjoins=seam.adjoins) for seam, own in zip(grid.seams, pairs, strict=True)]
    for number, (upper, lower) in enumerate(pairwise(grid.seams)):
        if upper.below != lower.above or not _may_go_on(found[number : number + 2], pairs[number + 1], book):
            continue
        found[number] = found[number + 1] = _Verdict.DOUBTFUL
    return found


def _may_go_on(verdicts: Sequence[_Verdict], lower: Sequence[_Pair], book: LabelBook) -> bool:
    """Whether a row that fills a page may belong to both its neighbours, or to the wrong one of them.

    ``lower`` pairs it with the row below. It does not where it is whole to one side, and a label there
    begins a row.
    """
    own = [pair for pair in lower if not pair.cell.is_merged]
    if verdicts[1] is _Verdict.TWO:
        return verdicts[0] is not _Verdict.TWO and not any(is_label(pair.below, book) for pair in own)
    return verdicts[0] is not _Verdict.TWO or not any(pair.is_text and pair.above for pair in own)


def _pairs(grid: Grid, values: Values, seam: Seam) -> list[_Pair]:
    return [_pair(grid, values, seam, cell) for cell in seam.cells]


def _pair(grid: Grid, values: Values, seam: Seam, cell: SeamCell) -> _Pair:
    above, below = (
        str(values[sheet].get(a1) or "")
        for sheet, a1 in ((seam.above[0], cell.above), (seam.below[0], cell.below))
    )
    sheet = grid.sheet(seam.below[0])
    as_read = str(sheet.values.get(cell.below) or "") if sheet is not None else ""
    whole = cell.text if below == as_read else "\n".join(filter(None, (above, below)))
    return _Pair(cell, above, below, whole)


def _verdict(pairs: Sequence[_Pair], book: LabelBook, *, adjoins: bool) -> _Verdict:
    """Whether the rows above and below are one."""
    own = [pair for pair in pairs if not pair.cell.is_merged]
    if not any(pair.above for pair in own) or not any(pair.below for pair in own):
        return _Verdict.TWO
    words = [pair for pair in own if pair.is_text]
    broken = [pair for pair in words if pair.above and pair.below]
    verdict = _of_broken_labels(own, broken, book) if broken else _of_whole_labels(own, words, book)
    return _Verdict.DOUBTFUL if verdict is _Verdict.ONE and not adjoins else verdict


def _of_broken_labels(own: Sequence[_Pair], broken: Sequence[_Pair], book: LabelBook) -> _Verdict:
    """The verdict where some column has words on both pages: they must be one label, and not two."""
    proofs = [_is_one_label(pair, book) for pair in broken]
    if all(proofs):
        return _Verdict.ONE
    may_be_torn = any(_is_torn_figure(pair) for pair in own) and not is_label(broken[-1].below, book)
    return _Verdict.DOUBTFUL if any(proofs) or may_be_torn else _Verdict.TWO


def _of_whole_labels(own: Sequence[_Pair], words: Sequence[_Pair], book: LabelBook) -> _Verdict:
    """The verdict where every label stands whole on one of the pages, and on one only."""
    figures = [pair for pair in own if not pair.is_text]
    if not words:  # neither row has a label
        return _Verdict.DOUBTFUL
    if not any(is_label(pair.whole, book) for pair in words):
        return _Verdict.TWO
    if any(pair.above for pair in words) and any(pair.below for pair in words):  # a header
        is_header = not any(pair.whole for pair in figures)
        is_known = all(is_label(pair.whole, book) for pair in words)
        return _Verdict.ONE if is_header and is_known else _Verdict.DOUBTFUL
    whole = all(looks_like_figure(pair.whole) for pair in figures if pair.above and pair.below)
    return _Verdict.ONE if whole else _Verdict.DOUBTFUL


def _is_one_label(pair: _Pair, book: LabelBook) -> bool:
    """Whether both parts make a label, and the second alone is at most nearly the same."""
    whole = book.find(pair.whole) if is_label(pair.whole, book) else None
    below = book.find(pair.below) if is_label(pair.below, book) else None
    if whole is None or below is None:
        return whole is not None
    return below.key == whole.key and below.weight < whole.weight


def _is_torn_figure(pair: _Pair) -> bool:
    return bool(pair.above and pair.below) and not pair.is_text and looks_like_figure(pair.whole)


def _is_figure(text: str) -> bool:
    """Whether every line of a text is a figure, or digits that may be the rest of one (``063``)."""
    return all(looks_like_figure(line) or _DIGITS.fullmatch(line) for line in text.split("\n"))


def _join(values: Values, seam: Seam, pairs: Sequence[_Pair], book: LabelBook, *, is_one: bool) -> bool:
    """Put what belongs together into the cells above; whether nothing of the row below is left for itself.

    The label of a group of rows may be cut where none of its rows is.
    """
    above, below = values[seam.above[0]], values[seam.below[0]]
    moved = False
    for pair in pairs:
        is_group = pair.cell.is_merged and pair.above and pair.below and _is_one_label(pair, book)
        if is_one or is_group:
            moved = True
            below.pop(pair.cell.below, None)
            if pair.whole:
                above[pair.cell.above] = pair.whole
    return moved and not any(pair.cell.below in below for pair in pairs)


def _leave_out(values: Values, seam: Seam, pairs: Sequence[_Pair]) -> None:
    for pair in pairs:
        if not pair.is_text:
            values[seam.above[0]].pop(pair.cell.above, None)
            values[seam.below[0]].pop(pair.cell.below, None)
