"""A Chinese text cut into sentences and clauses, and the numbers that stand in a clause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from xltools.matching.numbers import chinese_number

_ODD = re.compile("[ \t\u00a0\u3000\u200b\ufeff０-９Ａ-Ｚ％．]")
"""Spaces, and full-width digits, capitals, per cent and full stop; punctuation stays as it was written."""
_SENTENCE_END = re.compile(r"[。！!？?\r\n]+")
_STATEMENT_END = re.compile(r"[；;]+")
_CLAUSE_END = re.compile(r"[，：:（）()【】《》“”\"]+|(?<![0-9]),+|,+(?![0-9])")
_NUMERALS = {character: str(digit) for digit, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_SPELT_YEAR = re.compile(f"[{''.join(_NUMERALS)}]{{4}}(?=年)")
_UNIT = "人次|件次|件|份|条|宗|起|个|例|项|批|次"
_COUNT = re.compile(
    rf"(?<![0-9.,第])(?:(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,3}}|[0-9]{{1,9}})"
    rf"|(?P<words>[零一二两三四五六七八九十百千万]{{1,16}}))(?P<unit>{_UNIT})(?!以上|以下|左右|多|制|性|工作日)"
)
_SAYS_HOW_MANY = re.compile(rf"[0-9零一二两三四五六七八九十百千万](?:{_UNIT})|%|没|未|无")
_ROUGHLY = re.compile(r"(?:近|约|超|超过|逾|不足|至少|最多|每|第)$")
_PERCENT = re.compile(r"(?<![0-9.])([0-9]{1,4}(?:\.[0-9]{1,4})?)%")


_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage with the decimals it was written with."""

    value: float
    decimals: int


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, without spaces, digits and spelt-out years as plain digits."""
    plain = _ODD.sub(lambda found: unicodedata.normalize("NFKC", found[0]).strip("\u200b\ufeff \t"), text)
    plain = _SPELT_YEAR.sub(lambda found: "".join(_NUMERALS[c] for c in found[0]), plain)
    return tuple(sentence for sentence in _SENTENCE_END.split(plain) if sentence)


def statements(sentence: str) -> tuple[str, ...]:
    """What stands between semicolons."""
    return tuple(filter(None, _STATEMENT_END.split(sentence)))


def clauses(statement: str) -> Iterator[str]:
    """What stands between commas, colons, brackets and quotation marks."""
    return filter(None, _CLAUSE_END.split(statement))


def says_how_many(sentence: str) -> bool:
    """Whether a sentence may give a number, a share or say that there was none."""
    return _SAYS_HOW_MANY.search(sentence) is not None


def counts(clause: str) -> list[int] | None:
    """How many of something the clause counts, one after another; None where one is only rough."""
    found = []
    for match in _COUNT.finditer(clause):
        number = int(match["digits"].replace(",", "")) if match["digits"] else chinese_number(match["words"])
        if match["words"] == "零":
            number = 0
        if number is None or _ROUGHLY.search(clause[: match.start()]):
            return None
        found.append(number)
    return found


def percentages(clause: str) -> list[Percentage]:
    """The percentages of a clause."""
    return [Percentage(float(text), len(text.partition(".")[2])) for text in _PERCENT.findall(clause)]


def quoted(text: str) -> str:
    """The beginning of a clause or sentence, for a message."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
