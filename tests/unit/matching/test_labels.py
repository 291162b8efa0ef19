"""Labels as they come back, and which official one each stands for."""

from __future__ import annotations

import pytest

from tests.support.workbooks import FORMS, form_id
from xltools.matching.labels import EXACT, SHORT, TYPO, LabelBook, label_book, label_key
from xltools.matching.tables.align import align
from xltools.model.form import Form, groups

OFFICIAL = (
    "三、本年度办理结果",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "7.属于行政执法案卷",
    "（六）其他处理",
    "3.其他",
    "本年收费金额（单位：万元）",
    "“免予公开范围1”数",
    "“免予公开范围2”数",
    "本年新制作数量",
)


@pytest.mark.parametrize(
    ("text", "official", "weight"),
    [
        ("三、本年度办理结果", "三、本年度办理结果", EXACT),
        (" 三 、本年度\n办理结果 ", "三、本年度办理结果", EXACT),
        ("本年度办理结果", "三、本年度办理结果", EXACT),
        ("三、本年受理结果", "三、本年度办理结果", TYPO),
        ("(二) 部分公开(区分处理的,只计这一情形,不计其他情形)", OFFICIAL[1], EXACT),
        ("部分公开", OFFICIAL[1], SHORT),
        ("７．属于行政执法卷", "7.属于行政执法案卷", TYPO),
        ("其它处理", "（六）其他处理", TYPO),
        ("（3）其他", "3.其他", EXACT),
        ("本年新制作数里", "本年新制作数量", TYPO),
        ("本年收费金额", "本年收费金额（单位：万元）", SHORT),
        ('"免予公开范围2"数', "“免予公开范围2”数", EXACT),
    ],
)
def test_a_label_is_known_in_other_spellings(text: str, official: str, weight: int) -> None:
    found = LabelBook(OFFICIAL).find(text)
    assert found is not None
    assert (found.key, found.weight) == (label_key(official), weight)


def test_a_near_miss_is_known_by_its_likeness() -> None:
    found = LabelBook(["申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"]).find(
        "申请人无正当理由逾期不补正，行政机关不再处理其信息公开申请"
    )
    assert found is not None
    assert 0 < found.weight < SHORT
    assert "%" in found.how.zh


@pytest.mark.parametrize(
    "text",
    [
        "本年收费金额（单位：元）",
        "“免予公开范围3”数",
        "本年新公开数量",
        "处理",
        "",
        "12",
        "合格",
        "备注",
        "长" * 200,
    ],
)
def test_another_thing_is_not_taken_for_a_label(text: str) -> None:
    assert LabelBook(OFFICIAL).find(text) is None


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_no_two_labels_of_a_form_are_taken_for_each_other(form: Form) -> None:
    labels = {leaf.label for table in form.tables for leaf in (*table.row_leaves, *table.column_leaves)}
    labels |= {
        group.label for table in form.tables for axis in (table.rows, table.columns) for group in groups(axis)
    }
    labels -= {""}
    for label in labels:
        others = {other for other in labels if label_key(other) != label_key(label)}
        assert LabelBook(others).find(label) is None, label


def _weigh(labels: str, texts: str):  # type: ignore[no-untyped-def]
    return lambda label, text: EXACT if labels[label] == texts[text] else 0


@pytest.mark.parametrize(
    ("labels", "texts", "found", "certain"),
    [
        ("abc", "abc", [0, 1, 2], "yyy"),
        ("abc", "xaxbxc", [1, 3, 5], "yyy"),
        ("abc", "ac", [0, None, 1], "yyy"),
        ("atbtct", "atbct", [0, 1, 2, None, 3, 4], "yyyyyy"),
        ("tt", "t", None, "nn"),
        ("t", "tt", None, "n"),
        ("atbt", "abt", [0, None, 1, 2], "yyyy"),
        ("ab", "ba", None, "nn"),
    ],
)
def test_order_tells_repeated_labels_apart_and_doubt_is_said(
    labels: str, texts: str, found: list[int | None] | None, certain: str
) -> None:
    aligned = align(len(labels), range(len(texts)), _weigh(labels, texts))
    assert "".join("y" if sure else "n" for sure in aligned.certain) == certain
    if found is not None:
        assert list(aligned.texts) == found


def test_texts_in_one_place_are_one_place() -> None:
    assert align(1, [4, 4], _weigh("t", "tt")).certain == (True,)


def test_a_book_of_the_same_labels_is_made_once_and_keeps_a_limited_number_of_answers() -> None:
    book = label_book(iter(OFFICIAL))
    assert label_book(OFFICIAL) is book
    found = book.find(OFFICIAL[0])
    for number in range(2_500):
        book.find(f"不是名称的文字{number}")
    assert len(book._known) <= 1_000
    assert book.find(OFFICIAL[0]) == found
