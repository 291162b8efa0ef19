"""The tool as a library: issue, read, check, merge. No printing, no exit; files in, results out.

>>> import xltools
>>> results = xltools.check(["报送"])  # doctest: +SKIP
>>> [result.status for result in results]  # doctest: +SKIP
[<Status.OK: 'ok'>]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xltools.checking.check import check_submission, in_order
from xltools.checking.result import CheckedFile
from xltools.definition.library import built_in_forms, load_form, require_period
from xltools.definition.load import load_definition
from xltools.diagnostics.catalog import CATALOG, finding
from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.findings import Finding, Severity
from xltools.diagnostics.text import Text
from xltools.excel.values import Value
from xltools.matching.match import match
from xltools.merging.merge import merge_checked
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.summary import Intake, Summary
from xltools.model.unit import Roster, Unit
from xltools.reading.inputs import find_files
from xltools.reading.package import file_digest
from xltools.reading.roster import read_roster
from xltools.reading.workbook import read_workbook

PathLike = Path | str
LastPeriods = Mapping[tuple[str, Period], Submission]
"""Earlier submissions by unit (code, else name) and period."""


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A blank workbook that was written for a unit."""

    unit: Unit
    path: Path


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge gave: what came in, the summary and its file (None where no file passed), all checks."""

    intake: Intake
    summary: Summary | None
    checked: tuple[CheckedFile, ...]
    output: Path | None


def issue(
    form: Form | str,
    period: Period | str | int,
    units: Unit | Iterable[Unit],
    output: PathLike,
    *,
    previous: PathLike | None = None,
    password: str = "",
    force: bool = False,
) -> tuple[IssuedFile, ...]:
    """Write blank workbooks: one unit to the file ``output``, several into the folder ``output``.

    ``previous`` is last period's workbook, or a folder of them: 上年结转 is filled in from it and
    its figures are kept for the rules that need them. Nothing is written unless everything can be.

    Raises:
        UsageError: wrong period, no units, an output that exists (without ``force``) or cannot be.
        DefinitionError: the form's definition has mistakes.
        UnreadableFileError: ``previous`` is a file that cannot be read.
    """
    from xltools.layout.workbook import plan_workbook
    from xltools.writing.files import require_folder, require_writable, write_whole
    from xltools.writing.workbook import render_workbook

    form = load_form(form) if isinstance(form, str) else form
    period = period if isinstance(period, Period) else Period.parse(str(period))
    require_period(form, period)
    last = _read_previous(previous, _FormShelf.of([]).holding(form))
    _require_fit(last, period, previous)
    output = Path(output)
    if isinstance(units, Unit):
        targets = [IssuedFile(units, output)]
    else:
        require_folder(output)
        targets = [IssuedFile(unit, output / name) for unit, name in _file_names(period, tuple(units))]
    for target in targets:
        require_writable(target.path, force=force)
    for target in targets:
        unit = replace(target.unit, level=form.level_of(target.unit))
        before = _figures_before(last, form, period, unit)
        submission = Submission(form, period, unit, {}, previous=before)
        write_whole(target.path, render_workbook(plan_workbook(submission), password), force=force)
    return tuple(targets)


def write(submission: Submission, path: PathLike, *, password: str = "", force: bool = False) -> Path:
    """Write a submission as a workbook of its form, figures filled in; gives the path written.

    Raises UsageError where the file exists (without ``force``) or cannot be written.
    """
    from xltools.layout.workbook import plan_workbook
    from xltools.writing.files import write_whole
    from xltools.writing.workbook import render_workbook

    target = Path(path)
    write_whole(target, render_workbook(plan_workbook(submission), password), force=force)
    return target


def read(path: PathLike, *, forms: Sequence[PathLike] = ()) -> Submission:
    """The submission in a workbook, totals computed, without checking it.

    Raises UnreadableFileError where it cannot be read or is no known form's.
    """
    grid = read_workbook(Path(path))
    matched = match(grid, _FormShelf.of(forms).find)
    if matched.submission is None:
        found = matched.findings[0]
        raise UnreadableFileError(found.code, found.message)
    return check_submission(matched.submission)[0]


def check(
    paths: Sequence[PathLike], *, forms: Sequence[PathLike] = (), previous: PathLike | None = None
) -> tuple[CheckedFile, ...]:
    """Check files, folders and patterns; one result a file, in a fixed order.

    ``forms`` are definition files beside the built-in ones; ``previous`` last period's workbook or a
    folder of them (it counts before what the workbooks carry themselves).

    Raises UsageError where there is nothing to check, DefinitionError for a broken definition.
    """
    return tuple(iter_check(paths, forms=forms, previous=previous)[1])


def iter_check(
    paths: Sequence[PathLike], *, forms: Sequence[PathLike] = (), previous: PathLike | None = None
) -> tuple[int, Iterator[CheckedFile]]:
    """The same one by one, with the number of files ahead, for whoever shows progress."""
    files = find_files(paths)
    shelf = _FormShelf.of(forms)
    last = _read_previous(previous, shelf)
    return len(files), _noting_twins(_check_file(file, shelf, last) for file in files)


def merge(
    paths: Sequence[PathLike],
    output: PathLike,
    *,
    roster: PathLike | None = None,
    unit: Unit | None = None,
    forms: Sequence[PathLike] = (),
    previous: PathLike | None = None,
    password: str = "",
    force: bool = False,
) -> MergeResult:
    """Check files and write the summary of those that pass.

    ``unit`` is who the summary is for: by default the one unit all others of the roster report to,
    else a unit named after the output file. Raises UsageError as ``check`` does, where the output
    cannot be written, and where the files are of several forms or periods.
    """
    from xltools.layout.workbook import plan_workbook
    from xltools.writing.files import require_writable, write_whole
    from xltools.writing.workbook import render_workbook

    output = Path(output)
    require_writable(output, force=force)
    names = read_roster(Path(roster)) if roster is not None else None
    unit = unit or _summary_unit(names, output)
    results = iter_check(paths, forms=forms, previous=previous)[1]
    # The summary of an earlier run may lie in the folder that is merged again.
    checked = tuple(result for result in results if Path(result.file).resolve() != output.resolve())
    intake, summary = merge_checked(checked, unit, roster=names)
    if summary is None:
        return MergeResult(intake, None, checked, None)
    write_whole(output, render_workbook(plan_workbook(summary.submission, summary), password), force=force)
    return MergeResult(intake, summary, checked, output)


class _FormShelf:
    """Form definitions by id, each read when a workbook first asks for it."""

    def __init__(self, files: Mapping[str, Path], loaded: dict[str, Form]) -> None:
        self._files = files
        self._loaded = loaded

    @classmethod
    def of(cls, definitions: Sequence[PathLike]) -> _FormShelf:
        """The built-in forms and those of the user's own files, which come first."""
        own = [load_form(str(name)) for name in definitions]
        return cls(built_in_forms(), {form.id: form for form in own})

    def holding(self, form: Form) -> _FormShelf:
        """The same shelf with one more form on it."""
        return _FormShelf(self._files, {**self._loaded, form.id: form})

    def find(self, form_id: str) -> Form | None:
        """The form with this id, None where there is none; raises DefinitionError if it is broken."""
        if form_id not in self._loaded:
            if form_id not in self._files:
                return None
            self._loaded[form_id] = load_definition(self._files[form_id])
        return self._loaded[form_id]


def _check_file(path: Path, shelf: _FormShelf, last: LastPeriods) -> CheckedFile:
    try:
        grid = read_workbook(path)
    except UnreadableFileError as error:
        found = Finding(error.code, Severity.ERROR, error.text, CATALOG[error.code].fix)
        return CheckedFile(str(path), file_digest(path), None, (found,))
    matched = match(grid, shelf.find)
    submission = matched.submission
    if submission is None:
        return CheckedFile(str(path), grid.sha256, None, matched.findings)
    before = _figures_before(last, submission.form, submission.period, submission.unit)
    if before:
        submission = replace(submission, previous={**submission.previous, **before})
    submission, found_by_checks = check_submission(submission)
    findings = in_order(submission.form, (*matched.findings, *found_by_checks))
    return CheckedFile(str(path), grid.sha256, submission, findings)


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


def _unit_key(unit: Unit) -> str:
    return unit.code or unit.name


def _read_previous(previous: PathLike | None, shelf: _FormShelf) -> LastPeriods:
    """Earlier submissions by unit and period; raises UsageError where a file cannot be used."""
    found: dict[tuple[str, Period], Submission] = {}
    for path in find_files([previous]) if previous is not None else ():
        matched = match(read_workbook(path), shelf.find)
        submission = matched.submission
        if submission is None or submission.period is None:
            message = matched.findings[0].message
            raise UsageError(Text(f"上期数据 {path}：{message.zh}", f"previous data {path}: {message.en}"))
        key = (_unit_key(submission.unit), submission.period)
        if key in found:
            raise _two_previous(submission.unit, path)
        found[key] = check_submission(submission)[0]
    return found


def _figures_before(last: LastPeriods, form: Form, period: Period | None, unit: Unit) -> dict[str, Value]:
    """Last period's figures of a unit; empty where there are none, or of a form with other cells."""
    before = last.get((_unit_key(unit), period.previous())) if period else None
    if before is None or before.form.id not in (form.id, *form.follows):
        return {}
    return dict(before.values)


def _require_fit(last: LastPeriods, period: Period, previous: PathLike | None) -> None:
    if previous is not None and not any(key[1] == period.previous() for key in last):
        raise UsageError(
            Text(
                f"“{previous}”中没有 {period.previous()} 的报表。",
                f'"{previous}" holds no return for {period.previous()}.',
            )
        )


def _two_previous(unit: Unit, path: Path) -> UsageError:
    return UsageError(
        Text(
            f"上年数据中“{unit.name}”有两个文件（其一为 {path}），请只留一个。",
            f"previous data has two files of {unit.name} (one is {path}): keep one.",
        )
    )


def _file_names(period: Period, units: Sequence[Unit]) -> Iterator[tuple[Unit, str]]:
    """A file name for each unit: code, name, period; unique even where case does not count."""
    from xltools.writing.files import safe_file_name

    taken: set[str] = set()
    for unit in units:
        stem = safe_file_name("_".join(part for part in (unit.code, unit.name, str(period)) if part))
        name, number = f"{stem}.xlsx", 2
        while name.casefold() in taken:
            name, number = f"{stem}_{number}.xlsx", number + 1
        taken.add(name.casefold())
        yield unit, name


def _summary_unit(roster: Roster | None, output: Path) -> Unit:
    """Who a summary is for: the roster's one top unit, else a unit named after the file."""
    if roster is not None:
        parents = {unit.parent for unit in roster.units if unit.parent}
        by_code = roster.by_code()
        tops = [by_code[code] for code in parents if code in by_code and by_code[code].parent not in by_code]
        if len(tops) == 1:
            return tops[0]
    return Unit(name=output.stem, code=output.stem)
