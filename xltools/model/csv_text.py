"""Texts in CSV fields that a spreadsheet opens: none of them may begin like a formula.

Excel, WPS and LibreOffice run what begins with one of these signs (CWE-1236); an apostrophe before it
makes it the text it is. Apostrophes at the beginning are doubled, so that every text comes back.
"""

from __future__ import annotations

_GUARD = "'"
_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", _GUARD)


def guarded(text: str) -> str:
    """The text as it is written to a field."""
    return _GUARD + text if text.startswith(_RUN) else text


def unguarded(field: str) -> str:
    """The text that a field stands for; one that nobody guarded is taken as it is."""
    rest = field[len(_GUARD) :]
    return rest if field.startswith(_GUARD) and rest.startswith(_RUN) else field
