"""A checked file as the few facts that choosing among files needs."""

from __future__ import annotations

from datetime import date

from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import Severity
from xltools.model.days import parse_day
from xltools.model.round import Handed
from xltools.model.submission import Submission
from xltools.model.unit import Unit


def handed_of(checked: CheckedFile) -> Handed:
    """What choosing needs to know of a file; its figures are not kept."""
    submission = checked.submission
    blocking = [found for found in checked.findings if found.blocks]
    errors = sum(found.severity is Severity.ERROR for found in blocking)
    return Handed(
        file=checked.file,
        status=checked.status,
        unit=submission.unit if submission else Unit(""),
        form=submission.form.id if submission else "",
        title=submission.form.title if submission else "",
        period=submission.period if submission else None,
        kind=submission.kind if submission else "return",
        zero_report=submission.zero_report if submission else False,
        dated=day_inside(submission) if submission else None,
        modified=checked.modified,
        sha256=checked.sha256,
        sums_up=submission.sums_up if submission else (),
        errors=errors,
        to_explain=len(blocking) - errors,
        trouble=blocking[0].message if blocking else None,
    )


def day_inside(submission: Submission) -> date | None:
    """The day written on the cover (填报日期); None where there is none, or something else stands there."""
    return parse_day(submission.dated)
