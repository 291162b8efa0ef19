"""From a figure of a summary back to the cells of the returns, through levels, and where the way ends."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.support.summaries import county, figures, merged, returns, unit
from tests.support.workbooks import FORM_2021, save, submission_of
from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.excel.values import Value
from xltools.merging.trace import SourceState, Trace, ends
from xltools.model.unit import Unit
from xltools.reporting.trace_json import trace_json
from xltools.reporting.trace_text import trace_text

CITY = Unit("某市", "S", "市级政府")
KEYS = {
    *("code", "name", "file", "sha256", "sheet", "cell", "value", "in_file", "as_in_file", "state", "via")
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A summary of two counties' summaries, with everything below it in one folder."""
    folder = tmp_path_factory.mktemp("市") / "市 里"
    for number, units in ((1, range(1, 4)), (2, range(4, 6))):
        returns(folder / f"县{number}" / "报送", units)
        merged(folder / f"县{number}" / "报送", folder / f"县{number}" / "汇总.xlsx", county(number))
    merged([folder / "县1" / "汇总.xlsx", folder / "县2" / "汇总.xlsx"], folder / "市汇总.xlsx", CITY)
    return folder


@pytest.fixture
def city(made: Path, tmp_path: Path) -> Path:
    """The same to change."""
    return shutil.copytree(made, tmp_path / "市 里") / "市汇总.xlsx"


def leaves(trace: Trace) -> dict[str, tuple[Value, SourceState]]:
    return {above[-1].unit.name: (above[-1].value, above[-1].state) for above in ends(trace.figures)}


def test_every_input_cell_is_the_one_the_figure_was_read_from(city: Path) -> None:
    trace = xltools.trace(city, "三!D5")
    assert (trace.cell.id, trace.value, trace.sum, trace.parts) == ("t3.new.natural", 45, 45, ())
    assert (trace.adds_up, trace.is_complete) == (True, True)
    found = trace_json(trace)
    assert [(f["code"], f["value"]) for f in found] == [(f"{n:03}", 3 * n) for n in range(1, 6)]
    for entry in found:
        assert set(entry) == KEYS
        assert (entry["in_file"], entry["as_in_file"]) == (entry["value"], True)
        sheet = openpyxl.load_workbook(str(entry["file"]), data_only=True)[str(entry["sheet"])]
        assert sheet[str(entry["cell"])].value == entry["value"]
        assert xltools.check([str(entry["file"])])[0].sha256 == entry["sha256"]
    assert [step["name"] for step in found[0]["via"]] == ["县1"]  # type: ignore[attr-defined]


def test_a_total_is_each_units_own_total_and_names_what_it_adds_up(city: Path) -> None:
    trace = xltools.trace(city, "三!$J$5")
    assert trace.cell.kind == "total"
    assert trace.parts[0] == "t3.new.natural"
    assert {name: value for name, (value, _) in leaves(trace).items()} == {
        f"单位{n}": 3 * n + n + 1 for n in range(1, 6)
    }
    assert trace.adds_up
    text = trace_text(trace, "zh")
    assert "合计，由这些格相加：三!D5 + 三!E5" in text
    assert "与汇总表的数相符" in text
    assert "7 个文件都在" in text


def test_everything_can_move_together(city: Path, tmp_path: Path) -> None:
    shutil.move(city.parent, tmp_path / "别处")
    trace = xltools.trace(tmp_path / "别处" / "市汇总.xlsx", "三!D5")
    assert trace.is_complete
    assert len(leaves(trace)) == 5


def test_a_county_that_is_not_there_ends_the_way_and_is_found_by_its_content(
    city: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "收件"
    shutil.move(city.parent / "县1", elsewhere)
    trace = xltools.trace(city, "三!D5")
    assert leaves(trace)["县1"] == (18, SourceState.MISSING)
    assert (trace.adds_up, trace.is_complete) == (True, False)
    text = trace_text(trace, "zh")
    assert "文件找不到" in text
    assert "--files" in text
    again = xltools.trace(city, "三!D5", files=elsewhere)
    assert again.is_complete
    assert len(leaves(again)) == 5
    assert again.figures[0].state is SourceState.MOVED


def test_a_file_that_has_changed_ends_the_way(city: Path) -> None:
    county_file = city.parent / "县2" / "汇总.xlsx"
    merged(city.parent / "县2" / "报送" / "004.xlsx", county_file, county(2), force=True)
    trace = xltools.trace(city, "三!D5")
    assert leaves(trace)["县2"] == (27, SourceState.CHANGED)
    save(submission_of(FORM_2021, figures(9), unit=unit(1)), city.parent / "县1" / "报送" / "001.xlsx")
    again = xltools.trace(city, "三!D5")
    assert leaves(again)["单位1"] == (3, SourceState.CHANGED)
    assert not again.is_complete
    assert "已改动" in trace_text(again, "zh")
    assert "has changed" in trace_text(again, "en")


def test_a_figure_changed_by_hand_does_not_add_up(city: Path) -> None:
    book = openpyxl.load_workbook(city)
    book["三"]["D5"] = 46
    book.save(city)
    trace = xltools.trace(city, "三!D5")
    assert (trace.value, trace.sum, trace.adds_up) == (46, 45, False)
    assert "不符" in trace_text(trace, "zh")


def change_ledger(summary: Path, unit_row: int, new: int, total: int) -> None:
    """A unit's 三!D5 in 分单位明细 and the total with it, as a suite that recalculates would save them."""
    book = openpyxl.load_workbook(summary)
    ledger = book["分单位明细"]
    (column,) = [cell.column for cell in ledger[3] if cell.value == "D5" and _heads_new(ledger, cell.column)]
    ledger.cell(5 + unit_row, column).value = new
    book["三"]["D5"].value = total
    book.save(summary)


def _heads_new(ledger: openpyxl.worksheet.worksheet.Worksheet, column: int) -> bool:
    return str(ledger.cell(5, column).value).startswith("三 › 一、")


def test_a_ledger_that_was_changed_is_held_against_the_file(city: Path) -> None:
    summary = city.parent / "县1" / "汇总.xlsx"
    change_ledger(summary, 2, 9006, 9018)
    trace = xltools.trace(summary, "三!D5")
    assert (trace.value, trace.sum) == (9018, 9018)
    assert (trace.adds_up, trace.is_complete, trace.is_true, trace.is_right) == (True, True, False, False)
    found = {str(entry["name"]): entry for entry in trace_json(trace)}
    assert [found["单位2"][key] for key in ("value", "in_file", "as_in_file")] == [9006, 6, False]
    assert found["单位1"]["as_in_file"] is True
    text = trace_text(trace, "zh")
    assert "报表中为 6，汇总表记为 9006" in text
    assert "1 处汇总表记的数与文件中的不同" in text
    assert "the return has 6, the summary recorded 9006" in trace_text(trace, "en")
    assert xltools.trace(summary, "三!D6").is_right


def test_a_ledger_that_was_changed_below_is_found_through_the_levels(city: Path) -> None:
    below = city.parent / "县1" / "汇总.xlsx"
    change_ledger(below, 2, 9006, 9018)
    both = [below, city.parent / "县2" / "汇总.xlsx"]
    # openpyxl keeps no result of a formula: without them the summary would not pass
    merged(both, city, CITY, force=True, include_invalid=True)
    trace = xltools.trace(city, "三!D5")
    assert (trace.value, trace.adds_up, trace.is_complete, trace.is_true) == (9045, True, True, False)
    assert "报表中为 6，汇总表记为 9006" in trace_text(trace, "zh")


def test_a_summary_below_is_held_against_its_file_as_well(city: Path) -> None:
    change_ledger(city, 1, 9018, 9045)
    trace = xltools.trace(city, "三!D5")
    assert (trace.is_complete, trace.is_true) == (True, False)
    assert "下级汇总表中为 18，本级记为 9018" in trace_text(trace, "zh")
    via = trace_json(trace)[0]["via"]
    assert via == [
        {**via[0], "value": 9018, "in_file": 18, "as_in_file": False}  # type: ignore[index]
    ]


def test_returns_inside_an_archive_are_found_there(tmp_path: Path) -> None:
    folder = returns(tmp_path / "报送", range(1, 4))
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"第一批/{file.name}")
    shutil.rmtree(folder)
    merged([tmp_path / "报送.zip"], tmp_path / "汇总.xlsx", county(1))
    trace = xltools.trace(tmp_path / "汇总.xlsx", "三!D5")
    assert trace.is_complete
    assert trace.figures[0].file.endswith("报送.zip/第一批/001.xlsx")


def test_figures_that_stood_elsewhere_are_traced_to_where_they_stood(tmp_path: Path) -> None:
    folder = returns(tmp_path / "报送", range(1, 4))
    book = openpyxl.load_workbook(folder / "002.xlsx")
    book["三"].title = "汇总's 表"
    book.save(folder / "002.xlsx")
    merged(folder, tmp_path / "汇总.xlsx", county(1))
    found = trace_json(xltools.trace(tmp_path / "汇总.xlsx", "三!J5"))
    assert [(entry["sheet"], entry["cell"]) for entry in found] == [
        ("三", "J5"),
        ("汇总's 表", "J5"),
        ("三", "J5"),
    ]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("J5", "no place"),
        ("三!", "no place"),
        ("", "no place"),
        ("三!A1", "no figure"),
        ("三!K5", "no figure"),
        ("三!J500", "no figure"),
        ("图表!B5", "only figures of the tables"),
        ("分单位明细!K7", "only figures of the tables"),
        ("五!A1", '"五!A1" is none of them'),
        ("封面!C6", '"封面!C6" is none of them'),
        ("审核!C6", 'what stands on "审核" follows from them'),
    ],
)
def test_what_is_no_figure_of_a_table_is_wrong_usage(city: Path, place: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        xltools.trace(city, place)
    assert words in caught.value.text.en


@pytest.mark.parametrize("place", ["三！D5", "三!Ｄ５", " 三！ｄ５ ", "三！Ｄ5"])
def test_a_place_may_be_typed_in_full_width(city: Path, place: str) -> None:
    assert xltools.trace(city, place).place == "三!D5"


def test_the_merged_end_of_a_row_is_its_last_figure(city: Path) -> None:
    assert xltools.trace(city, "'二'!d8").cell.id == xltools.trace(city, "二!B8").cell.id


def test_what_is_no_summary_cannot_be_traced(city: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no summary"):
        xltools.trace(city.parent / "县1" / "报送" / "001.xlsx", "三!J5")
    with pytest.raises(UnreadableFileError):
        xltools.trace(tmp_path / "没有.xlsx", "三!J5")
    with pytest.raises(UsageError, match="does not exist"):
        xltools.trace(city, "三!J5", files=tmp_path / "没有")


def test_a_recorded_place_on_another_machine_is_not_asked_for(city: Path) -> None:
    book = openpyxl.load_workbook(city)
    for row, file in ((6, "//server/share/a.xlsx"), (7, "a\tb/../../../../etc/passwd")):
        book["分单位明细"].cell(row, 5).value = file
    book.save(city)
    trace = xltools.trace(city, "三!D5")
    assert {state for _, state in leaves(trace).values()} <= {SourceState.MISSING, SourceState.CHANGED}
