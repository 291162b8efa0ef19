"""All checks of one submission, in a fixed order of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from xltools.checking.blanks import check_blanks, check_texts, check_totals
from xltools.checking.culprit_finding import check_culprit
from xltools.checking.figures import check_figures
from xltools.checking.narrative.check import check_narrative
from xltools.checking.rules import check_rules
from xltools.checking.zero_report import check_zero_report
from xltools.diagnostics.findings import Finding
from xltools.excel.a1 import parse_cell
from xltools.model.form import Form
from xltools.model.outcomes import with_totals
from xltools.model.sheet_names import COVER_SHEET
from xltools.model.submission import Submission

Check = Callable[[Submission], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_zero_report,
    check_blanks,
    check_totals,
    check_figures,
    check_rules,
    check_texts,
    check_narrative,
)
"""Every check of the figures and of the texts. Each sees the submission with its totals computed."""

FollowUp = Callable[[Submission, Sequence[Finding]], Iterator[Finding]]

FOLLOW_UPS: tuple[FollowUp, ...] = (check_culprit,)
"""What is asked after the checks; each sees what they found, so that a clean return costs nothing more."""


def check_submission(submission: Submission) -> tuple[Submission, tuple[Finding, ...]]:
    """The submission with its totals computed, and everything that is wrong with it."""
    submission = replace(submission, values=with_totals(submission))
    findings = tuple(found for check in CHECKS for found in check(submission))
    return submission, findings + tuple(more for ask in FOLLOW_UPS for more in ask(submission, findings))


def in_order(form: Form | None, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by sheet (as in the workbook), row, column and code."""
    sheets = [COVER_SHEET, *(section.sheet for section in form.sections)] if form else []
    ranks = {sheet: rank for rank, sheet in enumerate(sheets)}

    def key(found: Finding) -> tuple[int, tuple[int, int], str]:
        sheet, cell = found.place.sheet, found.place.cell
        rank = -1 if sheet is None else ranks.get(sheet, len(ranks))
        return rank, parse_cell(cell) if cell else (-1, -1), found.code

    return tuple(sorted(findings, key=key))
