"""Other formats: .ods repeat bombs, .xls records that lie, truncations, and files that are none."""

# ruff: noqa: E501 - samples and tables read better on one line

from __future__ import annotations

import struct

from tests.hostile.base import ROW, Builder, packed, with_sheet
from tests.unit.reading.makers import ole_file, record

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: str, *, before: str = "", around: str = "", head: str = "") -> bytes:
    text = (
        f"{head}<office:document-content {_SPACES}>{before}<office:body><office:spreadsheet>"
        f'<table:table table:name="S">{rows}</table:table>{around}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": _MIME, "content.xml": text, "META-INF/manifest.xml": "<x/>"})


def _cell(value: str = "1", **given: str) -> str:
    attributes = "".join(f' table:{name.replace("_", "-")}="{text}"' for name, text in given.items())
    return f'<table:table-cell office:value-type="float" office:value="{value}"{attributes}/>'


def _row(inside: str, times: str = "1") -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{inside}</table:table-row>'


_TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'

ODS: dict[str, Builder] = {
    "rows repeated.ods": lambda: ods(_row(_cell(), "1048576")),
    "cells repeated.ods": lambda: ods(_row(_cell(number_columns_repeated="16384"), "1048576")),
    "blanks repeated.ods": lambda: ods(_row("<table:table-cell/>", "999999999") * 20_000),
    "repeats at the limit.ods": lambda: ods(_row(_cell(number_columns_repeated="1000"), "99")),
    "repeat of 5,000 digits.ods": lambda: ods(_row(_cell(number_columns_repeated="9" * 5000))),
    "repeat below zero.ods": lambda: ods(_row(_cell(number_columns_repeated="-5"), "-1")),
    "blank row bomb.ods": lambda: ods(_row("<table:table-cell/>" * 60, "60") * 20_000),
    "spans.ods": lambda: ods(_row(_cell(number_columns_spanned="16384", number_rows_spanned="1048576")) * 50_000),
    "columns repeated.ods": lambda: ods('<table:table-column table:number-columns-repeated="999999999"/>' * 200_000 + _row(_cell())),
    "hidden rows repeated.ods": lambda: ods('<table:table-row table:visibility="collapse" table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'),
    "spaces.ods": lambda: ods(_row(_TEXT.format('<text:s text:c="999999"/>' * 900))),
    "elements.ods": lambda: ods("<text:p/>" * 1_600_000),
    "cells.ods": lambda: ods(_row("<table:table-cell/>" * 600_000)),
    "values.ods": lambda: ods(_row(_cell() * 190_000)),
    "paragraphs.ods": lambda: ods(_row(_TEXT.format("</text:p><text:p>" * 800_000))),
    "depth.ods": lambda: ods("<table:table-row-group>" * 500_000),
    "spans in text.ods": lambda: ods(_row(_TEXT.format("<text:span>" * 60 + "</text:span>" * 60))),
    "laughs.ods": lambda: ods(_row(_cell()), head='<!DOCTYPE x [<!ENTITY a "ha">]>'),
    "styles.ods": lambda: ods(_row(_cell()), before="<office:automatic-styles>" + "".join(f'<style:style style:name="s{n}" style:family="table-cell"/>' for n in range(200_000)) + "</office:automatic-styles>"),
    "styles in a circle.ods": lambda: ods(_row(_cell(style_name="a")), before='<office:automatic-styles><style:style style:name="a" style:family="table-cell" style:parent-style-name="a"/></office:automatic-styles>'),
    "chain of styles.ods": lambda: ods(_row(_cell()), before="<office:automatic-styles>" + "".join(f'<style:style style:name="s{n}" style:family="table-cell" style:parent-style-name="s{n + 1}"/>' for n in range(120_000)) + "</office:automatic-styles>"),
    "names.ods": lambda: ods(_row(_cell()), around="<table:named-expressions>" + "".join(f'<table:named-range table:name="n{n}" table:cell-range-address="$S.$A$1"/>' for n in range(150_000)) + "</table:named-expressions>"),
    "tables.ods": lambda: ods('</table:table><table:table table:name="x">' * 150_000),
    "date of the year 99999.ods": lambda: ods(_row('<table:table-cell office:value-type="date" office:date-value="99999-99-99"/>')),
    "time of 10^9 hours.ods": lambda: ods(_row('<table:table-cell office:value-type="time" office:time-value="PT999999999H"/>')),
    "formula of 10 MB.ods": lambda: ods(_row(_cell(formula="of:=" + "[.A1]+" * 1_600_000))),
    "100,000 formulas.ods": lambda: ods(_row(_cell(formula="of:=[.A1]") * 100_000)),
    "formula repeated.ods": lambda: ods(_row(_cell(formula="of:=" + "[.A1]+" * 20_000, number_columns_repeated="1000"), "90")),
    "text repeated.ods": lambda: ods(_row('<table:table-cell table:number-columns-repeated="1000" office:value-type="string"><text:p>' + "x" * 3_000_000 + "</text:p></table:table-cell>", "90")),
    "no mimetype.ods": lambda: packed({"content.xml": "<x/>"}),
    "mimetype lies.ods": lambda: packed({"mimetype": "application/zip", "content.xml": "<x/>"}),
    "no content.ods": lambda: packed({"mimetype": _MIME, "content.xml": ""}),
}  # fmt: skip


def _bof(kind: int) -> bytes:
    return record(0x0809, struct.pack("<4H2L", 0x0600, kind, 0, 0, 0, 6))


def _stream(cells: bytes, *, heads: bytes = b"") -> bytes:
    """A BIFF8 stream with one sheet."""
    name = b"S1"
    size = len(_bof(5)) + len(heads) + 4 + 8 + len(name) + 4
    bound = record(0x0085, struct.pack("<LBBBB", size, 0, 0, len(name), 0) + name)
    return _bof(5) + heads + bound + record(0x000A, b"") + _bof(0x10) + cells + record(0x000A, b"")


def ole(stream: bytes, *, fat: dict[int, int] | None = None, size: int | None = None) -> bytes:
    """An OLE file with this workbook stream in big sectors (MS-CFB 2.2-2.6)."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % 512)
    count = len(stream) // 512
    fats = (count + 2) // 127 + 1
    table = [n + 1 for n in range(count - 1)] + [0xFFFFFFFE, 0xFFFFFFFE] + [0xFFFFFFFD] * fats
    for at, target in (fat or {}).items():
        table[at] = target
    table += [0xFFFFFFFF] * (fats * 128 - len(table))
    entry = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBlll", 22, 5, 1, -1, -1, 1)
    root = entry + bytes(36) + struct.pack("<LQ", 0xFFFFFFFE, 0)
    entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBlll", 18, 2, 1, -1, -1, -1)
    book = entry + bytes(36) + struct.pack("<LQ", 0, len(stream) if size is None else size)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, fats, count, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    difat = [count + 1 + n for n in range(fats)][:109]
    head += struct.pack("<109L", *difat, *[0xFFFFFFFF] * (109 - len(difat)))
    return head + stream + (root + book).ljust(512, b"\0") + struct.pack(f"<{len(table)}L", *table)


def _number(row: int, column: int) -> bytes:
    return record(0x0203, struct.pack("<3Hd", row, column, 0, 1.0))


def _merges(count: int) -> bytes:
    return record(0x00E5, struct.pack("<H", count) + struct.pack("<4H", 0, 65535, 0, 255) * min(count, 1000))


XLS: dict[str, Builder] = {
    "one cell.xls": lambda: ole(_stream(_number(0, 0))),
    "far cell.xls": lambda: ole(_stream(_number(65535, 65535))),
    "far cells.xls": lambda: ole(_stream(b"".join(_number(row, 255) for row in range(3_500)))),
    "65,000 rows.xls": lambda: ole(_stream(b"".join(_number(row, 0) for row in range(65_000)))),
    "merges.xls": lambda: ole(_stream(_merges(60_000) * 3)),
    "merges of everything.xls": lambda: ole(_stream(_merges(1000) * 20)),
    "hyperlink over everything.xls": lambda: ole(_stream(record(0x01B8, struct.pack("<4H", 0, 65535, 0, 255) + bytes(60)))),
    "strings that are not there.xls": lambda: ole(_stream(b"", heads=record(0x00FC, struct.pack("<LL", 0x7FFFFFFF, 0x7FFFFFFF)))),
    "few strings that are not there.xls": lambda: ole(_stream(b"", heads=record(0x00FC, struct.pack("<LL", 400_000, 400_000)))),
    "names.xls": lambda: ole(_stream(b"", heads=record(0x0018, bytes(14)) * 20_000)),
    "formats.xls": lambda: ole(_stream(b"", heads=record(0x00E0, bytes(20)) * 150_000)),
    "fonts.xls": lambda: ole(_stream(b"", heads=record(0x0031, bytes(15) + b"\1\0a") * 150_000)),
    "records without end.xls": lambda: ole(_stream(b"\xff\xff\xff\xff" * 1000)),
    "empty records.xls": lambda: ole(_stream(record(0x0999, b"") * 1_000_000)),
    "sectors in a circle.xls": lambda: ole(_stream(_number(0, 0)), fat={1: 0}),
    "sectors outside.xls": lambda: ole(_stream(_number(0, 0)), fat={1: 0x00FFFFFF}),
    "stream too long.xls": lambda: ole(_stream(_number(0, 0)), size=0x7FFFFFFF),
    "password.xls": lambda: ole(_stream(b"", heads=record(0x002F, bytes(54)))),
    "sheet at no place.xls": lambda: ole(_stream(b"").replace(b"S1", b"S1")[:-60] + bytes(400)),
    "only a directory.xls": lambda: ole_file("Root Entry", "Workbook"),
    "fat of 4 GB.xls": lambda: ole_file("Root Entry", "Workbook")[:44] + struct.pack("<L", 0xFFFFFFF0) + bytes(600),
    "encryption of nothing.xls": lambda: ole_file("Root Entry", "EncryptionInfo", "EncryptedPackage"),
}  # fmt: skip


def truncations() -> dict[str, Builder]:
    """A small workbook cut off at every seventh byte."""
    data = with_sheet(ROW)
    return {f"cut at {at}": lambda at=at: data[:at] for at in range(0, len(data) - 1, 7)}  # type: ignore[misc]


PLAIN: dict[str, Builder] = {
    "nothing": lambda: b"",
    "zeros": lambda: bytes(100_000),
    "60 MB of zeros": lambda: bytes(60 * 1024 * 1024),
    "60 MB of spaces": lambda: b" " * (60 * 1024 * 1024),
    "65 MB": lambda: b"PK\x03\x04" + bytes(65 * 1024 * 1024),
    "text": "单位,数字\n甲,1\n".encode,
    "web page": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    "PDF": lambda: b"%PDF-1.7\n\0\1",
    "XML": lambda: b'<?xml version="1.0"?><Workbook/>',
    "shell script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "program": lambda: b"MZ\x90\0" + bytes(500),
}
