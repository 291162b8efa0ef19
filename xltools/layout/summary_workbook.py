"""A summary to the plan of its workbook: the form's sheets with live totals, and what stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xltools.layout.charts_sheet import charts_sheet
from xltools.layout.comparison_sheet import comparison_sheet
from xltools.layout.coverage_words import coverage_of, coverage_words, summary_line
from xltools.layout.ledger import Ledger, ledger_formulas
from xltools.layout.ledger_sheet import ledger_sheet
from xltools.layout.places import places
from xltools.layout.plan import SheetPlan, WorkbookPlan
from xltools.layout.receipts_sheet import receipts_sheet
from xltools.layout.unit_figures import unit_figures
from xltools.layout.workbook import SummaryParts, plan_workbook
from xltools.model.outcomes import with_totals


def plan_summary(ledger: Ledger, results: Sequence[SheetPlan] = ()) -> WorkbookPlan:
    """The workbook of a summary; ``results`` are its sheets of what was found.

    Every input of the official tables is a live sum over 分单位明细. How much of what is due they cover
    stands beside every total: on the cover, below the title of every table, on every further sheet.
    """
    summary = ledger.summary
    form = summary.submission.form
    where = places(form)
    submission = replace(summary.submission, coverage=coverage_of(summary))
    submission = replace(submission, values=with_totals(submission))
    words = coverage_words(summary)
    units = unit_figures(summary, live=ledger.data_file is None)
    sheets = (
        comparison_sheet(submission, where, words, units),
        charts_sheet(submission, where, words, units),
        ledger_sheet(ledger, where, words),
        receipts_sheet(summary, ledger.folder, words),
        *results,
    )
    return plan_workbook(
        submission,
        SummaryParts(
            formulas=ledger_formulas(form, len(ledger)),
            line=summary_line(submission, words),
            sheets=tuple(sheet for sheet in sheets if sheet is not None),
            rows=len(ledger),
        ),
    )
