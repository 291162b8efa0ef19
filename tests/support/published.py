"""Published reports read by other means than those that wrote them: ElementTree and html5lib.

Both kinds are brought to the same shape, so that they can be held against each other and against the
submission they came from.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

import html5lib

from xltools.model.form import Axis, Form, Leaf, Section

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XHTML = "{http://www.w3.org/1999/xhtml}"
Grid = list[list[str]]
"""The texts of a table, each merged cell's in every place that it takes."""
Block = tuple[str, str] | Grid
"""A kind (title, below, h1, h2, text) with its words, or a table."""

_WORD_KINDS = {
    "Title": "title",
    "Subtitle": "below",
    "Heading1": "h1",
    "Heading2": "h2",
    "Normal": "text",
}
_WEB_KINDS = {"h1": "title", "h2": "h1", "h3": "h2"}


def word_part(data: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(name))


def word_blocks(data: bytes) -> list[Block]:
    """A Word file from top to bottom."""
    body = word_part(data, "word/document.xml").find(f"{W}body")
    assert body is not None
    blocks: list[Block] = []
    for child in body:
        if child.tag == f"{W}tbl":
            blocks.append(_word_grid(child))
        elif child.tag == f"{W}p" and (words := _word_words(child)):
            style = child.find(f"{W}pPr/{W}pStyle")
            kind = _WORD_KINDS["Normal" if style is None else style.attrib[f"{W}val"]]
            blocks.append((kind, words))
    return blocks


def _word_words(paragraph: ElementTree.Element) -> str:
    return "".join("\n" if e.tag == f"{W}br" else e.text or "" for e in paragraph.iter() if _speaks(e))


def _speaks(element: ElementTree.Element) -> bool:
    return element.tag in (f"{W}t", f"{W}br")


def _word_grid(table: ElementTree.Element) -> Grid:
    grid: Grid = []
    for row in table.findall(f"{W}tr"):
        line: list[str] = []
        for cell in row.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            words = "\n".join(_word_words(p) for p in cell.findall(f"{W}p"))
            if merge is not None and merge.get(f"{W}val", "continue") == "continue":
                assert words == ""
                words = grid[-1][len(line)]
            line += [words] * (1 if span is None else int(span.attrib[f"{W}val"]))
        grid.append(line)
    widths = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    assert {len(line) for line in grid} == {widths}
    return grid


def web_root(page: str) -> Any:
    """The page's tree; raises where a browser would have to mend something."""
    return html5lib.HTMLParser(strict=True).parse(page)


def web_blocks(page: str) -> list[Block]:
    """A web page from top to bottom, but for pictures."""
    main = web_root(page).find(f".//{XHTML}main")
    blocks: list[Block] = []
    for child in main:
        name = child.tag.removeprefix(XHTML)
        if name == "table":
            blocks.append(web_grid(child))
        elif name == "figure":
            continue
        else:
            words = "".join(_web_words(child))
            kind = _WEB_KINDS.get(name) or ("below" if "text-align:center" in child.get("style") else "text")
            blocks.append((kind, words))
    return blocks


def _web_words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield "\n" if child.tag == f"{XHTML}br" else "".join(_web_words(child))
        yield child.tail or ""


def web_grid(table: Any) -> Grid:
    """The texts of an HTML table; no place may be taken twice or left out."""
    return [[words for _, words in line] for line in web_cells(table)]


def web_cells(table: Any) -> list[list[tuple[Any, str]]]:
    """The element and the text at every place of a table."""
    taken: dict[tuple[int, int], tuple[Any, str]] = {}
    rows = list(table.iter(f"{XHTML}tr"))
    for number, row in enumerate(rows):
        at = 0
        for cell in row:
            while (number, at) in taken:
                at += 1
            entry = (cell, "".join(_web_words(cell)))
            for down in range(int(cell.get("rowspan", 1))):
                for right in range(int(cell.get("colspan", 1))):
                    assert (number + down, at + right) not in taken
                    taken[number + down, at + right] = entry
    columns = 1 + max(column for _, column in taken)
    assert len(taken) == len(rows) * columns
    return [[taken[r, c] for c in range(columns)] for r in range(len(rows))]


def figures_of(form: Form, grids: Sequence[Grid]) -> dict[str, str]:
    """What stands for every figure of the form, found by nothing but the official labels."""
    found: dict[str, str] = {}
    sections = [section for section in form.sections if section.tables]
    for section, grid in zip(sections, grids, strict=True):
        found |= _section_figures(section, grid)
    return found


def _section_figures(section: Section, grid: Grid) -> dict[str, str]:
    found: dict[str, str] = {}
    lines = iter(grid)
    for table in section.tables:
        if table.heading:
            assert set(next(lines)) == {table.heading}
        columns = paths(table.columns)
        head = [next(lines) for _ in range(max(len(path) for path, _ in columns))]
        over = [_distinct(line[at] for line in head) for at in range(len(grid[0]))]
        first = over.index(columns[0][0])
        for row_path, row in paths(table.rows):
            line = next(lines)
            labels = _distinct(word for word in row_path if word)
            assert _distinct(line[:first])[: len(labels)] == labels
            for column_path, column in columns:
                places = [at for at, path in enumerate(over) if path == column_path]
                assert places, column_path
                assert len({line[at] for at in places}) == 1
                found[table.cell_id(row, column)] = line[places[0]]
    assert next(lines, None) is None
    return found


def paths(nodes: Sequence[Axis], above: tuple[str, ...] = ()) -> list[tuple[list[str], Leaf]]:
    """Every leaf with the labels that lead to it."""
    found: list[tuple[list[str], Leaf]] = []
    for node in nodes:
        path = (*above, node.label)
        found += [(list(path), node)] if isinstance(node, Leaf) else paths(node.children, path)
    return found


def _distinct(words: Any) -> list[str]:
    """Words in their order without repetitions one after the other: those of merged cells."""
    kept: list[str] = []
    for word in words:
        if not kept or kept[-1] != word:
            kept.append(word)
    return kept
