"""Zip archives of workbooks: which members they hold, and their bytes.

Names come from whatever packed them: with the UTF-8 flag (APPNOTE 4.4.4, bit 11) or without, and
then in UTF-8 or, from Chinese Windows, in GBK. Nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import mmap
import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.os_reason import os_reason
from xltools.diagnostics.text import Text
from xltools.reading.package import (
    MAX_FILE,
    UTF8_NAME,
    Data,
    Entry,
    ZipRules,
    damaged,
    is_regular,
    read_directory,
    read_entry,
    unreadable,
    unsafe,
)

MAX_MEMBERS = 20_000
MAX_INFLATED = 512 * 1024 * 1024
"""Bytes of all workbooks of an archive (and of the archives in it) together."""
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
ARCHIVE_SUFFIX = ".zip"

_PARTS_OF_WORKBOOKS = ("[content_types].xml", "_rels/", "docprops/", "xl/", "customxml/", "mimetype")
_OTHER_PACKAGES = ("word/", "ppt/", "content.xml")
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCODINGS = ("utf-8", "gb18030", "cp437")


@dataclass(frozen=True, slots=True)
class Member:
    """A workbook in an archive: its name there, and the entries that lead to it, the outermost first.

    ``trouble`` is the finding code and sentence where it must not or cannot be read.
    """

    name: str
    entries: tuple[Entry, ...] = ()
    trouble: tuple[str, Text] | None = None


def list_archive(path: Path, kinds: tuple[str, ...] = WORKBOOK_SUFFIXES) -> tuple[Member, ...] | None:
    """The workbooks in the archive at ``path``; None where the file is no archive, whatever its name.

    ``kinds`` are the endings of the names of what is wanted from it, where that is not workbooks alone.

    An archive that cannot be used is one member without a name, which carries the reason.
    """
    try:
        if not is_regular(path) or not _may_be_archive(path):
            return None
        with _mapped(path) as data:
            search = _Search.of(kinds)
            entries = read_directory(data, search.rules)
            if not _is_archive(entries):
                return None
            budget = MAX_INFLATED - sum(entry.size for entry in search.wanted(entries))
            members = tuple(_members(data, entries, budget, search))
    except UnreadableFileError as error:
        # of a damaged .xlsx the reader of workbooks has more to say
        return (_unusable("", error),) if path.name.lower().endswith(ARCHIVE_SUFFIX) else None
    except (OSError, ValueError):  # gone or locked: reading it will say so
        return None
    return members or (Member("", (), _EMPTY),)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is wanted from an archive: names with one of ``endings``, those of archives among them."""

    endings: tuple[str, ...]
    rules: ZipRules

    @classmethod
    def of(cls, kinds: tuple[str, ...]) -> _Search:
        endings = (*kinds, ARCHIVE_SUFFIX)
        return cls(endings, ZipRules(MAX_MEMBERS, MAX_INFLATED, endings, _member_name, str))

    def wanted(self, entries: dict[str, Entry]) -> list[Entry]:
        """The members with such names that are neither hidden nor lock files."""
        return [
            entry
            for entry in entries.values()
            if entry.name.lower().endswith(self.endings)
            and not entry.name.rpartition("/")[2].startswith((".", "~$"))
            and not entry.name.startswith("__MACOSX/")
        ]


def read_member(path: Path, entries: tuple[Entry, ...]) -> bytes:
    """The bytes of a member; raises UnreadableFileError where they are damaged, lie or are gone."""
    try:
        if len(entries) > 1:
            status = os.stat(path)  # noqa: PTH116 - one system call
            outer = _inner_archive(path, entries[0], (status.st_mtime_ns, status.st_size))
            return read_entry(outer, entries[1], MAX_FILE)
        with _mapped(path) as data:
            return read_entry(data, entries[0], MAX_FILE)
    except OSError as error:
        why = os_reason(error)
        raise damaged(f"读取失败（{why.zh}）", f"reading it failed ({why.en})") from None
    except ValueError as error:
        raise damaged(f"读取失败（{error}）", f"reading it failed ({error})") from None


@lru_cache(maxsize=1)
def _inner_archive(path: Path, entry: Entry, _stamp: tuple[int, int]) -> bytes:
    """An archive in an archive, kept while its members are read one after the other.

    ``_stamp`` (time and size of the file) keeps a changed file from being taken for the old one.
    """
    with _mapped(path) as data:
        return read_entry(data, entry, MAX_FILE)


def _mapped(path: Path) -> mmap.mmap:
    """The file as bytes that are read when they are looked at: an archive may be large."""
    with open(path, "rb") as stream:  # noqa: PTH123 - as in package.read_bytes
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _may_be_archive(path: Path) -> bool:
    """Whether the file begins like a zip whose first member is no part of a workbook."""
    with open(path, "rb") as stream:  # noqa: PTH123 - called for every file there is
        head = stream.read(64)
    if head[:4] != b"PK\x03\x04" or len(head) < 31:
        return False
    length = struct.unpack_from("<H", head, 26)[0]
    name = head[30 : 30 + length].lower()
    return not name.startswith(tuple(part.encode() for part in _PARTS_OF_WORKBOOKS))


def _is_archive(entries: dict[str, Entry]) -> bool:
    names = {name.lower() for name in entries}
    if names & {"[content_types].xml", "xl/workbook.xml", "xl/workbook.bin"}:
        return False
    return not any(name.startswith(_OTHER_PACKAGES) for name in names)


def _members(data: Data, entries: dict[str, Entry], budget: int, search: _Search) -> Iterator[Member]:
    """The workbooks in name order, those of archives inside after the name of theirs."""
    for entry in sorted(search.wanted(entries), key=_name):
        trouble = _refusal(entry.name)
        if trouble is not None or not _is_zip_name(entry.name):
            yield Member(entry.name, (entry,), trouble)
            continue
        inside, budget = _inside(data, entry, budget, search)
        yield from inside


def _inside(data: Data, outer: Entry, budget: int, search: _Search) -> tuple[list[Member], int]:
    """The workbooks of an archive in the archive, and the bytes that may still be inflated after them."""
    try:
        content = read_entry(data, outer, MAX_FILE)
        entries = read_directory(content, search.rules)
        if not _is_archive(entries):  # a workbook with the wrong name
            return [Member(outer.name, (outer,))], budget
        budget -= sum(entry.size for entry in search.wanted(entries))
        if budget < 0:
            raise unsafe("解压后的内容过大", "its unpacked content is too large")
    except UnreadableFileError as error:
        return [_unusable(outer.name, error)], budget
    found = [
        Member(f"{outer.name}/{entry.name}", (outer, entry), _refusal(entry.name) or _too_deep(entry.name))
        for entry in sorted(search.wanted(entries), key=_name)
    ]
    return found or [Member(outer.name, (), _EMPTY)], budget


def _name(entry: Entry) -> str:
    return entry.name


def _is_zip_name(name: str) -> bool:
    return name.lower().endswith(ARCHIVE_SUFFIX)


def _refusal(name: str) -> tuple[str, Text] | None:
    """What is wrong with a name that points out of the archive."""
    if not name.startswith("/") and not _DRIVE.match(name) and ".." not in name.split("/"):
        return None
    error = unsafe(
        "压缩包内的文件名指向压缩包之外，没有读取", "its name in the archive points outside; it was not read"
    )
    return error.code, error.text


def _too_deep(name: str) -> tuple[str, Text] | None:
    """What is said of an archive in an archive in an archive."""
    if not _is_zip_name(name):
        return None
    error = unreadable(
        "FILE-NOT-WORKBOOK",
        "压缩包层层嵌套，请先解压里面的压缩包",
        "archives are nested too deeply; unpack the inner one first",
    )
    return error.code, error.text


def _unusable(name: str, error: UnreadableFileError) -> Member:
    if error.code == "FILE-PASSWORD":
        text = Text(
            "压缩包设置了密码，无法读取。", "the archive is protected by a password and cannot be read"
        )
        return Member(name, (), (error.code, text))
    return Member(name, (), (error.code, error.text))


def _empty() -> tuple[str, Text]:
    error = unreadable("FILE-NOT-WORKBOOK", "压缩包里没有表格文件", "the archive contains no workbook")
    return error.code, error.text


def _member_name(name: bytes, flags: int) -> str:
    """The name as text; decoded before its separators are looked at, since GBK may hold 0x5C."""
    encodings = ("utf-8",) if flags & UTF8_NAME else _ENCODINGS
    for encoding in encodings:
        try:
            return name.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", "replace").replace("\\", "/")


_EMPTY = _empty()
