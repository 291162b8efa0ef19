"""Where the sections of a report begin in a document: headings reworded, repeated, and listed in front."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from xltools.matching.labels import label_key
from xltools.model.form import Form, Section

LONGEST_HEADING = 50
_NUMBER = re.compile(r"第?([一二三四五六七八九十]{1,3})(?:部分[、.,:]?|[、.,:])")
_LEADERS = re.compile(r"[.·…‥\-—_ ]{2,}[0-9]{1,3}$|[ \t][0-9]{1,3}$|[.·…‥]{2,}$")
_BULLET = re.compile(r"^[◦•●○▪■◆▶►·*※\-–—>»]{1,2}[ \t]{1,3}|^[◦•●▪■◆▶►※»]")
_BREAK = re.compile(r"[：:。]|\s+")
_LIKE = 0.45
"""How alike a reworded heading must be to the title whose number it bears."""
LIKE_TITLE = 0.85
_HOLDS = 0.95
_LEAST_PART = 4
_LEAST_LISTED = 3
"""So many headings on end, most of which come again, are a table of contents."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line (by its index) that begins a section, or goes on with it; ``rest`` is text in the same line."""

    line: int
    section: Section
    likeness: float
    rest: str = ""


def bare_line(text: str) -> str:
    """A line without the bullet in front of it."""
    return _BULLET.sub("", text.strip()).strip()


def heads_of(line: str) -> list[tuple[str, str]]:
    """What may be the heading in a line, with the text behind it: the whole line, or its beginning."""
    bare = bare_line(line)
    plain = _LEADERS.sub("", bare).strip()
    found = [(plain, "")] if len(plain) <= LONGEST_HEADING and not plain.endswith(("。", "；", ";")) else []
    for match in islice(_BREAK.finditer(bare[: 2 * LONGEST_HEADING]), 3):
        head, rest = bare[: match.start()].strip(), bare[match.end() :].strip()
        if head and rest and len(head) <= LONGEST_HEADING:
            found.append((head, rest))
    return found


def heading_likeness(text: str, title: str, least: float = 0.0) -> float:
    """From 0 to 1: how much a text says what a title says; 0 also where that is certainly below ``least``."""
    one, other = label_key(text), label_key(title)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    if other in one or (one in other and len(one) >= _LEAST_PART):
        return _HOLDS
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def section_headings(form: Form, lines: Sequence[str]) -> list[Heading]:
    """The headings of the form's sections among the lines, without those of a table of contents.

    One that is much reworded only counts where its section has no better one, and in its place.
    """
    found = [h for number, line in enumerate(lines) if (h := _heading(form, number, line)) is not None]
    numbered = {h.section.id for h in found if _number(lines[h.line])}
    # without its number a title may also head a part of another section
    found = [h for h in found if _number(lines[h.line]) or h.section.id not in numbered]
    found = _without_contents(found, lines)
    sure = [h for h in found if h.likeness >= LIKE_TITLE]
    known = {h.section.id for h in sure}
    weak = [h for h in found if h.section.id not in known]
    return _in_place(form, sorted((*sure, *weak), key=lambda h: h.line)) if weak else sure


def _in_place(form: Form, found: Sequence[Heading]) -> list[Heading]:
    """The headings but for weak ones that would begin a section before the one they follow."""
    order = {section.id: index for index, section in enumerate(form.sections)}
    kept: list[Heading] = []
    for heading in found:
        before = order[kept[-1].section.id] if kept else -1
        if heading.likeness >= LIKE_TITLE or order[heading.section.id] >= before:
            kept.append(heading)
    return kept


def _heading(form: Form, number: int, line: str) -> Heading | None:
    for head, rest in heads_of(line):
        bears = _number(head)
        if rest and not bears:
            continue
        least = _LIKE if bears and not rest else LIKE_TITLE  # less where it bears the number and stands alone
        like = [
            Heading(number, section, likeness, rest)
            for section in form.sections
            if (not bears or bears == _number(section.title))
            and (likeness := heading_likeness(head, section.title, least)) >= least
        ]
        if like:
            return max(like, key=lambda heading: heading.likeness)
    return None


def _number(text: str) -> str:
    found = _NUMBER.match(unicodedata.normalize("NFKC", bare_line(text)[:LONGEST_HEADING]))
    return found[1] if found else ""


def _without_contents(found: Sequence[Heading], lines: Sequence[str]) -> list[Heading]:
    """The headings but for runs with nothing between them, most of which come again later."""
    last = {heading.section.id: index for index, heading in enumerate(found)}
    kept: list[Heading] = []
    at = 0
    while at < len(found):
        end = at + 1
        ids = {found[at].section.id}
        while (
            end < len(found)
            and _follows(found[end - 1], found[end], lines)
            and found[end].section.id not in ids
        ):
            ids.add(found[end].section.id)
            end += 1
        again = sum(last[id_] >= end for id_ in ids)
        if end - at < _LEAST_LISTED or 2 * again <= len(ids):
            kept += found[at:end]
        at = end
    return kept


def _follows(one: Heading, other: Heading, lines: Sequence[str]) -> bool:
    """Whether nothing stands between two headings."""
    return not one.rest and not any(line.strip() for line in lines[one.line + 1 : other.line])
