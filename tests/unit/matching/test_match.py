"""Workbooks back to submissions: identity, structure and values, whatever was done to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.support.workbooks import (
    FORM_2021,
    FORMS,
    UNIT,
    fill,
    form_id,
    save,
    submission_of,
    texts_of,
    zeros,
)
from xltools.layout.identity_sheet import fingerprint
from xltools.layout.places import IDENTITY_KEYS
from xltools.matching.match import Match, match
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit
from xltools.reading.workbooks.workbook import read_workbook

BY_ID = {form.id: form for form in FORMS}
Edit = Callable[[Workbook], object]


def read(path: Path) -> Match:
    return match(read_workbook(path), BY_ID.get)


def edited(tmp_path: Path, *edits: Edit, submission: Submission | None = None) -> Match:
    """What comes back of a filled workbook after somebody edited it."""
    path = save(submission or submission_of(FORM_2021), tmp_path / "filled.xlsx")
    book = openpyxl.load_workbook(path)
    for edit in edits:
        edit(book)
    book.save(path)
    return read(path)


def put(sheet: str, cell: str, value: object) -> Edit:
    return lambda book: book[sheet].__setitem__(cell, value)


def identity(key: str, value: object) -> Edit:
    return put("_xltools", f"B{IDENTITY_KEYS.index(key) + 1}", value)


def codes(found: Match) -> list[str]:
    return [f"{f.code}[{f.place.sheet}!{f.place.cell}]" for f in found.findings]


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_what_openpyxl_fills_into_a_blank_comes_back_whole(form: Form, tmp_path: Path) -> None:
    given = {cell.id: number for number, cell in enumerate(form.inputs)}
    blank = save(replace(submission_of(form), values={}, texts={}), tmp_path / "blank.xlsx")
    key = next((i.key for i in form.instances if i.rule.severity == "explain"), None)
    explanations = {key: ("原因", 1, 2.5)} if key else {}
    path = fill(
        blank, tmp_path / "filled.xlsx", {**zeros(form), **given}, form=form, explanations=explanations
    )
    found = read(path)
    submission = found.submission
    assert codes(found) == []
    assert submission is not None
    assert {id_: submission.values[id_] for id_ in given} == given
    assert {id_: submission.texts[id_] for id_ in texts_of(form)} == texts_of(form)
    assert (submission.unit, submission.period) == (submission_of(form).unit, submission_of(form).period)
    assert submission.form is form
    assert submission.typed_totals == frozenset()
    assert submission.explanations == ({key: Explanation("原因", 1, 2.5)} if key else {})
    assert submission.source is not None
    assert submission.source.file == str(path)
    assert submission.places["cover.unit"] == ("封面", "C6")


def test_what_our_writer_writes_comes_back_whole(tmp_path: Path) -> None:
    given = submission_of(
        FORM_2021,
        {
            "t3.new.natural": 3,
            "t3.granted.natural": None,
            "t2_8.fees.amount": 25.1,
            "t4.cases.after_other": "待定",
        },
        zero_report=True,
        explanations={"T2-IN-FORCE-MIN[normative]": Explanation("原因")},
        previous={"t3.carried_out.natural": 4},
    )
    submission = read(save(given, tmp_path / "a.xlsx")).submission
    assert submission is not None
    for id_ in ("t3.new.natural", "t3.granted.natural", "t2_8.fees.amount", "t4.cases.after_other"):
        assert submission.values[id_] == given.values[id_]
    assert submission.zero_report
    assert submission.explanations == given.explanations
    assert submission.previous == given.previous


def test_a_workbook_of_another_kind_is_not_recognised(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "other.xlsx")
    found = read(tmp_path / "other.xlsx")
    assert found.submission is None
    assert codes(found) == ["NOT-RECOGNISED[None!None]"]


def test_a_form_nobody_knows_is_named(tmp_path: Path) -> None:
    found = edited(tmp_path, identity("form", "zfxxgk-1999"))
    assert found.submission is None
    assert "zfxxgk-1999" in found.findings[0].message.en
    assert edited(tmp_path, identity("kind", "other")).findings[0].code == "NOT-RECOGNISED"


def test_another_version_of_the_form_is_not_read(tmp_path: Path) -> None:
    found = edited(tmp_path, identity("version", "0"))
    assert found.submission is None
    assert codes(found) == ["VERSION[None!None]"]


@pytest.mark.parametrize(
    ("cell", "value"), [("C6", "别的局"), ("C7", "000"), ("C8", 2022), ("C9", "省级政府"), ("C6", None)]
)
def test_an_identity_changed_on_the_cover_is_found_and_the_issued_one_counts(
    tmp_path: Path, cell: str, value: object
) -> None:
    found = edited(tmp_path, put("封面", cell, value))
    assert codes(found) == [f"IDENTITY-CHANGED[封面!{cell}]"]
    assert found.submission is not None
    assert (found.submission.unit, found.submission.period) == (UNIT, Period(2025))


@pytest.mark.parametrize(
    ("key", "value"), [("code", "000"), ("name", "别的局"), ("year", 2022), ("units", 1)]
)
def test_the_fingerprint_shows_that_the_hidden_sheet_was_edited(
    tmp_path: Path, key: str, value: object
) -> None:
    found = codes(edited(tmp_path, identity(key, value)))
    expected = [] if key == "units" else ["IDENTITY-CHANGED[None!None]"]
    assert [code for code in found if code == "IDENTITY-CHANGED[None!None]"] == expected


def test_the_fingerprint_changes_with_everything_that_identifies() -> None:
    unit, period = Unit("甲", "1", "县级"), Period(2025)
    prints = {
        fingerprint(FORM_2021, "return", period, unit),
        fingerprint(FORMS[0], "return", period, unit),
        fingerprint(FORM_2021, "summary", period, unit),
        fingerprint(FORM_2021, "return", Period(2024), unit),
        fingerprint(FORM_2021, "return", None, unit),
        *(
            fingerprint(FORM_2021, "return", period, replace(unit, **{k: "乙"}))
            for k in ("name", "code", "level")
        ),
    }
    assert len(prints) == 8


def test_an_open_blank_takes_unit_and_year_from_the_cover(tmp_path: Path) -> None:
    blank = save(Submission(FORM_2021, None, Unit(""), {}), tmp_path / "open.xlsx")
    cover = {"cover.unit": "乙局", "cover.code": "007", "cover.period": 2024, "cover.level": "县直部门"}
    submission = read(fill(blank, tmp_path / "filled.xlsx", zeros(FORM_2021) | cover)).submission
    assert submission is not None
    assert (submission.unit, submission.period) == (Unit("乙局", "007", "县级部门"), Period(2024))


@pytest.mark.parametrize("year", [None, "去年", 2019, 20240])
def test_an_open_blank_without_a_unit_or_a_year_of_the_form_says_so(tmp_path: Path, year: object) -> None:
    blank = save(Submission(FORM_2021, None, Unit(""), {}), tmp_path / "open.xlsx")
    found = read(fill(blank, tmp_path / "filled.xlsx", {"cover.period": year}))
    assert codes(found) == ["UNIT-BLANK[封面!C6]", "PERIOD-BLANK[封面!C8]"]
    assert found.submission is not None
    assert found.submission.period is None


def test_a_label_retyped_is_found_and_the_figures_are_still_read(tmp_path: Path) -> None:
    found = edited(tmp_path, put("三", "D3", "个人"), put("三", "D5", 7))
    assert codes(found) == ["LABEL-CHANGED[三!D3]"]
    assert (found.findings[0].actual, found.findings[0].expected) == ("个人", "自然人")
    assert found.submission is not None
    assert found.submission.values["t3.new.natural"] == 7


def test_spaces_and_line_breaks_in_a_label_are_no_change(tmp_path: Path) -> None:
    assert codes(edited(tmp_path, put("三", "D3", " 自 然\n人 "))) == []


def test_a_table_whose_headings_are_gone_is_not_read(tmp_path: Path) -> None:
    found = edited(tmp_path, lambda book: book["三"].delete_rows(2, 3))
    assert codes(found)[0].startswith("TABLE-MOVED[三!")
    assert found.submission is not None
    assert not [id_ for id_ in found.submission.values if id_.startswith("t3.")]
    assert "t2_1.normative.issued" in found.submission.values


def test_a_missing_sheet_is_found_and_the_others_are_read(tmp_path: Path) -> None:
    found = edited(tmp_path, lambda book: book.remove(book["四"]))
    assert codes(found) == ["SHEET-MISSING[四!None]"]
    assert found.submission is not None
    assert found.submission.values["t3.new.natural"] == 0


def test_sheets_in_another_order_are_found_by_name(tmp_path: Path) -> None:
    assert codes(edited(tmp_path, lambda book: book.move_sheet("三", -3))) == []


def test_a_total_typed_over_is_noticed_and_kept(tmp_path: Path) -> None:
    found = edited(tmp_path, put("三", "J5", 9), put("三", "J6", None))
    assert found.submission is not None
    assert found.submission.typed_totals == {"t3.new.total", "t3.carried_in.total"}
    assert found.submission.values["t3.new.total"] == 9
    assert codes(found) == []


def test_a_total_with_another_formula_is_found(tmp_path: Path) -> None:
    found = edited(tmp_path, put("三", "J5", "=1+1"))
    assert codes(found) == ["FORMULA-CHANGED[三!J5]"]
    assert found.findings[0].actual == "=1+1"
    assert found.submission is not None
    assert found.submission.typed_totals == {"t3.new.total"}


def test_a_formula_spelt_by_another_suite_is_the_same(tmp_path: Path) -> None:
    def respell(book: Workbook) -> None:
        cell = book["三"]["J5"]
        cell.value = cell.value.replace("'", "").replace(",", ", ").replace("SUM", "sum")

    assert codes(edited(tmp_path, respell)) == []


def test_protection_taken_off_is_noted(tmp_path: Path) -> None:
    def unlock(book: Workbook) -> None:
        book["三"].protection.sheet = False

    found = edited(tmp_path, unlock)
    assert codes(found) == ["PROTECTION-REMOVED[None!None]"]
    assert "三" in found.findings[0].message.zh
    assert not found.findings[0].blocks
