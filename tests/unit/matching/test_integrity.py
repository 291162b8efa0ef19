"""Cells moved, typed over, hidden, locked, in another unit or of another year: said, never swallowed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import copy
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import xltools
from tests.hostile.base import packed, unpacked
from tests.hostile.corpus_returns import with_cell
from tests.support.workbooks import save, submission_of
from tests.unit.matching.retyped import Typist
from tests.unit.matching.retyped import numbered as numbered_values
from xltools.checking.result import CheckedFile
from xltools.definition.library import load_form
from xltools.diagnostics.findings import Finding, Severity, Status
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

FORM = load_form("zfxxgk-2021")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    values = {cell.id: 0 for cell in FORM.inputs}
    submission = Submission(FORM, Period(2025), Unit("云山县教育局", "990131002", "县级部门"), values)
    return xltools.write(submission, tmp_path / "教育局.xlsx")


def _edit(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def test_an_untouched_workbook_shows_no_traces(filled: Path) -> None:
    (checked,) = xltools.check([filled])
    assert not {"CELL-MOVED", "ROWS-HIDDEN"} & {found.code for found in checked.findings}


def test_a_cut_cell_is_named_with_where_it_went(filled: Path) -> None:
    book = _edit(filled)
    book["三"]["P9"] = book["三"]["D5"].value
    book["三"]["D5"] = None
    book.defined_names["t3.new.natural"].attr_text = "'三'!$P$9"
    book.save(filled)
    (checked,) = xltools.check([filled])
    (moved,) = [found for found in checked.findings if found.code == "CELL-MOVED"]
    assert (moved.place.sheet, moved.place.cell, moved.place.id) == ("三", "D5", "t3.new.natural")
    assert "P9" in moved.message.zh
    assert moved.severity is Severity.ERROR


def test_names_that_a_suite_dropped_or_wrote_otherwise_are_no_trace(filled: Path) -> None:
    book = _edit(filled)
    del book.defined_names["t3.new.natural"]
    book.defined_names["t3.new.business"].attr_text = "三!$E$5"
    book.save(filled)
    (checked,) = xltools.check([filled])
    assert "CELL-MOVED" not in {found.code for found in checked.findings}


def test_hidden_rows_and_columns_of_a_table_are_noted(filled: Path) -> None:
    book = _edit(filled)
    book["三"].row_dimensions[7].hidden = True
    book["三"].column_dimensions["E"].hidden = True
    book.save(filled)
    (checked,) = xltools.check([filled])
    (hidden,) = [found for found in checked.findings if found.code == "ROWS-HIDDEN"]
    assert "7、E" in hidden.message.zh
    assert checked.status is Status.OK


def test_the_same_file_under_another_name_is_noted_once(filled: Path, tmp_path: Path) -> None:
    shutil.copy(filled, tmp_path / "副本.xlsx")
    first, second = xltools.check([filled, tmp_path / "副本.xlsx"])
    assert "SAME-FILE" not in {found.code for found in first.findings}
    (twin,) = [found for found in second.findings if found.code == "SAME-FILE"]
    assert str(filled) in twin.message.zh
    assert second.status is Status.OK


def shifted(book: Workbook) -> None:
    """The tables of 三 and 二 one row lower, so that they are found by their labels."""
    book["三"].insert_rows(1)
    book["二"].insert_rows(1)


def without_identity(book: Workbook) -> None:
    del book["_xltools"]


def of(checked: CheckedFile, code: str) -> list[Finding]:
    return [found for found in checked.findings if found.code == code]


Edit = Callable[[Workbook], object]
FIGURES = {cell.id: number for number, cell in enumerate(FORM.inputs, 1)}


@pytest.fixture
def numbered(tmp_path: Path) -> Callable[..., CheckedFile]:
    """What checking gives of a workbook with a different figure in every cell after somebody edited it."""

    def check(*edits: Edit, form: Form = FORM, period: int = 2025) -> CheckedFile:
        figures = {cell.id: number for number, cell in enumerate(form.inputs, 1)}
        path = save(submission_of(form, figures, period=Period(period)), tmp_path / "a.xlsx")
        book = _edit(path)
        for edit in edits:
            edit(book)
        book.save(path)
        (checked,) = xltools.check([path])
        return checked

    return check


@pytest.mark.parametrize("how", [[], [shifted], [without_identity], [shifted, without_identity]])
def test_a_total_typed_over_is_named_with_what_the_formula_would_give(
    how: list[Edit], numbered: Callable[..., CheckedFile]
) -> None:
    place = "J6" if shifted in how else "J5"

    def type_over(book: Workbook) -> None:
        book["三"][place] = 4711

    checked = numbered(*how, type_over)
    due = sum(FIGURES[id_] for id_ in FIGURES if id_.startswith("t3.new."))
    (found,) = [f for f in of(checked, "T3-TOTAL") if f.place.id == "t3.new.total"]
    assert (found.actual, found.expected) == (4711, due)
    assert found.place.cell == place


def test_a_formula_of_ones_own_that_leaves_a_cell_out(tmp_path: Path) -> None:
    """Where a table is found by its labels, the formula of a total is known by its result alone."""
    book = Workbook()
    Typist(FORM).whole(book.active, 3)
    book.active["A1"] = "某局2023年政府信息公开工作年度报告"
    path = tmp_path / "自制.xlsx"
    book.save(path)
    total = next(c for c in book.active["J"] if c.value == numbered_values(FORM)["t3.new.total"])
    right, wrong = numbered_values(FORM)["t3.new.total"], 17
    data = unpacked(path.read_bytes())
    for formula, result, due in (
        (f"SUM(D{total.row}:I{total.row})", right, None),
        ("SUM(D1:E1)", wrong, right),
    ):
        cell = f'<c r="J{total.row}"><f>{formula}</f><v>{result}</v></c>'
        path.write_bytes(packed(with_cell(data, "Sheet", f"J{total.row}", cell)))
        (checked,) = xltools.check([path])
        said = [(f.place.cell, f.actual, f.expected) for f in of(checked, "FORMULA-WRONG")]
        assert said == ([] if due is None else [(f"J{total.row}", wrong, due)])
    assert "SUM(D1:E1)" in of(checked, "FORMULA-WRONG")[0].message.zh


@pytest.mark.parametrize("how", [[], [shifted]])
def test_formulas_in_cells_to_fill(how: list[Edit], numbered: Callable[..., CheckedFile]) -> None:
    def compute(book: Workbook) -> None:
        book["三"]["D6" if how else "D5"] = "=1+1"

    (found,) = of(numbered(*how, compute), "INPUT-FORMULA")
    assert (found.place.id, found.severity) == ("t3.new.natural", Severity.NOTE)
    assert "=1+1" in found.message.zh


def test_many_formulas_in_cells_to_fill_are_one_note(numbered: Callable[..., CheckedFile]) -> None:
    def compute(book: Workbook) -> None:
        for row in range(6, 12):
            book["三"][f"D{row}"] = book["三"][f"E{row}"] = "=1+1"

    (found,) = of(numbered(shifted, compute), "INPUT-FORMULA")
    assert len(found.cells) == 12
    assert "11" in found.message.zh


def test_hidden_rows_of_a_table_found_by_its_labels(numbered: Callable[..., CheckedFile]) -> None:
    def hide(book: Workbook) -> None:
        book["三"].row_dimensions[9].hidden = True

    (found,) = of(numbered(shifted, hide), "ROWS-HIDDEN")
    assert "9" in found.message.zh


def test_renamed_sheets_show_the_same_traces(numbered: Callable[..., CheckedFile]) -> None:
    def rename(book: Workbook) -> None:
        book["三"].title = "表三"
        for name in book.defined_names.values():
            name.attr_text = name.attr_text.replace("'三'!", "表三!")

    def spoil(book: Workbook) -> None:
        book["三"].row_dimensions[9].hidden = True
        book["三"]["D5"] = "=1+1"
        book.defined_names["t3.new.business"].attr_text = "'三'!$P$9"

    plain = numbered(rename)
    assert {f.code for f in plain.findings} & {"CELL-MOVED", "ROWS-HIDDEN", "INPUT-FORMULA"} == set()
    checked = numbered(spoil, rename)
    assert [f.place.sheet for f in of(checked, "ROWS-HIDDEN")] == ["表三"]
    assert [f.place.id for f in of(checked, "INPUT-FORMULA")] == ["t3.new.natural"]
    assert [f.place.id for f in of(checked, "CELL-MOVED")] == ["t3.new.business"]


def test_a_hidden_sheet_of_the_form_is_noted(numbered: Callable[..., CheckedFile]) -> None:
    def hide(book: Workbook) -> None:
        book["四"].sheet_state = "hidden"

    (found,) = of(numbered(hide), "ROWS-HIDDEN")
    assert "四" in found.message.zh


@pytest.mark.parametrize("how", [[], [shifted]])
def test_locks_that_pasting_changed(how: list[Edit], numbered: Callable[..., CheckedFile]) -> None:
    row = 6 if how else 5

    def paste(book: Workbook) -> None:
        sheet = book["三"]
        sheet[f"D{row}"]._style = copy(sheet[f"J{row}"]._style)
        sheet[f"J{row + 2}"]._style = copy(sheet[f"E{row}"]._style)

    (found,) = of(numbered(*how, paste), "LOCKS-CHANGED")
    assert (found.place.cell, found.severity) == (f"D{row}", Severity.NOTE)
    assert f"J{row + 2}" in found.message.zh
    assert found.message.zh.index(f"D{row}") < found.message.zh.index("解锁")
    unprotected = numbered(*how, paste, lambda book: book["三"].protection.disable())
    assert of(unprotected, "LOCKS-CHANGED") == [], "without protection no lock matters"


@pytest.mark.parametrize("label", ["本年收费金额（单位：元）", "本年收费金额(元)"])
@pytest.mark.parametrize("how", [[], [shifted], [shifted, without_identity]])
def test_a_heading_in_another_unit_of_money(
    how: list[Edit], label: str, numbered: Callable[..., CheckedFile]
) -> None:
    def relabel(book: Workbook) -> None:
        for cell in (cell for row in book["二"].iter_rows() for cell in row):
            if cell.value == "本年收费金额（单位：万元）":
                cell.value = label

    checked = numbered(*how, relabel)
    (found,) = of(checked, "UNIT-WRONG")
    assert (found.actual, found.expected) == (label, "本年收费金额（单位：万元）")
    assert found.place.sheet == "二"
    assert found.place.cell == ("B15" if how else "B14")
    assert checked.status is Status.ERROR


@pytest.mark.parametrize(
    ("line", "wrong"), [("单位：元", ["单位：元"]), ("（单位：万元）", []), ("单位：件", [])]
)
def test_a_line_above_the_table_that_names_another_unit(line: str, wrong: list[str], tmp_path: Path) -> None:
    book = Workbook()
    top = Typist(FORM).whole(book.active, 3)
    assert top > 30
    fees = next(c.row for c in book.active["A"] if c.value == "第二十条第（八）项")
    book.active.cell(fees, 3).value = line
    book.active["A1"] = "某局2023年政府信息公开工作年度报告"
    book.save(tmp_path / "自制.xlsx")
    (checked,) = xltools.check([tmp_path / "自制.xlsx"])
    assert [(f.actual, f.expected) for f in of(checked, "UNIT-WRONG")] == [(said, "万元") for said in wrong]


def test_money_where_the_official_label_names_no_unit(numbered: Callable[..., CheckedFile]) -> None:
    def relabel(book: Workbook) -> None:
        del book["_xltools"]
        for cell in (cell for row in book["二"].iter_rows() for cell in row):
            if cell.value == "采购总金额":
                cell.value = "采购总金额（元）"

    checked = numbered(relabel, form=load_form("zfxxgk-2019"), period=2020)
    assert [(f.actual, f.expected) for f in of(checked, "UNIT-WRONG")] == [("采购总金额（元）", "采购总金额")]


def test_a_title_that_says_another_year(numbered: Callable[..., CheckedFile]) -> None:
    def reuse(book: Workbook) -> None:
        del book["_xltools"]
        book["三"]["A60"] = ""
        book["封面"]["B1"] = "云山县某局2024年政府信息公开工作年度报告"

    (found,) = of(numbered(reuse), "PERIOD-DIFFERS")
    assert (found.actual, found.expected, found.severity) == ("2025", "2024", Severity.ERROR)
    assert of(numbered(without_identity), "PERIOD-DIFFERS") == []
