"""Whose report a document is and for when, from its title: before the year, behind it or a line above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from xltools.matching.documents.flow import Paragraph
from xltools.matching.documents.headings import section_headings
from xltools.matching.labelled_values import Title, with_year_digits
from xltools.matching.labels import label_key
from xltools.model.bare_text import bare_text
from xltools.model.form import Form
from xltools.model.period import Period

_LONGEST = 80
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?度?")
_SENTENCE = re.compile("[,;。!?]")
_CORE = 6
"""So many characters of the form's title are in every title, however it is worded."""
_LIKENESS = 0.6
_ENDS = ("报告", "年报")
_EDGES = "\"':、-—|·>"
_BRACKETS = (("(", ")"), ("《", "》"), ("“", "”"), ("【", "】"), ("[", "]"))
_ABOUT = re.compile("^关于|关于(?:印发|公布|发布|公开|报送|上报)?$")
_BEHIND = re.compile(r"\(([^()]{2,40})\)$")
_LINK = re.compile(
    "[(【\\[<《]{0,2}(?:[上下前后]一[篇条页则个]|[上下][篇条页](?=:|$)"
    "|(?P<several>(?:相关|推荐|延伸|热点)(?:链接|阅读|文章|新闻|信息|稿件|推荐)))[)】\\]>》:]{0,2}"
)
"""What a page puts before the title of another document; alone in its line it is for what stands below."""
_PATH = re.compile("^(?:附件[0-9一二三四五六七八九十]{0,2}:|.{0,60}[>»])")
_ORGANISATION = re.compile(
    "(?:局|委员会|委|办公室|办|政府|厅|部|处|中心|院|镇|乡|街道|街道办事处|站|所|社|会|公司|大学|学院|学校|集团|馆|署|队|区|县|市)$"
)
_LONGEST_UNIT = 60
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title, the text it was read from, and the places of its lines."""

    title: Title
    text: str
    places: tuple[tuple[str, str], ...]
    line: int

    @property
    def place(self) -> tuple[str, str]:
        """Where the title itself stands; :attr:`places` begins with the unit above it, if that was used."""
        return self.places[-1]


def report_titles(form: Form, lines: Sequence[Paragraph]) -> tuple[list[FoundTitle], list[FoundTitle]]:
    """Every title of the form in a document, the one that counts first; then those that it only links to.

    That is the last one above the first heading: a page lists reports of other years above its own title
    or beside it, and hardly ever below.
    """
    found: list[FoundTitle] = []
    links: list[FoundTitle] = []
    below = 0
    for number, line in enumerate(lines):
        bare = bare_text(line.text) if len(line.text) <= _LONGEST else ""
        mark = _LINK.match(bare)
        title = _found(form, lines, number)
        if title is not None:
            (links if below or mark else found).append(title)
            below = max(0, below - 1)
        else:
            is_alone = mark is not None and mark.end() == len(bare)
            below = 0 if not is_alone else len(lines) if mark and mark["several"] else 1
    headings = section_headings(form, [line.text for line in lines])
    first = headings[0].line if headings else len(lines)
    above = [title for title in found if title.line < first]
    if not above:
        return found, links
    best = above[-1]
    if not best.title.unit:
        named = {t.title.unit for t in above if t.title.unit and t.title.period == best.title.period}
        if len(named) == 1:
            best = replace(best, title=replace(best.title, unit=named.pop()))
    return [best, *(title for title in found if title.line != best.line)], links


def _found(form: Form, lines: Sequence[Paragraph], number: int) -> FoundTitle | None:
    line = lines[number]
    title, used = title_in(form, line.text), 1
    if title is None and form.title[:_CORE] in bare_text(line.text):  # set in two or three lines
        for used in range(2, min(number + 1, _MOST_LINES) + 1):
            above = lines[number - used + 1 : number + 1]
            title = title_in(form, "".join(part.text for part in above))
            if title is not None:
                break
    if title is None:
        return None
    if not title.unit and number >= used and (unit := _unit_line(lines[number - used].text)):
        title, used = replace(title, unit=unit), used + 1
    return FoundTitle(
        title, line.text.strip(), tuple(p.place for p in lines[number - used + 1 : number + 1]), number
    )


def title_in(form: Form, text: str) -> Title | None:
    """The title that a line is: 某局2020年…报告, 2020年某局…报告 or 某局…报告（2020年度）."""
    bare = _without_edges(with_year_digits(bare_text(text))) if len(text) <= 2 * _LONGEST else ""
    if len(bare) > _LONGEST or _SENTENCE.search(bare):
        return None
    years = list(_YEAR.finditer(bare))
    core = bare.find(form.title[:_CORE])
    if core < 0 or len({year[1] for year in years}) != 1:
        return None
    rest = _without_edges(_YEAR.sub("", bare[core:]))
    behind = _BEHIND.search(rest)
    if behind and _is_organisation(behind[1]):
        rest = rest[: behind.start()]
    if not rest.endswith(_ENDS):
        return None
    wanted, said = label_key(form.title), label_key(rest)
    if wanted not in said and SequenceMatcher(None, wanted, said).ratio() < _LIKENESS:
        return None
    unit = _without_edges(_ABOUT.sub("", _without_edges(_PATH.sub("", _YEAR.sub("", bare[:core])))))
    if not unit and behind and _is_organisation(behind[1]):
        unit = behind[1]
    return Title(unit[-_LONGEST_UNIT:], Period(int(years[0][1])))


def _unit_line(text: str) -> str:
    """The unit that stands alone in the line above a title; nothing where that line is something else."""
    bare = _without_edges(bare_text(text)) if len(text) <= 2 * _LONGEST else ""
    return bare if _is_organisation(bare) and not re.search("[0-9,。;>]", bare) else ""


def _is_organisation(text: str) -> bool:
    return len(text) <= _LONGEST_UNIT and _ORGANISATION.search(text) is not None


def _without_edges(text: str) -> str:
    """A text without punctuation around it; brackets only where nothing closes or opens them within it."""
    bare = ""
    while bare != text:
        bare = text
        text = text.strip(_EDGES)
        for opening, closing in _BRACKETS:
            text = text.removesuffix(opening + closing).removesuffix(opening).removeprefix(closing)
            if text.startswith(opening) and text.find(closing) in (-1, len(text) - 1):
                text = text[1:]
            if text.endswith(closing) and opening not in text:
                text = text[:-1]
    return bare
