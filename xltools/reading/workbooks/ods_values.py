"""Cells of OpenDocument as values (OpenDocument 1.3 part 3, 19.387 office:value-type)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from xltools.excel.values import ErrorValue, Value
from xltools.reading.workbooks.cell_values import to_number, unusable

NULL_DATE = datetime.date(1899, 12, 30)
"""Day 0 unless the file says otherwise; from March 1900 on the same numbers as Excel's."""

_DATE = re.compile(
    r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]{1,9})?))?)?Z?",
    re.ASCII,
)
_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:[.,][0-9]{1,12})?)S)?)?",
    re.ASCII,
)
_ERROR = re.compile(r"#[A-Z0-9/]{1,8}[!?]?|Err:[0-9]{3}", re.ASCII)
_NUMBERS = ("float", "percentage", "currency")


def to_value(
    given: Mapping[str, str], text: str | None, *, has_formula: bool, null_date: datetime.date
) -> Value:
    """The value of a cell from its attributes (``value-type``, ``value``, ...) and its paragraphs.

    Dates become the numbers Excel keeps for them; None is a blank cell.
    """
    kind = given.get("value-type", "")
    if kind in _NUMBERS:
        return _or_unusable(to_number(given.get("value", "").strip()), given.get("value", ""))
    if kind == "boolean":
        return given.get("boolean-value", "").strip().lower() in ("true", "1")
    if kind == "date":
        return _or_unusable(_serial(given.get("date-value", ""), null_date), given.get("date-value", ""))
    if kind == "time":
        return _or_unusable(_days(given.get("time-value", "")), given.get("time-value", ""))
    shown = given.get("string-value") or text or ""
    if given.get("is-error") or (has_formula and kind == "string" and _ERROR.fullmatch(text or "")):
        return ErrorValue(shown if shown.startswith("#") else "#VALUE!")
    if kind == "string" or shown:
        return shown or ("" if has_formula else None)
    return "" if has_formula else None


def _or_unusable(number: int | float | None, text: str) -> Value:
    return unusable(text) if number is None else number


def _serial(text: str, null_date: datetime.date) -> int | float | None:
    """Days since ``null_date``, whole where there is no time of day."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        days = (datetime.date(int(found[1]), int(found[2]), int(found[3])) - null_date).days
    except ValueError:
        return None
    seconds = int(found[4] or 0) * 3600 + int(found[5] or 0) * 60 + float(found[6] or 0)
    return days + seconds / 86_400 if seconds else days


def _days(text: str) -> float | None:
    """A duration as a part of a day."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    days, hours, minutes = (int(found[group] or 0) for group in (2, 3, 4))
    seconds = float((found[5] or "0").replace(",", "."))
    amount = days + (hours * 3600 + minutes * 60 + seconds) / 86_400
    return -amount if found[1] else amount
