"""The published report as a Word file set like an official document. The same report gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.shared import Pt

from xltools.layout.report import Heading, Paragraph, Report, ReportPart
from xltools.layout.report_pictures import Picture
from xltools.layout.report_table import ReportTable
from xltools.writing.docx_page import describe, document_bytes, empty_document, start_section
from xltools.writing.docx_styles import BODY, DATE, HEADINGS, TITLE
from xltools.writing.docx_table import LYING, fit, table_element

_AFTER_HEAD = Pt(28)
_AFTER_TABLE = Pt(14)


def render_docx(report: Report) -> bytes:
    """The file as bytes."""
    document = empty_document()
    describe(document, "".join(report.title), report.subject, report.author)
    _head(document, report)
    before: object = None
    lying = False
    for turned, part in _with_pages(report.parts):
        if turned is not lying:
            start_section(document, lying=turned)
            lying, before = turned, None
        if isinstance(part, ReportTable):
            document.element.body.sectPr.addprevious(table_element(part))
        elif isinstance(part, Picture):
            from xltools.writing.docx_chart import add_chart  # noqa: PLC0415 - loads XlsxWriter

            add_chart(document, part)
        else:
            _text(document, part, after_table=isinstance(before, (ReportTable, Picture)))
        before = part
    if isinstance(before, ReportTable):
        _end(document)
    return document_bytes(document)


def _with_pages(parts: Sequence[ReportPart]) -> Iterator[tuple[bool, ReportPart]]:
    """Every part with whether its page is turned: a wide table's is, and that of the heading above it."""
    wide = [isinstance(part, ReportTable) and fit(part).room is LYING for part in parts]
    for number, part in enumerate(parts):
        heads_wide = isinstance(part, Heading) and any(wide[number + 1 : number + 2])
        yield wide[number] or heads_wide, part


def _head(document: Document, report: Report) -> None:
    """Title, date and mark, with a blank line's room below."""
    title = document.add_paragraph(style=TITLE)
    for number, line in enumerate(report.title):
        if number:
            title.add_run().add_break()
        title.add_run(line)
    lines = [title, *(document.add_paragraph(line, DATE) for line in (report.date, report.mark) if line)]
    lines[-1].paragraph_format.space_after = _AFTER_HEAD


def _text(document: Document, part: Heading | Paragraph, *, after_table: bool) -> None:
    style = HEADINGS[part.level] if isinstance(part, Heading) else BODY
    paragraph = document.add_paragraph(part.text, style)
    if after_table:
        paragraph.paragraph_format.space_before = _AFTER_TABLE


def _end(document: Document) -> None:
    """Word wants a paragraph after the last table: one that takes no room."""
    paragraph = document.add_paragraph(style=BODY)
    paragraph.paragraph_format.line_spacing = Pt(1)
