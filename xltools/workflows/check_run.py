"""Many files of one call: where each is checked, and its result in the files' order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor

from xltools.reading.inputs import InputFile, load
from xltools.workflows.check_setup import Setup
from xltools.workflows.check_to_record import check_to_record
from xltools.workflows.foreign_workers import ForeignWorkers, stopped
from xltools.workflows.local_workers import LocalWorkers
from xltools.workflows.means import Means
from xltools.workflows.parallel import ParallelCheck
from xltools.workflows.setup_data import SetupData, to_data
from xltools.workflows.shelf import PathLike


def iter_records(
    files: Sequence[InputFile], setup: Setup, forms: Sequence[PathLike], means: Means
) -> Iterator[bytes]:
    """The record of every file, in order; ``forms`` are the definition files of the setup."""
    loaded = (_known(load(file), setup) for file in files)
    size = means.workers_for(len(files))
    if means.executor is not None:
        yield from _elsewhere(loaded, means.executor, to_data(setup, forms))
    elif size < 2:
        yield from (_record(file, setup) for file in loaded)
    else:
        yield from _in_processes(loaded, size, to_data(setup, forms))


def _record(file: InputFile | bytes, setup: Setup) -> bytes:
    return check_to_record(file, setup) if isinstance(file, InputFile) else file


def _known(file: InputFile, setup: Setup) -> InputFile | bytes:
    """The record of a file where there is nothing to check any more, else the file."""
    return file if file.trouble is None else check_to_record(file, setup)


def _in_processes(loaded: Iterable[InputFile | bytes], size: int, data: SetupData) -> Iterator[bytes]:
    workers = LocalWorkers(size)
    try:
        yield from ParallelCheck(workers, data).records(loaded)
    except BaseException:  # Ctrl-C, a closed iterator: nothing goes on behind the back of whoever left
        workers.stop()
        raise
    workers.close()


def _elsewhere(loaded: Iterable[InputFile | bytes], executor: Executor, data: SetupData) -> Iterator[bytes]:
    try:
        yield from ParallelCheck(ForeignWorkers(executor), data).records(loaded)
    except (BrokenExecutor, CancelledError) as error:
        raise stopped(error) from error
