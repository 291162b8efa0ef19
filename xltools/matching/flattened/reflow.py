"""Tables that became plain text, put back into rows and columns by the form's own structure.

A run of a table's column labels is its header; below, every row label begins a row, and what follows it
are the row's figures. The result is a regular sheet on which the table is then found as on any other, so
that labels are judged in one place only. Every cell keeps the place of the text it came from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import cell_name, parse_cell
from xltools.excel.values import Value
from xltools.matching.documents.flow import FlowLine, Piece
from xltools.matching.documents.headings import section_headings
from xltools.matching.flattened.header import FlatHeader, find_headers
from xltools.matching.flattened.row_rules import RowRules
from xltools.matching.flattened.rows import FlatRow, Flattened, ReadRow, is_aligned, read_rows
from xltools.matching.flattened.words import form_book, is_label, spread
from xltools.matching.labels import LabelBook, label_book
from xltools.matching.numbers import document_value, looks_like_figure
from xltools.matching.tables.axis_nodes import AxisNode, axis_nodes
from xltools.matching.tables.sheet_texts import Origin, SheetTexts, sheet_texts
from xltools.model.form import Form, Leaf, Table, in_words
from xltools.reading.grid import Sheet

FIRST_COLUMN = 10
"""Where the figures stand on the regular sheet; labels stand left of it."""
_FIRST_ROW = 8
_LEAST_SHARE = 0.6
_MOST_TEXTS = 4_000
"""Short texts of a document in which tables are looked for; a report has some hundreds."""
_LONGEST = 150
_KEPT_FROM = 3
_MOST_HEADERS = 40
"""Headers of one table in a document that are looked at; a report has some, one a page."""


@dataclass(frozen=True, slots=True)
class Reflowed:
    """A table as a regular sheet, the lines it was made of, and what was noticed on the way."""

    table: Table
    texts: SheetTexts | None
    findings: tuple[Finding, ...]


def reflow(form: Form, tables: Sequence[Table], lines: Sequence[FlowLine]) -> list[Reflowed]:
    """Every place in the lines where one of the tables may stand, as a regular sheet."""
    short = sum(1 for line in lines for piece in line.pieces if 0 < len(piece.text) <= _LONGEST)
    if short > _MOST_TEXTS or not tables:
        return []
    book = form_book(form)
    pieces = [piece for line in spread(lines, book) for piece in line]
    headers = {table.id: find_headers(table, pieces) for table in form.tables}
    text = _Text(form, pieces, Counter(h.start for found in headers.values() for h in found), lines)
    leads = any(not line.pieces[0].text for line in lines if len(line.pieces) >= _KEPT_FROM)
    found = []
    for table in tables:
        if len(headers[table.id]) > _MOST_HEADERS:
            continue
        for copy in _copies(table, headers[table.id], text):
            below = [piece for header in copy for piece in text.below(table, header)]
            rows = _rows(table, copy[0], below, book)
            if rows is not None and not _lacks_headings(table, copy[0], rows):
                found.append((table, copy[0], rows, _flattened(copy[0], rows, lines, leads=leads)))
    aligned = any(is_aligned(rows, flattened) for _, _, rows, flattened in found)
    made = []
    for table, header, rows, flattened in found:
        rules = RowRules(form, table, header.leaves)
        read = read_rows(rows, replace(flattened, aligned=aligned), rules.fit)
        made.append(_sheet(form, header, read, lines, rules))
    return made


def _lacks_headings(table: Table, header: FlatHeader, rows: Sequence[FlatRow]) -> bool:
    """Whether rows may have figures under headings that were not found, so that none can be told from others.

    In a real table they have: its cells are there whether its headings can be read or not.
    """
    found = len(header.leaves)
    in_table = any(piece.in_table for piece, _, _ in header.labels)
    too_many = any(len(row.figures) > found for row in rows if row.leaf)
    return found < len(table.column_leaves) and (in_table or too_many)


def _flattened(
    header: FlatHeader, rows: Sequence[FlatRow], lines: Sequence[FlowLine], *, leads: bool
) -> Flattened:
    """How the table became text; an empty cell in one of its lines shows that these were kept."""
    own = {piece.line for row in rows for piece in (*row.labels, *row.cells)}
    own |= {piece.line for piece, _, _ in header.labels}
    wide = [lines[number].pieces for number in own if len(lines[number].pieces) >= _KEPT_FROM]
    first = next(piece for piece, _, column in reversed(header.labels) if column == 0)
    return Flattened(
        columns=len(header.leaves),
        kept=any(not piece.text for pieces in wide for piece in pieces),
        leads=leads,
        first=parse_cell(first.place[1])[1],
        width=len(lines[first.line].pieces),
        heads=header.extents,
    )


def _copies(table: Table, found: Sequence[FlatHeader], text: _Text) -> Iterator[list[FlatHeader]]:
    """The headers of each copy of a table: its own, and the same again where it goes on on the next page.

    A table does not go on with a row that it has had: then another begins, as of another year.
    """
    due = Counter(node.key for node in axis_nodes(table.rows) if node.leaf is not None and node.key)
    labels = label_book(node.label for node in axis_nodes(table.rows) if node.key)
    copy: list[FlatHeader] = []
    there: Counter[str] = Counter()
    for header in found:
        likes = [labels.find(piece.text) for piece in text.below(table, header)]
        rows = Counter(like.key for like in likes if like is not None and like.key in due)
        is_same = bool(copy) and header.leaves == copy[0].leaves and text.is_only(header)
        goes_on = is_same and text.end(table, copy[-1]) == header.start
        if goes_on and rows and there + rows <= due:
            copy.append(header)
            there += rows
        else:
            if copy:
                yield copy
            copy, there = [header], rows
    if copy:
        yield copy


class _Text:
    """The pieces of a text, and where a table in it ends at the latest."""

    def __init__(
        self, form: Form, pieces: Sequence[Piece], owners: Mapping[int, int], lines: Sequence[FlowLine]
    ) -> None:
        self._form = form
        self._pieces = pieces
        self._owners = owners
        self._starts = sorted(owners)
        headings = section_headings(form, [line.text for line in lines])
        self._fences = [(heading.line, heading.section.id) for heading in headings]

    def below(self, table: Table, header: FlatHeader) -> Sequence[Piece]:
        """What stands below a header, up to the end of what may be its table."""
        return self._pieces[header.end : self.end(table, header)]

    def is_only(self, header: FlatHeader) -> bool:
        """Whether a header is that of one table only."""
        return self._owners[header.start] == 1

    def end(self, table: Table, header: FlatHeader) -> int:
        """Before the next header, another section (no table goes on into it) or a long text."""
        next_header = bisect_left(self._starts, header.end)
        end = self._starts[next_header] if next_header < len(self._starts) else len(self._pieces)
        own = self._form.section_of[table.id].id
        first = self._pieces[header.end - 1].line
        fence = next((line for line, section in self._fences if line > first and section != own), None)
        for number in range(header.end, end):
            piece = self._pieces[number]
            if (fence is not None and piece.line >= fence) or len(piece.text) > _LONGEST:
                return number
        return end


def _rows(table: Table, header: FlatHeader, pieces: Sequence[Piece], book: LabelBook) -> list[FlatRow] | None:
    """The rows that the pieces below a header make; None where they are not those of the table."""
    by_key = {node.key: node for node in axis_nodes(table.rows) if node.key}
    if not by_key:
        return _one_row(table, header, [p for p in pieces if p.text or p.line > header.last_line])
    labels = label_book(node.label for node in axis_nodes(table.rows) if node.key)
    made = list(_labelled_rows(pieces, labels, by_key, book, len(header.leaves)))
    known = {row.leaf.id for row in made if row.leaf is not None}
    return made if len(known) >= _LEAST_SHARE * len(table.row_leaves) else None


def _one_row(table: Table, header: FlatHeader, pieces: Sequence[Piece]) -> list[FlatRow] | None:
    """The figures of a table whose only row bears no label: all up to the next text.

    A text in a line of a real table that has as many cells as there are columns is in one of these.
    """
    if len(table.row_leaves) != 1:
        return None
    cells: list[Piece] = []
    widths = Counter(piece.line for piece in pieces if piece.in_table)
    for piece in pieces:
        in_cell = widths[piece.line] == len(header.leaves)
        if piece.text and not looks_like_figure(piece.text) and not in_cell:
            if any(cell.text for cell in cells):
                break
            cells.clear()
        else:
            cells.append(piece)
    return [FlatRow((), table.row_leaves[0], tuple(cells))]


def _labelled_rows(
    pieces: Sequence[Piece], labels: LabelBook, by_key: Mapping[str, AxisNode], book: LabelBook, columns: int
) -> Iterator[FlatRow]:
    """Pieces to rows: a label begins one unless it only heads the next label."""
    widths = Counter(piece.line for piece in pieces)
    row = _OpenRow()
    left: dict[int, int] = dict(widths)
    for piece in pieces:
        left[piece.line] -= 1
        in_cell = row.leaf is not None and row.line == piece.line
        if not piece.text or looks_like_figure(piece.text):
            row.take(piece)
        elif in_cell and not is_label(piece.text, book) and row.count + 1 + left[piece.line] == columns:
            row.take(piece)  # a word where a figure is due
        else:
            like = labels.find(piece.text) if len(piece.text) <= _LONGEST else None
            if row.is_closed_by(piece):
                yield from row.rows(widths)
                row = _OpenRow()
            row.name(piece, by_key[like.key] if like is not None else None)
    yield from row.rows(widths)


@dataclass(slots=True)
class _OpenRow:
    """A row while its pieces come."""

    names: list[Piece] = field(default_factory=list)
    cells: list[Piece] = field(default_factory=list)
    held: list[Piece] = field(default_factory=list)
    node: AxisNode | None = None

    @property
    def leaf(self) -> Leaf | None:
        return self.node.leaf if self.node is not None else None

    @property
    def line(self) -> int:
        return self.names[-1].line if self.names else -1

    @property
    def count(self) -> int:
        return len(self.cells)

    def take(self, piece: Piece) -> None:
        """A cell; empty ones that begin a line are places of labels further left unless a figure follows."""
        if not self.names:
            return
        if self.held and self.held[-1].line != piece.line:
            self.held.clear()
        if piece.text or piece.line in (self.line, *(cell.line for cell in self.cells[-1:])):
            self.cells += [*self.held, piece]
            self.held.clear()
        else:
            self.held.append(piece)

    def is_closed_by(self, piece: Piece) -> bool:
        """Whether a further label cannot belong to this row."""
        ends = self.leaf is not None or any(cell.text for cell in self.cells)
        is_unknown = bool(self.names) and self.node is None
        return ends or (is_unknown and piece.line != self.line)

    def name(self, piece: Piece, node: AxisNode | None) -> None:
        """One more label; what stood between it and the one before were places of labels."""
        self.names.append(piece)
        self.cells.clear()
        self.held.clear()
        self.node = node

    def rows(self, widths: Mapping[int, int]) -> Iterator[FlatRow]:
        """The finished row, if there is one."""
        if self.names:
            last = self.names[-1]
            yield FlatRow(
                tuple(self.names),
                self.leaf,
                tuple(self.cells),
                column=parse_cell(last.place[1])[1],
                depth=self.node.depth if self.node is not None else -1,
                width=widths[last.line],
                trims=not last.in_table,
            )


def _sheet(
    form: Form,
    header: FlatHeader,
    read: Sequence[ReadRow],
    lines: Sequence[FlowLine],
    rules: RowRules,
) -> Reflowed:
    """The table as a regular sheet, and what has to be said about its rows."""
    table = rules.table
    made = _Draft()
    for text, row, column in header.placed(FIRST_COLUMN):
        made.put(row, column, text)
    for number, line in enumerate(read):
        row = _FIRST_ROW + number
        for column, piece in enumerate(line.row.labels[-FIRST_COLUMN:]):
            made.put(row, column, piece)
        for index in range(len(header.leaves)):
            made.cell(row, FIRST_COLUMN + index, line.pieces.get(index), line)
            if index in line.absent:
                made.absent.add((row, FIRST_COLUMN + index))
    last = max((piece.line for row in read for piece in (*row.row.labels, *row.row.cells)), default=0)
    taken = range(header.first_line, max(last, header.last_line) + 1)
    origin = Origin(
        made.places, absent=frozenset(made.absent), lines=frozenset(lines[number].row for number in taken)
    )
    texts = sheet_texts(Sheet(form.title_of(table), made.values), origin)
    return Reflowed(table, texts, tuple(_noticed(form, table, header, read, rules)))


@dataclass(slots=True)
class _Draft:
    """A regular sheet in the making."""

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    absent: set[tuple[int, int]] = field(default_factory=set)

    def put(self, row: int, column: int, piece: Piece) -> None:
        self.values[cell_name(row, column)] = piece.text
        self.places[row, column] = piece.place

    def cell(self, row: int, column: int, piece: Piece | None, line: ReadRow) -> None:
        """A figure, or a blank; where that has no place of its own it is that of its row."""
        near = (*line.row.labels[-1:], *line.row.cells[:1])
        where = piece or next(iter(near), None)
        if where is not None:
            self.places[row, column] = where.place
        if piece is not None and piece.text:
            self.values[cell_name(row, column)] = document_value(piece.text)


def _noticed(
    form: Form, table: Table, header: FlatHeader, read: Sequence[ReadRow], rules: RowRules
) -> Iterator[Finding]:
    cut: dict[frozenset[int], list[ReadRow]] = {}
    for line in read:
        if line.row.leaf is None:
            continue
        if line.doubtful or line.chosen:
            yield _readings_note(form, table, header, line, rules)
        elif line.absent:
            cut.setdefault(line.absent, []).append(line)
    for absent, alike in cut.items():
        names = "、".join(header.leaves[index].label for index in sorted(absent))
        where = CellRef(*_place(alike[0]), label=form.title_of(table))
        ids = tuple(
            table.cell_id(line.row.leaf, header.leaves[index])
            for line in alike
            for index in sorted(absent)
            if line.row.leaf is not None
        )
        yield finding("ROWS-CUT", where, cells=ids, count=len(alike), columns=names)


def _readings_note(form: Form, table: Table, header: FlatHeader, line: ReadRow, rules: RowRules) -> Finding:
    leaf = line.row.leaf
    ids = tuple(table.cell_id(leaf, column) for column in header.leaves) if leaf is not None else ()
    label = in_words(form.title_of(table), leaf.label if leaf is not None else "")
    where = CellRef(*_place(line), ids[0] if ids else None, label)
    return finding(
        "ROW-READINGS" if line.doubtful else "READING-CHOSEN",
        where,
        cells=ids,
        count=len(line.row.figures),
        figures=" ".join(piece.text for piece in line.row.figures),
        columns=len(header.leaves),
        rules="、".join(rules.names),
    )


def _place(line: ReadRow) -> tuple[str, str]:
    pieces = (*line.row.labels[-1:], *line.row.cells)
    return pieces[0].place
