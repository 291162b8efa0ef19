"""Who reports, and for when, from what stands beside labels and in titles; texts below their labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xltools.excel.a1 import cell_name
from xltools.excel.values import Value, as_text
from xltools.matching.labels import label_key
from xltools.matching.tables.sheet_texts import SheetText, SheetTexts
from xltools.model.bare_text import bare_text
from xltools.model.form import CODE, LEVEL, PERIOD, UNIT, ZERO_REPORT, Form
from xltools.model.period import Period

_OTHER_WORDS = {
    UNIT: ("填报单位", "单位名称", "报送单位", "填报机关", "编制单位"),
    CODE: ("单位编码", "单位代码"),
    PERIOD: ("报告年度", "报告期", "统计年度", "年度", "报告月份"),
    LEVEL: ("级别", "单位级别"),
    ZERO_REPORT: ("零报告",),
}
"""What these fields are called beside the form's own words."""
_REACH = 4
"""How many columns right of its label a value may stand."""
_TITLE_ROWS = 10
_TITLE_LIKENESS = 0.6
_PERIOD = re.compile(r"([0-9]{4})(?:年度?|-([0-9]{1,2})|年([0-9]{1,2})月份?)?")
_TITLE = re.compile(
    r"(?P<unit>[^0-9]{0,60}?)(?P<year>(?:19|20)[0-9]{2})年度?(?:(?P<month>[0-9]{1,2})月份?)?(?P<rest>.+)"
)
_YEAR_WORDS = re.compile("[〇零○Ｏ一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A value beside or below its label; ``place`` (sheet, A1) is where the value stands."""

    value: Value
    place: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Title:
    """A title such as 某局2020年政府信息公开工作年度报告."""

    unit: str
    period: Period


def cover_facts(form: Form, sheets: Sequence[SheetTexts]) -> dict[str, LabelledValue]:
    """The cover's fields by cell id; a field with different values in several places is left out."""
    ids = [id_ for id_, cell in form.cells.items() if id_.startswith("cover.") and cell.table is None]
    labels: dict[str, str] = {}
    for id_ in ids:
        for word in (form.cells[id_].label, *_OTHER_WORDS.get(id_, ())):
            labels.setdefault(label_key(word), id_)
    found: dict[str, list[LabelledValue]] = {}
    for texts in sheets:
        for text in texts.texts:
            for id_, fact in _beside(texts, text, labels):
                found.setdefault(id_, []).append(fact)
    return {id_: facts[0] for id_, facts in found.items() if len({as_text(f.value) for f in facts}) == 1}


def section_texts(form: Form, sheets: Sequence[SheetTexts]) -> dict[str, LabelledValue]:
    """The narrative parts by cell id: each stands below its label."""
    parts = [part for section in form.sections for part in section.texts]
    headings = {label_key(s.title) for s in form.sections} | {label_key(part.label) for part in parts}
    found: dict[str, LabelledValue] = {}
    for part in parts:
        key = label_key(part.label)
        facts = [
            fact
            for texts in sheets
            for text in texts.texts
            if label_key(text.text) == key and (fact := _below(texts, text, headings)) is not None
        ]
        if len(facts) == 1:
            found[part.id] = facts[0]
    return found


def titles(form: Form, sheets: Sequence[SheetTexts]) -> list[Title]:
    """Every title of the form, with the unit before the year (empty where the year comes first)."""
    found = []
    for texts in sheets:
        lines = [texts.sheet.name, *(t.text for t in texts.texts if t.row < _TITLE_ROWS)]
        found += [title for line in lines if (title := _title(form, line)) is not None]
    return found


def parse_period(value: Value) -> Period | None:
    """A period as people write it: ``2020``, ``2020年``, ``2020年度``, ``2018-03``, ``2018年3月``."""
    found = _PERIOD.fullmatch(bare_text(as_text(value)))
    if found is None:
        return None
    month = found[2] or found[3]
    if month is None:
        return Period(int(found[1]))
    return Period(int(found[1]), int(month)) if 1 <= int(month) <= 12 else None


def _title(form: Form, line: str) -> Title | None:
    bare = with_year_digits(bare_text(line))
    found = _TITLE.fullmatch(bare)
    if found is None:
        return None
    wanted, rest = label_key(form.title), label_key(found["rest"])
    if wanted not in rest and SequenceMatcher(None, wanted, rest).ratio() < _TITLE_LIKENESS:
        return None
    month = int(found["month"]) if found["month"] else None
    if month is not None and not 1 <= month <= 12:
        return None
    return Title(found["unit"].strip('《“"(:,、'), Period(int(found["year"]), month))


def _beside(
    texts: SheetTexts, text: SheetText, labels: Mapping[str, str]
) -> Iterator[tuple[str, LabelledValue]]:
    values = texts.sheet.values
    before, colon, after = unicodedata.normalize("NFKC", text.text).partition(":")
    id_ = labels.get(label_key(before))
    if id_ is None:
        return
    if colon and after.strip():
        yield id_, LabelledValue(after.strip(), texts.place(text.row, text.column))
        return
    for column in range(text.column + 1, text.column + 1 + _REACH):
        value = values.get(cell_name(text.row, column))
        if value is None or value == "":
            continue
        if not (isinstance(value, str) and label_key(value.partition(":")[0].partition("：")[0]) in labels):
            yield id_, LabelledValue(value, texts.place(text.row, column))
        return


def _below(texts: SheetTexts, text: SheetText, headings: set[str]) -> LabelledValue | None:
    value = texts.sheet.values.get(cell_name(text.row + 1, text.column))
    if not isinstance(value, str) or not value.strip() or label_key(value) in headings:
        return None
    return LabelledValue(value, texts.place(text.row + 1, text.column))


def with_year_digits(text: str) -> str:
    """A text with years in Chinese digits (二〇二〇年) as numbers."""
    return _YEAR_WORDS.sub(lambda year: year[0].translate(_DIGITS), text)
