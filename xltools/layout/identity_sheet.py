"""The hidden sheet: what the workbook is, and last period's figures that its rules need."""

from __future__ import annotations

import hashlib
import hmac

from xltools.layout.past_figures import coverage_cells, past_figure_cells, written_cells
from xltools.layout.places import IDENTITY_KEYS, Places
from xltools.layout.plan import PlannedCell, SheetPlan
from xltools.layout.styles import Style
from xltools.model.form import PERIOD, Form
from xltools.model.period import Period
from xltools.model.sheet_names import IDENTITY_SHEET
from xltools.model.submission import Submission
from xltools.model.unit import Unit

FORMAT_VERSION = 1
"""Version of the hidden sheet's own layout."""
KEYED = "keyed-"
"""What the fingerprint of a workbook begins with that was issued with a key."""


def identity_sheet(submission: Submission, places: Places, *, units: int) -> SheetPlan:
    """The plan of the hidden sheet; ``units`` is how many rows the ledger of a summary has (0: none)."""
    form, period, unit = submission.form, submission.period, submission.unit
    facts: dict[str, str | int | None] = {
        "xltools": FORMAT_VERSION,
        "form": form.id,
        "version": form.version,
        "kind": submission.kind,
        "year": period.year if period else None,
        "month": period.month if period else None,
        "code": unit.code or None,
        "name": unit.name or None,
        "level": unit.level or None,
        "units": units,
        "fingerprint": submission.seal or fingerprint(form, submission.kind, period, unit),
    }
    cells = []
    for row, key in enumerate(IDENTITY_KEYS):
        cells.append(PlannedCell(row, 0, Style.HIDDEN, key))
        if key == "year" and period is None:
            # An open year is typed on the cover; rules read it from here all the same.
            cells.append(PlannedCell(row, 1, Style.HIDDEN, 0, places.of(PERIOD)))
        else:
            cells.append(PlannedCell(row, 1, Style.HIDDEN, facts[key]))
    cells.append(PlannedCell(len(IDENTITY_KEYS), 0, Style.HIDDEN, "previous"))
    for id_, row in places.previous.items():
        cells.append(PlannedCell(row, 0, Style.HIDDEN, id_))
        cells.append(PlannedCell(row, 1, Style.HIDDEN, submission.previous.get(id_)))
    cells += [*coverage_cells(submission), *past_figure_cells(submission), *written_cells(submission)]
    return SheetPlan(
        name=IDENTITY_SHEET,
        cells=tuple(cells),
        print_setup=None,
        hidden=True,
    )


def fingerprint(form: Form, kind: str, period: Period | None, unit: Unit, key: bytes = b"") -> str:
    """16 hex digits that change with everything that identifies a workbook.

    With a ``key`` nobody can make them without it (HMAC, RFC 2104): 32 digits after ``KEYED``.
    """
    parts = (form.id, form.version, kind, str(period), unit.code, unit.name, unit.level)
    message = "\0".join(parts).encode()
    if not key:
        return hashlib.sha256(message).hexdigest()[:16]
    return KEYED + hmac.new(key, message, hashlib.sha256).hexdigest()[:32]
