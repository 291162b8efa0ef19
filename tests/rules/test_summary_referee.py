"""The sum of the ledger equals every total: added up by LibreOffice, with every cached result spoilt first.

openpyxl reads what LibreOffice computed, independently of our own reader.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import xltools
from tests.rules.test_referee import spoil_cache
from tests.support.office import convert, soffice
from tests.support.summaries import county, merged, returns
from tests.support.workbooks import FORM_2021
from xltools.layout.ledger import LEDGER_FIRST_COLUMN, LEDGER_FIRST_ROW, LEDGER_TOTAL_ROW
from xltools.layout.places import places
from xltools.model.sheet_names import CHARTS_SHEET, COMPARISON_SHEETS, LEDGER_SHEET
from xltools.model.unit import Unit

CITY = Unit("某市", "S", "市级政府")
NAMES = ("county1", "county2", "city", "last")


@dataclass(frozen=True)
class Round:
    """Summaries of two years and two levels; ``computed`` as LibreOffice saved them, caches spoilt before."""

    folder: Path
    computed: dict[str, Path]

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.xlsx"


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    soffice()
    folder = tmp_path_factory.mktemp("市")
    last = {"t3.new.natural": 40, "t3.granted.natural": 39, "t3.carried_out.natural": 0}
    returns(folder / "2024", range(1, 5), year=2024, changes={**last, "t3.partly.natural": 1})
    merged(folder / "2024", folder / "last.xlsx", county(1))
    returns(folder / "县1", range(1, 5))
    returns(folder / "县2", range(5, 12))
    # last year's own figures must join: 上年结转 of the returns is 0, that year's 结转 of these units 1
    merged(folder / "县1", folder / "county1.xlsx", county(1))
    merged(folder / "县2", folder / "county2.xlsx", county(2))
    merged([folder / "county1.xlsx", folder / "county2.xlsx"], folder / "city.xlsx", CITY)
    spoilt = folder / "spoilt"
    spoilt.mkdir()
    for name in NAMES:
        spoil_cache((folder / f"{name}.xlsx").read_bytes(), spoilt / f"{name}.xlsx")
    saved = convert([spoilt / f"{name}.xlsx" for name in NAMES], folder / "computed")
    return Round(folder, dict(zip(NAMES, saved, strict=True)))


def ledger_columns(book: Workbook) -> Iterator[tuple[str, list[float], float]]:
    """Every figure's id with the units' figures and the sum below them, as they stand on the sheet."""
    sheet = book[LEDGER_SHEET]
    for column, cell in enumerate(FORM_2021.figures, LEDGER_FIRST_COLUMN + 1):
        rows = [sheet.cell(row, column).value for row in range(LEDGER_FIRST_ROW + 1, sheet.max_row + 1)]
        yield cell.id, [v for v in rows if v is not None], sheet.cell(LEDGER_TOTAL_ROW + 1, column).value


@pytest.mark.libreoffice
@pytest.mark.parametrize(("name", "units"), [("county1", 4), ("county2", 7), ("city", 2), ("last", 4)])
def test_the_sum_of_the_ledger_is_every_total(name: str, units: int, round_: Round) -> None:
    book = openpyxl.load_workbook(round_.computed[name], data_only=True)
    where = places(FORM_2021).cells
    compared = 0
    for id_, rows, below in ledger_columns(book):
        place = where[id_]
        shown = book[place.sheet].cell(place.row + 1, place.column + 1).value
        assert len(rows) == units
        assert math.isclose(shown, math.fsum(rows), abs_tol=1e-9), (id_, shown, rows)
        assert math.isclose(below, math.fsum(rows), abs_tol=1e-9), id_
        compared += shown != 0
    assert compared > 10


@pytest.mark.libreoffice
def test_a_summary_of_summaries_is_the_sum_of_all_returns(round_: Round, tmp_path: Path) -> None:
    both = [round_.folder / "县1", round_.folder / "县2"]
    direct = merged(both, tmp_path / "direct.xlsx", CITY).summary
    city = xltools.read(round_.computed["city"])
    assert direct is not None
    for cell in FORM_2021.figures:
        assert math.isclose(
            float(str(city.values[cell.id])), float(str(direct.submission.values[cell.id])), abs_tol=1e-9
        )


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", NAMES)
def test_what_libreoffice_saved_is_the_same_summary(name: str, round_: Round) -> None:
    before, after = xltools.check([round_.path(name)])[0], xltools.check([round_.computed[name]])[0]
    assert before.submission is not None
    assert after.submission is not None
    assert after.findings == before.findings
    assert not [found for found in after.findings if found.blocks]
    assert after.submission.values == before.submission.values
    assert (after.submission.kind, after.submission.coverage) == ("summary", before.submission.coverage)
    assert after.submission.history == before.submission.history


@pytest.mark.libreoffice
def test_a_figure_changed_in_libreoffice_is_found(round_: Round, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(round_.computed["county1"], data_only=True)
    book["三"]["D5"] = 31
    book.save(tmp_path / "改.xlsx")
    codes = [f.code for f in xltools.check([tmp_path / "改.xlsx"])[0].findings]
    assert codes.count("LEDGER-CHANGED") == 1


@pytest.mark.libreoffice
def test_a_ledger_changed_in_libreoffice_is_found_though_everything_agrees(
    round_: Round, tmp_path: Path
) -> None:
    """The formulas follow: totals, sums and audit agree with the changed figure, on both levels."""
    book = openpyxl.load_workbook(round_.path("county1"))
    column = LEDGER_FIRST_COLUMN + 1 + [c.id for c in FORM_2021.figures].index("t2_5.licensing.decisions")
    book[LEDGER_SHEET].cell(LEDGER_FIRST_ROW + 2, column).value = 9102
    book.save(tmp_path / "改.xlsx")
    (saved,) = convert([tmp_path / "改.xlsx"], tmp_path / "存")
    assert openpyxl.load_workbook(saved, data_only=True)["二"]["B8"].value == 9410
    (found,) = (f for f in xltools.check([saved])[0].findings if f.blocks)
    assert (found.code, found.place.id) == ("LEDGER-EDITED", "t2_5.licensing.decisions")
    assert (found.place.sheet, found.place.cell) == ("二", "B8")
    assert (found.actual, found.expected) == (9410, 410)
    above = xltools.merge([saved], tmp_path / "上级.xlsx", unit=CITY)
    assert above.summary is None


@pytest.mark.libreoffice
def test_comparison_and_chart_figures_are_what_libreoffice_computes(round_: Round, tmp_path: Path) -> None:
    """With last year's summary: every formula of both sheets, caches spoilt, against what was cached."""
    zero = {"t3.carried_in.business": 1, "t3.carried_out.business": 2}
    inputs = returns(tmp_path / "今年", range(1, 5), changes=zero)
    output = tmp_path / "今年.xlsx"
    merged(inputs, output, county(1), previous=round_.path("last"))
    (tmp_path / "spoilt").mkdir()
    spoil_cache(output.read_bytes(), tmp_path / "spoilt" / "今年.xlsx")
    (saved,) = convert([tmp_path / "spoilt" / "今年.xlsx"], tmp_path / "computed")
    formulas = openpyxl.load_workbook(output)
    cached = openpyxl.load_workbook(output, data_only=True)
    computed = openpyxl.load_workbook(saved, data_only=True)
    compared = 0
    for name in (COMPARISON_SHEETS["year"], CHARTS_SHEET):
        for cell in (c for row in formulas[name].iter_rows() for c in row if c.data_type == "f"):
            ours, theirs = (book[name][cell.coordinate].value for book in (cached, computed))
            if isinstance(ours, (int, float)):
                assert math.isclose(ours, theirs, abs_tol=1e-9), (cell.coordinate, cell.value, ours, theirs)
            else:
                assert (ours or None) == (theirs or None), (cell.coordinate, cell.value, ours, theirs)
            compared += 1
    assert compared > 3 * len(FORM_2021.figures)
