"""Bilingual text: every sentence a user may read exists in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages of the tool."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The sentence in ``language``."""
        return self.zh if language == "zh" else self.en

    def fill(self, **params: object) -> Text:
        """The sentence with its ``{placeholders}`` replaced; raises KeyError if one is missing."""
        return Text(self.zh.format(**params), self.en.format(**params))


def counted(count: int, noun: str) -> str:
    """A number of things in English: ``1 file``, ``2 files``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
