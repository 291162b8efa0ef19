"""Checked files for the tests of a round, made without writing a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.support.checked_files import handed_in, loader_of
from tests.support.workbooks import FORM_2021, submission_of, texts_of
from xltools.checking.check import check_submission, in_order
from xltools.checking.result import CheckedFile
from xltools.excel.values import Value
from xltools.merging.merge import merge_handed
from xltools.merging.select import Choice
from xltools.merging.standings import round_status
from xltools.model.round import RoundStatus, Standing
from xltools.model.submission import Submission
from xltools.model.summary import Intake, Summary
from xltools.model.unit import Roster, Unit

TODAY = date(2026, 2, 3)
WRONG: dict[str, Value] = {"t3.new.natural": 1}
"""Figures that do not balance."""


def handled(count: int) -> dict[str, Value]:
    """Figures that do."""
    return {"t3.new.natural": count, "t3.granted.natural": count}


def file_of(
    unit: Unit,
    values: dict[str, Value] | None = None,
    *,
    file: str = "",
    dated: str = "2026-01-15",
    modified: str = "",
    **more: Any,
) -> CheckedFile:
    """The file of a unit: ``dated`` is the day on its cover, ``modified`` the file's own time."""
    texts = texts_of(FORM_2021) | {"cover.date": dated}
    submission = submission_of(FORM_2021, values, unit=unit, texts=texts, **more)
    return checked(submission, file or f"{unit.code or unit.name}.xlsx", modified)


def checked(submission: Submission, file: str, modified: str = "") -> CheckedFile:
    whole, found = check_submission(submission)
    time = datetime.fromisoformat(modified) if modified else None
    return CheckedFile(file, file, whole, in_order(whole.form, found), time)


def summary_file(summary: Summary, file: str) -> CheckedFile:
    """A summary as the file it would be read from."""
    return checked(summary.submission, file)


def merged(files: Sequence[CheckedFile], unit: Unit, **choice: Any) -> tuple[Intake, Summary | None]:
    choices = Choice(unit=unit, **{"today": TODAY, **choice})
    return merge_handed(handed_in(files), loader_of(files), choices)


def total(summary: Summary | None) -> object:
    """Applications received, by natural persons: what the tests add up."""
    return summary.submission.values["t3.new.natural"] if summary else None


def standing_of(
    files: Sequence[CheckedFile], roster: Roster, *, deadline: str = "", **choice: Any
) -> RoundStatus:
    tops = [unit for unit in roster.tops if roster.children(unit.code)]
    top = tops[0] if len(roster.tops) == len(tops) == 1 else None
    choices = Choice(**{"roster": roster, "unit": top, "today": TODAY, **choice})
    day = date.fromisoformat(deadline) if deadline else None
    return round_status(handed_in(files), loader_of(files), roster, choices, deadline=day)


def standings(status: RoundStatus) -> dict[str, Standing]:
    return {unit.unit.code: unit.standing for unit in status.units}


def fates(receipts: Sequence[Any]) -> dict[str, str]:
    """What became of each file, of receipts or filings."""
    return {getattr(r, "file", "") or r.handed.file: str(r.fate) for r in receipts}


def same_bytes(one: CheckedFile, file: str) -> CheckedFile:
    return replace(one, file=file)
