"""The result of a check as one page to print or pass on: nothing is fetched, nothing runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Language, Text
from xltools.excel.values import Value
from xltools.layout.problem_sheet import ProblemLine
from xltools.reporting.check_style import STYLE
from xltools.reporting.check_text import summary_line
from xltools.reporting.finding_groups import FINDING_GROUPS, by_weight, count_words
from xltools.reporting.problem_lines import headings, problem_line
from xltools.reporting.words import (
    EXPLAINED,
    FILE,
    RESULT,
    STATUS_WORDS,
    UNIT,
    joined,
    labelled,
    return_words,
    unit_words,
)
from xltools.writing.html_page import LanguageTag, html_page
from xltools.writing.html_page import escaped as _text

_TITLE = Text("审核结果", "Check results")
_OVERVIEW = Text("一览", "Overview")
_TOP = Text("↑ 回到一览", "↑ back to the overview")
_NOTHING = Text("没有问题。", "Nothing to note.")
_NO_FILES = Text("没有文件。", "No files.")
_NUMBER = Text("序号", "No.")
_SIGNS = {Status.OK: "✓", Status.EXPLAIN: "？", Status.ERROR: "✗", Status.UNREADABLE: "!"}
"""A sign beside the word for a status, so that colour is never all there is."""
_LANGUAGE_TAGS: dict[Language, LanguageTag] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class _Unit:
    """The files of one unit; ``heading`` is its name, or the file's where no unit is known."""

    anchor: str
    heading: str
    files: tuple[CheckedFile, ...]


def check_html(files: Iterable[CheckedFile], language: Language, version: str) -> str:
    """The whole page for ``files``: an overview of all units on top, then a section a unit.

    Every text of a file is escaped. ``version`` is that of xltools.
    """
    units = _units(files, language)
    title = _TITLE.in_language(language)
    counts = Counter(checked.status for unit in units for checked in unit.files)
    body = (
        f"<header>\n<h1>{_text(title)}</h1>\n<p>{_text(summary_line(counts, language))}</p>\n</header>\n",
        "<main>\n",
        _overview(units, language),
        *(_section(unit, language) for unit in units),
        "</main>\n",
    )
    return html_page(title, _LANGUAGE_TAGS[language], STYLE, "".join(body), version)


def _units(files: Iterable[CheckedFile], language: Language) -> list[_Unit]:
    """Files by unit, in the order in which the units come; one that cannot be read stands for itself."""
    groups: dict[tuple[str, str], list[CheckedFile]] = {}
    for checked in files:
        unit = checked.submission.unit if checked.submission else None
        known = unit.code or unit.name if unit else ""
        groups.setdefault(("unit", known) if known else ("file", checked.file), []).append(checked)
    return [
        _Unit(f"u{number}", _heading(group[0], language), tuple(group))
        for number, group in enumerate(groups.values(), 1)
    ]


def _heading(checked: CheckedFile, language: Language) -> str:
    submission = checked.submission
    return unit_words(submission.unit, language) if submission else checked.file


def _overview(units: Sequence[_Unit], language: Language) -> str:
    """One row a file, with a link to its unit's section."""
    if not units:
        return f"<p>{_text(_NO_FILES.in_language(language))}</p>\n"
    names = [_NUMBER, UNIT, FILE, RESULT, *(group.name for group in FINDING_GROUPS)]
    rows = []
    for number, unit in enumerate(units, 1):
        for checked in unit.files:
            figures = [sum(map(group.holds, checked.findings)) for group in FINDING_GROUPS]
            rows.append(
                f'<tr><td class="number">{number}</td>'
                f'<th scope="row"><a href="#{unit.anchor}">{_text(unit.heading)}</a></th>'
                f"<td>{_text(checked.file)}</td><td>{_status(checked.status, language)}</td>"
                + "".join(f'<td class="number">{figure or ""}</td>' for figure in figures)
                + "</tr>\n"
            )
    caption = _text(_OVERVIEW.in_language(language))
    return (
        f'<section id="top">\n<h2>{caption}</h2>\n<table class="overview">\n'
        f"{_head([name.in_language(language) for name in names])}<tbody>\n{''.join(rows)}</tbody>\n"
        "</table>\n</section>\n"
    )


def _section(unit: _Unit, language: Language) -> str:
    return (
        f'<section class="unit" id="{unit.anchor}">\n<h2>{_text(unit.heading)}</h2>\n'
        + "".join(_file(checked, language) for checked in unit.files)
        + f'<p class="top"><a href="#top">{_text(_TOP.in_language(language))}</a></p>\n</section>\n'
    )


def _file(checked: CheckedFile, language: Language) -> str:
    submission = checked.submission
    about = []
    if submission is not None:  # without one, the heading is the file's name
        about = [return_words(submission, language), labelled(language, FILE, checked.file)]
    counts = joined(language, count_words(checked.findings, language))
    head = (
        f'<p class="about">{"<br>".join(map(_text, about))}</p>\n'
        f"<p>{_status(checked.status, language)} {_text(counts)}</p>\n"
    )
    if not checked.findings:
        return head + f"<p>{_text(_NOTHING.in_language(language))}</p>\n"
    h = headings(language)
    names = [h.number, h.message, h.place, h.actual, h.expected, h.fix, h.nature, h.code]
    found = by_weight(checked.findings)
    rows = [
        _row(number, problem_line(finding, language), language, blocks=finding.blocks)
        for number, finding in enumerate(found, 1)
    ]
    return head + f'<table class="findings">\n{_head(names)}<tbody>\n{"".join(rows)}</tbody>\n</table>\n'


def _row(number: int, line: ProblemLine, language: Language, *, blocks: bool) -> str:
    fix = labelled(language, EXPLAINED, line.explanation) if line.explanation else line.fix
    address = f"<b>{_text(line.address)}</b>" if line.address else ""
    where = "<br>".join(part for part in (address, _text(line.label)) if part)
    return (
        f'<tr{" class=" + chr(34) + "blocks" + chr(34) if blocks else ""}><td class="number">{number}</td>'
        f'<th scope="row">{_text(line.message)}</th><td>{where}</td>'
        f"{_figure(line.actual)}{_figure(line.expected)}<td>{_text(fix)}</td>"
        f'<td>{_text(line.nature)}</td><td class="code">{_text(line.code)}</td></tr>\n'
    )


def _figure(value: Value) -> str:
    return f'<td class="figure">{_text("" if value is None else str(value))}</td>'


def _head(names: Sequence[str]) -> str:
    cells = "".join(f'<th scope="col">{_text(name)}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>\n"


def _status(status: Status, language: Language) -> str:
    words = STATUS_WORDS[status].in_language(language)
    return f'<span class="status {status}">{_SIGNS[status]} {_text(words)}</span>'
