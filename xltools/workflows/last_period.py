"""Last period's figures: read once, looked up for every unit."""

from __future__ import annotations

from collections.abc import Mapping

from xltools.checking.check import check_submission
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.excel.values import Value
from xltools.matching.match import match
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.reading.inputs import find_files
from xltools.reading.workbook import read_workbook
from xltools.workflows.shelf import FormShelf, PathLike

LastPeriods = Mapping[tuple[str, Period], Submission]
"""Earlier submissions by unit (code, else name) and period."""


def read_previous(previous: PathLike | None, shelf: FormShelf, open_password: str = "") -> LastPeriods:
    """Earlier submissions by unit and period; raises UsageError where a file cannot be used."""
    found: dict[tuple[str, Period], Submission] = {}
    for file in find_files([previous]) if previous is not None else ():
        matched = match(read_workbook(file, open_password=open_password), shelf.find, shelf.all)
        submission = matched.submission
        if submission is None or submission.period is None:
            message = matched.findings[0].message
            raise UsageError(
                Text(f"上期数据 {file.name}：{message.zh}", f"previous data {file.name}: {message.en}")
            )
        key = (_unit_key(submission.unit), submission.period)
        if key in found:
            raise _two_previous(submission.unit, file.name)
        found[key] = check_submission(submission)[0]
    return found


def figures_before(last: LastPeriods, form: Form, period: Period | None, unit: Unit) -> dict[str, Value]:
    """Last period's figures of a unit; empty where there are none, or of a form with other cells."""
    before = last.get((_unit_key(unit), period.previous())) if period else None
    if before is None or before.form.id not in (form.id, *form.follows):
        return {}
    return dict(before.values)


def require_fit(last: LastPeriods, period: Period, previous: PathLike | None) -> None:
    """Raise UsageError where ``previous`` was given and holds nothing for the period before."""
    if previous is not None and not any(key[1] == period.previous() for key in last):
        raise UsageError(
            Text(
                f"“{previous}”中没有 {period.previous()} 的报表。",
                f'"{previous}" holds no return for {period.previous()}.',
            )
        )


def _unit_key(unit: Unit) -> str:
    return unit.code or unit.name


def _two_previous(unit: Unit, path: str) -> UsageError:
    return UsageError(
        Text(
            f"上年数据中“{unit.name}”有两个文件（其一为 {path}），请只留一个。",
            f"previous data has two files of {unit.name} (one is {path}): keep one.",
        )
    )
