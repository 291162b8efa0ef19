"""The results of earlier runs over a folder, kept in the folder itself in ``.xltools-cache``.

**What it rests on.** Whoever may hand in files can often write to the folder, so nothing in it is
believed for being there: every record is sealed with a secret that lies in the user's own profile
(see ``cache_secret``). A record nobody but this user's xltools can have written, under a name made of
the content of the file and of everything that its result depends on, is as good as checking again.
Whoever can read the user's profile could do anything in the user's name anyway. What is damaged,
forged, or another user's is passed over and made anew. The folder can be deleted at any time.

Every run writes a file of its own and changes no other, so that runs can meet; a full disk or a
folder that cannot be written to costs the cache and nothing else.
"""

from __future__ import annotations

import contextlib
import hmac
import secrets
import stat
import time
from pathlib import Path
from typing import BinaryIO

from xltools.checking.storage.record_log import Spot, frame, read_at, scan

FOLDER = ".xltools-cache"
"""Hidden: neither this tool nor others take it for something handed in."""

_SUFFIX = ".records"
_MOST_FILES = 8
_WASTE = 4 * 1024 * 1024
"""Bytes of results nobody asked for that may pile up before the cache is written anew."""


class FolderCache:
    """Looks results up by name and adds new ones; never raises for what the disk does."""

    def __init__(self, folder: Path, secret: bytes) -> None:
        self._folder = folder / FOLDER
        self._secret = secret
        self._owner = hmac.digest(secret, b"owner", "sha256").hex()[:16]
        self._spots: dict[bytes, tuple[int, Spot]] = {}
        self._streams: list[BinaryIO] = []
        self._paths: list[Path] = []
        self._used: dict[bytes, None] = {}
        self._out: BinaryIO | None = None
        self._broken = False
        self._open()

    def find(self, name: bytes) -> bytes | None:
        """The record of this name; None where there is none that is sound."""
        where = self._spots.get(name)
        if where is None:
            return None
        number, spot = where
        with contextlib.suppress(OSError):
            record = read_at(self._streams[number], spot, name, self._secret)
            if record is not None:
                self._used[name] = None
                return record
        return None

    def add(self, name: bytes, record: bytes) -> None:
        """Keep a record for the next run."""
        if self._broken:
            return
        try:
            out = self._out or self._begin()
            out.write(frame(name, record, self._secret))
            out.flush()
        except OSError:  # a full disk, a folder that is read-only or gone: the result is not lost
            self._broken = True

    def close(self, *, complete: bool) -> None:
        """Close the files; after a run over the whole folder, tidy up what nobody asked for."""
        if complete and self._is_wasteful():
            self._rewrite()
        for stream in (*self._streams, *filter(None, [self._out])):
            with contextlib.suppress(OSError):
                stream.close()

    def _open(self) -> None:
        """Read in the files of this user, the oldest first, so that the newest result counts."""
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.glob(f"{self._owner}-*{_SUFFIX}")):
                stream = path.open("rb")
                number = len(self._streams)
                self._streams.append(stream)
                self._paths.append(path)
                for name, spot in scan(path, self._secret):
                    self._spots[name] = (number, spot)

    def _begin(self) -> BinaryIO:
        self._folder.mkdir(exist_ok=True)
        if not stat.S_ISDIR(self._folder.lstat().st_mode):  # a link could lead anywhere
            raise NotADirectoryError(self._folder)
        path = self._folder / f"{self._owner}-{time.time_ns():020}-{secrets.token_hex(4)}{_SUFFIX}"
        self._out = path.open("xb")
        return self._out

    def _is_wasteful(self) -> bool:
        useful = sum(spot.length for name, (_, spot) in self._spots.items() if name in self._used)
        size = 0
        for path in self._paths:
            with contextlib.suppress(OSError):
                size += path.stat().st_size
        return len(self._paths) > _MOST_FILES or size > 2 * useful + _WASTE

    def _rewrite(self) -> None:
        """What this run asked for into its own file; then the files that were there before go.

        Where one is still open in another run, Windows keeps it and others let that run read on.
        """
        for name in self._used:
            record = self.find(name)
            if record is not None:
                self.add(name, record)
        if self._broken:
            return
        for stream, path in zip(self._streams, self._paths, strict=True):
            with contextlib.suppress(OSError):
                stream.close()
                path.unlink()
