"""How much of what is due a summary covers, in words that stand beside its totals."""

from __future__ import annotations

from xltools.model.coverage import Coverage
from xltools.model.submission import Submission
from xltools.model.summary import Summary


def coverage_of(summary: Summary) -> Coverage:
    """The units that went in, of those that owe a return."""
    return Coverage(summary.counted, summary.intake.due)


def coverage_words(summary: Summary) -> str:
    """``含 28/31 单位``, and everything else that makes the totals less than whole."""
    intake = summary.intake
    parts = [coverage_of(summary).words, *_below(summary)]
    invalid = sum(receipt.marked is not None for receipt in intake.receipts)
    if invalid:
        parts.append(f"其中 {invalid} 个单位未通过审核")
    if intake.excluded:
        parts.append(f"另有 {len(intake.excluded)} 个文件未汇总")
    return "；".join(parts)


def summary_line(submission: Submission, words: str) -> str:
    """The line below the title of a table: whose summary, for when, and what it covers."""
    period = submission.period.label if submission.period else ""
    return " · ".join(part for part in (submission.unit.name, period, f"汇总，{words}") if part)


def _below(summary: Summary) -> list[str]:
    """What the summaries among the members cover themselves, and how many of them are partial."""
    known = [member.coverage for member in summary.members if member.coverage is not None]
    if not known:
        return []
    partial = sum(coverage.is_partial for coverage in known)
    words = [f"其中 {partial} 个单位的汇总不全"] if partial else []
    if summary.intake.counted is not None:  # units are counted through all levels already
        return words
    units = len(summary.members) - len(known) + sum(coverage.units for coverage in known)
    dues = [coverage.due for coverage in known]
    due = None
    if None not in dues and summary.intake.due == len(summary.members):
        due = len(summary.members) - len(known) + sum(due for due in dues if due is not None)
    return [f"下级共{Coverage(units, due).words.removeprefix('含')}", *words]
