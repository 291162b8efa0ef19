"""The encodings in which Excel, WPS and editors save CSV files."""

from __future__ import annotations

import io
from typing import IO

_AT_ONCE = 1 << 20


def table_encoding(stream: IO[bytes]) -> str | None:
    """UTF-8, UTF-16 with byte order mark or GB18030, whichever reads the whole stream; None if none does."""
    top = stream.read(2)
    for encoding in ["utf-16"] if top in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]:
        stream.seek(0)
        text = io.TextIOWrapper(stream, encoding, newline="")
        try:
            is_text = all("\0" not in chunk for chunk in iter(lambda: text.read(_AT_ONCE), ""))  # noqa: B023 - used at once
        except UnicodeDecodeError:
            is_text = False
        text.detach()
        if is_text:
            return encoding
    return None
