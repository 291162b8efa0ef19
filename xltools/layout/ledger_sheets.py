"""The extra sheets of a summary: every unit's figures (分单位明细) and what came in (报送情况)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from xltools.excel.a1 import absolute_range, quote_sheet
from xltools.excel.values import total
from xltools.layout.places import Places
from xltools.layout.plan import Highlight, PlannedCell, PrintSetup, SheetPlan
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height
from xltools.model.form import Form, in_words
from xltools.model.sheet_names import LEDGER_SHEET, RECEIPTS_SHEET
from xltools.model.summary import Summary

LEDGER_ID_ROW = 2
LEDGER_TOTAL_ROW = 3
LEDGER_HEADER_ROW = 4
LEDGER_FIRST_ROW = 5
LEDGER_FIRST_COLUMN = 4
"""Columns before it: code, name, file, SHA-256 of the file."""
_HEADERS = ("单位编码", "单位名称", "文件", "SHA-256")
_TAB_COLOUR = "#595959"
_RECEIPT_WIDTHS = (10.0, 16.0, 30.0, 44.0, 56.0)


def ledger_columns(form: Form) -> dict[str, int]:
    """The column of 分单位明细 for every figure of the form."""
    return {cell.id: LEDGER_FIRST_COLUMN + number for number, cell in enumerate(form.figures)}


def ledger_range(form: Form, cell_id: str, units: int) -> tuple[int, int, int, int]:
    """Where the figures of one cell stand (top, left, bottom, right)."""
    column = ledger_columns(form)[cell_id]
    return LEDGER_FIRST_ROW, column, LEDGER_FIRST_ROW + units - 1, column


def ledger_formulas(form: Form, units: int) -> dict[str, str]:
    """The formula of every input of a summary: the sum of its column of 分单位明细."""
    sheet = quote_sheet(LEDGER_SHEET)
    return {
        cell.id: f"SUM({sheet}!{absolute_range(*ledger_range(form, cell.id, units))})" for cell in form.inputs
    }


def ledger_sheet(summary: Summary, places: Places) -> SheetPlan:
    """The plan of 分单位明细: a row a unit, a column a figure, filters on."""
    form = summary.submission.form
    columns = ledger_columns(form)
    last_column = LEDGER_FIRST_COLUMN + len(columns) - 1
    last_row = LEDGER_FIRST_ROW + len(summary.members) - 1
    cells = [
        PlannedCell(0, 0, Style.TITLE_LEFT, "分单位明细", columns=LEDGER_FIRST_COLUMN),
        PlannedCell(1, 0, Style.NOTE, _coverage(summary), columns=LEDGER_FIRST_COLUMN),
        PlannedCell(LEDGER_TOTAL_ROW, 0, Style.TOTAL, "合计", columns=LEDGER_FIRST_COLUMN),
    ]
    cells += [PlannedCell(LEDGER_HEADER_ROW, c, Style.HEAD, header) for c, header in enumerate(_HEADERS)]
    for cell in form.figures:
        column = columns[cell.id]
        place = places.cells[cell.id]
        area = absolute_range(*ledger_range(form, cell.id, len(summary.members)))
        figures = [member.values.get(cell.id) for member in summary.members]
        cells += [
            PlannedCell(LEDGER_ID_ROW, column, Style.LINK, place.a1, link=place.link),
            PlannedCell(LEDGER_HEADER_ROW, column, Style.HEAD, in_words(place.sheet, cell.label)),
            PlannedCell(LEDGER_TOTAL_ROW, column, Style.TOTAL, total(figures), f"SUM({area})"),
        ]
        cells += [
            PlannedCell(LEDGER_FIRST_ROW + number, column, Style.FIGURE, figure)
            for number, figure in enumerate(figures)
        ]
    shorten = _shortener(member.source.file for member in summary.members if member.source)
    for number, member in enumerate(summary.members):
        source = member.source
        file, digest = (shorten(source.file), source.sha256) if source else ("", "")
        facts = (member.unit.code, member.unit.name, file, digest)
        for column, fact in enumerate(facts):
            cells.append(PlannedCell(LEDGER_FIRST_ROW + number, column, Style.CODE, fact))
    return SheetPlan(
        name=LEDGER_SHEET,
        cells=tuple(cells),
        print_setup=PrintSetup(
            (LEDGER_TOTAL_ROW, 0, last_row, last_column),
            "landscape",
            repeat=(LEDGER_TOTAL_ROW, LEDGER_HEADER_ROW),
            repeat_columns=(1, 1),
        ),
        widths={0: 14.0, 1: 26.0, 2: 26.0, 3: 12.0} | dict.fromkeys(columns.values(), 12.0),
        heights={0: 26.0, LEDGER_HEADER_ROW: 130.0},
        freeze=(LEDGER_FIRST_ROW, 2),
        tab_colour=_TAB_COLOUR,
        filter_area=(LEDGER_HEADER_ROW, 0, last_row, last_column),
    )


def receipts_sheet(summary: Summary) -> SheetPlan:
    """The plan of 报送情况: what went in, what did not and why, and who has not reported."""
    cells = [
        PlannedCell(0, 0, Style.TITLE_LEFT, "报送情况", columns=5),
        PlannedCell(1, 0, Style.ALERT, _coverage(summary), columns=5),
    ]
    for column, header in enumerate(("结果", "单位编码", "单位名称", "文件", "原因")):
        cells.append(PlannedCell(3, column, Style.HEAD, header))
    intake = summary.intake
    shorten = _shortener(receipt.file for receipt in intake.receipts)
    rows = [("未汇总", r.code, r.name, shorten(r.file), r.reason.zh) for r in intake.receipts if r.reason]
    rows += [("未报送", u.code, u.name, "", "名录中有此单位，没有收到它的文件") for u in intake.missing]
    rows += [("已汇总", r.code, r.name, shorten(r.file), "") for r in intake.receipts if not r.reason]
    heights = {0: 26.0, 1: 24.0}
    for number, row in enumerate(rows, 4):
        heights[number] = max(
            needed_height(text, width) for text, width in zip(row, _RECEIPT_WIDTHS, strict=True)
        )
        for column, text in enumerate(row):
            cells.append(PlannedCell(number, column, Style.STATE if column == 0 else Style.LABEL, text))
    last = 3 + len(rows)
    states = f"A5:A{last + 1}"
    return SheetPlan(
        name=RECEIPTS_SHEET,
        cells=tuple(cells),
        print_setup=PrintSetup((0, 0, last, 4), "landscape", (3, 3)),
        widths=dict(enumerate(_RECEIPT_WIDTHS)),
        heights=heights,
        freeze=(4, 0),
        highlights=(
            Highlight(states, '$A5="未汇总"', Style.FAIL),
            Highlight(states, '$A5="未报送"', Style.WARN),
        ),
        tab_colour=_TAB_COLOUR,
    )


def _shortener(files: Iterable[str]) -> Callable[[str], str]:
    """Names of files below the folder they have in common: what people can still read."""
    folders = {Path(file).parent for file in files}
    root = (
        Path(os.path.commonpath(folders))
        if folders and len({f.is_absolute() for f in folders}) == 1
        else None
    )

    def shorten(file: str) -> str:
        path = Path(file)
        return str(path.relative_to(root)) if root is not None and path.is_relative_to(root) else file

    return shorten


def _coverage(summary: Summary) -> str:
    """How much of what is due the totals cover, so that a partial total cannot pass for a whole one."""
    out = len(summary.intake.excluded)
    count = summary.counted
    whole = f"含 {count} 个单位" if summary.intake.due is None else f"含 {count}/{summary.intake.due} 单位"
    return whole + (f"；另有 {out} 个文件未汇总" if out else "")
