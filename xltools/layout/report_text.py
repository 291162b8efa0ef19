"""How texts, figures and days read in the published report."""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal

from xltools.excel.values import Value, date_text, is_number, plain

DRAFT_MARK = "草稿：未通过审核，不得公布"

_NUMERALS = "一二三四五六七八九十"
_NUMBERED = re.compile(rf"[{_NUMERALS}]+、")
_DAY = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*", re.ASCII)
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_SHOWN_DIGITS = 15
"""As many as a spreadsheet shows; what is beyond is left over from adding binary fractions."""
_LONGEST_SERIAL = 7


def clean(text: str) -> str:
    """``text`` without what neither Word nor a web page can hold, and what turns the line around."""
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in text if _can_be_shown(c)).strip()


def _can_be_shown(char: str) -> bool:
    code = ord(char)
    never_a_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    half_a_character = 0xD800 <= code <= 0xDFFF
    return not (never_a_character or half_a_character or unicodedata.bidirectional(char) in _TURNING)


def paragraphs(text: str) -> list[str]:
    """The lines of a text that hold something; what they were indented with is left to the layout."""
    return [line for line in map(clean, text.splitlines()) if line]


def figure_text(value: Value) -> str:
    """A figure as it is printed: no exponent, no more digits than a spreadsheet shows; blank is empty."""
    if value is None:
        return ""
    if not isinstance(value, (int, float)) or not is_number(value):
        return clean(str(plain(value)))
    if isinstance(value, int):
        return str(value)
    number = Decimal(f"{value:.{_SHOWN_DIGITS}g}")
    return f"{number + 0:f}"  # + 0: there is no minus zero


def written_date(text: str) -> str:
    """A day as documents have it; what is no day stays as it was written."""
    text = clean(text)
    return as_day(text) or text


def as_day(text: str) -> str | None:
    """``2026年1月15日`` for that day in one of the usual spellings, None for what is no day.

    A workbook keeps a day as its number.
    """
    if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_SERIAL:
        text = date_text(int(text), date_1904=False) or text
    found = _DAY.fullmatch(text)
    try:
        day = datetime.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
    return f"{day.year}年{day.month}月{day.day}日" if day else None


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (_NUMERALS[ones - 1] if ones else "")


def without_number(title: str) -> str:
    """A heading without the number before it: ``一、总体情况`` is ``总体情况``."""
    return _NUMBERED.sub("", title, count=1)
