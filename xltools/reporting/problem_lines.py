"""Findings as lines of a list: every column in words, for the lists and pages that show one a row."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Language, Text
from xltools.excel.values import plain
from xltools.layout.problem_sheet import ProblemLine
from xltools.layout.text_size import clipped
from xltools.reporting.finding_groups import group_of
from xltools.reporting.words import EXPLAINED, FIX, IS_NOW, LEFT_SIDE_IS, SHOULD, SHOULD_BE

_LONGEST = 600
"""Characters of a clerk's text that a list repeats: it stands whole in its own cell."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The column headings that lists have in common, the message first."""

    number: str
    message: str
    place: str
    item: str
    actual: str
    expected: str
    fix: str
    nature: str
    code: str
    explanation: str


def headings(language: Language) -> Headings:
    """The headings in a language."""
    words = (
        Text("序号", "No."),
        Text("问题", "Finding"),
        Text("位置", "Where"),
        Text("项目", "Item"),
        IS_NOW,
        SHOULD_BE,
        FIX,
        Text("性质", "Kind"),
        Text("编号", "Code"),
        EXPLAINED,
    )
    return Headings(*(word.in_language(language) for word in words))


def problem_line(finding: Finding, language: Language) -> ProblemLine:
    """One finding; a figure stays a number where it is nothing but that figure."""
    place = finding.place
    actual, expected = plain(finding.actual), plain(finding.expected)
    if finding.sides and actual is not None:
        actual = LEFT_SIDE_IS.in_language(language).format(actual)
    if finding.comparator != "==" and expected is not None:
        expected = SHOULD[finding.comparator].in_language(language).format(expected)
    return ProblemLine(
        message=clipped(finding.message.in_language(language), _LONGEST),
        sheet=clipped(place.sheet or "", _LONGEST),
        cell=place.cell or "",
        label=clipped(place.label or "", _LONGEST),
        actual=clipped(actual, _LONGEST) if isinstance(actual, str) else actual,
        expected=clipped(expected, _LONGEST) if isinstance(expected, str) else expected,
        fix=clipped(finding.fix.in_language(language), _LONGEST),
        nature=group_of(finding).name.in_language(language),
        code=finding.code,
        explanation=clipped(finding.explanation or "", _LONGEST),
    )
