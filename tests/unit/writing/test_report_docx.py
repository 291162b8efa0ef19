"""The report as a Word file, read with ElementTree: content, page, fonts, tables, page numbers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.office import convert
from tests.support.published import W, figures_of, word_blocks, word_part
from tests.support.workbooks import FORM_2019, FORM_2021, FORMS, MONTHLY, form_id, submission_of
from tests.unit.writing.published_submissions import PROSE, figures_due, telling, telling_report
from xltools.checking.check import check_submission
from xltools.layout.report import ReportTable, report
from xltools.layout.text_size import text_width
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.writing.docx_table import UPRIGHT, fit
from xltools.writing.report_docx import render_docx

TEXT_WIDTH = round(156 * 1440 / 25.4)


def word(submission: Submission) -> bytes:
    return render_docx(report(submission))


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_figure_stands_where_its_labels_say(form: Form) -> None:
    submission = telling(form)
    grids = [block for block in word_blocks(word(submission)) if isinstance(block, list)]
    assert figures_of(form, grids) == figures_due(submission)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=len(FORM_2021.inputs), max_size=len(FORM_2021.inputs)))
def test_any_figures(figures: list[int]) -> None:
    values = dict(zip((cell.id for cell in FORM_2021.inputs), figures, strict=True))
    submission, _ = check_submission(submission_of(FORM_2021, values))
    grids = [block for block in word_blocks(word(submission)) if isinstance(block, list)]
    assert figures_of(FORM_2021, grids) == figures_due(submission)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_order_and_words(form: Form) -> None:
    blocks = word_blocks(word(telling(form)))
    assert blocks[0][0] == "title"
    assert blocks[1] == ("below", "（2026年1月15日）")
    assert [block[1] for block in blocks if block[0] == "h1"] == [s.title for s in form.sections]
    texts = [block[1] for block in blocks if block[0] == "text"]
    lines = [line.strip() for line in PROSE.split("\n")]
    assert texts == lines * sum(len(section.texts) for section in form.sections)


def test_page_of_an_official_document() -> None:
    document = docx.Document(io.BytesIO(render_docx(telling_report(FORM_2021))))
    (section,) = document.sections
    measures = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    measures += (section.left_margin, section.right_margin)
    for have, due in zip(measures, (210, 297, 37, 35, 28, 26), strict=True):
        assert have is not None
        assert abs(have - Mm(due)) < Mm(0.05)


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Subtitle", "楷体_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Normal", "仿宋_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_fonts(style: str, font: str, size: float) -> None:
    found = docx.Document(io.BytesIO(render_docx(telling_report(FORM_2021)))).styles[style]
    assert found.font.size.pt == size  # type: ignore[attr-defined]
    fonts = found.element.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    assert fonts.get(f"{W}eastAsia") == font


def test_lines_and_stand_ins_for_fonts() -> None:
    data = render_docx(telling_report(FORM_2021))
    normal = docx.Document(io.BytesIO(data)).styles["Normal"].paragraph_format  # type: ignore[attr-defined]
    assert 28 <= normal.line_spacing.pt <= 30
    assert normal.first_line_indent.pt == 32
    stand_ins = {
        font.attrib[f"{W}name"]: font.find(f"{W}altName").attrib[f"{W}val"]  # type: ignore[union-attr]
        for font in word_part(data, "word/fontTable.xml")
    }
    assert stand_ins["仿宋_GB2312"] == "仿宋"
    assert stand_ins["方正小标宋简体"] == "宋体"


def test_page_numbers_on_the_outer_side() -> None:
    document = docx.Document(io.BytesIO(render_docx(telling_report(FORM_2021))))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        element = paragraph._p
        assert "".join(t.text or "" for t in element.iter(f"{W}t")) == "— 1 —"
        assert [f.get(f"{W}instr") for f in element.iter(f"{W}fldSimple")] == ["PAGE"]
        assert element.find(f"{W}pPr/{W}jc").get(f"{W}val") == side  # type: ignore[union-attr]
        assert element.find(f"{W}pPr/{W}ind").get(f"{W}{side}") == "280"  # type: ignore[union-attr]


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_tables_fit_and_break_well(form: Form) -> None:
    body = word_part(render_docx(telling_report(form)), "word/document.xml")
    planned = [part for part in telling_report(form).parts if isinstance(part, ReportTable)]
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == len(planned)
    for table, plan in zip(tables, planned, strict=True):
        widths = [int(column.attrib[f"{W}w"]) for column in table.iter(f"{W}gridCol")]
        assert TEXT_WIDTH - 60 <= sum(widths) <= TEXT_WIDTH
        assert not any(width * 10_000 % sum(widths) for width in widths)  # see docx_table._STEP
        rows = table.findall(f"{W}tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert repeated == [number < plan.header_rows for number in range(plan.rows)]
        for band in plan.bands:
            for row in rows[band.top : band.first]:
                paragraphs = row.findall(f"{W}tc/{W}p")
                assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in paragraphs)
        for row in rows:
            cells = [int(w.attrib[f"{W}w"]) for w in row.iter(f"{W}tcW")]
            assert sum(cells) == sum(widths)


@pytest.mark.parametrize("digits", [1, 3, 5, 7])
@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_figures_stand_in_one_line(form: Form, digits: int) -> None:
    values = dict.fromkeys((cell.id for cell in form.inputs), 10**digits - 1)
    submission, _ = check_submission(submission_of(form, values))
    for table in (part for part in report(submission).parts if isinstance(part, ReportTable)):
        fitted = fit(table)
        assert fitted.size >= (9 if digits <= 3 else 6.5)
        assert digits > 5 or fitted.room is UPRIGHT
        for cell in table.cells:
            if cell.role == "figure":
                room = sum(fitted.widths[cell.column : cell.column + cell.columns])
                assert text_width(cell.text) * fitted.size * 20 * 0.6 < room - 100


def of_digits(form: Form, digits: int) -> Submission:
    """A return in which every figure of 表四 is as long as this."""
    values = {cell.id: 10**digits - 1 for cell in form.inputs if cell.table == "t4"}
    return check_submission(submission_of(form, values))[0]


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
def test_a_table_of_long_figures_stands_on_a_turned_page_with_its_heading(form: Form) -> None:
    assert len(docx.Document(io.BytesIO(word(of_digits(form, 4)))).sections) == 1
    data = word(of_digits(form, 7))
    sections = docx.Document(io.BytesIO(data)).sections
    turned = [section.orientation is WD_ORIENT.LANDSCAPE for section in sections]
    assert turned == [False, True, False]
    for section, lying in zip(sections, turned, strict=True):
        assert section.page_width is not None
        assert section.page_height is not None
        assert (section.page_width > section.page_height) is lying
        assert section.left_margin is not None
        assert round(section.left_margin.mm) == (37 if lying else 28)
    assert [section.footer.is_linked_to_previous for section in sections] == [False, True, True]
    body = word_part(data, "word/document.xml")[0]
    breaks = [n for n, e in enumerate(body) if e.find(f"{W}pPr/{W}sectPr") is not None]
    inside = list(body)[breaks[0] + 1 : breaks[1]]
    assert ["".join(t.text or "" for t in inside[0].iter(f"{W}t")), inside[1].tag, len(inside)] == [
        form.sections[3].title,
        f"{W}tbl",
        2,
    ]
    assert all(body[n].find(f"{W}pPr/{W}spacing").get(f"{W}line") == "20" for n in breaks)  # type: ignore[union-attr]
    assert word_blocks(data)[0][0] == "title"


def test_a_table_at_the_end_is_followed_by_a_paragraph() -> None:
    body = word_part(render_docx(telling_report(MONTHLY)), "word/document.xml")[0]
    assert [child.tag for child in body][-3:] == [f"{W}tbl", f"{W}p", f"{W}sectPr"]


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_the_same_report_gives_the_same_bytes(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_docx(telling_report(form))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render_docx(telling_report(form)) == first


def test_what_the_file_says_about_itself() -> None:
    data = render_docx(telling_report(FORM_2021))
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert properties.title == "云山县某局2025年政府信息公开工作年度报告"
    assert (properties.author, properties.subject) == ("云山县某局", FORM_2021.document)
    assert (properties.comments, properties.last_modified_by) == ("", "xltools")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name or "customXml" in name]


HOSTILE = "</w:t><w:instrText>INCLUDETEXT</w:instrText>&<>\"'\x00\x0b\ufffe\u202e{PAGE}"


def test_markup_stays_text() -> None:
    texts = dict.fromkeys((c.id for c in FORM_2021.cells.values() if c.type == "text"), HOSTILE)
    values = {FORM_2021.inputs[0].id: HOSTILE}
    submission = submission_of(FORM_2021, values, unit=Unit(HOSTILE), texts=texts)
    data = word(submission)
    plain = word_part(word(telling(FORM_2021)), "word/document.xml")
    found = word_part(data, "word/document.xml")
    assert {element.tag for element in found.iter()} == {element.tag for element in plain.iter()}
    shown = "</w:t><w:instrText>INCLUDETEXT</w:instrText>&<>\"'"
    texts_found = [block[1] for block in word_blocks(data) if block[0] == "text"]
    assert texts_found[:2] == [shown, "{PAGE}"]


@pytest.mark.libreoffice
def test_an_office_suite_opens_it(tmp_path: Path) -> None:
    files = []
    for form in FORMS:
        path = tmp_path / f"{form.id}.docx"
        path.write_bytes(render_docx(telling_report(form)))
        files.append(path)
    for form, path in zip(FORMS, convert(files, tmp_path / "再存", "docx"), strict=True):
        blocks = word_blocks(path.read_bytes())
        grids = [block for block in blocks if isinstance(block, list)]
        assert figures_of(form, grids) == figures_due(telling(form))
