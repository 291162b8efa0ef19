"""Published reports, and workbooks that are not ours, to a submission and from there to a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xltools.checking.check import check_submission, in_order
from xltools.checking.result import CheckedFile
from xltools.definition.library import load_form, require_period
from xltools.diagnostics.catalog import CATALOG
from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Text
from xltools.matching.match import Match, match
from xltools.matching.recognise import Known, recognise
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.reading.archive import WORKBOOK_SUFFIXES
from xltools.reading.documents.report import read_report as read_grid
from xltools.reading.inputs import InputFile, as_input, file_digest
from xltools.workflows.checking import check
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.issuing import write
from xltools.workflows.path_like import PathLike
from xltools.workflows.unreadable import unreadable_finding
from xltools.writing.files import WORKBOOK, require_writable

_NOTHING = Known()


@dataclass(frozen=True, slots=True)
class ImportedReport:
    """What became of a report: ``source`` with what was noticed while reading it, places in the report.

    ``written`` is the workbook that was made of it, checked; None where nothing could be read.
    """

    source: CheckedFile
    written: CheckedFile | None


def import_report(
    path: PathLike,
    output: PathLike,
    *,
    form: PathLike | None = None,
    period: Period | str | int | None = None,
    unit: Unit | None = None,
    open_password: str = "",
    password: str = "",
    force: bool = False,
) -> ImportedReport:
    """Read a published report (.txt, .html, .docx, .pdf) or any workbook, and write it as a workbook.

    ``form`` (an id or a definition file) is the only one tried; else all are, and the tables decide, where
    several fit the year. ``period`` and ``unit`` count before what the report says; ``open_password``
    opens workbooks that are encrypted, ``password`` protects the sheets of the one written.

    Raises UsageError where the output exists (without ``force``), cannot be written or is the report itself.
    """
    target = Path(output)
    require_writable(target, force=force, endings=WORKBOOK)
    if target.resolve() == Path(path).resolve():
        raise UsageError(
            Text(
                f"“{target}”就是要读取的文件，请另取文件名。",
                f'"{target}" is the file to read: name another file.',
            )
        )
    source = read_source(path, form=form, period=period, unit=unit, open_password=open_password)
    if source.submission is None:
        return ImportedReport(source, None)
    write(source.submission, target, password=password, force=force)
    (written,) = check([target], forms=definitions_of(form))
    return ImportedReport(source, written)


def read_report(
    path: PathLike,
    *,
    form: PathLike | None = None,
    period: Period | str | int | None = None,
    unit: Unit | None = None,
    open_password: str = "",
) -> Submission:
    """The submission in a published report or any workbook, totals computed; see :func:`import_report`.

    Raises UnreadableFileError where it cannot be read or is no known form's.
    """
    source = read_source(path, form=form, period=period, unit=unit, open_password=open_password)
    if source.submission is None:
        found = source.findings[0]
        raise UnreadableFileError(found.code, found.message)
    return check_submission(source.submission)[0]


def read_source(
    path: PathLike,
    *,
    form: PathLike | None = None,
    period: Period | str | int | None = None,
    unit: Unit | None = None,
    open_password: str = "",
) -> CheckedFile:
    """A report with what was noticed while reading it; its figures are as they stand, totals too."""
    registry = FormRegistry.of(definitions_of(form))
    chosen = load_form(str(form)) if form is not None else None
    given = Period.of(period) if period is not None else None
    if chosen is not None and given is not None:
        require_period(chosen, given)
    return read_input(as_input(Path(path)), registry, chosen, Known(given, unit), open_password)


def read_input(
    file: InputFile,
    registry: FormRegistry,
    chosen: Form | None = None,
    known: Known = _NOTHING,
    open_password: str = "",
) -> CheckedFile:
    """The same for a file that was found, with forms of ``registry``, or only ``chosen`` tried."""
    try:
        grid = read_grid(file, open_password=open_password)
    except UnreadableFileError as error:
        found = unreadable_finding(error)
        if not file.name.lower().endswith(WORKBOOK_SUFFIXES):
            found = _of_a_report(found)
        return CheckedFile(file.name, file_digest(file), None, (found,), file.modified())
    forms = (chosen,) if chosen is not None else registry.all()
    if grid.flow:
        read, noticed = recognise(grid, forms, known)
        told = noticed if read is not None else (*grid.notes, *noticed)
        matched = Match(read, tuple(map(_of_a_report, told)))
    else:
        matched = match(grid, registry.find, lambda: forms, known)
    submission = matched.submission
    findings = in_order(submission.form if submission is not None else None, matched.findings)
    return CheckedFile(file.name, grid.sha256, submission, findings, file.modified())


def _of_a_report(found: Finding) -> Finding:
    """A finding with what to do about it where no unit can be asked to send its workbook again."""
    fix = CATALOG[found.code].report_fix
    return found if fix is None else replace(found, fix=fix)


def definitions_of(form: PathLike | None) -> Sequence[PathLike]:
    """The definitions to be had where one form may be chosen."""
    return () if form is None else (form,)
