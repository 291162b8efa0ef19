"""The official tables stand where the official forms have them; locks, names and cached results."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.cases import all_cases
from tests.support.formulas import open_spots
from tests.support.workbooks import FORM_2019, FORM_2021, FORMS, MONTHLY, form_id, sheet_of, submission_of
from xltools.excel.a1 import parse_cell, range_name
from xltools.excel.limits import (
    MAX_CELL_TEXT,
    MAX_INPUT_MESSAGE,
    MAX_INPUT_TITLE,
    MAX_LIST_SOURCE,
    MAX_SHEET_NAME,
)
from xltools.layout.audit_sheet import audit_lines, open_points
from xltools.layout.places import AUDIT_DIFFERENCE, AUDIT_LEFT, AUDIT_RIGHT, places
from xltools.layout.plan import PlannedCell, SheetPlan, WorkbookPlan
from xltools.layout.styles import STYLES, Style
from xltools.layout.workbook import plan_workbook
from xltools.model.form import CODE, LEVEL, PERIOD, UNIT, Form
from xltools.model.outcomes import with_totals
from xltools.model.sheet_names import AUDIT_SHEET, COVER_SHEET, IDENTITY_SHEET
from xltools.model.submission import Submission
from xltools.model.unit import Unit


def cells_of(sheet: SheetPlan) -> dict[str, PlannedCell]:
    cells = {cell.a1: cell for cell in sheet.cells}
    assert len(cells) == len(sheet.cells), "a cell is planned twice"
    return cells


def merges(sheet: SheetPlan) -> dict[str, object]:
    return {
        range_name(c.row, c.column, c.row + c.rows - 1, c.column + c.columns - 1): c.value
        for c in sheet.cells
        if c.rows > 1 or c.columns > 1
    }


def issued(form: Form) -> WorkbookPlan:
    return plan_workbook(replace(submission_of(form), values={}, texts={}))


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
def test_table_three_stands_in_the_official_layout(form: Form) -> None:
    where = places(form).cells
    assert where["t3.new.natural"].link == "'三'!D5"
    assert where["t3.new.total"].link == "'三'!J5"
    merged = merges(sheet_of(issued(form), "三"))
    assert merged["A2:C4"] == next(t.corner for t in form.tables if t.id == "t3")
    assert "第一项加第二项之和，等于第三项加第四项之和" in str(merged["A2:C4"])
    assert merged["A1:J1"] == "三、收到和处理政府信息公开申请情况"
    assert merged["D2:J2"] == "申请人情况"
    assert merged["D3:D4"] == "自然人"
    assert merged["E3:I3"] == "法人或其他组织"
    assert merged["J3:J4"] == "总计"
    assert merged["A5:C5"] == "一、本年新收政府信息公开申请数量"
    assert merged["A6:C6"] == "二、上年结转政府信息公开申请数量"
    assert "三、本年度办理结果" in merged.values()
    assert merged["B7:C7"] == "（一）予以公开"
    assert merged["B9:B16"] == "（三）不予公开"


def test_table_four_is_one_row_of_fifteen_figures_under_three_headings() -> None:
    plan = issued(FORM_2021)
    merged = merges(sheet_of(plan, "四"))
    assert merged["A2:E2"] == "行政复议"
    assert merged["F2:O2"] == "行政诉讼"
    assert merged["K3:O3"] == "复议后起诉"
    where = places(FORM_2021)
    assert {p.row for id_, p in where.cells.items() if id_.startswith("t4.")} == {4}
    assert [where.cells[f"t4.cases.{c}_total"].a1 for c in ("review", "direct", "after")] == [
        "E5",
        "J5",
        "O5",
    ]
    assert sheet_of(plan, "四").print_setup.orientation == "landscape"  # type: ignore[union-attr]


def test_the_monthly_form_shows_unit_and_code_beside_each_label() -> None:
    cells = cells_of(sheet_of(issued(MONTHLY), "报表"))
    where = places(MONTHLY).cells["m.r05.current"]
    left = [cells.get(f"{letter}{where.row + 1}") for letter in "ABCDEFG"]
    shown = [cell.value for cell in left if cell is not None and cell.column < where.column]
    assert shown[-3:] == ["网站专栏页面访问量", "人次", "05"]


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_sheets_follow_the_form(form: Form) -> None:
    names = [sheet.name for sheet in issued(form).sheets]
    assert names == [COVER_SHEET, "填报说明", *(s.sheet for s in form.sections), AUDIT_SHEET, IDENTITY_SHEET]
    assert [sheet.name for sheet in issued(form).sheets if sheet.hidden] == [IDENTITY_SHEET]


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_inputs_are_open_and_everything_else_is_locked(form: Form) -> None:
    plan = issued(form)
    where = places(form).cells
    identity = {UNIT, CODE, PERIOD, LEVEL}
    expected = {
        (where[id_].sheet, where[id_].row, where[id_].column)
        for id_, cell in form.cells.items()
        if cell.kind != "total" and id_ not in identity
    }
    for sheet in plan.sheets:
        upper_left = {
            (sheet.name, cell.row, cell.column)
            for cell in sheet.cells
            if STYLES[cell.style].get("locked") is False
        }
        if sheet.name == AUDIT_SHEET:
            explain = {places(form).audit[i.key] for i in form.instances if i.rule.severity == "explain"}
            assert {(row, column) for _, row, column in upper_left} == {
                (r, c) for r in explain for c in (8, 9, 10)
            }
        elif sheet.name == "填报说明":
            legend = {cell.value for cell in sheet.cells if STYLES[cell.style].get("locked") is False}
            assert legend <= {"123"}
        else:
            assert upper_left == {spot for spot in expected if spot[0] == sheet.name}, sheet.name


def test_what_is_not_known_when_issuing_stays_open_on_the_cover() -> None:
    plan = plan_workbook(Submission(FORM_2021, None, Unit(""), {}))
    where = places(FORM_2021).cells
    open_ = open_spots(sheet_of(plan, COVER_SHEET))
    assert {(COVER_SHEET, where[id_].row, where[id_].column) for id_ in (UNIT, CODE, PERIOD, LEVEL)} <= open_


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_cell_to_fill_has_a_name_equal_to_its_id(form: Form) -> None:
    names = issued(form).names
    assert set(names) == {id_ for id_, cell in form.cells.items() if cell.kind != "total"}
    assert all(names[id_] == places(form).cells[id_].absolute for id_ in names)
    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_blocks_of_cells_do_not_overlap(form: Form) -> None:
    for sheet in issued(form).sheets:
        taken: set[tuple[int, int]] = set()
        for cell in sheet.cells:
            block = {(cell.row + r, cell.column + c) for r in range(cell.rows) for c in range(cell.columns)}
            assert not taken & block, (sheet.name, cell.a1)
            taken |= block


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_input_says_what_to_fill_in(form: Form) -> None:
    for sheet in issued(form).sheets:
        if sheet.name in (AUDIT_SHEET, "填报说明"):
            continue
        prompted: set[tuple[int, int]] = set()
        for validation in sheet.validations:
            first, _, last = validation.cells.partition(":")
            (top, left), (bottom, right) = parse_cell(first), parse_cell(last or first)
            prompted |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            assert validation.title
            assert validation.prompt
        starts = {(c.row, c.column) for c in sheet.cells if STYLES[c.style].get("locked") is False}
        assert starts <= prompted, sheet.name


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_texts_keep_to_the_limits_of_the_suites(form: Form) -> None:
    for sheet in issued(form).sheets:
        assert len(sheet.name) <= MAX_SHEET_NAME
        for cell in sheet.cells:
            assert not isinstance(cell.value, str) or len(cell.value) <= MAX_CELL_TEXT
        for validation in sheet.validations:
            assert len(validation.title) <= MAX_INPUT_TITLE
            assert len(validation.prompt) <= MAX_INPUT_MESSAGE
            assert len(",".join(validation.choices)) <= MAX_LIST_SOURCE


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.form}: {case.name}")
def test_cached_results_are_the_true_ones(case: object) -> None:
    submission: Submission = case.submission  # type: ignore[attr-defined]
    form = submission.form
    plan = plan_workbook(submission)
    complete = replace(submission, values=with_totals(submission))
    for cell in form.totals:
        place = places(form).cells[cell.id]
        planned = cells_of(sheet_of(plan, place.sheet))[place.a1]
        assert (planned.value or None) == (complete.values[cell.id] or None), cell.id
        assert (planned.formula is None) == (cell.id in submission.typed_totals), cell.id
    lines = audit_lines(complete)
    audit = {(cell.row, cell.column): cell for cell in sheet_of(plan, AUDIT_SHEET).cells}
    for line in lines:
        row = places(form).audit[line.key]
        assert audit[row, 0].value == str(line.state)
        assert audit[row, AUDIT_LEFT].value == ("" if line.left is None else line.left)
        assert audit[row, AUDIT_RIGHT].value == ("" if line.right is None else line.right)
        assert audit[row, AUDIT_DIFFERENCE].formula is not None
    assert audit[1, 1].value == open_points(lines)
    cover = [cell.value for cell in sheet_of(plan, COVER_SHEET).cells if cell.formula is not None]
    assert cover == [open_points(lines)]


def test_last_years_figure_is_filled_in_and_locked() -> None:
    submission = replace(submission_of(FORM_2021), values={}, previous={"t3.carried_out.natural": 3})
    cells = cells_of(sheet_of(plan_workbook(submission), "三"))
    assert (cells["D6"].value, cells["D6"].style) == (3, Style.FIXED)
    assert (cells["E6"].value, cells["E6"].style) == (None, Style.INPUT)
