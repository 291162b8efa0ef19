"""What hostile files are made from: a sound workbook, its parts, and zips written field by field."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tests.support.workbooks import FORM_2021, submission_of
from tests.unit.reading.makers import parts, sheet_xml
from xltools.layout.workbook import plan_workbook
from xltools.writing.workbook import render_workbook

Builder = Callable[[], bytes]
Parts = dict[str, bytes]

SHEET, STYLES, STRINGS, WORKBOOK = (
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
)
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


@cache
def good() -> bytes:
    """A return with which nothing is wrong."""
    return render_workbook(plan_workbook(submission_of(FORM_2021)))


@cache
def good_parts() -> Mapping[str, bytes]:
    return unpacked(good())


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def small(**changed: str | bytes) -> Parts:
    """The parts of a workbook of one cell, with all parts there are."""
    made = parts(sheet_xml(ROW), strings="<x/>", styles="<x/>")
    return {name: text.encode() if isinstance(text, str) else text for name, text in made.items()}


def with_sheet(data: str = ROW, *, before: str = "", after: str = "") -> bytes:
    """A workbook of one sheet with this ``sheetData``."""
    return packed(parts(sheet_xml(data, before=before, after=after)))


def with_part(name: str, content: str | bytes) -> bytes:
    """A workbook of one cell, one of its parts replaced."""
    return packed(small() | {name: content.encode() if isinstance(content, str) else content})


def edited(name: str, *edits: tuple[str, str]) -> bytes:
    """The sound return with texts replaced in one part; each must be there."""
    text = good_parts()[name].decode()
    for old, new in edits:
        assert old in text, f"{old} is not in {name}"
        text = text.replace(old, new, 1)
    return packed(dict(good_parts()) | {name: text.encode()})


@dataclass(frozen=True)
class Raw:
    """A member with every field of its records free to lie."""

    name: bytes
    content: bytes
    method: int = 8
    flags: int = 0
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    offset: int | None = None
    extra: bytes = b""


def raw_zip(members: Sequence[Raw], *, count: int | None = None, tail: bytes = b"") -> bytes:
    """A zip of these members (PKWARE APPNOTE 4.3); ``offset`` sends the directory elsewhere."""
    body, directory = bytearray(), bytearray()
    for member in members:
        deflater = zlib.compressobj(1, zlib.DEFLATED, -15)
        data = deflater.compress(member.content) + deflater.flush() if member.method == 8 else member.content
        crc = zlib.crc32(member.content) if member.crc is None else member.crc
        size = len(member.content) if member.size is None else member.size
        length = len(data) if member.packed_size is None else member.packed_size
        at = len(body) if member.offset is None else member.offset
        fields = (20, member.flags, member.method, 0, 33, crc, length, size, len(member.name))
        if member.offset is None:
            body += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields, 0) + member.name + data
        directory += struct.pack(
            "<4sH5H3L5H2L", b"PK\x01\x02", 20, *fields, len(member.extra), 0, 0, 0, 0, at
        )
        directory += member.name + member.extra
    many = len(members) if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, many, many, len(directory), len(body), len(tail))
    return bytes(body + directory + end + tail)


def raw_members(changed: Mapping[str, Raw] | None = None) -> list[Raw]:
    """The parts of a small workbook as members; those of ``changed`` in their place or behind."""
    changed = dict(changed or {})
    members = [changed.pop(name, Raw(name.encode(), content)) for name, content in small().items()]
    return [*members, *changed.values()]
