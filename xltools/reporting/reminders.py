"""Reminders (催报): for every unit that owes something a text that can be sent as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Language, Text, counted
from xltools.model.round import OWING, Fate, RoundStatus, Standing, UnitStanding
from xltools.model.unit import Unit
from xltools.reporting.check_text import group_lines
from xltools.reporting.finding_groups import FINDING_GROUPS
from xltools.reporting.round_words import blocking_words, day_words
from xltools.reporting.words import period_words

_BLOCKING = tuple(group for group in FINDING_GROUPS if group.blocks)
_HOW = Text(
    "请填写下发的工作簿，“审核”表各条都通过后报回；全年没有发生的，封面“零报告”选“是”，也要报送。"
    "已经报送的，请告知文件名和报送时间。",
    "Please fill in the workbook that was issued and send it back once sheet 审核 shows nothing open. Where"
    " there is nothing to report, answer 零报告 on the cover with 是 and send it all the same. If you have"
    " sent it already, please tell us when and under what name.",
)
_SAY_WHICH = Text("请告知以哪一个为准，或重新报送一份。", "Please say which one counts, or send one anew.")


@dataclass(frozen=True, slots=True)
class Reminder:
    """A text to send; ``unit`` is None for the one to all who have not reported yet."""

    unit: Unit | None
    text: str


def reminders(
    status: RoundStatus, file_of: Callable[[str], CheckedFile], language: Language
) -> tuple[Reminder, ...]:
    """The text for the group, then one for every unit that owes something; nothing where nobody does.

    ``file_of`` gives the check of a file by its name.
    """
    owing = [unit for unit in status.units if unit.standing in OWING]
    if not owing:
        return ()
    single = (Reminder(unit.unit, _single(unit, status, file_of, language)) for unit in owing)
    return (Reminder(None, _to_all(owing, status, language)), *single)


def _to_all(owing: Sequence[UnitStanding], status: RoundStatus, language: Language) -> str:
    """Who has not reported, and whose return came back."""
    what = _what(status, language)
    missing = [unit for unit in owing if unit.standing is Standing.MISSING]
    others = [unit for unit in owing if unit.standing is not Standing.MISSING]
    blocks = []
    if missing:
        head = Text(
            f"截至 {status.today}，以下 {len(missing)} 个单位还没有报送{what}：",
            f"As of {status.today}, {len(missing)} units have not sent their {what}:",
        )
        blocks.append(_listed(head, missing, status.today, language))
    if others:
        head = Text(
            f"以下 {len(others)} 个单位报来的表还要改正、说明或确认（已另发具体意见）：",
            f"The returns of {len(others)} units are to be corrected, explained or confirmed (told to each):",
        )
        blocks.append(_listed(head, others, status.today, language))
    return "\n".join(blocks)


def _listed(head: Text, units: Sequence[UnitStanding], today: date, language: Language) -> str:
    """The units under a heading; the deadline once where all have the same."""
    until = [_until(unit, today).in_language(language) for unit in units]
    same = len(set(until)) == 1
    lines = [head.in_language(language)]
    for unit, own in zip(units, until, strict=True):
        lines.append(f"  {unit.unit.name}" if same else f"  {unit.unit.name}  {own}")
    if same:
        lines.append(until[0])
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Ask:
    """What one text is about: the unit, the return that is due, until when, and what was found in it."""

    unit: UnitStanding
    what: str
    until: str
    findings: Sequence[Finding]


def _single(
    unit: UnitStanding,
    status: RoundStatus,
    file_of: Callable[[str], CheckedFile],
    language: Language,
) -> str:
    """What one unit is told: what is missing or wrong, until when, and how to go on."""
    address = "　".join(part for part in (unit.unit.name, unit.unit.contact) if part)
    ask = _Ask(
        unit,
        _what(status, language),
        _until(unit, status.today).in_language(language),
        file_of(unit.best.handed.file).findings if unit.best else (),
    )
    body = _BODIES[unit.standing](ask, language)
    return "\n".join([f"{address}：" if language == "zh" else f"{address}:", "", *body]) + "\n"


def _missing(ask: _Ask, language: Language) -> list[str]:
    said = Text(
        f"贵单位的{ask.what}还没有收到。{ask.until}", f"We have not received your {ask.what} yet. {ask.until}"
    )
    lines = [said.in_language(language)]
    for filing in ask.unit.filings:
        if filing.fate is Fate.OTHER_ROUND and filing.reason is not None:
            file, why = _file_name(filing.handed.file), filing.reason
            wrong = Text(f"收到的 {file} {why.zh}。", f"The file {file} came, but {why.en}.")
            lines.append(wrong.in_language(language))
    return [*lines, _HOW.in_language(language)]


def _wrong(ask: _Ask, language: Language) -> list[str]:
    best = ask.unit.best
    assert best is not None
    points = blocking_words(best.handed, language)
    file = _file_name(best.handed.file)
    said = Text(
        f"贵单位报来的{ask.what}（{file}）还没有通过审核：{points}。请按下面各条处理后重新报送。{ask.until}",
        f"Your {ask.what} ({file}) has not passed the check: {points}. Please deal with the points below and"
        f" send it again. {ask.until}",
    )
    return [said.in_language(language), *group_lines(ask.findings, _BLOCKING, language)]


def _doubtful(ask: _Ask, language: Language) -> list[str]:
    said = Text(
        f"贵单位报来的{ask.what}有几个内容不同的文件，分不清以哪个为准：",
        f"Several files of your {ask.what} came, with different contents, and which one counts is not clear:",
    )
    files = [
        f"  {_file_name(filing.handed.file)}  {day_words(filing.handed, language)}"
        for filing in ask.unit.filings
        if filing.fate is Fate.UNDECIDED
    ]
    return [said.in_language(language), *files, f"{_SAY_WHICH.in_language(language)}{ask.until}"]


_BODIES = {
    Standing.MISSING: _missing,
    Standing.ERROR: _wrong,
    Standing.EXPLAIN: _wrong,
    Standing.UNDECIDED: _doubtful,
}


def _what(status: RoundStatus, language: Language) -> str:
    """The return that is due, in the words of the form."""
    if status.period is None:
        return Text("报表", "return").in_language(language)
    when = period_words(status.period, language)
    return Text(f"{when}{status.title}统计表", f"return for {when} ({status.title})").in_language(language)


def _until(unit: UnitStanding, today: date) -> Text:
    """Until when, and how many days that is; one that had handed in by then is not called late."""
    deadline = unit.deadline
    if deadline is None:
        return Text("请尽快报送。", "Please send it as soon as you can.")
    days = (deadline - today).days
    if days < 0 and not unit.late:
        return Text(
            f"报送期限是 {_day(deadline)}，已过 {-days} 天，请尽快报送。",
            f"The deadline was {deadline}, {-days} day{'' if days == -1 else 's'} ago: please send it now.",
        )
    if days < 0:
        return Text(
            f"报送期限是 {_day(deadline)}，已逾期 {-days} 天，请尽快报送。",
            f"It was due on {deadline}, {-days} day{'' if days == -1 else 's'} ago: please send it now.",
        )
    if days == 0:
        return Text("今天是报送期限的最后一天。", "Today is the last day.")
    return Text(
        f"请在 {_day(deadline)}前报送，还有 {days} 天。",
        f"It is due on {deadline}, in {counted(days, 'day')}.",
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _file_name(file: str) -> str:
    """A file's own name, as the clerk knows it."""
    return file.replace("\\", "/").rpartition("/")[2]
