"""Totals of files whose formulas could not be read (.xls, .et): known by their figures alone."""

from __future__ import annotations

from dataclasses import replace

from xltools.excel.values import COMPARE_DECIMALS, Value, is_blank, is_number
from xltools.model.outcomes import due_totals
from xltools.model.submission import Submission

_TOLERANCE = 10**-COMPARE_DECIMALS / 2


def with_computed_totals(submission: Submission) -> Submission:
    """The submission with every total that its formula would give taken as computed, the others as typed."""
    due = due_totals(submission)
    typed = (
        id_ for id_ in submission.typed_totals if not is_same_figure(submission.values.get(id_), due[id_])
    )
    return replace(submission, typed_totals=frozenset(typed))


def is_same_figure(read: Value, due: Value) -> bool:
    """Whether two figures are equal as far as figures are compared; blanks are equal to each other only."""
    if isinstance(read, (int, float)) and isinstance(due, (int, float)):
        return is_number(read) and bool(abs(read - due) < _TOLERANCE)
    return is_blank(read) and is_blank(due)
