"""``xltools merge``: the contract, what stays out and why, exit status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from xltools.definition.library import load_form
from xltools.model.unit import Unit

Run = Callable[..., Ran]
Fill = Callable[..., Path]
COUNTY = ("--unit", "云山县", "--code", "99", "--level", "县级政府")


@pytest.fixture
def returns(fill: Fill, tmp_path: Path) -> Path:
    """Two clean returns."""
    for number, name in enumerate(("甲局", "乙局"), 1):
        values = {"t3.new.natural": number, "t3.granted.natural": number}
        fill(f"报送/{name}.xlsx", values, unit=Unit(name, f"0{number}", "县级部门"))
    return tmp_path / "报送"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    path.write_text(
        "编码,名称,级别,上级\n01,甲局,县级部门,99\n02,乙局,县级部门,99\n99,云山县,县级政府,\n", "utf-8"
    )
    return path


def test_contract(run: Run, returns: Path, tmp_path: Path) -> None:
    output = tmp_path / "汇总.xlsx"
    ran = run("merge", returns, *COUNTY, "-o", output, "--json")
    assert (ran.status, ran.err) == (0, "")
    answer = ran.json
    assert {"included", "excluded", "missing", "duplicates", "totals", "output"} <= set(answer)
    assert [(i["code"], i["name"]) for i in sorted(answer["included"], key=lambda i: i["code"])] == [
        ("01", "甲局"),
        ("02", "乙局"),
    ]
    assert all(set(item) == {"file", "code", "name"} for item in answer["included"])
    assert (answer["excluded"], answer["missing"], answer["duplicates"]) == ([], [], [])
    assert set(answer["totals"]) == {cell.id for cell in load_form("zfxxgk-2021").figures}
    assert answer["totals"]["t3.new.natural"] == answer["totals"]["t3.handled.total"] == 3
    assert answer["output"] == str(output)
    assert run("check", output).status == 0


def test_text(run: Run, returns: Path, roster: Path, tmp_path: Path) -> None:
    ran = run("merge", returns, "--roster", roster, *COUNTY, "-o", tmp_path / "汇总.xlsx", "--lang", "zh")
    assert ran.status == 0
    assert "云山县（99）" in ran.out
    assert "已汇总 2 个单位" in ran.out


def test_what_stays_out(run: Run, fill: Fill, returns: Path, roster: Path, tmp_path: Path) -> None:
    fill("报送/乙局.xlsx", {"t3.new.natural": 5}, unit=Unit("乙局", "02", "县级部门"))
    call = ("merge", returns, "--roster", roster, *COUNTY, "-o", tmp_path / "汇总.xlsx", "--force")
    ran = run(*call, "--json")
    assert ran.status == 1
    assert [item["name"] for item in ran.json["included"]] == ["甲局"]
    (excluded,) = ran.json["excluded"]
    assert excluded["file"].endswith("乙局.xlsx")
    assert excluded["reason"]
    assert ran.json["missing"] == []
    assert "没有汇入的文件" in run(*call, "--lang", "zh").out


def test_who_is_missing(run: Run, returns: Path, roster: Path, tmp_path: Path) -> None:
    roster.write_text(roster.read_text("utf-8") + "03,丙局,县级部门,99\n", "utf-8")
    call = ("merge", returns, "--roster", roster, "-o", tmp_path / "汇总.xlsx", "--force")
    ran = run(*call, "--json")
    assert ran.status == 1
    assert ran.json["missing"] == [{"code": "03", "name": "丙局"}]
    assert (ran.json["due"], ran.json["unit"]) == (3, {"code": "99", "name": "云山县"})
    text = run(*call, "--lang", "zh").out
    assert "已汇总 2 个单位，应报 3 个" in text
    assert "没有收到报表的单位：1\n    03  丙局" in text


def test_two_files_of_one_unit(run: Run, fill: Fill, returns: Path, tmp_path: Path) -> None:
    fill("报送/甲局（2）.xlsx", unit=Unit("甲局", "01", "县级部门"))
    ran = run("merge", returns, *COUNTY, "-o", tmp_path / "汇总.xlsx", "--json")
    assert ran.status == 1
    (files,) = ran.json["duplicates"]
    assert sorted(Path(file).name for file in files) == ["甲局.xlsx", "甲局（2）.xlsx"]


def test_an_unreadable_file_does_not_keep_the_summary_back(run: Run, returns: Path, tmp_path: Path) -> None:
    (returns / "坏.xlsx").write_bytes(b"nothing")
    output = tmp_path / "汇总.xlsx"
    ran = run("merge", returns, *COUNTY, "-o", output, "--json")
    assert ran.status == 2
    assert len(ran.json["included"]) == 2
    assert output.exists()


@pytest.mark.parametrize("options", [("--json",), ()])
def test_nothing_to_merge(run: Run, fill: Fill, tmp_path: Path, options: tuple[str, ...]) -> None:
    file = fill("甲局.xlsx", {"t3.new.natural": 5})
    output = tmp_path / "汇总.xlsx"
    ran = run("merge", file, *COUNTY, "-o", output, *options)
    assert (ran.status, ran.err, output.exists()) == (2, "", False)
    if options:
        assert (ran.json["output"], ran.json["included"], ran.json["totals"]) == (None, [], {})
        assert len(ran.json["excluded"]) == 1
    else:
        assert "nothing could be merged" in ran.out


def test_an_existing_output(run: Run, returns: Path, tmp_path: Path) -> None:
    output = tmp_path / "汇总.xlsx"
    output.write_bytes(b"mine")
    ran = run("merge", returns, *COUNTY, "-o", output)
    assert (ran.status, ran.out, output.read_bytes()) == (2, "", b"mine")
    assert "--force" in ran.err


def test_a_folder_as_output(run: Run, returns: Path, tmp_path: Path) -> None:
    ran = run("merge", returns, *COUNTY, "-o", tmp_path, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert "is a folder" in ran.err
