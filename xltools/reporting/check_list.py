"""The findings of many files as one workbook: a row a finding, the message first, with filters."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.checking.result import CheckedFile
from xltools.diagnostics.text import Language, Text
from xltools.excel.values import Value
from xltools.layout.plan import SheetPlan, WorkbookPlan
from xltools.layout.problem_sheet import ListColumn, ListEntry, list_sheet
from xltools.layout.text_size import clipped
from xltools.reporting.finding_groups import FINDING_GROUPS, by_weight, count_words
from xltools.reporting.problem_lines import headings, problem_line
from xltools.reporting.words import CODE, FILE, RESULT, STATUS_WORDS, UNIT, joined, return_words

_PROBLEMS = Text("问题清单", "Findings")
_FILES = Text("文件一览", "Files")
_LONGEST_NAME = 400


def check_list(files: Sequence[CheckedFile], language: Language) -> WorkbookPlan:
    """The plan of the list over all files: the findings, then every file with its status.

    Sheets are not locked: the list is there to be filtered, sorted and cut up.
    """
    title = _PROBLEMS.in_language(language)
    return WorkbookPlan(
        title=title,
        subject="",
        sheets=(_findings(files, language), _overview(files, language)),
        names={},
        protected=False,
    )


def _findings(files: Sequence[CheckedFile], language: Language) -> SheetPlan:
    h = headings(language)
    columns = (
        ListColumn(h.message, 36.0),
        ListColumn(UNIT.in_language(language), 18.0),
        ListColumn(CODE.in_language(language), 12.0),
        ListColumn(FILE.in_language(language), 20.0),
        ListColumn(h.place, 26.0),
        ListColumn(h.actual, 12.0),
        ListColumn(h.expected, 12.0),
        ListColumn(h.fix, 34.0),
        ListColumn(h.nature, 10.0, wrapped=False),
        ListColumn(h.code, 16.0),
        ListColumn(h.explanation, 20.0),
    )
    entries = []
    for checked in files:
        name, code = _unit(checked)
        for finding in by_weight(checked.findings):
            line = problem_line(finding, language)
            values: tuple[Value, ...] = (
                line.message,
                name,
                code,
                clipped(checked.file, _LONGEST_NAME),
                line.where,
                line.actual,
                line.expected,
                line.fix,
                line.nature,
                line.code,
                line.explanation,
            )
            entries.append(ListEntry(values))
    count = Text(
        f"{len(files)} 个文件，{len(entries)} 条。表头的箭头可以筛选和排序；每个文件里错误在前。",
        f"{len(files)} files, {len(entries)} findings. The arrows of the headings filter and sort;"
        " within a file errors come first.",
    )
    name = _PROBLEMS.in_language(language)
    return list_sheet(name, name, count.in_language(language), columns, entries, filtered=True)


def _overview(files: Sequence[CheckedFile], language: Language) -> SheetPlan:
    columns = (
        ListColumn(RESULT.in_language(language), 14.0, wrapped=False),
        ListColumn(UNIT.in_language(language), 26.0),
        ListColumn(CODE.in_language(language), 14.0),
        ListColumn(FILE.in_language(language), 44.0),
        ListColumn(Text("报表", "Return").in_language(language), 44.0),
        *(ListColumn(group.name.in_language(language), 12.0, wrapped=False) for group in FINDING_GROUPS),
    )
    entries = []
    for checked in files:
        submission = checked.submission
        values: tuple[Value, ...] = (
            STATUS_WORDS[checked.status].in_language(language),
            *_unit(checked),
            clipped(checked.file, _LONGEST_NAME),
            return_words(submission, language) if submission else "",
            *(sum(map(group.holds, checked.findings)) for group in FINDING_GROUPS),
        )
        entries.append(ListEntry(values))
    every = [finding for checked in files for finding in checked.findings]
    note = joined(language, count_words(every, language))
    name = _FILES.in_language(language)
    return list_sheet(name, name, note, columns, entries, filtered=True)


def _unit(checked: CheckedFile) -> tuple[str, str]:
    unit = checked.submission.unit if checked.submission else None
    return (clipped(unit.name, _LONGEST_NAME), clipped(unit.code, _LONGEST_NAME)) if unit else ("", "")
