"""Formulas and references of OpenDocument in the words of Excel.

``of:=SUM([$三.$D$4:.$D$28];2)`` reads ``SUM('三'!$D$4:$D$28,2)``. What has no counterpart (a
reference to another file) stays as it stands: it then differs from every formula of ours, as it should.

Source: OpenDocument 1.3 part 4, 5.8 (references), 5.13 (inline arrays), 5.5 (operators).
"""

from __future__ import annotations

import re

from xltools.excel.a1 import quote_sheet
from xltools.excel.limits import MAX_FORMULA

# every part is optional after its first character, so that no text is gone over twice
_TOKEN = re.compile(r"""("[^"]*"?|\[(?:[^\]']|'[^']*'?)*\]?|[;|~!])""")
MAX_REFERENCE = 1_000
MAX_TEXT = 4 * MAX_FORMULA
"""A longer formula could not have come from a workbook of ours and is left as it is."""
_SIDE = (
    r"(?:\$?('(?:[^']|'')*'|[^'.:#\[\]]+))?\.(\$?[A-Z]{1,3}\$?[0-9]{1,7}|\$?[A-Z]{1,3}|\$?[0-9]{1,7}|#REF!)"
)
_REFERENCE = re.compile(rf"{_SIDE}(?::{_SIDE})?")
_PREFIXES = ("of:=", "oooc:=", "msoxl:=", "=")
_FOREIGN = "COM.MICROSOFT."


def to_excel(formula: str) -> str:
    """The formula without prefix and ``=``, in Excel's grammar."""
    prefix = next((start for start in _PREFIXES if formula.startswith(start)), "")
    text = formula[len(prefix) :]
    if prefix in ("msoxl:=", "") or len(text) > MAX_TEXT:
        return text
    pieces = [
        reference(piece[1:-1])
        if piece.startswith("[") and piece.endswith("]")
        else _OPERATORS.get(piece, piece)
        for piece in _TOKEN.split(text)
    ]
    return "".join(pieces).replace(_FOREIGN, "")


def reference(text: str) -> str:
    """``$三.$D$4:.$D$28`` as ``'三'!$D$4:$D$28``; what is no plain reference stays as it is."""
    found = _REFERENCE.fullmatch(text) if len(text) <= MAX_REFERENCE else None
    if found is None:
        return text
    sheet, first, last_sheet, last = found.groups()
    place = first if last is None else f"{first}:{last}"
    if sheet is None:
        return place
    name = _sheet_name(sheet)
    if last_sheet is not None and _sheet_name(last_sheet) != name:
        name = f"{name}:{_sheet_name(last_sheet)}"
    return f"{quote_sheet(name)}!{place}"


def _sheet_name(text: str) -> str:
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


_OPERATORS = {";": ",", "|": ";", "~": ",", "!": " "}
"""Separators of arguments and of an array's rows, union and intersection."""
