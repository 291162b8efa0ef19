"""Very many files: checked, and their results set aside on the disk instead of kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from xltools.checking.record import Entry, pack, read_entry, unpack
from xltools.checking.spool import Spool
from xltools.reading.inputs import find_files
from xltools.workflows.check_run import iter_records
from xltools.workflows.check_setup import Setup, read_setup
from xltools.workflows.means import Means
from xltools.workflows.shelf import PathLike
from xltools.workflows.twins import Twins, with_twin

Watch = Callable[[Entry, int], None]
"""Told of each file as its result comes, with the number of all files: for whoever shows progress."""


def spool_check(  # noqa: PLR0913 - all but one are options by keyword
    paths: Sequence[PathLike],
    *,
    forms: Sequence[PathLike] = (),
    previous: PathLike | None = None,
    open_password: str = "",
    key_file: PathLike | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    cache: bool = False,
    watch: Watch | None = None,
) -> Spool:
    """What ``check`` gives, as a sequence that lies on the disk; memory holds the light facts.

    The caller closes it. Raises UsageError as ``check`` does, and where the disk is full.
    """
    files = find_files(paths)
    setup = read_setup(forms, previous, open_password, key_file)
    means = Means.of(paths, jobs, executor, cache=cache)
    spool, twins = Spool(setup.shelf.find), Twins()
    try:
        for record in iter_records(files, setup, forms, means):
            entry = spool.append(_noting_twin(record, twins, setup))
            if watch is not None:
                watch(entry, len(files))
    except BaseException:
        spool.close()
        raise
    return spool


def _noting_twin(record: bytes, twins: Twins, setup: Setup) -> bytes:
    entry = read_entry(record)
    other = twins.first_of(entry.sha256, entry.file)
    if other is None:
        return record
    return pack(with_twin(unpack(record, setup.shelf.find), other), entry.previous)
