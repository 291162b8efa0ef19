"""Whatever is inserted, deleted, sorted, renamed or misspelt: no figure lands in a wrong cell unsaid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.workbooks import FORM_2019, FORM_2021, FORMS, MONTHLY, form_id, save, submission_of
from tests.unit.matching.retyped import BY_ID
from xltools.checking.check import check_submission
from xltools.excel.a1 import cell_name, parse_cell
from xltools.excel.values import Value
from xltools.matching.match import match
from xltools.model.form import Form
from xltools.reading.grid import Grid, Sheet
from xltools.reading.workbooks.workbook import read_workbook

Cells = dict[tuple[int, int], Value]


@cache
def filled(form: Form) -> Grid:
    """An issued workbook with a different figure in every cell."""
    inputs: dict[str, Value] = {cell.id: 1000 + number for number, cell in enumerate(form.inputs)}
    with TemporaryDirectory() as folder:
        return read_workbook(save(submission_of(form, inputs), Path(folder) / "a.xlsx"))


def figures(form: Form) -> dict[str, int]:
    return {cell.id: 1000 + number for number, cell in enumerate(form.inputs)}


def insert_rows(cells: Cells, random: Random) -> Cells:
    at, count = random.randrange(0, 40), random.randrange(1, 4)
    return {(r + count * (r >= at), c): v for (r, c), v in cells.items()}


def insert_columns(cells: Cells, random: Random) -> Cells:
    at, count = random.randrange(0, 16), random.randrange(1, 3)
    return {(r, c + count * (c >= at)): v for (r, c), v in cells.items()}


def delete_row(cells: Cells, random: Random) -> Cells:
    at = random.randrange(0, 40)
    return {(r - (r > at), c): v for (r, c), v in cells.items() if r != at}


def delete_column(cells: Cells, random: Random) -> Cells:
    at = random.randrange(0, 16)
    return {(r, c - (c > at)): v for (r, c), v in cells.items() if c != at}


def exchange_rows(cells: Cells, random: Random) -> Cells:
    one, two = random.randrange(3, 38), random.randrange(3, 38)
    turned = {one: two, two: one}
    return {(turned.get(r, r), c): v for (r, c), v in cells.items()}


def exchange_columns(cells: Cells, random: Random) -> Cells:
    """Two columns exchanged, unless that leaves no trace: where both say the same, or one says nothing."""
    one, two = random.randrange(0, 15), random.randrange(0, 15)
    said = [{v for (_, c), v in cells.items() if c == at and isinstance(v, str)} for at in (one, two)]
    if not all(said) or said[0] & said[1]:
        return cells
    turned = {one: two, two: one}
    return {(r, turned.get(c, c)): v for (r, c), v in cells.items()}


def repeat_row(cells: Cells, random: Random) -> Cells:
    """A row copied in below itself, with other figures."""
    at = random.randrange(3, 38)
    moved = {(r + (r > at), c): v for (r, c), v in cells.items()}
    copy = {(at + 1, c): (v if isinstance(v, str) else -7) for (r, c), v in cells.items() if r == at}
    return moved | copy


def misspell(cells: Cells, random: Random) -> Cells:
    """A character lost from, or doubled in, some labels."""
    changed = dict(cells)
    labels = sorted(place for place, value in cells.items() if isinstance(value, str) and len(value) > 3)
    for place in random.sample(labels, min(len(labels), random.randrange(1, 8))):
        text = str(cells[place])
        at = random.randrange(len(text))
        changed[place] = text[:at] + text[at] * random.choice((0, 2)) + text[at + 1 :]
    return changed


def drop_labels(cells: Cells, random: Random) -> Cells:
    labels = sorted(place for place, value in cells.items() if isinstance(value, str))
    gone = set(random.sample(labels, min(len(labels), random.randrange(1, 6))))
    return {place: value for place, value in cells.items() if place not in gone}


EDITS: tuple[Callable[[Cells, Random], Cells], ...] = (
    insert_rows,
    insert_columns,
    delete_row,
    delete_column,
    exchange_rows,
    exchange_columns,
    repeat_row,
    misspell,
    drop_labels,
)


def edited(sheet: Sheet, random: Random) -> Sheet:
    """A sheet after one to three edits; its formulas become the figures they give."""
    cells: Cells = {parse_cell(a1): value for a1, value in sheet.values.items()}
    # Each kind once, and a repeated row alone: with its original deleted it would be the row itself.
    edits = random.sample(EDITS, k=random.randrange(1, 4))
    for edit in [repeat_row] if repeat_row in edits else edits:
        cells = edit(cells, random)
    return replace(sheet, values={cell_name(*place): v for place, v in cells.items()}, formulas={})


def spoilt(form: Form, random: Random) -> Grid:
    grid = filled(form)
    tables = {section.sheet for section in form.sections if section.tables}
    sheets = [edited(s, random) if s.name in tables and random.random() < 0.6 else s for s in grid.sheets]
    if random.random() < 0.3:
        sheets = [replace(s, name=f"{s.name}表") if s.name in tables else s for s in sheets]
    if random.random() < 0.3:
        names = (
            random.sample([s.name for s in sheets if s.name[0] in "二三四"], k=2) if len(tables) > 1 else []
        )
        turned = dict(zip(names, reversed(names), strict=True))
        sheets = [replace(s, name=turned.get(s.name, s.name)) for s in sheets]
    if random.random() < 0.3:
        sheets = [s for s in sheets if s.name != "_xltools"]
    return replace(grid, sheets=tuple(sheets))


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021, MONTHLY], ids=form_id)
@settings(max_examples=120, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_every_figure_is_right_or_an_error_says_so(form: Form, seed: int) -> None:
    found = match(spoilt(form, Random(seed)), BY_ID.get, lambda: FORMS)
    if found.submission is None:
        assert any(f.blocks for f in found.findings)
        return
    assert found.submission.form is form
    submission, checked = check_submission(found.submission)
    errors = [f for f in (*found.findings, *checked) if f.blocks]
    named = {id_ for f in errors for id_ in f.cells}
    sheets = {f.place.sheet for f in errors if f.code in ("LABEL-CHANGED", "TABLE-MOVED", "SHEET-MISSING")}
    for id_, figure in figures(form).items():
        read = submission.values.get(id_)
        if read != figure:
            place = submission.places[id_]
            assert id_ in named or place[0] in sheets, (id_, figure, read, found.findings)
        # A figure in a wrong cell must not even happen where an error names it, but for changed labels.
        assert read == figure or read is None or place[0] in sheets, (id_, figure, read, found.findings)
