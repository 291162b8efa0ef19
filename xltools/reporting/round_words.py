"""Words of a round that several renderers share: how units stand, what became of files, what changed."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Language, Text
from xltools.excel.a1 import full_address
from xltools.excel.values import Value, plain
from xltools.model.round import Change, Fate, HandedFile, Standing, Tally, UnitStanding
from xltools.model.unit import Unit
from xltools.reporting.words import aligned, joined

STANDING_WORDS: dict[Standing, Text] = {
    Standing.RECEIVED: Text("已报送", "received"),
    Standing.ZERO: Text("零报告", "nothing to report"),
    Standing.EXPLAIN: Text("待说明", "to explain"),
    Standing.ERROR: Text("有错误", "with errors"),
    Standing.UNDECIDED: Text("文件待定", "with files in doubt"),
    Standing.MISSING: Text("未报送", "missing"),
    Standing.COVERED: Text("由别的单位代报", "reported by another"),
    Standing.COLLECTS: Text("汇总单位", "collects"),
}
LATE, OVERDUE = Text("逾期", "late"), Text("逾期未报", "overdue")
FATE_WORDS: dict[Fate, Text] = {
    Fate.COUNTS: Text("计入", "counts"),
    Fate.INVALID: Text("未通过", "not passed"),
    Fate.UNREADABLE: Text("无法读取", "unreadable"),
    Fate.SAME: Text("重复", "the same twice"),
    Fate.SUPERSEDED: Text("已被代替", "superseded"),
    Fate.UNDECIDED: Text("待定", "in doubt"),
    Fate.INCLUDED: Text("已含在别的文件中", "held by another file"),
    Fate.COMPARED: Text("只作核对", "compared only"),
    Fate.UNKNOWN: Text("不在名录", "not in the roster"),
    Fate.OUTSIDE: Text("不属本级", "of another parent"),
    Fate.OTHER_ROUND: Text("不是本期", "of another period"),
    Fate.OWN: Text("以前的汇总表", "earlier summary"),
    Fate.EXCLUDED: Text("已排除", "left out"),
}
_CHANGED = Text("有 {} 处不同（本文件 → 计入的文件）", "{} differ (this file → the one that counts)")
_APART = Text("与 {1} 有 {0} 处不同（本文件 → 那个文件）", "{0} differ (this file → {1})")
_MOST_CHANGES = 5
UNREAD = Text(
    "没有读取的文件（不是工作簿；里面如有报表，请另存为 .xlsx 或压缩成 .zip）",
    "Files that were not read (no workbooks: if a return is in one, save it as .xlsx or in a .zip)",
)
_BLANK = Text("空", "blank")
_LONGEST_VALUE = 30


def standing_words(unit: UnitStanding, language: Language) -> str:
    """How a unit stands, with whether it is late."""
    words = STANDING_WORDS[unit.standing].in_language(language)
    if not unit.late:
        return words
    if unit.standing is Standing.MISSING:
        return OVERDUE.in_language(language)
    return joined(language, [words, LATE.in_language(language)])


def held_words(unit: UnitStanding, language: Language) -> str:
    """That a unit above has figures that hold those of a unit; nothing where none has."""
    if unit.covered_by is None:
        return ""
    name = unit.covered_by.name or unit.covered_by.code
    words = Text(f"“{name}”报的数里应已包括", f'the figures of "{name}" should hold its own')
    return words.in_language(language)


def contact_words(unit: Unit) -> str:
    """Whom to ask, as far as it is known."""
    return " ".join(part for part in (unit.contact, unit.phone) if part)


def day_words(handed: HandedFile, language: Language) -> str:
    """The day of a file, and whether it is written inside or only the file's own."""
    if handed.dated is not None:
        return Text(f"填报日期 {handed.dated}", f"dated {handed.dated}").in_language(language)
    if handed.modified is not None:
        day = handed.modified.date()
        return Text(f"文件日期 {day}", f"file of {day}").in_language(language)
    return Text("没有日期", "without a date").in_language(language)


def blocking_words(handed: HandedFile, language: Language) -> str:
    """How much has to be corrected and explained."""
    parts = []
    if handed.errors:
        parts.append(Text(f"须改正 {handed.errors} 处", f"{handed.errors} to correct"))
    if handed.to_explain:
        parts.append(Text(f"待说明 {handed.to_explain} 处", f"{handed.to_explain} to explain"))
    return joined(language, [part.in_language(language) for part in parts])


FIRST_IN_DOUBT = Text("待定的第一个", "the first in doubt")


def version_lines(fate: Fate, instead: str, changes: Sequence[Change], language: Language) -> list[str]:
    """What another version has differently: how much, then the cells; nothing where there is none.

    Of files in doubt ``instead`` says which one it is held against.
    """
    if not changes:
        return []
    head = (_APART if fate is Fate.UNDECIDED else _CHANGED).in_language(language)
    return [head.format(len(changes), instead), *(f"  {line}" for line in _change_lines(changes, language))]


def _change_lines(changes: Sequence[Change], language: Language) -> list[str]:
    """One line a cell; of many the first and how many there are."""
    shown = [
        (
            full_address(change.sheet, change.cell),
            change.label,
            f"{_value(change.old, language)} → {_value(change.new, language)}",
        )
        for change in changes[:_MOST_CHANGES]
    ]
    more = len(changes) - len(shown)
    rest = [Text(f"……另有 {more} 处", f"... and {more} more").in_language(language)] if more else []
    return [*aligned(shown), *rest]


def tally_words(tally: Tally, language: Language) -> str:
    """Due, accepted, how many of each kind are open, and who need not hand in because another one did."""
    standings = tally.standings
    zero, covered = standings.get(Standing.ZERO, 0), standings.get(Standing.COVERED, 0)
    late, overdue = tally.late - tally.overdue, tally.overdue
    zero_words = Text(f"（含零报告 {zero}）", f" ({zero} with nothing to report)") if zero else Text("", "")
    over_words = Text(f"（已逾期 {overdue}）", f" ({overdue} overdue)") if overdue else Text("", "")
    parts = [
        Text(f"应报 {tally.due}", f"{tally.due} due"),
        Text(f"已报送 {tally.accepted}{zero_words.zh}", f"{tally.accepted} received{zero_words.en}"),
        *(
            Text(f"{STANDING_WORDS[s].zh} {standings[s]}", f"{standings[s]} {STANDING_WORDS[s].en}")
            for s in (Standing.ERROR, Standing.EXPLAIN, Standing.UNDECIDED, Standing.MISSING)
            if standings.get(s)
        ),
    ]
    parts[-1] = Text(f"{parts[-1].zh}{over_words.zh}", f"{parts[-1].en}{over_words.en}")  # the missing
    if late:
        parts.append(Text(f"迟报 {late}", f"{late} handed in late"))
    words = joined(language, [part.in_language(language) for part in parts])
    if covered:
        more = Text(f"；另有 {covered} 个由别的单位代报", f"; {covered} more reported for by others")
        words += more.in_language(language)
    return words


def is_open(handed: HandedFile) -> bool:
    """Whether a file has points to correct or explain."""
    return handed.status in (Status.ERROR, Status.EXPLAIN)


def _value(value: Value, language: Language) -> str:
    if value is None:
        return _BLANK.in_language(language)
    if isinstance(value, bool):
        return "是" if value else "否"
    shown = str(plain(value))
    return shown if len(shown) <= _LONGEST_VALUE else f"{shown[:_LONGEST_VALUE]}…"
