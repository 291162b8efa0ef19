"""An untrusted file as a :class:`~xltools.reading.grid.Grid`: recognised by its content, whatever its name.

``.xlsx`` and ``.xlsm`` are read here; ``.xls``/``.et`` and ``.ods`` by modules loaded when one comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import Finding
from xltools.layout.places import IDENTITY_KIND
from xltools.model.sheet_names import IDENTITY_SHEET, LEDGER_SHEET, LISTING_SHEETS
from xltools.reading.grid import Grid, Sheet, SheetRow
from xltools.reading.inputs import InputFile, as_input
from xltools.reading.ole import decrypt, is_encrypted_package, is_legacy_workbook, is_ole, other_ole_file
from xltools.reading.package import Package, damaged, document, open_package, read_part, unreadable, unsafe
from xltools.reading.workbooks.ledger_part import LedgerContent, read_ledger_part
from xltools.reading.workbooks.sheet_fast import read_fast
from xltools.reading.workbooks.sheet_parts import MAX_CELLS, MAX_TREE_CELLS, UNREAD, SheetContent
from xltools.reading.workbooks.sheet_tree import read_tree
from xltools.reading.workbooks.workbook_parts import (
    Relation,
    SheetEntry,
    read_date_styles,
    read_relations,
    read_shared_strings,
    read_unlocked_styles,
    read_workbook_part,
)
from xltools.reading.xml_text import decode


def read_workbook(source: Path | InputFile, *, open_password: str = "") -> Grid:
    """The sheets of a workbook with values, formulas, styles, names and protection.

    Nothing outside the file is read: external links are not followed and macros are not run.
    ``open_password`` opens workbooks that are encrypted; the others do not need it.

    Raises:
        UnreadableFileError: the file is no workbook, encrypted, damaged or unsafe.
    """
    source = as_input(source)
    data = source.read()
    if is_ole(data):
        return _read_ole(data, source.name, open_password)
    return _read_zip(open_package(data), source.name, open_password)


def _read_ole(data: bytes, name: str, password: str) -> Grid:
    """A legacy workbook, or an encrypted one; ``sha256`` is that of the file as it came."""
    digest = hashlib.sha256(data).hexdigest()
    if is_encrypted_package(data):
        package = open_package(decrypt(data, password))
        return _read_zip(replace(package, sha256=digest), name, password)
    if not is_legacy_workbook(data):
        raise other_ole_file(data)
    from xltools.reading.workbooks.xls import read_xls  # noqa: PLC0415 - most files are not in this format

    try:
        return read_xls(data, name, digest)
    except UnreadableFileError as error:
        if error.code != "FILE-PASSWORD" or not password:
            raise
    return read_xls(decrypt(data, password), name, digest)


def _read_zip(package: Package, name: str, password: str) -> Grid:
    if "encrypted-package" in package.entries:  # how LibreOffice encrypts since version 24.8
        from xltools.reading.workbooks.ods_password import not_supported  # noqa: PLC0415 - as for .xls

        raise not_supported()
    if "content.xml" in package.entries:
        from xltools.reading.workbooks.ods import is_spreadsheet, read_ods  # noqa: PLC0415 - as for .xls

        if is_spreadsheet(package):
            return read_ods(package, name, password)
    return _read_xlsx(package, name)


def _read_xlsx(package: Package, name: str) -> Grid:
    part = _workbook_part(package)
    workbook = read_workbook_part(_text(package, part), part)
    relations = read_relations(package, part)
    strings_part, styles_part = _target(relations, "sharedStrings"), _target(relations, "styles")
    strings: list[str] = []
    if strings_part and strings_part.lower() in package.entries:
        strings = read_shared_strings(_text(package, strings_part), strings_part)
    unlocked: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()
    if styles_part and styles_part.lower() in package.entries:
        styles = _text(package, styles_part)
        unlocked, dates = read_unlocked_styles(styles, styles_part), read_date_styles(styles, styles_part)
    sheets, notes, ledger = _read_sheets(package, workbook.sheets, relations, strings)
    if any(name.endswith("vbaproject.bin") for name in package.entries):
        notes.insert(0, finding("FILE-MACROS"))
    return Grid(
        file=name,
        sha256=package.sha256,
        sheets=tuple(sheets),
        names=workbook.names,
        unlocked_styles=unlocked,
        date_styles=dates,
        structure_protected=workbook.structure_protected,
        date_1904=workbook.date_1904,
        notes=tuple(notes),
        ledger=ledger,
    )


def _workbook_part(package: Package) -> str:
    """The name of the workbook part; raises UnreadableFileError saying what else the zip is."""
    for relation in read_relations(package, "").values():
        name = relation.target.lower()
        if relation.kind == "officeDocument" and "workbook" in name and name.endswith(".xml"):
            return relation.target
    entries = package.entries
    if "xl/workbook.xml" in entries:
        return "xl/workbook.xml"
    if "xl/workbook.bin" in entries:
        zh, en = (
            "这是二进制工作簿（.xlsb），请另存为 .xlsx",
            "it is a binary workbook (.xlsb); save it as .xlsx",
        )
    elif any(name.startswith("word/") for name in entries):
        zh, en = document("Word 文档", "Word document")
    elif any(name.startswith("ppt/") for name in entries):
        zh, en = "这是演示文稿", "it is a presentation"
    elif "content.xml" in entries and "mimetype" in entries:
        zh, en = (
            "这是 OpenDocument 文件，但不是电子表格",
            "it is an OpenDocument file, but no spreadsheet",
        )
    elif "[content_types].xml" in entries:
        zh, en = "文件里缺少工作簿部分", "it lacks its workbook part"
    else:
        zh, en = "这是压缩包，请先解压", "it is a compressed archive; unpack it first"
    raise unreadable("FILE-NOT-WORKBOOK", zh, en)


def _text(package: Package, part: str) -> str:
    """The text of a part that must exist."""
    return decode(_data(package, part), part)


def _data(package: Package, part: str) -> bytes:
    """The inflated bytes of a part that must exist."""
    data = read_part(package, part)
    if data is None:
        raise damaged(f"缺少部件 {part}", f"part {part} is missing")
    return data


def _target(relations: dict[str, Relation], kind: str) -> str | None:
    return next((relation.target for relation in relations.values() if relation.kind == kind), None)


def _read_sheets(
    package: Package, entries: Sequence[SheetEntry], relations: dict[str, Relation], strings: Sequence[str]
) -> tuple[list[Sheet], list[Finding], tuple[SheetRow, ...] | None]:
    """The worksheets in order, notes, and the rows of the ledger where the workbook is a summary.

    The hidden sheet that says so is read first; a ledger may be larger than other sheets may. The lists of
    a summary grow with what was handed in, and nothing is read back from them: they are not parsed, so that
    they take nothing of what the ledger may cost.
    """
    parts = _worksheet_parts(entries, relations)
    contents: dict[str, SheetContent] = {}
    ledger: LedgerContent | None = None
    cells = 0
    is_summary = False
    for part, entry in sorted(parts.items(), key=lambda found: found[1].name != IDENTITY_SHEET):
        if is_summary and entry.name == LEDGER_SHEET and ledger is None:
            ledger = read_ledger_part(package, part, entry.name, strings, cells)
            cells += ledger.cells
            continue
        data = _data(package, part)
        if is_summary and entry.name in LISTING_SHEETS:
            contents[part] = UNREAD
            continue
        content = _read_content(data, part, entry.name, strings, MAX_CELLS - cells)
        cells += content.cells
        if cells > MAX_CELLS:
            raise unsafe("单元格过多", "it has too many cells")
        contents[part] = content
        if entry.name == IDENTITY_SHEET:
            is_summary = content.values.get(IDENTITY_KIND) == "summary"
    sheets = [_sheet(entry, contents[part]) for part, entry in parts.items() if part in contents]
    notes = [note for part in parts if part in contents for note in contents[part].notes]
    return sheets, [*notes, *(ledger.notes if ledger else ())], ledger.rows if ledger else None


def _worksheet_parts(entries: Sequence[SheetEntry], relations: dict[str, Relation]) -> dict[str, SheetEntry]:
    """The worksheets by part; chart, dialog and macro sheets hold no cells and are passed over."""
    parts: dict[str, SheetEntry] = {}
    seen: set[str] = set()
    for entry in entries:
        relation = relations.get(entry.relation)
        if relation is None:
            raise damaged(f"工作表“{entry.name}”没有内容", f"sheet {entry.name!r} has no content")
        if relation.kind != "worksheet":
            continue
        part = relation.target
        # reading one part a thousand times under a thousand names would get round every limit
        if part.lower() in seen:
            raise unsafe("多个工作表指向同一内容", "several sheets share one content")
        seen.add(part.lower())
        parts[part] = entry
    if not parts:
        raise damaged("工作簿里没有工作表", "it contains no worksheets")
    return parts


def _read_content(data: bytes, part: str, sheet: str, strings: Sequence[str], limit: int) -> SheetContent:
    content = read_fast(data, strings)
    if content is not None:
        return content
    return read_tree(decode(data, part), part, sheet, strings, min(limit, MAX_TREE_CELLS))


def _sheet(entry: SheetEntry, content: SheetContent) -> Sheet:
    visibility = entry.visibility if entry.visibility in ("hidden", "veryHidden") else "visible"
    return Sheet(
        name=entry.name,
        values=content.values,
        formulas=content.formulas,
        styles=content.styles,
        merges=content.merges,
        hidden_rows=content.hidden_rows,
        hidden_columns=content.hidden_columns,
        visibility=visibility,
        protected=content.protected,
    )
