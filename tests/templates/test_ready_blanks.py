"""The ready blanks in ``templates/`` are what the tool issues today, and can be used as they are."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.ready_blanks import ready_blanks
from xltools.diagnostics.findings import Status
from xltools.model.form import Form

BLANKS = ready_blanks()


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.parent.name)
def test_ready_blank_is_current(path: Path) -> None:
    assert path.read_bytes() == BLANKS[path], "run `make blanks`"


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.parent.name)
def test_no_other_workbook_lies_there(path: Path) -> None:
    assert list(path.parent.glob("*.xlsx")) == [path]


def _fill(blank: Path, target: Path, cover: dict[str, object]) -> Form:
    """Fill every figure with 0, by defined names, as somebody without our tool would."""
    form = xltools.load_form(blank.parent.name)
    book = openpyxl.load_workbook(blank)
    values = {cell.id: 0 for cell in form.inputs} | cover
    for id_, value in values.items():
        sheet, _, cell = book.defined_names[id_].attr_text.partition("!")
        book[sheet.strip("'")][cell.replace("$", "")] = value
    book.save(target)
    return form


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.parent.name)
def test_ready_blank_takes_unit_and_year_from_its_cover(path: Path, tmp_path: Path) -> None:
    filled = tmp_path / "填好.xlsx"
    year = 2020 if "2019" in path.parent.name else 2025
    cover = {"cover.unit": "某县教育局", "cover.code": "123", "cover.period": year}
    form = _fill(path, filled, cover)
    (checked,) = xltools.check([filled])
    assert checked.status is Status.OK
    assert checked.submission is not None
    assert (checked.submission.unit.name, checked.submission.unit.code) == ("某县教育局", "123")
    assert checked.submission.period is not None
    assert form.covers(checked.submission.period)


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.parent.name)
def test_ready_blank_without_unit_or_year_is_refused(path: Path, tmp_path: Path) -> None:
    filled = tmp_path / "没写单位.xlsx"
    _fill(path, filled, {})
    (checked,) = xltools.check([filled])
    assert {"UNIT-BLANK", "PERIOD-BLANK"} <= {found.code for found in checked.findings}
    assert checked.status is Status.ERROR
