"""A submission, blank or filled, to the plan of its whole workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xltools.excel.values import Value, is_number
from xltools.expr.evaluate import Facts, number_function
from xltools.layout.audit_sheet import audit_lines, audit_sheet, open_points
from xltools.layout.cover_sheet import cover_sheet
from xltools.layout.identity_sheet import identity_sheet
from xltools.layout.instructions_sheet import instructions_sheet
from xltools.layout.ledger_sheets import ledger_formulas, ledger_sheet, receipts_sheet
from xltools.layout.places import Places, places
from xltools.layout.plan import WorkbookPlan
from xltools.layout.section_sheet import section_sheet
from xltools.model.form import Form
from xltools.model.outcomes import with_totals
from xltools.model.submission import Submission
from xltools.model.summary import Summary


def plan_workbook(submission: Submission, summary: Summary | None = None) -> WorkbookPlan:
    """The workbook of a submission; with ``summary``, its inputs are live sums over the units' figures.

    Totals, states and counts are cached as they truly are for the figures given.
    """
    form = submission.form
    where = places(form)
    submission = replace(submission, values={**submission.values, **prefilled_values(submission)})
    submission = replace(submission, values=with_totals(submission))
    units = len(summary.members) if summary else 0
    formulas = ledger_formulas(form, units) if summary else {}
    lines = audit_lines(submission)
    states = {line.key: line.state for line in lines}
    sheets = [cover_sheet(submission, where, open_points(lines)), instructions_sheet(form)]
    sheets += [section_sheet(section, submission, where, states, formulas) for section in form.sections]
    sheets.append(audit_sheet(submission, where, lines))
    if summary:
        sheets += [ledger_sheet(summary, where), receipts_sheet(summary)]
    sheets.append(identity_sheet(submission, where, units=units))
    period = submission.period.label if submission.period else ""
    return WorkbookPlan(
        title=f"{submission.unit.name}{period}{form.title}",
        subject=f"{form.id} {form.version}",
        sheets=tuple(sheets),
        names=_names(form, where),
    )


def prefilled_values(submission: Submission) -> dict[str, Value]:
    """Inputs that last period's figures determine, where nothing else has been entered."""
    facts = Facts(submission.values, submission.previous, submission.attributes)
    return {
        id_: number_function(instance.comparison.right)(facts)
        for id_, instance in submission.form.prefilling.items()
        if submission.values.get(id_) is None
        and all(is_number(submission.previous.get(p)) for p in instance.previous)
    }


def _names(form: Form, where: Places) -> Mapping[str, str]:
    """Every cell to fill has a defined name equal to its id."""
    return {id_: where.cells[id_].absolute for id_, cell in form.cells.items() if cell.kind != "total"}
