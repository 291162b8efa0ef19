"""Workbooks that came back, to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xltools.checking.check import check_submission, in_order
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import Finding
from xltools.layout.identity_sheet import fingerprint
from xltools.matching.match import match
from xltools.model.submission import Submission
from xltools.reading.inputs import InputFile, file_digest, find_files
from xltools.reading.key_file import read_key
from xltools.reading.workbook import read_workbook
from xltools.workflows.last_period import LastPeriods, figures_before, read_previous
from xltools.workflows.shelf import FormShelf, PathLike
from xltools.workflows.unreadable import unreadable_finding


@dataclass(frozen=True, slots=True)
class _Round:
    """What every file of one call is checked with."""

    shelf: FormShelf
    last: LastPeriods
    open_password: str
    key: bytes


def read(path: PathLike, *, forms: Sequence[PathLike] = (), open_password: str = "") -> Submission:
    """The submission in a workbook, totals computed, without checking it.

    Raises UnreadableFileError where it cannot be read or is no known form's.
    """
    grid = read_workbook(Path(path), open_password=open_password)
    shelf = FormShelf.of(forms)
    matched = match(grid, shelf.find, shelf.all)
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
) -> tuple[CheckedFile, ...]:
    """Check files, folders, zip archives and patterns; one result a file, in a fixed order.

    ``forms`` are definition files beside the built-in ones; ``previous`` last period's workbook or a
    folder of them (it counts before what the workbooks carry themselves); ``open_password`` opens
    workbooks that are encrypted; with ``key_file`` workbooks that were not issued with it are found out.

    Raises UsageError where there is nothing to check, DefinitionError for a broken definition.
    """
    _, results = iter_check(
        paths, forms=forms, previous=previous, open_password=open_password, key_file=key_file
    )
    return tuple(results)


def iter_check(
    paths: Sequence[PathLike],
    *,
    forms: Sequence[PathLike] = (),
    previous: PathLike | None = None,
    open_password: str = "",
    key_file: PathLike | None = None,
) -> tuple[int, Iterator[CheckedFile]]:
    """The same one by one, with the number of files ahead, for whoever shows progress."""
    files = find_files(paths)
    shelf = FormShelf.of(forms)
    round_ = _Round(
        shelf=shelf,
        last=read_previous(previous, shelf, open_password),
        open_password=open_password,
        key=read_key(Path(key_file)) if key_file is not None else b"",
    )
    return len(files), _noting_twins(_check_file(file, round_) for file in files)


def _check_file(file: InputFile, round_: _Round) -> CheckedFile:
    try:
        grid = read_workbook(file, open_password=round_.open_password)
    except UnreadableFileError as error:
        return CheckedFile(file.name, file_digest(file), None, (unreadable_finding(error),))
    matched = match(grid, round_.shelf.find, round_.shelf.all)
    submission = matched.submission
    if submission is None:
        return CheckedFile(file.name, grid.sha256, None, matched.findings)
    before = figures_before(round_.last, submission.form, submission.period, submission.unit)
    if before:
        submission = replace(submission, previous={**submission.previous, **before})
    submission, found_by_checks = check_submission(submission)
    findings = (*matched.findings, *_not_issued(submission, round_.key), *found_by_checks)
    return CheckedFile(file.name, grid.sha256, submission, in_order(submission.form, findings))


def _not_issued(submission: Submission, key: bytes) -> Iterator[Finding]:
    """With a key: whether this workbook was issued with it, for its unit and period.

    Summaries are made by merging, not issued, and carry no key.
    """
    if not key or submission.kind == "summary":
        return
    due = fingerprint(submission.form, submission.kind, submission.period, submission.unit, key)
    if submission.seal != due:
        yield finding("NOT-ISSUED")


def _noting_twins(results: Iterable[CheckedFile]) -> Iterator[CheckedFile]:
    """The results, with a note on every file whose bytes came before under another name."""
    first: dict[str, str] = {}
    for result in results:
        if result.sha256 is None:
            yield result
            continue
        other = first.setdefault(result.sha256, result.file)
        twin = () if other == result.file else (finding("SAME-FILE", other=other),)
        yield replace(result, findings=(*twin, *result.findings)) if twin else result
