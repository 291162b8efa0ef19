"""Rows that a page break cut: one where the labels of the form prove it, two, or left out and said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from tests.support.workbooks import FORM_2019, FORM_2021
from xltools.matching.documents.seams import Mended, mended
from xltools.reading.documents.document import DocumentBuilder, TableCell
from xltools.reading.grid import Grid, Seam, SeamCell

Row = Sequence[str]
LABEL, REST = "2.没有现成信息需要", "另行制作"
WHOLE = f"{LABEL}\n{REST}"


def document(
    above: Row, below: Row, *, whole: Row | None = None, merged: Sequence[int] = (), adjoins: bool = True
) -> Grid:
    """Two tables of one row on two pages, the cells of both paired; ``whole`` is what they say together."""
    builder = DocumentBuilder()
    sheets = [builder.table([[TableCell(text) for text in row]]) for row in (above, below)]
    together = whole or ["\n".join(filter(None, pair)) for pair in zip(above, below, strict=True)]
    cells = tuple(
        SeamCell(f"{column}1", f"{column}1", text, number in merged)
        for number, (column, text) in enumerate(zip("ABCDEFG", together, strict=False))
    )
    return builder.build("a.pdf", "", seams=(Seam((sheets[0], 0), (sheets[1], 0), cells, adjoins),))


def rows(read: Mended) -> list[list[str]]:
    """What is left of the two rows."""
    sheets = {sheet.name: sheet for sheet in read.grid.sheets}
    return [
        [str(sheets[name].values.get(f"{column}1", "")) for column in "ABC"] for name, _ in read.grid.flow
    ]


def one(above: Row, below: Row, *, whole: Row | None = None) -> list[str]:
    """The row that the two are; fails where they are not."""
    read = mended(FORM_2021, document(above, below, whole=whole))
    assert (len(read.joined), read.doubtful) == (1, ())
    (row,) = rows(read)
    return row


def test_a_label_that_goes_on_makes_one_row() -> None:
    assert one((LABEL, "3", ""), (REST, "", "")) == [WHOLE, "3", ""]
    assert one((LABEL, "", ""), (REST, "3", "0")) == [WHOLE, "3", "0"]


def test_a_label_whose_second_part_nearly_is_it_makes_one_row() -> None:
    rest = "政机关确认或重新出具已获取信息"
    assert one(("5.要求行", "1", ""), (rest, "", ""))[1:] == ["1", ""]


def test_a_row_without_a_label_is_the_rest_of_the_one_above() -> None:
    assert one(("2.重复申请", "1007", ""), ("", "2", ""), whole=("2.重复申请", "10072", "")) == [
        "2.重复申请",
        "10072",
        "",
    ]


def test_a_row_without_a_label_is_the_beginning_of_the_one_below() -> None:
    assert one(("", "5", "6"), ("2.重复申请", "", "")) == ["2.重复申请", "5", "6"]


def test_a_header_that_is_cut_is_one() -> None:
    names = ("信息内容", "本年制发件", "")
    assert one(names, ("", "数", "本年废止件数")) == ["信息内容", "本年制发件\n数", "本年废止件数"]
    assert one(("信息内容", "", ""), ("", "本年制发件数", "本年废止件数"))[2] == "本年废止件数"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("1.信访举报投诉类申请", "1", "2"), ("2.重复申请", "3", "4")),
        (("1.信访举报投诉类申请", "", ""), ("2.重复申请", "3", "")),
        (("行政许可", "1", "2"), ("其中：网上办理", "1", "0")),  # a row that the form does not have
        (("行政许可", "1", "2"), ("", "", "")),
        (("", "", ""), ("行政许可", "1", "2")),
        (("收入", "1", "2"), ("", "3", "4")),  # no table of the form
        (("收入", "1", "2"), ("支出", "3", "4")),
    ],
)
def test_rows_that_are_two_stay_so(above: Row, below: Row) -> None:
    grid = document(above, below)
    read = mended(FORM_2021, grid)
    assert (read.joined, read.doubtful, rows(read)) == ((), (), rows(Mended(grid)))


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        (("2.重复申请", "10", "20"), ("", "11", "21"), None),  # as likely a row whose label is lacking
        (("2.重复申请", "78", ""), ("", "04", ""), None),
        (("2.重复申请", "78", "5"), ("", "063", "045"), ("2.重复申请", "78\n063", "5045")),
        (("10", "20", "30"), ("1", "2", "3"), ("101", "202", "303")),  # no label tells
        (("2.重复申请", "100", ""), ("其中：书面", "7", ""), ("2.重复申请\n其中：书面", "1007", "")),
        (("本年制发件", "单位", ""), ("数", "代码", ""), None),  # one of two labels fits
    ],
)
def test_figures_that_may_be_cut_are_left_out(above: Row, below: Row, whole: Row | None) -> None:
    read = mended(FORM_2021, document(above, below, whole=whole))
    assert (read.joined, len(read.doubtful)) == ((), 1)
    assert not any(text.isdigit() for row in rows(read) for text in row)


def test_nothing_is_joined_over_other_text() -> None:
    read = mended(FORM_2021, document((LABEL, "3", ""), (REST, "", ""), adjoins=False))
    assert (read.joined, len(read.doubtful)) == ((), 1)
    (said,) = read.findings({read.doubtful[0].above})
    assert (said.code, said.blocks, said.place.sheet, said.place.cell) == ("ROW-TORN", True, "表格1", "A1")


def test_the_label_of_a_group_is_joined_where_its_rows_are_not_cut() -> None:
    above, below = ("（五）不予", "1.信访举报投诉类申请", "1"), ("处理", "2.重复申请", "2")
    read = mended(FORM_2019, document(above, below, merged=(0,)))
    assert rows(read) == [["（五）不予\n处理", "1.信访举报投诉类申请", "1"], ["", "2.重复申请", "2"]]


def test_what_is_joined_is_said_of_the_tables_of_the_form_only() -> None:
    read = mended(FORM_2021, document((LABEL, "3", ""), (REST, "", "")))
    (said,) = read.findings({("表格1", 0)})
    assert (said.code, said.blocks) == ("ROW-JOINED", False)
    assert not list(read.findings({("表格9", 0)}))


def pages(*rows: Row) -> Grid:
    """Tables of one row each on pages that follow each other."""
    builder = DocumentBuilder()
    sheets = [builder.table([[TableCell(text) for text in row]]) for row in rows]
    made = [
        Seam(
            (above, 0),
            (below, 0),
            tuple(
                SeamCell(f"{column}1", f"{column}1", "\n".join(filter(None, pair)), is_merged=False)
                for column, pair in zip("ABC", zip(one, other, strict=True), strict=True)
            ),
            adjoins=True,
        )
        for (above, one), (below, other) in pairwise(zip(sheets, rows, strict=True))
    ]
    return builder.build("a.pdf", "", seams=tuple(made))


@pytest.mark.parametrize(
    "given",
    [
        [("2.重复申请", "3", "3"), ("", "9", "2"), ("3.要求提供公开出版物", "", "8")],
        [("2.重复申请", "3", ""), ("", "", "2"), ("3.要求提供公开出版物", "", "")],
        [("4.无正当理由", "1", ""), ("大量反复申请", "", ""), ("", "2", "")],
    ],
)
def test_a_row_that_fills_a_page_is_left_out_where_it_may_go_on_to_both_sides(given: list[Row]) -> None:
    read = mended(FORM_2021, pages(*given))
    assert (read.joined, len(read.doubtful)) == ((), 2)
    assert not any(text.isdigit() for row in rows(read) for text in row)


def test_a_row_on_two_pages_is_one_before_a_further_row() -> None:
    read = mended(FORM_2021, pages((LABEL, "1", "2"), (REST, "", ""), ("3.补正后申请内容仍不明确", "3", "4")))
    assert rows(read) == [[WHOLE, "1", "2"], ["3.补正后申请内容仍不明确", "3", "4"]]
    read = mended(
        FORM_2021, pages(("1.本机关不掌握相关政府信息", "3", "4"), (LABEL, "1", "2"), (REST, "", ""))
    )
    assert rows(read) == [["1.本机关不掌握相关政府信息", "3", "4"], [WHOLE, "1", "2"]]
