"""A date typed into a number cell is no figure: it is said with the day it shows."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.support.office import convert
from xltools.definition.library import load_form
from xltools.excel.values import date_text
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

FORM = load_form("zfxxgk-2021")


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    values = {cell.id: 0 for cell in FORM.inputs}
    unit = Unit("云山县教育局", "990131002", "县级部门")
    path = xltools.write(Submission(FORM, Period(2025), unit, values), tmp_path / "教育局.xlsx")
    book = openpyxl.load_workbook(path)
    book["三"]["D5"] = datetime.date(2026, 1, 15)
    book["封面"]["C13"] = datetime.date(2026, 1, 20)
    book.save(path)
    return path


def _dates(path: Path) -> list[tuple[str | None, object]]:
    (checked,) = xltools.check([path])
    return [(f.place.id, f.actual) for f in checked.findings if f.code == "TEXT-IN-NUMBER"]


def test_a_date_among_the_figures_is_found(dated: Path) -> None:
    assert _dates(dated) == [("t3.new.natural", "2026-01-15")]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_it_is_found_in_every_format(dated: Path, tmp_path: Path, kind: str) -> None:
    (saved,) = convert([dated], tmp_path / "out", kind)
    assert _dates(saved) == [("t3.new.natural", "2026-01-15")]


def test_days_count_from_1899_or_1904() -> None:
    assert date_text(46037, date_1904=False) == "2026-01-15"
    assert date_text(46037 - 1462, date_1904=True) == "2026-01-15"
    assert date_text(1e12, date_1904=False) is None
