"""How a round stands as a workbook: a row a unit, a row a file, what versions changed, the counts."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.diagnostics.text import Language, Text
from xltools.excel.a1 import full_address
from xltools.excel.values import Value
from xltools.layout.plan import SheetPlan, WorkbookPlan
from xltools.layout.problem_sheet import ListColumn, ListEntry, list_sheet
from xltools.layout.text_size import clipped
from xltools.model.round import OWING, Filing, RoundStatus, Standing, Tally, UnitStanding
from xltools.reporting.nodes_sheet import nodes_sheet
from xltools.reporting.round_words import (
    FATE_WORDS,
    LATE,
    blocking_words,
    contact_words,
    held_words,
    standing_words,
    tally_words,
)
from xltools.reporting.status_tables import Table, by_level, by_parent
from xltools.reporting.words import CODE, FILE, RESULT, UNIT, joined, period_words

_UNITS, _FILES = Text("各单位", "Units"), Text("文件", "Files")
_CHANGES, _COUNTS = Text("前后不同", "Changes"), Text("汇总", "Counts")
_DEADLINE, _HANDED = Text("报送期限", "Deadline"), Text("首次报送", "First handed in")
_NOT_READ = Text("不是工作簿，没有读取", "no workbook, not read")
_LONGEST = 400
_DEPTH = "　"


def status_list(status: RoundStatus, language: Language) -> WorkbookPlan:
    """The plan of the workbook; sheets are not locked: it is there to be filtered, sorted and cut up."""
    sheets = [_units(status, language), _files(status, language)]
    if any(filing.changes for filing in status.filings):
        sheets.append(_changes(status, language))
    nodes = nodes_sheet(status.nodes, language)
    if nodes is not None:
        sheets.append(nodes)
    sheets += [
        _counts(heading, table, language)
        for heading, table in (
            (Text("按上级", "By parent"), by_parent(status, language)),
            (Text("按级别", "By level"), by_level(status, language)),
        )
        if len(table) > 1
    ]
    return WorkbookPlan(
        title=_UNITS.in_language(language), subject="", sheets=tuple(sheets), names={}, protected=False
    )


def _sheet(
    name: Text,
    note: str,
    columns: Sequence[tuple[Text, float]],
    rows: Sequence[Sequence[Value]],
    language: Language,
) -> SheetPlan:
    title = name.in_language(language)
    heads = [ListColumn(heading.in_language(language), width) for heading, width in columns]
    entries = [ListEntry(tuple(_cut(value) for value in row)) for row in rows]
    return list_sheet(title, title, note, heads, entries, filtered=True)


def _units(status: RoundStatus, language: Language) -> SheetPlan:
    columns = (
        (RESULT, 14.0),
        (UNIT, 28.0),
        (CODE, 14.0),
        (Text("级别", "Level"), 12.0),
        (Text("上级", "Parent"), 22.0),
        (Text("要办的事", "To do"), 22.0),
        (LATE, 8.0),
        (_HANDED, 12.0),
        (_DEADLINE, 12.0),
        (Text("联系人", "Contact"), 18.0),
        (FILE, 34.0),
        (Text("该文件日期", "Its date"), 12.0),
        (Text("文件数", "Files"), 8.0),
    )
    names = {unit.unit.code: unit.unit.name for unit in status.units}
    rows = [_unit(unit, names.get(unit.unit.parent, ""), language) for unit in status.units]
    when = period_words(status.period, language)
    note = f"{status.title} {when} · {status.today} · {tally_words(Tally.of(status.units), language)}"
    return _sheet(_UNITS, note.strip(), columns, rows, language)


def _unit(unit: UnitStanding, parent: str, language: Language) -> tuple[Value, ...]:
    best = unit.best
    to_do = ""
    if unit.standing in OWING:
        to_do = blocking_words(best.handed, language) if best else standing_words(unit, language)
        to_do = joined(language, [part for part in (to_do, held_words(unit, language)) if part])
    elif unit.standing is Standing.COVERED and unit.covered_by is not None:
        to_do = unit.covered_by.name
    return (
        standing_words(unit, language),
        _DEPTH * unit.depth + unit.unit.name,
        unit.unit.code,
        unit.unit.level,
        parent,
        to_do,
        LATE.in_language(language) if unit.late else "",
        str(unit.handed_on) if unit.handed_on else "",
        str(unit.deadline) if unit.deadline else "",
        contact_words(unit.unit),
        best.handed.file if best else "",
        str(unit.best_on) if unit.best_on else "",
        len(unit.filings),
    )


def _files(status: RoundStatus, language: Language) -> SheetPlan:
    columns = (
        (RESULT, 14.0),
        (FILE, 40.0),
        (UNIT, 26.0),
        (CODE, 14.0),
        (Text("原因", "Why"), 48.0),
        (Text("认定", "Recognised"), 34.0),
        (Text("填报日期", "Date inside"), 12.0),
        (Text("文件时间", "File's time"), 18.0),
        (Text("错误", "Errors"), 8.0),
        (Text("待说明", "To explain"), 10.0),
    )
    note = Text(
        f"{len(status.filings)} 个文件。没有填报日期的按文件时间分先后。",
        f"{len(status.filings)} files. Without a date inside, the file's time says which is newer.",
    )
    rows: list[tuple[Value, ...]] = [_file(filing, language) for filing in status.filings]
    rows += [(_NOT_READ.in_language(language), file, *[""] * (len(columns) - 2)) for file in status.unread]
    return _sheet(_FILES, note.in_language(language), columns, rows, language)


def _file(filing: Filing, language: Language) -> tuple[Value, ...]:
    handed = filing.handed
    return (
        FATE_WORDS[filing.fate].in_language(language),
        handed.file,
        filing.unit.name,
        filing.unit.code,
        filing.reason.in_language(language) if filing.reason else "",
        filing.note.in_language(language) if filing.note else "",
        str(handed.dated) if handed.dated else "",
        handed.modified.isoformat(" ", "seconds") if handed.modified else "",
        handed.errors,
        handed.to_explain,
    )


def _changes(status: RoundStatus, language: Language) -> SheetPlan:
    columns = (
        (UNIT, 24.0),
        (FILE, 36.0),
        (Text("对照的文件", "Compared with"), 36.0),
        (Text("位置", "Where"), 10.0),
        (Text("项目", "Item"), 40.0),
        (Text("本文件", "In this file"), 14.0),
        (Text("对照的文件中", "In the other"), 14.0),
    )
    rows: list[tuple[Value, ...]] = []
    for filing in status.filings:
        for change in filing.changes:
            place = full_address(change.sheet, change.cell)
            old, new = (change.old, change.new)
            rows.append((filing.unit.name, filing.handed.file, filing.instead, place, change.label, old, new))
    note = Text(
        "同一单位几个文件的不同之处，逐格列出。对照的是计入的文件；还没有确定用哪个的，是其中第一个。",
        "What the versions of a unit have differently from the file that counts, or from the first of those"
        " in doubt.",
    )
    return _sheet(_CHANGES, note.in_language(language), columns, rows, language)


def _counts(heading: Text, table: Table, language: Language) -> SheetPlan:
    first, *rows = table
    words = [Text(str(word), str(word)) for word in first]
    columns = [(words[0], 30.0), *((word, 11.0) for word in words[1:])]
    note = Text("各级含其下所有单位。", "Each row holds all units below.").in_language(language)
    return _sheet(heading, note, columns, rows, language)


def _cut(value: Value) -> Value:
    return clipped(value, _LONGEST) if isinstance(value, str) else value
