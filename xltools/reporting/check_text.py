"""The result of a check for people: what a coordinator can forward to the clerk as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import CellRef, Finding, Status
from xltools.diagnostics.text import Language, Text
from xltools.excel.a1 import full_address
from xltools.model.unit import Unit
from xltools.reporting.cell_ranges import cell_ranges
from xltools.reporting.finding_groups import FINDING_GROUPS, FindingGroup, count_words
from xltools.reporting.words import (
    EXPLAINED,
    FILE,
    FIX,
    RESULT,
    STATUS_WORDS,
    aligned,
    figure_words,
    joined,
    labelled,
    return_words,
    unit_words,
)

_MANY_PLACES = 6


def check_text(files: Iterable[CheckedFile], language: Language) -> Iterator[str]:
    """The answer for ``files``, block by block as they come: each block one or more whole lines.

    Over several files, those that pass are listed in one line each after the others, and the counts by
    status end it.
    """
    counts = Counter[Status]()
    passed: list[CheckedFile] = []
    for checked in files:
        counts[checked.status] += 1
        if checked.status is Status.OK:
            passed.append(checked)
        else:
            yield file_text(checked, language) + "\n"
    if counts.total() == 1:
        yield from (file_text(checked, language) for checked in passed)
        return
    if passed:
        heading = STATUS_WORDS[Status.OK].in_language(language)
        lines = aligned([_passed(checked, language) for checked in passed])
        yield "\n".join([f"■ {heading}", *(f"  {line}" for line in lines), "", ""])
    yield summary_line(counts, language) + "\n"


def _passed(checked: CheckedFile, language: Language) -> tuple[str, str, str]:
    """A file that passes in one line: whose it is, its name, what is there to note."""
    unit = checked.submission.unit if checked.submission else Unit("")
    return unit_words(unit, language), checked.file, joined(language, count_words(checked.findings, language))


def summary_line(counts: Counter[Status], language: Language) -> str:
    """How many files there were, and how many of each status."""
    parts = [
        f"{STATUS_WORDS[status].in_language(language)} {counts[status]}"
        for status in Status
        if counts[status]
    ]
    total = counts.total()
    files = Text(f"共 {total} 个文件", f"{total} file" + ("s" if total != 1 else ""))
    return labelled(language, files, joined(language, parts))


def file_text(checked: CheckedFile, language: Language) -> str:
    """One file: whose it is, how it stands, and every finding by what it asks for; ends in a new line."""
    counts = count_words(checked.findings, language)
    status = STATUS_WORDS[checked.status].in_language(language)
    lines = [
        *_heading(checked, language),
        "  " + labelled(language, RESULT, status + (f" — {joined(language, counts)}" if counts else "")),
        *group_lines(checked.findings, FINDING_GROUPS, language),
    ]
    return "\n".join(lines) + "\n"


def group_lines(findings: Sequence[Finding], groups: Sequence[FindingGroup], language: Language) -> list[str]:
    """The findings of some kinds, each kind under its heading after an empty line."""
    lines = []
    for group in groups:
        found = [finding for finding in findings if group.holds(finding)]
        if found:
            heading = group.heading.in_language(language)
            lines += ["", f"  【{heading}】" if language == "zh" else f"  {heading}"]
            lines += finding_lines(found, language)
    return lines


def _heading(checked: CheckedFile, language: Language) -> list[str]:
    submission = checked.submission
    if submission is None:
        return [f"■ {checked.file}"]
    return [
        f"■ {unit_words(submission.unit, language)}",
        f"  {return_words(submission, language)}",
        "  " + labelled(language, FILE, checked.file),
    ]


def finding_lines(findings: Sequence[Finding], language: Language) -> list[str]:
    """Findings numbered; what is put right in the same way stands under one number, said once."""
    lines: list[str] = []
    numbered = _grouped(findings, lambda f: (f.code, f.fix, f.explanation))
    for number, alike in enumerate(numbered, 1):
        first = alike[0]
        lead = f"  {number}. "
        for group in _grouped(alike, lambda f: (f.message, f.place.sheet)):
            code = f"  [{first.code}]" if group[0] is first else ""
            lines.append(lead + group[0].message.in_language(language) + code)
            lines += [f"       {line}".rstrip() for line in _places(group, language)]
            lead = "     "
        if first.explanation is not None:
            lines.append("     " + labelled(language, EXPLAINED, first.explanation))
        elif first.fix.in_language(language):
            lines.append("     " + labelled(language, FIX, first.fix.in_language(language)))
    return lines


def _grouped(findings: Sequence[Finding], key: Callable[[Finding], Hashable]) -> list[list[Finding]]:
    """Findings with the same key together, each group where its first one stood."""
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return list(groups.values())


def _places(group: list[Finding], language: Language) -> list[str]:
    """Where the findings of a group are, one a line with its figures; many without figures as ranges."""
    if len(group) > _MANY_PLACES and all(_is_plain(finding) for finding in group):
        return [_many(group, language)]
    rows = [(*_where(f.place), figure_words(f, language)) for f in group]
    return [line for line in aligned(rows) if line.strip()]


def _many(group: list[Finding], language: Language) -> str:
    """``三!D5:I12、D13:E13（共 50 格，如 …）``."""
    ranges = cell_ranges(finding.place.cell for finding in group if finding.place.cell)
    count, label = len(group), group[0].place.label
    example = Text(f"，如 {label}", f", such as {label}") if label else Text("", "")
    return Text(
        f"{group[0].place.sheet}!{'、'.join(ranges)}（共 {count} 格{example.zh}）",
        f"{group[0].place.sheet}!{', '.join(ranges)} ({count} cells{example.en})",
    ).in_language(language)


def _is_plain(finding: Finding) -> bool:
    return finding.actual is None and finding.expected is None and finding.place.cell is not None


def _where(place: CellRef) -> tuple[str, str]:
    """``三!D5`` and the place in the words of the form, as far as they are known."""
    return full_address(place.sheet, place.cell), place.label or ""
