"""Hostile zips: bombs, lying records, overlaps, quines, odd names, archives in archives."""

from __future__ import annotations

import struct

from tests.hostile.base import (
    SHEET,
    STRINGS,
    STYLES,
    Builder,
    Raw,
    good,
    packed,
    raw_members,
    raw_zip,
    small,
    with_part,
)
from tests.unit.reading.makers import MAIN, parts, sheet_xml

MEGABYTE = 1024 * 1024


def _spaces(megabytes: float) -> str:
    return sheet_xml("<!--" + " " * int(megabytes * MEGABYTE) + "-->")


def _lying(field: dict[str, int]) -> Builder:
    content = sheet_xml("").encode() + b" " * (5 * MEGABYTE)
    return lambda: raw_zip(raw_members({SHEET: Raw(SHEET.encode(), content, **field)}))


def _many(count: int) -> bytes:
    return packed(small() | {f"xl/x{number}.xml": b"<x/>" for number in range(count)})


def _overlapping() -> bytes:
    """One big deflated kernel under 200 names."""
    kernel = Raw(b"xl/k.xml", b" " * (4 * MEGABYTE))
    others = [Raw(b"xl/k%d.xml" % n, kernel.content, offset=0) for n in range(200)]
    return raw_zip([kernel, *others, *raw_members()])


def _quine() -> bytes:
    """A zip whose member's bytes are the zip itself: its local header points back to the beginning."""
    head = raw_members()
    return raw_zip([*head, Raw(b"xl/q.zip", b"", 0, size=500, packed_size=500, crc=0, offset=0)])


def _duplicate(name: bytes) -> bytes:
    return raw_zip([*raw_members(), Raw(name, sheet_xml("").encode())])


def _zip64(size: int) -> bytes:
    extra = struct.pack("<HH3Q", 1, 24, size, size, 0)
    lying = Raw(SHEET.encode(), b"<x/>", size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=extra)
    return raw_zip(raw_members({SHEET: lying}))


def _emoji_strings() -> bytes:
    """Four bytes a character for every plain one beside it."""
    text = "a" * (15 * MEGABYTE)
    return with_part(STRINGS, f'<sst xmlns="{MAIN}"><si><t>\U0001f600{text}</t></si></sst>')


def _full() -> bytes:
    """Every part as large as is allowed, and as many of them."""
    big = sheet_xml("<row><c><v>" + "1" * int(15.5 * MEGABYTE) + "</v></c></row>")
    return packed(parts(big, big, big))


def _together() -> bytes:
    """The dearest parts that each may be, in one workbook."""
    strings = f'<sst xmlns="{MAIN}"><si><t>\U0001f600{"a" * (7 * MEGABYTE)}</t></si></sst>'
    row = "<row>" + "<c><v>1</v></c>" * 200 + "</row>"
    made = parts(sheet_xml(row * 1_400), strings=strings, styles=f"<x>{'<y/>' * 98_000}</x>")
    return packed(
        dict(made)
        | {
            "xl/_rels/workbook.xml.rels": str(made["xl/_rels/workbook.xml.rels"]).replace(
                "</R", "<x/>" * 98_000 + "</R"
            )
        }
    )


BOMBS: dict[str, Builder] = {
    "17 MB part": lambda: with_part(SHEET, _spaces(17)),
    "part at the limit": lambda: with_part(SHEET, _spaces(15.9)),
    "three parts at the limit": _full,
    "four parts beyond the limit": lambda: packed(parts(*[_spaces(13)] * 4)),
    "60 MB of styles": lambda: with_part(STYLES, " " * (60 * MEGABYTE)),
    "emoji in 15 MB of text": _emoji_strings,
    "dear parts together": _together,
    "declares too little": _lying({"size": 100}),
    "declares nothing": _lying({"size": 0}),
    "declares too much": _lying({"size": 15 * MEGABYTE}),
    "declares 4 GB": _lying({"size": 0xFFFFFFFE}),
    "packed size too small": _lying({"packed_size": 10}),
    "packed size too large": _lying({"packed_size": 0x7FFFFFFF}),
    "zip64 of 16 EB": lambda: _zip64(2**64 - 1),
    "zip64 of 1 TB": lambda: _zip64(2**40),
    "stored but declared packed": _lying({"method": 8, "crc": 1}),
    "overlapping kernel": _overlapping,
    "quine": _quine,
}


def _directory(*, count: int | None = None, size: int | None = None, start: int | None = None) -> bytes:
    """The end record lies about the directory."""
    data = bytearray(raw_zip(raw_members()))
    at = data.rindex(b"PK\x05\x06")
    for offset, kind, value in ((8, "<H", count), (10, "<H", count), (12, "<L", size), (16, "<L", start)):
        if value is not None:
            struct.pack_into(kind, data, at + offset, value)
    return bytes(data)


DIRECTORIES: dict[str, Builder] = {
    "2,500 entries": lambda: _many(2_500),
    "1,990 entries": lambda: _many(1_980),
    "60,000 entries": lambda: _many(60_000),
    "count too large": lambda: _directory(count=500),
    "count zero": lambda: _directory(count=0),
    "size wraps": lambda: _directory(size=0xFFFFFFFF),
    "start beyond": lambda: _directory(start=0xFFFFFF00),
    "start at zero": lambda: _directory(start=0),
    "duplicate name": lambda: _duplicate(SHEET.encode()),
    "duplicate name in capitals": lambda: _duplicate(SHEET.upper().encode()),
    "duplicate name with a slash": lambda: _duplicate(b"/" + SHEET.encode()),
    "duplicate name with backslashes": lambda: _duplicate(SHEET.replace("/", "\\").encode()),
    "name with NUL": lambda: _duplicate(b"xl/workbook.xml\0.txt"),
    "name of 65,000 letters": lambda: _duplicate(b"a" * 65_000),
    "name that is no text": lambda: raw_zip([*raw_members(), Raw(b"\xff\xfe\x80.xml", b"", flags=0x800)]),
    "encrypted member": lambda: raw_zip(raw_members({SHEET: Raw(SHEET.encode(), b"x", flags=1)})),
    "unknown method": lambda: raw_zip(raw_members({SHEET: Raw(SHEET.encode(), b"x", 99)})),
    "wrong checksum": lambda: raw_zip(raw_members({SHEET: Raw(SHEET.encode(), b"<x/>", crc=1)})),
    "two end records": lambda: raw_zip(raw_members()) + raw_zip([Raw(b"a.xml", b"<x/>")])[-22:],
    "comment that looks like an end": lambda: raw_zip(raw_members(), tail=b"PK\x05\x06" + bytes(18)),
    "bytes before the zip": lambda: b"MZ" + bytes(100) + raw_zip(raw_members()),
    "only a header": lambda: b"PK\x03\x04" + bytes(60),
    "only an end": lambda: b"PK\x05\x06" + bytes(18),
}


def _nested(depth: int) -> bytes:
    data = good()
    for _ in range(depth):
        data = packed({"a.zip": data})
    return data


def _inside(*names: str) -> bytes:
    return packed(dict.fromkeys(names, b"PK\x03\x04") | {"fine.txt": b"x"})


def _bomb_inside() -> bytes:
    inner = packed({f"{n}.xlsx": b"\0" * (60 * MEGABYTE) for n in range(3)})
    return packed({f"{n}.zip": inner for n in range(4)})


ARCHIVES: dict[str, Builder] = {
    "traversal.zip": lambda: _inside("../../etc/passwd.xlsx", "a/../../../b.xlsx", "..\\..\\c.xlsx"),
    "absolute.zip": lambda: _inside("/etc/passwd.xlsx", "C:\\Windows\\a.xlsx", "//server/share/b.xls"),
    "controls in names.zip": lambda: _inside("a\x01\x1b[31m.xlsx", "b\r\nc.xlsx", "d\u202exslx.exe.xlsx"),
    "nested 2.zip": lambda: _nested(2),
    "nested 9.zip": lambda: _nested(9),
    "quine inside.zip": lambda: packed({"a.zip": packed({"a.zip": b"PK\x03\x04"})}),
    "bomb inside.zip": _bomb_inside,
    "25,000 members.zip": lambda: packed({f"{n}.xlsx": b"" for n in range(25_000)}),
    "500 empty workbooks.zip": lambda: packed({f"{n}.xlsx": b"" for n in range(500)}),
    "one name twice.zip": lambda: raw_zip([Raw(b"a.xlsx", b"x"), Raw(b"a.xlsx", b"y")]),
    "overlapping.zip": lambda: raw_zip([Raw(b"a.xlsx", b"x" * 999), Raw(b"b.xlsx", b"x" * 999, offset=0)]),
    "lying size.zip": lambda: raw_zip([Raw(b"a.xlsx", b" " * (80 * MEGABYTE), size=10)]),
    "64 MB of spaces.zip": lambda: packed({"a.xlsx": b" " * (63 * MEGABYTE)}),
    "64 MB of zeros.zip": lambda: packed({"a.xlsx": bytes(63 * MEGABYTE)}),
    "encrypted.zip": lambda: raw_zip([Raw(b"a.xlsx", b"x", flags=1)]),
    "no workbook.zip": lambda: packed({"readme.txt": b"x"}),
    "GBK names.zip": lambda: raw_zip([Raw("教育局\\报表.xlsx".encode("gbk"), b"x")]),
}
