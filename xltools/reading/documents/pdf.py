"""A ``.pdf`` with text as a grid: ruled tables are tables, the rest is lines with the place of their parts.

PDFium reads the file in a process of its own (see ``pdf_child``); everything here works on characters with
their boxes. A scanned page has no characters and is refused: what text recognition would make of it is not
what the unit published.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import Finding
from xltools.reading.documents.document import DocumentBuilder, no_report
from xltools.reading.documents.pdf_breaks import closed_at_breaks, seams, share_columns
from xltools.reading.documents.pdf_lines import Line
from xltools.reading.documents.pdf_page import Page, drop_furniture, laid_out, table_cells
from xltools.reading.grid import Grid
from xltools.reading.ole import wrong_password
from xltools.reading.package import unreadable, unsafe

PATIENCE = 20
"""Seconds that reading may take by the clock."""
_LEAST_CHARS = 20
"""A report with fewer characters than this on all its pages is a picture of one."""
_MARGIN = 2.0
_SENTENCE_ENDS = tuple("。；：！？;:!?")
_LEAST_FULL = 20
"""A line that is shorter than so many characters was not broken by the width of the page."""


def read_pdf(data: bytes, name: str, sha256: str, open_password: str = "") -> Grid:
    """The texts and tables of a PDF; raises UnreadableFileError for scans and what cannot be read.

    Pages that are pictures among others with text are said, since what stands on them is not read.
    """
    pages = _pages(data, open_password)
    if sum(len(page["chars"]) for page in pages) < _LEAST_CHARS:
        raise no_report(
            "这个 PDF 里没有文字，是扫描件或图片", "this PDF holds no text: its pages are scans or pictures"
        )
    lines = closed_at_breaks([[tuple(line) for line in page["lines"]] for page in pages])
    read = [laid_out(page, ruling) for page, ruling in zip(pages, lines, strict=True)]
    drop_furniture(read)
    share_columns(read)
    document = DocumentBuilder()
    sheets = [_write(page, f"第{number}页", document) for number, page in enumerate(read, 1)]
    return document.build(name, sha256, tuple(_picture_pages(pages)), tuple(seams(read, sheets)))


def _picture_pages(pages: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    found = [
        str(number)
        for number, page in enumerate(pages, 1)
        if page["has_picture"] and sum(not char[0].isspace() for char in page["chars"]) < _LEAST_CHARS
    ]
    if found:
        yield finding("PAGES-ARE-PICTURES", pages_zh="、".join(found), pages_en=", ".join(found))


def _pages(data: bytes, password: str) -> list[dict[str, Any]]:
    """What the child process makes of the file."""
    program = [sys.executable, "-m", "xltools.reading.documents.pdf_child"]
    root = str(Path(__file__).resolve().parents[3])
    try:
        done = subprocess.run(
            program,
            input=json.dumps(password).encode() + b"\n" + data,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            cwd=root,
        )
    except subprocess.TimeoutExpired:
        raise unsafe("读取 PDF 用时过长", "reading the PDF takes far too long") from None
    if done.returncode != 0:
        raise unsafe("PDF 的内容使读取程序出错", "the PDF makes its reader fail")
    answer = json.loads(done.stdout)
    if "trouble" in answer:
        raise (
            wrong_password() if answer["trouble"] == "password" and password else _trouble(answer["trouble"])
        )
    pages: list[dict[str, Any]] = answer["pages"]
    return pages


def _trouble(word: str) -> UnreadableFileError:
    if word == "password":
        return unreadable("FILE-PASSWORD", "", "")
    if word == "large":
        return unsafe("PDF 的页数或内容过多", "the PDF has too many pages or too much content")
    if word == "missing":
        return no_report(
            "读取 PDF 需要先安装 pypdfium2（pip install 'xltools[pdf]'）",
            "reading PDF needs pypdfium2 (pip install 'xltools[pdf]')",
        )
    return no_report("PDF 已损坏或不完整", "the PDF is damaged or incomplete")


def _write(page: Page, sheet: str, document: DocumentBuilder) -> list[str]:
    """The page into the document from top to bottom; no paragraph goes on beyond a table.

    Gives the sheets of its tables.
    """
    sheets = []
    lines, right = page.lines, max((line.right for line in page.lines), default=0.0)
    for table, rows in page.tables:
        above = [line for line in lines if line.top > table.box[3]]
        _write_lines(_paragraphs(above, right), sheet, document)
        lines = lines[len(above) :]
        sheets.append(document.table(table_cells(rows)))
    _write_lines(_paragraphs(lines, right), sheet, document)
    return sheets


def _write_lines(lines: Sequence[Line], sheet: str, document: DocumentBuilder) -> None:
    for line in lines:
        extents = [(box[0], box[2]) for box in line.boxes]
        document.line(line.parts, sheet=sheet, extents=extents if len(extents) > 1 else ())


def _paragraphs(lines: Sequence[Line], right: float) -> list[Line]:
    """Lines that only the width of the page broke, joined: a full one and what goes on below it.

    ``right`` is how far the longest line of the page reaches.
    """
    made: list[Line] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _is_full(before, right) and _goes_on(before, line):
            made[-1] = replace(made[-1], parts=[made[-1].parts[0] + line.parts[0]])
        else:
            made.append(line)
        before = line
    return made


def _is_full(line: Line, right: float) -> bool:
    is_long = line.right - line.left > _LEAST_FULL * line.height
    return is_long and len(line.parts) == 1 and right - line.right < _MARGIN * line.height


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line goes on with a paragraph: further left, or as far and in the midst of a sentence."""
    if len(line.parts) != 1 or abs(before.height - line.height) > line.height / 10:
        return False
    outdent = before.left - line.left
    is_open = not before.parts[-1].endswith(_SENTENCE_ENDS)
    return outdent > line.height / 2 or (outdent > -line.height / 2 and is_open)
