"""The text of a cell's ``<v>`` as a value, by the cell's type (ECMA-376 part 1, 18.18.11)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xltools.excel.limits import MAX_COMPUTABLE
from xltools.excel.values import ErrorValue, Value
from xltools.reading.xml_text import decode_escapes

# ASCII only: int() and float() would also take full-width digits, 1_000, nan and infinity
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")
_BLANKS = " \t\r\n"
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_MAX_NUMBER_TEXT = 400


def to_value(kind: str, text: str, strings: Sequence[str]) -> Value:
    """The value of a non-empty cell text; None where the text does not fit the type.

    Whole numbers of up to 15 digits become int, all others float.
    """
    match kind:
        case "n" | "":
            return to_number(text.strip(_BLANKS))
        case "s":
            index = text.strip(_BLANKS)
            if _INTEGER.fullmatch(index) and 0 <= int(index) < len(strings):
                return strings[int(index)]
            return None
        case "b":
            return _BOOLEANS.get(text.strip(_BLANKS))
        case "e":
            return ErrorValue(text.strip(_BLANKS))
        case "str" | "inlineStr":
            return decode_escapes(text)
        case "d":  # an ISO 8601 date, which no suite writes by default: kept as its text
            return text
        case _:
            return None


def to_number(text: str) -> int | float | None:
    """A number in strict ASCII notation; None for anything else and for what cannot be added up."""
    if _INTEGER.fullmatch(text):
        return int(text)
    if len(text) > _MAX_NUMBER_TEXT or not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if abs(number) < MAX_COMPUTABLE else None


def unusable(text: str) -> ErrorValue:
    """What stands in for a text that is no value: an error, so that no total passes over it silently."""
    word = text.strip(_BLANKS).lower().lstrip("+-")
    return ErrorValue("#NUM!" if word in ("nan", "inf", "infinity") or _NUMBER.fullmatch(word) else "#VALUE!")
