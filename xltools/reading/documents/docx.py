"""A ``.docx`` document as a grid, read from its main part in one bounded pass.

Fields, comments, footnotes, page headers, what tracked changes deleted and what is struck out are left out.

Source: ECMA-376 part 1, 17.3 (paragraphs and runs), 17.4 (tables), 17.13.5 (revisions).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from xltools.reading.documents.blocks import CellBlock, TableBlock, pour
from xltools.reading.documents.document import MAX_DOCUMENT_CELLS, MAX_TABLE_WIDTH, DocumentBuilder, no_report
from xltools.reading.documents.shifted_digits import LEVEL, LOWERED, RAISED
from xltools.reading.grid import Grid
from xltools.reading.package import Package, read_part, unsafe
from xltools.reading.workbooks.workbook_parts import read_relations
from xltools.reading.xml_text import MAX_DEPTH, decode, is_true, new_parser, parse

MAX_ELEMENTS = 300_000
"""A report has some tens of thousands."""

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_SKIPPED = frozenset(
    ("del", "moveFrom", "delText", "instrText", "rubyPr", "rt", "tblGrid", "sectPr", "pPr", "tblPr", "sdtPr")
) | {"rPrChange", "tcPrChange", "trPrChange"}
_HIDING = ("vanish", "strike", "dstrike")
_SHIFTED = {"superscript": RAISED, "subscript": LOWERED}
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_FORMULA = "/math oMath"
_FORMULA_MARK = "[公式]"
"""Stands for a formula: its runs alone would make 12 of a half, and nothing at all an empty cell."""
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NUMBER = re.compile("[0-9]{1,5}")

Attributes = dict[str, str]


@dataclass(slots=True)
class _Row:
    """A row with the way its cells continue those above: ``merges`` is ``restart``, ``continue`` or empty."""

    before: int = 0
    deleted: bool = False
    cells: list[CellBlock] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    block: TableBlock = field(default_factory=TableBlock)
    rows: list[_Row] = field(default_factory=list)


def is_word_document(package: Package) -> bool:
    """Whether the zip holds a Word document."""
    return any(name.startswith("word/") for name in package.entries)


def read_docx(package: Package, name: str) -> Grid:
    """The texts and tables of a Word document; raises UnreadableFileError where it is damaged or unsafe."""
    part = _main_part(package)
    data = read_part(package, part)
    if data is None:
        raise no_report("文档里缺少正文部分", "it lacks its main part")
    reader = _Reader()
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parse(parser, decode(data, part), part)
    document = DocumentBuilder()
    pour(reader.root, document)
    return document.build(name, package.sha256)


def _main_part(package: Package) -> str:
    for relation in read_relations(package, "").values():
        if relation.kind == "officeDocument" and relation.target.lower().endswith(".xml"):
            return relation.target
    return "word/document.xml"


class _Reader:
    """Collects a document from parser events."""

    def __init__(self) -> None:
        self.root = CellBlock()
        self._count = self._depth = self._skipped = 0
        self._tables: list[_Table] = []
        self._paragraphs: list[list[str]] = []
        self._is_text = False
        self._run_hidden = False
        self._digits = LEVEL
        self._in_row_properties = False
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "p": lambda _given: self._paragraphs.append([]),
            "t": lambda _given: self._set_text(on=True),
            "r": lambda _given: self._start_run(),
            **dict.fromkeys(_HIDING, self._start_hiding),
            "vertAlign": lambda given: self._set_digits(_SHIFTED.get(_value(given), LEVEL)),
            "tbl": lambda _given: self._start_table(),
            "tr": lambda _given: self._start_row(),
            "tc": lambda _given: self._start_cell(),
            "gridSpan": self._start_span,
            "gridBefore": self._start_before,
            "vMerge": self._start_merge,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "t": lambda: self._set_text(on=False),
            "tbl": self._end_table,
        }

    def start(self, name: str, given: Attributes) -> None:
        """An element begins."""
        self._count += 1
        self._depth += 1
        if self._count > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise unsafe("标记过多或嵌套过深", "it has too many or too deep elements")
        local = _local(name)
        if local == "del" and self._in_row_properties:
            self._row().deleted = True
        if self._skipped or local in _SKIPPED or name == _FALLBACK:
            self._skipped += 1
            return
        if local == "trPr":
            self._in_row_properties = True
        elif local in _MARKS and self._paragraphs and not self._run_hidden:
            self._paragraphs[-1].append(_MARKS[local])
        elif local.endswith(_FORMULA) and self._paragraphs:
            self._paragraphs[-1].append(_FORMULA_MARK)
        elif (handler := self._starts.get(local)) is not None:
            handler(given)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            return
        local = _local(name)
        if local == "trPr":
            self._in_row_properties = False
        if (handler := self._ends.get(local)) is not None:
            handler()

    def data(self, text: str) -> None:
        """Text; only that of runs is wanted."""
        if self._is_text and not self._skipped and not self._run_hidden and self._paragraphs:
            self._paragraphs[-1].append(text.translate(self._digits))

    def _set_text(self, *, on: bool) -> None:
        self._is_text = on

    def _start_run(self) -> None:
        self._run_hidden, self._digits = False, LEVEL

    def _start_hiding(self, given: Attributes) -> None:
        self._run_hidden |= is_true(_value(given) or "1")

    def _set_digits(self, digits: dict[int, int]) -> None:
        self._digits = digits

    def _start_table(self) -> None:
        table = _Table()
        self._cell().content.append(table.block)
        self._tables.append(table)

    def _start_row(self) -> None:
        if self._tables:
            self._tables[-1].rows.append(_Row())

    def _start_cell(self) -> None:
        row = self._row()
        row.cells.append(CellBlock())
        row.merges.append("")

    def _row(self) -> _Row:
        """The row at work; outside of rows one that belongs to nothing."""
        rows = self._tables[-1].rows if self._tables else []
        return rows[-1] if rows else _Row()

    def _cell(self) -> CellBlock:
        """The cell at work, or the document itself."""
        cells = self._row().cells
        return cells[-1] if cells else self.root

    def _start_span(self, given: Attributes) -> None:
        self._cell().columns = _number(given)

    def _start_before(self, given: Attributes) -> None:
        self._row().before = _number(given, least=0)

    def _start_merge(self, given: Attributes) -> None:
        merges = self._row().merges
        if merges:
            merges[-1] = _value(given) or "continue"

    def _end_paragraph(self) -> None:
        self._cell().content.append("".join(self._paragraphs.pop()))

    def _end_table(self) -> None:
        table = self._tables.pop()
        table.block.rows = _laid_out([row for row in table.rows if not row.deleted])
        table.block.finish(self._tables[-1].block if self._tables else None)


def _laid_out(rows: list[_Row]) -> list[list[CellBlock]]:
    """The rows, with cells that continue one above joined to it."""
    begun: dict[int, tuple[int, CellBlock]] = {}
    made: list[list[CellBlock]] = []
    count = 0
    for number, row in enumerate(rows):
        made.append([CellBlock(row.before)] if row.before else [])
        column = row.before
        for cell, merge in zip(row.cells, row.merges, strict=True):
            count += cell.columns
            if column + cell.columns > MAX_TABLE_WIDTH or count > MAX_DOCUMENT_CELLS:
                raise unsafe("表格的行列过多", "a table has too many rows or columns")
            if merge == "continue" and column in begun:
                top, first = begun[column]
                first.rows = number - top + 1
            else:
                begun.pop(column, None)
                made[number].append(cell)
                if merge:
                    begun[column] = (number, cell)
            column += cell.columns
    return made


def _local(name: str) -> str:
    """The local name of an element of WordprocessingML; others keep their namespace."""
    return next((name[len(uri) :] for uri in _NAMESPACES if name.startswith(uri)), name)


def _value(given: Attributes) -> str:
    return next((value for name, value in given.items() if name.endswith(" val")), "")


def _number(given: Attributes, *, least: int = 1) -> int:
    value = _value(given)
    return max(least, int(value)) if _NUMBER.fullmatch(value) else least
