"""Numbers in pages and documents as shown: no digit of theirs is struck out, hidden, raised or lowered."""

from __future__ import annotations

import pytest

from tests.support.reports import as_html, docx_of, numbered
from tests.support.workbooks import FORM_2021, submission_of
from tests.unit.matching.test_documents import imported
from tests.unit.reading.test_report_formats import _docx, lines, page, paragraph, run, table

SHOWN = {
    "<del>9</del>197": "197",
    "<s>9</s>197": "197",
    "<strike>9<b>8</b></strike>197": "197",
    "<span style='color:red; text-decoration: line-through'>9</span>197": "197",
    "<span style='text-decoration-line:line-through'>9</span>197": "197",
    "<span style='visibility:hidden'>9</span>197": "197",
    "<span style='font-size:0'>9</span>197": "197",
    "<span style='font-size: 0px;'>9</span>197": "197",
    "<span style='mso-hide:all'>9</span>197": "197",
    "<span style='font-size:0.9em'>197</span>": "197",
    "<span style='text-decoration:underline'>197</span>": "197",
    "<div style='font-size:0'><span style='font-size:14px'>197</span></div>": "197",
    "<ruby>197<rt>9</rt></ruby>": "197",
    "<ruby>197<rp>(<rt>9<rp>)</ruby>": "197",
    "<del>9<table><tr><td>8<td>7</table></del>197": "197",
    "197<s>9": "197",
    "197<sup>1</sup>": "197¹",
    "197<sup>1": "197¹",
    "197<span style='vertical-align: super'>12</span>": "197¹²",
    "197<sub>2</sub>": "197₂",
    "197<sup>[1]</sup>": "197[¹]",
}


@pytest.mark.parametrize("cell", SHOWN)
def test_a_cell_of_a_page_holds_what_it_shows(cell: str) -> None:
    grid = page(f"<table><tr><td>规章<td>{cell}</td><td>3</tr><tr><td>文件<td>4<td>5</table><p>后文")
    assert table(grid) == [["规章", SHOWN[cell], "3"], ["文件", "4", "5"]]
    assert lines(grid)[-1] == "后文"


def test_a_cell_struck_out_is_blank_and_moves_no_other() -> None:
    grid = page("<table><tr><td>规章<td style='text-decoration:line-through'>9</td><td>3</table>")
    assert table(grid) == [["规章", "", "3"]]


def test_raised_digits_in_a_text_stay_readable() -> None:
    assert lines(page("<p>共1.2×10<sup>4</sup>平方米，<s>旧</s>新收26件")) == ["共1.2×10⁴平方米，新收26件"]


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ("<w:strike/>", "197"),
        ("<w:dstrike/>", "197"),
        ('<w:strike w:val="0"/>', "1971"),
        ('<w:vanish/><w:strike w:val="0"/>', "197"),
        ('<w:vertAlign w:val="superscript"/>', "197¹"),
        ('<w:vertAlign w:val="subscript"/>', "197₁"),
        ('<w:vertAlign w:val="baseline"/>', "1971"),
        ("<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", "1971"),
    ],
)
def test_a_paragraph_of_a_document_holds_what_it_shows(more: str, shown: str) -> None:
    body = paragraph(run("197") + run("1", f"<w:rPr>{more}</w:rPr>") + run(" 件"))
    assert lines(_docx(docx_of(body))) == [f"{shown} 件"]


def test_the_figure_before_a_note_mark_is_read_and_that_is_said() -> None:
    due = submission_of(FORM_2021, numbered(FORM_2021))
    figure = due.values["t3.new.natural"]
    at = f">{figure}<"
    marked = as_html(due).decode().replace(at, f">{figure}<sup>1</sup><", 1)
    read = imported(marked, ".html")
    assert read.submission is not None
    assert read.submission.values["t3.new.natural"] == figure
    (said,) = [finding for finding in read.findings if finding.code == "TEXT-CONVERTED"]
    assert said.place.id == "t3.new.natural"
