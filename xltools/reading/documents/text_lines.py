"""A line of plain text as the cells it was flattened from: tabs, bars, or gaps between aligned columns."""

from __future__ import annotations

import re
import unicodedata

_BARS = re.compile("[|｜│┃║]")
_RULE = re.compile(r"[\s|｜│┃║+\-=:—─━═┌┬┐├┼┤└┴┘╋╂┏┳┓┣┫┗┻┛]+")
_DRAWN = re.compile("[|｜│┃║+┌├└╋┏┣┗]")
_LONGEST_DASH = 4
"""So many dashes may stand for "none" in a cell of its own."""
_GAP = re.compile(r"[ \u00a0\u3000]{2,}")
_ALIGNED = re.compile(r"\S(?:\S|[ \u00a0\u3000](?![ \u00a0\u3000]))*")
_LEAST_BARS = 2


def is_rule(line: str) -> bool:
    """Whether a line only draws a border: ``|---|---|`` or ``├──┼──┤``."""
    bare = line.strip()
    drawn = len(bare) > _LONGEST_DASH or (len(bare) > 2 and _DRAWN.search(bare) is not None)
    return drawn and _RULE.fullmatch(bare) is not None


def split_cells(line: str) -> tuple[list[str], list[tuple[float, float]]]:
    """The cells of a line; with gaps also from where to where each reaches (a wide character is two).

    Tabs and bars keep empty cells, gaps do not: there only the place can tell which column is meant.
    """
    if "\t" in line:
        return line.split("\t"), []
    bare = line.strip()
    if len(_BARS.findall(bare)) >= _LEAST_BARS:
        parts = _BARS.split(bare)
        return parts[bool(not parts[0].strip()) : len(parts) - bool(not parts[-1].strip())], []
    if not _GAP.search(bare):
        return [bare], []
    cells: list[str] = []
    extents: list[tuple[float, float]] = []
    at = reached = 0
    for match in _ALIGNED.finditer(line):
        text = match[0].rstrip()
        left = reached + _width(line[at : match.start()])
        at, reached = match.start() + len(text), left + _width(text)
        cells.append(text)
        extents.append((float(left), float(reached)))
    return cells, extents


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
