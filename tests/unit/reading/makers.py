"""Makes workbooks for the tests: real ones with XlsxWriter, odd and hostile ones by hand."""

# ruff: noqa: E501 - samples of markup read better on one line

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_xml(data: str, *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    return f'{HEAD}<worksheet xmlns="{namespace}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def parts(
    *sheets: str | bytes,
    strings: str | None = None,
    styles: str | None = None,
    workbook: str = "",
    strict: bool = False,
) -> dict[str, str | bytes]:
    """The parts of a minimal workbook with these worksheet parts; ``workbook`` is added to its part."""
    office, main = (STRICT_OFFICE, STRICT) if strict else (OFFICE, MAIN)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(sheets) + 1))
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    result: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets>{workbook}</workbook>',
    }
    for name, text in (("sharedStrings", strings), ("styles", styles)):
        if text is not None:
            relations += f'<Relationship Id="{name}" Type="{office}/{name}" Target="/xl/{name}.xml"/>'
            result[f"xl/{name}.xml"] = text
    result["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
    for number, sheet in enumerate(sheets, 1):
        result[f"xl/worksheets/sheet{number}.xml"] = sheet
    return result


def write_zip(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write_sheet(path: Path, data: str, **around: str) -> Path:
    """A workbook of one sheet with this ``sheetData``."""
    return write_zip(path, parts(sheet_xml(data, **around)))


def ole_file(*names: str) -> bytes:
    """The beginning of an OLE compound file whose directory has these names (MS-CFB 2.2, 2.6)."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        for name in names
    )
    return header.ljust(512, b"\0") + directory


def real_workbook(path: Path, *, sheets: int = 3, rows: int = 12, seed: int = 0) -> Path:
    """A workbook like an issued one: locked and open cells, formulas, merges, names, hidden parts."""
    book = xlsxwriter.Workbook(str(path))
    locked, title = book.add_format({"border": 1}), book.add_format({"bold": True})
    unlocked = book.add_format({"locked": False, "num_format": "0"})
    for number in range(sheets):
        sheet = book.add_worksheet(f"表{number} & '一'表")
        sheet.protect()
        sheet.merge_range(0, 0, 0, 5, f'政府信息公开 <年报> & "{seed}"', title)
        sheet.set_column(8, 9, None, None, {"hidden": True})
        sheet.set_column(12, 16_383, None, None, {"hidden": True})
        for row in range(1, rows):
            sheet.write_string(row, 0, f"第{row}行 row\n{row % 4}", title)
            sheet.write_number(row, 1, row * 7 + seed, unlocked)
            sheet.write_number(row, 2, row / 7 - seed, unlocked)
            sheet.write_blank(row, 3, None, unlocked)
            sheet.write_formula(
                row, 4, f'=IF(B{row + 1}<>"&",B{row + 1}+C{row + 1},"<空>")', locked, row * 1.5
            )
            sheet.write_formula(row, 5, f'=IF(B{row + 1}>0,"","x")', locked, "")
            sheet.write_formula(row, 6, f'=IF(B{row + 1}>0,"好 & ""x""","")', locked, '好 & "x"')
            sheet.write_boolean(row, 7, bool(row % 2))
            sheet.write_formula(row, 8, "=NA()", locked, "#N/A")
        sheet.write_string(rows, 0, " 前后空格 ")
        sheet.write_number(rows, 1, -123456789012345)
        sheet.write_number(rows, 2, 1.5e299)
        sheet.set_row(rows + 1, None, None, {"hidden": True})
        sheet.write_rich_string(rows + 2, 0, title, "粗", locked, " 细 & <i>")
        sheet.data_validation(
            1, 1, rows, 1, {"validate": "integer", "criteria": ">=", "value": 0, "input_message": "a"}
        )
        sheet.conditional_format(
            1, 1, rows, 1, {"type": "cell", "criteria": "<", "value": 0, "format": title}
        )
        book.define_name(f"c{number}.new", f"='表{number} & ''一''表'!$B$2")
        sheet.print_area(0, 0, 5, 5)
    book.get_worksheet_by_name("表1 & '一'表").very_hidden()
    book.close()
    return path


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of a BIFF stream."""
    return struct.pack("<HH", kind, len(body)) + body
