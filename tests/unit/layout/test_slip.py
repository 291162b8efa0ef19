"""The return slip as a plan: what is kept, what is marked, what is mended, what is listed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.support.cases import Case, all_cases
from tests.support.workbooks import (
    FORM_2019,
    FORM_2021,
    FORMS,
    UNIT,
    form_id,
    save,
    sheet_of,
    submission_of,
    texts_of,
)
from xltools.checking.check import check_submission, in_order
from xltools.checking.reissue import after_reissue
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.values import ErrorValue, Value
from xltools.layout.places import places
from xltools.layout.plan import PlannedCell, WorkbookPlan
from xltools.layout.styles import STYLES, Emphasis, Style
from xltools.layout.workbook import plan_workbook
from xltools.matching.match import match
from xltools.model.form import PERIOD, Form
from xltools.model.form import UNIT as UNIT_CELL
from xltools.model.sheet_names import COVER_SHEET, IDENTITY_SHEET, PROBLEMS_SHEET, RESERVED_SHEETS
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit
from xltools.reading.workbooks.workbook import read_workbook
from xltools.reporting.return_slip import slip_plan
from xltools.writing.workbook import render_workbook

T3 = "t3.new.natural"
HEADINGS = ["序号", "问题", "位置", "项目", "现在是", "应为", "怎么改", "性质", "编号"]


def checked(submission: Submission, *more: Finding) -> CheckedFile:
    whole, found = check_submission(submission)
    return CheckedFile("单位.xlsx", "0", whole, in_order(whole.form, (*more, *found)))


def read_back(file: CheckedFile, path: Path) -> CheckedFile:
    """The slip of a file, written, read and checked."""
    path.write_bytes(render_workbook(slip_plan(file)))
    assert file.submission is not None
    return read(path, file.submission.form)


def read(path: Path, form: Form) -> CheckedFile:
    matched = match(read_workbook(path), {form.id: form}.get)
    assert matched.submission is not None
    return checked(matched.submission, *matched.findings)


def cell_of(plan: WorkbookPlan, form: Form, cell_id: str) -> PlannedCell:
    place = places(form).cells[cell_id]
    return next(
        c for c in sheet_of(plan, place.sheet).cells if (c.row, c.column) == (place.row, place.column)
    )


def listed(plan: WorkbookPlan) -> list[list[Value]]:
    rows: dict[int, list[Value]] = {}
    for cell in sheet_of(plan, PROBLEMS_SHEET).cells:
        if cell.row > 2:
            rows.setdefault(cell.row, []).append(cell.value)
    return list(rows.values())


def typed_texts(form: Form) -> dict[str, Value]:
    typed: tuple[Value, ...] = (
        "约12",
        "=cmd|' /C calc'!A0",
        "@A1",
        ErrorValue("#DIV/0!"),
        True,
        -3,
        2.5,
    )
    return dict(zip((cell.id for cell in form.inputs), typed, strict=False))


def bad_submission(form: Form, **more: object) -> Submission:
    """Texts, errors, blanks, wrong sums, explanations and last period's figures."""
    inputs = [cell.id for cell in form.inputs]
    values = {**typed_texts(form), inputs[-1]: None, inputs[-2]: 7, inputs[len(inputs) // 2]: 12}
    last = {id_: 3 for instance in form.instances for id_ in instance.previous}
    explain = {i.key: Explanation("已核实", 1, "约2") for i in form.instances if i.rule.severity == "explain"}
    return submission_of(form, values, previous=last, explanations=explain, **more)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_it_gives_the_same_findings_again(form: Form, tmp_path: Path) -> None:
    before = checked(bad_submission(form))
    after = read_back(before, tmp_path / "a.xlsx")
    assert before.findings
    assert after.findings == before.findings


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.form} {case.name}")
def test_every_case_of_the_forms(case: Case, tmp_path: Path) -> None:
    """What the slip says will be found in it is what is found in it."""
    form = case.submission.form
    before = read(save(replace(case.submission, texts=texts_of(form)), tmp_path / "a.xlsx"), form)
    # A text that was read as a number is that number in the slip, with the note beside it.
    expected = tuple(f for f in after_reissue(before).standing if f.code != "TEXT-CONVERTED")
    if before.findings:
        assert read_back(before, tmp_path / "b.xlsx").findings == expected


@pytest.mark.parametrize("form", FORMS, ids=form_id)
@pytest.mark.parametrize("zero", [True, False], ids=["zero report", "empty"])
def test_blanks_and_zero_reports(form: Form, zero: bool, tmp_path: Path) -> None:  # noqa: FBT001
    values: dict[str, Value] = dict.fromkeys(cell.id for cell in form.inputs)
    if zero:
        values[form.inputs[0].id] = 5
    before = checked(submission_of(form, values, texts={}, zero_report=zero))
    after = read_back(before, tmp_path / "a.xlsx")
    assert before.findings
    assert after.findings == before.findings


def test_everything_else_is_kept(tmp_path: Path) -> None:
    before = checked(bad_submission(FORM_2021)).submission
    assert before is not None
    after = read_back(checked(before), tmp_path / "a.xlsx").submission
    assert after is not None
    assert (after.unit, after.period, after.zero_report) == (before.unit, before.period, before.zero_report)
    assert after.values == before.values
    assert after.previous == before.previous
    open_keys = {i.key for i in FORM_2021.instances if i.rule.severity == "explain"}
    assert after.explanations == {k: v for k, v in before.explanations.items() if k in open_keys}
    assert {k: v for k, v in after.texts.items() if k in before.texts} == before.texts


def test_sheets_and_list() -> None:
    plan = slip_plan(checked(submission_of(FORM_2021, {T3: 12, "t3.granted.business": "约12"})))
    assert [sheet.name for sheet in plan.sheets][:2] == [COVER_SHEET, PROBLEMS_SHEET]
    assert PROBLEMS_SHEET in RESERVED_SHEETS
    problems = sheet_of(plan, PROBLEMS_SHEET)
    assert [c.value for c in problems.cells if c.row == 2] == HEADINGS
    assert problems.freeze == (3, 0)
    assert problems.print_setup is not None
    assert (problems.print_setup.orientation, problems.print_setup.repeat) == ("landscape", (2, 2))
    first = listed(plan)[0]
    assert first[:3] == [1, "第一项加第二项之和，应等于第三项（七）总计加第四项之和", "三!D5"]
    assert first[4:6] == ["左边 12", 0]
    links = [c.link for c in problems.cells if c.link]
    assert links[0] == "'三'!D5"
    cover = sheet_of(plan, COVER_SHEET)
    assert any(c.link == f"'{PROBLEMS_SHEET}'!A1" for c in cover.cells)


def test_errors_come_first() -> None:
    plan = slip_plan(checked(replace(bad_submission(FORM_2021), texts={})))
    kinds = [str(row[7]) for row in listed(plan)]
    order = ["错误性", "核实性", "核实性（已说明）", "提示性", "已恢复"]
    assert kinds == sorted(kinds, key=order.index)
    assert {"错误性", "核实性", "提示性"} <= set(kinds)


def test_marks_are_more_than_colour() -> None:
    plan = slip_plan(checked(submission_of(FORM_2021, {T3: 12, "t3.granted.business": "约12"}, texts={})))
    cell = cell_of(plan, FORM_2021, "t3.granted.business")
    assert cell.emphasis is Emphasis.ACT
    assert cell.value == "约12"
    assert cell.comment is not None
    assert cell.comment.startswith(
        "【须改正】应填数字，实际是文字“约12”。\n现在是 “约12”\n怎么改：请改成数字"
    )
    note = cell_of(plan, FORM_2021, FORM_2021.cover[0].id)
    assert note.emphasis is Emphasis.NOTICE
    untouched = cell_of(plan, FORM_2021, "t3.granted.research")
    assert (untouched.emphasis, untouched.comment) == (None, None)


def test_every_blank_cell_is_framed() -> None:
    row = [cell.id for cell in FORM_2021.inputs if cell.id.startswith("t3.new.")]
    plan = slip_plan(checked(submission_of(FORM_2021, dict.fromkeys(row))))
    cells = [cell_of(plan, FORM_2021, id_) for id_ in row]
    assert {cell.emphasis for cell in cells} == {Emphasis.ACT}
    assert [cell.comment is not None for cell in cells] == [True] + [False] * (len(row) - 1)


def test_live_highlights_leave_the_frames_alone() -> None:
    plan = slip_plan(checked(submission_of(FORM_2021, {T3: 12})))
    styles = {h.style for sheet in plan.sheets for h in sheet.highlights}
    assert Style.FAIL not in styles
    assert not any(name.startswith("border") for name in STYLES[Style.FAIL_UNFRAMED])


def test_a_typed_total_comes_back_as_a_formula(tmp_path: Path) -> None:
    total = "t3.new.total"
    submission = submission_of(
        FORM_2021, {T3: 9, "t3.granted.natural": 9, total: 5}, typed_totals=frozenset({total})
    )
    before = checked(submission)
    assert "T3-TOTAL" in {f.code for f in before.findings}
    plan = slip_plan(before)
    cell = cell_of(plan, FORM_2021, total)
    assert cell.formula is not None
    assert (cell.value, cell.emphasis) == (9, Emphasis.NOTICE)
    (row,) = [row for row in listed(plan) if row[8] == "T3-TOTAL"]
    assert (row[4], row[5], row[7]) == (5, 9, "已恢复")
    assert "公式已在本表恢复" in str(row[6])
    assert read_back(before, tmp_path / "a.xlsx").findings == ()


def test_what_a_typed_total_hid_is_listed(tmp_path: Path) -> None:
    # The typed totals hide that new and granted do not balance.
    totals = {"t3.new.total": 4, "t3.granted.total": 4, "t3.handled.total": 4}
    submission = submission_of(FORM_2021, {T3: 3, **totals}, typed_totals=frozenset(totals))
    before = checked(submission)
    after = read_back(before, tmp_path / "a.xlsx")
    assert after.findings == after_reissue(before).standing
    assert ("T3-BALANCE", "t3.new.total") in {(f.code, f.place.id) for f in after.findings}


def test_findings_about_the_file_are_mended() -> None:
    more = (
        finding("PROTECTION-REMOVED", sheets="二"),
        finding("LABEL-CHANGED", CellRef("三", "A5", label="一、本年"), actual="改", expected="一、本年"),
        finding("SHEET-MISSING", CellRef("五"), sheet="五"),
    )
    again = after_reissue(checked(submission_of(FORM_2021, {T3: 12}), *more))
    assert {f.code for f in again.mended} == {"PROTECTION-REMOVED", "LABEL-CHANGED", "SHEET-MISSING"}
    assert {f.code for f in again.standing} == {"T3-BALANCE"}


def test_a_mended_finding_marks_no_cell_of_another_layout() -> None:
    found = finding("TABLE-MOVED", CellRef("三", "D5"), count=9)
    plan = slip_plan(checked(submission_of(FORM_2021), found))
    assert cell_of(plan, FORM_2021, T3).comment is None
    assert [row[2] for row in listed(plan)] == ["三"]


def test_a_converted_text_is_the_figure_it_was_read_as(tmp_path: Path) -> None:
    found = finding(
        "TEXT-CONVERTED",
        CellRef("三", "D5", T3, "自然人"),
        actual="１２",
        expected=12,
        cells=(T3,),
        text="１２",
        figure=12,
        how_zh="全角数字",
        how_en="full-width digits",
    )
    before = checked(submission_of(FORM_2021, {T3: 12, "t3.granted.natural": 12}), found)
    plan = slip_plan(before)
    cell = cell_of(plan, FORM_2021, T3)
    assert (cell.value, cell.emphasis) == (12, Emphasis.NOTICE)
    assert cell.comment is not None
    assert "“１２”按 12 读取" in cell.comment
    assert [row[7] for row in listed(plan)] == ["提示性"]
    assert read_back(before, tmp_path / "a.xlsx").findings == ()


def test_a_prefilled_cell_in_question_is_open() -> None:
    last = {id_: 3 for instance in FORM_2021.instances for id_ in instance.previous}
    submission = submission_of(FORM_2021, {"t3.carried_in.natural": 4}, previous=last)
    plan = slip_plan(checked(submission))
    cell = cell_of(plan, FORM_2021, "t3.carried_in.natural")
    assert cell.value == 4
    assert STYLES[cell.style].get("locked") is False
    alone = plan_workbook(submission)
    assert cell_of(alone, FORM_2021, "t3.carried_in.natural").style is Style.FIXED


def test_an_altered_cover_stays_in_question(tmp_path: Path) -> None:
    """Somebody used another unit's workbook: the slip must not turn that into a true one."""
    source = tmp_path / "a.xlsx"
    source.write_bytes(render_workbook(plan_workbook(submission_of(FORM_2021))))
    book = openpyxl.load_workbook(source)
    place = places(FORM_2021).cells[UNIT_CELL]
    book[place.sheet][place.a1].value = "别的局"
    book.save(source)
    matched = match(read_workbook(source), {FORM_2021.id: FORM_2021}.get)
    assert matched.submission is not None
    before = checked(matched.submission, *matched.findings)
    cell = cell_of(slip_plan(before), FORM_2021, UNIT_CELL)
    assert (cell.value, cell.style, cell.emphasis) == ("别的局", Style.INPUT_FIELD, Emphasis.ACT)
    after = read_back(before, tmp_path / "b.xlsx")
    assert [f.code for f in after.findings] == ["IDENTITY-CHANGED"]
    assert after.submission is not None
    assert after.submission.unit == UNIT


def test_an_altered_identity_stays_in_question(tmp_path: Path) -> None:
    before = checked(submission_of(FORM_2021), finding("IDENTITY-CHANGED", what_zh="标识", what_en="it"))
    plan = slip_plan(before)
    values = {c.row: c.value for c in sheet_of(plan, IDENTITY_SHEET).cells if c.column == 0}
    row = next(row for row, key in values.items() if key == "fingerprint")
    assert [c.value for c in sheet_of(plan, IDENTITY_SHEET).cells if (c.row, c.column) == (row, 1)] == [None]
    assert [f.code for f in read_back(before, tmp_path / "a.xlsx").findings] == ["IDENTITY-CHANGED"]


def test_an_open_workbook_stays_open(tmp_path: Path) -> None:
    submission = replace(submission_of(FORM_2021), period=None, unit=Unit(""))
    submission = replace(submission, texts={**submission.texts, PERIOD: "二〇二五"})
    more = (
        finding("UNIT-BLANK", CellRef(id=UNIT_CELL)),
        finding("PERIOD-BLANK", CellRef(id=PERIOD), actual="二〇二五"),
    )
    plan = slip_plan(checked(submission, *more))
    for id_ in (UNIT_CELL, PERIOD):
        cell = cell_of(plan, FORM_2021, id_)
        assert STYLES[cell.style].get("locked") is False
        assert cell.emphasis is Emphasis.ACT
    assert cell_of(plan, FORM_2021, PERIOD).value == "二〇二五"
    codes = {f.code for f in read_back(checked(submission, *more), tmp_path / "a.xlsx").findings}
    assert {"UNIT-BLANK", "PERIOD-BLANK"} <= codes


def test_a_date_read_as_a_number_is_a_date_again(tmp_path: Path) -> None:
    date = next(field.id for field in FORM_2021.cover if field.type == "date")
    texts = dict(submission_of(FORM_2021).texts) | {date: "46037"}
    before = checked(submission_of(FORM_2021, {T3: 12}, texts=texts))
    cell = cell_of(slip_plan(before), FORM_2021, date)
    assert (cell.value, cell.style) == (46037, Style.INPUT_DATE)
    after = read_back(before, tmp_path / "a.xlsx").submission
    assert after is not None
    assert after.texts[date] == "46037"


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
def test_comments_stand_at_their_cells(form: Form, tmp_path: Path) -> None:
    file = checked(bad_submission(form))
    path = tmp_path / "a.xlsx"
    path.write_bytes(render_workbook(slip_plan(file)))
    book = openpyxl.load_workbook(path)
    expected: dict[tuple[str, str], list[str]] = {}
    for found in file.findings:
        assert found.place.sheet is not None
        assert found.place.cell is not None
        expected.setdefault((found.place.sheet, found.place.cell), []).append(found.message.zh)
    commented = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert commented.keys() == expected.keys()
    for at, messages in expected.items():
        assert all(message in commented[at] for message in messages)
    assert all(sheet.protection.sheet for sheet in book.worksheets)


def test_the_same_bytes_twice() -> None:
    file = checked(bad_submission(FORM_2021))
    assert render_workbook(slip_plan(file)) == render_workbook(slip_plan(file))


def test_texts_are_never_formulas() -> None:
    file = checked(bad_submission(FORM_2021, unit=Unit("=1+1", "@SUM(A1)", "县级部门")))
    data = render_workbook(slip_plan(file))
    book = openpyxl.load_workbook(io.BytesIO(data))
    dangerous = {"=1+1", "@SUM(A1)", "=cmd|' /C calc'!A0"}
    seen = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in dangerous:
                    seen.add(cell.value)
                    assert cell.data_type == "s"
    assert seen == dangerous
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        formulas = "".join(
            package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/s")
        )
    assert "<f>cmd" not in formulas


def test_a_text_as_long_as_a_cell_holds(tmp_path: Path) -> None:
    long = "长" * 32_767
    before = checked(submission_of(FORM_2021, {T3: long}))
    after = read_back(before, tmp_path / "a.xlsx")
    assert after.submission is not None
    assert after.submission.values[T3] == long


def test_no_submission_no_slip() -> None:
    with pytest.raises(ValueError, match="no submission"):
        slip_plan(CheckedFile("a.xlsx", None, None, ()))
