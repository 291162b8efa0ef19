"""Workbooks of an older version or of another form, to the form that is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools.checking.blanks import check_blanks
from xltools.checking.migrated_file import MigratedFile
from xltools.definition.library import load_form, require_period
from xltools.diagnostics.catalog import CATALOG, finding
from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.findings import Finding, Severity
from xltools.diagnostics.text import Text
from xltools.layout.workbook import plan_workbook
from xltools.matching.identity import read_identity
from xltools.matching.match import match
from xltools.matching.migration.earlier_return import EarlierReturn, of_other_version, of_submission
from xltools.matching.migration.migrate import migrate, steps_between
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.reading.grid import Grid
from xltools.reading.inputs import InputFile, find_files
from xltools.reading.workbooks.workbook import read_workbook
from xltools.workflows.file_names import migrated_paths
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.inbox import require_no_input
from xltools.workflows.path_like import PathLike
from xltools.writing.files import WORKBOOK, require_folder, require_writable, write_whole
from xltools.writing.workbook import render_workbook


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Where all files of one call are to be moved, as far as the caller says so."""

    registry: FormRegistry
    form: Form | None
    period: Period | None


def migrate_files(
    paths: Sequence[PathLike],
    output: PathLike,
    *,
    form: Form | str | None = None,
    period: Period | str | int | None = None,
    password: str = "",
    open_password: str = "",
    force: bool = False,
) -> tuple[MigratedFile, ...]:
    """Write each workbook anew in the form and version that is due, with its figures.

    ``output`` is the new workbook (``….xlsx``, for one file) or a folder. Without ``form`` it is the
    current version of the workbook's own form, or the one that follows it where that covers ``period``;
    without ``period`` it stays what it was. A workbook that is current already is not written again.
    ``password`` guards the locks of the new workbooks; ``open_password`` opens those that are encrypted.

    Raises:
        UsageError: nothing to move, a period the form is not for, or an output that exists (without
            ``force``), cannot be, or would replace one of the inputs.
        DefinitionError: the form's definition has mistakes.
    """
    form = load_form(form) if isinstance(form, str) else form
    period = Period.of(period) if period is not None else None
    if form is not None and period is not None:
        require_period(form, period)
    registry = FormRegistry.of([])
    wanted = _Wanted(registry.holding(form) if form is not None else registry, form, period)
    files = find_files(paths)
    targets = _targets(files, Path(output))
    require_no_input([str(file.path) for file in files], targets)
    for target in targets:
        require_writable(target, force=force)
    results = []
    for file, target in zip(files, targets, strict=True):
        result = _migrated(file, target, wanted, open_password)
        if result.migration is not None:
            plan = plan_workbook(result.migration.submission)
            write_whole(target, render_workbook(plan, password), force=force)
        results.append(result)
    return tuple(results)


def _targets(files: Sequence[InputFile], output: Path) -> list[Path]:
    if output.suffix.lower() in WORKBOOK and not output.is_dir():
        if len(files) > 1:
            raise UsageError(
                Text(
                    f"有 {len(files)} 个文件，请用 -o 给出文件夹。",
                    f"there are {len(files)} files: name a folder with -o.",
                )
            )
        return [output]
    require_folder(output)
    return migrated_paths(files, output)


def _migrated(file: InputFile, target: Path, wanted: _Wanted, open_password: str) -> MigratedFile:
    try:
        grid = read_workbook(file, open_password=open_password)
    except UnreadableFileError as error:
        found = Finding(error.code, Severity.ERROR, error.text, CATALOG[error.code].fix)
        return MigratedFile(file.name, None, None, (found,))
    source, refused = _source(grid, wanted.registry)
    if source is None:
        return MigratedFile(file.name, None, None, refused)
    form = wanted.form or _form_due(source, wanted)
    if form is None:
        return _refused(file, source, finding("MIGRATE-NO-FORM", form=source.form_id))
    period = wanted.period or source.period
    if period is not None and not form.covers(period):
        return _refused(file, source, finding("MIGRATE-PERIOD", form=form.id, period=str(period)))
    steps = steps_between(source, form)
    if steps is None:
        return _refused(file, source, finding("MIGRATE-UNRELATED", found=source.form_id, wanted=form.id))
    if source.is_issued and source.form is form and source.is_known and period == source.period:
        return MigratedFile(file.name, None, None, ())
    moved = migrate(source, form, period, steps)
    return MigratedFile(file.name, moved, target, moved.findings, tuple(check_blanks(moved.submission)))


def _source(grid: Grid, registry: FormRegistry) -> tuple[EarlierReturn | None, tuple[Finding, ...]]:
    """Everything in a workbook, or what keeps it from being moved."""
    found = read_identity(grid)
    identity, hidden = found or (None, None)
    if identity is not None and identity.kind == "summary":
        return None, (finding("MIGRATE-SUMMARY"),)
    form = registry.find(identity.form) if identity is not None else None
    if identity is not None and hidden is not None and (form is None or form.version != identity.version):
        return of_other_version(grid, identity, hidden, form), ()
    matched = match(grid, registry.find, registry.all)
    if matched.submission is None:
        return None, matched.findings
    return of_submission(matched.submission, grid, matched.findings, is_issued=found is not None), ()


def _form_due(source: EarlierReturn, wanted: _Wanted) -> Form | None:
    """The workbook's own form as it is now; the one that follows it where the period asks for that."""
    period = wanted.period
    if source.form is not None and (period is None or source.form.covers(period)):
        return source.form
    following = [
        form
        for form in wanted.registry.all()
        if source.form_id in form.follows and (period is None or form.covers(period))
    ]
    return following[0] if len(following) == 1 else None


def _refused(file: InputFile, source: EarlierReturn, found: Finding) -> MigratedFile:
    return MigratedFile(file.name, None, None, (found, *source.findings))
