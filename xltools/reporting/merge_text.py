"""The result of a merge for people: what went in, what did not and why, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.diagnostics.text import Language, Text
from xltools.model.summary import Intake, Receipt, Summary
from xltools.model.unit import Unit
from xltools.reporting.words import aligned, labelled, return_words, unit_words

_NOTHING = Text("没有可以汇总的文件，没有生成汇总表", "nothing could be merged; no summary was written")
_OUTPUT = Text("汇总表", "Summary")
_EXCLUDED = Text(
    "没有汇入的文件（用 xltools check 查看每处问题）", "Left out (xltools check names every point)"
)
_MISSING = Text("没有收到报表的单位", "Units from which nothing came")
_DUPLICATES = Text("同一单位有多个文件，请只留一个", "Several files of one unit; keep only one of them")


def merge_text(intake: Intake, summary: Summary | None, output: Path | None, language: Language) -> str:
    """The whole answer; ``summary`` and ``output`` are None where nothing could be merged."""
    lines = [_NOTHING.in_language(language)] if summary is None else _head(summary, output, language)
    lines += _excluded(intake.excluded, language)
    if intake.duplicates:
        rows = [f"    {name}" for files in intake.duplicates for name in ("—", *files)]
        lines += ["", "  " + labelled(language, _DUPLICATES, "").rstrip(), *rows[1:]]
    if intake.missing:
        rows = [f"    {row}" for row in aligned([(unit.code, unit.name) for unit in intake.missing])]
        lines += ["", "  " + labelled(language, _MISSING, str(len(rows))), *rows]
    return "\n".join(lines) + "\n"


def _head(summary: Summary, output: Path | None, language: Language) -> list[str]:
    submission, count = summary.submission, len(summary.members)
    merged = Text(f"已汇总 {count} 个单位", f"{count} unit{'' if count == 1 else 's'} merged")
    due = Text("", "")
    if summary.intake.due is not None:
        due = Text(f"，应报 {summary.intake.due} 个", f", {summary.intake.due} due")
    return [
        f"■ {unit_words(submission.unit, language)}",
        f"  {return_words(submission, language)}",
        f"  {merged.in_language(language)}{due.in_language(language)}",
        *(["  " + labelled(language, _OUTPUT, str(output))] if output else []),
    ]


def _excluded(left_out: Sequence[Receipt], language: Language) -> list[str]:
    """One line of whose file it is, one of the reason."""
    lines = ["", "  " + labelled(language, _EXCLUDED, str(len(left_out)))] if left_out else []
    for receipt in left_out:
        unit = Unit(receipt.name, receipt.code)
        whose = f"{unit_words(unit, language)}  " if receipt.name or receipt.code else ""
        reason = receipt.reason.in_language(language) if receipt.reason else ""
        lines += [f"    {whose}{receipt.file}", f"      {reason}"]
    return lines
