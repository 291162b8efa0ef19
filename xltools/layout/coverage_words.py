"""How much of what is due a summary covers, in words that stand beside its totals."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.diagnostics.text import Text, counted
from xltools.model.coverage import Coverage
from xltools.model.submission import Submission
from xltools.model.summary import Intake, Summary, Takeover
from xltools.model.unit import Unit

_MOST_NAMES = 3


def coverage_of(summary: Summary) -> Coverage:
    """The units that went in, of those that owe a return."""
    return Coverage(summary.counted, summary.intake.due)


def known_words(coverage: Coverage | None) -> str:
    """What a period's totals cover, or that nobody knows."""
    return coverage.words if coverage else "所含单位数不详"


def coverage_words(summary: Summary) -> str:
    """``含 28/31 单位``, and everything else that makes the totals less than whole."""
    intake = summary.intake
    parts = [coverage_of(summary).words, *_below(summary)]
    parts += [words.zh for words in takeover_words(intake)]
    invalid = sum(receipt.marked is not None for receipt in intake.receipts)
    if invalid:
        parts.append(f"其中 {invalid} 个单位未通过审核")
    if intake.excluded:
        parts.append(f"另有 {len(intake.excluded)} 个文件未汇总")
    return "；".join(parts)


def takeover_words(intake: Intake) -> list[Text]:
    """How many units are in the totals by a parent's own file, and whose that is: a phrase a kind.

    Of a parent's own return also why; the summary of a parent is how the figures of its units are handed
    in, and says unit by unit what it holds.
    """
    phrases = []
    for kind, zh, en in (("return", "自己报的数", "own return"), ("summary", "的汇总表", "summary")):
        some = [takeover for takeover in intake.takeovers if takeover.kind == kind]
        if some:
            count = sum(len(takeover.units) for takeover in some)
            names, lacking = names_of([t.unit for t in some]), sum(len(t.lacking) for t in some)
            because = Text("", "")
            if lacking and kind == "return":
                because = Text(f"（{lacking} 个没有可用的文件）", f" ({lacking} without a usable file)")
            phrases.append(
                Text(
                    f"其中 {count} 个单位{because.zh}用的是上级{zh}：{names.zh}",
                    f"{count} of these{because.en} by the {en} of the unit above: {names.en}",
                )
            )
    return phrases


def names_of(units: Sequence[Unit]) -> Text:
    """The first few by name, and how many there are if there are more."""
    shown, more = [unit.name or unit.code for unit in units[:_MOST_NAMES]], len(units) - _MOST_NAMES
    zh, en = "、".join(shown), ", ".join(shown)
    return Text(f"{zh} 等 {len(units)} 个", f"{en} and {more} more") if more > 0 else Text(zh, en)


def takeover_reason(takeover: Takeover) -> Text:
    """What a parent's own file stands for, and why not the sum of the files below it."""
    units, lacking = len(takeover.units), len(takeover.lacking)
    below = "the unit" if units == 1 else f"the {units} units"
    if takeover.kind == "summary":
        words = Text(f"用本单位的汇总表，含下级 {units} 个单位", f"its summary holds {below} below it")
    else:
        words = Text(
            f"用本单位自己报的数，代替下级 {units} 个单位", f"its own return stands for {below} below it"
        )
    if takeover.lacking and takeover.kind == "return":
        names = names_of(takeover.lacking)
        words = Text(
            f"{words.zh}：其中 {lacking} 个没有可用的文件（{names.zh}）",
            f"{words.en}: {lacking} of them without a usable file ({names.en})",
        )
    if takeover.files:
        not_counted = "does not count" if takeover.files == 1 else "do not count"
        words = Text(
            f"{words.zh}；下级已到的 {takeover.files} 个文件没有计入",
            f"{words.en}; {counted(takeover.files, 'file')} of units below that came as well {not_counted}",
        )
    return words


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
