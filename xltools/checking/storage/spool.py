"""Results of many files set aside on the disk, so that memory holds only their light facts.

A few files need no disk: the first megabytes stay in memory. The file is a temporary one without a name
where the system has such, gone with the process however that ends. Nobody else has business in it, so
what is read back is checked against accidents only.
"""

from __future__ import annotations

import contextlib
import tempfile
import weakref
from array import array
from collections.abc import Container, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import IO, Self, overload

from xltools.checking.result import CheckedFile
from xltools.checking.storage.record import Entry, FindForm, read_entry, unpack
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.model.submission import Submission
from xltools.writing.files import cannot_write

IN_MEMORY = 4 * 1024 * 1024
"""Bytes before a disk is needed: the records of some 2,000 files."""


class Spool(Sequence[CheckedFile]):
    """Checked files in the order they came; each is read again when it is asked for.

    ``entries`` are their light facts, in the same order. Who does not close it gives the disk back by
    forgetting it. Raises UsageError where the disk is full, and where what comes back is not what was set
    aside.
    """

    def __init__(self, find_form: FindForm) -> None:
        self.entries: list[Entry] = []
        self.find_form = find_form
        self._numbers: dict[str, int] = {}
        self._ends = array("Q", [0])
        self._checksums = array("Q")
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, prefix="xltools-")  # noqa: SIM115 - see close
        self._close = weakref.finalize(self, _give_back, self._file)

    def append(self, record: bytes) -> Entry:
        """Set a record aside; gives its light facts."""
        entry = read_entry(record)
        try:
            self._file.seek(self._ends[-1])
            self._file.write(record)
            self._file.flush()
        except OSError as error:
            raise _cannot_set_aside(error) from error
        self._ends.append(self._ends[-1] + len(record))
        self._checksums.append(_checksum(record))
        self._numbers[entry.file] = len(self.entries)
        self.entries.append(entry)
        return entry

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> CheckedFile: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[CheckedFile]: ...
    def __getitem__(self, index: int | slice) -> CheckedFile | Sequence[CheckedFile]:
        if isinstance(index, slice):
            return [self[number] for number in range(len(self))[index]]
        return unpack(self._record(range(len(self))[index]), self.find_form)

    def file(self, name: str) -> CheckedFile:
        """The file of this name; raises LookupError where there is none."""
        return self[self._numbers[name]]

    def submission(self, name: str) -> Submission:
        """The submission in the file of this name; raises LookupError where there is none."""
        submission = self.file(name).submission
        if submission is None:
            raise LookupError(f"{name} has no submission")
        return submission

    def with_findings(self, names: Container[str]) -> Iterator[CheckedFile]:
        """Those of these files in which something was found, in their order; no other is read."""
        for number, entry in enumerate(self.entries):
            if any(entry.counts) and entry.file in names:
                yield self[number]

    def close(self) -> None:
        """Give the disk back; nothing can be asked of the spool any more."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _record(self, number: int) -> bytes:
        self._file.seek(self._ends[number])
        record = self._file.read(self._ends[number + 1] - self._ends[number])
        if _checksum(record) != self._checksums[number]:
            raise UsageError(
                Text("临时文件已损坏，请重新运行。", "the temporary file is damaged: run it again.")
            )
        return record


def _give_back(file: IO[bytes]) -> None:
    """Close what nobody asks for any more; what a full disk could not take is not missed."""
    with contextlib.suppress(OSError):
        file.close()


def _cannot_set_aside(error: OSError) -> UsageError:
    if tempfile.tempdir is not None:
        return cannot_write(Path(tempfile.tempdir), error)
    return UsageError(
        Text(
            "没有可以写入的临时文件夹：请清理磁盘，或用环境变量 TMPDIR（Windows 上是 TEMP）指定一个。",
            "there is no temporary folder to write to: free some disk, or name one in the environment "
            "variable TMPDIR (on Windows TEMP).",
        )
    )


def _checksum(record: bytes) -> int:
    return int.from_bytes(blake2b(record, digest_size=8).digest())
