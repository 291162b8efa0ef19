"""Days as people and spreadsheets write them: the date on a cover, a deadline in a roster."""

from __future__ import annotations

import re
from datetime import date

from xltools.excel.values import date_text
from xltools.model.bare_text import bare_text

_DAY = re.compile(
    r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?:\d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?", re.ASCII)
"""The number of a day as a workbook keeps it: from 1927 to 2173."""


def parse_day(text: str) -> date | None:
    """``2026-01-15``, ``2026/1/15``, ``2026年1月15日``, ``20260115`` or a workbook's ``46037``; else None.

    A time of day behind it is left out.
    """
    bare = bare_text(text)
    if _SERIAL.fullmatch(bare):
        shown = date_text(float(bare), date_1904=False)
        return date.fromisoformat(shown) if shown else None
    found = _DAY.fullmatch(bare) or _COMPACT.fullmatch(bare)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
