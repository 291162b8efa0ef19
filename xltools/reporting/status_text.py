"""How a round stands, for people: the count first, then what is open, then the files to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xltools.diagnostics.text import Language, Text
from xltools.model.round import Fate, Filing, RoundStatus, Standing, Tally, UnitStanding
from xltools.reporting.node_words import node_lines
from xltools.reporting.round_words import (
    CHANGED,
    FATE_WORDS,
    LATE,
    OVERDUE,
    STANDING_WORDS,
    blocking_words,
    change_lines,
    contact_words,
    day_words,
    held_words,
    standing_words,
    tally_words,
)
from xltools.reporting.status_tables import by_level, by_parent
from xltools.reporting.words import aligned, joined, labelled, period_words, unit_words

_BY_PARENT, _BY_LEVEL = Text("按上级", "By parent"), Text("按级别", "By level")
_STRANGERS = Text("认不出单位的文件", "Files that are no unit's of the roster")
_SEVERAL = Text("同一单位有几个文件", "Several files of one unit")
_LATE = Text("逾期报送", "Handed in late")
_OTHER = Text("不计入的其他文件", "Other files that do not count")
_TO_SEND_BACK = Text("有错误，须退回更正", "With errors, to be sent back")
_TO_EXPLAIN = Text("待说明", "To explain")
_IN_DOUBT = Text("几个文件分不清用哪个", "Several files, and which counts is not known")
_MISSING = Text("未报送", "Missing")
_ZERO = Text("零报告", "With nothing to report")
_COVERED = Text("由别的单位代报", "Reported for by another unit")
_OTHERS = (Fate.OTHER_ROUND, Fate.OUTSIDE, Fate.OWN, Fate.EXCLUDED, Fate.INCLUDED, Fate.COMPARED)


def status_text(status: RoundStatus, language: Language) -> str:
    """The whole answer."""
    lines = _head(status, language)
    lines += _units(status, Standing.ERROR, _TO_SEND_BACK, _wrong, language)
    lines += _units(status, Standing.EXPLAIN, _TO_EXPLAIN, _wrong, language)
    lines += _units(status, Standing.UNDECIDED, _IN_DOUBT, _doubtful, language)
    lines += _units(status, Standing.MISSING, _MISSING, _missing, language)
    lines += _late(status, language)
    lines += _units(status, Standing.ZERO, _ZERO, _received, language)
    lines += _units(status, Standing.COVERED, _COVERED, _covered, language)
    lines += _versions(status, language)
    lines += _files(status.strangers, _STRANGERS, language)
    lines += _files([f for f in status.filings if f.fate in _OTHERS], _OTHER, language)
    for node in status.nodes:
        if node.findings:
            lines += ["", *(f"  {line}" for line in node_lines(node, language))]
    return "\n".join(lines) + "\n"


def _head(status: RoundStatus, language: Language) -> list[str]:
    """What is collected, the day, the counts, and tables by parent and level where there are several."""
    tops = [unit for unit in status.units if unit.depth == 0]
    name = (
        unit_words(tops[0].unit, language)
        if len(tops) == 1
        else Text("报送情况", "Round").in_language(language)
    )
    lines = [f"■ {name}"]
    if status.form:
        lines.append("  " + " · ".join((status.title, period_words(status.period, language), status.form)))
    days = [labelled(language, Text("统计日期", "As of"), str(status.today))]
    deadlines = {unit.deadline for unit in status.units if unit.deadline is not None}
    if len(deadlines) == 1:
        days.append(labelled(language, Text("报送期限", "deadline"), str(deadlines.pop())))
    elif deadlines:
        days.append(Text("报送期限各单位不同", "deadlines differ").in_language(language))
    lines.append("  " + joined(language, days))
    lines.append("  " + tally_words(Tally.of(status.units), language))
    for heading, table in (
        (_BY_PARENT, by_parent(status, language)),
        (_BY_LEVEL, by_level(status, language)),
    ):
        if len(table) > 2:
            rows = [tuple(map(str, row)) for row in table]
            lines += ["", f"  {heading.in_language(language)}", *(f"    {row}" for row in aligned(rows))]
    return lines


_Row = Callable[[UnitStanding, Language], tuple[str, ...]]


def _units(
    status: RoundStatus, standing: Standing, heading: Text, row: _Row, language: Language
) -> list[str]:
    found = [unit for unit in status.units if unit.standing is standing]
    if not found:
        return []
    rows = [(unit.unit.code, unit.unit.name, *row(unit, language)) for unit in found]
    return ["", "  " + labelled(language, heading, str(len(found))), *(f"    {r}" for r in aligned(rows))]


def _wrong(unit: UnitStanding, language: Language) -> tuple[str, ...]:
    best = unit.best
    assert best is not None
    late = LATE.in_language(language) if unit.late else ""
    return blocking_words(best.handed, language), late, contact_words(unit.unit), best.handed.file


def _doubtful(unit: UnitStanding, language: Language) -> tuple[str, ...]:
    files = Text(f"{len(unit.filings)} 个文件", f"{len(unit.filings)} files").in_language(language)
    return files, contact_words(unit.unit)


def _missing(unit: UnitStanding, language: Language) -> tuple[str, ...]:
    late = OVERDUE.in_language(language) if unit.late else ""
    other = [f for f in unit.filings if f.fate is Fate.OTHER_ROUND and f.reason]
    seen = other[0].reason.in_language(language) if other and other[0].reason else ""
    return late, contact_words(unit.unit), seen or held_words(unit, language)


def _received(unit: UnitStanding, language: Language) -> tuple[str, ...]:
    best = unit.best
    return (day_words(best.handed, language) if best else "",)


def _covered(unit: UnitStanding, language: Language) -> tuple[str, ...]:
    holder = unit.covered_by
    by = Text("由", "by").in_language(language)
    own = Text("自己也报了一份，没有计入", "its own file does not count") if unit.filings else Text("", "")
    return f"{by} {unit_words(holder, language)}" if holder else "", own.in_language(language)


def _late(status: RoundStatus, language: Language) -> list[str]:
    """Who handed in, but after the deadline; who has not is among the missing."""
    late = [unit for unit in status.units if unit.late and unit.standing is not Standing.MISSING]
    if not late:
        return []
    rows = []
    for unit in late:
        days = (unit.handed_on - unit.deadline).days if unit.handed_on and unit.deadline else 0
        after = Text(f"晚 {days} 天", f"{days} day{'' if days == 1 else 's'} late").in_language(language)
        state = STANDING_WORDS[unit.standing].in_language(language)
        rows.append((unit.unit.code, unit.unit.name, str(unit.handed_on), after, state))
    return ["", "  " + labelled(language, _LATE, str(len(late))), *(f"    {row}" for row in aligned(rows))]


def _versions(status: RoundStatus, language: Language) -> list[str]:
    """Units with several files: which counts, and what is different in the others."""
    lines: list[str] = []
    groups = [unit for unit in status.units if any(_is_version(f) for f in unit.filings)]
    for unit in groups:
        best = unit.best
        counts = f"{best.handed.file}  {day_words(best.handed, language)}" if best else ""
        state = standing_words(unit, language)
        lines.append(f"    {unit_words(unit.unit, language)}  {state}")
        if best is not None:
            fate = FATE_WORDS[best.fate].in_language(language)
            lines.append(f"      {labelled(language, Text(fate, fate), counts)}")
        for filing in unit.filings:
            if filing is not best and _is_version(filing):
                lines += _version(filing, language)
    if not lines:
        return []
    return ["", "  " + labelled(language, _SEVERAL, str(len(groups))), *lines]


_VERSIONS = (Fate.SAME, Fate.SUPERSEDED, Fate.UNDECIDED)


def _is_version(filing: Filing) -> bool:
    """Whether a file stands beside another of its unit: older, the same, in doubt, or not passed."""
    return filing.fate in _VERSIONS or (filing.fate is Fate.INVALID and bool(filing.instead))


def _version(filing: Filing, language: Language) -> list[str]:
    fate = FATE_WORDS[filing.fate].in_language(language)
    line = f"{filing.handed.file}  {day_words(filing.handed, language)}"
    lines = [f"      {labelled(language, Text(fate, fate), line)}"]
    if filing.changes:
        lines.append(f"        {CHANGED.in_language(language).format(len(filing.changes))}")
        lines += [f"          {change}" for change in change_lines(filing.changes, language)]
    return lines


def _files(filings: Sequence[Filing], heading: Text, language: Language) -> list[str]:
    """Files with the unit they name and the reason."""
    if not filings:
        return []
    lines = ["", "  " + labelled(language, heading, str(len(filings)))]
    for filing in filings:
        unit = filing.unit
        whose = f"{unit_words(unit, language)}  " if unit.name or unit.code else ""
        lines.append(f"    {whose}{filing.handed.file}")
        if filing.reason is not None:
            lines.append(f"      {filing.reason.in_language(language)}")
    return lines
