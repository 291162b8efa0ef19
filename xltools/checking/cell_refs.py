"""Where a finding about a cell points to."""

from __future__ import annotations

from xltools.diagnostics.findings import CellRef
from xltools.layout.places import places
from xltools.model.submission import Submission


def cell_ref(submission: Submission, cell_id: str, label: str | None = None) -> CellRef:
    """The place of a cell: where it was read, else where the form's workbook has it."""
    known = submission.places.get(cell_id) or places(submission.form).addresses[cell_id]
    return CellRef(*known, cell_id, label or submission.form.cells[cell_id].label)
