"""``xltools blank``: what it writes, and every wrong use with a clear sentence and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.support.workbooks import MONTHLY_FILE

Run = Callable[..., Ran]
YEAR = ("--year", "2025")


def test_one_unit(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "科技局.xlsx"
    unit = ("--unit", "云山县科技局", "--code", "990131003", "--level", "县级部门")
    ran = run("blank", "zfxxgk-2021", *YEAR, *unit, "-o", path, "--lang", "zh")
    assert (ran.status, ran.err) == (0, "")
    assert "已生成" in ran.out
    (file,) = run("check", path, "--json").json["files"]
    assert file["unit"] == {"code": "990131003", "name": "云山县科技局"}


def test_a_roster(run: Run, tmp_path: Path) -> None:
    roster = tmp_path / "名录.csv"
    roster.write_bytes("编码,名称,级别,上级\n01,甲局,县级部门,\n02,乙局,县级部门,\n".encode("gbk"))
    folder = tmp_path / "空白表"
    assert run("blank", "zfxxgk-2021", *YEAR, "--roster", roster, "-o", folder).status == 0
    assert [path.name for path in sorted(folder.iterdir())] == ["01_甲局_2025.xlsx", "02_乙局_2025.xlsx"]


def test_a_month(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "月报.xlsx"
    ran = run("blank", MONTHLY_FILE, "--period", "2018-03", "--unit", "甲局", "--code", "1", "-o", path)
    assert ran.status == 0
    assert run("check", path, "--form", MONTHLY_FILE, "--json").json["files"][0]["period"] == "2018-03"


def test_an_existing_output_needs_force(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"mine")
    call = ("blank", "zfxxgk-2021", *YEAR, "--unit", "甲局", "-o", path)
    ran = run(*call)
    assert (ran.status, path.read_bytes()) == (2, b"mine")
    assert "--force" in ran.err
    assert run(*call, "--force").status == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("zfxxgk-2022", *YEAR, "--unit", "甲局"), "did you mean zfxxgk-202"),
        (("zfxxgk-2021", "--year", "2020", "--unit", "甲局"), "Use zfxxgk-2019 for that year"),
        (("zfxxgk-2021", "--year", "二〇", "--unit", "甲局"), "neither a year"),
        (("zfxxgk-2021", "--period", "2025-03", "--unit", "甲局"), "by the year"),
        (("zfxxgk-2021", "--unit", "甲局"), "--year"),
        (("zfxxgk-2021", *YEAR, "--period", "2025-01", "--unit", "甲局"), "--period"),
        (("zfxxgk-2021", *YEAR), "--roster"),
        (("zfxxgk-2021", *YEAR, "--unit", "甲局", "--roster", "r.csv"), "--roster"),
        (("zfxxgk-2021", *YEAR, "--roster", "没有.csv"), "没有.csv"),
        (("zfxxgk-2021", *YEAR, "--code", "1", "--roster", "r.csv"), "--unit"),
        (("zfxxgk-2021", *YEAR, "--unit", "甲局", "--previous", "没有"), "没有"),
    ],
)
def test_wrong_use(run: Run, tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    ran = run("blank", *arguments, "-o", tmp_path / "out.xlsx")
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_as_output(run: Run, tmp_path: Path) -> None:
    ran = run("blank", "zfxxgk-2021", *YEAR, "--unit", "甲局", "-o", tmp_path)
    assert ran.status == 2
    assert "is a folder" in ran.err


def test_no_output(run: Run) -> None:
    assert "缺少 --output" in run("blank", "zfxxgk-2021", *YEAR, "--unit", "甲局", "--lang", "zh").err


@pytest.mark.parametrize(
    ("roster", "sentence"),
    [
        ("编码,级别\n1,县级部门\n", "名称"),
        ("编码,名称\n1,甲局\n1,乙局\n", "1"),
    ],
    ids=["missing column", "two units with one code"],
)
def test_a_roster_with_a_mistake(run: Run, tmp_path: Path, roster: str, sentence: str) -> None:
    file = tmp_path / "r.csv"
    file.write_text(roster, "utf-8-sig")
    ran = run("blank", "zfxxgk-2021", *YEAR, "--roster", file, "-o", tmp_path / "out", "--lang", "zh")
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert not (tmp_path / "out").exists()
