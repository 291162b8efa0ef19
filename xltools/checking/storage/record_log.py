"""Records in files that are only ever added to, each sealed with a key that only its writer has.

A log may lie where others can write. Every record carries an authentication code (HMAC-SHA256,
RFC 2104) over its name and its bytes; the first one that does not fit ends the reading of its file,
be it cut off in the middle, damaged or forged. One process writes a file and none ever changes what
is written, so no locks are needed, which network drives often lack.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

MAX_RECORD = 64 * 1024 * 1024
NAME = 32
"""Bytes of a record's name."""

_HEAD = struct.Struct(f"<{NAME}s32sI")


class Spot(NamedTuple):
    """Where a record stands in a file."""

    offset: int
    length: int


def frame(name: bytes, record: bytes, secret: bytes) -> bytes:
    """A record as it is written."""
    return _HEAD.pack(name, _seal(name, record, secret), len(record)) + record


def scan(path: Path, secret: bytes) -> Iterator[tuple[bytes, Spot]]:
    """The name and the place of every sealed record, to the first that is not; raises OSError."""
    with path.open("rb") as stream:
        offset = 0
        while (found := _read(stream, secret)) is not None:
            name, record = found
            yield name, Spot(offset, len(record))
            offset += _HEAD.size + len(record)


def read_at(stream: BinaryIO, spot: Spot, name: bytes, secret: bytes) -> bytes | None:
    """The record of this ``name``; None where it does not stand there (any more); raises OSError."""
    stream.seek(spot.offset)
    found = _read(stream, secret)
    return found[1] if found is not None and found[0] == name else None


def _read(stream: BinaryIO, secret: bytes) -> tuple[bytes, bytes] | None:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    name, seal, length = _HEAD.unpack(head)
    if length > MAX_RECORD:
        return None
    record = stream.read(length)
    if len(record) < length or not hmac.compare_digest(seal, _seal(name, record, secret)):
        return None
    return name, record


def _seal(name: bytes, record: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, name + record, "sha256")
