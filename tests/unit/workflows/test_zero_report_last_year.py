"""A unit that reported zero last year reported zeros, whether its return says so or a summary does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.support.summaries import county, merged, returns, unit
from tests.support.workbooks import FORM_2021, fill, save, submission_of, zeros
from xltools.layout import ledger as ledger_module
from xltools.layout.ledger import LEDGER_FIRST_COLUMN, LEDGER_FIRST_ROW
from xltools.model.period import Period
from xltools.model.sheet_names import LEDGER_SHEET

WAYS = ["folder", "summary", "data file", "old summary"]
ZERO = unit(2)
BLANK = dict.fromkeys(cell.id for cell in FORM_2021.inputs)
CARRIED_IN = [f"{letter}6" for letter in "DEFGHI"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Last year's returns, where 单位2 reported zero and left every cell blank."""
    folder = returns(tmp_path_factory.mktemp("去年"), [1], year=2024)
    save(
        submission_of(FORM_2021, BLANK, unit=ZERO, period=Period(2024), zero_report=True),
        folder / "002.xlsx",
    )
    return folder


@pytest.fixture(scope="module", params=WAYS)
def last_year(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Last year's figures, said in every way."""
    if request.param == "folder":
        return folder
    summary = tmp_path_factory.mktemp("汇总") / "汇总.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "data file":
            patch.setattr(ledger_module, "MAX_LEDGER_CELLS", 100)
        merged(folder, summary, county(1))
    if request.param == "old summary":
        with _ledger(summary) as sheet:
            for cell in sheet[LEDGER_FIRST_ROW + 2][LEDGER_FIRST_COLUMN:]:
                cell.value = None
    return summary


@contextmanager
def _ledger(summary: Path) -> Iterator[openpyxl.worksheet.worksheet.Worksheet]:
    book = openpyxl.load_workbook(summary)
    yield book[LEDGER_SHEET]
    book.save(summary)


def test_zeros_are_filled_in_and_locked(last_year: Path, tmp_path: Path) -> None:
    (file,) = xltools.issue("zfxxgk-2021", 2025, [ZERO], tmp_path / "下发", previous=last_year)
    sheet = openpyxl.load_workbook(file.path)["三"]
    assert [sheet[a1].value for a1 in CARRIED_IN] == [0] * 6
    assert all(sheet[a1].protection.locked for a1 in CARRIED_IN)


def test_figures_are_judged_by_the_zeros(last_year: Path, tmp_path: Path) -> None:
    """A return that carries nothing of last year claims 3 applications and 9 documents left over."""
    (file,) = xltools.issue("zfxxgk-2021", 2025, [ZERO], tmp_path / "下发")
    given = zeros(FORM_2021) | {
        "t3.carried_in.natural": 3,
        "t3.granted.natural": 3,
        "t2_1.normative.in_force": 9,
    }
    (result,) = xltools.check([fill(file.path, tmp_path / "a.xlsx", given)], previous=last_year)
    found = {f.place.id: f.expected for f in result.findings}
    assert (found["t3.carried_in.natural"], found["t2_1.normative.in_force"]) == (0, 0)


def test_zeros_that_were_carried_were_not_corrected(last_year: Path, folder: Path, tmp_path: Path) -> None:
    (file,) = xltools.issue("zfxxgk-2021", 2025, [ZERO], tmp_path / "下发", previous=folder)
    given = {id_: value for id_, value in zeros(FORM_2021).items() if not id_.startswith("t3.carried_in.")}
    done = fill(file.path, tmp_path / "a.xlsx", given)
    assert xltools.check([done], previous=last_year)[0].findings == ()


def test_the_ledger_says_the_zeros(tmp_path: Path) -> None:
    given = submission_of(FORM_2021, BLANK, unit=ZERO, zero_report=True)
    merged(save(given, tmp_path / "报送" / "a.xlsx").parent, tmp_path / "汇总.xlsx", county(1))
    row = openpyxl.load_workbook(tmp_path / "汇总.xlsx")[LEDGER_SHEET][LEDGER_FIRST_ROW + 1]
    assert {cell.value for cell in row[LEDGER_FIRST_COLUMN:]} == {0}


def test_a_blank_corrects_nothing(tmp_path: Path) -> None:
    """Last year's file was emptied after the workbooks were issued: what they carry stands."""
    last = submission_of(FORM_2021, {"t3.new.natural": 3, "t3.carried_out.natural": 3}, period=Period(2024))
    (file,) = xltools.issue(
        "zfxxgk-2021", 2025, [last.unit], tmp_path / "下发", previous=save(last, tmp_path / "上年.xlsx")
    )
    given = {id_: value for id_, value in zeros(FORM_2021).items() if not id_.startswith("t3.carried_in.")}
    done = fill(file.path, tmp_path / "a.xlsx", given | {"t3.granted.natural": 3})
    emptied = save(submission_of(FORM_2021, BLANK, period=Period(2024)), tmp_path / "空.xlsx")
    assert xltools.check([done], previous=emptied)[0].findings == ()
    wrong = fill(done, tmp_path / "错.xlsx", {"t3.carried_in.natural": 7, "t3.granted.natural": 7})
    codes = {f.code: f.expected for f in xltools.check([wrong], previous=emptied)[0].findings}
    assert codes["T3-CARRIED-IN"] == 3
