"""The records of a BIFF stream, looked at before xlrd is let loose on them.

xlrd sets aside a row up to its last cell and an entry for every cell of a hyperlink, and knows
nothing of sheet protection; counting here costs little and keeps a small file from asking for much.

Source: MS-XLS 2.3 (record types), 2.1.4 (records: type and size, two bytes each).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading.package import damaged, unreadable, unsafe
from xltools.reading.workbooks.sheet_parts import MAX_CELLS, MAX_MERGES
from xltools.reading.workbooks.workbook_parts import MAX_NAMES, MAX_SHEETS

MAX_STRINGS = 500_000
MAX_LINKED_CELLS = 100_000
MAX_FORMATS = 20_000
"""Fonts, number and cell formats; Excel itself keeps to some 4,000 of each."""
MAX_RECORDS = 1_000_000

_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _PROTECT = 0x0809, 0x000A, 0x0085, 0x002F, 0x0012
_NAME, _SST, _HLINK, _MERGES = 0x0018, 0x00FC, 0x01B8, 0x00E5
_FORMATS = frozenset({0x0031, 0x041E, 0x001E, 0x00E0, 0x0043, 0x0243, 0x0443})
_CELLS = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0206, 0x0406})
_RUNS_OF_CELLS = frozenset({0x00BD, 0x00BE})
_HEAD = struct.Struct("<HH")


@dataclass(frozen=True, slots=True)
class BiffFacts:
    """What the records say that xlrd does not: whether the structure and each worksheet are protected."""

    structure_protected: bool
    protected_sheets: tuple[bool, ...]


class _Survey:
    """Counts over all records of a stream; used once, by :func:`survey`."""

    def __init__(self) -> None:
        self.records = self.formats = self.strings = self.names = self.links = self.merges = self.slots = 0
        self.widths: dict[int, int] = {}
        self.positions: list[int] = []
        self.worksheets: list[int] = []
        self.begins: set[int] = set()
        self.protected: set[int] = set()
        self.sheet = -1
        self.depth = 0

    def take(self, at: int, kind: int, body: bytes) -> None:
        """One record."""
        self.records += 1
        if self.records > MAX_RECORDS:
            raise unsafe("记录过多", "it has too many records")
        if kind == _BOF:
            self.depth += 1
            if self.depth == 1:
                self.sheet, self.widths = at, {}
                self.begins.add(at)
        elif kind == _EOF:
            self.depth -= 1
        elif kind in _CELLS or kind in _RUNS_OF_CELLS:
            self._cell(kind, body)
        elif kind == _FILEPASS:
            raise unreadable("FILE-PASSWORD", "", "")
        elif kind == _PROTECT and self.depth == 1 and len(body) >= 2 and body[:2] != b"\0\0":
            self.protected.add(self.sheet)
        elif kind == _BOUNDSHEET and len(body) >= 6:
            self.positions.append(int.from_bytes(body[:4], "little"))
            if body[5] == 0:  # charts and macro sheets hold no cells
                self.worksheets.append(self.positions[-1])
        else:
            self._count(kind, body)

    def _cell(self, kind: int, body: bytes) -> None:
        if len(body) < 4:
            raise _broken()
        row, column = _HEAD.unpack_from(body)
        if kind in _RUNS_OF_CELLS:
            column = int.from_bytes(body[-2:], "little")
        before = self.widths.get(row, 0)
        if column >= before:
            self.widths[row] = column + 1
            self.slots += column + 1 - before
            if self.slots > MAX_CELLS:
                raise unsafe("单元格过多", "it has too many cells")

    def _count(self, kind: int, body: bytes) -> None:
        if kind == _SST and len(body) >= 8:
            self.strings += int.from_bytes(body[4:8], "little")
        elif kind in _FORMATS:
            self.formats += 1
        elif kind == _NAME:
            self.names += 1
        elif kind == _MERGES:
            self.merges += int.from_bytes(body[:2], "little")
        elif kind == _HLINK and len(body) >= 8:
            top, bottom, left, right = struct.unpack_from("<4H", body)
            self.links += max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if self.strings > MAX_STRINGS or self.links > MAX_LINKED_CELLS or self.merges > MAX_MERGES:
            raise unsafe("文字、链接或合并单元格过多", "it has too many strings, links or merged cells")
        if self.formats > MAX_FORMATS:
            raise unsafe("格式过多", "it has too many formats")
        if self.names > MAX_NAMES or len(self.positions) > MAX_SHEETS:
            raise unsafe("名称或工作表过多", "it has too many defined names or sheets")

    def facts(self) -> BiffFacts:
        """The result; raises UnreadableFileError where sheets lie about where they begin."""
        if not self.positions or not self.begins.issuperset(self.positions):
            raise _broken()
        if len(set(self.positions)) < len(self.positions):
            raise unsafe("多个工作表指向同一内容", "several sheets share one content")
        return BiffFacts(0 in self.protected, tuple(at in self.protected for at in self.worksheets))


def survey(stream: bytes) -> BiffFacts:
    """Go through all records of a workbook stream.

    Raises:
        UnreadableFileError: not BIFF, encrypted, cut off, or asking for more than a return can need.
    """
    found = _Survey()
    for at, kind, body in _records(stream):
        found.take(at, kind, body)
    return found.facts()


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Position, type and body of every record; zeros that fill the last sector are records of no size."""
    if stream[:2] != b"\x09\x08":
        raise _broken()
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, size = _HEAD.unpack_from(stream, at)
        if at + 4 + size > end:
            raise _broken()
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _broken() -> UnreadableFileError:
    return damaged(
        "旧版 .xls（Excel 97-2003）文件已损坏或不完整",
        "the .xls file (Excel 97-2003) is damaged or incomplete",
    )
