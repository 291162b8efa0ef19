"""Workbooks of ours that were renamed, reordered, shifted, cut about: found by identity and labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.support.workbooks import (
    FORM_2019,
    FORM_2021,
    FORMS,
    MONTHLY,
    form_id,
    save,
    submission_of,
    texts_of,
)
from tests.unit.matching.retyped import codes, errors, numbered, read
from xltools.checking.check import check_submission
from xltools.layout.places import places
from xltools.matching.match import Match
from xltools.model.form import Form

Edit = Callable[[Workbook], object]


def back(path: Path, *edits: Edit, form: Form = FORM_2021) -> Match:
    """What comes back of a workbook with a different figure in every cell after somebody edited it."""
    inputs = {cell.id: number for number, cell in enumerate(form.inputs, 1)}
    save(submission_of(form, inputs), path)
    book = openpyxl.load_workbook(path)
    for edit in edits:
        edit(book)
    for sheet in book.worksheets:  # openpyxl leaves our hidden column where it was and moves figures under it
        for dimension in sheet.column_dimensions.values():
            dimension.hidden = dimension.hidden and not edits
    book.save(path)
    return read(path)


def differs(found: Match, form: Form = FORM_2021) -> set[str]:
    """Ids of the inputs that are not read as they were filled in, after making sure that they are blank."""
    assert found.submission is not None
    wrong = {c.id for c in form.inputs if found.submission.values.get(c.id) != numbered(form)[c.id]}
    assert {found.submission.values.get(id_) for id_ in wrong} <= {None}
    return wrong


def renamed(old: str, new: str) -> Edit:
    return lambda book: setattr(book[old], "title", new)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_sheet_renamed_and_reordered_is_read_whole(form: Form, tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        for number, section in enumerate(form.sections):
            book[section.sheet].title = f"Sheet{number}"
        book._sheets.reverse()

    found = back(tmp_path / "a.xlsx", rename, form=form)
    assert found.submission is not None
    assert differs(found, form) == set()
    assert {id_: found.submission.texts[id_] for id_ in texts_of(form)} == texts_of(form)
    assert set(codes(found)) == {"TABLE-FOUND"}
    assert len(found.findings) == len(form.sections)
    assert found.submission.typed_totals == frozenset()
    assert found.submission.places[form.inputs[0].id][0].startswith("Sheet")


def test_sheets_whose_names_were_exchanged_are_told_by_their_labels(tmp_path: Path) -> None:
    found = back(tmp_path / "a.xlsx", renamed("三", "x"), renamed("四", "三"), renamed("x", "四"))
    assert differs(found) == set()
    assert codes(found) == ["TABLE-FOUND"] * 2


@pytest.mark.parametrize(
    "edit",
    [
        lambda book: book["三"].insert_rows(9, 2),
        lambda book: book["三"].insert_rows(1, 5),
        lambda book: book["三"].insert_rows(places(FORM_2021).cells["t3.carried_out.total"].row + 1),
        lambda book: book["三"].insert_cols(5),
        lambda book: book["三"].insert_cols(1, 3),
        lambda book: book["四"].insert_cols(8),
        lambda book: book["四"].insert_rows(5),
        lambda book: book["二"].insert_rows(4),
        lambda book: book["二"].insert_cols(2),
        lambda book: book["三"].move_range("A2:J40", rows=3, cols=2),
    ],
)
def test_shifted_tables_are_found_and_said(edit: Edit, tmp_path: Path) -> None:
    found = back(tmp_path / "a.xlsx", edit)
    assert differs(found) == set()
    assert set(codes(found)) == {"TABLE-FOUND"}
    assert not errors(found)


def test_a_note_says_where_the_table_is_and_what_was_assumed(tmp_path: Path) -> None:
    (note,) = back(tmp_path / "a.xlsx", lambda book: book["三"].insert_rows(1, 5)).findings
    assert (note.place.sheet, note.place.cell) == ("三", "D7")
    assert "下移 5 行" in note.message.zh
    assert "100%" in note.message.zh


def test_a_deleted_row_is_missing_and_the_others_are_right(tmp_path: Path) -> None:
    found = back(tmp_path / "a.xlsx", lambda book: book["三"].delete_rows(9))
    assert errors(found) == ["ROW-MISSING"]
    lost = next(f for f in found.findings if f.code == "ROW-MISSING")
    assert differs(found) == {id_ for id_ in lost.cells if not id_.endswith(".total")}
    assert "属于国家秘密" in lost.message.zh


def test_a_deleted_column_is_missing_though_its_label_repeats(tmp_path: Path) -> None:
    found = back(tmp_path / "a.xlsx", lambda book: book["四"].delete_cols(8))
    assert errors(found) == ["COLUMN-MISSING"]
    assert differs(found) == {"t4.cases.direct_other"}


def test_rows_that_were_sorted_are_told_by_their_labels(tmp_path: Path) -> None:
    def sort(book: Workbook) -> None:
        sheet = book["三"]
        for column in "CDEFGHI":
            one, two = sheet[f"{column}10"].value, sheet[f"{column}12"].value
            sheet[f"{column}10"].value, sheet[f"{column}12"].value = two, one

    found = back(tmp_path / "a.xlsx", sort)
    assert differs(found) == set()
    assert codes(found) == ["TABLE-FOUND"]


def test_a_label_in_two_places_is_ambiguous_and_nothing_is_read(tmp_path: Path) -> None:
    def repeat(book: Workbook) -> None:
        book["三"].insert_rows(9)
        book["三"]["C9"] = book["三"]["C10"].value
        book["三"]["D9"] = 777

    found = back(tmp_path / "a.xlsx", repeat)
    assert errors(found) == ["TABLE-AMBIGUOUS"]
    assert differs(found) == {c.id for c in FORM_2021.inputs if c.table == "t3"}


def test_two_copies_of_a_table_out_of_place_are_ambiguous(tmp_path: Path) -> None:
    def copy(book: Workbook) -> None:
        twin = book.copy_worksheet(book["三"])
        twin.title, book["三"].title = "甲", "乙"

    found = back(tmp_path / "a.xlsx", copy)
    assert errors(found) == ["TABLE-AMBIGUOUS"]
    assert not {id_ for id_ in (found.submission.values if found.submission else {}) if id_.startswith("t3.")}


def test_a_copy_beside_the_sheet_in_place_does_not_matter(tmp_path: Path) -> None:
    found = back(tmp_path / "a.xlsx", lambda book: book.copy_worksheet(book["三"]))
    assert differs(found) == set()


def test_two_tables_on_one_sheet_are_both_found(tmp_path: Path) -> None:
    def together(book: Workbook) -> None:
        for row in book["四"].iter_rows():
            for cell in row:
                if cell.value is not None:
                    book["三"].cell(cell.row + 60, cell.column + 1, cell.value)
        book.remove(book["四"])

    found = back(tmp_path / "a.xlsx", together)
    assert differs(found) == set()
    assert codes(found) == ["TABLE-FOUND"]
    assert found.findings[0].place.sheet == "三"


def test_tables_shifted_and_gone_are_told_apart(tmp_path: Path) -> None:
    def wreck(book: Workbook) -> None:
        for row in book["三"].iter_rows(max_row=4):
            for cell in row:
                if not isinstance(cell, openpyxl.cell.MergedCell):
                    cell.value = None

    found = back(tmp_path / "a.xlsx", wreck)
    assert "TABLE-MOVED" in errors(found)
    assert differs(found) == {c.id for c in FORM_2021.inputs if c.table == "t3"}


def test_typos_in_many_labels_are_noted_with_both_texts(tmp_path: Path) -> None:
    def misspell(book: Workbook) -> None:
        for cell in (cell for row in book["二"].iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("数量", "数里")

    found = back(tmp_path / "a.xlsx", misspell, form=FORM_2019)
    similar = [f for f in found.findings if f.code == "LABEL-SIMILAR"]
    assert differs(found, FORM_2019) == set()
    assert not errors(found)
    assert ("上一年项目数里", "上一年项目数量") in {(f.actual, f.expected) for f in similar}


def test_money_in_another_unit_is_not_taken_for_the_column(tmp_path: Path) -> None:
    def other_unit(book: Workbook) -> None:
        sheet = book["二"]
        sheet.insert_rows(1)
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("万元", "元")

    found = back(tmp_path / "a.xlsx", other_unit)
    assert differs(found) == {"t2_8.fees.amount"}
    assert "TABLE-MOVED" in errors(found)


def test_a_row_that_was_divided_is_not_read(tmp_path: Path) -> None:
    """The 2021 table pasted into a 2019 workbook: there （六）其他处理 is the heading of three rows."""

    def divide(book: Workbook) -> None:
        sheet = book["三"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(1)
        row = next(cell.row for cell in sheet["B"] if cell.value == "（六）其他处理")
        sheet.cell(row, 3).value = "1.申请人无正当理由逾期不补正"

    found = back(tmp_path / "a.xlsx", divide, form=FORM_2019)
    assert errors(found) == ["ROW-MISSING"]
    assert differs(found, FORM_2019) == {c.id for c in FORM_2019.inputs if c.row == "other"}


def test_the_cover_is_read_by_its_labels_when_its_rows_moved(tmp_path: Path) -> None:
    found = back(tmp_path / "a.xlsx", lambda book: book["封面"].insert_rows(3))
    assert found.submission is not None
    assert errors(found) == []
    assert found.submission.texts["cover.phone"] == texts_of(FORM_2021)["cover.phone"]
    assert found.submission.places["cover.unit"] == ("封面", "C7")


def test_totals_of_a_shifted_table_count_as_typed_only_where_they_differ(tmp_path: Path) -> None:
    def total(book: Workbook) -> None:
        book["三"].insert_rows(1)
        book["三"]["J6"] = 4711

    found = back(tmp_path / "a.xlsx", total)
    assert found.submission is not None
    assert found.submission.typed_totals == {"t3.new.total"}
    assert "T3-TOTAL" in {f.code for f in check_submission(found.submission)[1]}


def test_numbers_as_text_become_figures_with_a_note_at_the_cell(tmp_path: Path) -> None:
    def words(book: Workbook) -> None:
        book["三"]["D5"], book["三"]["D6"], book["三"]["D7"] = "１，２３４", "/", "若干件"
        book["二"]["B15"], book["三"]["J5"] = "251000元", "12"

    found = back(tmp_path / "a.xlsx", words)
    assert found.submission is not None
    values = found.submission.values
    assert (values["t3.new.natural"], values["t3.carried_in.natural"]) == (1234, 0)
    assert (values["t3.granted.natural"], values["t3.new.total"]) == ("若干件", 12)
    notes = {(f.place.sheet, f.place.cell): (f.actual, f.expected) for f in found.findings}
    assert notes["三", "D5"] == ("１，２３４", 1234)
    assert set(codes(found)) == {"TEXT-CONVERTED"}
    assert values["t2_8.fees.amount"] == 25.1
    later = check_submission(found.submission)[1]
    assert "TEXT-IN-NUMBER" in {f.code for f in later}


def test_the_monthly_form_is_found_with_its_columns_of_fixed_texts(tmp_path: Path) -> None:
    found = back(tmp_path / "a.xlsx", lambda book: book["报表"].insert_rows(8, 3), form=MONTHLY)
    assert differs(found, MONTHLY) == set()
    assert codes(found) == ["TABLE-FOUND"]
