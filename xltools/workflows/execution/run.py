"""Many files of one call: where each is checked, and its result in the files' order."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor

from xltools.reading.inputs import InputFile, load
from xltools.workflows.check_setup import Setup
from xltools.workflows.execution.batch_worker import Work
from xltools.workflows.execution.check_to_record import check_to_record
from xltools.workflows.execution.executor_workers import ExecutorWorkers, stopped
from xltools.workflows.execution.local_workers import LocalWorkers
from xltools.workflows.execution.parallel import ParallelCheck
from xltools.workflows.execution.resources import Resources
from xltools.workflows.execution.result_cache import ResultCache
from xltools.workflows.execution.setup_data import SetupData, to_data
from xltools.workflows.path_like import PathLike


def iter_records(
    files: Sequence[InputFile],
    setup: Setup,
    forms: Sequence[PathLike],
    resources: Resources,
    work: Work = check_to_record,
) -> Generator[bytes]:
    """The record of every file, in order; ``forms`` are the definition files of the setup.

    ``work`` makes the records; only those of checks may be kept in folders.
    """
    cache = ResultCache(setup, resources.folders)
    complete = False
    try:
        loaded = (cache.look_up(load(file)) for file in files)
        size = resources.workers_for(len(files))
        if resources.executor is not None:
            records = _elsewhere(loaded, resources.executor, to_data(setup, forms), work)
        elif size < 2:
            records = (work(f, setup) if isinstance(f, InputFile) else f for f in loaded)
        else:
            records = _in_processes(loaded, size, to_data(setup, forms), work)
        with contextlib.closing(records):
            yield from map(cache.take, records)
        complete = True
    finally:
        cache.close(complete=complete)


def _in_processes(
    loaded: Iterable[InputFile | bytes], size: int, data: SetupData, work: Work
) -> Generator[bytes]:
    workers = LocalWorkers(size)
    try:
        yield from ParallelCheck(workers, data, work).records(loaded)
    except BaseException:  # Ctrl-C, a closed iterator: nothing goes on behind the back of whoever left
        workers.stop()
        raise
    workers.close()


def _elsewhere(
    loaded: Iterable[InputFile | bytes], executor: Executor, data: SetupData, work: Work
) -> Generator[bytes]:
    try:
        yield from ParallelCheck(ExecutorWorkers(executor), data, work).records(loaded)
    except (BrokenExecutor, CancelledError) as error:
        raise stopped(error) from error
