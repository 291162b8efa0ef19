"""Who a workbook says it is: the facts on its hidden sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from xltools.excel.values import as_text
from xltools.layout.places import IDENTITY_KEYS
from xltools.model.period import Period
from xltools.model.sheet_names import IDENTITY_SHEET
from xltools.model.submission import SubmissionKind
from xltools.reading.grid import Grid, Sheet

_YEAR = re.compile(r"[1-9][0-9]{3}")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_UNITS = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Identity:
    """The hidden sheet's facts; ``period`` is None in a blank that was issued for no year yet."""

    form: str
    version: str
    kind: SubmissionKind
    period: Period | None
    code: str
    name: str
    level: str
    units: int
    fingerprint: str


def read_identity(grid: Grid) -> tuple[Identity, Sheet] | None:
    """The identity and the sheet it stands on; None where the workbook carries none."""
    sheet = grid.sheet(IDENTITY_SHEET)
    if sheet is None:
        return None
    facts = {key: _fact(sheet, row) for row, key in enumerate(IDENTITY_KEYS)}
    if not facts["form"] or facts["kind"] not in ("return", "summary"):
        return None
    return (
        Identity(
            form=facts["form"],
            version=facts["version"],
            kind=cast(SubmissionKind, facts["kind"]),
            period=_period(facts["year"], facts["month"]),
            code=facts["code"],
            name=facts["name"],
            level=facts["level"],
            units=_units(facts["units"]),
            fingerprint=facts["fingerprint"],
        ),
        sheet,
    )


def _fact(sheet: Sheet, row: int) -> str:
    return as_text(sheet.values.get(f"B{row + 1}"))


def _units(text: str) -> int:
    """How many units a summary holds; a number no worksheet could hold is not believed."""
    return int(text) if _UNITS.fullmatch(text) else 0


def _period(year: str, month: str) -> Period | None:
    if not _YEAR.fullmatch(year):
        return None
    if not month:
        return Period(int(year))
    return Period(int(year), int(month)) if _MONTH.fullmatch(month) else None
