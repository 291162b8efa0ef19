"""The data file of a summary whose units were too many for a sheet, held against the summary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.values import ColumnSums
from xltools.layout.ledger import LEDGER_FIRST_COLUMN
from xltools.matching.ledger import LedgerEntry, ledger_entries, ledger_of
from xltools.matching.unread_formulas import is_same_figure
from xltools.model.form import Form
from xltools.model.sheet_names import LEDGER_SHEET
from xltools.model.submission import Submission
from xltools.reading.grid import Grid
from xltools.reading.inputs import InputFile
from xltools.reading.ledger_file import ledger_file_digest, read_ledger_file


def check_data_file(file: InputFile, grid: Grid, submission: Submission) -> Iterator[Finding]:
    """Whether the data file of this summary is there, unchanged, and adds up to its totals."""
    for entry in ledger_of(grid, submission.form):
        if not entry.is_data_file:
            return
        path = _data_file_path(entry, Path(file.name).parent)
        digest = ledger_file_digest(path) if path else None
        if path is None or digest is None:
            yield finding("DATA-FILE-MISSING", CellRef(LEDGER_SHEET), name=entry.file)
        elif digest != entry.sha256 or not _adds_up(path, entry, submission.form):
            yield finding("DATA-FILE-CHANGED", CellRef(LEDGER_SHEET), name=entry.file)


def unit_entries(file: InputFile, grid: Grid, form: Form) -> Iterator[LedgerEntry]:
    """The row of every unit that a summary adds up, one by one: from its sheet, or from its data file.

    Nothing of a workbook that is no summary. ``check_data_file`` says before whether the file is the right
    one; raises UnreadableFileError where it is none.
    """
    for entry in ledger_of(grid, form):
        path = _data_file_path(entry, Path(file.name).parent) if entry.is_data_file else None
        if path is not None:
            yield from ledger_entries(form, read_ledger_file(path, [cell.id for cell in form.figures]))
        elif not entry.is_data_file and (entry.unit.code or entry.unit.name):
            yield entry


def _data_file_path(entry: LedgerEntry, folder: Path) -> Path | None:
    """Where a data file should be: beside its summary, under a plain name (None: recorded otherwise)."""
    plain = entry.file and "\0" not in entry.file and not any(mark in entry.file for mark in "/\\:")
    return folder / entry.file if plain else None


def _adds_up(path: Path, entry: LedgerEntry, form: Form) -> bool:
    sums = ColumnSums(len(form.figures))
    try:
        for row in read_ledger_file(path, [cell.id for cell in form.figures]):
            sums.add(row[LEDGER_FIRST_COLUMN:])
    except UnreadableFileError:
        return False
    due = zip(form.figures, sums.totals(), strict=True)
    return all(is_same_figure(entry.values.get(cell.id), figure) for cell, figure in due)
