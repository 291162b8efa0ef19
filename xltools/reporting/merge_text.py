"""The result of a merge for people: what went in, what did not and why, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.diagnostics.text import Language, Text, counted
from xltools.layout.coverage_words import takeover_reason, takeover_words
from xltools.model.round import SETTLED, Fate
from xltools.model.summary import Intake, LevelSummary, Receipt, Summary, Takeover
from xltools.model.unit import Unit
from xltools.reporting.node_words import node_lines
from xltools.reporting.round_words import contact_words, version_lines
from xltools.reporting.words import aligned, joined, labelled, return_words, unit_words

_NOTHING = Text("没有可以汇总的文件，没有生成汇总表", "nothing could be merged; no summary was written")
_OUTPUT = Text("汇总表", "Summary")
_MARKED = Text(
    "没有通过审核、按 --include-invalid 汇入的文件（汇总表中有标记）",
    "Added up although they did not pass, by --include-invalid (marked in the summary)",
)
_EXCLUDED = Text(
    "没有汇入的文件（用 xltools check 查看每处问题）", "Left out (xltools check names every point)"
)
_SETTLED = Text("没有汇入、不必处理的文件", "Left out, nothing to do")
_NOTED = Text(
    "单位按名称或按编码认定的，请核对", "Taken for a unit by its code or its name alone: please check"
)
_MISSING = Text("没有收到报表的单位", "Units from which nothing came")
_TAKEOVERS = Text(
    "用上级的数代替下级各单位", "Parents whose own file counts in the place of the units below them"
)
_MOST_TAKEOVERS = 20
_COVERED = Text("由别的单位代报", "Reported by another unit")
_DUPLICATES = Text("同一单位有多个文件，请只留一个", "Several files of one unit; keep only one of them")
_LEVELS = Text("各级汇总表", "Summaries of all levels")


def merge_text(intake: Intake, summary: Summary | None, output: Path | None, language: Language) -> str:
    """The whole answer; ``summary`` and ``output`` are None where nothing could be merged."""
    lines = [_NOTHING.in_language(language)] if summary is None else _head(summary, output, language)
    lines += _takeovers(intake.takeovers, language)
    lines += _files([r for r in intake.receipts if r.marked], _MARKED, language)
    open_ones = [receipt for receipt in intake.excluded if receipt.fate not in SETTLED]
    lines += _files(open_ones, _EXCLUDED, language)
    lines += _undecided(intake, language)
    lines += _units(_MISSING, [(u.code, u.name, contact_words(u)) for u in intake.missing], language)
    lines += _units(
        _COVERED, [(u.code, u.name, unit_words(by, language)) for u, by in intake.covered], language
    )
    for node in intake.nodes:
        if node.findings:
            lines += ["", *(f"  {line}" for line in node_lines(node, language))]
    lines += _files([r for r in intake.receipts if r.note], _NOTED, language)
    lines += _files([r for r in intake.excluded if r.fate in SETTLED], _SETTLED, language)
    return "\n".join(lines) + "\n"


def levels_text(levels: Sequence[LevelSummary], language: Language) -> str:
    """Which summaries were written for the parents, the one on top first; nothing where there are none."""
    if not levels:
        return ""
    rows = []
    for level in reversed(levels):
        counted, due = level.summary.counted, level.summary.intake.due
        words = [Text(f"含 {counted}/{due} 单位", f"{counted} of {due} units")]
        words += takeover_words(level.summary.intake)
        covers = joined(language, [phrase.in_language(language) for phrase in words])
        rows.append((unit_words(level.unit, language), covers, str(level.path)))
    head = labelled(language, _LEVELS, str(len(levels)))
    return "\n".join(["", f"  {head}", *(f"    {row}" for row in aligned(rows))]) + "\n"


def _head(summary: Summary, output: Path | None, language: Language) -> list[str]:
    submission, count = summary.submission, summary.counted
    merged = Text(f"已汇总 {count} 个单位", f"{counted(count, 'unit')} merged")
    due = Text("", "")
    if summary.intake.due is not None:
        due = Text(f"，应报 {summary.intake.due} 个", f", {summary.intake.due} due")
    return [
        f"■ {unit_words(submission.unit, language)}",
        f"  {return_words(submission, language)}",
        f"  {merged.in_language(language)}{due.in_language(language)}",
        *(f"  {words.in_language(language)}" for words in takeover_words(summary.intake)),
        *(["  " + labelled(language, _OUTPUT, str(output))] if output else []),
    ]


def _takeovers(takeovers: Sequence[Takeover], language: Language) -> list[str]:
    """Whose file stands for units below it, and why."""
    if not takeovers:
        return []
    lines = ["", "  " + labelled(language, _TAKEOVERS, str(len(takeovers)))]
    for takeover in takeovers[:_MOST_TAKEOVERS]:
        reason = takeover_reason(takeover).in_language(language)
        lines += [f"    {unit_words(takeover.unit, language)}  {takeover.file}", f"      {reason}"]
    more = len(takeovers) - _MOST_TAKEOVERS
    if more > 0:
        rest = Text(
            f"……另有 {more} 个，见汇总表的“报送情况”",
            f"... and {more} more, on sheet 报送情况 of the summary",
        )
        lines.append(f"    {rest.in_language(language)}")
    return lines


def _files(receipts: Sequence[Receipt], heading: Text, language: Language) -> list[str]:
    """One line of whose file it is, one of the reason, and what the file that counts has differently."""
    lines = ["", "  " + labelled(language, heading, str(len(receipts)))] if receipts else []
    for receipt in receipts:
        unit = Unit(receipt.name, receipt.code)
        whose = f"{unit_words(unit, language)}  " if receipt.name or receipt.code else ""
        reason = receipt.reason or receipt.marked or receipt.note
        lines += [f"    {whose}{receipt.file}", f"      {reason.in_language(language) if reason else ''}"]
        if receipt.fate is not Fate.INVALID:  # a choice between figures that both passed
            versions = version_lines(receipt.fate, receipt.instead, receipt.changes, language)
            lines += [f"      {line}" for line in versions]
    return lines


def _undecided(intake: Intake, language: Language) -> list[str]:
    """Groups of files among which nothing chose."""
    open_files = {receipt.file for receipt in intake.receipts if receipt.fate is Fate.UNDECIDED}
    groups = [files for files in intake.duplicates if not open_files.isdisjoint(files)]
    if not groups:
        return []
    rows = [f"    {name}" for files in groups for name in ("—", *files)]
    return ["", "  " + labelled(language, _DUPLICATES, "").rstrip(), *rows[1:]]


def _units(heading: Text, rows: Sequence[tuple[str, ...]], language: Language) -> list[str]:
    if not rows:
        return []
    return ["", "  " + labelled(language, heading, str(len(rows))), *(f"    {row}" for row in aligned(rows))]
