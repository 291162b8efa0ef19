"""Published reports printed to PDF on small pages, so that page breaks cut rows, labels and headers."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.support.office import convert
from tests.support.workbooks import FORM_2019, FORM_2021, form_id
from tests.unit.matching.test_documents import imported
from tests.unit.writing.published_submissions import telling
from xltools.layout.report import report
from xltools.model.form import Form
from xltools.writing.report_docx import render_docx

TWIPS = 56.7
"""To a millimetre."""


def on_small_pages(form: Form, height: int, *, header: bool, align: str) -> bytes:
    """The published Word file on pages of this many millimetres, its rows free to break, its text larger."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(render_docx(report(telling(form))))) as given,
        zipfile.ZipFile(made, "w") as out,
    ):
        for name in given.namelist():
            text = given.read(name)
            if name == "word/document.xml":
                text = _set_small(text.decode(), height, header=header, align=align).encode()
            out.writestr(name, text)
    return made.getvalue()


def _set_small(text: str, height: int, *, header: bool, align: str) -> str:
    for mark in ("<w:cantSplit/>", "<w:keepNext/>", *(() if header else ("<w:tblHeader/>",))):
        text = text.replace(mark, "")
    text = text.replace('<w:vAlign w:val="center"/>', f'<w:vAlign w:val="{align}"/>')
    text = re.sub(r'(<w:sz(?:Cs)? w:val=")(\d+)"', lambda m: f'{m[1]}{int(int(m[2]) * 1.6)}"', text)
    size = f'<w:pgSz w:w="{int(260 * TWIPS)}" w:h="{int(height * TWIPS)}"/>'
    edge = int(12 * TWIPS)
    margins = f'<w:pgMar w:top="{edge}" w:bottom="{edge}" w:left="850" w:right="850" w:header="300" w:footer="300" w:gutter="0"/>'  # noqa: E501
    return re.sub("<w:pgMar [^>]*/>", margins, re.sub("<w:pgSz [^>]*/>", size, text))


WAYS = [
    (height, header, align)
    for height in (90, 110, 141)
    for header, align in ((True, "top"), (False, "center"))
]


@pytest.mark.libreoffice
@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
def test_rows_that_page_breaks_cut_are_read_whole(form: Form, tmp_path: Path) -> None:
    due = telling(form)
    words = []
    for height, header, align in WAYS:
        words.append(tmp_path / f"{height}{align}.docx")
        words[-1].write_bytes(on_small_pages(form, height, header=header, align=align))
    joined = whole = 0
    for printed in convert(words, tmp_path / "made", "pdf"):
        read = imported(printed.read_bytes(), ".pdf")
        assert read.submission is not None
        values = {id_: value for id_, value in read.submission.values.items() if value is not None}
        wrong = {id_: (value, due.values[id_]) for id_, value in values.items() if value != due.values[id_]}
        assert not wrong, printed.name
        lost = due.values.keys() - values.keys()
        assert not lost or any(finding.blocks for finding in read.findings), printed.name
        joined += sum(finding.code == "ROW-JOINED" for finding in read.findings)
        whole += not lost
    assert joined
    assert whole >= len(WAYS) / 2
