"""A zip archive as the raw bytes of its members: one can be replaced, the others are copied as they are.

Only for archives that XlsxWriter has just written: no data descriptors, no zip64, no comments
(APPNOTE.TXT 6.3.10, 4.3.7 local file header, 4.3.12 central directory, 4.3.16 end record).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_SIZES = struct.Struct("<3L")
_LOCAL_SIZES, _CENTRAL_SIZES, _CENTRAL_OFFSET = 14, 16, 42
"""Where CRC and both sizes stand in the two headers, and where a member begins in the second."""
_RAW_DEFLATE = -15


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its local header, its compressed bytes and its record of the central directory."""

    name: str
    header: bytes
    body: bytes
    record: bytes

    def content(self) -> bytes:
        """The bytes as they are uncompressed."""
        return zlib.decompress(self.body, _RAW_DEFLATE)

    def holding(self, content: bytes) -> Member:
        """The same member with other content, compressed as the standard library does."""
        packer = zlib.compressobj(wbits=_RAW_DEFLATE)
        body = packer.compress(content) + packer.flush()
        sizes = _SIZES.pack(zlib.crc32(content), len(body), len(content))
        return Member(
            self.name,
            _patched(self.header, _LOCAL_SIZES, sizes),
            body,
            _patched(self.record, _CENTRAL_SIZES, sizes),
        )


def split_archive(data: bytes) -> tuple[Member, ...]:
    """The members of an archive in their order."""
    *_, count, _size, at, _comment = _END.unpack(data[-_END.size :])
    members = []
    for _ in range(count):
        fields = _CENTRAL.unpack_from(data, at)
        packed, name_length, extra, comment, start = fields[8], *fields[10:13], fields[16]
        after = at + _CENTRAL.size + name_length + extra + comment
        name = data[at + _CENTRAL.size : at + _CENTRAL.size + name_length].decode()
        body = start + _LOCAL.size + sum(_LOCAL.unpack_from(data, start)[9:11])
        members.append(Member(name, data[start:body], data[body : body + packed], data[at:after]))
        at = after
    return tuple(members)


def join_archive(members: Iterable[Member]) -> bytes:
    """The archive of these members."""
    pieces: list[bytes] = []
    records: list[bytes] = []
    at = 0
    for member in members:
        pieces += (member.header, member.body)
        records.append(_patched(member.record, _CENTRAL_OFFSET, struct.pack("<L", at)))
        at += len(member.header) + len(member.body)
    directory = b"".join(records)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(records), len(records), len(directory), at, 0)
    return b"".join((*pieces, directory, end))


def _patched(header: bytes, at: int, new: bytes) -> bytes:
    return header[:at] + new + header[at + len(new) :]
