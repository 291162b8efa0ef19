"""Rows written as they are: every kind of value, in the cell it belongs to."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from xltools.excel.values import ErrorValue, Value
from xltools.layout.plan import PlannedCell, RowBlock, SheetPlan, WorkbookPlan
from xltools.layout.styles import Style
from xltools.writing.strict import WritingError
from xltools.writing.workbook import render_workbook

ROWS: tuple[tuple[Value, ...], ...] = (
    (1, 0.1, "甲 <局> & “乙”", True, None),
    (-5, 1e22, " 空格 ", False, ""),
    (999_999_999_999_999, 0.30000000000000004, "=1+1", ErrorValue("#DIV/0!"), "甲 <局> & “乙”"),
)


def plan(block: RowBlock) -> WorkbookPlan:
    sheet = SheetPlan("明细", (PlannedCell(0, 0, Style.HEAD, "甲 <局> & “乙”"),), None, block=block)
    return WorkbookPlan("t", "s", (sheet,), {})


BLOCK = RowBlock(2, (Style.FIGURE,) * 4 + (Style.CODE,), ROWS)


def test_openpyxl_reads_every_value_where_it_belongs() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(plan(BLOCK))))
    sheet = book["明细"]
    assert sheet.dimensions == "A1:E5"
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert found == [
        [1, 0.1, "甲 <局> & “乙”", True, None],
        [-5, 1e22, " 空格 ", False, None],
        [999_999_999_999_999, 0.30000000000000004, "=1+1", "#DIV/0!", "甲 <局> & “乙”"],
    ]
    assert sheet["A1"].value == "甲 <局> & “乙”"
    assert sheet["C5"].data_type == "s"
    assert sheet["A3"].number_format == sheet["D5"].number_format
    assert sheet["E3"].font.sz == 9
    assert sheet["E3"].protection.locked


def test_the_same_rows_give_the_same_bytes() -> None:
    assert render_workbook(plan(BLOCK)) == render_workbook(plan(BLOCK))


def test_what_is_no_number_or_beyond_the_sheet_is_refused() -> None:
    for wrong in (float("nan"), float("inf")):
        with pytest.raises(WritingError, match="no number"):
            render_workbook(plan(replace(BLOCK, rows=((wrong, 1, 1, 1, 1),))))
    with pytest.raises(WritingError, match="do not fit"):
        render_workbook(plan(replace(BLOCK, first_row=1_048_575)))


def test_a_title_of_two_lines_is_rich_and_a_text_that_looks_so_is_not() -> None:
    markup = "<r><t>x</t></r>"
    cells = (
        PlannedCell(0, 0, Style.TITLE_LINED, "一、<表> & 题", subtitle="含 2/3 单位"),
        PlannedCell(1, 0, Style.LABEL, markup),
    )
    sheet = SheetPlan("表", cells, None)
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(WorkbookPlan("t", "s", (sheet,), {}))))
    assert book["表"]["A1"].value == "一、<表> & 题\n含 2/3 单位"
    assert book["表"]["A2"].value == markup
