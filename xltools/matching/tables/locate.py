"""Where a table of a form stands on a sheet, by its labels alone.

A table is looked for by its headings first: the rows that hold most of its column labels in their
order are its header. Below the header, left of its first column, its row labels must follow in
their order, down to the next header of any table. Inserted, missing and moved rows or columns,
merged or unmerged headings and labels in one column or in several make no difference to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice

from xltools.matching.labels import EXACT, LabelBook, Likeness, label_book, label_key
from xltools.matching.tables.align import align
from xltools.matching.tables.axis_nodes import AxisNode, axis_nodes
from xltools.matching.tables.located_table import Line, LocatedTable, Similar
from xltools.matching.tables.sheet_texts import SheetText, SheetTexts
from xltools.model.form import Leaf, Table, depth

_LEAST_SHARE = 0.6
"""Of its rows, and of its columns, a table must show at least this share to be that table."""
_MOST_BAND_TEXTS = 300
_MOST_BANDS = 40
_HEADING_ROWS = 3
_TELLING = 3
_PIECES = frozenset(("件", "条", "个", "项", "次", "人次", "人", "元", "万元"))


@dataclass(frozen=True)
class _Band:
    """Rows that hold the column headings of a table."""

    table: Table
    top: int
    bottom: int
    columns: Line = field(compare=False)

    @property
    def left(self) -> int:
        return min(self.columns.at.values())

    @property
    def right(self) -> int:
        return max(self.columns.at.values())

    def overlaps(self, other: _Band) -> bool:
        """Whether the two share rows and columns."""
        return self.shares_rows(other) and self.left <= other.right and other.left <= self.right

    def shares_rows(self, other: _Band) -> bool:
        """Whether the two share rows."""
        return self.top <= other.bottom and other.top <= self.bottom


def locate(texts: SheetTexts, tables: Sequence[Table]) -> list[LocatedTable]:
    """Every place on the sheet where one of the tables may stand."""
    bands = [band for table in tables for band in _bands(texts, table)]
    found = []
    inside: list[_Band] = []
    for band in bands:
        if band in inside:
            continue
        rows = _rows_below(texts, band, bands)
        if (rows is None or rows.missing) and (again := _repeated_headers(band, bands)):
            others = [other for other in bands if other not in again]
            across = _rows_below(texts, band, others, again)
            if across is not None and (rows is None or across.weight > rows.weight):
                rows = across
                inside += again
        if rows is not None:
            heading = _has_heading(texts, band)
            found.append(LocatedTable(band.table, texts, band.top, band.bottom, rows, band.columns, heading))
    return found


def _bands(texts: SheetTexts, table: Table) -> list[_Band]:
    """Where the table's column headings stand; of overlapping places the one that fits best."""
    nodes = tuple(axis_nodes(table.columns))
    book = label_book(node.label for node in nodes if node.key)
    hits = {row: sum(book.find(t.text) is not None for t in line) for row, line in texts.by_row.items()}
    levels = depth(table.columns)
    found: list[_Band] = []
    for top in sorted(row for row, hit in hits.items() if hit):
        best: _Band | None = None
        for bottom in range(top, top + levels + 1):
            if sum(hits.get(row, 0) for row in range(top, bottom + 1)) < _LEAST_SHARE * len(
                table.column_leaves
            ):
                continue
            band = _band(texts, table, nodes, book, (top, bottom))
            if band is not None and (best is None or band.columns.weight > best.columns.weight):
                best = band
        if best is not None:
            found.append(best)
    kept: list[_Band] = []
    for band in sorted(found, key=_fit)[:_MOST_BANDS]:
        if not any(band.overlaps(other) for other in kept):
            kept.append(band)
    return kept


def _fit(band: _Band) -> tuple[int, int, int]:
    """What puts one band before another: more weight, less doubt, and no row that is not needed."""
    return -band.columns.weight, len(band.columns.doubtful), band.bottom - band.top


def _band(
    texts: SheetTexts, table: Table, nodes: Sequence[AxisNode], book: LabelBook, rows: tuple[int, int]
) -> _Band | None:
    line = sorted(texts.within(*rows), key=lambda text: (text.column, text.row))
    if len(line) > _MOST_BAND_TEXTS:
        return None
    columns = _assign(nodes, line, [text.column for text in line], book)
    if len(columns.at) + len(columns.doubtful) < _LEAST_SHARE * len(table.column_leaves) or not columns.at:
        return None
    left, right = min(columns.at.values()), max(columns.at.values())
    known = {node.key for node in nodes}
    extra = tuple(
        text.text
        for text in line
        if left <= text.column <= right
        and label_key(text.text) not in known
        and (text.column, text.row) not in {(s.column, s.row) for s in columns.similar}
    )
    return _Band(table, *rows, replace(columns, extra=extra))


def _repeated_headers(band: _Band, bands: Sequence[_Band]) -> list[_Band]:
    """The same header again further down, as where a table goes on on the next page."""
    return [
        other
        for other in bands
        if other.table is band.table and other.top > band.bottom and other.columns.at == band.columns.at
    ]


def _rows_below(
    texts: SheetTexts, band: _Band, bands: Sequence[_Band], repeated: Sequence[_Band] = ()
) -> Line | None:
    """The table's rows between its header and the next one; None where too few of them are there.

    What stands in a ``repeated`` header is no row, nor, below the header of a document's table, a line that
    is in none: the same words are in texts and pictures too. So many of them that they could be the table
    once more are rows, and both are doubtful.
    """
    table = band.table
    end = min((other.top - 1 for other in bands if other.top > band.bottom), default=texts.last_row)
    nodes = tuple(node for node in axis_nodes(table.rows) if node.key)
    if not nodes:
        return _unlabelled_rows(texts, band, end)
    beside = [b.right + 1 for b in bands if b.shares_rows(band) and b.right < band.left]
    first = max(beside, default=0)
    book = label_book(node.label for node in nodes)
    line = [
        text
        for text in texts.within(band.bottom + 1, end)
        if first <= text.column < band.left
        and not _is_attribute(table, text.text)
        and not any(other.top <= text.row <= other.bottom for other in repeated)
    ]
    if texts.in_table(band.bottom):
        loose = (book.find(text.text) for text in line if not texts.in_table(text.row))
        if len({like.key for like in loose if like}) < _LEAST_SHARE * len(nodes):
            line = [text for text in line if texts.in_table(text.row)]
    rows = _assign(nodes, line, [text.row for text in line], book)
    if len(rows.at) + len(rows.doubtful) + len(rows.split) < _LEAST_SHARE * len(table.row_leaves):
        return None
    if not rows.at:
        return None
    return replace(rows, extra=_extra_rows(texts, band, rows, nodes, line))


def _assign(
    nodes: Sequence[AxisNode], line: Sequence[SheetText], places: Sequence[int], book: LabelBook
) -> Line:
    """Every label's place along one axis."""
    likes = [book.find(text.text) for text in line]

    def weigh(label: int, text: int) -> int:
        like = likes[text]
        return like.weight if like is not None and like.key == nodes[label].key else 0

    aligned = align(len(nodes), places, weigh)
    unique = _unmistakable(nodes, likes)
    chosen = [unique.get(number, index) for number, index in enumerate(aligned.texts)]
    repeated = _repeated(nodes, likes, places)
    at: dict[str, int] = {}
    missing, doubtful, similar = [], [], []
    for number, (node, index) in enumerate(zip(nodes, chosen, strict=True)):
        if index is None:
            missing += [node.leaf] if node.leaf else []
            continue
        like, text = likes[index], line[index]
        if like is not None and like.weight != EXACT:
            similar.append(Similar(text.row, text.column, text.text, node.label, like))
        if node.leaf is not None and (
            node.key in repeated or not (aligned.certain[number] or number in unique)
        ):
            doubtful.append(node.leaf)
        elif node.leaf is not None:
            at[node.leaf.id] = places[index]
    for leaf_id in _sharing(at):
        doubtful += [node.leaf for node in nodes if node.leaf is not None and node.leaf.id == leaf_id]
        del at[leaf_id]
    weight = sum(like.weight for i in chosen if i is not None and (like := likes[i]) is not None)
    split = _split(nodes, chosen, line, places, at)
    for leaf in split:
        del at[leaf.id]
    return Line(at, tuple(missing), tuple(doubtful), split, tuple(similar), (), weight, len(nodes))


def _unmistakable(nodes: Sequence[AxisNode], likes: Sequence[Likeness | None]) -> dict[int, int]:
    """Labels that stand once in the form and once on the sheet may be in any order: rows may be sorted.

    Words as short as 其他 say too little for that.
    """
    keys = Counter(node.key for node in nodes)
    there = Counter(like.key for like in likes if like)
    exact = {like.key: index for index, like in enumerate(likes) if like and like.weight == EXACT}
    return {
        number: exact[node.key]
        for number, node in enumerate(nodes)
        if keys[node.key] == 1 == there[node.key] and node.key in exact and len(node.key) >= _TELLING
    }


def _repeated(
    nodes: Sequence[AxisNode], likes: Sequence[Likeness | None], places: Sequence[int]
) -> frozenset[str]:
    """Labels that stand in more places than the form has them: the order may tell, but is no proof."""
    due = Counter(node.key for node in nodes)
    there: dict[str, set[int]] = {}
    for like, place in zip(likes, places, strict=True):
        if like is not None:
            there.setdefault(like.key, set()).add(place)
    return frozenset(key for key, spots in there.items() if len(spots) > due[key])


def _sharing(at: Mapping[str, int]) -> list[str]:
    """Leaves that were found in the same place: one of them must be wrong."""
    places = list(at.values())
    return [leaf for leaf, place in at.items() if places.count(place) > 1]


def _split(
    nodes: Sequence[AxisNode],
    chosen: Sequence[int | None],
    line: Sequence[SheetText],
    places: Sequence[int],
    at: Mapping[str, int],
) -> tuple[Leaf, ...]:
    """Rows whose label is followed by a further one that the form does not have.

    There the form's row is only the heading of several, and none of them is the row itself.
    """
    taken = {index for index in chosen if index is not None}
    found = []
    for node, index in zip(nodes, chosen, strict=True):
        if node.leaf is None or index is None or node.leaf.id not in at:
            continue
        beyond = index + 1
        here = beyond < len(line) and places[beyond] == places[index] and beyond not in taken
        if here and label_key(line[beyond].text) != node.key:
            found.append(node.leaf)
    return tuple(found)


def _extra_rows(
    texts: SheetTexts, band: _Band, rows: Line, nodes: Sequence[AxisNode], line: Sequence[SheetText]
) -> tuple[str, ...]:
    """What stands between the table's rows without being one: labels, and figures without a label."""
    known = {node.key for node in nodes}
    used = {similar.text for similar in rows.similar}
    taken = set(rows.at.values())
    first, last = min(taken), max(taken)
    labels = {
        text.row: text.text
        for text in line
        if first <= text.row <= last and label_key(text.text) not in known and text.text not in used
    }
    places = set(band.columns.at.values())
    bare = [
        row
        for row in range(first, last + 1)
        if row not in taken and row not in labels and texts.numbers.get(row, frozenset()) & places
    ]
    return (*labels.values(), *(f"第 {row + 1} 行" for row in bare))


def _unlabelled_rows(texts: SheetTexts, band: _Band, end: int) -> Line | None:
    """The rows of a table whose rows bear no label: those with figures, if the right number."""
    leaves = band.table.row_leaves
    columns = set(band.columns.at.values())
    book = label_book(node.label for node in axis_nodes(band.table.columns) if node.key)
    headed = {text.row for text in texts.within(band.bottom + 1, end) if book.find(text.text) is not None}
    in_table = texts.in_table(band.bottom)  # then no line of text below is a row of it
    below = [
        row
        for row in range(band.bottom + 1, end + 1)
        if row not in headed and (not in_table or texts.in_table(row))
    ]
    filled = {row: len(texts.filled.get(row, frozenset()) & columns) for row in below}
    rows = [row for row, cells in filled.items() if cells]
    if len(rows) > len(leaves):  # remarks may follow the table
        rows = [row for row in rows if filled[row] * 2 > len(columns)]
    if not any(filled.values()):
        blank = (row for row in count(band.bottom + 1) if row not in headed)
        rows = list(islice(blank, len(leaves)))
    if len(rows) != len(leaves):
        return Line({leaves[0].id: band.bottom + 1}, doubtful=leaves)
    return Line({leaf.id: row for leaf, row in zip(leaves, rows, strict=True)})


def _has_heading(texts: SheetTexts, band: _Band) -> bool:
    heading = band.table.heading
    if not heading:
        return False
    book = label_book([heading])
    above = texts.within(max(0, band.top - _HEADING_ROWS), band.top)
    return any(book.find(text.text) is not None for text in above)


def _is_attribute(table: Table, text: str) -> bool:
    """Whether a text stands in one of the table's columns of fixed texts (计量单位, 代码)."""
    bare = text.strip()
    if bare in _PIECES:
        return True
    fixed = {word for leaf in table.row_leaves for word in (leaf.attributes or {}).values()}
    return bare in fixed or bare in {attribute.label for attribute in table.attributes}
