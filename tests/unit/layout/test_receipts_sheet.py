"""The sheet 报送情况: the coverage of a summary can be counted again from its rows."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from random import Random

import pytest

from tests.unit.merging.files import WRONG, file_of, handled, merged
from xltools.layout import receipts_sheet as module
from xltools.layout.receipts_sheet import RECEIPTS_FIRST_ROW, receipt_places, receipts_sheet
from xltools.model.summary import Summary
from xltools.model.unit import Roster, Unit

CITY = Unit("示例市", "9", "市级政府")
C1, C2 = (Unit(f"{n}县", f"9{n}", "县级政府", "9") for n in (1, 2))
A1 = Unit("一县科技局", "911", "县级部门", "91", includes=("912",))
A2, A3 = Unit("一县地震局", "912", "县级部门", "91"), Unit("一县公安局", "913", "县级部门", "91")
B1, B2 = (Unit(f"二县{n}局", f"92{n}", "县级部门", "92") for n in (1, 2))
ROSTER = Roster((CITY, C1, A1, A2, A3, C2, B1, B2))


def rows_of(summary: Summary) -> list[list[str]]:
    rows: dict[int, list[str]] = defaultdict(list)
    for cell in receipts_sheet(summary, Path(), "").cells:
        if cell.row >= RECEIPTS_FIRST_ROW:
            rows[cell.row].append(str(cell.value))
    return [rows[number] for number in sorted(rows)]


def tally(summary: Summary) -> str:
    return next(str(c.value) for c in receipts_sheet(summary, Path(), "").cells if c.row == 2)


def test_a_unit_that_another_reports_for_has_a_row_with_who_does() -> None:
    _, summary = merged([file_of(A1, handled(1)), file_of(B1, handled(2))], CITY, roster=ROSTER)
    assert summary is not None
    assert [row[:3] + row[4:] for row in rows_of(summary)] == [
        ["未报送", "913", "一县公安局", "名录中有此单位，没有收到它的文件"],
        ["未报送", "922", "二县2局", "名录中有此单位，没有收到它的文件"],
        ["代报", "912", "一县地震局", "由“一县科技局”代报，数在它的报表里"],
        ["已汇总", "911", "一县科技局", ""],
        ["已汇总", "921", "二县1局", ""],
    ]
    assert tally(summary) == "应报 5 个单位：已汇总 2，代报 1，未报送 2。"


def test_who_should_report_for_a_unit_has_not() -> None:
    _, summary = merged([file_of(A1, WRONG), file_of(B1, handled(2))], CITY, roster=ROSTER)
    assert summary is not None
    row = next(row for row in rows_of(summary) if row[1] == "912")
    assert (row[0], row[4]) == ("未报送", "由“一县科技局”代报，它还没有可以计入的文件")
    assert tally(summary) == "应报 5 个单位：已汇总 1，未报送 3，有文件但没有计入 1。"


def test_a_parents_file_says_for_whom_it_stands() -> None:
    files = [file_of(C1, handled(9), file="一县自报.xlsx"), file_of(A1, handled(1)), file_of(B1, handled(2))]
    _, summary = merged(files, CITY, roster=ROSTER)
    assert summary is not None
    assert [(row[0], row[1], row[4]) for row in rows_of(summary)[2:]] == [
        ("已含", "911", "数在“1县”自己报的表里"),
        ("已含", "912", "数在“1县”自己报的表里"),
        ("已含", "913", "数在“1县”自己报的表里"),
        (
            "代下级",
            "91",
            "用本单位自己报的数，代替下级 3 个单位：其中 1 个没有可用的文件（一县公安局）；"
            "下级已到的 1 个文件没有计入",
        ),
        ("已汇总", "921", ""),
    ]
    assert tally(summary) == "应报 5 个单位：已汇总 1，已含 3，未报送 1。"


@pytest.mark.parametrize("seed", range(40))
def test_the_coverage_can_be_counted_again_from_the_rows(seed: int) -> None:
    random = Random(seed)
    files = []
    for unit in (C1, A1, A2, A3, C2, B1, B2):
        for version in range(random.choice((0, 1, 1, 2))):
            values = WRONG if random.random() < 0.2 else handled(10 + version)
            files.append(file_of(unit, values, file=f"{unit.code}-{version}.xlsx"))
    intake, summary = merged(files, CITY, roster=ROSTER, on_duplicate="error")
    if summary is None:
        return
    rows = rows_of(summary)
    ends = {unit.code for unit in ROSTER.units if not ROSTER.children(unit.code)}
    held = [row[1] for row in rows if row[0] in ("已汇总", "代报", "已含")]
    assert len(held) == len(set(held)) == intake.counted
    assert {row[1] for row in rows if row[1] in ends} == ends
    assert len(ends) == intake.due
    places = receipt_places(summary)
    files_at = {place.row - RECEIPTS_FIRST_ROW: file for file, place in places.items()}
    assert {number: row[3] for number, row in enumerate(rows) if row[3]} == {
        number: module.recorded_path(file, Path()) for number, file in files_at.items()
    }
