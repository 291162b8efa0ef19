"""``xltools merge`` over levels: a summary a parent, node checks, marked files, runs over own output."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import xltools
from tests.cli.conftest import Ran
from xltools.definition.library import load_form
from xltools.layout.places import places
from xltools.model.unit import Unit

Run = Callable[..., Ran]
Fill = Callable[..., Path]
LINES = (
    "9,示例市,市级政府,",
    "91,一县,县级政府,9",
    "911,一县甲局,县级部门,91",
    "912,一县乙局,县级部门,91",
    "92,二县,县级政府,9",
    "921,二县甲局,县级部门,92",
    "93,三县,县级政府,9",
    "931,三县甲局,县级部门,93",
)


def handled(count: float) -> dict[str, float | str | None]:
    return {"t3.new.natural": count, "t3.granted.natural": count}


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    path.write_text("编码,名称,级别,上级\n" + "\n".join(LINES) + "\n", "utf-8")
    return path


@pytest.fixture
def inbox(fill: Fill, tmp_path: Path) -> Path:
    for count, line in ((1, LINES[2]), (10, LINES[3]), (100, LINES[5])):
        code, name, level, _ = line.split(",")
        fill(f"报送/{code}.xlsx", handled(count), unit=Unit(name, code, level))
    return tmp_path / "报送"


def figure(path: Path) -> Any:
    """Applications received by natural persons, as an independent reader sees it."""
    place = places(load_form("zfxxgk-2021")).cells["t3.new.natural"]
    return openpyxl.load_workbook(path, data_only=True)[place.sheet][place.a1].value


def test_a_summary_for_every_parent(run: Run, inbox: Path, roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "各级"
    ran = run("merge", inbox, "--roster", roster, "--by-parent", folder, "--json")
    assert (ran.status, ran.err) == (1, "")
    assert [(s["code"], s["counted"], s["due"]) for s in ran.json["summaries"]] == [
        ("91", 2, 2),
        ("92", 1, 1),
        ("9", 3, 4),
    ]
    written = {path.name: figure(path) for path in folder.iterdir()}
    assert written == {
        "91_一县_2025_汇总.xlsx": 11,
        "92_二县_2025_汇总.xlsx": 100,
        "9_示例市_2025_汇总.xlsx": 111,
    }
    assert ran.json["output"] == str(folder / "9_示例市_2025_汇总.xlsx")
    assert ran.json["missing"] == [{"code": "931", "name": "三县甲局"}]
    top = xltools.read(folder / "9_示例市_2025_汇总.xlsx")
    assert top.sums_up == ("91", "92")
    book = openpyxl.load_workbook(folder / "9_示例市_2025_汇总.xlsx")
    assert "含 3/4 单位" in book["报送情况"]["A2"].value
    assert run("check", folder).status == 0
    text = run("merge", inbox, "--roster", roster, "--by-parent", folder, "--force", "--lang", "zh").out
    assert "各级汇总表：3" in text
    assert "含 3/4 单位" in text


def test_runs_over_their_own_output_stay_right(run: Run, inbox: Path, roster: Path) -> None:
    """Summaries of earlier runs lie in the folder that is merged, under every name they may have."""
    for call in (
        ("--by-parent", inbox / "各级"),
        ("--by-parent", inbox / "又一次"),
        ("-o", inbox / "汇总.xlsx"),
        ("-o", inbox / "汇总（2）.xlsx"),
    ):
        for _ in range(2):
            ran = run("merge", inbox, "--roster", roster, *call, "--force", "--json")
            assert ran.json["totals"]["t3.new.natural"] == 111
            assert not any(node["findings"] for node in ran.json["nodes"])
    units = run("status", inbox, "--roster", roster, "--json").json["units"]
    assert {unit["code"]: unit["status"] for unit in units}["931"] == "missing"


def test_without_a_roster_an_earlier_summary_is_not_added_again(run: Run, inbox: Path) -> None:
    assert run("merge", inbox, "-o", inbox / "第一次.xlsx").status == 0
    ran = run("merge", inbox, "-o", inbox / "第二次.xlsx", "--json")
    assert ran.json["totals"]["t3.new.natural"] == 111
    assert [item["fate"] for item in ran.json["excluded"]] == ["compared"]
    assert ran.status == 0


def test_what_a_parent_reports_otherwise_is_told(
    run: Run, fill: Fill, inbox: Path, roster: Path, tmp_path: Path
) -> None:
    fill("报送/一县.xlsx", handled(12), unit=Unit("一县", "91", "县级政府"))
    call = ("merge", inbox, "--roster", roster, "-o", tmp_path / "汇总.xlsx", "--force")
    ran = run(*call, "--json")
    assert ran.json["totals"]["t3.new.natural"] == 111
    (node,) = ran.json["nodes"]
    first = node["findings"][0]
    assert (node["code"], node["partial"], first["code"]) == ("91", False, "NODE-DIFFERS")
    assert (first["reported"], first["sum_below"], first["difference"]) == (12, 11, 1)
    assert "expected" not in first  # nobody knows which of the two is right
    text = run(*call, "--lang", "zh").out
    assert "上级所报与下级合计不符：一县（91）" in text
    assert "上级报 12，下级合计 11，差 1" in text
    assert "应为" not in text


def test_a_parents_file_in_the_place_of_its_units_is_named_wherever_coverage_is(
    run: Run, fill: Fill, inbox: Path, roster: Path, tmp_path: Path
) -> None:
    fill("报送/一县.xlsx", handled(5), unit=Unit("一县", "91", "县级政府"))
    (inbox / "911.xlsx").unlink()
    output = tmp_path / "汇总.xlsx"
    call = ("merge", inbox, "--roster", roster, "-o", output, "--force")
    ran = run(*call, "--json")
    assert ran.json["totals"]["t3.new.natural"] == 105
    assert (ran.json["due"], ran.json["counted"]) == (4, 3)
    (takeover,) = ran.json["takeovers"]
    assert (takeover["code"], takeover["kind"], takeover["files"]) == ("91", "return", 1)
    assert [unit["code"] for unit in takeover["units"]] == ["911", "912"]
    assert [unit["code"] for unit in takeover["lacking"]] == ["911"]
    (node,) = ran.json["nodes"]
    assert (node["partial"], node["lacking"], node["findings"][0]["code"]) == (True, 1, "NODE-BELOW-SUM")
    words = "其中 2 个单位（1 个没有可用的文件）用的是上级自己报的数：一县"
    text = run(*call, "--lang", "zh").out
    assert "已汇总 3 个单位，应报 4 个" in text
    assert words in text
    assert "其中 1 个没有可用的文件（一县甲局）；下级已到的 1 个文件没有计入" in text
    assert "上级报 5，下级合计 10，差 5" in text
    assert "下级不全：合计只含已到的 1 个文件，还缺 1 个单位" in text
    book = openpyxl.load_workbook(output)
    for sheet in ("封面", "二", "三", "四", "分单位明细", "报送情况", "图表"):
        (cell,) = (
            c for row in book[sheet].iter_rows() for c in row if f"含 3/4 单位；{words}" in str(c.value)
        )
        # it is read whole: wrapped in a row that is high enough, or with empty cells to run on into
        assert cell.alignment.wrap_text or sheet == "分单位明细"
        if sheet in ("封面", "报送情况", "图表"):
            assert book[sheet].row_dimensions[cell.row].height >= 20
    lines = [tuple(cell.value for cell in row) for row in book["节点检查"].iter_rows(min_row=4)]
    assert [(line[0], line[2], *line[4:8]) for line in lines] == [
        ("一县", "三!D5", 5, 10, 5, "核实性"),
        ("一县", "三!D7", 5, 10, 5, "核实性"),
    ]
    assert book["节点检查"]["C4"].hyperlink.location == "'三'!D5"
    assert lines[0][8] == "1 个，还缺 1 个单位"
    assert run("check", output).status == 0
    listed = tmp_path / "情况.xlsx"
    run("status", inbox, "--roster", roster, "--format", "xlsx", "-o", listed, "--lang", "zh")
    assert openpyxl.load_workbook(listed)["节点检查"]["E4"].value == 5
    folder = tmp_path / "各级"
    text = run("merge", inbox, "--roster", roster, "--by-parent", folder, "--lang", "zh").out
    assert f"含 3/4 单位，{words}" in text


def test_failed_files_come_in_marked(run: Run, fill: Fill, inbox: Path, roster: Path, tmp_path: Path) -> None:
    fill("报送/931.xlsx", {"t3.new.natural": 1000}, unit=Unit("三县甲局", "931", "县级部门"))
    call = ("merge", inbox, "--roster", roster, "-o", tmp_path / "汇总.xlsx", "--force")
    assert run(*call, "--json").json["totals"]["t3.new.natural"] == 111
    ran = run(*call, "--include-invalid", "--json")
    assert ran.status == 1
    assert ran.json["totals"]["t3.new.natural"] == 1111
    assert [item["file"] for item in ran.json["marked"]] == [str(inbox / "931.xlsx")]
    assert "汇总表中有标记" in run(*call, "--include-invalid", "--lang", "zh").out


def test_the_newest_counts_and_what_it_changed_is_listed(
    run: Run, fill: Fill, inbox: Path, tmp_path: Path
) -> None:
    newer = fill("报送/更正.xlsx", handled(5), unit=Unit("一县甲局", "911", "县级部门"))
    os.utime(inbox / "911.xlsx", (1_700_000_000,) * 2)
    call = ("merge", inbox, "-o", tmp_path / "汇总.xlsx", "--force")
    ran = run(*call, "--json")
    assert (ran.status, ran.json["totals"]["t3.new.natural"]) == (1, 115)
    (excluded,) = ran.json["excluded"]
    assert (excluded["fate"], excluded["instead"]) == ("superseded", str(newer))
    first = excluded["changes"][0]
    assert (first["id"], first["old"], first["new"]) == ("t3.new.natural", 1, 5)
    text = run(*call, "--lang", "zh").out
    assert "1 → 5" in text
    ran = run(*call, "--exclude", newer, "--json")
    assert (ran.status, ran.json["totals"]["t3.new.natural"]) == (0, 111)
    ran = run(*call, "--on-duplicate", "error", "--json")
    assert ran.json["totals"]["t3.new.natural"] == 110


def test_wrong_use(run: Run, inbox: Path, roster: Path, tmp_path: Path) -> None:
    assert "--by-parent" in run("merge", inbox).err
    assert "--roster" in run("merge", inbox, "--by-parent", tmp_path / "各级").err
    assert run("merge", inbox, "--roster", roster, "--by-parent", roster).status == 2
    folder = tmp_path / "各级"
    run("merge", inbox, "--roster", roster, "--by-parent", folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run("merge", inbox, "--roster", roster, "--by-parent", folder).status == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_no_return_is_ever_replaced_by_a_summary(run: Run, inbox: Path, roster: Path, tmp_path: Path) -> None:
    before = (inbox / "911.xlsx").read_bytes()
    ran = run("merge", inbox, "--roster", roster, "-o", inbox / "911.xlsx", "--force")
    assert (ran.status, (inbox / "911.xlsx").read_bytes()) == (2, before)
    assert "never replaced" in ran.err
    (inbox / "911.xlsx").rename(inbox / "91_一县_2025_汇总.xlsx")
    ran = run("merge", inbox, "--roster", roster, "--by-parent", inbox, "--force")
    assert (ran.status, (inbox / "91_一县_2025_汇总.xlsx").read_bytes()) == (2, before)
    assert not (inbox / "92_二县_2025_汇总.xlsx").exists()


def test_the_roster_may_lie_among_the_returns(run: Run, inbox: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in ("编码,名称,级别,上级", *LINES):
        book.active.append(line.split(","))
    book.save(inbox / "名录.xlsx")
    call = (inbox, "--roster", inbox / "名录.xlsx", "--json")
    ran = run("merge", *call, "-o", tmp_path / "汇总.xlsx")
    assert (ran.json["totals"]["t3.new.natural"], ran.json["excluded"]) == (111, [])
    assert run("status", *call).json["counts"]["unknown"] == 0


def test_a_summary_as_last_year_for_blank_check_and_merge(
    run: Run, fill: Fill, roster: Path, tmp_path: Path
) -> None:
    unit = Unit("一县甲局", "911", "县级部门")
    fill("去年/911.xlsx", {"t3.new.natural": 4, "t3.carried_out.natural": 4}, unit=unit, period="2024")
    last = tmp_path / "2024汇总.xlsx"
    run("merge", tmp_path / "去年", "--roster", roster, "-o", last)
    fill("今年/911.xlsx", unit=unit)
    (found,) = run("check", tmp_path / "今年", "--previous", last, "--json").json["files"]
    assert "T3-CARRIED-IN" in [finding["code"] for finding in found["findings"]]
    (tmp_path / "今年" / "911.xlsx").unlink()
    handed = {"t3.carried_in.natural": 4, "t3.carried_out.natural": 4}
    fill("今年/911.xlsx", handed, unit=unit)
    now = tmp_path / "2025汇总.xlsx"
    assert run("merge", tmp_path / "今年", "--roster", roster, "--previous", last, "-o", now).status == 1
    carried = xltools.read(now).previous
    assert carried["t3.carried_out.natural"] == 4
    # the summary itself joins on to the summary of last year
    assert run("check", now, "--previous", last).status == 0
    issued = tmp_path / "911.xlsx"
    blank = ("blank", "zfxxgk-2021", "--year", "2025", "--unit", unit.name, "--code", "911")
    assert run(*blank, "-o", issued, "--previous", last).status == 0
    assert openpyxl.load_workbook(issued)["三"]["D6"].value == 4


def test_a_units_file_beside_a_summary_that_has_other_figures_for_it_is_told(
    run: Run, fill: Fill, inbox: Path, roster: Path, tmp_path: Path
) -> None:
    """It was named as held by the summary and not counted twice, which hid that a correction was lost."""
    county = tmp_path / "一县名录.csv"
    county.write_text("编码,名称,级别,上级\n" + "\n".join(LINES[1:4]) + "\n", "utf-8")
    summary = inbox / "一县汇总.xlsx"
    assert run("merge", inbox / "911.xlsx", inbox / "912.xlsx", "--roster", county, "-o", summary).status == 0
    (inbox / "911.xlsx").unlink()
    output = tmp_path / "汇总.xlsx"
    call = ("merge", inbox, "--roster", roster, "-o", output, "--force")
    ran = run(*call, "--json")
    (same,) = ran.json["excluded"]
    assert (same["fate"], same["changes"]) == ("included", [])
    assert [node["findings"] for node in ran.json["nodes"]] == [[]]  # that it holds more is no news
    assert "节点检查" not in openpyxl.load_workbook(output).sheetnames
    fill("报送/912.xlsx", handled(15), unit=Unit("一县乙局", "912", "县级部门"))
    ran = run(*call, "--json")
    assert ran.json["totals"]["t3.new.natural"] == 111
    out = {Path(entry["file"]).name: entry for entry in ran.json["excluded"]}
    changes = {change["id"]: (change["old"], change["new"]) for change in out["912.xlsx"]["changes"]}
    assert changes == {"t3.new.natural": (15, 10), "t3.granted.natural": (15, 10)}
    levels = run("merge", inbox, "--roster", roster, "--by-parent", tmp_path / "各级", "--json").json
    assert {Path(e["file"]).name: len(e["changes"]) for e in levels["excluded"]}["912.xlsx"] == 2
    for text in (
        run(*call, "--lang", "zh").out,
        run("status", inbox, "--roster", roster, "--lang", "zh").out,
    ):
        assert "但汇总表里不是本文件的数，请与“一县”核对，由其重新汇总" in text
        assert re.search(r"三!D5 .* › 自然人 +15 → 10\n", text)
    rows = [[c.value for c in row] for row in openpyxl.load_workbook(output)["报送情况"].iter_rows(min_row=5)]
    assert "汇总表里不是本文件的数" in next(row[4] for row in rows if str(row[3]).endswith("912.xlsx"))
