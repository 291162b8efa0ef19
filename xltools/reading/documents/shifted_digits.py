"""Superscript and subscript digits, so that a note mark set as ``197<sup>1</sup>`` never reads as 1971."""

from __future__ import annotations

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LEVEL: dict[int, int] = {}
"""Digits as they are."""
