"""What is known of files before they are checked, from earlier runs over the same folders."""

from __future__ import annotations

import hmac
import platform
from collections import deque
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import xltools
from xltools.checking.storage.record import FORMAT, DamagedRecordError, anonymous, digest, of_file, read_entry
from xltools.diagnostics.findings import Status
from xltools.reading.inputs import InputFile
from xltools.workflows.check_setup import Setup
from xltools.workflows.execution.cache_secret import cache_secret
from xltools.workflows.execution.check_to_record import check_to_record, previous_digest
from xltools.workflows.execution.folder_cache import FolderCache
from xltools.workflows.last_period import last_return


class ResultCache:
    """Gives what it knows of each file, and takes in the results in the same order."""

    def __init__(self, setup: Setup, folders: Sequence[Path] = ()) -> None:
        self._setup = setup
        secret = cache_secret() if folders else None
        self._caches: list[tuple[Path, FolderCache]] = []
        self._awaited: deque[tuple[FolderCache, bytes] | None] = deque()
        if secret is not None:
            self._key = hmac.digest(secret, _context(setup), "sha256")
            self._caches = [(folder, FolderCache(folder, secret)) for folder in folders]

    def look_up(self, file: InputFile) -> InputFile | bytes:
        """The record of a loaded file where there is nothing left to check, else the file."""
        self._awaited.append(None)
        if file.trouble is not None or file.content is None:
            return check_to_record(file, self._setup)
        cache = next((cache for folder, cache in self._caches if file.path.is_relative_to(folder)), None)
        if cache is None:
            return file
        name = hmac.digest(self._key, sha256(file.content).digest(), "sha256")
        record = cache.find(name)
        if record is not None and self._still_holds(record):
            return of_file(record, file.name, file.modified())
        self._awaited[-1] = (cache, name)
        return file

    def take(self, record: bytes) -> bytes:
        """The next result, kept where it is new.

        What could not be read is tried anew in the next run, and so is a summary, which may depend on a
        data file beside it.
        """
        awaited = self._awaited.popleft()
        entry = read_entry(record)
        if awaited is not None and entry.status is not Status.UNREADABLE and entry.kind == "return":
            cache, name = awaited
            cache.add(name, anonymous(record))
        return record

    def close(self, *, complete: bool) -> None:
        """Let go of the caches; ``complete`` where every file was gone through."""
        for _, cache in self._caches:
            cache.close(complete=complete)

    def _still_holds(self, record: bytes) -> bool:
        """Whether the file would be checked with the same figures of last period today."""
        try:
            entry = read_entry(of_file(record, "", None))
        except DamagedRecordError:
            return False
        form = self._setup.registry.find(entry.form)
        if form is None:
            return False
        before = last_return(self._setup.last, form, entry.period, entry.unit)
        return previous_digest(before) == entry.previous


def _context(setup: Setup) -> bytes:
    """Everything but the file and last period's figures that a result depends on."""
    facts: list[Any] = [FORMAT, xltools.__version__, platform.python_version(), _code_stamp()]
    facts += [setup.registry.digests(), setup.open_password, setup.key.hex()]
    return digest(facts).encode()


def _code_stamp() -> list[Any]:
    """Size and time of every module: a checkout changes without its version changing."""
    package = Path(xltools.__file__).parent
    return [
        [str(path.relative_to(package)), status.st_size, status.st_mtime_ns]
        for path in sorted(package.rglob("*.py"))
        for status in [path.stat()]
    ]
