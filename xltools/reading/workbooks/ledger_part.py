"""The ledger of a summary, read piece by piece: it may be far larger than any other sheet may.

The part is inflated a piece at a time. Whole rows are cut out of it and read, with what stands before
the cells, as a small sheet of their own by the same readers as every other sheet. Only the values are
kept, in rows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltools.diagnostics.findings import Finding
from xltools.excel.a1 import column_number
from xltools.excel.values import Value
from xltools.reading.grid import SheetRow
from xltools.reading.package import Package, damaged, inflate, unsafe
from xltools.reading.workbooks.sheet_fast import read_fast
from xltools.reading.workbooks.sheet_parts import MAX_CELLS
from xltools.reading.workbooks.sheet_tree import MAX_NOTES, read_tree
from xltools.reading.xml_text import decode

MAX_LEDGER_PART = 44 * 1024 * 1024
"""Inflated bytes of a ledger: 700,000 cells as any suite writes them."""
MAX_HEAD = 256 * 1024
MAX_ROW = 1024 * 1024
MAX_TEXT = 32 * 1024 * 1024
"""Bytes of memory that the texts of a ledger may take."""
WHOLE, QUICK = 10, 3
"""What a cell costs that is held whole, and one of a row that is read the quick way."""
BYTES_A_CELL = 24
"""What is not written plainly costs by its length, whatever it is: a cell has at least as many bytes."""
_PIECE = 256 * 1024
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ROW_END = b"</row>"
_TAIL = b"</sheetData></worksheet>"
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class LedgerContent:
    """The rows of a ledger; reading them cost as much as so many ``cells`` of a usual sheet."""

    rows: tuple[SheetRow, ...]
    cells: int
    notes: tuple[Finding, ...]


@dataclass(slots=True)
class _Budget:
    """What reading one ledger may still cost."""

    cost: int
    text: int

    def spend(self, cost: int) -> None:
        self.cost -= cost
        if self.cost < 0:
            raise unsafe("单元格过多", "it has too many cells")


def read_ledger_part(
    package: Package, part: str, sheet: str, strings: Sequence[str], cells: int
) -> LedgerContent:
    """The rows of a ledger.

    ``cells`` have been read of the workbook before. Raises UnreadableFileError where the part is
    malformed, unsafe or has more cells than are left.
    """
    budget = _Budget((MAX_CELLS - cells) * WHOLE, MAX_TEXT)
    rows: list[SheetRow] = []
    notes: list[Finding] = []
    for piece in _pieces(inflate(package, part, MAX_LEDGER_PART, _PIECE)):
        content = read_fast(piece, strings)
        if content is None:
            budget.spend(len(piece) // BYTES_A_CELL * WHOLE)
            content = read_tree(decode(piece, part), part, sheet, strings)
            notes += content.notes[: MAX_NOTES - len(notes)]
        for row in _rows(content.values):
            # a row is as long as its last cell is far right, whatever stands before it
            budget.spend(len(row.values) * QUICK)
            if rows and row.number <= rows[-1].number:
                raise unsafe(
                    "分单位明细的行次序颠倒或重复", "rows of the ledger are out of order or stand twice"
                )
            budget.text -= sum([sys.getsizeof(value) for value in row.values if isinstance(value, str)])
            if budget.text < 0:
                raise unsafe("分单位明细的文字过多", "the ledger holds too much text")
            rows.append(row)
    return LedgerContent(tuple(rows), MAX_CELLS - cells - budget.cost // WHOLE, tuple(notes))


def _pieces(inflated: Iterator[bytes]) -> Iterator[bytes]:
    """Small worksheets that together have the rows of the large one."""
    head, rest = _head(inflated)
    while True:
        data, end, _ = rest.partition(_END)
        whole, mark, rest = data.rpartition(_ROW_END)
        if mark:
            yield head + whole + mark + _TAIL
        if end:
            break
        if len(rest) > MAX_ROW:
            raise unsafe("分单位明细的一行过长", "a row of the ledger is too long")
        more = next(inflated, None)
        if more is None:
            raise damaged("分单位明细不完整", "the ledger is cut off")
        rest += more
    if rest.strip():
        yield head + rest + _TAIL
    for _ in inflated:  # to the end: only then are size and checksum compared
        pass


def _head(inflated: Iterator[bytes]) -> tuple[bytes, bytes]:
    """What stands before the cells, and the beginning of what follows."""
    head = b""
    for data in inflated:
        head += data
        if _BEGIN in head:
            break
        if len(head) > MAX_HEAD + _PIECE:
            raise unsafe("分单位明细的标记过长", "the ledger's markup is too long")
    before, begin, rest = head.partition(_BEGIN)
    if not begin or len(before) > MAX_HEAD:
        raise damaged("分单位明细没有内容", "the ledger has no content")
    return before + begin, rest


def _rows(values: dict[str, Value]) -> Iterator[SheetRow]:
    """The values of one piece by row; cells of a row come one after the other."""
    number, row = "", list[Value]()
    for reference, value in values.items():
        letters = reference.rstrip(_DIGITS)
        digits = reference[len(letters) :]
        if digits != number:
            if row:
                yield SheetRow(int(number) - 1, tuple(row))
            number, row = digits, []
        column = column_number(letters)
        if column < len(row):
            row[column] = value
        else:
            row.extend([None] * (column - len(row)))
            row.append(value)
    if row:
        yield SheetRow(int(number) - 1, tuple(row))
