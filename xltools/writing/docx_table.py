"""A table of the report in Word: fits the width of the page and breaks well."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docx.oxml.xmlchemy import BaseOxmlElement

from xltools.layout.report_table import Band, ReportCell, ReportTable, Role
from xltools.layout.text_size import text_width
from xltools.writing.docx_page import LYING_HEIGHT, TEXT_HEIGHT, element
from xltools.writing.docx_styles import CELL, TABLE

_SIZES = (10.5, 9.0, 7.5, 6.5)
"""Points: 五号, 小五, 六号, 小六; smaller is hardly read."""
_SMALLEST = 5.5
"""七号, where nothing else helps."""
_DIGIT = 0.64
"""Width of a digit to the size of the text, that of the widest fonts."""
_CELL_MARGINS = 120
"""Twentieths of a point, left and right together, with some room to spare."""
_HEADING_CHARACTERS = 2
_LEAST_SHARE = 0.6
"""Labels give up at most the rest of their width to figures, unless nothing else helps."""
_LINE, _ROW_HEIGHT = 1.3, 1.9
"""Height of a line and least height of a row, to the size of the text."""
_KEPT_TOGETHER = 8
"""Rows: a block no longer than this stays on one page."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a page has for a table: width, step of column edges (1/20 pt), height (pt).

    The section's heading is taken off. LibreOffice keeps widths as ten-thousandths of the table's: edges that
    are no whole number of them part in rows of other merges, and columns come to stand twice when it saves.
    """

    width: int
    step: int
    height: float


UPRIGHT = Room(8800, 22, (TEXT_HEIGHT - 15) * 72 / 25.4)
LYING = Room(12500, 25, (LYING_HEIGHT - 15) * 72 / 25.4)
"""A wide table stands on a page of its own that is turned (横排表格, GB/T 9704-2012, chapter 8)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits: size of its text in points, widths in twentieths of a point, and on which page."""

    size: float
    widths: tuple[int, ...]
    room: Room


def table_element(table: ReportTable) -> BaseOxmlElement:
    """The table to append to a document's body."""
    fitted = fit(table)
    size, widths = fitted.size, fitted.widths
    whole = len(table.bands) == 1 and _height(table, size, fitted.room) <= fitted.room.height
    edges = [sum(widths[:number]) for number in range(table.columns + 1)]
    rows = []
    for number in range(table.rows):
        band = next(band for band in table.bands if band.top <= number < band.end)
        rows.append(_row(table, number, edges, size, keep=_stays_with_next(band, number, whole=whole)))
    caption = element("tblCaption", val=table.caption)
    properties = element(
        "tblPr",
        element("tblStyle", val=TABLE.replace(" ", "")),
        element("tblW", w=edges[-1], type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0480", firstRow=1, firstColumn=1, noHBand=1, noVBand=1),
        caption,
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", properties, grid, *rows)


def fit(table: ReportTable) -> Fit:
    """The largest size at which every figure stands in one line with enough room left to the labels.

    One step smaller where this saves a long table from being broken. What does not fit a page upright
    in a size that can be read goes to a turned one.
    """
    room, size = next(
        ((room, size) for room in (UPRIGHT, LYING) for size in _SIZES if _leaves_room(table, size, room)),
        (LYING, _SMALLEST),
    )
    if size == _SIZES[0] and _height(table, size, room) > room.height >= _height(table, _SIZES[1], room):
        size = _SIZES[1]
    return Fit(size, tuple(_widths(table, size, room)), room)


def _leaves_room(table: ReportTable, size: float, room: Room) -> bool:
    """Whether the labels keep most of the width that they would have beside short figures."""
    wanted = UPRIGHT.width / sum(table.widths)
    widths = _widths(table, size, room)
    enough = all(have >= need for have, need in zip(widths, _needs(table, size, room), strict=True))
    return enough and sum(widths[: table.stub]) >= _LEAST_SHARE * wanted * sum(table.widths[: table.stub])


def _needs(table: ReportTable, size: float, room: Room) -> list[int]:
    """The least widths: for the longest figure, and for a heading of two characters a line."""
    texts = (max(need * _DIGIT, _HEADING_CHARACTERS) * size * 20 for need in table.needs)
    return [math.ceil((text + _CELL_MARGINS) / room.step) * room.step for text in texts]


def _widths(table: ReportTable, size: float, room: Room) -> list[int]:
    """As the table wants them, but no column below its need as long as the others have room to give."""
    needs = _needs(table, size, room)
    fixed: set[int] = set()
    while True:
        rest = [number for number in range(table.columns) if number not in fixed]
        free = max(room.width - sum(needs[number] for number in fixed), 0)
        share = free / sum(table.widths[number] for number in rest) if rest else 0
        short = {number for number in rest if table.widths[number] * share < needs[number]}
        if not short:
            break
        fixed |= short
    wanted = [needs[n] if n in fixed else table.widths[n] * share for n in range(table.columns)]
    scale, step = min(1, room.width / sum(wanted)), room.step
    edges = [round(sum(wanted[:number]) * scale / step) * step for number in range(table.columns + 1)]
    return [right - left for left, right in pairwise(edges)]


def _height(table: ReportTable, size: float, room: Room) -> float:
    """About how high the table is, in points."""
    widths = _widths(table, size, room)
    lines = [_ROW_HEIGHT / _LINE] * table.rows
    for cell in table.cells:
        free = sum(widths[cell.column : cell.column + cell.columns]) - _CELL_MARGINS
        if cell.rows == 1:
            lines[cell.row] = max(lines[cell.row], -(-text_width(cell.text) * size * 10 // max(free, 1)))
    return sum(lines) * size * _LINE


def _stays_with_next(band: Band, number: int, *, whole: bool) -> bool:
    """Headings stay with their first figures; a short block, or a table that fits a page, stays whole."""
    together = whole or band.end - band.top <= _KEPT_TOGETHER
    return number < (band.end - 1 if together else band.first)


def _row(
    table: ReportTable, number: int, edges: Sequence[int], size: float, *, keep: bool
) -> BaseOxmlElement:
    properties = [
        element("cantSplit"),
        element("trHeight", val=int(size * 20 * _ROW_HEIGHT), hRule="atLeast"),
    ]
    if number < table.header_rows:
        properties.append(element("tblHeader"))
    cells = (cell for cell in table.cells if cell.row <= number < cell.row + cell.rows)
    in_order = sorted(cells, key=lambda cell: cell.column)
    return element(
        "tr",
        element("trPr", *properties),
        *(_cell(cell, edges, size, first=cell.row == number, keep=keep) for cell in in_order),
    )


def _cell(cell: ReportCell, edges: Sequence[int], size: float, *, first: bool, keep: bool) -> BaseOxmlElement:
    """One cell of a row; a block over several rows has its text in the first of them."""
    width = edges[cell.column + cell.columns] - edges[cell.column]
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(element("gridSpan", val=cell.columns))
    if cell.rows > 1:
        properties.append(element("vMerge", val="restart" if first else "continue"))
    properties.append(element("vAlign", val="center"))
    return element("tc", properties, _paragraph(cell, size, with_text=first, keep=keep))


def _paragraph(cell: ReportCell, size: float, *, with_text: bool, keep: bool) -> BaseOxmlElement:
    properties = element("pPr", element("pStyle", val=CELL.replace(" ", "")))
    if keep:
        properties.append(element("keepNext"))
    if cell.role is Role.ROW:
        properties.append(element("jc", val="left"))
    if not (with_text and cell.text):
        return element("p", properties)
    text = element("t")
    text.text = cell.text
    half_points = int(size * 2)
    run = element("r", element("rPr", element("sz", val=half_points), element("szCs", val=half_points)), text)
    return element("p", properties, run)
