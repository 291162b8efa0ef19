"""Workbooks without identity: home-made ones, older blanks, a bare table."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.support.workbooks import FORM_2019, FORM_2021, FORMS, UNIT, form_id, save, submission_of
from tests.unit.matching.retyped import BY_ID, Typist, codes, errors, numbered, read, saved, tables_of
from xltools.checking.check import check_submission
from xltools.matching.match import Match, match
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.reading.grid import Grid, Sheet
from xltools.reading.workbooks.workbook import read_workbook

TITLE = {
    FORM_2019.id: "汶上县科学技术局2020年政府信息公开工作年度报告",
    FORM_2021.id: "汶上县科学技术局 2023 年政府信息公开工作年度报告",
}


def own(form: Form, found: Match, tables: tuple[str, ...] = ()) -> None:
    """Every figure of the tables (all, if none is named) is read as typed; no other is."""
    assert found.submission is not None
    assert found.submission.form is form
    wanted = {id_: v for id_, v in numbered(form).items() if not tables or form.cells[id_].table in tables}
    assert {id_: v for id_, v in found.submission.values.items() if v is not None} == wanted


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_our_workbook_without_its_hidden_sheet_is_recognised(form: Form, tmp_path: Path) -> None:
    inputs = {cell.id: number for number, cell in enumerate(form.inputs, 1)}
    path = save(submission_of(form, inputs), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    del book["_xltools"]
    found = read(saved(book, path))
    assert codes(found) == ["RECOGNISED-BY-LABELS"]
    assert found.submission is not None
    assert {id_: found.submission.values[id_] for id_ in inputs} == inputs
    assert (found.submission.unit, found.submission.period) == (UNIT, submission_of(form).period)
    assert found.submission.texts == submission_of(form).texts | {
        "cover.unit": UNIT.name,
        "cover.code": UNIT.code,
        "cover.level": UNIT.level,
        "cover.period": str(submission_of(form).period),
        "cover.zero_report": "否",
    }


@pytest.mark.parametrize("how", [{}, {"merged": True}, {"one_column": True}])
@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_all_tables_typed_on_one_sheet_are_read(form: Form, how: dict[str, bool], tmp_path: Path) -> None:
    book = Workbook()
    Typist(form).whole(book.active, 3, **how)
    found = read(saved(book, tmp_path / "a.xlsx"))
    own(form, found)
    assert errors(found) == ["UNIT-BLANK", "PERIOD-BLANK"]


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
def test_unit_and_year_come_from_the_title(form: Form, tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = TITLE[form.id]
    Typist(form).whole(book.active, 3)
    found = read(saved(book, tmp_path / "a.xlsx"))
    own(form, found)
    assert found.submission is not None
    assert found.submission.unit.name == "汶上县科学技术局"
    assert found.submission.period == Period(2020 if form is FORM_2019 else 2023)
    assert errors(found) == []


@pytest.mark.parametrize(
    ("cells", "unit", "code", "period"),
    [
        (
            {"A1": "填报单位", "B1": "甲局", "C1": "单位编码", "D1": "007", "E1": "报告年度", "F1": 2022},
            "甲局",
            "007",
            2022,
        ),
        ({"A1": "单位名称：甲局", "A2": "报告年度：2022年度"}, "甲局", "", 2022),
        ({"A1": "填报单位", "C1": "甲局", "A2": "二〇二二年政府信息公开工作年度报告"}, "甲局", "", 2022),
        ({"A1": "填报单位", "B1": "单位编码", "A2": "2022年政府信息公开工作年度报告"}, "", "", 2022),
        ({"A1": "填报单位", "B1": "甲局", "A2": "填报单位", "B2": "乙局"}, "", "", None),
        (
            {"A1": "甲局2022年政府信息公开工作年度报告", "A2": "甲局2023年政府信息公开工作年度报告"},
            "甲局",
            "",
            None,
        ),
        ({"A1": "甲局2020年政府信息公开工作年度报告"}, "甲局", "", None),
        ({"A1": "甲局2022年预算报告"}, "", "", None),
    ],
)
def test_what_stands_beside_labels_or_in_titles_counts_if_it_agrees(
    cells: dict[str, object], unit: str, code: str, period: int | None, tmp_path: Path
) -> None:
    book = Workbook()
    for a1, value in cells.items():
        book.active[a1] = value
    Typist(FORM_2021).whole(book.active, 4)
    submission = read(saved(book, tmp_path / "a.xlsx")).submission
    assert submission is not None
    assert (submission.unit.name, submission.unit.code) == (unit, code)
    assert submission.period == (Period(period) if period else None)


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
@pytest.mark.parametrize("tables", [("t3",), ("t2_1",), ("t3", "t4")])
def test_a_bare_table_says_what_is_missing(form: Form, tables: tuple[str, ...], tmp_path: Path) -> None:
    book = Workbook()
    top = 2
    for id_ in tables:
        top = Typist(form).table(book.active, tables_of(form)[id_], top) + 3
    found = read(saved(book, tmp_path / "a.xlsx"))
    own(form, found, tables)
    missing = len(form.tables) - len(tables)
    assert errors(found) == ["TABLE-MISSING"] * missing + ["UNIT-BLANK", "PERIOD-BLANK"]
    score = next(f for f in found.findings if f.code == "RECOGNISED-BY-LABELS")
    assert form.id in score.message.zh
    assert "100%" in score.message.zh


def test_the_next_best_form_is_named(tmp_path: Path) -> None:
    book = Workbook()
    Typist(FORM_2021).whole(book.active)
    found = read(saved(book, tmp_path / "a.xlsx"))
    assert "zfxxgk-2019" in found.findings[0].message.zh


def test_a_table_that_two_forms_share_is_ambiguous_until_the_year_decides(tmp_path: Path) -> None:
    book = Workbook()
    Typist(FORM_2021).table(book.active, tables_of(FORM_2021)["t4"], 3)
    found = read(saved(book, tmp_path / "a.xlsx"))
    assert found.submission is None
    assert codes(found) == ["AMBIGUOUS-FORM"]
    assert "zfxxgk-2019" in found.findings[0].message.zh
    for form in (FORM_2019, FORM_2021):
        book.active["A1"] = TITLE[form.id]
        decided = read(saved(book, tmp_path / "a.xlsx"))
        own(form, decided, ("t4",))
        assert "报告期" in decided.findings[0].message.zh


REAL = {
    "数量": "数里",
    "案卷": "卷",
    "三、本年度办理结果": "三、本年受理结果",
    "（": "(",
    "）": ") ",
    "，": ",",
    "“": '"',
    "”": '"',
}


def as_published(label: str) -> str:
    for official, real in REAL.items():
        label = label.replace(official, real)
    return label


@pytest.mark.parametrize(
    "relabel", [as_published, lambda label: label[:4] + "\n" + label[4:], lambda label: f" {label} "]
)
def test_labels_as_in_published_reports_are_known(relabel: Callable[[str], str], tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = TITLE[FORM_2019.id]
    Typist(FORM_2019, relabel).whole(book.active, 3)
    found = read(saved(book, tmp_path / "a.xlsx"))
    own(FORM_2019, found)
    assert errors(found) == []


def test_typed_totals_are_one_note_a_table(tmp_path: Path) -> None:
    book = Workbook()
    Typist(FORM_2021).table(book.active, tables_of(FORM_2021)["t3"])
    submission = read(saved(book, tmp_path / "a.xlsx")).submission
    assert submission is not None
    assert submission.typed_totals == {c.id for c in FORM_2021.totals if c.table == "t3"}
    notes = [f for f in check_submission(submission)[1] if f.code == "TOTAL-TYPED"]
    assert len(notes) == 1
    assert str(len(notes[0].cells)) in notes[0].message.zh


def test_rows_left_out_are_missing_and_no_other_row_takes_their_place(tmp_path: Path) -> None:
    book = Workbook()
    table = tables_of(FORM_2021)["t3"]
    Typist(FORM_2021).table(book.active, table, without=("granted", "other_misc", "repeated"))
    found = read(saved(book, tmp_path / "a.xlsx"))
    assert found.submission is not None
    values = found.submission.values
    assert all(v == numbered(FORM_2021)[id_] for id_, v in values.items() if v is not None)
    assert errors(found).count("ROW-MISSING") == sum(
        leaf.id in ("granted", "other_misc", "repeated") for leaf in table.row_leaves
    )


def test_another_workbook_is_not_recognised(tmp_path: Path) -> None:
    book = Workbook()
    for row in range(1, 30):
        book.active.append([f"项目{row}", row, "总计", "其他"])
    assert codes(read(saved(book, tmp_path / "a.xlsx"))) == ["NOT-RECOGNISED"]


def test_without_known_forms_a_workbook_without_identity_is_not_recognised(tmp_path: Path) -> None:
    book = Workbook()
    Typist(FORM_2021).whole(book.active)
    grid = read_workbook(saved(book, tmp_path / "a.xlsx"))
    assert [f.code for f in match(grid, BY_ID.get).findings] == ["NOT-RECOGNISED"]


@pytest.mark.parametrize("text", ["总计", "结果维持", "本年处理决定数量", "未知的项目名称几个字"])
def test_sheets_full_of_labels_are_refused_in_good_time(text: str) -> None:
    sheets = tuple(
        Sheet(
            f"s{n}", {f"{c}{row}": f"{text}{row if n else ''}" for c in "ABCDEFGH" for row in range(1, 370)}
        )
        for n in range(6)
    )
    started = time.perf_counter()
    found = match(Grid("a", "0", sheets), BY_ID.get, lambda: FORMS)
    assert time.perf_counter() - started < 10
    assert found.submission is None
