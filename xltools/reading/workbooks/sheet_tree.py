"""One worksheet through an XML parser: slower than ``sheet_fast``, but for any well-formed part.

Source: ECMA-376 part 1, 18.3 (worksheets). Strict and transitional namespaces, any prefix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import cell_name, parse_cell
from xltools.excel.limits import MAX_COLUMNS, MAX_ROWS
from xltools.excel.values import Value
from xltools.reading.package import unsafe
from xltools.reading.workbooks.cell_values import to_value, unusable
from xltools.reading.workbooks.shared_formula import shift
from xltools.reading.workbooks.sheet_parts import (
    MAX_CELLS,
    MAX_MERGES,
    SheetContent,
    hidden_column_numbers,
)
from xltools.reading.xml_text import MAX_DEPTH, is_true, local_name, new_parser, parse

MAX_SHARED_TEXT = 1024 * 1024
"""Characters of expanded shared formulas on one sheet: few bytes of file could ask for gigabytes."""
SHARED_COST = 8
"""Characters that expanding the shortest shared formula counts for."""
MAX_SHEET_ELEMENTS = 4 * MAX_CELLS
"""A cell has at most a formula, a value and their like; what else stands in masses only costs time."""
MAX_NOTES = 20
"""Notes of one sheet; how many more there were is said in the last one."""

_CELL = "worksheet/sheetData/row/c"
_LEAVES = frozenset({f"{_CELL}/f", f"{_CELL}/v", f"{_CELL}/is/t", f"{_CELL}/is/r/t"})
_REFERENCE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_DIGITS = re.compile(r"[0-9]{1,9}")

Attributes = dict[str, str]


class SheetTree:
    """Collects a sheet from parser events; used once, by :func:`read_tree`."""

    def __init__(self, sheet: str, strings: Sequence[str], limit: int) -> None:
        self.sheet = sheet
        self.limit = limit
        self.strings = strings
        self.values: dict[str, Value] = {}
        self.formulas: dict[str, str] = {}
        self.styles: dict[str, int] = {}
        self.merges: list[str] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[Attributes] = []
        self.protected = False
        self.notes: list[Finding] = []
        self.noted = 0
        self.cells = 0
        self._elements = 0
        self._places = [""]
        self._text: list[str] = []
        self._row = -1
        self._column = -1
        self._cell: Attributes = {}
        self._formula: Attributes | None = None
        self._formula_text = ""
        self._value: str | None = None
        self._seen: set[str] = set()
        self._masters: dict[str, tuple[str, int, int]] = {}
        self._shared_text = 0
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "worksheet/cols/col": self._start_col,
            "worksheet/sheetProtection": self._start_protection,
            "worksheet/mergeCells/mergeCell": self._start_merge,
            "worksheet/sheetData/row": self._start_row,
            _CELL: self._start_cell,
            f"{_CELL}/f": self._start_formula,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        place = f"{self._places[-1]}/{local_name(name)}" if self._places[-1] else local_name(name)
        self._elements += 1
        if len(self._places) > MAX_DEPTH or self._elements > MAX_SHEET_ELEMENTS:
            raise unsafe("标记过多或嵌套过深", "its markup has too many elements or is nested too deeply")
        self._places.append(place)
        handler = self._starts.get(place)
        if handler is not None:
            handler(attributes)

    def data(self, text: str) -> None:
        """Text inside an element; only that of formulas and values is wanted."""
        if self._places[-1] in _LEAVES:
            self._text.append(text)

    def end(self, _name: str) -> None:
        """An element ends."""
        place = self._places.pop()
        if place in _LEAVES:
            text = "".join(self._text)
            self._text.clear()
            if place.endswith("/f"):
                self._formula_text = text
            elif place.endswith("/v"):
                self._value = text
            else:
                self._value = (self._value or "") + text
        elif place == _CELL:
            self._end_cell()

    def _start_col(self, given: Attributes) -> None:
        if is_true(given.get("hidden")):
            if len(self.hidden_columns) >= MAX_COLUMNS:
                raise unsafe("列的设置过多", "it lists more columns than a sheet has")
            self.hidden_columns.append(given)

    def _start_protection(self, given: Attributes) -> None:
        self.protected = is_true(given.get("sheet"))

    def _start_merge(self, given: Attributes) -> None:
        if len(self.merges) >= MAX_MERGES:
            raise unsafe("合并单元格过多", "it has too many merged cells")
        self.merges.append(given.get("ref", ""))

    def _start_row(self, given: Attributes) -> None:
        self._count()
        self._column = -1
        number = given.get("r", "")
        known = _DIGITS.fullmatch(number) and 1 <= int(number) <= MAX_ROWS
        self._row = int(number) - 1 if known else self._row + 1
        if is_true(given.get("hidden")):
            self.hidden_rows.add(self._row)

    def _start_cell(self, given: Attributes) -> None:
        self._count()
        self._cell, self._formula, self._formula_text, self._value = given, None, "", None

    def _start_formula(self, given: Attributes) -> None:
        self._formula = given

    def _count(self) -> None:
        self.cells += 1
        if self.cells > self.limit:
            raise unsafe("单元格过多", "it has too many cells")

    def _end_cell(self) -> None:
        place = self._position()
        if place is None:
            return
        row, column = place
        reference = cell_name(row, column)
        if reference in self._seen:
            self._note(
                reference,
                f"单元格 {reference} 在文件中出现两次，以后一个为准",
                f"cell {reference} stands in the file twice; the later one counts",
            )
            self.values.pop(reference, None)
            self.formulas.pop(reference, None)
            self.styles.pop(reference, None)
        self._seen.add(reference)
        style = self._cell.get("s", "")
        if _DIGITS.fullmatch(style):
            self.styles[reference] = int(style)
        formula = self._formula_at(reference, row, column)
        if formula is not None:
            self.formulas[reference] = formula
        self._keep_value(reference, has_formula=formula is not None)

    def _position(self) -> tuple[int, int] | None:
        """Row and column of the cell; None (with a note) where it lies outside the sheet."""
        given = self._cell.get("r", "").upper()
        row, column = self._row, self._column + 1
        if given and _REFERENCE.fullmatch(given):
            try:
                row, column = parse_cell(given)
            except ValueError:
                column = MAX_COLUMNS
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            self._note(
                None,
                f"略过工作表范围以外的单元格（{given[:12]}）",
                f"a cell outside the sheet was left out ({given[:12]})",
            )
            return None
        self._column = column
        return row, column

    def _formula_at(self, reference: str, row: int, column: int) -> str | None:
        """The cell's formula text; None where it has none."""
        given = self._formula
        if given is None:
            return None
        text = self._formula_text
        if given.get("t") != "shared":
            return text or None
        index = given.get("si", "")
        if text:
            self._masters[index] = (text, row, column)
            return text
        if index not in self._masters:
            self._note(
                reference,
                f"单元格 {reference} 的共享公式缺少原文",
                f"the shared formula of cell {reference} has no text",
            )
            return ""
        text, top, left = self._masters[index]
        self._shared_text += len(text) + SHARED_COST
        if self._shared_text > MAX_SHARED_TEXT:
            raise unsafe("共享公式展开后过长", "its shared formulas expand to too much text")
        return shift(text, row - top, column - left)

    def _keep_value(self, reference: str, *, has_formula: bool) -> None:
        """Store the cell's value; text that is no value of its type becomes an error, with a note."""
        kind, text = self._cell.get("t", "n"), self._value
        if kind == "inlineStr" and text is not None:
            self.values[reference] = to_value(kind, text, ())
        elif not text:
            # an empty result: "" where the writer gave an (empty) value, else not calculated yet
            if has_formula and (text is not None or kind == "str"):
                self.values[reference] = ""
        else:
            value = to_value(kind, text, self.strings)
            if value is None:
                value = unusable(text)
                self._note(
                    reference,
                    f"单元格 {reference} 的内容“{text[:40]}”不是有效的值，按错误值处理",
                    f"the content {text[:40]!r} of cell {reference} is no valid value; taken as an error",
                )
            self.values[reference] = value

    def _note(self, reference: str | None, zh: str, en: str) -> None:
        self.noted += 1
        if self.noted <= MAX_NOTES:
            place = CellRef(self.sheet, reference)
            self.notes.append(finding("FILE-CELLS-SKIPPED", place, detail_zh=zh, detail_en=en))

    def all_notes(self) -> tuple[Finding, ...]:
        """The notes, with a last one that counts those beyond the limit."""
        more = self.noted - MAX_NOTES
        if more > 0:
            zh, en = f"同类问题还有 {more} 处", f"and {more} more like these"
            last = finding("FILE-CELLS-SKIPPED", CellRef(self.sheet), detail_zh=zh, detail_en=en)
            return (*self.notes, last)
        return tuple(self.notes)


def read_tree(
    text: str, part: str, sheet: str, strings: Sequence[str], limit: int = MAX_CELLS
) -> SheetContent:
    """The content of a worksheet part of at most ``limit`` cells.

    Raises UnreadableFileError where it is malformed or unsafe.
    """
    tree = SheetTree(sheet, strings, limit)
    parser = new_parser()
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.data
    parse(parser, text, part)
    return SheetContent(
        values=tree.values,
        formulas=tree.formulas,
        styles=tree.styles,
        merges=tuple(tree.merges),
        hidden_rows=tuple(sorted(tree.hidden_rows)),
        hidden_columns=hidden_column_numbers(tree.hidden_columns),
        protected=tree.protected,
        cells=tree.cells,
        notes=tree.all_notes(),
    )
