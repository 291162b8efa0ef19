"""Rows too many to be objects, written one by one while XlsxWriter assembles their sheet.

XlsxWriter makes an object of every cell of a sheet, or (``constant_memory``) writes texts in a way that
is slow to read back. Here the rows stay the tuples of values they are: 3,000 rows of 227 cells take a
tenth of the time and of the memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from xltools.excel.a1 import column_letters
from xltools.excel.values import ErrorValue, Value
from xltools.layout.plan import RowBlock
from xltools.writing.formats import Formats
from xltools.writing.strict import PlainWorksheet, WritingError


class BlockWorksheet(PlainWorksheet):
    """A worksheet whose last rows come from a :class:`RowBlock`.

    XlsxWriter has no call for it: the rows follow those of ``sheetData`` (ECMA-376 part 1, 18.3.1.80).
    """

    _block: RowBlock | None = None

    def set_block(self, block: RowBlock, formats: Formats) -> None:
        """Take the rows of ``block``; their texts go into the workbook's table of strings at once."""
        self._block = block
        self._block_formats = [formats.of(style) for style in block.styles]
        self._block_strings: dict[str, int] = {}
        for row in block.rows:
            for value in row:
                if isinstance(value, str) and value and value not in self._block_strings:
                    self._block_strings[value] = self.str_table._get_shared_string_index(value)
        if self._check_dimensions(block.first_row + len(block.rows) - 1, len(block.styles) - 1) < 0:
            raise WritingError(f"{len(block.rows)} rows do not fit into a sheet")

    def _write_rows(self) -> None:
        super()._write_rows()
        if self._block is not None:
            for text in _rows_as_xml(self._block, self._block_formats, self._block_strings):
                self.fh.write(text)


def _rows_as_xml(block: RowBlock, formats: list[Any], strings: dict[str, int]) -> Iterator[str]:
    heads = [f'<c r="{column_letters(number)}' for number in range(len(formats))]
    styles = [f'" s="{format_._get_xf_index()}"' for format_ in formats]
    for number, row in enumerate(block.rows, block.first_row + 1):
        cells = [
            f"{head}{number}{style}{_value_as_xml(value, strings)}"
            for head, style, value in zip(heads, styles, row, strict=True)
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _value_as_xml(value: Value, strings: dict[str, int]) -> str:
    if type(value) is int:
        return f"><v>{value}</v></c>"
    if value is None or value == "":
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f' t="s"><v>{strings[value]}</v></c>'
    if isinstance(value, ErrorValue):
        return f' t="e"><v>{value.code}</v></c>'
    if not math.isfinite(value):
        raise WritingError(f"{value} is no number a cell can hold")
    return f"><v>{value!r}</v></c>"
