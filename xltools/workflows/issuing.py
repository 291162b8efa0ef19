"""Blank and filled workbooks out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xltools.definition.library import load_form, require_period
from xltools.layout.identity_sheet import fingerprint
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.reading.key_file import read_key
from xltools.workflows.file_names import file_names
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.last_period import figures_before, read_previous, require_fit
from xltools.workflows.path_like import PathLike, as_path
from xltools.writing.files import WORKBOOK, require_folder, require_writable, staged_outputs, write_whole
from xltools.writing.stamp import Press
from xltools.writing.workbook import render_workbook


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A workbook that was written for a unit; ``knows_previous``: with its figures of last period."""

    unit: Unit
    path: Path
    knows_previous: bool = False


def issue(  # noqa: PLR0913 - all but four are options by keyword
    form: Form | str,
    period: Period | str | int,
    units: Unit | Iterable[Unit],
    output: PathLike,
    *,
    previous: PathLike | None = None,
    password: str = "",
    force: bool = False,
    key_file: PathLike | None = None,
    step: Callable[[int], object] | None = None,
) -> tuple[IssuedFile, ...]:
    """Write blank workbooks: one unit to the file ``output``, several into the folder ``output``.

    ``previous`` is last period's workbook, or a folder of them: 上年结转 is filled in from it and
    its figures are kept for the rules that need them. With ``key_file`` the workbooks can later be told
    from any that were not issued with this key. ``step`` is called after every workbook with the number
    of all of them, for whoever shows progress. Nothing is written unless everything can be.

    Raises:
        UsageError: wrong period, no units, an output that exists (without ``force``) or cannot be.
        DefinitionError: the form's definition has mistakes.
        UnreadableFileError: ``previous`` is a file that cannot be read.
    """
    form = load_form(form) if isinstance(form, str) else form
    period = Period.of(period)
    require_period(form, period)
    last = read_previous(previous, FormRegistry.of([]).holding(form))
    require_fit(last, period)
    key = read_key(as_path(key_file))
    output = Path(output)
    if isinstance(units, Unit):
        targets = [IssuedFile(units, output)]
        require_writable(output, force=force, endings=WORKBOOK)
    else:
        targets = targets_in(output, period, tuple(units), force=force)
    issued_to = (replace(target.unit, level=form.level_of(target.unit)) for target in targets)
    blanks = (
        sealed(Submission(form, period, u, {}, previous=figures_before(last, form, period, u)), key)
        for u in issued_to
    )
    return write_many(targets, blanks, password=password, force=force, step=step)


def targets_in(folder: Path, period: Period, units: Sequence[Unit], *, force: bool) -> list[IssuedFile]:
    """A file in ``folder`` for every unit; raises UsageError where one of them cannot be written."""
    require_folder(folder)
    targets = [IssuedFile(unit, folder / name) for unit, name in file_names(period, units)]
    for target in targets:
        require_writable(target.path, force=force)
    return targets


def write_many(
    targets: Sequence[IssuedFile],
    submissions: Iterable[Submission],
    *,
    password: str,
    force: bool,
    step: Callable[[int], object] | None,
) -> tuple[IssuedFile, ...]:
    """Write workbooks that are much alike; they appear together or, where anything is raised, not at all."""
    press = Press(password)
    written = []
    with staged_outputs(force=force) as outputs:
        for target, submission in zip(targets, submissions, strict=True):
            outputs.write(target.path, press.render(plan_workbook(submission)))
            written.append(replace(target, knows_previous=bool(submission.previous)))
            if step is not None:
                step(len(targets))
    return tuple(written)


def sealed(submission: Submission, key: bytes) -> Submission:
    """The submission with the seal of a round's key; as it is where there is none."""
    if not key:
        return submission
    seal = fingerprint(submission.form, submission.kind, submission.period, submission.unit, key)
    return replace(submission, seal=seal)


def write(submission: Submission, path: PathLike, *, password: str = "", force: bool = False) -> Path:
    """Write a submission as a workbook of its form, figures filled in; gives the path written.

    Raises UsageError where the file exists (without ``force``) or cannot be written.
    """
    target = Path(path)
    write_whole(target, render_workbook(plan_workbook(submission), password), force=force)
    return target
