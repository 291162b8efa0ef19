"""Names of units, as they are shortened in a text."""

from __future__ import annotations


def is_short_for(short: str, long: str) -> bool:
    """Whether every character stands in the longer name, in the same order: 县科技局."""
    rest = iter(long)
    return bool(short) and all(character in rest for character in short)
