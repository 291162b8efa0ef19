"""One workbook that came back, to findings."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.checking.check import check_submission, in_order
from xltools.checking.last_period import with_last_period
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import Finding
from xltools.layout.identity_sheet import fingerprint
from xltools.matching.match import match
from xltools.model.submission import Submission
from xltools.reading.grid import Grid
from xltools.reading.inputs import InputFile, file_digest
from xltools.reading.package import unsafe
from xltools.reading.workbooks.workbook import read_workbook
from xltools.workflows.check_setup import Setup
from xltools.workflows.last_period import LastReturn, last_return
from xltools.workflows.unreadable import unreadable_finding

MAX_TEXT = 4_000_000
"""Characters of all texts of a return; cells can share one text, so the file itself sets no bound."""


def check_file(file: InputFile, setup: Setup) -> CheckedFile:
    """Everything that is wrong with one file; whatever it holds, this does not raise."""
    return check_with_previous(file, setup)[0]


def check_with_previous(file: InputFile, setup: Setup) -> tuple[CheckedFile, LastReturn | None]:
    """The same, and what the unit reported for last period, where that is known beyond what it carries."""
    try:
        grid = read_workbook(file, open_password=setup.open_password)
        matched = match(grid, setup.registry.find, setup.registry.all)
        submission = matched.submission
        if submission is not None:
            require_sane(submission)
    except UnreadableFileError as error:
        found = unreadable_finding(error)
        return CheckedFile(file.name, file_digest(file), None, (found,), file.modified()), None
    if submission is None:
        return CheckedFile(file.name, grid.sha256, None, matched.findings, file.modified()), None
    corrected: tuple[Finding, ...] = ()
    before = last_return(setup.last, submission.form, submission.period, submission.unit)
    if before is not None:
        submission, corrected = with_last_period(submission, before.values, before.told)
    submission, found_by_checks = check_submission(submission)
    own = (*_not_issued(submission, setup.key), *_data_file_differs(file, grid, submission))
    findings = (*matched.findings, *own, *corrected, *found_by_checks)
    in_sheets = in_order(submission.form, findings)
    return CheckedFile(file.name, grid.sha256, submission, in_sheets, file.modified()), before


def _data_file_differs(file: InputFile, grid: Grid, submission: Submission) -> Iterator[Finding]:
    """What is wrong with the data file beside a summary; other files have none."""
    if submission.kind == "summary":
        from xltools.workflows.ledger_file import check_data_file  # noqa: PLC0415 - most files are returns

        yield from check_data_file(file, grid, submission)


def require_sane(submission: Submission) -> None:
    """Raise UnreadableFileError for a return whose texts are longer than anybody could have written."""
    explanations = submission.explanations.values()
    length = sum(map(len, submission.texts.values())) + sum(len(given.text) for given in explanations)
    if length > MAX_TEXT:
        raise unsafe("文字过多", "it holds too much text")


def _not_issued(submission: Submission, key: bytes) -> Iterator[Finding]:
    """With a key: whether this workbook was issued with it, for its unit and period.

    Summaries are made by merging, not issued, and carry no key.
    """
    if not key or submission.kind == "summary":
        return
    due = fingerprint(submission.form, submission.kind, submission.period, submission.unit, key)
    if submission.seal != due:
        yield finding("NOT-ISSUED")
