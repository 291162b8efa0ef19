"""A ``.pdf`` with text as a grid: ruled tables are tables, the rest is lines with the place of their parts.

PDFium reads the file in a process of its own (see ``pdf_child``); everything here works on characters with
their boxes. A scanned page has no characters and is refused: what text recognition would make of it is not
what the unit published.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import Finding
from xltools.reading.documents.document import DocumentBuilder, TableCell, no_report
from xltools.reading.documents.pdf_tables import Box, RuledCell, RuledTable, ruled_tables
from xltools.reading.grid import Grid
from xltools.reading.ole import wrong_password
from xltools.reading.package import unreadable, unsafe

PATIENCE = 20
"""Seconds that reading may take by the clock."""
_LEAST_CHARS = 20
"""A report with fewer characters than this on all its pages is a picture of one."""
_DIGITS = re.compile("[0-9]+")
_GAP, _SPACE = 1.4, 0.22
"""Parts of a line stand further apart than this, words than that, in heights of their characters."""
_MARGIN = 2.0
_PADDING = 5.8
"""Points between a cell's line and its text, at most: what Word sets, 0.19 cm, and half a line's width."""
_WIDE_SPACE = 0.6
"""Between Chinese and Latin characters setters leave a narrow gap that is no space."""
_SENTENCE_ENDS = tuple("。；：！？;:!?")
_LEAST_FULL = 20
"""A line that is shorter than so many characters was not broken by the width of the page."""


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    box: Box

    @property
    def height(self) -> float:
        return max(self.box[3] - self.box[1], 1.0)

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


@dataclass(slots=True)
class _Line:
    """A line of text: its parts with the box of each."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    height: float = 1.0

    @property
    def left(self) -> float:
        return self.boxes[0][0]

    @property
    def right(self) -> float:
        return self.boxes[-1][2]

    @property
    def top(self) -> float:
        return max(box[3] for box in self.boxes)


def read_pdf(data: bytes, name: str, sha256: str, open_password: str = "") -> Grid:
    """The texts and tables of a PDF; raises UnreadableFileError for scans and what cannot be read.

    Pages that are pictures among others with text are said, since what stands on them is not read.
    """
    pages = _pages(data, open_password)
    if sum(len(page["chars"]) for page in pages) < _LEAST_CHARS:
        raise no_report(
            "这个 PDF 里没有文字，是扫描件或图片", "this PDF holds no text: its pages are scans or pictures"
        )
    laid_out = [_lay_out(page) for page in pages]
    _drop_furniture(laid_out)
    document = DocumentBuilder()
    for number, page in enumerate(laid_out, 1):
        _write(page, f"第{number}页", document)
    return document.build(name, sha256, tuple(_picture_pages(pages)))


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
    root = str(Path(__file__).resolve().parents[2])
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


@dataclass(slots=True)
class _Page:
    """A page: its lines that are in no table, and its tables with the characters in each."""

    lines: list[_Line]
    tables: list[tuple[RuledTable, list[_Char]]]


def _lay_out(page: dict[str, Any]) -> _Page:
    """What stands on a page, from top to bottom."""
    chars = [_Char(text, (left, bottom, right, top)) for text, left, bottom, right, top in page["chars"]]
    tables = [table for table in ruled_tables([tuple(line) for line in page["lines"]]) if _is_table(table)]
    inside: dict[int, list[_Char]] = {number: [] for number in range(len(tables))}
    outside: list[_Char] = []
    for char in chars:
        home = next((n for n, table in enumerate(tables) if _holds(table.box, char)), None)
        (outside if home is None else inside[home]).append(char)
    return _Page(list(_lines(outside)), [(table, inside[number]) for number, table in enumerate(tables)])


def _is_table(table: RuledTable) -> bool:
    """Whether it has several cells side by side: a frame around text is none."""
    return any(len(row) > 1 for row in table.rows)


def _drop_furniture(pages: Sequence[_Page]) -> None:
    """Leave out what stands on top or at the bottom of several pages but for its numbers.

    On the first page what stands on top stays: it may be the title, which the others repeat.
    """
    for end, first in ((0, 1), (-1, 0)):
        texts = [_DIGITS.sub("", " ".join(page.lines[end].parts)) if page.lines else "" for page in pages]
        for page, text in zip(pages[first:], texts[first:], strict=True):
            if text and texts.count(text) > 1:
                del page.lines[end]


def _write(page: _Page, sheet: str, document: DocumentBuilder) -> None:
    """The page into the document from top to bottom; no paragraph goes on beyond a table."""
    lines, right = page.lines, max((line.right for line in page.lines), default=0.0)
    for table, chars in page.tables:
        above = [line for line in lines if line.top > table.box[3]]
        _write_lines(_paragraphs(above, right), sheet, document)
        lines = lines[len(above) :]
        document.table(_cells(table, chars))
    _write_lines(_paragraphs(lines, right), sheet, document)


def _write_lines(lines: Sequence[_Line], sheet: str, document: DocumentBuilder) -> None:
    for line in lines:
        extents = [(box[0], box[2]) for box in line.boxes]
        document.line(line.parts, sheet=sheet, extents=extents if len(extents) > 1 else ())


def _cells(table: RuledTable, chars: Sequence[_Char]) -> list[list[TableCell]]:
    found: dict[tuple[int, int], list[_Char]] = {}
    places = [(r, c) for r, row in enumerate(table.rows) for c in range(len(row))]
    for char in chars:
        for r, c in places:
            if _holds(table.rows[r][c].box, char):
                found.setdefault((r, c), []).append(char)
                break
    return [
        [
            TableCell(_cell_text(found.get((r, c), []), cell), cell.columns, cell.rows)
            for c, cell in enumerate(row)
        ]
        for r, row in enumerate(table.rows)
    ]


def _holds(box: Box, char: _Char) -> bool:
    across = (char.box[0] + char.box[2]) / 2
    return box[0] <= across <= box[2] and box[1] <= char.middle <= box[3]


def _cell_text(chars: Sequence[_Char], cell: RuledCell) -> str:
    """The lines in a cell; a number that its width broke is one again.

    It is one where every line but the last leaves no room for another digit and the last is shorter: two
    numbers below each other, in rows that no line parts, would have no reason to be set so.
    """
    lines = list(_lines(chars))
    texts = [" ".join(line.parts) for line in lines]
    room = cell.box[2] - cell.box[0] - 2 * _PADDING
    is_number = cell.rows == 1 and all(map(_DIGITS.fullmatch, texts))
    lengths = {len(text) for text in texts[:-1]}
    if is_number and len(lengths) == 1 and len(texts[-1]) < min(lengths):
        digit = max((line.right - line.left) / len(text) for line, text in zip(lines, texts, strict=True))
        if all(line.right - line.left + digit > room for line in lines[:-1]):
            return "".join(texts)
    return "\n".join(texts)


def _lines(chars: Sequence[_Char]) -> Iterator[_Line]:
    """Characters to lines from top to bottom, each in parts that stand apart."""
    rows: list[list[_Char]] = []
    low = high = 0.0
    for char in sorted(chars, key=lambda c: -c.middle):
        # quotation marks and dots are lower than other characters: what they share with the line counts
        shared = min(high, char.box[3]) - max(low, char.box[1])
        if rows and shared >= min(high - low, char.height) / 2:
            rows[-1].append(char)
            low, high = min(low, char.box[1]), max(high, char.box[3])
        else:
            rows.append([char])
            low, high = char.box[1], char.box[3]
    for row in rows:
        line = _line(sorted(row, key=lambda c: c.box[0]))
        if line.parts:
            yield line


def _line(chars: Sequence[_Char]) -> _Line:
    line = _Line(height=max(char.height for char in chars))
    for char in chars:
        if char.text.isspace():
            continue
        gap = char.box[0] - line.right if line.parts else 0.0
        if not line.parts or gap > _GAP * line.height:
            line.parts.append(char.text)
            line.boxes.append(char.box)
            continue
        latin = line.parts[-1][-1].isascii() and char.text.isascii()
        is_space = gap > (_SPACE if latin else _WIDE_SPACE) * line.height
        line.parts[-1] += (" " if is_space else "") + char.text
        box = line.boxes[-1]
        line.boxes[-1] = (
            box[0],
            min(box[1], char.box[1]),
            max(box[2], char.box[2]),
            max(box[3], char.box[3]),
        )
    return line


def _paragraphs(lines: Sequence[_Line], right: float) -> list[_Line]:
    """Lines that only the width of the page broke, joined: a full one and what goes on below it.

    ``right`` is how far the longest line of the page reaches.
    """
    made: list[_Line] = []
    before: _Line | None = None
    for line in lines:
        if before is not None and _is_full(before, right) and _goes_on(before, line):
            made[-1] = replace(made[-1], parts=[made[-1].parts[0] + line.parts[0]])
        else:
            made.append(line)
        before = line
    return made


def _is_full(line: _Line, right: float) -> bool:
    is_long = line.right - line.left > _LEAST_FULL * line.height
    return is_long and len(line.parts) == 1 and right - line.right < _MARGIN * line.height


def _goes_on(before: _Line, line: _Line) -> bool:
    """Whether a line goes on with a paragraph: further left, or as far and in the midst of a sentence."""
    if len(line.parts) != 1 or abs(before.height - line.height) > line.height / 10:
        return False
    outdent = before.left - line.left
    is_open = not before.parts[-1].endswith(_SENTENCE_ENDS)
    return outdent > line.height / 2 or (outdent > -line.height / 2 and is_open)
