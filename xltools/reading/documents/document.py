"""A document as a grid: its lines on one sheet, each table on a sheet of its own, and the order of all.

Readers of documents tell a builder what they come across, from top to bottom. Merged cells are laid
out as in a browser (HTML 13, 4.9.12): a cell stands in the first free column of its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import Finding
from xltools.excel.a1 import cell_name, range_name
from xltools.excel.values import Value
from xltools.reading.grid import Grid, Seam, Sheet
from xltools.reading.package import unreadable, unsafe
from xltools.reading.plain_text import cleaned

TEXT_SHEET = "正文"
MAX_LINES = 6_000
MAX_DOCUMENT_CELLS = 100_000
"""Cells of all tables, those that merged ones cover included."""
MAX_TABLE_WIDTH = 256
MAX_TEXT = 4_000_000
"""Characters of a whole document."""


def no_report(zh: str, en: str) -> UnreadableFileError:
    """The exception for a file that cannot be read as a published report."""
    return unreadable("FILE-NOT-REPORT", zh, en)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table as it was written: its text and over how many columns and rows it reaches."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _Page:
    """A sheet in the making."""

    name: str
    is_text: bool
    values: dict[str, Value] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    extents: dict[str, tuple[float, float]] = field(default_factory=dict)
    rows: int = 0


class DocumentBuilder:
    """Collects the lines and tables of one document in reading order.

    Raises UnreadableFileError as soon as there is more than a report could hold.
    """

    def __init__(self) -> None:
        self._pages: dict[str, _Page] = {}
        self._flow: list[tuple[str, int]] = []
        self._tables = 0
        self._cells = 0
        self._text = 0

    def line(
        self,
        cells: Sequence[str],
        *,
        sheet: str = TEXT_SHEET,
        row: int | None = None,
        extents: Sequence[tuple[float, float]] = (),
    ) -> None:
        """One line whose parts stand apart from each other; ``row`` is its number, if it has one."""
        page = self._page(sheet, is_text=True)
        at = page.rows if row is None else row
        self._begin_row(page, at, len(cells))
        for column, text in enumerate(cells[:MAX_TABLE_WIDTH]):
            self._put(page, at, column, text)
            if extents:
                page.extents[cell_name(at, column)] = extents[column]

    def table(self, rows: Sequence[Sequence[TableCell]]) -> str:
        """A table; rows are as long as their cells, so that one that was cut off can be told.

        Gives the name of its sheet.
        """
        self._tables += 1
        page = self._page(f"表格{self._tables}", is_text=False)
        covered: dict[int, int] = {}
        for at, cells in enumerate(rows):
            below = {column: left - 1 for column, left in covered.items() if left > 1}
            column = width = 0
            for given in cells:
                cell = replace(given, rows=min(given.rows, len(rows) - at))
                while column in covered:
                    column += 1
                self._lay(page, at, column, cell)
                below |= {column + shift: cell.rows - 1 for shift in range(cell.columns) if cell.rows > 1}
                column += cell.columns
                width = column
            self._begin_row(page, at, max(width, max(covered, default=-1) + 1))
            covered = below
        return page.name

    def build(
        self, file: str, sha256: str, notes: Sequence[Finding] = (), seams: tuple[Seam, ...] = ()
    ) -> Grid:
        """The grid of all that came."""
        sheets = tuple(
            Sheet(
                name=page.name,
                values=page.values,
                merges=tuple(page.merges),
                is_text=page.is_text,
                row_widths=page.widths,
                extents=page.extents,
            )
            for page in self._pages.values()
        )
        return Grid(
            file,
            sha256,
            sheets,
            notes=tuple(notes),
            has_formulas=False,
            flow=tuple(self._flow),
            seams=seams,
        )

    def _page(self, name: str, *, is_text: bool) -> _Page:
        return self._pages.setdefault(name, _Page(name, is_text))

    def _begin_row(self, page: _Page, row: int, width: int) -> None:
        if len(self._flow) >= MAX_LINES:
            raise unsafe(f"内容超过 {MAX_LINES} 行", f"it has more than {MAX_LINES} lines")
        page.rows = max(page.rows, row + 1)
        page.widths[row] = min(width, MAX_TABLE_WIDTH)
        self._flow.append((page.name, row))

    def _lay(self, page: _Page, row: int, column: int, cell: TableCell) -> None:
        self._cells += cell.columns * cell.rows
        if column + cell.columns > MAX_TABLE_WIDTH or self._cells > MAX_DOCUMENT_CELLS:
            raise unsafe("表格的行列过多", "a table has too many rows or columns")
        self._put(page, row, column, cell.text)
        if cell.columns > 1 or cell.rows > 1:
            page.merges.append(range_name(row, column, row + cell.rows - 1, column + cell.columns - 1))

    def _put(self, page: _Page, row: int, column: int, text: str) -> None:
        bare = cleaned(text).strip()
        self._text += len(bare)
        self._cells += 1
        if self._text > MAX_TEXT or self._cells > MAX_DOCUMENT_CELLS:
            raise unsafe("文字或单元格过多", "it has too much text or too many cells")
        if bare:
            page.values[cell_name(row, column)] = bare
