"""Data to filled workbooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from xltools.definition.library import load_form, require_period
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Text
from xltools.matching.filling import fill_form
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.reading.data_lines import read_data
from xltools.reading.key_file import read_key
from xltools.reading.roster import read_roster
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.issuing import IssuedFile, sealed, targets_in, write_many
from xltools.workflows.last_period import figures_before, read_previous
from xltools.workflows.path_like import PathLike, as_path


@dataclass(frozen=True, slots=True)
class FillResult:
    """The workbooks that were written (none where a finding blocks), and what is to be said of the data."""

    files: tuple[IssuedFile, ...]
    findings: tuple[Finding, ...]


def fill(  # noqa: PLR0913 - all but three are options by keyword
    form: Form | str,
    data: PathLike,
    output: PathLike,
    *,
    roster: PathLike | None = None,
    period: Period | str | int | None = None,
    previous: PathLike | None = None,
    password: str = "",
    force: bool = False,
    key_file: PathLike | None = None,
    step: Callable[[int], object] | None = None,
) -> FillResult:
    """Write filled workbooks into the folder ``output``, one for every unit in the file ``data``.

    ``data`` is what ``write_data`` writes, or a table of one's own: CSV, JSON, SQLite, DuckDB, Parquet or
    a workbook, with a row a cell (``unit_code``, ``cell``, ``value``) or a row a unit and a column a cell
    id. With ``roster`` every unit must be in it and is written as it has it; ``period`` picks one of
    several in the data, or says it where the data does not. The other options are those of ``issue``.
    Nothing is written unless every row fits.

    Raises UsageError where the data cannot be read or names no cell, or as ``issue`` does.
    """
    form = load_form(form) if isinstance(form, str) else form
    if period is not None:
        period = Period.of(period)
        require_period(form, period)
    units = read_roster(Path(roster)) if roster is not None else None
    rows = ((line.number, line.fields) for line in read_data(Path(data)))
    filling = fill_form(form, rows, period, units)
    if not filling.submissions and not filling.findings:
        raise UsageError(Text(f"“{data}”中没有数据。", f'"{data}" holds no data.'))
    if not filling.submissions or any(found.blocks for found in filling.findings):
        return FillResult((), filling.findings)
    key = read_key(as_path(key_file))
    last = read_previous(previous, FormRegistry.of([]).holding(form))
    submissions = [
        sealed(replace(s, previous={**s.previous, **figures_before(last, form, s.period, s.unit)}), key)
        for s in filling.submissions
    ]
    period = filling.submissions[0].period
    assert period is not None
    targets = targets_in(Path(output), period, [s.unit for s in submissions], force=force)
    files = write_many(targets, submissions, password=password, force=force, step=step)
    return FillResult(files, filling.findings)
