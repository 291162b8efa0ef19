"""Dangerous published reports: pages, Word files, texts and PDF that would hang, swell or mislead."""

from __future__ import annotations

import random
import zlib

from tests.hostile.base import Builder, packed, unpacked
from tests.support.reports import as_docx, as_html, as_text, docx_of, numbered
from tests.support.workbooks import FORM_2021, submission_of
from xltools.reading.documents.document import MAX_LINES

_MEGA = 1024 * 1024
_MANY = MAX_LINES - 100
"""As many lines as a report may have."""
_HEADER = "自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n1\n"


def report_text() -> str:
    return as_text(submission_of(FORM_2021, numbered(FORM_2021)))


def report_page() -> str:
    return as_html(submission_of(FORM_2021, numbered(FORM_2021))).decode()


def _text(text: str) -> Builder:
    return text.encode


def _page(body: str) -> Builder:
    return _text(f"<html><body>{body}</body></html>")


def _rows(cell: str, count: int) -> str:
    return f"<table>{f'<tr>{cell}</tr>' * count}</table>"


PAGES: dict[str, Builder] = {
    "deep div.html": _page("<div>" * 300_000),
    "deep tables.html": _page("<table><tr><td>" * 100_000),
    "tags never closed.html": _page("<a " * 400_000),
    "comments never closed.html": _page("<!--" * 400_000),
    "one tag of attributes.html": _page("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">"),
    "many attributes.html": _page(("<p " + "a=1 " * 4_000 + ">") * 200),
    "quotes never closed.html": _page('<a b="' * 200_000),
    "huge spans.html": _page(_rows("<td colspan=1000000 rowspan=1000000>1</td>", 2_000)),
    "rows that reach over all.html": _page(_rows("<td rowspan=65534>1</td><td>2</td>", 20_000)),
    "a million cells.html": _page(_rows("<td>1</td>" * 1_000, 1_000)),
    "long number reference.html": _page("<p>&#" + "9" * 500_000 + ";"),
    "ampersands.html": _page("<p>" + "&amp" * 500_000),
    "hidden for ever.html": _page("<div style='display:none'>" * 200_000),
    "script never closed.html": _page("<script>" * 200_000),
    "labels without end.html": _page("<p>自然人</p>" * 100_000),
    "headers without end.html": _page("<table><tr><td>信息内容<td>本年处理决定数量</table>" * (_MANY // 3)),
    "headings without end.html": _page("<p>二、主动公开情况和其他</p>" * _MANY),
    "one line of all.html": _text("<p>" + "公开" * 2 * _MEGA),
    "declared charset.html": lambda: b"<meta charset=" + b"x" * 60 + b">" + b"\xff" * 5_000,
    "rot13 charset.html": lambda: b"<meta charset=rot13><p>abc",
}

TEXTS: dict[str, Builder] = {
    "long lines.txt": _text("公开 " * _MEGA),
    "tabs.txt": lambda: b"\t" * (4 * _MEGA),
    "spaces.txt": lambda: (" " * 60_000 + "1\n").encode() * 60,
    "gaps.txt": lambda: ("1  " * 20_000 + "\n").encode() * 40,
    "bars.txt": lambda: ("|" * 5_000 + "\n").encode() * 400,
    "labels.txt": _text("自然人\n总计\n其他\n" * (_MANY // 3)),
    "headers.txt": _text(_HEADER * 480),
    "headers below a report.txt": lambda: report_text().encode() + _HEADER.encode() * 380,
    "labels in a line.txt": _text(("自然人 总计 其他 " * 400 + "\n") * 60),
    "near labels.txt": lambda: "".join(
        f"一、本年新收政府信息公开申请数目{n:x}\n" for n in range(_MANY)
    ).encode(),
    "titles.txt": _text("某局2020年政府信息公开工作年度报告\n" * _MANY),
    "headings.txt": _text("一、总体情况\n二、主动公开政府信息情况\n" * (_MANY // 2)),
    "parts.txt": _text("一、总体情况\n" + "（一）主动公开工作情况和加强\n" * _MANY),
    "figures that may stand anywhere.txt": lambda: report_text().replace("\t", " 7 ").encode(),
    "one figure in each row.txt": lambda: "\n".join(
        line.rpartition("\t")[0].replace("\t\t", "\t") for line in report_text().split("\n")
    ).encode(),
    "control characters.txt": lambda: "".join(map(chr, range(1, 32))).encode() * 9_000,
    "turned around.txt": lambda: b"\xe2\x80\xae" + report_text().encode(),
    "binary.txt": lambda: random.Random(1).randbytes(_MEGA),
}


def _document(xml: str) -> Builder:
    members = {name: data.decode() for name, data in unpacked(docx_of("")).items()}
    return lambda: packed(members | {"word/document.xml": xml})


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _word(body: str, *, head: str = "") -> Builder:
    return _document(f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>')


_LAUGHS = "<!DOCTYPE d [" + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_CELL = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"

_WIDE = _CELL.format('<w:gridSpan w:val="99999"/>')
_ROW = f"<w:tr>{_CELL.format('<w:vMerge/>') * 60}</w:tr>"

WORD: dict[str, Builder] = {
    "laughs.docx": _word("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", head=_LAUGHS + "]>"),
    "external.docx": _word("<w:p/>", head='<!DOCTYPE d SYSTEM "file:///etc/passwd">'),
    "deep.docx": _word("<w:tbl><w:tr><w:tc>" * 50_000),
    "deep and whole.docx": _word("<w:tbl><w:tr><w:tc>" * 30 + "</w:tc></w:tr></w:tbl>" * 30),
    "spans.docx": _word(
        "<w:tbl><w:tr>" + _CELL.format('<w:gridSpan w:val="99999"/>') * 50 + "</w:tr></w:tbl>"
    ),
    "merges.docx": _word(
        "<w:tbl>" + ("<w:tr>" + _CELL.format("<w:vMerge/>") * 60 + "</w:tr>") * 3_000 + "</w:tbl>"
    ),
    "before.docx": _word('<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999"/></w:trPr></w:tr></w:tbl>'),
    "runs.docx": _word("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 140_000 + "</w:p>"),
    "paragraphs.docx": _word("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * _MANY),
    "text.docx": _word("<w:p><w:r><w:t>" + "公" * (5 * _MEGA) + "</w:t></w:r></w:p>"),
    "ends early.docx": _word("</w:p></w:tbl></w:tc>"),
    "no body.docx": _document("<x/>"),
    "no document.docx": lambda: packed({"word/other.xml": "<x/>"}),
    "cut.docx": lambda: as_docx(submission_of(FORM_2021))[:3_000],
}


def pdf_of(content: str, *, pages: int = 1, more: str = "", resources: str = "") -> bytes:
    """A PDF whose pages show this content stream; PDFium finds the objects without a table."""
    stream = zlib.compress(content.encode())
    kids = " ".join(f"{10 + n} 0 R" for n in range(pages))
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += f"2 0 obj<</Type/Pages/Count {pages}/Kids[{kids}]>>endobj\n".encode()
    body += (
        f"3 0 obj<</Length {len(stream)}/Filter/FlateDecode>>stream\n".encode()
        + stream
        + b"\nendstream endobj\n"
    )
    for number in range(pages):
        body += (
            f"{10 + number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R"
            f"/Resources<</Font<</F 4 0 R>>{resources}>>>>endobj\n"
        ).encode()
    body += b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" + more.encode()
    return body + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF"


def _forms(levels: int) -> str:
    """Forms in forms, each drawing the next one ten times."""
    return "".join(
        f"{900 + n} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {901 + n} 0 R>>>>"
        f"/Length 60>>stream\n{'/X Do ' * 10}\nendstream endobj\n"
        for n in range(levels)
    )


PDF: dict[str, Builder] = {
    "scan.pdf": lambda: pdf_of("0 0 100 100 re f"),
    "pages.pdf": lambda: pdf_of("BT /F 9 Tf (x) Tj ET", pages=3_000),
    "lines.pdf": lambda: pdf_of("0 0 m 9 0 l S " * 300_000),
    "grid of lines.pdf": lambda: pdf_of(
        "".join(f"{n / 4} 0 m {n / 4} 700 l S 0 {n / 4} m 700 {n / 4} l S " for n in range(3_000))
        + "BT /F 9 Tf (a text that is long enough) Tj ET"
    ),
    "characters.pdf": lambda: pdf_of("BT /F 9 Tf " + "(aaaaaaaaaaaaaaaaaaaa) Tj " * 40_000 + "ET"),
    "forms in forms.pdf": lambda: pdf_of("/X Do", more=_forms(12), resources="/XObject<</X 900 0 R>>"),
    "pages in pages.pdf": lambda: pdf_of("").replace(b"10 0 R", b"2 0 R"),
    "bomb.pdf": lambda: pdf_of(" " * (200 * _MEGA)),
    "cut.pdf": lambda: pdf_of("BT /F 9 Tf (x) Tj ET")[:200],
    "noise.pdf": lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(_MEGA),
}

REPORTS: dict[str, dict[str, Builder]] = {"pages": PAGES, "texts": TEXTS, "word": WORD, "pdf": PDF}
