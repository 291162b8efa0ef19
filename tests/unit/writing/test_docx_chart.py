"""Pictures in the Word file: charts, read with ElementTree, openpyxl and an office suite."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pypdfium2
import pytest

from tests.support.office import convert
from tests.support.published import W, word_blocks, word_part
from tests.support.workbooks import FORM_2021, FORMS, form_id
from tests.unit.writing.published_submissions import telling
from xltools.layout.report import report
from xltools.layout.report_pictures import Picture
from xltools.model.form import Form
from xltools.writing.report_docx import render_docx

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def drawn(form: Form) -> tuple[list[Picture], bytes]:
    made = report(telling(form), pictures=True)
    return [part for part in made.parts if isinstance(part, Picture)], render_docx(made)


def points(chart: ElementTree.Element, axis: str) -> list[str | None]:
    return [value.text for value in chart.iterfind(f".//{C}{axis}//{C}pt/{C}v")]


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_picture_is_a_chart_of_its_figures(form: Form) -> None:
    pictures, data = drawn(form)
    assert pictures
    for number, picture in enumerate(pictures, 1):
        chart = word_part(data, f"word/charts/chart{number}.xml")
        assert [text.text for text in chart.iter(f"{A}t")] == [picture.title]
        assert points(chart, "cat") == [bar.label for bar in picture.bars]
        assert points(chart, "val") == [bar.figure for bar in picture.bars]
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            inside = package.read(f"word/embeddings/chart{number}.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(inside)).active
        assert sheet is not None
        _, *rows = sheet.iter_rows(values_only=True)
        assert rows == [(bar.label, bar.value) for bar in picture.bars]
        formulas = [f.text for f in chart.iter(f"{C}f")]
        last = len(rows) + 1
        assert formulas == [f"{sheet.title}!{ref}" for ref in ("$B$1", f"$A$2:$A${last}", f"$B$2:$B${last}")]


def test_a_picture_stands_below_its_table_and_is_told_in_words() -> None:
    pictures, data = drawn(FORM_2021)
    body = word_part(data, "word/document.xml")[0]
    named = list(body.iter(f"{WP}docPr"))
    assert [(e.get("title"), e.get("descr")) for e in named] == [(p.title, p.told) for p in pictures]
    kinds = ["drawing" if e.find(f".//{W}drawing") is not None else e.tag for e in body]
    first = kinds.index("drawing")
    assert kinds[first - 1 : first + 3] == [f"{W}tbl", "drawing", "drawing", f"{W}p"]
    assert word_blocks(data) == word_blocks(render_docx(report(telling(FORM_2021))))


def test_the_file_is_sound_and_the_same_each_time() -> None:
    _, data = drawn(FORM_2021)
    assert drawn(FORM_2021)[1] == data
    document = docx.Document(io.BytesIO(data))
    assert len(document.inline_shapes) == 2
    assert "chart" not in str(zipfile.ZipFile(io.BytesIO(render_docx(report(telling(FORM_2021))))).namelist())


def test_what_is_not_known_is_not_drawn() -> None:
    submission = telling(FORM_2021)
    blank = replace(submission, values={**submission.values, "t3.new.natural": None})
    made = report(blank, pictures=True)
    assert [p.title for p in made.parts if isinstance(p, Picture)] == ["图1　申请办理情况（件）"]


@pytest.mark.libreoffice
def test_an_office_suite_draws_them(tmp_path: Path) -> None:
    pictures, data = drawn(FORM_2021)
    path = tmp_path / "带图.docx"
    path.write_bytes(data)
    (pdf,) = convert([path], tmp_path / "印", "pdf")
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]
    for picture in pictures:
        page = next(page for page in pages if "".join(picture.title.split()) in page)
        assert all(bar.label in page for bar in picture.bars)
        assert all(bar.figure in page for bar in picture.bars)
