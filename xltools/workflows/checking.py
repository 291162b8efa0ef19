"""Workbooks that came back, to findings."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.checking.check import check_submission
from xltools.checking.result import CheckedFile
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.matching.match import match
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.reading.inputs import InputFile, find_files, load
from xltools.reading.workbooks.workbook import read_workbook
from xltools.workflows.check_file import check_file
from xltools.workflows.check_setup import Setup, read_setup
from xltools.workflows.execution.resources import Resources
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.identical_files import IdenticalFiles, with_identical
from xltools.workflows.last_period import LastPeriods, require_fit
from xltools.workflows.path_like import PathLike

if TYPE_CHECKING:
    from concurrent.futures import Executor


def read(path: PathLike, *, forms: Sequence[PathLike] = (), open_password: str = "") -> Submission:
    """The submission in a workbook, totals computed, without checking it.

    Raises UnreadableFileError where it cannot be read or is no known form's.
    """
    grid = read_workbook(Path(path), open_password=open_password)
    registry = FormRegistry.of(forms)
    matched = match(grid, registry.find, registry.all)
    if matched.submission is None:
        found = matched.findings[0]
        raise UnreadableFileError(found.code, found.message)
    return check_submission(matched.submission)[0]


def check(
    paths: Sequence[PathLike],
    *,
    forms: Sequence[PathLike] = (),
    previous: PathLike | None = None,
    open_password: str = "",
    key_file: PathLike | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    cache: bool = False,
) -> tuple[CheckedFile, ...]:
    """Check files, folders, zip archives and patterns; one result a file, in a fixed order.

    ``forms`` are definition files beside the built-in ones; ``previous`` last period's workbook or a
    folder of them, also a summary: where it differs from what a workbook carries, that is noted as a
    correction; ``open_password`` opens workbooks that are encrypted; with ``key_file`` workbooks that
    were not issued with it are found out.

    ``jobs`` is how many processes share many files (0: one a processor); other processes import the
    calling script, which must then start under ``if __name__ == "__main__":``. Any ``executor`` of
    ``concurrent.futures`` shape does instead, on machines with the same xltools. With ``cache`` the
    results for a folder are kept in its hidden ``.xltools-cache``, and a file that has not changed is not
    checked again.

    Raises UsageError where there is nothing to check, and where ``previous`` is of no period before any of
    the files', DefinitionError for a broken definition.
    """
    _, results = iter_check(
        paths,
        forms=forms,
        previous=previous,
        open_password=open_password,
        key_file=key_file,
        jobs=jobs,
        executor=executor,
        cache=cache,
    )
    return tuple(results)


def iter_check(
    paths: Sequence[PathLike],
    *,
    forms: Sequence[PathLike] = (),
    previous: PathLike | LastPeriods | None = None,
    open_password: str = "",
    key_file: PathLike | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    cache: bool = False,
) -> tuple[int, Iterator[CheckedFile]]:
    """The same one by one, with the number of files ahead, for whoever shows progress.

    ``previous`` may also be what ``read_previous`` has read of it. Closing the iterator, or an exception
    in its consumer, ends the processes at once.
    """
    files = find_files(paths)
    setup = read_setup(forms, previous, open_password, key_file)
    resources = Resources.of(paths, jobs, executor, cache=cache)
    results: Iterator[CheckedFile]
    if resources.folders or resources.executor is not None or resources.workers_for(len(files)) > 1:
        results = _by_records(files, setup, forms, resources)
    else:
        results = (check_file(load(file), setup) for file in files)
    return len(files), _noting_identical(_fitting(results, setup.last) if setup.last else results)


def _by_records(
    files: Sequence[InputFile], setup: Setup, forms: Sequence[PathLike], resources: Resources
) -> Generator[CheckedFile]:
    """The results from elsewhere: other processes, or an earlier run."""
    from xltools.checking.storage.record import unpack  # noqa: PLC0415 - most calls are about few files
    from xltools.workflows.execution.run import iter_records  # noqa: PLC0415 - as above

    with contextlib.closing(iter_records(files, setup, forms, resources)) as records:
        for record in records:
            yield unpack(record, setup.registry.find)


def _fitting(results: Iterable[CheckedFile], last: LastPeriods) -> Iterator[CheckedFile]:
    """The results; raises UsageError behind them where ``last`` is of no period before any of theirs."""
    periods = set[Period]()
    for result in results:
        if result.submission is not None and result.submission.period is not None:
            periods.add(result.submission.period)
        yield result
    require_fit(last, *periods)


def _noting_identical(results: Iterable[CheckedFile]) -> Iterator[CheckedFile]:
    """The results, with a note on every file whose bytes came before under another name."""
    identical = IdenticalFiles()
    for result in results:
        other = identical.first_of(result.sha256, result.file)
        yield result if other is None else with_identical(result, other)
