"""How much room a text takes, since a merged or locked cell does not grow by itself."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LABEL_LENGTH = 200
_LINE_HEIGHT = 15.0
_PADDING = 5.0


def text_width(text: str) -> int:
    """Width in half-width characters: wide and full-width ones count twice."""
    return _label_width(text) if len(text) <= _LABEL_LENGTH else _width(text)


@lru_cache(maxsize=4096)
def _label_width(text: str) -> int:
    """Labels stand in every workbook of a form."""
    return _width(text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def needed_height(text: str, width: float) -> float:
    """Row height in points for ``text`` wrapped in a column ``width`` characters wide."""
    usable = max(width - 1.5, 2.0)
    lines = sum(max(1, -(-text_width(part) // int(usable))) for part in text.split("\n"))
    return lines * _LINE_HEIGHT + _PADDING


def clipped(text: str, longest: int) -> str:
    """``text`` without control characters, cut to ``longest`` characters with an ellipsis at the end."""
    plain = "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else " " for c in text)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
