"""``xltools fill``: from a merge's data back to workbooks, and what is said of data that does not fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from xltools.model.unit import Unit

A = Unit("甲局", "990131001", "县级部门")
B = Unit("乙局", "990131002", "县级部门")


@pytest.mark.parametrize("name", ["汇总.csv", "汇总.json", "汇总.sqlite", "汇总.parquet", "汇总.duckdb"])
def test_merge_data_fill_check_gives_the_same_figures(
    run: Callable[..., Ran], fill: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    fill(
        "报送/甲.xlsx", {"t3.new.natural": 3, "t3.carried_out.natural": 3, "t2_8.fees.amount": 12.35}, unit=A
    )
    fill(
        "报送/乙.xlsx",
        {"t4.cases.review_upheld": 2},
        unit=B,
        explanations={"T4-WITHOUT-REQUESTS": "上年的。"},
    )
    merged = run("merge", tmp_path / "报送", "-o", tmp_path / "s.xlsx", "--data", tmp_path / name, "--json")
    assert merged.status == 0
    filled = run("fill", "zfxxgk-2021", "--data", tmp_path / name, "-o", tmp_path / "填好")
    assert filled.status == 0, filled.err
    assert "2 filled workbooks" in filled.out
    assert run("check", tmp_path / "填好").status == 0
    again = run("merge", tmp_path / "填好", "-o", tmp_path / "t.xlsx", "--json")
    assert again.json["totals"] == merged.json["totals"]
    assert [unit["name"] for unit in again.json["included"]] == ["甲局", "乙局"]


def test_data_that_does_not_fit_blocks_and_is_named(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("我的.csv").write_text("名称,t3.nwe.natural,t3.new.business\n甲局,1,五\n", "utf-8")
    ran = run("fill", "zfxxgk-2021", "--data", "我的.csv", "--year", "2025")
    assert ran.status == 1
    assert 'no cell "t3.nwe.natural" (did you mean t3.new.natural?)' in ran.out
    assert 'the data has "五"' in ran.out
    ran = run("fill", "zfxxgk-2021", "--data", "我的.csv", "--year", "2025", "--json")
    assert [found["code"] for found in ran.json["findings"]] == ["DATA-UNKNOWN-CELL", "DATA-NOT-NUMBER"]
    assert ran.json["files"] == []
    assert [path.name for path in Path().iterdir()] == ["我的.csv"]


def test_the_folder_is_named_after_the_data_and_nothing_is_replaced(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("我的.csv").write_text("名称,t3.new.business\n甲局,5\n", "utf-8")
    assert run("fill", "zfxxgk-2021", "--data", "我的.csv", "--period", "2025").status == 0
    assert [path.name for path in Path("我的").iterdir()] == ["甲局_2025.xlsx"]
    for options in (
        ["--year", "2025"],
        ["--year", "2025", "--period", "2025"],
        ["--year", "2020", "--force"],
        [],
    ):
        ran = run("fill", "zfxxgk-2021", "--data", "我的.csv", *options)
        assert ran.status == (2 if options else 1)
        assert ran.err if options else ran.out
    assert run("fill", "zfxxgk-2021", "--data", "没有.csv").status == 2
