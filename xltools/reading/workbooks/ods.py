"""An untrusted ``.ods`` spreadsheet as a grid, read from its ``content.xml`` in one bounded pass.

Source: OpenDocument 1.3 part 3, 3.1 (document), 9.1 (tables), 9.4.12 (names), 17.18 (cell protection).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xltools.diagnostics.catalog import finding
from xltools.reading.grid import Grid
from xltools.reading.package import Package, damaged, read_entry, read_part, unsafe
from xltools.reading.workbooks.ods_formula import reference, to_excel
from xltools.reading.workbooks.ods_password import is_encrypted, read_protected
from xltools.reading.workbooks.ods_table import OFFICE, STYLE, TABLE, TEXT, Attributes, TableBuilder
from xltools.reading.workbooks.ods_values import NULL_DATE
from xltools.reading.workbooks.sheet_parts import MAX_CELLS
from xltools.reading.workbooks.workbook_parts import MAX_NAMES, MAX_SHEETS
from xltools.reading.xml_text import MAX_DEPTH, decode, new_parser, parse

MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_ELEMENTS = 2 * MAX_CELLS
MAX_SPACES = 1_000_000
"""Characters of repeated spaces: few bytes of file could ask for gigabytes."""

_CONTENT, _STYLES = "content.xml", "styles.xml"
_SPACE, _TAB, _BREAK = "\1", "\2", "\3"  # XML cannot contain these
_MARKS = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})
_WHITE = re.compile(r"[ \t\r\n]+")

_ROWS, _COLUMNS = (
    frozenset({f"{TABLE}table{name}" for name in names})
    for names in (
        ("-row", "-rows", "-header-rows", "-row-group"),
        ("-column", "-columns", "-header-columns", "-column-group"),
    )
)
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_PARAGRAPH = frozenset({f"{TEXT}p", f"{TEXT}h"})
_INLINE = frozenset(
    f"{TEXT}{name}"
    for name in ("span", "a", "s", "tab", "line-break", "ruby", "ruby-base", "meta", "date", "time", "title")
)
_INSIDE: Mapping[str, frozenset[str]] = {
    "": frozenset({f"{OFFICE}document-content", f"{OFFICE}document-styles"}),
    f"{OFFICE}document-content": frozenset({f"{OFFICE}automatic-styles", f"{OFFICE}body"}),
    f"{OFFICE}document-styles": frozenset({f"{OFFICE}styles"}),
    f"{OFFICE}automatic-styles": frozenset({f"{STYLE}style"}),
    f"{OFFICE}styles": frozenset({f"{STYLE}style"}),
    f"{STYLE}style": frozenset({f"{STYLE}table-cell-properties", f"{STYLE}table-properties"}),
    f"{OFFICE}body": frozenset({f"{OFFICE}spreadsheet"}),
    f"{OFFICE}spreadsheet": frozenset(
        {f"{TABLE}table", f"{TABLE}named-expressions", f"{TABLE}calculation-settings"}
    ),
    f"{TABLE}calculation-settings": frozenset({f"{TABLE}null-date"}),
    f"{TABLE}named-expressions": frozenset({f"{TABLE}named-range", f"{TABLE}named-expression"}),
    f"{TABLE}table": _ROWS | _COLUMNS | {f"{TABLE}table-source"},
    **dict.fromkeys(_COLUMNS, _COLUMNS),
    **dict.fromkeys(_ROWS, _ROWS),
    f"{TABLE}table-row": _CELLS,
    **dict.fromkeys(_CELLS, _PARAGRAPH),
    **dict.fromkeys(_PARAGRAPH | _INLINE, _INLINE),
}
"""What is read inside what; everything else (comments, drawings, tracked changes) is passed over."""


@dataclass(slots=True)
class _Style:
    """A style as it was written: ``protect`` and ``shown`` are None where it says nothing."""

    parent: str
    protect: str | None = None
    shown: bool = True


class _Reader:
    """Collects a document from parser events."""

    def __init__(self) -> None:
        self.styles: dict[str, _Style] = {}
        self.tables: list[TableBuilder] = []
        self.names: dict[str, str] = {}
        self.null_date = NULL_DATE
        self.structure_protected = False
        self.spaces = 0
        self.count = 0
        self._places = [""]
        self._skipped = 0
        self._style = _Style("")
        self._text: list[str] = []
        self._starts: dict[str, Callable[[Attributes], None]] = {
            f"{STYLE}style": self._start_style,
            f"{STYLE}table-cell-properties": self._start_cell_properties,
            f"{STYLE}table-properties": self._start_table_properties,
            f"{OFFICE}spreadsheet": self._start_spreadsheet,
            f"{TABLE}null-date": self._start_null_date,
            f"{TABLE}named-range": self._start_name,
            f"{TABLE}named-expression": self._start_name,
            f"{TABLE}table": self._start_table,
            f"{TEXT}s": self._start_spaces,
            f"{TEXT}tab": lambda _given: self._text.append(_TAB),
            f"{TEXT}line-break": lambda _given: self._text.append(_BREAK),
        }

    def start(self, name: str, given: Attributes) -> None:
        """An element begins."""
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self._places) + self._skipped > MAX_DEPTH:
            raise unsafe("标记过多或嵌套过深", "it has too many or too deep elements")
        if self._skipped or name not in _INSIDE.get(self._places[-1], ()):
            self._skipped += 1
            return
        self._places.append(name)
        handler = self._starts.get(name)
        if handler is not None:
            handler(given)
        elif self.tables:
            self.tables[-1].start(name, given)

    def data(self, text: str) -> None:
        """Text; only that of paragraphs in cells is wanted."""
        if not self._skipped and self._places[-1].startswith(TEXT):
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        self._places.pop()
        if name in _PARAGRAPH:
            text = _WHITE.sub(" ", "".join(self._text)).lstrip(" ").translate(_MARKS)
            self._text.clear()
            self.tables[-1].paragraph(text)
        elif self.tables:
            self.tables[-1].end(name, self.null_date)

    def _start_style(self, given: Attributes) -> None:
        self._style = _Style(given.get(f"{STYLE}parent-style-name", ""))
        self.styles[f"{given.get(f'{STYLE}family', '')} {given.get(f'{STYLE}name', '')}"] = self._style

    def _start_cell_properties(self, given: Attributes) -> None:
        self._style.protect = given.get(f"{STYLE}cell-protect")

    def _start_table_properties(self, given: Attributes) -> None:
        self._style.shown = given.get(f"{TABLE}display", "true") != "false"

    def _start_spreadsheet(self, given: Attributes) -> None:
        self.structure_protected = given.get(f"{TABLE}structure-protected") == "true"

    def _start_null_date(self, given: Attributes) -> None:
        text = given.get(f"{TABLE}date-value", "")
        try:
            self.null_date = datetime.date.fromisoformat(text[:10])
        except ValueError:
            raise damaged("起始日期有误", "its day 0 is no date") from None

    def _start_name(self, given: Attributes) -> None:
        name = given.get(f"{TABLE}name", "")
        place = given.get(f"{TABLE}cell-range-address")
        text = reference(place) if place is not None else to_excel(given.get(f"{TABLE}expression", ""))
        if name and not name.startswith("_xlnm"):
            self.names.setdefault(name, text)
        if len(self.names) > MAX_NAMES:
            raise unsafe("名称过多", "it has too many defined names")

    def _start_table(self, given: Attributes) -> None:
        if len(self.tables) >= MAX_SHEETS:
            raise unsafe("工作表过多", "it has too many sheets")
        before = self.tables[-1].written if self.tables else (0, 0)
        self.tables.append(TableBuilder(given, before))

    def _start_spaces(self, given: Attributes) -> None:
        count = given.get(f"{TEXT}c", "1")
        number = int(count) if re.fullmatch("[0-9]{1,6}", count) else 1
        self.spaces += number
        if self.spaces > MAX_SPACES:
            raise unsafe("空格过多", "it has too many spaces")
        self._text.append(_SPACE * number)


def is_spreadsheet(package: Package) -> bool:
    """Whether the OpenDocument file is a spreadsheet (or its template)."""
    entry = package.entries.get("mimetype")
    return entry is not None and read_entry(package.data, entry, 1_000).strip().startswith(MEDIA_TYPE)


def read_ods(package: Package, name: str, password: str = "") -> Grid:
    """The sheets of a spreadsheet with values, formulas in Excel's grammar, names and protection.

    ``password`` opens it where it is encrypted.

    Raises:
        UnreadableFileError: encrypted and not opened, damaged, or asking for more than a return can need.
    """
    reader = _Reader()
    for part, data in _read_parts(package, password).items():
        _read(reader, decode(data, part), part)
    tables = [table for table in reader.tables if not table.external]
    if not tables:
        raise damaged("里面没有工作表", "it contains no sheets")
    numbers = {style: number for number, style in enumerate(reader.styles)}
    notes = [note for table in tables for note in table.notes.all()]
    if any(key.startswith(("basic/", "scripts/")) and not key.endswith("/") for key in package.entries):
        notes.insert(0, finding("FILE-MACROS"))
    return Grid(
        file=name,
        sha256=package.sha256,
        sheets=tuple(table.sheet(numbers, hidden=_is_hidden(reader.styles, table)) for table in tables),
        names=reader.names,
        unlocked_styles=frozenset(n for style, n in numbers.items() if _is_unlocked(reader.styles, style)),
        date_styles=frozenset(numbers[s] for table in tables for s in table.date_styles if s in numbers),
        structure_protected=reader.structure_protected,
        date_1904=reader.null_date.year == 1904,
        notes=tuple(notes),
    )


def _read_parts(package: Package, password: str) -> dict[str, bytes]:
    """The parts that hold styles and cells, in this order: cell styles rest on the named ones."""
    names = (_STYLES, _CONTENT)
    if is_encrypted(package):
        return read_protected(package, names, password)
    found = ((name, read_part(package, name)) for name in names)
    return {name: data for name, data in found if data is not None}


def _read(reader: _Reader, text: str, part: str) -> None:
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parse(parser, text, part)


def _is_hidden(styles: Mapping[str, _Style], table: TableBuilder) -> bool:
    style = styles.get(f"table {table.style}")
    return style is not None and not style.shown


def _is_unlocked(styles: Mapping[str, _Style], name: str) -> bool:
    """Whether the nearest of a cell style and its parents that says anything leaves its cells open."""
    for _ in range(MAX_DEPTH):
        style = styles.get(name)
        if style is None:
            return False
        if style.protect is not None:
            return style.protect in ("none", "formula-hidden")
        name = f"table-cell {style.parent}"
    return False
