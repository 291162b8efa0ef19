"""Where a unit's figures truly stood, written compactly where that was not the form's own place.

``'三'!D5:J27='汇总表'!E7`` says: what the form has in D5:J27 of sheet 三 was read from sheet 汇总表, from E7
on in the same arrangement. Several such blocks are separated by ``;``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from xltools.excel.a1 import cell_name, parse_cell, quote_sheet, range_name
from xltools.excel.limits import MAX_CELL_TEXT
from xltools.layout.places import places
from xltools.model.form import Form
from xltools.model.submission import Submission

_SHEET = r"'((?:[^']|'')+)'"
_BLOCK = re.compile(rf"{_SHEET}!([A-Z]+[0-9]+)(?::([A-Z]+[0-9]+))?={_SHEET}!([A-Z]+[0-9]+)(?:;|\Z)")
_CUT = "…"

_Spot = tuple[int, int]
_Shift = tuple[str, str, int, int]
"""Sheet of the form, sheet of the file, rows down and columns right."""


def moved_places(submission: Submission) -> str:
    """The figures of a submission that were not read from the form's own places; empty for none."""
    moved: dict[_Shift, list[_Spot]] = {}
    own = places(submission.form)
    if submission.places == own.addresses:
        return ""
    for cell in submission.form.figures:
        found, due = submission.places.get(cell.id), own.cells[cell.id]
        if found is None or found == own.addresses[cell.id]:
            continue
        row, column = parse_cell(found[1])
        shift = (due.sheet, found[0], row - due.row, column - due.column)
        moved.setdefault(shift, []).append((due.row, due.column))
    if not moved:
        return ""
    return _short([text for shift, spots in moved.items() for text in _blocks(submission.form, shift, spots)])


def places_moved(text: str, form: Form) -> Mapping[str, tuple[str, str]]:
    """What :func:`moved_places` wrote, read again: sheet and A1 of every figure that had moved."""
    found: dict[str, tuple[str, str]] = {}
    by_spot = {(p.sheet, p.row, p.column): id_ for id_, p in places(form).cells.items()}
    for block in _BLOCK.finditer(text):
        sheet, true_sheet = (block[number].replace("''", "'") for number in (1, 4))
        (top, left), (row, column) = parse_cell(block[2]), parse_cell(block[5])
        bottom, right = parse_cell(block[3]) if block[3] else (top, left)
        for (name, at, across), id_ in by_spot.items():
            if name == sheet and top <= at <= bottom and left <= across <= right:
                found[id_] = (true_sheet, cell_name(row + at - top, column + across - left))
    return found


def are_all_known(text: str) -> bool:
    """Whether the list of moved places is whole: a very long one is cut."""
    return not text.endswith(_CUT)


def _blocks(form: Form, shift: _Shift, spots: list[_Spot]) -> Iterator[str]:
    sheet, true_sheet, down, across = shift
    for top, left, bottom, right in _areas(form, sheet, set(spots)):
        here = f"{quote_sheet(sheet)}!{range_name(top, left, bottom, right)}"
        yield f"{here}={quote_sheet(true_sheet)}!{cell_name(top + down, left + across)}"


def _areas(form: Form, sheet: str, spots: set[_Spot]) -> Iterable[tuple[int, int, int, int]]:
    """One area where nothing else of the form stands between the cells, else one for every run in a row."""
    rows, columns = [row for row, _ in spots], [column for _, column in spots]
    top, left, bottom, right = min(rows), min(columns), max(rows), max(columns)
    inside = {
        (p.row, p.column)
        for p in places(form).cells.values()
        if p.sheet == sheet and top <= p.row <= bottom and left <= p.column <= right
    }
    if inside == spots:
        return [(top, left, bottom, right)]
    runs: list[tuple[int, int, int, int]] = []
    for row, column in sorted(spots):
        if runs and runs[-1][0] == row and runs[-1][3] == column - 1:
            runs[-1] = (*runs[-1][:3], column)
        else:
            runs.append((row, column, row, column))
    return runs


def _short(blocks: list[str]) -> str:
    """The blocks as one text that a cell can hold; what is left out is marked."""
    text = ";".join(blocks)
    if len(text) <= MAX_CELL_TEXT:
        return text
    kept = text[: MAX_CELL_TEXT - 1].rpartition(";")[0]
    return f"{kept};{_CUT}"
