"""The lines of a document as matching goes through them: their cells in order, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from xltools.excel.a1 import cell_name, parse_cell
from xltools.excel.values import plain
from xltools.reading.grid import Grid, Sheet

Row = tuple[str, int]
"""A sheet's name and a row: a line of a document."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of a line: its text (empty: blank), its place, and how far it reaches, where that is known.

    ``in_table`` is whether it stands in a real table and not in a line that was taken apart.
    """

    text: str
    place: tuple[str, str]
    line: int
    extent: tuple[float, float] | None = None
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line: ``pieces`` are its cells, but for those that merged ones cover."""

    row: Row
    is_text: bool
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What is written in the line."""
        return "  ".join(piece.text for piece in self.pieces if piece.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text and where it stands."""

    text: str
    place: tuple[str, str]


def flow_lines(grid: Grid, without: Collection[Row]) -> list[FlowLine]:
    """The lines of a document in reading order, but for those named."""
    sheets = {sheet.name: sheet for sheet in grid.sheets}
    covered = {sheet.name: _covered(sheet) for sheet in grid.sheets}
    found: list[FlowLine] = []
    for name, row in grid.flow:
        if (name, row) in without:
            continue
        sheet = sheets[name]
        pieces = tuple(
            _piece(sheet, row, column, len(found))
            for column in range(sheet.row_widths.get(row, 0))
            if (row, column) not in covered[name]
        )
        found.append(FlowLine((name, row), sheet.is_text, pieces))
    return found


def paragraphs(lines: Sequence[FlowLine]) -> list[Paragraph]:
    """The lines of a document as paragraphs; of tables that are none of the form's, each line of a cell."""
    found = []
    for line in lines:
        if line.is_text:
            first = next((piece.place for piece in line.pieces if piece.text), line.pieces[0].place)
            found.append(Paragraph(line.text, first))
        else:
            found += [
                Paragraph(text, piece.place)
                for piece in line.pieces
                for text in piece.text.split("\n")
                if text.strip()
            ]
    return found


def _piece(sheet: Sheet, row: int, column: int, line: int) -> Piece:
    a1 = cell_name(row, column)
    value = sheet.values.get(a1)
    text = "" if value is None else str(plain(value))
    return Piece(text, (sheet.name, a1), line, sheet.extents.get(a1), in_table=not sheet.is_text)


def _covered(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """The cells that merged ones cover; rows that the sheet does not have are not gone through."""
    found = set()
    for merge in sheet.merges:
        (top, left), (bottom, right) = map(parse_cell, merge.split(":"))
        for row in range(top, min(bottom, max(sheet.row_widths, default=0)) + 1):
            found |= {(row, column) for column in range(left, right + 1) if (row, column) != (top, left)}
    return frozenset(found)
