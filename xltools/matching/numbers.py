"""A text in a number cell to the figure it plainly says; everything else stays a text.

``float()`` is never asked: it would take ``1_000``, ``1e5`` and ``nan``. What is not written exactly as
below is not a number, and the checks report it as it was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from xltools.diagnostics.text import Text
from xltools.excel.values import Number
from xltools.model.form import Cell

_MAX_TEXT = 40
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x00A0: " ",
    0x2212: "-",
    0xFFE5: "¥",
}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_NOTE_MARK = re.compile("(?<=[^⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]{1,3}$")
"""A note's number behind a figure, set in superscript."""
_NOTHING = re.compile(r"[-—–―─﹣]{1,4}|[/\\]{1,3}|无|零|〇|没有")
_DIGITS = r"(?:(?:0|[1-9][0-9]*)|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:\.[0-9]+)?"
_COUNTED = ("人次", "件次", "件", "条", "次", "个", "项", "人", "份", "起", "宗", "篇", "户", "家")
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_UNIT = "|".join(sorted((*_COUNTED, *_MONEY), key=len, reverse=True))
_FIGURE = re.compile(rf"(?P<before>{_UNIT})? ?(?P<sign>[+-]?) ?(?P<digits>{_DIGITS}) ?(?P<after>{_UNIT})?")
_WORDS = re.compile(rf"(?P<words>[零一二两三四五六七八九十百千万]{{1,16}}) ?(?P<after>{_UNIT})?")
_NUMERALS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MAX_WORDS = 99_999_999


_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,12})?")


def document_value(text: str) -> Number | str:
    """A text of a document as the cell value it is: digits are a number, all else stays a text."""
    if _PLAIN.fullmatch(text) is None:
        return text
    return float(text) if "." in text else int(text)


def looks_like_figure(text: str) -> bool:
    """Whether a text of a document may stand in a number cell: a number with or without unit, or "none"."""
    bare = _NOTE_MARK.sub("", _bare(text)).rstrip() if len(text) <= _MAX_TEXT else ""
    return bool(_NOTHING.fullmatch(bare) or _FIGURE.fullmatch(bare))


@dataclass(frozen=True, slots=True)
class Converted:
    """The figure a text was taken for, and by which convention."""

    figure: Number
    how: Text


def figure_in(text: str, cell: Cell) -> Converted | None:
    """The figure that ``text`` says in this cell; None where it is not plainly a number."""
    if len(text) > _MAX_TEXT:
        return None
    bare = _bare(text)
    if _NOTE_MARK.search(bare):
        marked = figure_in(_NOTE_MARK.sub("", bare), cell)
        how = Text("去掉了上标的注释序号", "the number of a note in superscript was dropped")
        return replace(marked, how=how) if marked is not None else None
    if _NOTHING.fullmatch(bare):
        return Converted(0, Text("这样写表示没有发生，按 0 计", "it stands for none and counts as 0"))
    found = _FIGURE.fullmatch(bare)
    if found:
        digits = re.sub("[, ]", "", found["digits"])
        number = Decimal(digits) * (-1 if found["sign"] == "-" else 1)
        units = [unit for unit in (found["before"], found["after"]) if unit]
        return _in_unit(number, units, cell, _spelling(found))
    words = _WORDS.fullmatch(bare)
    if words and (value := chinese_number(words["words"])) is not None:
        units = [words["after"]] if words["after"] else []
        if "万" in words["words"] and cell.unit in _MONEY and not units:
            return None  # 三万 may be three 万元 or 30,000 of them
        return _in_unit(
            Decimal(value), units, cell, Text("写的是中文数字", "it is written in Chinese numerals")
        )
    return None


def _bare(text: str) -> str:
    return text.translate(_INVISIBLE).translate(_FULL_WIDTH).strip().lstrip("'’‘").strip()


def chinese_number(words: str) -> int | None:
    """``一百零五`` as 105; None for what is not spelt out in full (``一百二``, ``二三``)."""
    if "万" in words:
        high, _, low = words.partition("万")
        head, tail = _below_ten_thousand(high), _below_ten_thousand(low) if low else 0
        if head is None or tail is None:
            return None
        value = head * 10_000 + tail
    else:
        single = _below_ten_thousand(words)
        if single is None:
            return None
        value = single
    plain = words.replace("两", "二")
    # Only what is spelt as the number itself would be spelt is certain: 一百二 may be 120 or 102.
    return value if 0 < value <= _MAX_WORDS and plain in _spellings(value) else None


def _in_unit(number: Decimal, units: list[str], cell: Cell, how: Text) -> Converted | None:
    """The number in the unit of the cell; None where the text's unit is not the cell's."""
    if not units:
        return Converted(_plain(number), how)
    if len(units) > 1:
        return None
    unit = units[0]
    if unit == cell.unit or (not cell.unit and unit in _COUNTED and cell.type == "integer"):
        return Converted(_plain(number), Text(f"去掉了单位“{unit}”", f'its unit "{unit}" was dropped'))
    if unit in _MONEY and cell.unit in _MONEY:
        figure = _plain(number * _MONEY[unit] / _MONEY[cell.unit])
        return Converted(
            figure,
            Text(f"由“{unit}”折合为“{cell.unit}”", f'it was converted from "{unit}" to "{cell.unit}"'),
        )
    return None


def _spelling(found: re.Match[str]) -> Text:
    if "," in found["digits"] or " " in found["digits"]:
        return Text("去掉了分隔符号", "separators were dropped")
    if found["sign"] == "+":
        return Text("去掉了正号", "its plus sign was dropped")
    return Text("这是存成文本的数字", "it is a number stored as text")


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else float(number)


def _below_ten_thousand(words: str) -> int | None:
    value, digit = 0, None
    for character in words:
        if character in _NUMERALS:
            digit = _NUMERALS[character]
        elif character not in _POWERS:
            return None
        else:
            if digit is None:
                if character != "十" or value:
                    return None
                digit = 1
            value += digit * _POWERS[character]
            digit = None
    return value + (digit or 0)


def _spellings(value: int) -> tuple[str, ...]:
    spelt = _spell(value)
    return (spelt, spelt[1:]) if spelt.startswith("一十") else (spelt,)


def _spell(value: int) -> str:
    high, low = divmod(value, 10_000)
    if not high:
        return _spell_small(low)
    rest = ("零" if low < 1000 else "") + _spell_small(low) if low else ""
    return f"{_spell_small(high)}万{rest}"


def _spell_small(value: int) -> str:
    spelt, gap = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            spelt += ("零" if gap and spelt else "") + "零一二三四五六七八九"[digit] + word
            gap = False
        else:
            gap = True
    return spelt
