"""Results of many files set aside on the disk, so that memory holds only their light facts.

The file is a temporary one without a name where the system has such, gone with the process however
that ends. Nobody else has business in it, so what is read back is checked against accidents only.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self, overload

from xltools.checking.record import Entry, FindForm, read_entry, unpack
from xltools.checking.result import CheckedFile
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.model.submission import Submission
from xltools.writing.files import cannot_write


class Spool(Sequence[CheckedFile]):
    """Checked files in the order they came; each is read again when it is asked for.

    ``entries`` are their light facts, in the same order. Raises UsageError where the disk is full, and
    where what comes back is not what was set aside.
    """

    def __init__(self, find_form: FindForm) -> None:
        self.entries: list[Entry] = []
        self._find_form = find_form
        self._ends = array("Q", [0])
        self._checksums = array("Q")
        try:
            self._file = tempfile.TemporaryFile(prefix="xltools-")  # noqa: SIM115 - open as long as the spool
        except OSError as error:
            raise cannot_write(Path(tempfile.gettempdir()), error) from error

    def append(self, record: bytes) -> Entry:
        """Set a record aside; gives its light facts."""
        entry = read_entry(record)
        try:
            self._file.seek(self._ends[-1])
            self._file.write(record)
            self._file.flush()
        except OSError as error:
            raise cannot_write(Path(tempfile.gettempdir()), error) from error
        self._ends.append(self._ends[-1] + len(record))
        self._checksums.append(_checksum(record))
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
        return unpack(self._record(range(len(self))[index]), self._find_form)

    def submissions(self, indexes: Sequence[int]) -> Submissions:
        """The submissions of these files, one in memory at a time; they must all have one."""
        return Submissions(self, indexes)

    def close(self) -> None:
        """Give the disk back; nothing can be asked of the spool any more."""
        self._file.close()

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


class Submissions(Sequence[Submission]):
    """Some submissions of a spool, read when they are asked for: what sums can be taken of in one pass."""

    def __init__(self, spool: Spool, indexes: Sequence[int]) -> None:
        self._spool = spool
        self._indexes = indexes

    def __len__(self) -> int:
        return len(self._indexes)

    @overload
    def __getitem__(self, index: int) -> Submission: ...
    @overload
    def __getitem__(self, index: slice) -> Submissions: ...
    def __getitem__(self, index: int | slice) -> Submission | Submissions:
        if isinstance(index, slice):
            return Submissions(self._spool, self._indexes[index])
        submission = self._spool[self._indexes[index]].submission
        if submission is None:
            raise LookupError(f"file {self._indexes[index]} has no submission")
        return submission

    def __iter__(self) -> Iterator[Submission]:
        return (self[number] for number in range(len(self)))


def _checksum(record: bytes) -> int:
    return int.from_bytes(blake2b(record, digest_size=8).digest())
