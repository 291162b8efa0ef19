"""The workbook of a summary: coverage beside every total, where figures came from, findings, comparison."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.support.full_summary import write_full_summary
from tests.support.summaries import county, figures, merged, returns, unit
from tests.support.workbooks import FORM_2021, MONTHLY, MONTHLY_FILE, save, submission_of
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text
from xltools.layout import ledger as ledger_module
from xltools.layout import receipts_sheet as receipts_module
from xltools.layout.ledger import LEDGER_FIRST_COLUMN, MAX_LEDGER_CELLS, Ledger, recorded_path
from xltools.layout.moved_places import are_all_known, moved_places, places_moved
from xltools.layout.places import places
from xltools.layout.summary_workbook import plan_summary
from xltools.merging.nodes import node_findings
from xltools.model.coverage import Coverage
from xltools.model.period import Period
from xltools.model.round import NodeCheck
from xltools.model.submission import Source, Submission
from xltools.model.summary import Intake, Receipt, Summary
from xltools.model.unit import Unit
from xltools.reading.workbooks import ledger_part
from xltools.reading.workbooks import workbook as workbook_module
from xltools.reading.workbooks.sheet_parts import MAX_CELLS
from xltools.reporting import nodes_sheet as nodes_module
from xltools.reporting import results_sheet as results_module
from xltools.workflows import summary_file

ROSTER = "编码,名称,级别,上级\nC1,县1,县级政府,\n" + "".join(
    f"{number:03},单位{number},县级部门,C1\n" for number in range(1, 6)
)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Three good returns of five that are due, and one that is wrong."""
    folder = returns(tmp_path / "报送", range(1, 4))
    save(submission_of(FORM_2021, {"t3.new.natural": 9}, unit=unit(4)), folder / "004.xlsx")
    (tmp_path / "名录.csv").write_text(ROSTER, "utf-8")
    return folder


def text_of(book: openpyxl.Workbook, sheet: str) -> list[str]:
    return [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


def test_coverage_stands_beside_every_total(inputs: Path, tmp_path: Path) -> None:
    output = tmp_path / "汇总.xlsx"
    merged(inputs, output, county(1), roster=tmp_path / "名录.csv")
    book = openpyxl.load_workbook(output, data_only=True)
    words = "含 3/5 单位；另有 1 个文件未汇总"
    for sheet in ("二", "三", "四"):
        title = str(book[sheet]["A1"].value)
        assert title.splitlines()[1] == f"县1 · 2025年 · 汇总，{words}"
        area = str(book[sheet].print_area)
        assert "$A$1:" in area
    assert f"县1 · 2025年 · 汇总，{words}" in text_of(book, "封面")
    for sheet in ("分单位明细", "报送情况", "图表"):
        assert words in text_of(book, sheet)
    read = xltools.read(output)
    assert read.coverage == Coverage(3, 5)
    assert "LABEL-CHANGED" not in {found.code for found in xltools.check([output])[0].findings}


def test_a_summary_of_partial_summaries_says_so(inputs: Path, tmp_path: Path) -> None:
    one = tmp_path / "县1.xlsx"
    merged(inputs, one, county(1), roster=tmp_path / "名录.csv")
    other = tmp_path / "县2.xlsx"
    merged(returns(tmp_path / "县2", (7, 8)), other, county(2))
    merged([one, other], tmp_path / "市.xlsx", Unit("市", "S", "市级政府"))
    book = openpyxl.load_workbook(tmp_path / "市.xlsx", data_only=True)
    assert "含 2 个单位；下级共 5 个单位；其中 1 个单位的汇总不全" in text_of(book, "报送情况")
    origins = [row[2].value for row in book["分单位明细"].iter_rows(min_row=6)]
    assert origins == ["汇总（含 3/5 单位）", "汇总（含 2 个单位）"]


def test_files_are_recorded_from_the_summarys_folder(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "出").mkdir()
    merged(inputs, tmp_path / "出" / "汇总.xlsx", county(1))
    sheet = openpyxl.load_workbook(tmp_path / "出" / "汇总.xlsx")["分单位明细"]
    recorded = [str(row[4].value) for row in sheet.iter_rows(min_row=6)]
    assert recorded == ["../报送/001.xlsx", "../报送/002.xlsx", "../报送/003.xlsx"]
    for row in sheet.iter_rows(min_row=6):
        (checked,) = xltools.check([tmp_path / "出" / str(row[4].value)])
        assert checked.sha256 == row[5].value
    assert sheet.auto_filter.ref == f"A5:{sheet.cell(8, sheet.max_column).coordinate}"
    assert sheet.freeze_panes == "C6"
    assert recorded_path("a/../b/c.xlsx", Path("b")) == "c.xlsx"


def test_the_ledger_prints_on_a_few_pages_with_its_files_whole(inputs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "汇总的结果放在这里"
    folder.mkdir()
    long = inputs / "云山县发展和改革局2025年政府信息公开工作年度报告统计表（终稿）.xlsx"
    (inputs / "001.xlsx").rename(long)
    merged(inputs, folder / "汇总.xlsx", county(1))
    sheet = openpyxl.load_workbook(folder / "汇总.xlsx")["分单位明细"]
    setup = sheet.page_setup
    assert (setup.orientation, setup.scale) == ("landscape", 55)
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$4:$5")
    assert str(sheet.print_area).startswith("'分单位明细'!$A$1:")  # with what the totals cover
    assert all(row[4].alignment.shrink_to_fit for row in sheet.iter_rows(min_row=6))
    columns = [sheet.column_dimensions[name].width for name in "ABCDEF"]
    assert sum(columns) < 160  # what A4 across holds at 55 per cent, and more


def moved_to(submission: Submission, sheet: str, down: int, *, table: str = "t3") -> Submission:
    where = places(submission.form).cells
    shifted = {
        cell.id: (sheet, replace(where[cell.id], row=where[cell.id].row + down).a1)
        for cell in submission.form.figures
        if cell.table == table
    }
    own = {cell.id: (where[cell.id].sheet, where[cell.id].a1) for cell in submission.form.figures}
    return replace(submission, places=own | shifted)


def test_figures_that_stood_elsewhere_are_recorded_compactly_and_read_again() -> None:
    plain = submission_of(FORM_2021)
    assert moved_places(plain) == moved_places(moved_to(plain, "三", 0)) == ""
    moved = moved_to(plain, "it's; '=表", 3)
    text = moved_places(moved)
    assert len(text) < 60
    assert text.startswith("'三'!D5:J")
    assert places_moved(text, FORM_2021) == {
        cell.id: moved.places[cell.id] for cell in FORM_2021.figures if cell.table == "t3"
    }
    single = replace(
        plain, places={**moved.places, "t3.new.legal": ("三", "A1"), "t3.granted.legal": ("x", "B2")}
    )
    assert places_moved(moved_places(single), FORM_2021)["t3.new.legal"] == ("三", "A1")
    assert places_moved(moved_places(single), FORM_2021)["t3.partly.legal"] == moved.places["t3.partly.legal"]
    scattered = {
        cell.id: ("很长的工作表名" * 4 + str(number), f"A{number}")
        for number, cell in enumerate(MONTHLY.figures * 20, 1)
    }
    everything = moved_places(replace(submission_of(MONTHLY), places=scattered))
    assert len(everything) <= 32_767
    assert are_all_known(everything)
    assert not are_all_known("'三'!D5='三'!E5;…")


def test_units_that_came_in_invalid_are_marked(tmp_path: Path) -> None:
    members = tuple(
        replace(
            submission_of(FORM_2021, figures(number), unit=unit(number)), source=Source(f"{number}.xlsx", "0")
        )
        for number in (1, 2)
    )
    receipts = (
        Receipt("1.xlsx", "001", "单位1"),
        Receipt("2.xlsx", "002", "单位2", marked=Text("未通过审核：1 处错误", "1 error")),
    )
    summary = Summary(
        submission_of(FORM_2021, unit=county(1), kind="summary"), members, Intake(receipts, due=3)
    )
    plan = plan_summary(Ledger(summary, tmp_path))
    sheets = {sheet.name: sheet for sheet in plan.sheets}
    assert sheets["三"].cells[0].subtitle == "县1 · 2025年 · 汇总，含 2/3 单位；其中 1 个单位未通过审核"
    block = sheets["分单位明细"].block
    assert block is not None
    assert [row[2] for row in block.rows] == ["报表", "报表，未通过审核"]
    reasons = [cell.value for cell in sheets["报送情况"].cells if cell.column == 4 and cell.row >= 4]
    assert reasons == ["未通过审核：1 处错误", ""]


def test_findings_of_every_file_are_listed_message_first(inputs: Path, tmp_path: Path) -> None:
    output = tmp_path / "汇总.xlsx"
    merged(inputs, output, county(1), roster=tmp_path / "名录.csv")
    sheet = openpyxl.load_workbook(output)["审核结果"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert sheet["A3"].value == "问题"
    assert rows[0][1:4] == ["单位4", "未汇总", "错误性"]
    assert {row[9] for row in rows} == {"T3-BALANCE", "TEXT-SILENT"}  # there are fees and no word of them
    assert sheet["E4"].hyperlink.location == f"'三'!{rows[0][4].partition('!')[2]}"
    assert sheet["B4"].hyperlink.location == "'报送情况'!A5"
    assert openpyxl.load_workbook(output)["报送情况"]["C5"].value == "单位4"


def test_five_years_of_summaries_give_the_comparison_and_the_line(tmp_path: Path) -> None:
    zero = {"t3.carried_out.business": 0, "t3.refused_secret.business": 5, "t3.new.business": 5}
    for year in range(2021, 2026):
        more = {"t3.new.natural": year - 2000, "t3.granted.natural": year - 2000, "t3.partly.natural": 0}
        folder = returns(tmp_path / str(year), (1, 2, 3), year=year, changes={**zero, **more})
        last = {"previous": tmp_path / f"{year - 1}.xlsx"} if year > 2021 else {}
        merged(folder, tmp_path / f"{year}.xlsx", county(1), **last)
    read = xltools.read(tmp_path / "2025.xlsx")
    before = [Period(year) for year in (2024, 2023, 2022, 2021)]
    assert [past.period for past in read.history] == before  # a chain of one file each
    assert read.history[3].values["t3.new.natural"] == 63
    assert read.history[0].coverage == Coverage(3)
    book = openpyxl.load_workbook(tmp_path / "2025.xlsx", data_only=True)
    rows = [[cell.value for cell in row] for row in book["同比"].iter_rows()]
    assert "本年含 3 个单位；上年含 3 个单位。" in rows[1]
    new = next(
        row for row in rows if str(row[0]).startswith("一、本年新收") and str(row[0]).endswith("自然人")
    )
    assert new[1:4] == [75, 72, 3]
    assert new[4] == pytest.approx(3 / 72)
    assert new[5] == 3
    moved = [row[:4] for row in rows[5:8]]
    assert moved == [[f"单位{n}", 30, 29, 1] for n in (1, 2, 3)]
    years = [
        [cell.value for cell in row][:2] for row in book["图表"].iter_rows() if str(row[0].value)[:2] == "20"
    ]
    assert years[:5] == [[f"{year}年", 3 * (year - 2000) + 15] for year in range(2021, 2026)]
    with zipfile.ZipFile(tmp_path / "2025.xlsx") as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    lines = [chart for chart in charts if "<c:lineChart>" in chart]
    assert lines
    assert all('<c:ptCount val="5"/>' in line for line in lines)


def test_a_line_over_the_years_says_which_of_them_are_partial(inputs: Path, tmp_path: Path) -> None:
    roster = tmp_path / "名录.csv"
    zero = {"t3.carried_out.business": 0, "t3.refused_secret.business": 5, "t3.new.business": 5}
    for year, numbers in ((2023, range(1, 6)), (2024, range(1, 6)), (2025, range(1, 4))):
        folder = returns(tmp_path / str(year), numbers, year=year, changes=zero)
        last = {"previous": tmp_path / f"{year - 1}.xlsx"} if year > 2023 else {}
        merged(folder, tmp_path / f"{year}.xlsx", county(1), roster=roster, **last)

    def line_of(year: int) -> tuple[list[str], list[str]]:
        """The labels of the years in the sheet, and the titles of the lines drawn through them."""
        book = openpyxl.load_workbook(tmp_path / f"{year}.xlsx", data_only=True)
        labels = [str(row[0].value) for row in book["图表"].iter_rows() if str(row[0].value)[:2] == "20"]
        with zipfile.ZipFile(tmp_path / f"{year}.xlsx") as archive:
            charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
        return labels, [
            chart.partition("<a:t>")[2].partition("<")[0] for chart in charts if "<c:lineChart>" in chart
        ]

    labels, titles = line_of(2024)
    assert labels[:2] == ["2023年", "2024年"]  # both whole
    assert not any("单位" in title for title in titles)
    labels, titles = line_of(2025)
    assert labels[:3] == ["2023年（含 5/5 单位）", "2024年（含 5/5 单位）", "2025年（含 3/5 单位）"]
    assert titles
    assert all(title.endswith("（各期所含单位不全或不同）") for title in titles)


def test_a_folder_of_last_years_returns_gives_the_comparison_as_far_as_it_goes(tmp_path: Path) -> None:
    zero = {"t3.carried_out.business": 0, "t3.refused_secret.business": 5, "t3.new.business": 5}
    last = returns(tmp_path / "2024", (1, 2), year=2024, changes=zero)
    more = {"t3.new.natural": 30, "t3.granted.natural": 30, "t3.partly.natural": 0}
    now = returns(tmp_path / "2025", (1, 2, 3), changes={**zero, **more})
    merged(now, tmp_path / "2025.xlsx", county(1), previous=last)
    book = openpyxl.load_workbook(tmp_path / "2025.xlsx", data_only=True)
    note = str(book["同比"]["A2"].value)
    assert note == "本年含 3 个单位；上年含 2 个单位。两期所含单位不同，增减里有单位多少的影响。"
    units = {row[5].value for row in book["同比"].iter_rows(min_row=5) if isinstance(row[5].value, int)}
    assert units == {2}
    assert book["同比"]["A4"].value == "变动最大的单位：新收申请（另有 1 个没有可比的上年数，不在其中）"


def test_without_last_year_there_is_no_comparison(inputs: Path, tmp_path: Path) -> None:
    merged(inputs, tmp_path / "汇总.xlsx", county(1))
    assert "同比" not in openpyxl.load_workbook(tmp_path / "汇总.xlsx").sheetnames


def test_charts_are_native_and_stand_over_locked_cells(inputs: Path, tmp_path: Path) -> None:
    merged(inputs, tmp_path / "汇总.xlsx", county(1))
    with zipfile.ZipFile(tmp_path / "汇总.xlsx") as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert len(charts) == 3  # results, applicants, units; a line needs two years
    assert all("宋体" in chart and "'图表'!" in chart.replace("图表!", "'图表'!") for chart in charts)
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["图表"]
    assert sheet.protection.sheet
    assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)
    units = [row[0].value for row in sheet.iter_rows() if str(row[0].value).startswith("='分单位明细'")]
    assert units == [f"='分单位明细'!$B${row}" for row in (8, 7, 6)]  # the largest first


def test_the_monthly_form_compares_with_the_month_before(tmp_path: Path) -> None:
    for month in (1, 2):
        for number in (1, 2):
            values = {"m.r11.current": month, "m.r11.cumulative": 1 if month == 1 else 3, "m.r18.current": 0}
            given = submission_of(MONTHLY, values, unit=unit(number), period=Period(2018, month))
            save(given, tmp_path / str(month) / f"{number}.xlsx")
    whose = Unit("某市", "S", "市级政府")
    merged(tmp_path / "1", tmp_path / "1.xlsx", whose, forms=[MONTHLY_FILE])
    merged(tmp_path / "2", tmp_path / "2.xlsx", whose, forms=[MONTHLY_FILE], previous=tmp_path / "1.xlsx")
    book = openpyxl.load_workbook(tmp_path / "2.xlsx", data_only=True)
    assert book["环比"]["A1"].value == "环比：2018年2月与2018年1月比较"
    assert ["2018年1月", 2] in [[cell.value for cell in row][:2] for row in book["图表"].iter_rows()]


def test_units_too_many_for_a_sheet_move_to_a_data_file(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = merged(inputs, tmp_path / "平常.xlsx", county(1)).summary
    monkeypatch.setattr(ledger_module, "MAX_LEDGER_CELLS", 400)
    output = tmp_path / "汇总.xlsx"
    merged(inputs, output, county(1))
    data = tmp_path / "汇总.明细.csv"
    rows = list(csv.reader(data.read_text("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["单位1", "单位2", "单位3"]
    at = rows[0].index("t3.new.natural")
    assert [row[at] for row in rows[1:]] == ["3", "6", "9"]
    read = xltools.read(output)
    assert usual is not None
    assert read.values == xltools.read(tmp_path / "平常.xlsx").values
    assert read.coverage == Coverage(3)
    note = str(openpyxl.load_workbook(output)["分单位明细"]["A2"].value)
    assert "汇总.明细.csv" in note
    assert not [found for found in xltools.check([output])[0].findings if found.blocks]
    trace = xltools.trace(output, "三!D5")
    assert [figure.value for figure in trace.figures[0].below] == [3, 6, 9]
    assert trace.is_complete
    text = data.read_text("utf-8-sig")
    data.write_text("\ufeff" + text.replace("单位1", "单位9"), "utf-8")
    assert [f.code for f in xltools.check([output])[0].findings if f.blocks] == ["DATA-FILE-CHANGED"]
    data.unlink()
    found = xltools.check([output])[0]
    assert "DATA-FILE-MISSING" in {f.code for f in found.findings}
    assert not [f for f in found.findings if f.blocks]
    with pytest.raises(UsageError, match="--force"):
        merged(inputs, output, county(1))


def test_a_data_file_appears_together_with_its_summary_or_not_at_all(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "MAX_LEDGER_CELLS", 400)

    def broken(*_: object) -> bytes:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(summary_file, "render_workbook", broken)
    with pytest.raises(RuntimeError):
        merged(inputs, tmp_path / "汇总.xlsx", county(1))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["名录.csv", "报送"]


def test_a_name_in_a_data_file_is_no_formula(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "MAX_LEDGER_CELLS", 100)
    odd = Unit("=cmd|' /C calc'!A0", "001", "县级部门")
    save(submission_of(FORM_2021, {"t3.new.natural": 0}, unit=odd), tmp_path / "报送" / "1.xlsx")
    merged(tmp_path / "报送", tmp_path / "汇总.xlsx", county(1))
    assert "\n001,'=cmd|" in (tmp_path / "汇总.明细.csv").read_text("utf-8")


def test_lists_however_long_leave_a_summary_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All limits at a hundredth; what the form's own sheets take is not, and comes on top.

    At full size: ``python -m tests.benchmarks.full_summary``.
    """
    units = MAX_LEDGER_CELLS // 100 // (LEDGER_FIRST_COLUMN + len(FORM_2021.figures))
    monkeypatch.setattr(receipts_module, "MAX_RECEIPTS", receipts_module.MAX_RECEIPTS // 100)
    monkeypatch.setattr(results_module, "MAX_RESULTS", results_module.MAX_RESULTS // 100)
    output = tmp_path / "汇总.xlsx"
    write_full_summary(output, units=units, left_out=100, findings=10)
    for module in (workbook_module, ledger_part):
        monkeypatch.setattr(module, "MAX_CELLS", 1_800 + MAX_CELLS // 100)
    (checked,) = xltools.check([output])
    assert checked.status is Status.OK, checked.findings
    assert len(xltools.trace(output, "三!D5").figures) == units
    assert "只列出前 30 条" in str(openpyxl.load_workbook(output)["审核结果"]["A2"].value)


def test_node_checks_however_many_are_bounded_the_open_ones_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes_module, "MAX_NODE_LINES", 3)
    parents = [Unit(f"县{n}", f"9{n}", "县级政府") for n in range(3)]
    nodes = []
    for lacking, parent in enumerate(parents):
        own, due = (submission_of(FORM_2021, values, unit=parent) for values in (figures(5), figures(1)))
        nodes.append(
            NodeCheck(parent, f"{parent.code}.xlsx", 2, node_findings(own, due, 2, lacking), lacking)
        )
    count = sum(len(node.findings) for node in nodes)
    plan = nodes_module.nodes_sheet(nodes[::-1], "zh")
    assert plan is not None
    texts = [str(cell.value) for cell in plan.cells]
    assert f"{count} 处，其中须核实 {len(nodes[0].findings)} 处。" in texts[1]
    assert texts[1].endswith("只列出前 3 处。")
    first = [cell.value for cell in plan.cells if cell.row >= 3 and cell.column == 0]
    assert first == ["县0"] * 3  # the only one whose differences are to be settled
    assert nodes_module.nodes_sheet([], "zh") is None


def test_a_receipt_says_why_a_file_stayed_out(tmp_path: Path) -> None:
    receipts = (Receipt("1.xlsx", "001", "单位1", Text("坏了", "broken")),)
    summary = Summary(submission_of(FORM_2021, kind="summary"), (), Intake(receipts))
    sheet = next(s for s in plan_summary(Ledger(summary, tmp_path)).sheets if s.name == "报送情况")
    assert "坏了" in [cell.value for cell in sheet.cells]
