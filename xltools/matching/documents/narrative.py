"""The narrative parts of a report in a document: what stands under which heading, and what under none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.limits import MAX_CELL_TEXT
from xltools.matching.documents.flow import Paragraph
from xltools.matching.documents.headings import (
    LIKE_TITLE,
    Heading,
    bare_line,
    heading_likeness,
    heads_of,
    section_headings,
)
from xltools.matching.flattened.words import form_book, is_label
from xltools.matching.labelled_values import LabelledValue
from xltools.matching.labels import label_key
from xltools.model.bare_text import bare_text
from xltools.model.form import Form, Section, TextPart

_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\([一二三四五六七八九十]{1,3}\)",
        r"[一二三四五六七八九十]{1,3}[、.,]",
        r"\([0-9]{1,2}\)",
        r"[0-9]{1,2}\)",
        r"[0-9]{1,2}、",
        r"[0-9]{1,2}[.,](?![0-9])",
        r"[一二三四五六七八九十]{1,3}是",
    )
)
"""How the parts of a section are numbered; one report keeps to one way."""
_NOISE = re.compile("(?:工作|办理|内容)?(?:情况|方面|工作)?$")
_LIKE_PART, _LEAD = 0.6, 0.1
_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]{0,5}(?:第\s?)?[0-9]{1,3}(?:\s?页)?(?:[/,，]?\s?共?\s?[0-9]{1,3}\s?页?)?[-—–―·\s]{0,5}"
)
_FOOTER = re.compile(
    r"[【\[(]?(?:上一[篇条]|下一[篇条]|打印|关闭|附件[:：\d]|附件$|扫一扫|分享(?:到|至)|版权所有|主办单位|主办[:：]|承办单位|承办[:：]"
    r"|网站标识码|网站地图|联系我们|关于我们|相关(?:链接|文章|信息|附件)|返回(?:顶部|首页|列表)|信息来源|责任编辑|[^。]{0,20}ICP备"
    r"|[^。]{0,30}公网安备|技术支持|网站声明|您是第|copyright)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:发布(?:日期|时间)[:：]?\s?)?[0-9〇○零一二三四五六七八九十]{2,4}年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)
_LONGEST_FOOTER = 150
_CONTENTS = ("目录", "内容提要", "目次")
_MOST_LINES = 2_000
"""Lines of one section in which headings are looked for."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Narrative:
    """The texts by cell id, and what was noticed."""

    texts: dict[str, LabelledValue]
    findings: tuple[Finding, ...]


def read_narrative(
    form: Form, lines: Sequence[Paragraph], unit: str, titles: Collection[tuple[str, str]] = ()
) -> Narrative:
    """What stands under the headings of the form's sections.

    ``unit`` may sign the report at its end; ``titles`` are the places of the report's title.
    """
    headings = section_headings(form, [line.text for line in lines])
    texts: dict[str, LabelledValue] = {}
    findings: list[Finding] = []
    book = form_book(form)
    left_out: list[Paragraph] = list(lines[: headings[0].line]) if headings else list(lines)
    for section in form.sections:
        own = [h for h in headings if h.section is section]
        content = [line for h in own for line in _content(lines, headings, h)]
        if headings and headings[-1].section is section:
            content, after = _without_footer(content, unit)
            left_out += after
        findings += _reworded(own, lines, section.title)
        if not section.texts:
            left_out += [line for line in content if not is_label(line.text, book)]
            continue
        found, more = _divided(section, content)
        findings += more
        for part, taken in found.items():
            if taken:
                text = "\n".join(bare_line(line.text) for line in taken)
                texts[part.id] = LabelledValue(text[:MAX_CELL_TEXT], taken[0].place)
                if len(text) > MAX_CELL_TEXT:
                    where = CellRef(*taken[0].place, part.id, part.label)
                    findings.append(finding("TEXT-CUT", where, most=MAX_CELL_TEXT))
    left_out = [line for line in left_out if line.place not in titles and not _is_listed(form, line.text)]
    if left_out:
        findings.append(_left_out(left_out))
    return Narrative(texts, tuple(findings))


def _content(
    lines: Sequence[Paragraph], headings: Sequence[Heading], heading: Heading
) -> Iterator[Paragraph]:
    """What stands between a heading and the next one."""
    if heading.rest:
        yield Paragraph(heading.rest, lines[heading.line].place)
    at = headings.index(heading)
    end = headings[at + 1].line if at + 1 < len(headings) else len(lines)
    for line in lines[heading.line + 1 : end]:
        if line.text.strip() and not _PAGE_NUMBER.fullmatch(line.text.strip()):
            yield line


def _without_footer(content: list[Paragraph], unit: str) -> tuple[list[Paragraph], list[Paragraph]]:
    """The end of the report without signature and date, and what the page puts below it."""
    end = next(
        (
            number
            for number, line in enumerate(content)
            if len(line.text) <= _LONGEST_FOOTER and _FOOTER.match(line.text.strip())
        ),
        len(content),
    )
    last = end
    while last and _is_signature(content[last - 1].text, unit):
        last -= 1
    return content[:last], content[last:]


def _is_signature(text: str, unit: str) -> bool:
    bare = bare_text(text)
    own = bare_text(unit)
    return bool(_DATE.fullmatch(bare)) or (bool(own) and bare in (own, f"{own}:"))


def _divided(
    section: Section, content: Sequence[Paragraph]
) -> tuple[dict[TextPart, list[Paragraph]], list[Finding]]:
    """The paragraphs of a section by the part under whose heading they stand."""
    parts = section.texts
    found: dict[TextPart, list[Paragraph]] = {part: [] for part in parts}
    if len(parts) == 1:
        first = content[0] if content else None
        repeated = first is not None and label_key(first.text) == label_key(parts[0].label)
        found[parts[0]] = list(content[1:] if repeated else content)
        return found, []
    heads = _part_headings(parts, content)
    findings: list[Finding] = []
    current: TextPart | None = None
    before: list[Paragraph] = []
    for number, line in enumerate(content):
        head = heads.get(number)
        if head is not None:
            current = head.part
            if head.likeness < LIKE_TITLE:
                findings.append(_heading_note(line, head.text, current.label))
            if head.rest:
                found[current].append(Paragraph(head.rest, line.place))
        else:
            (before if current is None else found[current]).append(line)
    if before:
        place = CellRef(*before[0].place, parts[0].id, parts[0].label)
        findings.append(
            finding(
                "TEXT-WITHOUT-HEADING",
                place,
                section=section.title,
                count=len(before),
                part=parts[0].label,
                start=_start(before[0].text),
            )
        )
        found[parts[0]] = [*before, *found[parts[0]]]
    return found, findings


@dataclass(frozen=True, slots=True)
class _PartHeading:
    part: TextPart
    likeness: float
    text: str
    rest: str


def _part_headings(parts: Sequence[TextPart], content: Sequence[Paragraph]) -> dict[int, _PartHeading]:
    """The paragraphs that head a part, by their number; all numbered in the way that heads most parts."""
    by_style: dict[int, dict[int, _PartHeading | None]] = {}
    for number, line in enumerate(content[:_MOST_LINES]):
        style, head = _part_heading(parts, line.text)
        if style is not None and (style >= 0 or head is not None):
            by_style.setdefault(style, {})[number] = head
    if not by_style:
        return {}

    def heads(style: int) -> int:
        return len({head.part.id for head in by_style[style].values() if head is not None})

    best = by_style[max(by_style, key=heads)]
    found = {number: head for number, head in best.items() if head is not None}
    return found | _by_number(parts, best, content)


def _by_number(
    parts: Sequence[TextPart], best: dict[int, _PartHeading | None], content: Sequence[Paragraph]
) -> dict[int, _PartHeading]:
    """A heading in words of its own is the part whose turn it is, where all the others are in theirs."""
    if len(best) != len(parts):
        return {}
    order = list(best.items())
    if any(head is not None and head.part is not part for (_, head), part in zip(order, parts, strict=True)):
        return {}
    return {
        number: _PartHeading(part, 0.0, bare_line(content[number].text), "")
        for (number, head), part in zip(order, parts, strict=True)
        if head is None
    }


def _part_heading(parts: Sequence[TextPart], text: str) -> tuple[int | None, _PartHeading | None]:
    """How a paragraph is numbered (-1: not at all; None: it heads nothing), and the part it heads."""
    style: int | None = None
    for head, rest in heads_of(text):
        plain = unicodedata.normalize("NFKC", head)
        numbered = next((n for n, pattern in enumerate(_STYLES) if pattern.match(plain)), -1)
        least = LIKE_TITLE if rest or numbered < 0 else _LIKE_PART
        like = sorted(((_part_likeness(head, part, least), -n) for n, part in enumerate(parts)), reverse=True)
        if like[0][0] >= least and like[0][0] - like[1][0] >= _LEAD:
            return numbered, _PartHeading(parts[-like[0][1]], like[0][0], head, rest)
        if not rest and numbered >= 0:
            style = numbered
    return style, None


def _part_likeness(head: str, part: TextPart, least: float) -> float:
    key = label_key(head)
    return max(heading_likeness(text, part.label, least) for text in (key, _NOISE.sub("", key)))


def _reworded(own: Sequence[Heading], lines: Sequence[Paragraph], title: str) -> Iterator[Finding]:
    for text, line in {lines[h.line].text: lines[h.line] for h in own}.items():
        heading = next(h for h in own if lines[h.line].text == text)
        if heading.likeness < 1:
            yield _heading_note(line, bare_line(text)[: 2 * _SHOWN], title)


def _heading_note(line: Paragraph, read: str, official: str) -> Finding:
    return finding("HEADING-REWORDED", CellRef(*line.place, label=official), read=read, official=official)


def _is_listed(form: Form, text: str) -> bool:
    """Whether a line is an entry of a table of contents, or its heading."""
    heads = [head for head, rest in heads_of(text) if not rest]
    like = (heading_likeness(head, s.title, LIKE_TITLE) for head in heads for s in form.sections)
    return label_key(text) in _CONTENTS or any(likeness >= LIKE_TITLE for likeness in like)


def _left_out(lines: Sequence[Paragraph]) -> Finding:
    longest = max(lines, key=lambda line: len(line.text))
    return finding("TEXT-LEFT-OUT", CellRef(*longest.place), count=len(lines), start=_start(longest.text))


def _start(text: str) -> str:
    bare = bare_line(text)
    return bare[:_SHOWN] + ("…" if len(bare) > _SHOWN else "")
