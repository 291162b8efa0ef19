"""A submission, blank or filled, to the plan of its whole workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from xltools.excel.values import Value, is_number
from xltools.expr.evaluate import Facts, number_function
from xltools.layout.audit_sheet import audit_lines, audit_sheet, open_points
from xltools.layout.cover_sheet import cover_sheet
from xltools.layout.identity_sheet import identity_sheet
from xltools.layout.instructions_sheet import instructions_sheet
from xltools.layout.places import places
from xltools.layout.plan import SheetPlan, WorkbookPlan
from xltools.layout.section_sheet import section_sheet
from xltools.model.form import Form
from xltools.model.outcomes import with_totals
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit


@dataclass(frozen=True, slots=True)
class SummaryParts:
    """What a summary adds to the workbook of its form.

    ``formulas`` are those of its inputs, ``line`` stands below every title, ``sheets`` before the hidden
    sheet; ``rows`` is how many rows its ledger has.
    """

    formulas: Mapping[str, str] = field(default_factory=dict)
    line: str | None = None
    sheets: tuple[SheetPlan, ...] = ()
    rows: int = 0


_NO_SUMMARY = SummaryParts()


@dataclass(frozen=True, slots=True)
class _FigureSheets:
    """Every sheet between the cover and the hidden one, with the cached number of open lines of 审核."""

    sheets: tuple[SheetPlan, ...]
    open_points: int


def plan_workbook(submission: Submission, added: SummaryParts = _NO_SUMMARY) -> WorkbookPlan:
    """The workbook of a submission; ``added`` makes it that of a summary.

    Totals, states and counts are cached as they truly are for the figures given. Blank workbooks of one
    form, period and level share all sheets but those that say whose they are.
    """
    form = submission.form
    where = places(form)
    figures = _figure_sheets(submission, added)
    period = submission.period.label if submission.period else ""
    return WorkbookPlan(
        title=f"{submission.unit.name}{period}{form.title}",
        subject=f"{form.id} {form.version}",
        sheets=(
            cover_sheet(submission, where, figures.open_points, added.line),
            *figures.sheets,
            *added.sheets,
            identity_sheet(submission, where, units=added.rows),
        ),
        names=_names(form),
    )


def _figure_sheets(submission: Submission, added: SummaryParts) -> _FigureSheets:
    """The sheets of a submission as if nobody in particular had sent it: none of them names a unit."""
    nobody = replace(submission, unit=Unit("", level=submission.unit.level), seal="", source=None, places={})
    if added is _NO_SUMMARY and nobody == _blank(nobody.form, nobody.period, nobody.unit.level):
        return _blank_figure_sheets(nobody.form, nobody.period, nobody.unit.level)
    return _plan_figure_sheets(nobody, added)


def _blank(form: Form, period: Period | None, level: str) -> Submission:
    return Submission(form, period, Unit("", level=level), {})


@lru_cache(maxsize=32)
def _blank_figure_sheets(form: Form, period: Period | None, level: str) -> _FigureSheets:
    return _plan_figure_sheets(_blank(form, period, level), _NO_SUMMARY)


def _plan_figure_sheets(submission: Submission, added: SummaryParts) -> _FigureSheets:
    form = submission.form
    where = places(form)
    submission = replace(submission, values={**submission.values, **prefilled_values(submission)})
    submission = replace(submission, values=with_totals(submission))
    lines = audit_lines(submission)
    states = {line.key: line.state for line in lines}
    sheets = [instructions_sheet(form)]
    sheets += [
        section_sheet(section, submission, where, states, added.formulas, added.line)
        for section in form.sections
    ]
    sheets.append(audit_sheet(submission, where, lines))
    return _FigureSheets(tuple(sheets), open_points(lines))


def prefilled_values(submission: Submission) -> dict[str, Value]:
    """Inputs that last period's figures determine, where nothing else has been entered."""
    facts = Facts(submission.values, submission.previous, submission.attributes)
    return {
        id_: number_function(instance.comparison.right)(facts)
        for id_, instance in submission.form.prefilling.items()
        if submission.values.get(id_) is None
        and all(is_number(submission.previous.get(p)) for p in instance.previous)
    }


@lru_cache(maxsize=16)
def _names(form: Form) -> Mapping[str, str]:
    """Every cell to fill has a defined name equal to its id."""
    where = places(form)
    return {id_: where.cells[id_].absolute for id_, cell in form.cells.items() if cell.kind != "total"}
