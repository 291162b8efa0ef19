"""The parts of a rendered workbook, and how to write those again that differ.

Every piece of XML comes from the XlsxWriter method that also writes it in a full rendering.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from xlsxwriter.core import Core
from xlsxwriter.worksheet import Worksheet

from xltools.excel.values import Value
from xltools.layout.plan import PlannedCell, WorkbookPlan
from xltools.writing.master_cells import SheetChange, constant_text
from xltools.writing.members import Member, join_archive, split_archive
from xltools.writing.strict import PlainStrings, WritingError
from xltools.writing.workbook import document_properties

_CORE, _TEXTS = "docProps/core.xml", "xl/sharedStrings.xml"
_SHEET = "xl/worksheets/sheet{}.xml"
_TEXT = re.compile(r"<si>.*?</si>", re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)


class Look(NamedTuple):
    """A format as far as the element of a cell needs it: its index."""

    style: int

    def _get_xf_index(self) -> int:
        return self.style


# XlsxWriter knows the kind of a cell by the name of its type.
class Number(NamedTuple):
    """A number as XlsxWriter keeps it."""

    number: Value
    format: Look


class Formula(NamedTuple):
    """A formula with its result as XlsxWriter keeps it."""

    formula: str
    format: Look
    value: Value


class Blank(NamedTuple):
    """A blank with a format as XlsxWriter keeps it."""

    format: Look


class MasterParts:
    """The parts of the workbook ``data`` that ``plan`` was rendered to."""

    def __init__(self, plan: WorkbookPlan, data: bytes) -> None:
        self._members = split_archive(data)
        self._number = {member.name: number for number, member in enumerate(self._members)}
        texts = [text for sheet in plan.sheets for cell in sheet.cells if (text := constant_text(cell))]
        self._uses = Counter(texts)
        self._rank = {text: rank for rank, text in enumerate(self._uses)}
        self._head, self._texts, self._tail = _split_texts(self._part(_TEXTS))
        if f' count="{len(texts)}" uniqueCount="{len(self._texts)}">' not in self._head or len(
            self._uses
        ) != len(self._texts):
            raise WritingError("the texts of the master are not those of its plan")
        self._sheets: dict[int, _SheetXml] = {}
        self._written: dict[int, tuple[SheetChange, Member]] = {}

    def with_changes(self, plan: WorkbookPlan, changes: Mapping[int, SheetChange]) -> bytes | None:
        """The workbook of ``plan``, whose sheets differ by ``changes`` (by their number from 0).

        None where a text would now be shared by other cells than in the master.
        """
        texts = self._changed_texts(list(chain.from_iterable(change.texts for change in changes.values())))
        if texts is None:
            return None
        members = list(self._members)
        self._replace(members, _CORE, _core_xml(plan))
        self._replace(members, _TEXTS, "".join((self._head, *texts, self._tail)))
        for number, change in changes.items():
            if change.cells:
                members[self._number[_SHEET.format(number + 1)]] = self._sheet_member(number, change)
        return join_archive(members)

    def _part(self, name: str) -> str:
        return self._members[self._number[name]].content().decode()

    def _replace(self, members: list[Member], name: str, content: str) -> None:
        number = self._number[name]
        members[number] = members[number].holding(content.encode())

    def _changed_texts(self, pairs: Sequence[tuple[str, str]]) -> list[str] | None:
        """The table of texts with some replaced, None unless every cell keeps its place in it.

        Equal texts stand in the table once. A text may be replaced where all its cells change to one
        and the same new text, and where that is not the text of any other cell.
        """
        new: dict[str, str] = {}
        for old, text in pairs:
            if new.setdefault(old, text) != text:
                return None
        changed = Counter(old for old, _ in pairs)
        if any(self._uses[old] != count for old, count in changed.items()):
            return None
        if len(set(new.values())) < len(new) or any(t in self._uses and t not in new for t in new.values()):
            return None
        texts = self._texts.copy()
        for old, text in new.items():
            texts[self._rank[old]] = _text_xml(text)
        return texts

    def _sheet_member(self, number: int, change: SheetChange) -> Member:
        """The part of a sheet with cells written again; kept, since neighbours often share a change."""
        known = self._written.get(number)
        if known is not None and known[0] is change:
            return known[1]
        if number not in self._sheets:
            self._sheets[number] = _SheetXml(self._part(_SHEET.format(number + 1)))
        member = self._members[self._number[_SHEET.format(number + 1)]]
        written = member.holding(self._sheets[number].with_cells(change.cells).encode())
        self._written[number] = (change, written)
        return written


class _SheetXml:
    """The XML of a sheet, and where in it every cell stands."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        self._cells = {match[1]: (match.start(), match.end(), int(match[2])) for match in _CELL.finditer(xml)}
        self._writer = _CellWriter()

    def with_cells(self, cells: Iterable[PlannedCell]) -> str:
        """The XML with these cells written again, in whatever order they are planned."""
        pieces: list[str] = []
        at = 0
        for (start, end, style), cell in sorted(
            ((self._cells[cell.a1], cell) for cell in cells), key=lambda pair: pair[0]
        ):
            pieces += (self._xml[at:start], self._writer.xml(cell, style))
            at = end
        return "".join((*pieces, self._xml[at:]))


class _CellWriter:
    """One cell's element, written by XlsxWriter's own method."""

    def __init__(self) -> None:
        self._sheet: Any = Worksheet()

    def xml(self, cell: PlannedCell, style: int) -> str:
        """The element of a number, a blank or a formula with the format of this index."""
        look = Look(style)
        content: Number | Formula | Blank
        if cell.formula is not None:
            content = Formula(self._sheet._prepare_formula(f"={cell.formula}"), look, cell.value)
        elif cell.value is None or cell.value == "":
            content = Blank(look)
        else:
            content = Number(cell.value, look)
        target = io.StringIO()
        self._sheet._set_filehandle(target)
        self._sheet._write_cell(cell.row, cell.column, content)
        return target.getvalue()


def _split_texts(xml: str) -> tuple[str, list[str], str]:
    """The table of texts: what stands before its entries, the entries, and what follows."""
    texts = _TEXT.findall(xml)
    return xml[: xml.index("<si>")], texts, xml[xml.rindex("</si>") + len("</si>") :]


def _text_xml(text: str) -> str:
    target = io.StringIO()
    strings = PlainStrings()
    strings._set_filehandle(target)
    strings._write_si(text)
    return target.getvalue()


def _core_xml(plan: WorkbookPlan) -> str:
    target = io.StringIO()
    core = Core()
    core._set_filehandle(target)
    core._set_properties(document_properties(plan))
    core._assemble_xml_file()
    return target.getvalue()
