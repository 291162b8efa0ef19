"""How a round stands, for people: the count first, then what is open, then the files to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from xltools.diagnostics.text import Language, Text, counted
from xltools.model.round import Fate, Filing, RoundStatus, Standing, Tally, UnitStanding
from xltools.reporting.node_words import node_lines
from xltools.reporting.round_words import (
    FATE_WORDS,
    FIRST_IN_DOUBT,
    LATE,
    OVERDUE,
    STANDING_WORDS,
    UNREAD,
    blocking_words,
    contact_words,
    day_words,
    held_words,
    standing_words,
    tally_words,
    version_lines,
)
from xltools.reporting.status_files import FileList, lists_of_files
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
_RECEIVED = Text("已报送", "Received")
_MOST_UNREAD = 20
_MANY = Text("（逐个列出请用 --format xlsx 或 --json）", " (--format xlsx and --json name every one)")
_MOST_RECEIVED = 100
"""Units that are listed although nothing is to be done about them; of more there is the count."""


def status_text(status: RoundStatus, language: Language) -> str:
    """The whole answer: every file stands in exactly one of its lists, but for a great many received."""
    lists = lists_of_files(status)
    lines = _head(status, language)
    for standing, heading, row in (
        (Standing.ERROR, _TO_SEND_BACK, _wrong),
        (Standing.EXPLAIN, _TO_EXPLAIN, _wrong),
        (Standing.UNDECIDED, _IN_DOUBT, _doubtful),
        (Standing.MISSING, _MISSING, _missing),
    ):
        lines += _units(status, standing, heading, row, lists, language)
    lines += _late(status, language)
    for standing, heading, row in (
        (Standing.RECEIVED, _RECEIVED, _received),
        (Standing.ZERO, _ZERO, _received),
        (Standing.COVERED, _COVERED, _covered),
    ):
        lines += _units(status, standing, heading, row, lists, language, most=_MOST_RECEIVED)
    lines += _versions(status, lists, language)
    for which, heading in ((FileList.STRANGERS, _STRANGERS), (FileList.OTHERS, _OTHER)):
        lines += _files([f for f in status.filings if lists[f.handed.file] is which], heading, language)
    lines += _unread(status, language)
    for node in status.nodes:
        if node.findings:
            lines += ["", *(f"  {line}" for line in node_lines(node, language))]
    return "\n".join(lines) + "\n"


def _unread(status: RoundStatus, language: Language) -> list[str]:
    if not status.unread:
        return []
    files = [f"    {file}" for file in status.unread[:_MOST_UNREAD]]
    more = len(status.unread) - len(files)
    if more:
        files.append(f"    {Text(f'……另有 {more} 个', f'... and {more} more').in_language(language)}")
    return ["", "  " + labelled(language, UNREAD, str(len(status.unread))), *files]


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


_Lists = Mapping[str, FileList]
_Row = Callable[[UnitStanding, _Lists, Language], tuple[str, ...]]


def _units(
    status: RoundStatus,
    standing: Standing,
    heading: Text,
    row: _Row,
    lists: _Lists,
    language: Language,
    *,
    most: int | None = None,
) -> list[str]:
    found = [unit for unit in status.units if unit.standing is standing]
    rows = [(unit.unit.code, unit.unit.name, *row(unit, lists, language)) for unit in found]
    return _listed(heading, rows, language, most) if rows else []


def _listed(
    heading: Text, rows: Sequence[tuple[str, ...]], language: Language, most: int | None
) -> list[str]:
    """A list under its heading, which says how many there are; of more than ``most`` only that."""
    head = "  " + labelled(language, heading, str(len(rows)))
    if most is not None and len(rows) > most:
        return ["", head + _MANY.in_language(language)]
    return ["", head, *(f"    {line}" for line in aligned(rows))]


_SEE_BELOW = Text("见下", "see below")
_NOT_IN_THE_TOTALS = {
    Fate.INCLUDED: Text("汇总用上级的文件，见下", "a file of a unit above counts, see below"),
    Fate.COMPARED: Text("只与下级合计核对，见下", "compared with the sum below, see below"),
}


def _own_file(unit: UnitStanding, lists: _Lists, language: Language) -> str:
    """The file of a unit's row; where it stands in another list, that it does."""
    best = unit.best
    if best is None:
        return ""
    if lists[best.handed.file] is FileList.OWN_ROW:
        return best.handed.file
    if lists[best.handed.file] is FileList.OTHERS:
        return _NOT_IN_THE_TOTALS.get(best.fate, _SEE_BELOW).in_language(language)
    count = sum(lists[filing.handed.file] is FileList.VERSIONS for filing in unit.filings)
    return Text(f"{count} 个文件，见下", f"{count} files, see below").in_language(language)


def _wrong(unit: UnitStanding, lists: _Lists, language: Language) -> tuple[str, ...]:
    best = unit.best
    assert best is not None
    late = LATE.in_language(language) if unit.late else ""
    file = _own_file(unit, lists, language)
    return blocking_words(best.handed, language), late, contact_words(unit.unit), file


def _doubtful(unit: UnitStanding, _: _Lists, language: Language) -> tuple[str, ...]:
    files = Text(f"{len(unit.filings)} 个文件", f"{len(unit.filings)} files").in_language(language)
    return files, contact_words(unit.unit)


def _missing(unit: UnitStanding, _: _Lists, language: Language) -> tuple[str, ...]:
    late = OVERDUE.in_language(language) if unit.late else ""
    other = [f for f in unit.filings if f.fate is Fate.OTHER_ROUND and f.reason]
    seen = other[0].reason.in_language(language) if other and other[0].reason else ""
    return late, contact_words(unit.unit), seen or held_words(unit, language)


def _received(unit: UnitStanding, lists: _Lists, language: Language) -> tuple[str, ...]:
    best = unit.best
    day = day_words(best.handed, language) if best else ""
    return day, _own_file(unit, lists, language)


def _covered(unit: UnitStanding, _: _Lists, language: Language) -> tuple[str, ...]:
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
        after = Text(f"晚 {days} 天", f"{counted(days, 'day')} late").in_language(language)
        state = STANDING_WORDS[unit.standing].in_language(language)
        rows.append((unit.unit.code, unit.unit.name, str(unit.handed_on), after, state))
    return _listed(_LATE, rows, language, _MOST_RECEIVED)


def _versions(status: RoundStatus, lists: _Lists, language: Language) -> list[str]:
    """Units with several files: which counts, and what is different in the others."""
    lines: list[str] = []
    count = 0
    for unit in status.units:
        files = [filing for filing in unit.filings if lists[filing.handed.file] is FileList.VERSIONS]
        if files:
            count += 1
            lines.append(f"    {unit_words(unit.unit, language)}  {standing_words(unit, language)}")
            for filing in sorted(files, key=lambda filing: filing is not unit.best):
                lines += _version(filing, language)
    return ["", "  " + labelled(language, _SEVERAL, str(count)), *lines] if lines else []


def _version(filing: Filing, language: Language) -> list[str]:
    fate = FATE_WORDS[filing.fate].in_language(language)
    line = f"{filing.handed.file}  {day_words(filing.handed, language)}"
    lines = [f"      {labelled(language, Text(fate, fate), line)}"]
    if filing.reason is not None and filing.fate in (Fate.INVALID, Fate.INCLUDED, Fate.COMPARED):
        lines.append(f"        {filing.reason.in_language(language)}")
    versions = version_lines(filing.fate, FIRST_IN_DOUBT.in_language(language), filing.changes, language)
    return [*lines, *(f"        {line}" for line in versions)]


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
        versions = version_lines(filing.fate, filing.instead, filing.changes, language)
        lines += [f"      {line}" for line in versions]
    return lines
