"""Tables over several pages: closed where browsers leave them open, in the same columns, rows paired."""

from __future__ import annotations

import pytest

from tests.support.pdfs import pages_pdf, rules, word
from xltools.reading.documents.pdf import read_pdf
from xltools.reading.documents.pdf_breaks import closed_at_breaks
from xltools.reading.grid import Grid, Seam

XS = (50, 200, 231, 400)
HEAD = word(60, 785, "item") + word(204, 785, "made") + word(240, 785, "kept")


def read(*contents: str) -> Grid:
    return read_pdf(pages_pdf(*contents), "a.pdf", "")


def texts(grid: Grid) -> list[dict[str, object]]:
    return [dict(sheet.values) for sheet in grid.sheets if not sheet.is_text]


def only(grid: Grid) -> Seam:
    (seam,) = grid.seams
    return seam


def cut(above: str = "", below: str = "") -> Grid:
    """A table whose last row on the first page has a long label and a figure that fills its column."""
    one = rules(XS, (740, 770, 800)) + HEAD + word(60, 750, "a label that is") + word(204, 745, "1012")
    other = rules(XS, (700, 740, 770)) + word(60, 750, "cut in two") + word(204, 755, "17")
    return read(one + above, other + word(60, 715, "next") + word(204, 715, "5") + below)


def test_rows_on_both_sides_of_a_page_break_are_paired() -> None:
    seam = only(cut())
    assert (seam.above, seam.below, seam.adjoins) == (("表格1", 1), ("表格2", 0), True)
    assert [(c.above, c.below, c.text, c.is_merged) for c in seam.cells] == [
        ("A2", "A1", "a label that is\ncut in two", False),
        ("B2", "B1", "101217", False),  # no room for another digit above
        ("C2", "C1", "", False),
    ]


def test_text_between_the_two_pages_of_a_table_is_told() -> None:
    assert not only(cut(above=word(60, 400, "a footnote"))).adjoins
    assert not only(cut(below=word(60, 790, "a head of the page"))).adjoins
    many = "".join(word(60, 600 - 20 * n, f"paragraph {n}") for n in range(4))
    assert not cut(above=many).seams


def test_what_stands_on_every_page_is_no_text_between() -> None:
    numbers = [word(300, 20, f"- {n} -") for n in (1, 2)]
    assert only(cut(*numbers)).adjoins


def test_a_number_with_room_for_more_digits_is_not_joined() -> None:
    one = rules(XS, (740, 770)) + word(60, 750, "a label of it") + word(240, 745, "12")
    other = rules(XS, (740, 770)) + word(60, 750, "and its end") + word(240, 745, "7")
    assert [cell.text for cell in only(read(one, other)).cells][2] == "12\n7"


def test_a_repeated_header_is_passed_over() -> None:
    rows = word(60, 755, "a row with a label") + word(204, 755, "12")
    one = rules(XS, (740, 770, 800)) + HEAD + rows
    assert only(read(one, one.replace("12", "34"))).below == ("表格2", 1)


def test_rows_of_other_columns_are_not_paired() -> None:
    one = rules(XS, (740, 770)) + word(60, 750, "a row with a label") + word(204, 750, "12")
    other = rules((50, 260, 400), (740, 770)) + word(60, 750, "a row with a label") + word(270, 750, "1")
    assert not read(one, other).seams


def test_columns_count_alike_on_all_pages() -> None:
    """A label over two columns on the first page, in one of them on the second."""
    one = rules((50, 200, 400), (740, 770)) + word(60, 750, "a label over two") + word(210, 750, "12")
    other = rules((50, 100, 200, 400), (740, 770)) + word(110, 750, "a label") + word(210, 750, "7")
    assert texts(read(one, other)) == [{"A1": "a label over two", "C1": "12"}, {"B1": "a label", "C1": "7"}]


def test_a_table_that_a_browser_leaves_open_at_the_page_break_is_closed() -> None:
    one = rules(XS, (740, 770), open_at=(700,)) + word(60, 750, "a row above") + word(204, 720, "12")
    other = rules(XS, (740,), open_at=(780,)) + word(60, 760, "a row below") + word(204, 760, "7")
    assert texts(read(one, other)) == [{"A1": "a row above", "B2": "12"}, {"A1": "a row below", "B1": "7"}]


@pytest.mark.parametrize("other", [(50.0, 300.0), (80.0, 400.0)])
def test_lines_of_different_width_are_no_table_that_goes_on(other: tuple[float, float]) -> None:
    pages = [[(x, 10.0, x, 90.0) for x in (50.0, 400.0)], [(x, 10.0, x, 90.0) for x in other]]
    assert closed_at_breaks(pages) == pages
    assert closed_at_breaks([pages[0], pages[0]])[0][2:] == [(50.0, 10.0, 400.0, 10.0)]


def test_figures_beyond_the_edge_of_the_page_are_in_the_cell_at_that_edge() -> None:
    """Part of a figure alone would be another figure."""
    table = rules((50, 560, 640), (740, 770))
    grid = read(table + word(60, 750, "a table that is too wide") + word(585, 755, "1234567"))
    assert texts(grid) == [{"A1": "a table that is too wide", "B1": "1234567"}]
