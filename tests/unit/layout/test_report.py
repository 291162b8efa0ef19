"""The report as plain data: order, headings to the letter, tables, figures, days, what is cleaned."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.workbooks import FORM_2019, FORM_2021, FORMS, MONTHLY, UNIT, form_id, submission_of
from xltools.checking.check import check_submission
from xltools.excel.values import ErrorValue, Value
from xltools.layout.report import Heading, Paragraph, Report, report
from xltools.layout.report_table import ReportTable, Role
from xltools.layout.report_text import DRAFT_MARK, as_day, clean, figure_text, numeral, written_date
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

SIX = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
PARTS_OF_ONE = [
    "（一）主动公开",
    "（二）依申请公开",
    "（三）政府信息管理",
    "（四）政府信息公开平台建设",
    "（五）监督保障",
]


def made(submission: Submission, **options: str | bool) -> Report:
    return report(check_submission(submission)[0], **options)  # type: ignore[arg-type]


def headings(found: Report, level: int) -> list[str]:
    return [part.text for part in found.parts if isinstance(part, Heading) and part.level == level]


def tables(found: Report) -> list[ReportTable]:
    return [part for part in found.parts if isinstance(part, ReportTable)]


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
def test_the_six_headings_and_the_parts_of_the_first(form: Form) -> None:
    found = made(submission_of(form))
    assert headings(found, 1) == SIX
    assert headings(found, 2) == PARTS_OF_ONE
    assert len(tables(found)) == 3


def test_title_with_unit_and_period() -> None:
    assert made(submission_of(FORM_2021)).title == ("云山县某局", "2025年政府信息公开工作年度报告")
    assert made(submission_of(MONTHLY)).title == ("云山县某局", "2018年3月政府信息公开情况统计报表")
    nobody = replace(submission_of(FORM_2021, unit=Unit("")), period=None)
    assert made(nobody).title == ("政府信息公开工作年度报告",)


def test_the_day_below_the_title() -> None:
    submission = submission_of(FORM_2021)
    assert made(submission).date == "（2026年1月15日）"
    assert made(submission, date="2026-01-31").date == "（2026年1月31日）"
    assert made(submission_of(FORM_2021, texts={})).date == ""


def test_a_draft_says_so() -> None:
    assert made(submission_of(FORM_2021)).mark == ""
    assert DRAFT_MARK in made(submission_of(FORM_2021), draft=True).mark


def test_texts_are_paragraphs_under_their_headings() -> None:
    texts = {"s1.requests": "　　甲。\n\n\t乙。\r\n", "s5.text": "丙。"}
    assert set(texts) <= set(FORM_2021.cells)
    parts = made(submission_of(FORM_2021, texts=texts)).parts
    at = parts.index(Heading(2, "（二）依申请公开"))
    assert parts[at + 1 : at + 4] == (
        Paragraph("甲。"),
        Paragraph("乙。"),
        Heading(2, "（三）政府信息管理"),
    )
    at = parts.index(Heading(1, SIX[4]))
    assert parts[at + 1 : at + 3] == (Paragraph("丙。"), Heading(1, SIX[5]))


def test_table_three_as_in_the_notice() -> None:
    table = tables(made(submission_of(FORM_2021)))[1]
    assert (table.columns, table.header_rows, table.rows) == (10, 3, 28)
    places = {(c.row, c.column, c.rows, c.columns, c.text) for c in table.cells if c.role is Role.COLUMN}
    assert places == {
        (0, 0, 3, 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
        (0, 3, 1, 7, "申请人情况"),
        (1, 3, 2, 1, "自然人"),
        (1, 4, 1, 5, "法人或其他组织"),
        (2, 4, 1, 1, "商业企业"),
        (2, 5, 1, 1, "科研机构"),
        (2, 6, 1, 1, "社会公益组织"),
        (2, 7, 1, 1, "法律服务机构"),
        (2, 8, 1, 1, "其他"),
        (1, 9, 2, 1, "总计"),
    }
    spans = {c.text: (c.rows, c.columns) for c in table.cells if c.role in (Role.ROW, Role.ROW_GROUP)}
    assert spans["一、本年新收政府信息公开申请数量"] == (1, 3)
    assert spans["三、本年度办理结果"] == (22, 1)
    assert spans["（三）不予公开"] == (8, 1)
    assert spans["1.属于国家秘密"] == (1, 1)
    assert spans["（七）总计"] == (1, 2)


def test_table_two_is_one_table_of_blocks() -> None:
    table = tables(made(submission_of(FORM_2021)))[0]
    blocks = [(c.text, c.columns) for c in table.cells if c.role is Role.BLOCK]
    assert blocks == [(f"第二十条第（{n}）项", 4) for n in "一五六八"]
    assert table.header_rows == 0
    amount = next(c for c in table.cells if c.text == "本年收费金额（单位：万元）")
    assert (amount.column, amount.columns) == (1, 3)


def test_table_four() -> None:
    table = tables(made(submission_of(FORM_2021)))[2]
    assert (table.columns, table.header_rows, table.rows) == (15, 3, 4)
    names = [header.text for header in table.headers_of(table.cells[-1])]
    assert names == ["行政诉讼", "复议后起诉", "总计"]


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_cells_fill_every_place_once(form: Form) -> None:
    for table in tables(made(submission_of(form))):
        places = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        assert sorted(places) == [(r, c) for r in range(table.rows) for c in range(table.columns)]


def test_zero_reports_show_zeros_and_others_blanks() -> None:
    blank = submission_of(FORM_2021, dict.fromkeys((c.id for c in FORM_2021.inputs), None))
    figures = [c.text for t in tables(report(blank)) for c in t.cells if c.role is Role.FIGURE]
    assert set(figures) == {""}
    zero = replace(blank, zero_report=True)
    figures = [c.text for t in tables(made(zero)) for c in t.cells if c.role is Role.FIGURE]
    assert set(figures) == {"0"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (-3, "-3"),
        (5.0, "5"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (25.1, "25.1"),
        (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"),
        (123456789012345, "123456789012345"),
        ("约9", "约9"),
        ("a\x00b", "a b"),
        (True, "True"),
        (ErrorValue("#REF!"), "#REF!"),
    ],
)
def test_figures(value: Value, text: str) -> None:
    assert figure_text(value) == text


@given(st.integers() | st.decimals(-(10**9), 10**9, places=4).map(float))
def test_a_figure_reads_back_as_itself(value: float) -> None:
    text = figure_text(value)
    assert re.fullmatch(r"-?\d+(\.\d+)?", text)
    assert type(value)(text) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-15", "2026年1月15日"),
        ("2026/1/5", "2026年1月5日"),
        ("2026.1.5", "2026年1月5日"),
        (" 2026 年 01 月 05 日 ", "2026年1月5日"),
        ("46037", "2026年1月15日"),
        ("2026-02-30", None),
        ("9" * 5000, None),
        ("一月", None),
        ("", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    assert as_day(text) == day
    assert written_date(text) == (day or text)


@given(st.text())
def test_what_is_cleaned_can_be_shown(text: str) -> None:
    shown = clean(text)
    assert shown == clean(shown)
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]", shown)


def test_what_is_kept_when_cleaning() -> None:
    assert clean("𠮷野家 ①％ \ue000") == "𠮷野家 ①％ \ue000"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text


def test_the_caption_says_what_and_when() -> None:
    assert [table.caption for table in tables(made(submission_of(FORM_2021, period=Period(2024))))] == [
        "2024年主动公开政府信息情况",
        "2024年收到和处理政府信息公开申请情况",
        "2024年政府信息公开行政复议、行政诉讼情况",
    ]


def test_nothing_of_the_cover_but_unit_and_day() -> None:
    texts = {"cover.phone": "12345678901", "cover.preparer": "张三丰", "cover.responsible": "李四光"}
    found = repr(made(submission_of(FORM_2021, texts=texts)))
    for secret in (*texts.values(), UNIT.code):
        assert secret not in found
