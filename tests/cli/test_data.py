"""``xltools data`` and ``merge --data``."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from xltools.model.unit import Unit

A = Unit("甲局", "990131001", "县级部门")
B = Unit("乙局", "990131002", "县级部门")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_whatever_can_be_read_goes_in_with_its_status(
    run: Callable[..., Ran], fill: Callable[..., Path], tmp_path: Path
) -> None:
    fill("报送/甲.xlsx", {"t3.new.natural": 3, "t3.carried_out.natural": 3}, unit=A)
    fill("报送/乙.xlsx", {"t3.new.natural": 3}, unit=B)
    ran = run("data", tmp_path / "报送", "-o", tmp_path / "数据.csv")
    assert ran.status == 1
    assert "passed 1, has errors 1" in ran.out
    figures = {(r["unit_name"], r["status"], r["value"]) for r in rows(tmp_path / "数据.csv") if r["cell"] == "t3.new.natural"}  # fmt: skip  # noqa: E501
    assert figures == {("甲局", "ok", "3"), ("乙局", "error", "3")}
    (tmp_path / "报送" / "坏.xlsx").write_bytes(b"PK")
    ran = run("data", tmp_path / "报送", "-o", tmp_path / "数据.csv", "--json", "--force")
    assert ran.status == 2
    assert ran.json["counts"] == {"files": 3, "ok": 1, "explain": 0, "error": 1, "unreadable": 1}
    assert [Path(entry["file"]).name for entry in ran.json["unreadable"]] == ["坏.xlsx"]
    assert ran.json["rows"] == len(rows(tmp_path / "数据.csv"))
    ran = run("data", tmp_path / "报送", "-o", tmp_path / "数据.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "--force" in ran.err


def test_a_merge_writes_what_went_in_and_nothing_else(
    run: Callable[..., Ran], fill: Callable[..., Path], tmp_path: Path
) -> None:
    fill("报送/甲.xlsx", {"t3.new.natural": 3, "t3.carried_out.natural": 3}, unit=A)
    fill("报送/乙.xlsx", {"t3.new.natural": 3}, unit=B)
    ran = run("merge", tmp_path / "报送", "-o", tmp_path / "汇总.xlsx", "--data", tmp_path / "汇总.csv")
    assert ran.status == 1
    found = rows(tmp_path / "汇总.csv")
    assert {(row["unit_name"], row["status"]) for row in found} == {("甲局", "ok")}
    assert (tmp_path / "汇总.csv.dictionary.csv").is_file()


@pytest.mark.parametrize("name", ["汇总.xlsx", "汇总.txt"])
def test_a_merge_writes_nothing_where_its_data_cannot_be_written(
    run: Callable[..., Ran], fill: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    fill("报送/甲.xlsx", {}, unit=A)
    ran = run("merge", tmp_path / "报送", "-o", tmp_path / "汇总.xlsx", "--data", tmp_path / name)
    assert ran.status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["报送"]


def test_a_merge_does_not_replace_its_roster(
    run: Callable[..., Ran], fill: Callable[..., Path], tmp_path: Path
) -> None:
    fill("报送/甲.xlsx", {}, unit=A)
    roster = tmp_path / "名录.csv"
    roster.write_text("编码,名称,级别\n990131001,甲局,县级部门\n", "utf-8")
    ran = run("merge", tmp_path / "报送", "--roster", roster, "-o", tmp_path / "s.xlsx", "--data", roster, "--force")  # fmt: skip  # noqa: E501
    assert ran.status == 2
    assert "甲局" in roster.read_text("utf-8")
