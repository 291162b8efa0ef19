"""A plain text as a grid: one line a row, so that ``正文!C57`` is the third cell of line 57."""

from __future__ import annotations

from xltools.reading.documents.comma_lines import comma_lines
from xltools.reading.documents.document import MAX_TEXT, DocumentBuilder, no_report
from xltools.reading.documents.text_lines import is_rule, split_cells
from xltools.reading.grid import Grid
from xltools.reading.package import unsafe
from xltools.reading.plain_text import cleaned, decoded


def read_text(data: bytes, name: str, sha256: str) -> Grid:
    """The lines of a text in UTF-8, UTF-16 or GB18030; raises UnreadableFileError where it is none."""
    text = decoded(data)
    if text is None:
        raise no_report("文字编码无法识别", "the encoding of the text is not known")
    if len(text) > MAX_TEXT:
        raise unsafe("文字过多", "it holds too much text")
    document = DocumentBuilder()
    lines = cleaned(text).replace("\f", "\n").split("\n")
    by_commas = comma_lines(lines)
    for row, line in enumerate(lines):
        if line.strip() and not is_rule(line):
            cells, extents = (by_commas[row], []) if row in by_commas else split_cells(line)
            document.line(cells, row=row, extents=extents)
    return document.build(name, sha256)
