"""The workbook of a summary, and the data file beside it where the units are too many for a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from xltools.checking.storage.spool import Spool
from xltools.layout.coverage_words import coverage_of
from xltools.layout.ledger import Ledger, fits_a_sheet
from xltools.layout.summary_workbook import plan_summary
from xltools.merging.history import past_periods
from xltools.model.submission import Source
from xltools.model.summary import Summary
from xltools.reporting.results_sheet import results_sheets
from xltools.workflows.last_period import LastPeriods, past_of, require_fit
from xltools.writing.files import staged_outputs
from xltools.writing.ledger_file import write_ledger_file
from xltools.writing.workbook import render_workbook

DATA_SUFFIX = ".明细.csv"
"""Added to the name of a summary: the file its ledger moves to."""


SummaryWriter = Callable[[Summary, Path], Summary]
""":func:`write_summary` with all but the summary and its file given."""


def write_summary(
    summary: Summary,
    output: Path,
    *,
    checked: Spool,
    last: LastPeriods,
    password: str = "",
    force: bool = False,
) -> Summary:
    """Write a summary; gives it as it can be read from there, with what is known of earlier periods.

    ``checked`` are the files that were handed in: the findings of those in its intake are listed.
    ``last`` is what is known of earlier periods. Raises UsageError where a file cannot be written, or
    ``last`` is of other periods than the one before.
    """
    if summary.submission.period is not None:
        require_fit(last, summary.submission.period)
    known = replace(
        summary.submission,
        history=past_periods(summary, past_of(last, summary)),
        coverage=coverage_of(summary),
    )
    summary = replace(summary, submission=known)
    ledger = Ledger(summary, output.parent)
    own = {receipt.file for receipt in summary.intake.receipts}
    results = results_sheets(summary, checked.with_findings(own))
    with staged_outputs(force=force) as outputs:
        if not fits_a_sheet(known.form, len(summary.members)):
            path = output.with_name(f"{output.stem}{DATA_SUFFIX}")
            temporary = outputs.reserve(path)
            with outputs.writing(path), temporary.open("wb") as stream:
                ledger = replace(ledger, data_file=write_ledger_file(ledger, stream, path.name))
        with outputs.writing(output):
            data = render_workbook(plan_summary(ledger, results), password)
        outputs.write(output, data)
    source = Source(str(output), hashlib.sha256(data).hexdigest())
    return replace(summary, submission=replace(known, source=source))
