"""A figure of a summary back to the files and cells it adds up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.text import Text
from xltools.matching.ledger import LedgerEntry, ledger_entries, ledger_of
from xltools.matching.match import match
from xltools.merging.trace import SourceState, Trace, TracedFigure, figure_at, parts_of
from xltools.model.form import Cell, Form
from xltools.model.outcomes import stated_figures
from xltools.model.submission import Submission
from xltools.reading.grid import Grid
from xltools.reading.inputs import InputFile, file_digest, find_files
from xltools.reading.ledger_file import ledger_file_digest, read_ledger_file
from xltools.reading.workbooks.workbook import read_workbook
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.path_like import PathLike

MAX_LEVELS = 12
"""More levels of summaries than any administration has."""


@dataclass(slots=True)
class _Tracer:
    """Follows recorded files; ``elsewhere`` are files known by their content, hashed when first asked for."""

    registry: FormRegistry
    cell: Cell
    files: PathLike | None
    open_password: str
    elsewhere: dict[str, InputFile] | None = field(default=None)

    def below(
        self, entries: Iterator[LedgerEntry], form: Form, folder: Path, level: int
    ) -> tuple[TracedFigure, ...]:
        """Every entry of one ledger with what lies behind it."""
        return tuple(self._entry(entry, form, folder, level) for entry in entries)

    def _entry(self, entry: LedgerEntry, form: Form, folder: Path, level: int) -> TracedFigure:
        found, state = self._find(entry, folder)
        sheet, a1 = entry.place(form, self.cell.id)
        figure = TracedFigure(
            unit=entry.unit,
            file=found.name,
            sha256=entry.sha256,
            sheet=sheet,
            cell=a1,
            value=entry.values.get(self.cell.id),
            state=state,
            is_summary=entry.is_summary or entry.is_data_file,
        )
        if not state.is_verified:
            return figure
        try:
            if entry.is_data_file:
                return replace(figure, below=self._rows(found, form, folder, level))
            return self._read_again(figure, found, level)
        except UnreadableFileError:
            return replace(figure, state=SourceState.UNREADABLE)

    def _rows(self, data: InputFile, form: Form, folder: Path, level: int) -> tuple[TracedFigure, ...]:
        """What lies behind the sum of a data file."""
        rows = read_ledger_file(data.path, [cell.id for cell in form.figures])
        return self.below(ledger_entries(form, rows), form, folder, level + 1)

    def _read_again(self, figure: TracedFigure, found: InputFile, level: int) -> TracedFigure:
        """The figure as its file has it, and where that is a summary, what lies behind it."""
        if level >= MAX_LEVELS:
            raise UnreadableFileError("FILE-UNSAFE", Text("汇总的层次过多", "there are too many levels"))
        grid, submission = _read(found, self.registry, self.open_password)
        if self.cell.id not in submission.form.cells:
            return figure
        figure = replace(figure, in_file=stated_figures(submission)[self.cell.id], is_read=True)
        if submission.kind != "summary":
            return figure
        entries = ledger_of(grid, submission.form)
        return replace(figure, below=self.below(entries, submission.form, Path(found.name).parent, level + 1))

    def _find(self, entry: LedgerEntry, folder: Path) -> tuple[InputFile, SourceState]:
        """The recorded file, or another of the same content among those to search."""
        recorded = _recorded(entry.file, folder)
        digest = ledger_file_digest(recorded.path) if entry.is_data_file else file_digest(recorded)
        if digest == entry.sha256:
            return recorded, SourceState.SAME
        other = self._elsewhere().get(entry.sha256)
        if other is not None:
            return other, SourceState.MOVED
        return recorded, SourceState.MISSING if digest is None else SourceState.CHANGED

    def _elsewhere(self) -> dict[str, InputFile]:
        if self.elsewhere is None:
            files = find_files([self.files]) if self.files is not None else []
            self.elsewhere = {digest: file for file in files if (digest := file_digest(file)) is not None}
        return self.elsewhere


def trace(
    summary: PathLike,
    place: str,
    *,
    files: PathLike | None = None,
    forms: Sequence[PathLike] = (),
    open_password: str = "",
) -> Trace:
    """What a figure of a summary adds up: every unit's file and cell, through summaries of summaries.

    ``place`` is a cell of one of the form's tables, such as ``三!J5``. Files are looked for where they
    were recorded, relative to the summary, and held against their SHA-256; what is not found there is
    searched by content in the folder ``files``. In every file that is unchanged the figure is read again: the
    ledger of the summary may have been changed since. Where a file is missing or has changed the way ends,
    and the result says so.

    Raises:
        UsageError: ``place`` is no figure of a table, the workbook is no summary, ``files`` does not exist.
        UnreadableFileError: the summary cannot be read.
    """
    path = Path(summary)
    registry = FormRegistry.of(forms)
    try:
        grid, submission = _read(InputFile(str(path), path), registry, open_password)
    except UnreadableFileError as error:
        raise error.of_file(str(path)) from None
    if submission.kind != "summary":
        raise UsageError(
            Text(
                f"“{path}”不是汇总表，没有可追溯的来源。",
                f'"{path}" is no summary: there is nothing to trace.',
            )
        )
    form = submission.form
    cell = figure_at(form, place)
    tracer = _Tracer(registry, cell, files, open_password)
    if files is not None:
        find_files([files])  # a folder that is not there is wrong usage, whether or not it is needed
    figures = tracer.below(ledger_of(grid, form), form, path.parent, 0)
    sheet, a1 = submission.places[cell.id]
    own = grid.sheet(sheet)
    shown = own.values.get(a1) if own else None
    return Trace(str(path), submission, cell, f"{sheet}!{a1}", parts_of(form, cell), shown, figures)


def _read(file: InputFile, registry: FormRegistry, open_password: str) -> tuple[Grid, Submission]:
    grid = read_workbook(file, open_password=open_password)
    matched = match(grid, registry.find, registry.all)
    if matched.submission is None:
        found = matched.findings[0]
        raise UnreadableFileError(found.code, found.message)
    return grid, matched.submission


def _recorded(file: str, folder: Path) -> InputFile:
    """A recorded file, perhaps inside an archive; one on another machine is not asked for."""
    if not file or "\0" in file or file.startswith(("//", "\\\\")):
        return InputFile(
            file, folder / "?", trouble=("FILE-NOT-WORKBOOK", Text("不在本机", "it is not here"))
        )
    path = Path(os.path.normpath(folder / file))
    if path.exists():
        return InputFile(str(path), path)
    archive = next((above for above in path.parents if above.is_file()), None)
    inside = (member for member in _members(archive) if Path(member.name) == path) if archive else iter(())
    return next(inside, InputFile(str(path), path))


def _members(archive: Path) -> list[InputFile]:
    try:
        return find_files([archive])
    except UsageError:  # it holds no workbooks
        return []
