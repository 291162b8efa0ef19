"""Figures written as text: what is plainly a number is one, everything else stays as it was read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.workbooks import FORM_2019, FORM_2021
from xltools.excel.values import is_number
from xltools.matching.numbers import chinese_number, figure_in
from xltools.model.form import Cell

COUNT = FORM_2021.cells["t3.new.natural"]
FEE = FORM_2021.cells["t2_8.fees.amount"]
NO_UNIT = FORM_2019.cells["t2_9.procurement.amount"]


def figure(text: str, cell: Cell = COUNT) -> object:
    found = figure_in(text, cell)
    return None if found is None else found.figure


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 12\n", 12),
        ("\u3000１２\u200b", 12),
        ("'7", 7),
        ("１，２３４", 1234),
        ("1,234", 1234),
        ("12,345,678", 12_345_678),
        ("1 234", 1234),
        ("+5", 5),
        ("＋５", 5),
        ("-3", -3),
        ("－３", -3),
        ("−3", -3),
        ("0.50", 0.5),
        ("１２．５", 12.5),
        ("12件", 12),
        ("3 人次", 3),
        ("十二", 12),
        ("一百零五条", 105),
        ("两千", 2000),
        ("三万零六", 30_006),
        ("/", 0),
        ("-", 0),
        ("—", 0),
        ("——", 0),
        ("－", 0),
        (" 无 ", 0),
        ("零", 0),
        ("〇", 0),
        ("没有", 0),
    ],
)
def test_what_is_plainly_a_number_is_one(text: str, number: float) -> None:
    assert figure(text) == number
    assert type(figure(text)) is type(number)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1_000", "1e5", "nan", "inf", "Infinity", "１２３abc", "3-5", "约10", "10左右", "若干"),
        *("1,23", "12,34", "1.234,5", "0,123", "12 34", "1  234", "12\n345", "1.2.3", "12.", ".5", "--3"),
        *(
            "007",
            "—3",
            "(3)",
            "5%",
            "①",
            "½",
            "٣",
            "12万",
            "12万元",
            "2020-01-01",
            "12件件",
            "件12件",
            "0x10",
        ),
        *(
            "一百二",
            "二三",
            "一千五",
            "一千五十",
            "十百",
            "零五",
            "百",
            "万",
            "暂无",
            "无。",
            "是",
            "O",
            "l2",
        ),
        *("1" * 41, "九" * 30, "TRUE", "=1+1", "#REF!", "1,2345", "+-5", "元", "件"),
    ],
)
def test_everything_else_stays_a_text(text: str) -> None:
    assert figure(text) is None


@pytest.mark.parametrize(
    ("text", "cell", "number"),
    [
        ("25.1", FEE, 25.1),
        ("25.1万元", FEE, 25.1),
        ("251000元", FEE, 25.1),
        ("251,000 元", FEE, 25.1),
        ("0.5亿元", FEE, 5000),
        ("三万", FEE, None),
        ("三万元", FEE, 3),
        ("3件", FEE, None),
        ("25万元", replace(FEE, unit="元"), 250_000),
        ("251000元", NO_UNIT, None),
        ("25万元", NO_UNIT, None),
        ("251000", NO_UNIT, 251_000),
        ("12元", COUNT, None),
        ("12条", replace(COUNT, unit="条"), 12),
        ("12件", replace(COUNT, unit="条"), None),
    ],
)
def test_a_unit_is_dropped_where_it_is_the_cells_and_money_converted(
    text: str, cell: Cell, number: float | None
) -> None:
    found = figure_in(text, cell)
    assert (found.figure if found else None) == number


def test_every_conversion_says_how() -> None:
    assert "万元" in str(figure_in("251000元", FEE).how.zh)  # type: ignore[union-attr]
    assert "单位" in figure_in("12件", COUNT).how.zh  # type: ignore[union-attr]
    assert "分隔" in figure_in("1,234", COUNT).how.zh  # type: ignore[union-attr]


@given(st.text(max_size=12))
def test_no_text_makes_trouble(text: str) -> None:
    found = figure_in(text, COUNT)
    assert found is None or is_number(found.figure)


@given(st.text(alphabet="零一二三四五六七八九十百千万两", max_size=9))
def test_chinese_numerals_are_only_read_where_they_are_the_one_way_to_write_them(words: str) -> None:
    value = chinese_number(words)
    assert value is None or (value > 0 and not words.startswith("零"))
