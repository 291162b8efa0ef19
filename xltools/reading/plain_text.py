"""Bytes to text in the encodings that Chinese offices write, without what no document may hold."""

from __future__ import annotations

import codecs
import re

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UNWANTED = re.compile(
    "[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Control characters, which no workbook may hold, and marks that show nothing or turn a line around."""


def decoded(data: bytes, *, declared: str = "") -> str | None:
    """The text in ``data``: by its mark, as ``declared``, in UTF-8 or GB18030; None if none fits."""
    encodings: tuple[str, ...] = (declared, "utf-8-sig", "gb18030")
    if data[:2] in _UTF16:
        encodings = ("utf-16",)
    elif data.startswith(codecs.BOM_UTF8):
        encodings = ("utf-8-sig", declared, "gb18030")
    for encoding in filter(None, encodings):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    return None


def cleaned(text: str) -> str:
    """The text without control characters and invisible marks; lines end as in Unix."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
