"""What is published and read again is the same return: as Word file, as page, and as the text of either."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support.office import convert
from tests.support.published import web_root
from tests.support.workbooks import FORM_2019, FORM_2021, form_id, submission_of
from tests.unit.matching.test_documents import imported
from tests.unit.writing.published_submissions import telling
from xltools.checking.check import check_submission
from xltools.checking.result import CheckedFile
from xltools.layout.report import report
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.writing.report_docx import render_docx
from xltools.writing.report_html import render_html

ANNUAL = (FORM_2019, FORM_2021)


def same(read: CheckedFile, due: Submission, *said: str) -> None:
    """Every figure and text, unit, period and date; lines may lose the blanks in front of them.

    Nothing is noticed but how the form was found, and what is ``said``.
    """
    found = read.submission
    assert found is not None
    found = check_submission(found)[0]
    assert (found.form.id, found.unit.name, found.period) == (due.form.id, due.unit.name, due.period)
    assert dict(found.values) == dict(due.values)
    narrative = {part.id for section in due.form.sections for part in section.texts}
    for id_ in (*narrative, "cover.date"):
        assert found.texts[id_].split("\n") == [line.strip() for line in due.texts[id_].split("\n")]
    assert {finding.code for finding in read.findings} == {"RECOGNISED-BY-LABELS", *said}


def page(submission: Submission, *, pictures: bool = False) -> str:
    return render_html(report(submission, pictures=pictures), "1")


def text_of(submission: Submission) -> str:
    """The page as a browser gives it to the clipboard: a line a block, a tab between the cells of a row."""
    lines: list[str] = []
    blocks = {"p", "h1", "h2", "h3", "caption", "title"}

    def walk(element: Any) -> None:
        name = str(element.tag).rpartition("}")[2]
        if name == "tr":
            lines.append("\t".join(" ".join("".join(cell.itertext()).split()) for cell in element))
        elif name in blocks:
            lines.extend("".join(element.itertext()).split("\n"))
        elif name != "style":
            for child in element:
                walk(child)

    walk(web_root(page(submission)))
    return "\n".join(lines)


@pytest.mark.parametrize("form", ANNUAL, ids=form_id)
def test_word_page_and_text_give_the_return_again(form: Form) -> None:
    due = telling(form)
    same(imported(render_docx(report(due)), ".docx"), due)
    same(imported(page(due), ".html"), due)
    same(imported(text_of(due), ".txt"), due)


@pytest.mark.parametrize("form", ANNUAL, ids=form_id)
def test_pictures_are_neither_figures_nor_texts(form: Form) -> None:
    due = telling(form)
    same(imported(render_docx(report(due, pictures=True)), ".docx"), due)
    same(imported(page(due, pictures=True), ".html"), due)


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["txt", "html", "pdf"])
def test_what_an_office_suite_makes_of_the_word_file_gives_it_again(kind: str, tmp_path: Path) -> None:
    due = telling(FORM_2021)
    word = tmp_path / "年度报告.docx"
    word.write_bytes(render_docx(report(due)))
    drawn = tmp_path / "带图.docx"
    drawn.write_bytes(render_docx(report(due, pictures=True)))
    made, with_pictures = convert([word, drawn], tmp_path / "made", kind)
    same(imported(made.read_bytes(), made.suffix), due)
    # a printed page does not tell the words of a picture from others: they are said to belong nowhere
    left_out = ("TEXT-LEFT-OUT",) if kind == "pdf" else ()
    same(imported(with_pictures.read_bytes(), made.suffix), due, *left_out)


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(data=st.data())
def test_any_figures_come_through(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(ANNUAL))
    whole, parts = st.integers(0, 10**12), st.integers(0, 10**9).map(lambda cents: cents / 100)
    values = {c.id: data.draw(whole if c.type == "integer" else parts) for c in form.inputs}
    due = check_submission(submission_of(form, values))[0]
    make = data.draw(
        st.sampled_from([(lambda s: render_docx(report(s)), ".docx"), (page, ".html"), (text_of, ".txt")])
    )
    same(imported(make[0](due), make[1]), due)
