"""The roster (单位名录) from a CSV file or a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.text import Text
from xltools.excel.a1 import parse_cell
from xltools.excel.values import as_text
from xltools.model.days import parse_day
from xltools.model.unit import Roster, Unit
from xltools.reading.grid import Sheet
from xltools.reading.package import read_bytes
from xltools.reading.plain_text import decoded
from xltools.reading.roster_tree import tree_problems
from xltools.reading.workbooks.workbook import read_workbook

HEADER_WITHIN = 10
"""The header stands in one of the first rows; titles may stand above it."""
MAX_COLUMNS_LOOKED_AT = 256

ROSTER_COLUMNS: Mapping[str, str] = {
    "编码": "code",
    "代码": "code",
    "单位编码": "code",
    "单位代码": "code",
    "code": "code",
    "名称": "name",
    "单位名称": "name",
    "name": "name",
    "级别": "level",
    "level": "level",
    "上级": "parent",
    "上级编码": "parent",
    "parent": "parent",
    "报送期限": "deadline",
    "截止日期": "deadline",
    "deadline": "deadline",
    "含": "includes",
    "包含": "includes",
    "含单位": "includes",
    "includes": "includes",
    "联系人": "contact",
    "contact": "contact",
    "电话": "phone",
    "联系电话": "phone",
    "phone": "phone",
}
"""What the columns of a roster may be called."""
_REQUIRED = (("code", Text("编码", "code")), ("name", Text("名称", "name")))


_DELIMITERS = ",\t;，"
_ROUNDED = re.compile(r"[0-9.]+[eE]\+?[0-9]+")
"""A long code that a spreadsheet took for a number: ``3.7083E+17``."""
_BETWEEN_CODES = re.compile(r"[\s、，,;；/]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the source: its number counted from 1 and its texts, stripped."""

    number: int
    fields: tuple[str, ...]


def read_roster(path: Path) -> Roster:
    """The units listed in a CSV file or an Excel workbook, in their order.

    Columns 编码,名称,级别,上级 (or code,name,level,parent) stand in any order; the first two are
    required. Further ones: 报送期限 (deadline), 含 (includes: codes of units this one reports for, with
    spaces, commas or 、 between them), 联系人 (contact), 电话 (phone). CSV may be UTF-8, UTF-16 with byte
    order mark, or GB18030 (GBK).

    Raises:
        UsageError: the file cannot be read or has mistakes; all of them, each with its line.
    """
    try:
        data = read_bytes(path)
        if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            return _roster(_workbook_lines(path), path)
    except UnreadableFileError as error:
        raise UsageError(Text(f"名录 {path}：{error.text.zh}", f"roster {path}: {error.text.en}")) from None
    return _roster(_csv_lines(_decoded(data, path), path), path)


def _decoded(data: bytes, path: Path) -> str:
    """The text of a CSV file in the encodings that Excel, WPS and editors write."""
    text = decoded(data)
    if text is not None:
        return text
    raise UsageError(
        Text(
            f"名录 {path} 的文字编码无法识别，请另存为 UTF-8 编码的 CSV 或 .xlsx",
            f"the encoding of roster {path} is not known; save it as CSV in UTF-8 or as .xlsx",
        )
    )


def _csv_lines(text: str, path: Path) -> list[Line]:
    """The rows of a CSV text, by the delimiter that gives a header, else the most frequent one."""
    top = "\n".join(text.splitlines()[:HEADER_WITHIN])
    candidates = [
        _split_lines(text, delimiter, path) for delimiter in sorted(_DELIMITERS, key=top.count, reverse=True)
    ]
    return next((lines for lines in candidates if _is_complete(_header(lines))), candidates[0])


def _split_lines(text: str, delimiter: str, path: Path) -> list[Line]:
    """The rows of a CSV text; a quoted field may span lines, and a row has the number of its first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[Line] = []
    before = 0
    try:
        for row in reader:
            lines.append(Line(before + 1, tuple(field.strip() for field in row)))
            before = reader.line_num
    except csv.Error as error:
        raise UsageError(
            Text(
                f"名录 {path} 第 {reader.line_num} 行不是有效的 CSV：{error}",
                f"line {reader.line_num} of roster {path} is no valid CSV: {error}",
            )
        ) from None
    return lines


def _workbook_lines(path: Path) -> list[Line]:
    """The rows of the first visible sheet with the header; of the first visible sheet where none has it."""
    visible = [sheet for sheet in read_workbook(path).sheets if sheet.visibility == "visible"]
    candidates = [_sheet_lines(sheet) for sheet in visible]
    return next((lines for lines in candidates if _is_complete(_header(lines))), (candidates or [[]])[0])


def _sheet_lines(sheet: Sheet) -> list[Line]:
    """The rows of a sheet that hold anything, by their row numbers."""
    rows: dict[int, dict[int, str]] = {}
    for reference, value in sheet.values.items():
        row, column = parse_cell(reference)
        if column < MAX_COLUMNS_LOOKED_AT:  # a stray cell far to the right must not widen every row
            rows.setdefault(row, {})[column] = as_text(value)
    return [
        Line(row + 1, tuple(cells.get(column, "") for column in range(max(cells) + 1)))
        for row, cells in sorted(rows.items())
    ]


def _header(lines: Sequence[Line]) -> tuple[int, dict[str, int]]:
    """Where the header stands (index into ``lines``) and the position of each known column in it.

    It is the row among the first that names most columns.
    """
    best: tuple[int, dict[str, int]] = (0, {})
    for index, line in enumerate(lines):
        if line.number > HEADER_WITHIN:
            break
        found: dict[str, int] = {}
        for position, field in enumerate(line.fields):
            column = ROSTER_COLUMNS.get(column_key(field))
            if column is not None:
                found.setdefault(column, position)
        if len(found) > len(best[1]):
            best = (index, found)
    return best


def column_key(field: str) -> str:
    """A heading as it is compared: without blanks and case."""
    return "".join(field.split()).casefold()


def _is_complete(header: tuple[int, dict[str, int]]) -> bool:
    return all(column in header[1] for column, _ in _REQUIRED)


def _roster(lines: Sequence[Line], path: Path) -> Roster:
    """The roster from its rows; raises UsageError with all mistakes."""
    index, columns = _header(lines)
    if not any(any(line.fields) for line in lines):
        raise _mistakes(path, [Text("名录是空的", "the roster is empty")])
    if not _is_complete((index, columns)):
        raise _mistakes(path, [_missing_columns(lines, index, columns)])
    listed = [line for line in lines[index + 1 :] if any(line.fields)]
    rows = [(line.number, _unit(line, columns)) for line in listed]
    late = _unclear_deadlines(listed, columns)
    repeated = _repeated_codes(rows)
    tree = tree_problems(rows)
    problems = [
        problem
        for number, unit in rows
        for problem in (
            *_gaps(number, unit),
            *repeated.get(number, ()),
            *late.get(number, ()),
            *tree.get(number, ()),
        )
    ]
    if not rows:
        problems.append(Text("表头之下没有单位", "no unit follows the header"))
    if problems:
        raise _mistakes(path, problems)
    return Roster(tuple(unit for _, unit in rows))


def _gaps(number: int, unit: Unit) -> Iterator[Text]:
    """What is missing or spoilt in one line."""
    if not unit.code:
        yield Text(f"第 {number} 行缺少编码（{unit.name}）", f"line {number} lacks its code ({unit.name})")
    if not unit.name:
        yield Text(f"第 {number} 行缺少名称（{unit.code}）", f"line {number} lacks its name ({unit.code})")
    if _ROUNDED.fullmatch(unit.code):
        yield Text(
            f"第 {number} 行的编码 {unit.code} 被当作数字舍入了，请把该列设为文本后重新填写（{unit.name}）",
            f"line {number}: code {unit.code} was rounded as a number; make the column text ({unit.name})",
        )


def _repeated_codes(rows: Iterable[tuple[int, Unit]]) -> dict[int, tuple[Text, ...]]:
    """By line, what is wrong where an earlier line has the same code."""
    first: dict[str, tuple[int, str]] = {}
    problems: dict[int, tuple[Text, ...]] = {}
    for number, unit in rows:
        if unit.code in first:
            other, name = first[unit.code]
            text = Text(
                f"第 {other} 行（{name}）和第 {number} 行（{unit.name}）的编码相同：{unit.code}",
                f"lines {other} ({name}) and {number} ({unit.name}) have one code: {unit.code}",
            )
            problems[number] = (text,)
        elif unit.code:
            first[unit.code] = (number, unit.name)
    return problems


def _unit(line: Line, columns: Mapping[str, int]) -> Unit:
    """The unit of a row; a row shorter than the header ends in empty fields."""
    values = {
        column: line.fields[position] if position < len(line.fields) else ""
        for column, position in columns.items()
    }
    return Unit(
        name=values["name"],
        code=values["code"],
        level=values.get("level", ""),
        parent=values.get("parent", ""),
        deadline=parse_day(values.get("deadline", "")),
        includes=tuple(code for code in _BETWEEN_CODES.split(values.get("includes", "")) if code),
        contact=values.get("contact", ""),
        phone=values.get("phone", ""),
    )


def _unclear_deadlines(lines: Sequence[Line], columns: Mapping[str, int]) -> dict[int, tuple[Text, ...]]:
    """By line, a deadline that is no day."""
    position = columns.get("deadline")
    if position is None:
        return {}
    found = {line.number: line.fields[position] for line in lines if position < len(line.fields)}
    return {
        number: (
            Text(
                f"第 {number} 行的报送期限“{text}”不是日期，请写成 2026-01-31 的样子",
                f'line {number}: the deadline "{text}" is no date; write it like 2026-01-31',
            ),
        )
        for number, text in found.items()
        if text and parse_day(text) is None
    }


def _missing_columns(lines: Sequence[Line], index: int, columns: Mapping[str, int]) -> Text:
    """Which required columns are missing, and what was found instead."""
    missing = [label for column, label in _REQUIRED if column not in columns]
    if not columns:  # no header at all: what stands in the first row that holds anything
        index = next(at for at, line in enumerate(lines) if any(line.fields))
    shown = [field[:20] for field in lines[index].fields if field][:12]
    return Text(
        f"缺少列：{'、'.join(label.zh for label in missing)}；表头应为 编码,名称,级别,上级，"
        f"第 {lines[index].number} 行读到的是：{'、'.join(shown)}",
        f"missing column: {', '.join(label.en for label in missing)}; the header should be "
        f"code,name,level,parent; line {lines[index].number} reads: {', '.join(shown)}",
    )


def _mistakes(path: Path, problems: Iterable[Text]) -> UsageError:
    listed = list(problems)
    return UsageError(
        Text(
            "\n".join([f"名录 {path} 有误：", *(f"  {problem.zh}" for problem in listed)]),
            "\n".join([f"mistakes in roster {path}:", *(f"  {problem.en}" for problem in listed)]),
        )
    )
