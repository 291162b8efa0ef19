"""``--previous`` that is of another period than the one before: said, instead of comparing with nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from xltools.model.unit import Unit

Run = Callable[..., Ran]
Fill = Callable[..., Path]
UNIT = Unit("甲局", "01", "县级部门", "99")
COMMANDS = {
    "check": ("check", "报送"),
    "status": ("status", "报送", "--roster", "名录.csv"),
    "merge": ("merge", "报送", "-o", "汇总.xlsx"),
    "levels": ("merge", "报送", "--roster", "名录.csv", "--by-parent", "各级"),
    "blank": ("blank", "zfxxgk-2021", "--year", "2025", "--unit", "甲局", "--code", "01", "-o", "空表.xlsx"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_of_another_period(
    run: Run, fill: Fill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "名录.csv").write_text("编码,名称,级别,上级\n99,县,县级政府,\n01,甲局,县级部门,99\n", "utf-8")
    fill("报送/甲局.xlsx", unit=UNIT)
    fill("前年.xlsx", unit=UNIT, period="2023")
    fill("去年.xlsx", unit=UNIT, period="2024")
    wrong = run(*COMMANDS[command], "--previous", "前年.xlsx")
    assert wrong.status == 2
    assert '"前年.xlsx", is of 2023 and holds no return for 2024' in wrong.err
    assert not any((tmp_path / name).exists() for name in ("汇总.xlsx", "空表.xlsx"))
    zh = run(*COMMANDS[command], "--previous", "前年.xlsx", "--lang", "zh").err
    assert "上期数据“前年.xlsx”是 2023 的，没有 2024 的，无从比较。请用 --previous 给出 2024 的" in zh
    assert "holds no return" not in run(*COMMANDS[command], "--previous", "去年.xlsx").err


def test_which_file_of_a_folder_cannot_be_read(run: Run, fill: Fill, tmp_path: Path) -> None:
    here = fill("报送/甲局.xlsx", unit=UNIT)
    fill("去年/好.xlsx", unit=UNIT, period="2024")
    (tmp_path / "去年" / "坏.xlsx").write_text("不是工作簿", "utf-8")
    ran = run("check", here, "--previous", tmp_path / "去年")
    assert (ran.status, ran.out) == (2, "")
    assert "坏.xlsx: the file cannot be read" in ran.err


def test_units_whose_last_year_a_summary_of_summaries_does_not_name_are_told(
    run: Run, fill: Fill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their 上年结转 stayed empty without a word: its ledger names the counties only."""
    monkeypatch.chdir(tmp_path)
    lines = ("9,市,市级政府,", "91,一县,县级政府,9", "911,甲局,县级部门,91", "92,乙局,市级部门,9")
    (tmp_path / "名录.csv").write_text("编码,名称,级别,上级\n" + "\n".join(lines) + "\n", "utf-8")
    for code, name in (("911", "甲局"), ("92", "乙局")):
        figures = {"t3.new.natural": 2, "t3.carried_out.natural": 2}
        fill(f"去年/{code}.xlsx", figures, unit=Unit(name, code, "县级部门"), period="2024")
    call = ("merge", "去年", "--roster", "名录.csv", "--by-parent", "各级", "-o", "市.xlsx")
    assert run(*call).status == 0
    blank = ("blank", "zfxxgk-2021", "--year", "2025", "--roster", "名录.csv", "--force")
    top = run(*blank, "-o", "空表", "--previous", "市.xlsx", "--lang", "zh").out
    assert "其中 1 个单位没有上期数，没有预填：甲局。" in top
    (tmp_path / "市.xlsx").rename(tmp_path / "各级" / "市.xlsx")
    every = run(*blank, "-o", "空表", "--previous", "各级", "--lang", "zh").out
    assert "没有预填" not in every
    assert "没有预填" not in run(*blank, "-o", "空表", "--lang", "zh").out
