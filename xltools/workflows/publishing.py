"""A return that passed its check, as the report to publish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools import __version__
from xltools.checking.result import CheckedFile
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text
from xltools.layout.report import Report, report
from xltools.layout.report_pictures import report_pictures
from xltools.layout.report_text import as_day
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.workflows.checking import iter_check
from xltools.workflows.path_like import PathLike
from xltools.writing.files import require_folder, require_writable, safe_file_name, write_whole
from xltools.writing.picture_svg import render_svg


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What became of a return: its check, and the files written (none where it did not pass).

    ``outputs`` are the reports, then the pictures. ``draft`` is whether they were written although it did
    not pass; the reports say so.
    """

    checked: CheckedFile
    outputs: tuple[Path, ...]
    draft: bool


def publish(  # noqa: PLR0913 - all but two are options by keyword
    path: PathLike,
    outputs: PathLike | Sequence[PathLike],
    *,
    date: str = "",
    forms: Sequence[PathLike] = (),
    previous: PathLike | None = None,
    open_password: str = "",
    pictures: PathLike | None = None,
    with_pictures: bool = False,
    draft: bool = False,
    force: bool = False,
) -> PublishResult:
    """Write the report of a return, or of a summary, in the official layout: ``.docx``, ``.html``, or both.

    What does not pass its check is not published, unless as a ``draft``, which says so below the title.
    ``date`` is the day the report bears, by default the date on the cover; ``forms``, ``previous`` and
    ``open_password`` are those of ``check``; ``pictures`` is a folder for the form's bar charts as SVG;
    ``with_pictures`` puts them into the report, below their tables.
    Nothing is written unless everything can be.

    Raises UsageError where ``path`` is not one file, ``date`` is no day, or an output is of another kind,
    exists (without ``force``) or cannot be written.
    """
    _require_day(date)
    targets = [Path(output) for output in ([outputs] if isinstance(outputs, (str, Path)) else outputs)]
    for target in targets:
        require_writable(target, force=force, endings=tuple(_RENDERERS))
    checked = _checked(path, forms=forms, previous=previous, open_password=open_password)
    _require_others(targets, (Path(path), Path(checked.file)))
    passed = checked.status is Status.OK
    if checked.submission is None or not (passed or draft):
        return PublishResult(checked, (), draft=False)
    if with_pictures or pictures is not None:
        _require_charts(checked.submission.form)
    document = report(checked.submission, date=date, draft=not passed, pictures=with_pictures)
    files = {target: _RENDERERS[target.suffix.lower()](document) for target in targets}
    if pictures is not None:
        files |= _pictures(checked.submission, Path(pictures), draft=not passed, force=force)
    for target, data in files.items():
        write_whole(target, data, force=force)
    return PublishResult(checked, tuple(files), draft=not passed)


def _pictures(submission: Submission, folder: Path, *, draft: bool, force: bool) -> dict[Path, bytes]:
    """The pictures by the files they go to, which can be written."""
    require_folder(folder)
    stem = "_".join(filter(None, (submission.unit.name, str(submission.period or ""))))
    files = {
        folder / f"{safe_file_name(f'{stem}_{picture.id}')}.svg": render_svg(picture).encode()
        for picture in report_pictures(submission, draft=draft)
    }
    for target in files:
        require_writable(target, force=force)
    return files


def _require_charts(form: Form) -> None:
    if not any(chart.kind == "bars" for chart in form.charts):
        raise UsageError(
            Text(f"表式 {form.id} 没有定义柱形图。", f"the form {form.id} defines no chart of bars.")
        )


def _checked(
    path: PathLike, *, forms: Sequence[PathLike], previous: PathLike | None, open_password: str
) -> CheckedFile:
    """The check of one file."""
    total, results = iter_check([path], forms=forms, previous=previous, open_password=open_password)
    if total != 1:
        raise UsageError(
            Text(
                f"“{path}”里有 {total} 个文件；一次只公布一个单位的报告。",
                f'"{path}" holds {total} files; one report is published at a time.',
            )
        )
    return next(results)


def _require_day(date: str) -> None:
    if date and as_day(date) is None:
        raise UsageError(
            Text(f"“{date}”不是日期，请写成 2026-01-15。", f'"{date}" is no day: write it as 2026-01-15.')
        )


def _require_others(targets: Sequence[Path], read: Sequence[Path]) -> None:
    """What is read is never replaced, not even with ``force``; nor is one output by another."""
    taken = {file.resolve() for file in read}
    for target in targets:
        if target.resolve() in taken:
            raise UsageError(
                Text(
                    f"“{target}”是要公布的文件本身，或写了两次，请另取文件名。",
                    f'"{target}" is the file to publish itself, or named twice: name another file.',
                )
            )
        taken.add(target.resolve())


def _docx(document: Report) -> bytes:
    from xltools.writing.report_docx import render_docx  # loads python-docx and lxml

    return render_docx(document)


def _html(document: Report) -> bytes:
    from xltools.writing.report_html import render_html

    return render_html(document, __version__).encode()


_RENDERERS: Mapping[str, Callable[[Report], bytes]] = {".docx": _docx, ".html": _html, ".htm": _html}
"""What writes each kind of file; each imports what it needs when it is asked for."""
