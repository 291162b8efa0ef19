"""``xltools trace``: the contract, both languages, exit status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Ran
from tests.support.summaries import county, merged, returns

Run = Callable[..., Ran]


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    merged(returns(tmp_path / "报送", range(1, 4)), tmp_path / "汇总.xlsx", county(1))
    return tmp_path / "汇总.xlsx"


def test_contract(run: Run, summary: Path) -> None:
    ran = run("trace", summary, "三!J5", "--json")
    assert (ran.status, ran.err) == (0, "")
    found = ran.json
    assert isinstance(found, list)
    assert [entry["code"] for entry in found] == ["001", "002", "003"]
    assert {"code", "name", "file", "sha256", "sheet", "cell", "value"} <= set(found[0])
    assert (found[0]["sheet"], found[0]["cell"], sum(entry["value"] for entry in found)) == ("三", "J5", 27)


def test_text(run: Run, summary: Path) -> None:
    ran = run("trace", summary, "三!J5", "--lang", "zh")
    assert ran.status == 0
    assert "三!J5  一、本年新收政府信息公开申请数量" in ran.out
    assert "单位3（003）  13  三!J5" in ran.out
    assert "合计：27  与汇总表的数相符" in ran.out
    assert "3 files are there" in run("trace", summary, "三!J5").out


def test_a_figure_that_is_not_the_one_in_the_file_blocks(run: Run, summary: Path) -> None:
    book = openpyxl.load_workbook(summary)
    ledger = book["分单位明细"]
    (column,) = [c.column for c in ledger[5] if str(c.value).endswith("行政许可 › 本年处理决定数量")]
    ledger.cell(7, column).value = 9102
    book["二"]["B8"].value = 9306
    book.save(summary)
    ran = run("trace", summary, "二!B8", "--lang", "zh")
    assert ran.status == 1
    assert "报表中为 102，汇总表记为 9102" in ran.out
    assert "合计：9306  与汇总表的数相符" in ran.out
    assert "3 个文件都在" in ran.out
    as_json = run("trace", summary, "二!B8", "--json")
    assert as_json.status == 1
    assert [entry["as_in_file"] for entry in as_json.json] == [True, False, True]


def test_a_missing_file_is_said_and_blocks(run: Run, summary: Path) -> None:
    (summary.parent / "报送" / "002.xlsx").rename(summary.parent / "别名.xlsx")
    ran = run("trace", summary, "三!J5")
    assert ran.status == 1
    assert "the file is not there" in ran.out
    assert "of 3 files 1 are missing" in ran.out
    again = run("trace", summary, "三!J5", "--files", summary.parent)
    assert again.status == 0
    assert "found by its content" in again.out


@pytest.mark.parametrize(
    ("place", "words"),
    [("图表!A1", "only figures of the tables"), ("三", "no place"), ("三!A1", "no figure")],
)
def test_wrong_places(run: Run, summary: Path, place: str, words: str) -> None:
    ran = run("trace", summary, place, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


def test_a_return_and_a_file_that_is_not_there(run: Run, summary: Path) -> None:
    ran = run("trace", summary.parent / "报送" / "001.xlsx", "三!J5")
    assert (ran.status, ran.out) == (2, "")
    assert "no summary" in ran.err
    missing = run("trace", summary.parent / "没有.xlsx", "三!J5")
    assert missing.status == 2
    assert "没有.xlsx: the file cannot be read: the file is not there" in missing.err
    assert run("trace", summary.parent, "三!J5").status == 2
