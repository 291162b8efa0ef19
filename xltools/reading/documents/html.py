"""A web page as a grid: what is data stands in tables, everything else is lines in reading order.

What a page hides is left out; fields of a form in a table are read as they are filled in. End tags that
authors leave out are added as a browser does (HTML Living Standard 13.2.6.4.9 to 13.2.6.4.15: tables, rows
and cells).
"""

from __future__ import annotations

import re

from xltools.reading.documents.blocks import CellBlock, TableBlock, pour
from xltools.reading.documents.document import MAX_TEXT, DocumentBuilder, no_report
from xltools.reading.documents.html_shown import (
    CELLS,
    ROW_GROUPS,
    TABLE_TAGS,
    Choice,
    Stretch,
    digits_in,
    is_hidden,
    is_set_hidden,
    shown_value,
)
from xltools.reading.documents.html_tokens import Tag, tokens
from xltools.reading.documents.shifted_digits import LEVEL
from xltools.reading.grid import Grid
from xltools.reading.package import unsafe
from xltools.reading.plain_text import decoded

MAX_NESTED = 32
"""Tables in tables."""
MAX_SPAN = 1_000
"""As in a browser, which takes a larger ``colspan`` for this one."""

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([a-zA-Z0-9_-]{2,20})""", re.IGNORECASE
)
_HEAD = 4096
_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030")
_SPACE = re.compile(r"[ \t\n\r\f\u00a0]+")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "title",
        "ul",
    ]
)


def read_html(data: bytes, name: str, sha256: str) -> Grid:
    """The texts and tables of a web page; raises UnreadableFileError where it is damaged or unsafe."""
    declared = _CHARSET.search(data[:_HEAD])
    encoding = declared[1].decode("ascii").lower() if declared else ""
    page = decoded(data, declared="gb18030" if encoding in _CHINESE else encoding)
    if page is None:
        raise no_report("网页的文字编码无法识别", "the encoding of the page is not known")
    if len(page) > 4 * MAX_TEXT:
        raise unsafe("网页过大", "the page is too large")
    reader = _Reader()
    for token in tokens(page):
        if isinstance(token, str):
            reader.text(token)
        else:
            reader.tag(token)
    return reader.build(name, sha256)


class _Reader:
    """Puts tokens into lines and tables, with the end tags added that authors leave out."""

    def __init__(self) -> None:
        self._root = CellBlock(1, 1)
        self._tables: list[TableBlock] = []
        self._cells: list[CellBlock | None] = [self._root]
        self._in_foot: list[bool] = []
        self._line: list[str] = []
        self._pre = 0
        self._hidden = Stretch()
        self._choice: Choice | None = None
        self._shifted = Stretch()
        self._digits = LEVEL

    def tag(self, tag: Tag) -> None:
        """A start or end tag."""
        if self._shifted and not self._shifted.goes_on(tag):
            self._shifted, self._digits = Stretch(), LEVEL
        if self._hidden:
            is_own_end = tag.closing and tag.name == self._hidden.name
            if self._choice is not None and tag.name == "option" and not tag.closing:
                self._choice.option(tag)
            if self._hidden.goes_on(tag):
                return
            self._end_hidden()
            if is_own_end and tag.name not in TABLE_TAGS:
                return
        if tag.closing:
            self._end(tag.name)
        else:
            self._start(tag)

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name in TABLE_TAGS:
            self._start_table_part(tag)
        if is_hidden(tag):
            self._hidden = self._stretch(name)
            is_choice = name == "select" and self._hidden.in_cell and not is_set_hidden(tag)
            self._choice = Choice() if is_choice else None
        elif self._is_in_cell and (value := shown_value(tag)):
            self._line.append(_SPACE.sub(" ", value))
        elif name in _BLOCKS:
            self._end_line()
            self._pre += name == "pre"
        elif not self._shifted and (digits := digits_in(tag)):
            self._shifted, self._digits = self._stretch(name), digits

    def _stretch(self, name: str) -> Stretch:
        return Stretch(name, in_cell=self._is_in_cell)

    @property
    def _is_in_cell(self) -> bool:
        return bool(self._tables) and self._cells[-1] is not None

    def _end_hidden(self) -> None:
        """The end of what is hidden; of a list to choose from what is chosen is shown."""
        shown = self._choice.shown if self._choice is not None else ""
        self._hidden, self._choice = Stretch(), None
        self._line.append(_SPACE.sub(" ", shown))

    def _end(self, name: str) -> None:
        if name in TABLE_TAGS:
            self._end_table_part(name)
        elif name in _BLOCKS:
            self._end_line()
            self._pre -= name == "pre" and self._pre > 0

    def text(self, text: str) -> None:
        """A text."""
        if self._hidden:
            if self._choice is not None:
                self._choice.text(text)
            return
        text = text.translate(self._digits) if self._shifted else text
        if self._pre:
            first, *others = text.split("\n")
            self._line.append(first)
            for line in others:
                self._end_line()
                self._line.append(line)
        else:
            self._line.append(_SPACE.sub(" ", text))

    def build(self, name: str, sha256: str) -> Grid:
        """The grid of the whole page."""
        self._end_hidden()
        while self._tables:
            self._end_table()
        self._end_line()
        document = DocumentBuilder()
        pour(self._root, document)
        return document.build(name, sha256)

    def _end_line(self) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        if line:
            self._open_cell().content.append(line)

    def _open_cell(self) -> CellBlock:
        """Where content goes; a browser moves what stands between the cells of a table out of it."""
        return next(cell for cell in reversed(self._cells) if cell is not None)

    def _start_table_part(self, tag: Tag) -> None:
        self._end_line()
        if tag.name == "table":
            if len(self._tables) >= MAX_NESTED:
                raise unsafe("网页的表格嵌套过深", "the page has tables nested too deeply")
            table = TableBlock()
            self._open_cell().content.append(table)
            self._tables.append(table)
            self._in_foot.append(False)
            self._cells.append(None)
        elif self._tables:
            self._cells[-1] = None
            if tag.name in ROW_GROUPS:
                self._in_foot[-1] = tag.name == "tfoot"
            rows = self._tables[-1].foot if self._in_foot[-1] else self._tables[-1].rows
            if tag.name == "tr":
                rows.append([])
            elif tag.name in CELLS:
                if not rows:
                    rows.append([])
                made = CellBlock(_span(tag, "colspan"), _span(tag, "rowspan"))
                rows[-1].append(made)
                self._cells[-1] = made

    def _end_table_part(self, name: str) -> None:
        self._end_line()
        if not self._tables:
            return
        self._cells[-1] = None
        if name == "tfoot":
            self._in_foot[-1] = False
        if name == "table":
            self._end_table()

    def _end_table(self) -> None:
        self._end_line()
        table = self._tables.pop()
        self._cells.pop()
        self._in_foot.pop()
        table.finish(self._tables[-1] if self._tables else None)


def _span(tag: Tag, name: str) -> int:
    found = re.match(r"\s{0,9}\+?([0-9]{1,9})", tag.attributes.get(name, ""))
    return max(1, min(int(found[1]), MAX_SPAN)) if found else 1
