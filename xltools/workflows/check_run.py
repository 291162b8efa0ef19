"""Many files of one call: where each is checked, and its result in the files' order."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor

from xltools.reading.inputs import InputFile, load
from xltools.workflows.check_setup import Setup
from xltools.workflows.check_to_record import check_to_record
from xltools.workflows.foreign_workers import ForeignWorkers, stopped
from xltools.workflows.local_workers import LocalWorkers
from xltools.workflows.means import Means
from xltools.workflows.memory import Memory
from xltools.workflows.parallel import ParallelCheck
from xltools.workflows.setup_data import SetupData, to_data
from xltools.workflows.shelf import PathLike


def iter_records(
    files: Sequence[InputFile],
    setup: Setup,
    forms: Sequence[PathLike],
    means: Means,
) -> Generator[bytes]:
    """The record of every file, in order; ``forms`` are the definition files of the setup."""
    memory = Memory(setup, means.folders)
    complete = False
    try:
        loaded = (memory.look_up(load(file)) for file in files)
        size = means.workers_for(len(files))
        if means.executor is not None:
            records = _elsewhere(loaded, means.executor, to_data(setup, forms))
        elif size < 2:
            records = (check_to_record(f, setup) if isinstance(f, InputFile) else f for f in loaded)
        else:
            records = _in_processes(loaded, size, to_data(setup, forms))
        with contextlib.closing(records):
            yield from map(memory.take, records)
        complete = True
    finally:
        memory.close(complete=complete)


def _in_processes(loaded: Iterable[InputFile | bytes], size: int, data: SetupData) -> Generator[bytes]:
    workers = LocalWorkers(size)
    try:
        yield from ParallelCheck(workers, data).records(loaded)
    except BaseException:  # Ctrl-C, a closed iterator: nothing goes on behind the back of whoever left
        workers.stop()
        raise
    workers.close()


def _elsewhere(loaded: Iterable[InputFile | bytes], executor: Executor, data: SetupData) -> Generator[bytes]:
    try:
        yield from ParallelCheck(ForeignWorkers(executor), data).records(loaded)
    except (BrokenExecutor, CancelledError) as error:
        raise stopped(error) from error
