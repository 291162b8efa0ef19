"""The sheet 报送情况 of a summary: what went in, what did not and why, and who has not reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from xltools.layout.coverage_words import takeover_reason
from xltools.layout.ledger import INVALID, recorded_path
from xltools.layout.ledger_sheet import LEDGER_TAB_COLOUR
from xltools.layout.places import Place
from xltools.layout.plan import Highlight, PlannedCell, PrintSetup, SheetPlan
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height
from xltools.model.sheet_names import RECEIPTS_SHEET
from xltools.model.summary import Intake, Receipt, Summary, Takeover

MAX_RECEIPTS = 8_000
"""Rows of the sheet; of more files, those that went in are only counted."""
RECEIPTS_FIRST_ROW = 4
_HEADERS = ("结果", "单位编码", "单位名称", "文件", "原因")
_WIDTHS = (12.0, 16.0, 30.0, 44.0, 56.0)
_OUT, _MISSING, _IN = "未汇总", "未报送", "已汇总"
_PARENT, _HELD, _REPORTED = "代下级", "已含", "代报"
"""A parent's file in the place of units below it, a unit it holds, and one that another reports for."""
_NOT_RECEIVED = "名录中有此单位，没有收到它的文件"

_Row = tuple[str, str, str, str, str]


def receipts_sheet(summary: Summary, folder: Path, words: str) -> SheetPlan:
    """The plan of 报送情况: what needs somebody's attention first.

    ``folder`` is where the summary will lie, ``words`` say how much of what is due it covers. Every unit
    that is due has a row of its own or one of a file of its, so that the coverage can be counted again.
    """
    cells = [
        PlannedCell(0, 0, Style.TITLE_LEFT, RECEIPTS_SHEET, columns=len(_HEADERS)),
        PlannedCell(1, 0, Style.ALERT_LINED, words, columns=len(_HEADERS)),
        PlannedCell(2, 0, Style.NOTE, _tally(summary.intake), columns=len(_HEADERS)),
        *(PlannedCell(3, column, Style.HEAD, header) for column, header in enumerate(_HEADERS)),
    ]
    heights = {0: 26.0, 1: max(24.0, needed_height(words, sum(_WIDTHS) * 0.9))}
    rows = _rows(summary, folder)
    for number, row in enumerate(rows, RECEIPTS_FIRST_ROW):
        heights[number] = max(needed_height(text, width) for text, width in zip(row, _WIDTHS, strict=True))
        for column, text in enumerate(row):
            cells.append(PlannedCell(number, column, Style.STATE if column == 0 else Style.LABEL, text))
    last = RECEIPTS_FIRST_ROW - 1 + len(rows)
    states = f"A{RECEIPTS_FIRST_ROW + 1}:A{last + 1}"
    first = f"$A{RECEIPTS_FIRST_ROW + 1}"
    return SheetPlan(
        name=RECEIPTS_SHEET,
        cells=tuple(cells),
        print_setup=PrintSetup((0, 0, last, len(_HEADERS) - 1), "landscape", (3, 3)),
        widths=dict(enumerate(_WIDTHS)),
        heights=heights,
        freeze=(RECEIPTS_FIRST_ROW, 0),
        highlights=(
            Highlight(states, f'{first}="{_OUT}"', Style.FAIL),
            Highlight(states, f'{first}="{_MISSING}"', Style.WARN),
            Highlight(states, f'{first}="{_PARENT}"', Style.WARN),
            Highlight(states, f'LEFT($E{RECEIPTS_FIRST_ROW + 1},{len(INVALID)})="{INVALID}"', Style.WARN),
        ),
        tab_colour=LEDGER_TAB_COLOUR,
        filter_area=(3, 0, max(last, RECEIPTS_FIRST_ROW), len(_HEADERS) - 1),
    )


def receipt_places(summary: Summary) -> dict[str, Place]:
    """Where the row of each file stands, by the file's name as it was given."""
    order = [receipt.file for receipt in _in_order(summary)]
    units = len(_unit_rows(summary.intake))
    out = len(summary.intake.excluded)
    rows = {file: number if number < out else number + units for number, file in enumerate(order)}
    return {
        file: Place(RECEIPTS_SHEET, RECEIPTS_FIRST_ROW + number, 0)
        for file, number in rows.items()
        if number < MAX_RECEIPTS
    }


def _tally(intake: Intake) -> str:
    """What the units that are due come to, by the rows below; nothing where nobody said who is due."""
    if intake.due is None or intake.counted is None:
        return ""
    rows = Counter(row[0] for row in _unit_rows(intake))
    went_in = intake.counted - rows[_REPORTED] - rows[_HELD]
    parts = [
        f"{state} {count}"
        for state, count in (
            (_IN, went_in),
            (_REPORTED, rows[_REPORTED]),
            (_HELD, rows[_HELD]),
            (_MISSING, rows[_MISSING]),
            ("有文件但没有计入", intake.due - intake.counted - rows[_MISSING]),
        )
        if count
    ]
    return f"应报 {intake.due} 个单位：{'，'.join(parts)}。"


def _in_order(summary: Summary) -> Iterator[Receipt]:
    yield from summary.intake.excluded
    went_in = [receipt for receipt in summary.intake.receipts if receipt.reason is None]
    yield from sorted(went_in, key=lambda receipt: receipt.marked is None)


def _rows(summary: Summary, folder: Path) -> list[_Row]:
    parents = {takeover.file: takeover for takeover in summary.intake.takeovers}
    receipts = list(_in_order(summary))
    units = _unit_rows(summary.intake)
    out = len(summary.intake.excluded)
    rows = [_row(receipt, folder, parents) for receipt in receipts[:out]]
    rows += units
    room = max(0, MAX_RECEIPTS - len(rows))
    rows += [_row(receipt, folder, parents) for receipt in receipts[out : out + room]]
    if len(rows) > MAX_RECEIPTS:
        rows = rows[:MAX_RECEIPTS]
    left = len(receipts) + len(units) - len(rows)
    if left:
        rows[-1] = ("", "", f"另有 {left + 1} 行没有列出", "", "")
    return rows


def _unit_rows(intake: Intake) -> list[_Row]:
    """Units whose figures are not in by a file of their own: missing, reported for, held by a parent's."""
    went_in = {receipt.code for receipt in intake.receipts if receipt.reason is None}
    rows = [(_MISSING, unit.code, unit.name, "", _NOT_RECEIVED) for unit in intake.missing]
    reported = [
        (_REPORTED, unit.code, unit.name, "", f"由“{by.name}”代报，数在它的报表里")
        if by.code in went_in
        else (_MISSING, unit.code, unit.name, "", f"由“{by.name}”代报，它还没有可以计入的文件")
        for unit, by in intake.covered
    ]
    rows += sorted(reported, key=lambda row: row[0] == _REPORTED)
    for takeover in intake.takeovers:
        what = "的汇总表" if takeover.kind == "summary" else "自己报的表"
        reason = f"数在“{takeover.unit.name}”{what}里"
        rows += [(_HELD, unit.code, unit.name, "", reason) for unit in takeover.units]
    return rows


def _remark(receipt: Receipt, parents: Mapping[str, Takeover]) -> str:
    """What is to know of a file that went in: that it did not pass, what it stands for, whose it is."""
    parts = []
    if receipt.file in parents:
        parts.append(takeover_reason(parents[receipt.file]).zh)
    if receipt.marked is not None:
        reason = receipt.marked.zh
        parts.insert(0, reason if reason.startswith(INVALID) else f"{INVALID}：{reason}")
    if receipt.note is not None:
        parts.append(receipt.note.zh)
    return "；".join(parts)


def _row(receipt: Receipt, folder: Path, parents: Mapping[str, Takeover]) -> _Row:
    if receipt.reason is not None:
        state, reason = _OUT, receipt.reason.zh
    else:
        state, reason = _PARENT if receipt.file in parents else _IN, _remark(receipt, parents)
    return (state, receipt.code, receipt.name, recorded_path(receipt.file, folder), reason)
