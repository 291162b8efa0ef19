"""Cells cut and moved, hidden rows, the same file twice: said, and never silently swallowed."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import xltools
from xltools.definition.library import load_form
from xltools.diagnostics.findings import Severity, Status
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

FORM = load_form("zfxxgk-2021")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    values = {cell.id: 0 for cell in FORM.inputs}
    submission = Submission(FORM, Period(2025), Unit("云山县教育局", "990131002", "县级部门"), values)
    return xltools.write(submission, tmp_path / "教育局.xlsx")


def _edit(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def test_an_untouched_workbook_shows_no_traces(filled: Path) -> None:
    (checked,) = xltools.check([filled])
    assert not {"CELL-MOVED", "ROWS-HIDDEN"} & {found.code for found in checked.findings}


def test_a_cut_cell_is_named_with_where_it_went(filled: Path) -> None:
    book = _edit(filled)
    book["三"]["P9"] = book["三"]["D5"].value
    book["三"]["D5"] = None
    book.defined_names["t3.new.natural"].attr_text = "'三'!$P$9"
    book.save(filled)
    (checked,) = xltools.check([filled])
    (moved,) = [found for found in checked.findings if found.code == "CELL-MOVED"]
    assert (moved.place.sheet, moved.place.cell, moved.place.id) == ("三", "D5", "t3.new.natural")
    assert "P9" in moved.message.zh
    assert moved.severity is Severity.ERROR


def test_names_that_a_suite_dropped_or_wrote_otherwise_are_no_trace(filled: Path) -> None:
    book = _edit(filled)
    del book.defined_names["t3.new.natural"]
    book.defined_names["t3.new.business"].attr_text = "三!$E$5"
    book.save(filled)
    (checked,) = xltools.check([filled])
    assert "CELL-MOVED" not in {found.code for found in checked.findings}


def test_hidden_rows_and_columns_of_a_table_are_noted(filled: Path) -> None:
    book = _edit(filled)
    book["三"].row_dimensions[7].hidden = True
    book["三"].column_dimensions["E"].hidden = True
    book.save(filled)
    (checked,) = xltools.check([filled])
    (hidden,) = [found for found in checked.findings if found.code == "ROWS-HIDDEN"]
    assert "7、E" in hidden.message.zh
    assert checked.status is Status.OK


def test_the_same_file_under_another_name_is_noted_once(filled: Path, tmp_path: Path) -> None:
    shutil.copy(filled, tmp_path / "副本.xlsx")
    first, second = xltools.check([filled, tmp_path / "副本.xlsx"])
    assert "SAME-FILE" not in {found.code for found in first.findings}
    (twin,) = [found for found in second.findings if found.code == "SAME-FILE"]
    assert str(filled) in twin.message.zh
    assert second.status is Status.OK
