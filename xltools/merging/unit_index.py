"""Whose file it is: the unit of the roster that a file's own code or name means, never its file name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from xltools.diagnostics.text import Text
from xltools.model.bare_text import bare_text
from xltools.model.unit import Unit

_BRACKETS = str.maketrans(dict.fromkeys("〔【[〈《", "(") | dict.fromkeys("〕】]〉》", ")"))
_DROPPED = re.compile(r"\((?:本级|机关|盖章|公章)\)|[·•.,、\"'“”‘’_-]")
"""Remarks and marks that say nothing about which unit it is."""
_USUAL = (
    ("人民政府", "政府"),
    ("街道办事处", "街道"),
    ("街道办", "街道"),
    ("委员会", "委"),
    ("发展和改革", "发展改革"),
    ("发改委", "发展改革委"),
    ("发改局", "发展改革局"),
    ("和", ""),
    ("与", ""),
)
"""Long and short words for the same thing, as names are written with either."""
_WORDS = re.compile(r"[0-9A-Za-z]+")
_LEAST_LIKENESS = 0.55
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The unit that was meant (None: nobody can say), what is to know about it, and similar names.

    ``reason`` is why no unit was taken, ``note`` how one was taken if not simply by its code.
    """

    unit: Unit | None
    reason: Text | None = None
    note: Text | None = None
    near: tuple[Unit, ...] = ()


class UnitIndex:
    """The units of a round, found by code, else by name; similar names are shown, never taken."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = tuple(units)
        self._by_code = {code_key(unit.code): unit for unit in self._units}
        self._by_name = _unique((_name_key(unit.name), unit) for unit in self._units)
        self._by_usual = _unique((usual_name_key(unit.name), unit) for unit in self._units)
        self._pairs: dict[str, list[int]] | None = None

    def find(self, stated: Unit) -> UnitMatch:
        """The unit that a file's own code and name mean."""
        named = self._named(stated.name)
        coded = self._by_code.get(code_key(stated.code)) if stated.code else None
        if coded is None:
            return self._by_its_name(stated, named)
        if named is not None and named.code != coded.code:
            reason = Text(
                f"编码 {stated.code} 是“{coded.name}”的，名称却是另一个单位“{stated.name}”，分不清是谁的",
                f'its code {stated.code} is that of "{coded.name}", its name that of another unit',
            )
            return UnitMatch(None, reason, near=(coded, named))
        note = None
        if stated.name and named is None:
            note = Text(
                f"按编码认定为“{coded.name}”，文件里写的是“{stated.name}”",
                f'taken for "{coded.name}" by its code; the file says "{stated.name}"',
            )
        return UnitMatch(coded, note=note)

    def near(self, name: str) -> tuple[Unit, ...]:
        """Units with similar names, the most similar first: by the pairs of characters they share."""
        wanted = _pairs(usual_name_key(name))
        if not wanted:
            return ()
        shared = Counter(number for pair in wanted for number in self._index().get(pair, ()))
        likeness = {
            number: 2 * count / (len(wanted) + len(_pairs(usual_name_key(self._units[number].name))))
            for number, count in shared.most_common(50)
        }
        best = sorted((number for number in likeness), key=lambda number: (-likeness[number], number))
        return tuple(self._units[n] for n in best[:_MOST_NEAR] if likeness[n] >= _LEAST_LIKENESS)

    def hinted(self, file: str) -> tuple[Unit, ...]:
        """Units whose code or name stands in a file's name: a hint for people and nothing more."""
        stem = file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
        words = {code_key(word) for word in _WORDS.findall(unicodedata.normalize("NFKC", stem))}
        shown = _name_key(stem)
        found = (u for u in self._units if code_key(u.code) in words or _name_key(u.name) in shown)
        return tuple(found)[:_MOST_NEAR]

    def _by_its_name(self, stated: Unit, named: Unit | None) -> UnitMatch:
        if named is not None:
            wrong = f"编码 {stated.code} 不在名录中，" if stated.code else "没有填编码，"
            wrong_en = f"its code {stated.code} is not in the roster" if stated.code else "it carries no code"
            note = Text(
                f"{wrong}按名称“{stated.name}”认定为“{named.name}”（{named.code}）",
                f'{wrong_en}; by its name "{stated.name}" it is taken for "{named.name}" ({named.code})',
            )
            return UnitMatch(named, note=note)
        if stated.code:
            reason = Text("单位编码不在名录中", "the unit's code is not in the roster")
        else:
            reason = Text(
                "没有单位编码，名称也不在名录中", "it carries no code, and its name is not in the roster"
            )
        return UnitMatch(None, reason, near=self.near(stated.name))

    def _named(self, name: str) -> Unit | None:
        """The one unit of this name, exactly or with the usual differences."""
        if not name:
            return None
        return self._by_name.get(_name_key(name)) or self._by_usual.get(usual_name_key(name))

    def _index(self) -> dict[str, list[int]]:
        """By pair of characters, the units whose name has it; made when a name is first looked for."""
        if self._pairs is None:
            self._pairs = {}
            for number, unit in enumerate(self._units):
                for pair in _pairs(usual_name_key(unit.name)):
                    self._pairs.setdefault(pair, []).append(number)
        return self._pairs


def code_key(code: str) -> str:
    """A code for comparing: width, spaces and case do not count."""
    return bare_text(code).casefold()


def _name_key(name: str) -> str:
    """A name for comparing: width, spaces, kinds of brackets and case do not count."""
    return bare_text(name).translate(_BRACKETS).casefold()


def usual_name_key(name: str) -> str:
    """The same without what is written in one way or the other: 人民政府 and 政府, （本级）, 和."""
    key = _DROPPED.sub("", _name_key(name))
    for long, short in _USUAL:
        key = key.replace(long, short)
    return key


def unit_key(unit: Unit) -> str:
    """What tells units apart: the code, else the name."""
    return code_key(unit.code) if unit.code else f"={usual_name_key(unit.name)}"


def _unique(keyed: Iterable[tuple[str, Unit]]) -> dict[str, Unit]:
    """By key, the unit that alone has it: a name of two units names neither."""
    found: dict[str, Unit | None] = {}
    for key, unit in keyed:
        found[key] = None if key in found else unit
    return {key: unit for key, unit in found.items() if unit is not None and key}


def _pairs(key: str) -> frozenset[str]:
    return frozenset(key[at : at + 2] for at in range(len(key) - 1)) or frozenset({key} if key else ())
