"""Legacy ``.xls`` and WPS ``.et`` (BIFF8 and BIFF5 in an OLE file) as a grid, through xlrd.

xlrd gives values but no formulas. It is not written for hostile files: its input is surveyed first
(:mod:`xltools.reading.workbooks.biff`), and whatever it raises means that the file is damaged.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.text import Text
from xltools.excel.a1 import absolute, absolute_range, cell_name, quote_sheet, range_name
from xltools.excel.limits import MAX_COMPUTABLE, MAX_EXACT_NUMBER
from xltools.excel.values import ErrorValue, Value
from xltools.reading.grid import Grid, Sheet
from xltools.reading.package import MAX_PART, damaged, unsafe
from xltools.reading.workbooks.biff import BiffFacts, survey

if TYPE_CHECKING:
    from xlrd.book import Book

_STREAMS = ("Workbook", "Book")
_VISIBILITY = ("visible", "hidden", "veryHidden")
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_FORMULAS_UNREAD = (
    "这是旧版 .xls 或 .et 格式，其中的公式读不出，合计格只核对了数值",
    "formulas of the old .xls or .et format cannot be read; of totals only the figures were checked",
)


_DAMAGED = Text("旧版 .xls（Excel 97-2003）文件已损坏", "the .xls file (Excel 97-2003) is damaged")


def read_xls(data: bytes, name: str, digest: str) -> Grid:
    """The workbook in the bytes of an OLE file.

    Raises:
        UnreadableFileError: no workbook in it, encrypted, damaged or unsafe.
    """
    if len(data) > MAX_PART:
        raise unsafe(
            "旧版 .xls 文件超过 16 MB", "a file in the old .xls format must not be larger than 16 MB"
        )
    try:
        facts = survey(_workbook_stream(data))
        book = _open(data)
    except UnreadableFileError:
        raise
    except (Exception, RecursionError) as error:  # noqa: BLE001 - a foreign parser on hostile bytes raises anything
        raise damaged(_DAMAGED.zh, f"{_DAMAGED.en} ({type(error).__name__})") from None
    try:
        return _grid(book, facts, name, digest, has_macros=_has_macros(data))
    except ValueError as error:  # a merge or a name that lies outside the sheet
        raise damaged(_DAMAGED.zh, f"{_DAMAGED.en} ({error})") from None


def _workbook_stream(data: bytes) -> bytes:
    """The stream that holds the workbook, put together from its sectors."""
    from xlrd.compdoc import CompDoc  # noqa: PLC0415 - only for the few files in this format

    container = CompDoc(data, logfile=io.StringIO())
    for stream in _STREAMS:
        content = container.get_named_stream(stream)
        if content is not None:
            return bytes(content)
    raise damaged("里面没有工作簿", "it holds no workbook")


def _open(data: bytes) -> Book:
    import xlrd  # noqa: PLC0415 - only for the few files in this format

    book: Book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
    )
    return book


def _has_macros(data: bytes) -> bool:
    return "_VBA_PROJECT".encode("utf-16-le") in data


def _grid(book: Book, facts: BiffFacts, name: str, digest: str, *, has_macros: bool) -> Grid:
    zh, en = _FORMULAS_UNREAD
    notes = [finding("FILE-CELLS-SKIPPED", detail_zh=zh, detail_en=en)]
    if has_macros:
        notes.insert(0, finding("FILE-MACROS"))
    sheets = tuple(_sheet(sheet, facts) for sheet in book.sheets())
    if not sheets:
        raise damaged("工作簿里没有工作表", "it contains no worksheets")
    unlocked = (n for n, style in enumerate(book.xf_list) if not style.protection.cell_locked)
    return Grid(
        file=name,
        sha256=digest,
        sheets=sheets,
        names=dict(_names(book)),
        unlocked_styles=frozenset(unlocked),
        date_styles=frozenset(_date_styles(book)),
        structure_protected=facts.structure_protected,
        date_1904=bool(book.datemode),
        notes=tuple(notes),
        has_formulas=False,
    )


def _date_styles(book: Book) -> Iterator[int]:
    """Styles that show a number as a date; xlrd has told number formats apart by what they show."""
    from xlrd.biffh import FDT  # noqa: PLC0415 - loaded already

    for number, style in enumerate(book.xf_list):
        shown = book.format_map.get(style.format_key)
        if shown is not None and shown.type == FDT:
            yield number


def _sheet(sheet: Any, facts: BiffFacts) -> Sheet:
    values: dict[str, Value] = {}
    styles: dict[str, int] = {}
    for row in range(sheet.nrows):
        kinds, contents = sheet.row_types(row), sheet.row_values(row)
        for column, kind in enumerate(kinds):
            if kind == 0:  # nothing in the file
                continue
            place = cell_name(row, column)
            styles[place] = sheet.cell_xf_index(row, column)
            value = _value(kind, contents[column])
            if value is not None:
                values[place] = value
    return Sheet(
        name=sheet.name,
        values=values,
        styles=styles,
        merges=tuple(
            range_name(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
        ),
        hidden_rows=tuple(sorted(row for row, info in sheet.rowinfo_map.items() if info.hidden)),
        hidden_columns=tuple(sorted(column for column, info in sheet.colinfo_map.items() if info.hidden)),
        visibility=_VISIBILITY[min(sheet.visibility, 2)],
        protected=facts.protected_sheets[sheet.number],
    )


def _value(kind: int, content: Any) -> Value:
    """A cell of xlrd as ours; whole numbers become int, dates stay the numbers they are."""
    import xlrd  # noqa: PLC0415 - loaded already

    if kind == _TEXT:
        return str(content)
    if kind in (_NUMBER, _DATE):
        number = float(content)
        if not abs(number) < MAX_COMPUTABLE:  # nor is nan
            return ErrorValue("#NUM!")
        whole = number.is_integer() and abs(number) < MAX_EXACT_NUMBER
        return int(number) if whole else number
    if kind == _BOOLEAN:
        return bool(content)
    if kind == _ERROR:
        return ErrorValue(xlrd.error_text_from_code.get(content, "#VALUE!"))
    return None


def _names(book: Book) -> Iterator[tuple[str, str]]:
    """Workbook-level names of cells and ranges, with references as formulas write them."""
    sheet_names = book.sheet_names()
    for entry in book.name_obj_list:
        result = entry.result
        if entry.builtin or entry.scope != -1 or result is None or not isinstance(result.value, list):
            continue
        for place in result.value[:1]:
            sheet, after, top, bottom, left, right = place.coords
            if after != sheet + 1 or not 0 <= sheet < len(sheet_names):
                continue
            single = (bottom, right) == (top + 1, left + 1)
            reference = absolute(top, left) if single else absolute_range(top, left, bottom - 1, right - 1)
            yield entry.name, f"{quote_sheet(sheet_names[sheet])}!{reference}"
