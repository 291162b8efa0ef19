"""The ledger of a summary (分单位明细) as data: which column holds what, and a row for every unit.

The same rows stand on a sheet of the summary, or, where they outgrow it, in a data file beside it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.excel.a1 import absolute_range, quote_sheet
from xltools.excel.values import Value
from xltools.layout.moved_places import moved_places
from xltools.model.form import Form
from xltools.model.outcomes import stated_figures
from xltools.model.sheet_names import LEDGER_SHEET
from xltools.model.submission import Submission

if TYPE_CHECKING:
    from xltools.model.summary import Summary

LEDGER_ID_ROW = 2
LEDGER_TOTAL_ROW = 3
LEDGER_HEADER_ROW = 4
LEDGER_FIRST_ROW = 5
LEDGER_FACTS = ("单位编码", "单位名称", "来源", "原表位置", "文件", "SHA-256")
"""The columns before the figures: whose row it is, and where its figures were read."""
LEDGER_FIRST_COLUMN = len(LEDGER_FACTS)
MAX_LEDGER_CELLS = 700_000
"""What a summary is sure to be read back with; 3,000 units of 221 figures are 681,000 cells."""

FROM_RETURN, FROM_SUMMARY, FROM_DATA_FILE = "报表", "汇总", "数据文件"
"""What 来源 begins with: a unit's return, a summary one level down, or the file that holds all rows."""
INVALID = "未通过审核"

LedgerRow = tuple[Value, ...]
"""One row: the facts, then every figure of the form in its order."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """The file beside a summary that holds its ledger; ``totals`` are the sums of its columns by cell id."""

    name: str
    sha256: str
    totals: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a summary's ledger, each made when it is asked for.

    ``folder`` is where the summary will lie: files are recorded relative to it. With ``data_file`` the
    ledger is one row, the sum of all rows of that file.
    """

    summary: Summary
    folder: Path
    data_file: DataFile | None = None

    def __len__(self) -> int:
        return 1 if self.data_file else len(self.summary.members)

    def __iter__(self) -> Iterator[LedgerRow]:
        if self.data_file:
            yield self._data_file_row(self.data_file)
        else:
            yield from self.unit_rows()

    def unit_rows(self) -> Iterator[LedgerRow]:
        """A row for every unit, wherever they are kept."""
        figures = [cell.id for cell in self.summary.submission.form.figures]
        invalid = {receipt.file for receipt in self.summary.intake.receipts if receipt.marked is not None}
        for member in self.summary.members:
            yield (*self._facts(member, invalid), *map(member_figures(member).get, figures))

    def _facts(self, member: Submission, invalid: set[str]) -> LedgerRow:
        source = member.source
        file, digest = (recorded_path(source.file, self.folder), source.sha256) if source else ("", "")
        origin = _source_words(member, invalid=source is not None and source.file in invalid)
        return (member.unit.code, member.unit.name, origin, moved_places(member), file, digest)

    def _data_file_row(self, file: DataFile) -> LedgerRow:
        facts = ("", "全部单位", FROM_DATA_FILE, "", file.name, file.sha256)
        return (*facts, *(file.totals.get(cell.id) for cell in self.summary.submission.form.figures))


def member_figures(member: Submission) -> Mapping[str, Value]:
    """A member's figures as its row of the ledger states them: in a 零报告 what is blank is a zero."""
    return stated_figures(member) if member.zero_report else member.values


def fits_a_sheet(form: Form, units: int) -> bool:
    """Whether a ledger of so many units can stand in the summary and be read back."""
    return units * (LEDGER_FIRST_COLUMN + len(form.figures)) <= MAX_LEDGER_CELLS


def _source_words(member: Submission, *, invalid: bool = False) -> str:
    """What a member is: a unit's return, or a summary with its own coverage; said if it did not pass."""
    words = FROM_RETURN
    if member.kind == "summary":
        words = f"{FROM_SUMMARY}（{member.coverage.words}）" if member.coverage else FROM_SUMMARY
    return f"{words}，{INVALID}" if invalid else words


def ledger_columns(form: Form) -> dict[str, int]:
    """The column of 分单位明细 for every figure of the form."""
    return {cell.id: LEDGER_FIRST_COLUMN + number for number, cell in enumerate(form.figures)}


def ledger_range(form: Form, cell_id: str, rows: int) -> tuple[int, int, int, int]:
    """Where the figures of one cell stand (top, left, bottom, right)."""
    column = ledger_columns(form)[cell_id]
    return LEDGER_FIRST_ROW, column, LEDGER_FIRST_ROW + rows - 1, column


def ledger_formulas(form: Form, rows: int) -> dict[str, str]:
    """The formula of every input of a summary: the sum of its column of 分单位明细."""
    sheet = quote_sheet(LEDGER_SHEET)
    return {
        cell.id: f"SUM({sheet}!{absolute_range(*ledger_range(form, cell.id, rows))})" for cell in form.inputs
    }


def recorded_path(file: str, folder: Path) -> str:
    """A file as it is recorded: relative to ``folder``, with "/", so that both can move together.

    On another drive it has no relative path and is recorded whole.
    """
    path = os.path.realpath(file)
    with contextlib.suppress(ValueError):  # another drive
        path = os.path.relpath(path, os.path.realpath(folder))
    return Path(path).as_posix()
