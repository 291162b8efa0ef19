"""Very many files: checked, and their results set aside on the disk instead of kept in memory."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from typing import Protocol, TypeVar

from xltools.checking.storage.record import Entry, pack, read_entry, unpack
from xltools.checking.storage.spool import Spool
from xltools.diagnostics.findings import Status
from xltools.reading.inputs import find_files
from xltools.workflows.check_setup import Setup, read_setup
from xltools.workflows.execution.resources import Resources
from xltools.workflows.execution.run import iter_records
from xltools.workflows.identical_files import IdenticalFiles, with_identical
from xltools.workflows.last_period import LastPeriods
from xltools.workflows.path_like import PathLike


class Checked(Protocol):
    """A file that has been checked, or its light facts."""

    @property
    def status(self) -> Status:
        """What its findings come to."""


Result = TypeVar("Result", bound=Checked)


class Watch(Protocol):
    """Given the number of files and their results as they come, passes these on: for showing progress."""

    def __call__(self, total: int, results: Iterator[Result], /) -> Iterator[Result]:
        """The same results."""


def spool_check(  # noqa: PLR0913 - all but one are options by keyword
    paths: Sequence[PathLike],
    *,
    forms: Sequence[PathLike] = (),
    previous: PathLike | LastPeriods | None = None,
    open_password: str = "",
    key_file: PathLike | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    cache: bool = False,
    watch: Watch | None = None,
    keep: Callable[[Entry], bool] | None = None,
) -> Spool:
    """What ``check`` gives, as a sequence that lies on the disk; memory holds the light facts.

    ``previous`` may also be what ``read_previous`` has read of it; ``watch`` looks on while files are
    checked; files that are not to ``keep`` are forgotten. The caller closes the spool.

    Raises UsageError as ``check`` does, and where the disk is full.
    """
    files = find_files(paths)
    setup = read_setup(forms, previous, open_password, key_file)
    resources = Resources.of(paths, jobs, executor, cache=cache)
    spool, identical = Spool(setup.registry.find), IdenticalFiles()
    try:
        with contextlib.closing(iter_records(files, setup, forms, resources)) as records:
            noted = (_noting_identical(record, identical, setup) for record in records)
            entries = _set_aside(noted, spool, keep)
            deque(entries if watch is None else watch(len(files), entries), maxlen=0)
    except BaseException:
        spool.close()
        raise
    return spool


def _set_aside(
    records: Iterable[bytes], spool: Spool, keep: Callable[[Entry], bool] | None
) -> Iterator[Entry]:
    """The light facts of every record, the ones to keep in the spool by then."""
    for record in records:
        yield spool.append(record) if keep is None or keep(read_entry(record)) else read_entry(record)


def _noting_identical(record: bytes, identical: IdenticalFiles, setup: Setup) -> bytes:
    entry = read_entry(record)
    other = identical.first_of(entry.sha256, entry.file)
    if other is None:
        return record
    return pack(with_identical(unpack(record, setup.registry.find), other), entry.previous)
