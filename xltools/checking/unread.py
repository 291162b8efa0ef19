"""Figures of which nobody knows what a file says: told apart from those that it leaves blank."""

from __future__ import annotations

from xltools.excel.values import is_blank, is_number
from xltools.model.outcomes import compile_form
from xltools.model.submission import Submission


def unread_figures(submission: Submission) -> frozenset[str]:
    """Ids of figures that were not found, or found to be no number, and of totals that only such would give.

    ``submission`` is as it was read, before totals are computed: a sum of some of its parts must not pass
    for a total that the file gives.
    """
    values = submission.values
    unread = {
        cell.id
        for cell in submission.form.figures
        if cell.id not in values or not (is_blank(values[cell.id]) or is_number(values[cell.id]))
    }
    for id_, parts in compile_form(submission.form).totals:
        if is_blank(values.get(id_)) and id_ not in submission.typed_totals and not unread.isdisjoint(parts):
            unread.add(id_)
    return frozenset(unread)
