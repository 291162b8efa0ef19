"""The guard: an untrusted file as bounded bytes, recognised by content, and its zip parts.

Sources: ECMA-376 part 2 (Open Packaging Conventions: part names compare without case), PKWARE
APPNOTE 4.3 (zip records).
"""

from __future__ import annotations

import hashlib
import mmap
import os
import stat
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xltools.diagnostics.catalog import CATALOG
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.os_reason import os_reason

MAX_FILE = 64 * 1024 * 1024
"""Bytes of a file; a return is some tens of kilobytes."""
MAX_PART = 16 * 1024 * 1024
"""Inflated bytes of one part."""
MAX_ALL_PARTS = 48 * 1024 * 1024
"""Inflated bytes of all readable parts together."""
MAX_ENTRIES = 2_000
READABLE = (".xml", ".rels")
"""Only parts with these endings are ever inflated; pictures and binaries do not count to the total."""

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s4x4H3L3H8xL")
_LOCAL = struct.Struct("<4s5H3L2H")
_ZIP64 = 0xFFFFFFFF
_ENCRYPTED, UTF8_NAME = 0x1, 0x800
_STORED, _DEFLATED = 0, 8

Data = bytes | mmap.mmap


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of the zip: sizes in bytes as declared; ``offset`` is that of its local header.

    ``stamp`` is when it was changed, as MS-DOS writes date and time (0: not said).
    """

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    stamp: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ZipRules:
    """What a zip may hold: entries, and inflated bytes of those whose names end as ``counted`` says.

    ``to_name`` makes a name of its bytes and the entry's flags; ``to_key`` is what must be unique.
    """

    entries: int
    total: int
    counted: tuple[str, ...]
    to_name: Callable[[bytes, int], str]
    to_key: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Package:
    """A zip whose directory was found sound; ``entries`` are keyed by part name in small letters."""

    data: bytes
    sha256: str
    entries: Mapping[str, Entry]


def unreadable(code: str, zh: str, en: str) -> UnreadableFileError:
    """The exception for ``code`` with the details filled into its sentence of the code table."""
    return UnreadableFileError(code, CATALOG[code].message.fill(detail_zh=zh, detail_en=en))


def damaged(zh: str = "文件已损坏或不完整", en: str = "it is damaged or incomplete") -> UnreadableFileError:
    """The exception for a file that is broken rather than dangerous."""
    return unreadable("FILE-NOT-WORKBOOK", zh, en)


def unsafe(zh: str, en: str) -> UnreadableFileError:
    """The exception for content that could exhaust the machine or mislead the reader."""
    return unreadable("FILE-UNSAFE", zh, en)


def document(zh: str, en: str) -> tuple[str, str]:
    """What to say of a file that is no workbook but may be a published report."""
    return (
        f"这是{zh}，不是工作簿；公布的年度报告请用 xltools import 读入",
        f"it is a {en} and no workbook; a published report is read by xltools import",
    )


def is_regular(path: Path) -> bool:
    """Whether the path is a file with bytes in it: opening a pipe or device could wait for ever."""
    return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - one system call


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most :data:`MAX_FILE`; raises UnreadableFileError."""
    try:
        status = os.stat(path)  # noqa: PTH116 - devices and pipes must not be opened
        if not stat.S_ISREG(status.st_mode):
            raise unreadable("FILE-NOT-WORKBOOK", "这是文件夹或设备，不是文件", "it is a folder or device")
        with open(path, "rb") as stream:  # noqa: PTH123 - as above: one system call, no pathlib detour
            # read() sets aside as much as it is asked for, so it is not asked for the limit itself
            data = stream.read(min(status.st_size, MAX_FILE) + 1)
    except FileNotFoundError:
        raise unreadable(
            "FILE-NOT-WORKBOOK", "文件不存在或已被移走", "the file is not there, or no longer"
        ) from None
    except PermissionError:
        raise unreadable(
            "FILE-NOT-WORKBOOK",
            "没有权限打开，或正被其他程序占用",
            "it may not be opened, or another program holds it",
        ) from None
    except OSError as error:
        why = os_reason(error)
        raise unreadable(
            "FILE-NOT-WORKBOOK", f"读取失败（{why.zh}）", f"reading it failed ({why.en})"
        ) from None
    except ValueError:
        raise unreadable("FILE-NOT-WORKBOOK", "文件名中有 NUL 字符", "its name has a NUL character") from None
    if len(data) > MAX_FILE:
        limit = MAX_FILE // 1024 // 1024
        raise unsafe(f"文件超过 {limit} MB", f"the file is larger than {limit} MB")
    return data


def open_package(data: bytes) -> Package:
    """The checked zip in ``data``.

    Raises:
        UnreadableFileError: not a zip (saying what it looks like instead), encrypted, damaged or unsafe.
    """
    if data[:4] != b"PK\x03\x04":
        raise _not_a_zip(data)
    return Package(data, hashlib.sha256(data).hexdigest(), read_directory(data, _WORKBOOK))


def _not_a_zip(data: bytes) -> UnreadableFileError:
    """What a file that is no zip seems to be, by its first bytes."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        zh, en = "文件是空的（0 字节）", "it is empty (0 bytes)"
    elif not data.strip(b"\0"):
        zh, en = (
            "文件内容全部为零，可能复制或下载没有完成",
            "it holds only zeros; copying may have been cut short",
        )
    elif head.startswith(b"%pdf"):
        zh, en = document("PDF 文件", "PDF file")
    elif head.startswith((b"<!doctype html", b"<html")) or b"<html" in head:
        zh, en = document("网页", "web page")
    elif head.startswith((b"<?xml", b"<workbook")):
        zh, en = "这是 XML 文件，不是 .xlsx", "it is an XML file, not an .xlsx"
    elif head.startswith((b"rar!", b"7z\xbc\xaf")):
        zh, en = "这是 RAR 或 7z 压缩包，请先解压", "it is a RAR or 7z archive; unpack it first"
    elif head.startswith(b"pk\x05\x06"):
        zh, en = "这是空的压缩包", "it is an archive without files"
    elif b"\0" not in data[:4096]:
        zh, en = document("文本文件", "text file")
    else:
        zh, en = "不认识的文件格式", "its format is not known"
    return unreadable("FILE-NOT-WORKBOOK", zh, en)


def read_directory(data: Data, rules: ZipRules) -> dict[str, Entry]:
    """The central directory, checked: count, duplicates, encryption, bounds, overlaps, sizes.

    Raises UnreadableFileError where it is damaged or goes beyond ``rules``.
    """
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + _END.size > len(data):
        raise damaged("压缩包不完整，可能没有传完", "the archive is cut off; sending it may have failed")
    _, _, _, _, count, length, start, _ = _END.unpack_from(data, at)
    if count > rules.entries:
        raise unsafe(
            f"压缩包里的文件超过 {rules.entries} 个", f"the archive holds more than {rules.entries} entries"
        )
    if start + length > at:
        raise damaged()
    entries: dict[str, Entry] = {}
    readable = 0
    position = start
    for _ in range(count):
        entry, position = _central_record(data, position, at, rules)
        key = rules.to_key(entry.name)
        if key in entries:
            raise unsafe(f"压缩包里有重名文件：{entry.name}", f"the archive holds {entry.name} twice")
        entries[key] = entry
        if entry.name.lower().endswith(rules.counted):
            readable += entry.size
    if position != start + length:
        raise damaged()
    if readable > rules.total:
        raise _too_large("all parts", rules.total)
    _refuse_overlaps(entries, start)
    return entries


def _central_record(data: Data, at: int, end: int, rules: ZipRules) -> tuple[Entry, int]:
    """The central directory record at ``at`` and the position after it."""
    if at + _CENTRAL.size > end:
        raise damaged()
    (
        magic,
        flags,
        method,
        time,
        day,
        crc,
        packed,
        size,
        name_length,
        extra_length,
        comment_length,
        offset,
    ) = _CENTRAL.unpack_from(data, at)
    name_at = at + _CENTRAL.size
    extra_at = name_at + name_length
    after = extra_at + extra_length + comment_length
    if magic != b"PK\x01\x02" or after > end:
        raise damaged()
    name = rules.to_name(data[name_at:extra_at], flags)
    if flags & _ENCRYPTED:
        raise unreadable("FILE-PASSWORD", "", "")
    if _ZIP64 in (packed, size, offset):
        extra = data[extra_at : extra_at + extra_length]
        packed, size, offset = _zip64_sizes(extra, packed=packed, size=size, offset=offset)
    return Entry(name, method, crc, packed, size, offset, (day, time)), after


def _zip64_sizes(extra: bytes, *, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """The true packed size, size and offset where a record keeps them in its zip64 field (APPNOTE 4.5.3)."""
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        at += 4
        if tag == 1:
            field = extra[at : at + length]
            numbers = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
            size = next(numbers, size) if size == _ZIP64 else size
            packed = next(numbers, packed) if packed == _ZIP64 else packed
            offset = next(numbers, offset) if offset == _ZIP64 else offset
            break
        at += length
    return packed, size, offset


def _refuse_overlaps(entries: Mapping[str, Entry], end: int) -> None:
    """Raise if members share bytes (a zip bomb's trick) or reach into the directory at ``end``."""
    free = 0
    for entry in sorted(entries.values(), key=_offset):
        if entry.offset < free:
            raise unsafe("压缩包里的文件互相重叠", "members of the archive overlap")
        free = entry.offset + _LOCAL.size + entry.packed
    if free > end:
        raise damaged()


def _offset(entry: Entry) -> int:
    return entry.offset


def _too_large(what: str, limit: int) -> UnreadableFileError:
    megabytes = limit // 1024 // 1024
    return unsafe(
        f"解压后的内容（{what}）超过 {megabytes} MB", f"the unpacked content ({what}) exceeds {megabytes} MB"
    )


def read_part(package: Package, name: str) -> bytes | None:
    """The inflated bytes of a part (name without case), or None where there is no such part.

    Each part is meant to be read once: the total of all parts was bounded when the package was opened.

    Raises:
        UnreadableFileError: too large, lying about its size, failing its checksum, or no XML part.
    """
    entry = package.entries.get(name.lower())
    if entry is None:
        return None
    if not entry.name.lower().endswith(READABLE):
        raise damaged(f"部件 {entry.name} 不是 XML", f"part {entry.name} is not XML")
    return read_entry(package.data, entry, MAX_PART)


def read_entry(data: Data, entry: Entry, limit: int) -> bytes:
    """The inflated bytes of a member of at most ``limit``.

    Raises:
        UnreadableFileError: too large, lying about its size or failing its checksum.
    """
    if entry.size > limit:
        raise _too_large(entry.name, limit)
    packed = _packed_bytes(data, entry)
    if entry.method == _DEFLATED:
        inflater = zlib.decompressobj(-15)
        try:
            # one byte more than declared shows a lying size without inflating the rest of a bomb
            content = inflater.decompress(packed, entry.size + 1)
        except zlib.error:
            raise damaged() from None
        whole = inflater.eof
    else:
        content, whole = packed, entry.method == _STORED
    if len(content) > entry.size:
        raise unsafe(f"部件 {entry.name} 的大小与声明不符", f"part {entry.name} is larger than it declares")
    if not whole or len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise damaged()
    return content


def inflate(package: Package, name: str, limit: int, piece: int) -> Iterator[bytes]:
    """The inflated bytes of a part in pieces of at most ``piece`` bytes, for parts too large to hold.

    Raises UnreadableFileError as :func:`read_part` does; size and checksum are compared at the end.
    """
    entry = package.entries.get(name.lower())
    if entry is None:
        raise damaged(f"缺少部件 {name}", f"part {name} is missing")
    if entry.size > limit:
        raise _too_large(entry.name, limit)
    packed = _packed_bytes(package.data, entry)
    if entry.method == _STORED:
        pieces: Iterator[bytes] = (packed[at : at + piece] for at in range(0, len(packed), piece))
    elif entry.method == _DEFLATED:
        pieces = _inflated(packed, piece)
    else:
        raise damaged()
    size = crc = 0
    for data in pieces:
        size += len(data)
        crc = zlib.crc32(data, crc)
        if size > entry.size:
            raise unsafe(
                f"部件 {entry.name} 的大小与声明不符", f"part {entry.name} is larger than it declares"
            )
        yield data
    if size != entry.size or crc != entry.crc:
        raise damaged()


def _inflated(packed: bytes, piece: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), piece):  # what is not consumed is copied: never the whole rest
            waiting = packed[at : at + piece]
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, piece)
                waiting = inflater.unconsumed_tail
        while not inflater.eof:
            data = inflater.decompress(b"", piece)
            if not data:
                raise damaged()
            yield data
    except zlib.error:
        raise damaged() from None


def _packed_bytes(data: Data, entry: Entry) -> bytes:
    """The packed bytes of a member, its local header checked against the directory."""
    if entry.offset + _LOCAL.size > len(data):
        raise damaged()
    fields = _LOCAL.unpack_from(data, entry.offset)
    if fields[0] != b"PK\x03\x04" or fields[3] != entry.method:
        raise damaged()
    if fields[2] & _ENCRYPTED:
        raise unreadable("FILE-PASSWORD", "", "")
    start = entry.offset + _LOCAL.size + fields[9] + fields[10]
    packed = data[start : start + entry.packed]
    if len(packed) != entry.packed:
        raise damaged()
    return packed


def _part_name(name: bytes, flags: int) -> str:
    """The name of a part of a workbook; parts are named in ASCII."""
    text = name.decode("utf-8" if flags & UTF8_NAME else "cp437", "replace")
    return text.replace("\\", "/").lstrip("/")


_WORKBOOK = ZipRules(MAX_ENTRIES, MAX_ALL_PARTS, READABLE, _part_name, str.lower)
