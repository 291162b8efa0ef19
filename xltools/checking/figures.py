"""Checks on single figures: what is typed must be a number that its cell may hold."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.checking.cell_refs import cell_ref
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.excel.limits import MAX_EXACT_NUMBER
from xltools.excel.values import ErrorValue, Number, Value, is_number, plain
from xltools.model.form import Cell
from xltools.model.submission import Submission


def check_figures(submission: Submission) -> Iterator[Finding]:
    """Texts and errors in number cells, negatives, fractions and figures too large to be exact."""
    values = submission.values
    for cell in submission.form.inputs:
        value = values.get(cell.id)
        # Nearly every cell holds a small whole number: nothing to say about those.
        if type(value) is not int or not 0 <= value < MAX_EXACT_NUMBER:
            yield from _check_value(submission, cell, value)
    for id_ in submission.typed_totals:
        value = values.get(id_)
        if value is not None and value != "" and not is_number(value):
            yield from _not_a_number(submission, submission.form.cells[id_], value)


def _check_value(submission: Submission, cell: Cell, value: Value) -> Iterator[Finding]:
    if value is None or value == "":
        return
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _check_number(submission, cell, value)
    else:
        yield from _not_a_number(submission, cell, value)


def _not_a_number(submission: Submission, cell: Cell, value: Value) -> Iterator[Finding]:
    code = "ERROR-VALUE" if isinstance(value, ErrorValue) else "TEXT-IN-NUMBER"
    shown = plain(value)
    text = " ".join(str(shown).splitlines())
    yield finding(code, cell_ref(submission, cell.id), actual=shown, cells=(cell.id,), text=text)


def _check_number(submission: Submission, cell: Cell, value: Number) -> Iterator[Finding]:
    codes = []
    if abs(value) >= MAX_EXACT_NUMBER:
        codes.append("TOO-LARGE")
    elif cell.type == "integer" and isinstance(value, float) and not value.is_integer():
        codes.append("NOT-INTEGER")
    if value < 0 and not cell.signed:
        codes.append("NEGATIVE")
    for code in codes:
        yield finding(code, cell_ref(submission, cell.id), actual=plain(value), cells=(cell.id,))
