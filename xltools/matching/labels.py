"""Labels as they really come back: other brackets, spaces and numbering, usual typos, near misses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from xltools.diagnostics.text import Text
from xltools.model.bare_text import bare_text

_LONGEST = 150
"""Longer texts are narrative, not labels."""
_NUMBERING = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}项|[一二三四五六七八九十]{1,3}、"
    r"|\([一二三四五六七八九十0-9]{1,3}\)、?|[0-9]{1,2}(?:[.、](?![0-9])|\)))"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_TELLING = re.compile("[0-9一二三四五六七八九十不未非否无]")
_MONEY = re.compile("亿元|万元|元")

TYPOS: tuple[tuple[str, str], ...] = (
    ("数里", "数量"),
    ("执法卷", "执法案卷"),
    ("其它", "其他"),
    ("本年受理结果", "本年度办理结果"),
    ("本年度受理结果", "本年度办理结果"),
    ("本年办理结果", "本年度办理结果"),
    ("合计", "总计"),
)
"""Usual slips in published reports, and what is meant."""

EXACT, TYPO, SHORT = 100, 98, 95
"""How much a label counts that is the official one, but for a usual slip, or without its brackets."""
_NEAR = 80
_LEAST_RATIO = 0.82
_LONG, _LEAST_RATIO_LONG = 12, 0.88
"""A short label may differ by one character, one of this length or more by several."""
_LEAST_LEAD = 0.1
_MOST_KNOWN = 1_000
"""Answers that a book keeps: a report has some hundreds of short texts, and thousands may be read."""

_HOW = {
    TYPO: Text("常见的写法差异", "a usual slip"),
    SHORT: Text("少了括号里的内容", "what stands in brackets is left out"),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """An official label (by its key) that a text stands for; ``weight`` up to :data:`EXACT`."""

    key: str
    weight: int

    @property
    def how(self) -> Text:
        """Why the text was taken for the label, where it is not the same."""
        return _HOW.get(self.weight, Text(f"相似程度 {self.weight}%", f"they are alike by {self.weight}%"))


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """A label without what does not tell it from others: width, spaces, numbering, punctuation."""
    return _letters(_unnumbered(text))


def money_unit(label: str) -> str:
    """The unit of money that a label names last (``万元``); empty where it names none."""
    found = _MONEY.findall(bare_text(label))
    return found[-1] if found else ""


def label_book(labels: Iterable[str]) -> LabelBook:
    """The book of these labels; one that was made before is kept, with what was asked of it."""
    return _kept_book(tuple(labels))


@lru_cache(maxsize=256)
def _kept_book(labels: tuple[str, ...]) -> LabelBook:
    return LabelBook(labels)


class LabelBook:
    """The official labels of a table, asked which of them a text on a sheet stands for."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        self._meant: dict[str, set[str]] = {}
        self._short: dict[str, set[str]] = {}
        self._money: dict[str, list[str]] = {}
        for label in labels:
            key = label_key(label)
            self._exact[key] = key
            self._money[key] = _MONEY.findall(bare_text(label))
            self._meant.setdefault(_corrected(key), set()).add(key)
            self._short.setdefault(_short(label), set()).add(key)
        self._known: dict[str, Likeness | None] = {}

    def find(self, text: str) -> Likeness | None:
        """The official label this text stands for; None where none does, or more than one might."""
        if text not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[text] = self._find(text) if len(text) <= _LONGEST else None
        return self._known[text]

    def differs_in_money(self, text: str) -> bool:
        """Whether a text would be one of the labels if it did not name another unit of money."""
        if len(text) > _LONGEST or not label_key(text):
            return False
        bare = _without_money(text)
        keys = [key for key in self._exact if _without_money(key) == bare]
        found = self._alike(label_key(text))
        keys += [found.key] if found else []
        return bool(keys) and _MONEY.findall(bare_text(text)) != self._money[keys[0]]

    def _find(self, text: str) -> Likeness | None:
        key = label_key(text)
        if not key:
            return None
        if key in self._exact:
            return Likeness(key, EXACT)
        found = self._alike(key)
        # 本年收费金额（单位：元） is not 本年收费金额（单位：万元）, however much they are alike.
        money = _MONEY.findall(bare_text(text))
        return found if found and (not money or money == self._money[found.key]) else None

    def _alike(self, key: str) -> Likeness | None:
        meant = _corrected(key)
        for hits, weight in ((self._meant.get(meant), TYPO), (self._short.get(meant), SHORT)):
            if hits and len(hits) == 1:
                return Likeness(next(iter(hits)), weight)
        ratios = sorted(((_ratio(key, other), other) for other in self._exact), reverse=True)
        if not ratios or ratios[0][0] < _LEAST_RATIO:
            return None
        if len(ratios) > 1 and ratios[0][0] - ratios[1][0] < _LEAST_LEAD:
            return None
        return Likeness(ratios[0][1], int(ratios[0][0] * _NEAR))


def _ratio(one: str, other: str) -> float:
    """How alike two keys are; 0 where a numeral or a "not" differs, which is never a slip of the pen."""
    if 2 * min(len(one), len(other)) < _LEAST_RATIO * (len(one) + len(other)):
        return 0.0
    if _TELLING.findall(one) != _TELLING.findall(other):
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    longest = max(len(one), len(other))
    if longest < _LONG:
        return ratio if longest - ratio * (len(one) + len(other)) / 2 < 1.5 else 0.0
    return ratio if ratio >= _LEAST_RATIO_LONG else 0.0


def _unnumbered(text: str) -> str:
    compact = bare_text(text)
    found = _NUMBERING.match(compact)
    rest = compact[found.end() :] if found else compact
    return rest if _letters(rest) else compact


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _short(label: str) -> str:
    """A label without what its brackets say; with it where nothing else is left."""
    bare = _letters(_BRACKETED.sub("", _unnumbered(label)))
    return _corrected(bare or label_key(label))


def _without_money(label: str) -> str:
    """A label without its unit of money: 本年收费金额（单位：万元） and 本年收费金额(元) are one."""
    return _letters(_MONEY.sub("", _unnumbered(label)).replace("单位", ""))


def _corrected(key: str) -> str:
    for slip, meant in TYPOS:
        if slip in key and meant not in key:
            key = key.replace(slip, meant)
    return key
