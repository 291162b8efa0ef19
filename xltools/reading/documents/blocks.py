"""What web pages and Word documents are made of: texts and tables, in each other.

A table that holds another one only lays out the page, and so does one of a single column: both are
taken apart into their texts and the tables in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xltools.reading.documents.document import DocumentBuilder, TableCell
from xltools.reading.documents.text_lines import split_cells


@dataclass(slots=True)
class CellBlock:
    """A cell, or the whole page: its content from top to bottom, and over how many cells it reaches."""

    columns: int = 1
    rows: int = 1
    content: list[str | TableBlock] = field(default_factory=list)


@dataclass(slots=True)
class TableBlock:
    """A table as it was written."""

    rows: list[list[CellBlock]] = field(default_factory=list)
    foot: list[list[CellBlock]] = field(default_factory=list)
    holds_table: bool = False

    @property
    def is_layout(self) -> bool:
        """Whether its cells belong together only on the page."""
        return self.holds_table or max(map(len, self.rows), default=0) < 2

    def finish(self, outer: TableBlock | None) -> None:
        """Nothing more comes; ``outer`` is the table around this one. The foot goes below everything."""
        self.rows += self.foot
        self.foot = []
        if outer is not None and (self.holds_table or not self.is_layout):
            outer.holds_table = True


def pour(cell: CellBlock, document: DocumentBuilder) -> None:
    """Everything in a cell into the document, in reading order."""
    for part in cell.content:
        if isinstance(part, str):
            for line in part.split("\n"):
                cells, extents = split_cells(line)
                if any(cells):
                    document.line(cells, extents=extents)
        elif part.is_layout:
            for row in part.rows:
                for inner in row:
                    pour(inner, document)
        else:
            document.table([[TableCell(_text(c), c.columns, c.rows) for c in row] for row in part.rows])


def _text(cell: CellBlock) -> str:
    """The text of a cell of a table; small tables that only lay it out are read with it."""
    parts = []
    for part in cell.content:
        if isinstance(part, str):
            parts.append(part)
        else:
            parts += [_text(inner) for row in part.rows for inner in row]
    return "\n".join(parts)
