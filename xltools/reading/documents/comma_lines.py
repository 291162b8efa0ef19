"""Lines of a plain text whose cells are parted by commas, as a spreadsheet saves them.

Prose has commas too: only a block of lines is taken for a table, where figures or blanks end enough of them
and no sentence does.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence

_LEAST_LINES = 3
_LEAST_SHARE = 1 / 3
"""So many lines of a block must end with a figure or a blank: the others are its headings."""
_FIGURE = re.compile(r"[-+]?[0-9][0-9,.]{0,20}|")
_SENTENCE_ENDS = ("。", "；", "！", "？")


def comma_lines(lines: Sequence[str]) -> Mapping[int, list[str]]:
    """The cells of every line that is one of a table parted by commas, by its number.

    A line whose cells are all blank but the first is a text in such a file.
    """
    found: dict[int, list[str]] = {}
    block: dict[int, list[str]] = {}
    for number, line in enumerate((*lines, "")):
        cells = _cells(line)
        if len(cells) > 2 and not any(cells[1:]):
            found[number] = cells[:1]
        if len(cells) > 1 and not any(end in line for end in _SENTENCE_ENDS):
            block[number] = cells
        else:
            found |= dict(_table(block))
            block = {}
    return found


def _cells(line: str) -> list[str]:
    """The cells between the commas of a line; none where it holds tabs or quotation marks without an end."""
    if "," not in line or "\t" in line:
        return []
    try:
        return [cell.strip() for cell in next(csv.reader([line], strict=True), [])]
    except csv.Error:
        return []


def _table(block: Mapping[int, list[str]]) -> Iterator[tuple[int, list[str]]]:
    telling = sum(_FIGURE.fullmatch(cells[-1]) is not None for cells in block.values())
    if len(block) >= _LEAST_LINES and telling >= _LEAST_SHARE * len(block):
        yield from block.items()
