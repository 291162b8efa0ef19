"""The report as a web page, parsed strictly: content, what every figure belongs to, nothing but text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.published import (
    XHTML,
    figures_of,
    paths,
    web_blocks,
    web_cells,
    web_root,
    word_blocks,
)
from tests.support.workbooks import FORM_2021, FORMS, form_id, submission_of
from tests.unit.writing.published_submissions import figures_due, telling, telling_report
from xltools.checking.check import check_submission
from xltools.layout.report import report
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.writing.report_docx import render_docx
from xltools.writing.report_html import render_html

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "</td></table><img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "</style><style>@import 'http://x'</style>",
    "<!-- ",
)


def page(submission: Submission) -> str:
    return render_html(report(submission), "1.0")


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_the_page_and_the_word_file_say_the_same(form: Form) -> None:
    found = telling_report(form)
    assert web_blocks(render_html(found, "1.0")) == word_blocks(render_docx(found))


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_figure_stands_where_its_labels_say(form: Form) -> None:
    submission = telling(form)
    grids = [block for block in web_blocks(page(submission)) if isinstance(block, list)]
    assert figures_of(form, grids) == figures_due(submission)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.none() | st.integers(-(10**12), 10**12) | st.floats(-1e15, 1e15),
        min_size=len(FORM_2021.inputs),
        max_size=len(FORM_2021.inputs),
    ),
    st.text(),
)
def test_anything_read_gives_a_page_without_a_mistake(figures: list[float | None], text: str) -> None:
    values = dict(zip((cell.id for cell in FORM_2021.inputs), figures, strict=True))
    texts = dict.fromkeys((c.id for c in FORM_2021.cells.values() if c.type == "text"), text)
    submission, _ = check_submission(submission_of(FORM_2021, values, texts=texts, unit=Unit(text)))
    grids = [block for block in web_blocks(page(submission)) if isinstance(block, list)]
    assert figures_of(FORM_2021, grids) == figures_due(submission)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_figure_names_its_headers(form: Form) -> None:
    """WCAG 2.1, 1.3.1 by H43 (ids), H63 (scope) and H39 (caption)."""
    root = web_root(page(telling(form)))
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert set(ids.values()) == {1}
    due = {
        figures_due(telling(form))[table.cell_id(row, column)]: {table.heading, *over, *beside} - {""}
        for table in form.tables
        for over, column in paths(table.columns)
        for beside, row in paths(table.rows)
    }
    seen = 0
    for table in root.iter(f"{XHTML}table"):
        assert table.find(f"{XHTML}caption").text
        cells = [entry for line in web_cells(table) for entry in line]
        words = {cell.get("id"): text for cell, text in cells if cell.tag == f"{XHTML}th"}
        assert all(cell.get("scope") for cell, _ in cells if cell.tag == f"{XHTML}th")
        for cell, text in {id(cell): (cell, text) for cell, text in cells}.values():
            if cell.tag == f"{XHTML}td" and text in due:
                assert {words[name] for name in cell.get("headers").split()} == due[text]
                seen += 1
    assert seen >= len(form.figures)


def test_scopes_reach_no_further_than_the_label() -> None:
    root = web_root(page(telling(FORM_2021)))
    scopes = {"".join(th.itertext()): th.get("scope") for th in root.iter(f"{XHTML}th")}
    assert scopes["第二十条第（一）项"] == "rowgroup"
    assert scopes["申请人情况"] == scopes["自然人"] == "col"
    assert scopes["三、本年度办理结果"] == scopes["1.属于国家秘密"] == "row"
    first = root.find(f".//{XHTML}table")
    assert len(first.findall(f"{XHTML}tbody")) == 4
    assert [group.tag for group in root.findall(f".//{XHTML}thead")] == [f"{XHTML}thead"] * 2


def test_language_title_and_order_of_headings() -> None:
    root = web_root(page(telling(FORM_2021)))
    assert root.get("lang") == "zh-CN"
    assert root.find(f".//{XHTML}title").text == "云山县某局2025年政府信息公开工作年度报告"
    levels = [int(e.tag[-1]) for e in root.iter() if re.fullmatch(rf"{XHTML}h\d", str(e.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nothing_is_fetched_nothing_runs_and_looks_survive_an_editor() -> None:
    source = page(telling(FORM_2021))
    for word in (
        "http:",
        "https:",
        "url(",
        "@import",
        "<script",
        "src=",
        "href=",
        "position",
        "flex",
        "float",
    ):
        assert word not in source
    root = web_root(source)
    for name in ("h1", "h2", "h3", "p", "table", "caption", "th", "td"):
        assert all(element.get("style") for element in root.iter(f"{XHTML}{name}")), name
    assert "default-src 'none'" in source
    assert "size: A4; margin: 37mm 26mm 35mm 28mm" in source


def test_pictures_stand_in_the_page_and_are_named() -> None:
    source = render_html(report(telling(FORM_2021), pictures=True), "1.0")
    root = web_root(source)
    figures = list(root.iter(f"{XHTML}figure"))
    captions = [figure.find(f"{XHTML}figcaption").text for figure in figures]
    assert captions == ["图1　申请办理情况（件）", "图2　本年新收申请：申请人类别（件）"]
    for figure, caption in zip(figures, captions, strict=True):
        (drawing,) = figure.iter(f"{SVG}svg")
        assert drawing.get("role") == "img"
        names = drawing.get("aria-labelledby").split()
        named = [root.find(f".//*[@id='{name}']").text for name in names]
        assert named[0] == caption
        assert named[1].count("；") == sum(1 for _ in drawing.iter(f"{SVG}rect")) - 2
        assert "max-width:100%" in drawing.get("style")
        assert "break-inside:avoid" in figure.get("style")
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert set(ids.values()) == {1}
    assert "url(" not in source
    order = [child.tag.removeprefix(XHTML) for child in root.find(f".//{XHTML}main")]
    assert order[order.index("figure") - 1] == "table"
    assert web_blocks(source) == web_blocks(page(telling(FORM_2021)))


@pytest.mark.parametrize("digits", [1, 4, 7])
def test_long_figures_stay_in_one_line_on_a_printed_page(digits: int) -> None:
    values = {cell.id: 10**digits - 1 for cell in FORM_2021.inputs if cell.table == "t4"}
    submission, _ = check_submission(submission_of(FORM_2021, values))
    last = list(web_root(page(submission)).iter(f"{XHTML}table"))[-1]
    size = float(re.search(r"font-size:([\d.]+)pt", last.get("style"))[1])  # type: ignore[index]
    figures = [cell for cell in last.iter(f"{XHTML}td") if cell.text]
    assert len(figures) == 15
    assert all("white-space:nowrap" in cell.get("style") for cell in figures)
    assert sum(0.5 * len(cell.text) + 0.4 for cell in figures) * size <= 156 / 25.4 * 72
    assert digits > 4 or size >= 7.5


def test_black_on_white() -> None:
    colours = re.findall(r"(?<![-\w])(?:color|background)\s*:\s*([^;\"}]+)", page(telling(FORM_2021)))
    assert set(colours) <= {"#000", "#fff"}


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_stays_text(text: str) -> None:
    texts = dict.fromkeys((c.id for c in FORM_2021.cells.values() if c.type == "text"), text)
    values = {FORM_2021.inputs[0].id: text}
    submission = submission_of(FORM_2021, values, unit=Unit(text, text, text), texts=texts)
    root, plain = web_root(page(submission)), web_root(page(telling(FORM_2021)))
    assert {e.tag for e in root.iter()} == {e.tag for e in plain.iter()}
    known = {name for e in plain.iter() for name in e.keys()}  # noqa: SIM118 - an element is no mapping
    assert {name for e in root.iter() for name in e.keys()} <= known  # noqa: SIM118
    words = [block[1] for block in web_blocks(page(submission)) if block[0] == "text"]
    assert set(words) == {text.strip()}


def test_words_of_a_definition_stay_text_too() -> None:
    evil = "<img src=x>\x00&"
    sections = tuple(replace(section, title=evil) for section in FORM_2021.sections)
    form = replace(FORM_2021, title=evil, sections=sections)
    blocks = web_blocks(page(submission_of(form)))
    assert blocks[0] == ("title", "云山县某局\n2025年<img src=x> &")
    assert [block[1] for block in blocks if block[0] == "h1"] == ["<img src=x> &"] * len(sections)


def test_the_same_page_twice() -> None:
    assert page(telling(FORM_2021)) == page(telling(FORM_2021))
