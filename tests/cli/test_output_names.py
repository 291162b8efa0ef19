"""What is written has the name of its kind: nobody gets a workbook that is called .docx."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.support.summaries import returns

Run = Callable[..., Ran]
BLANK = ("blank", "zfxxgk-2021", "--year", "2025")
ROSTER = ("--roster", "名录.csv")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the commands read."""
    monkeypatch.chdir(tmp_path)
    returns(tmp_path / "报送", [1])
    (tmp_path / "名录.csv").write_text("编码,名称,级别,上级\n001,单位1,县级部门,\n", "utf-8")
    (tmp_path / "数.csv").write_text("unit_code,cell,value\n001,t3.new.natural,1\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (("merge", "报送", "-o", "汇总.docx"), ".xlsx"),
        (("merge", "报送", "-o", "汇总"), ".xlsx"),
        ((*BLANK, "--unit", "单位1", "-o", "空白.xls"), ".xlsx"),
        (("import", "报送/001.xlsx", "-o", "新.docx"), ".xlsx"),
        (("check", "报送", "--format", "html", "-o", "问题.xlsx"), ".html"),
        (("check", "报送", "--format", "xlsx", "-o", "问题.html"), ".xlsx"),
        (("status", "报送", *ROSTER, "--format", "xlsx", "-o", "情况.csv"), ".xlsx"),
        (("publish", "报送/001.xlsx", "-o", "报告.xlsx"), ".docx"),
        (("data", "报送", "-o", "数据.xls"), ".csv"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    run: Run, place: Path, arguments: tuple[str, ...], due: str
) -> None:
    before = sorted(place.rglob("*"))
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert f'"{arguments[-1]}" has another ending than what is written: name it {due}' in ran.err
    assert f"“{arguments[-1]}”的后缀不对，请用 {due}" in run(*arguments, "--lang", "zh").err
    assert sorted(place.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments",
    [
        (*BLANK, *ROSTER, "-o", "空白.xlsx"),
        ("migrate", "报送/001.xlsx", "--form", "zfxxgk-2021", "-o", "新.docx"),
        ("fill", "zfxxgk-2021", "--year", "2025", "--data", "数.csv", "-o", "填.xlsx"),
        ("status", "报送", *ROSTER, "--reminders", "催报.docx"),
        ("merge", "报送", *ROSTER, "--by-parent", "各级.xlsx"),
    ],
)
def test_a_folder_is_not_made_under_the_name_of_a_file(
    run: Run, place: Path, arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert f'a folder is needed here: "{arguments[-1]}" is the name of a file' in ran.err
    assert not (place / arguments[-1]).exists()


def test_endings_are_known_in_capitals_and_folders_may_have_dots(run: Run, place: Path) -> None:
    assert run("merge", "报送", "-o", "汇总.XLSX").status == 0
    assert run(*BLANK, *ROSTER, "-o", "2025.1 下发").status == 0
