"""Texts for comparing, without what people write in one way or another."""

from __future__ import annotations

import unicodedata


def bare_text(text: str) -> str:
    """A text without spaces, full-width characters as narrow ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())
