"""Reports in every format and flattened in every way: each figure in its cell, and none that is not there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support import reports
from tests.support.reports import FLATTENINGS, Rows, as_docx, as_html, as_text, html_body, numbered
from tests.support.workbooks import FORM_2019, FORM_2021, form_id, submission_of
from xltools.checking.result import CheckedFile
from xltools.excel.a1 import parse_cell
from xltools.excel.values import Value
from xltools.model.form import Form
from xltools.model.outcomes import with_totals
from xltools.model.submission import Submission
from xltools.reading.documents.report import read_report
from xltools.workflows.importing import read_source

ANNUAL = (FORM_2019, FORM_2021)
KEEPING = ("tabs", "commas", "tabs without covered cells", "pipes", "aligned")
STYLE = ' style="border:1px solid #000;font-size:14px;display: block"'


def imported(data: bytes | str, suffix: str) -> CheckedFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"年度报告{suffix}"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_source(path)


def filled(form: Form) -> Submission:
    return submission_of(form, numbered(form))


def same(read: CheckedFile, due: Submission) -> None:
    """Figures, texts, unit and period are those of the report, and nothing has to be corrected."""
    found = read.submission
    assert found is not None, [finding.message.en for finding in read.findings]
    assert found.form is due.form or found.form.id == due.form.id
    assert dict(found.values) == with_totals(due)
    narrative = {part.id for section in due.form.sections for part in section.texts}
    assert {id_: found.texts.get(id_) for id_ in narrative} == {id_: due.texts[id_] for id_ in narrative}
    assert (found.unit.name, found.period) == (due.unit.name, due.period)
    assert not found.typed_totals
    assert not [finding for finding in read.findings if finding.blocks]


@pytest.mark.parametrize("form", ANNUAL, ids=form_id)
@pytest.mark.parametrize("way", FLATTENINGS)
def test_a_flattened_report_is_put_together_again(way: str, form: Form) -> None:
    same(imported(as_text(filled(form), FLATTENINGS[way]), ".txt"), filled(form))


PAGES: Mapping[str, tuple[Callable[[Submission], bytes], str]] = {
    "plain page": (as_html, ".html"),
    "page in layout tables": (lambda s: as_html(s, layout=True, style=STYLE), ".html"),
    "page in GBK": (lambda s: as_html(s, charset="gb2312"), ".html"),
    "page in UTF-16": (lambda s: html_body(s).encode("utf-16"), ".html"),
    "page with tables split": (lambda s: html_body(s, split=12).encode(), ".html"),
    "document": (as_docx, ".docx"),
    "document with tables split": (lambda s: as_docx(s, split=12), ".docx"),
    "document under a wrong name": (as_docx, ".txt"),
}


@pytest.mark.parametrize("form", ANNUAL, ids=form_id)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_or_document_gives_the_same(page: str, form: Form) -> None:
    make, suffix = PAGES[page]
    same(imported(make(filled(form)), suffix), filled(form))


@pytest.mark.parametrize("split", [4, 7, 20])
def test_a_table_split_with_its_header_repeated_is_whole_again(split: int) -> None:
    due = filled(FORM_2021)
    table = next(table for table in FORM_2021.tables if table.id == "t3")
    rows = reports.table_rows(due, table)
    whole = reports.html_table(rows)
    cut = reports.html_table(rows[:split]) + "<p>续表</p>" + reports.html_table([*rows[:3], *rows[split:]])
    page = html_body(due)
    assert whole in page
    read = imported(page.replace(whole, cut).encode(), ".html").submission
    assert read is not None
    assert dict(read.values) == with_totals(due)


def test_columns_out_of_their_order_are_read_by_their_headings_or_not_at_all() -> None:
    due = filled(FORM_2021)
    page = (
        as_html(due)
        .decode()
        .replace("商业企业", "§")
        .replace("科研机构", "商业企业")
        .replace("§", "科研机构")
    )
    read = imported(page, ".html").submission
    assert read is not None
    assert read.values["t3.new.business"] == due.values["t3.new.research"]
    assert read.values["t3.new.research"] == due.values["t3.new.business"]
    text = as_text(due).replace("商业企业", "§").replace("科研机构", "商业企业").replace("§", "科研机构")
    flat = imported(text, ".txt")
    assert flat.submission is not None
    assert not [
        id_ for id_, value in flat.submission.values.items() if id_.startswith("t3.") and value is not None
    ]
    assert "TABLE-MISSING" in {finding.code for finding in flat.findings}


def test_a_row_of_a_page_with_cells_out_of_line_is_not_read_from_the_wrong_column() -> None:
    due = filled(FORM_2021)
    row = "一、本年新收政府信息公开申请数量"
    page = as_html(due).decode()
    at = page.index(row)
    start = page.rindex("<td", 0, at)
    shifted = page[:start] + page[start:].replace(' colspan="3"', ' colspan="2"', 1)
    read = imported(shifted, ".html").submission
    assert read is not None
    assert dict(read.values) == with_totals(due)  # the label, not the column, says where the figures begin


# ---------------------------------------------------------------- several readings


def one_row(form: Form, row: str, figures: list[Value], flatten: Callable[[Rows], list[str]]) -> CheckedFile:
    """A report of zeros but for one row of table 三, given with its total, its blanks and all."""
    columns = [c.id for table in form.tables if table.id == "t3" for c in table.column_leaves]
    given = {f"t3.{row}.{column}": value for column, value in zip(columns, figures, strict=True)}
    due = submission_of(form, given, typed_totals=frozenset(given) & {cell.id for cell in form.totals})
    return imported(as_text(due, flatten), ".txt")


def read_row(read: CheckedFile, row: str) -> list[Value]:
    assert read.submission is not None
    return [v for id_, v in read.submission.values.items() if id_.startswith(f"t3.{row}.")]


@pytest.mark.parametrize("way", KEEPING)
def test_a_blank_among_figures_stays_a_blank_where_its_place_was_kept(way: str) -> None:
    figures: list[Value] = [5, None, None, 2, None, 0, 7]
    read = one_row(FORM_2021, "granted", figures, FLATTENINGS[way])
    assert read_row(read, "granted") == figures
    assert not {"ROW-READINGS", "READING-CHOSEN"} & {finding.code for finding in read.findings}


@pytest.mark.parametrize("way", ["one a line", "dropped", "spaces"])
def test_a_row_that_lost_its_blanks_is_not_guessed(way: str) -> None:
    read = one_row(FORM_2021, "granted", [5, None, None, 2, None, 0, 7], FLATTENINGS[way])
    (said,) = [finding for finding in read.findings if finding.code == "ROW-READINGS"]
    assert said.blocks
    assert "5 2 0 7" in said.message.zh
    assert said.cells[0] == "t3.granted.natural"
    # 7 may be the total, which adds up, or any other column with the total blank
    assert read_row(read, "granted") == [None] * 7


@pytest.mark.parametrize("way", ["one a line", "dropped", "spaces"])
@pytest.mark.parametrize("figures", [[5, 1, 1, 1, 1, 1, None], [0, 0, 0, 0, 0, None, 9]])
def test_that_the_figures_do_not_add_up_is_no_proof_that_the_total_is_blank(
    way: str, figures: list[Value]
) -> None:
    """Nothing checks a reading without a total: it may as well be wrong."""
    read = one_row(FORM_2021, "granted", figures, FLATTENINGS[way])
    assert read_row(read, "granted") == [None] * 7
    (said,) = [finding for finding in read.findings if finding.code == "ROW-READINGS"]
    assert said.blocks


@pytest.mark.parametrize("way", FLATTENINGS)
def test_a_blank_row_is_blank(way: str) -> None:
    read = one_row(FORM_2021, "granted", [None] * 7, FLATTENINGS[way])
    assert read_row(read, "granted") == [None] * 7
    assert not {"ROW-READINGS", "READING-CHOSEN"} & {finding.code for finding in read.findings}


BRIEFLY = settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""A report takes a while to read; making a failing one smaller would take an hour."""
FIGURES = st.one_of(st.none(), st.just(0), st.integers(0, 12), st.integers(0, 99_999))


def drawn(data: st.DataObject, *, totals: bool) -> Submission:
    """A report with any cells blank; its totals are what their parts come to, or any figures at all."""
    form = data.draw(st.sampled_from(ANNUAL))
    cells = [cell.id for cell in (form.figures if totals else form.inputs)]
    figures = data.draw(st.lists(FIGURES, min_size=len(cells), max_size=len(cells)))
    typed = frozenset(cell.id for cell in form.totals) if totals else frozenset[str]()
    return submission_of(form, dict(zip(cells, figures, strict=True)), typed_totals=typed)


def own_figures(read: CheckedFile, due: Submission, text: str, *, but: frozenset[str]) -> None:
    """Every figure read is the report's own in that cell, and stands where it says."""
    if read.submission is None:
        return
    values, lines = with_totals(due), text.split("\n")
    for id_, value in read.submission.values.items():
        if value is not None and id_ not in but:
            assert value == values[id_], id_
            row, _ = parse_cell(read.submission.places[id_][1])
            assert str(value) in lines[row].replace("|", " ").replace(",", " ").split()


@pytest.mark.parametrize("way", FLATTENINGS)
@BRIEFLY
@given(data=st.data())
def test_no_figure_is_ever_invented_or_moved(way: str, data: st.DataObject) -> None:
    due = drawn(data, totals=False)
    text = as_text(due, FLATTENINGS[way])
    own_figures(imported(text, ".txt"), due, text, but=frozenset())


@pytest.mark.parametrize("way", FLATTENINGS)
@BRIEFLY
@given(data=st.data())
def test_nor_where_totals_are_wrong_unless_it_is_said(way: str, data: st.DataObject) -> None:
    """Totals that do not agree may mislead the choice between readings, so it has to be confirmed."""
    due = drawn(data, totals=True)
    text = as_text(due, FLATTENINGS[way])
    read = imported(text, ".txt")
    chosen = [finding for finding in read.findings if finding.code == "READING-CHOSEN"]
    assert all(finding.blocks for finding in chosen)
    own_figures(read, due, text, but=frozenset(id_ for finding in chosen for id_ in finding.cells))
    if way in KEEPING:
        assert read.submission is not None
        assert dict(read.submission.values) == dict(due.values)


@BRIEFLY
@given(data=st.data())
def test_pages_and_documents_lose_no_figure_whatever_is_blank(data: st.DataObject) -> None:
    due = drawn(data, totals=True)
    make, suffix = data.draw(st.sampled_from(list(PAGES.values())))
    read = imported(make(due), suffix).submission
    assert read is not None
    assert dict(read.values) == dict(due.values)


def test_every_figure_of_a_page_stands_at_the_place_named(tmp_path: Path) -> None:
    due = filled(FORM_2021)
    path = tmp_path / "a.html"
    path.write_bytes(as_html(due, layout=True))
    read = read_source(path).submission
    assert read is not None
    grid = read_report(path)
    for id_, value in with_totals(due).items():
        sheet, cell = read.places[id_]
        found = grid.sheet(sheet)
        assert found is not None
        assert found.values[cell] == str(value)
