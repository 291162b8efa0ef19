"""Check of 零报告: whoever says that everything is zero may not report anything else."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.checking.cell_refs import cell_ref
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.excel.values import is_number, plain
from xltools.model.submission import Submission


def check_zero_report(submission: Submission) -> Iterator[Finding]:
    """One finding that names every figure which contradicts a 零报告."""
    if not submission.zero_report:
        return
    values = submission.values
    others = [c.id for c in submission.form.inputs if is_number(values.get(c.id)) and values[c.id] != 0]
    if others:
        first = others[0]
        yield finding(
            "ZERO-REPORT",
            cell_ref(submission, first),
            actual=plain(values[first]),
            expected=0,
            cells=tuple(others),
            count=len(others),
        )
