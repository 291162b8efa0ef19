"""``xltools status``: the round as a coordinator sees it, and the texts that go out."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.cli.conftest import Ran
from tests.support.workbooks import FORM_2021, save, submission_of, texts_of
from xltools.diagnostics.exceptions import UsageError
from xltools.excel.values import Value
from xltools.model.submission import Submission
from xltools.model.unit import Unit

Run = Callable[..., Ran]
Fill = Callable[..., Path]
WRONG = {"t3.new.natural": 5}


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    lines = ["编码,名称,级别,上级,联系人,电话", "99,云山县,县级政府,,,"]
    lines += [f"0{n},{name},县级部门,99,联系人{n},0000-{n}" for n, name in enumerate("甲乙丙丁", 1)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def inbox(fill: Fill, tmp_path: Path) -> Path:
    """甲 has reported, 乙 must correct, 丙 is missing, 丁 has nothing yet but a file that cannot be read."""
    fill("报送/a.xlsx", {"t3.new.natural": 2, "t3.granted.natural": 2}, unit=Unit("甲", "01", "县级部门"))
    fill("报送/b.xlsx", WRONG, unit=Unit("乙", "02", "县级部门"))
    (tmp_path / "报送" / "04.xlsx").write_bytes(b"nothing")
    return tmp_path / "报送"


def test_contract(run: Run, inbox: Path, roster: Path) -> None:
    ran = run("status", inbox, "--roster", roster, "--deadline", "2020-01-31", "--json")
    assert (ran.status, ran.err) == (2, "")
    answer = ran.json
    assert {unit["code"]: (unit["status"], unit["late"]) for unit in answer["units"]} == {
        "99": ("collects", False),
        "01": ("received", True),
        "02": ("error", True),
        "03": ("missing", True),
        "04": ("missing", True),
    }
    assert answer["counts"]["due"] == 4
    assert (answer["counts"]["received"], answer["counts"]["missing"], answer["counts"]["late"]) == (1, 2, 4)
    assert (answer["form"], answer["period"], answer["complete"]) == ("zfxxgk-2021", "2025", False)
    unreadable = next(file for file in answer["files"] if file["fate"] == "unreadable")
    assert [unit["code"] for unit in unreadable["near"]] == ["04"]
    wrong = next(unit for unit in answer["units"] if unit["code"] == "02")
    assert (wrong["file"], wrong["deadline"]) == (str(inbox / "b.xlsx"), "2020-01-31")
    assert (wrong["level"], wrong["parent"], wrong["contact"]) == ("县级部门", "99", "联系人2")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text(run: Run, inbox: Path, roster: Path, language: str) -> None:
    out = run("status", inbox, "--roster", roster, "--deadline", "2020-01-31", "--lang", language).out
    expected = {
        "zh": ("应报 4，已报送 1", "有错误，须退回更正：1", "须改正 2 处", "未报送：2", "逾期未报"),
        "en": ("4 due, 1 received", "With errors, to be sent back: 1", "Missing: 2", "overdue"),
    }[language]
    for words in expected:
        assert words in out
    assert "联系人3 0000-3" in out


def test_exit_status(run: Run, fill: Fill, roster: Path, tmp_path: Path) -> None:
    roster.write_text("编码,名称,级别,上级\n01,甲,县级部门,\n02,乙,县级部门,\n", "utf-8")
    fill("报送/a.xlsx", unit=Unit("甲", "01", "县级部门"))
    assert run("status", tmp_path / "报送", "--roster", roster).status == 1
    fill("报送/b.xlsx", unit=Unit("乙", "02", "县级部门"))
    ran = run("status", tmp_path / "报送", "--roster", roster, "--json")
    assert (ran.status, ran.json["complete"]) == (0, True)


def test_an_empty_inbox_is_a_round_that_has_begun(run: Run, roster: Path, tmp_path: Path) -> None:
    (tmp_path / "报送").mkdir()
    ran = run("status", tmp_path / "报送", "--roster", roster, "--json")
    assert ran.status == 1
    assert ran.json["counts"]["missing"] == 4
    assert run("status", tmp_path / "没有", "--roster", roster).status == 2


def test_several_files_of_one_unit(run: Run, fill: Fill, roster: Path, tmp_path: Path) -> None:
    unit = Unit("甲", "01", "县级部门")
    for number, name in enumerate(("旧", "新"), 1):
        path = fill(f"报送/{name}.xlsx", {"t3.new.natural": number, "t3.granted.natural": number}, unit=unit)
        os.utime(path, (1_700_000_000 + number * 60,) * 2)
    call = ("status", tmp_path / "报送", "--roster", roster)
    text = run(*call, "--lang", "zh").out
    assert "同一单位有几个文件：1" in text
    assert "有 2 处不同" in text
    assert "1 → 2" in text
    assert run(*call, "--on-duplicate", "error", "--json").json["counts"]["undecided"] == 1
    left = run(*call, "--on-duplicate", "error", "--exclude", "新.xlsx", "--json").json
    assert (left["counts"]["undecided"], left["counts"]["received"]) == (0, 1)
    assert "did you mean" in run(*call, "--exclude", "新的.xlsx").err
    assert run(*call, "--on-duplicate", "oldest").status == 2


def test_members_of_an_archive_have_its_times(run: Run, fill: Fill, roster: Path, tmp_path: Path) -> None:
    unit = Unit("甲", "01", "县级部门")
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as archive:
        for number, day in ((1, 20), (2, 10)):
            values = {"t3.new.natural": number, "t3.granted.natural": number}
            data = fill(f"{number}.xlsx", values, unit=unit).read_bytes()
            archive.writestr(zipfile.ZipInfo(f"{number}.xlsx", (2026, 1, day, 8, 0, 0)), data)
    answer = run("status", tmp_path / "报送.zip", "--roster", roster, "--json").json
    fates = {file["file"][-6:]: (file["fate"], file["modified"]) for file in answer["files"]}
    assert fates == {
        "1.xlsx": ("counts", "2026-01-20T08:00:00"),
        "2.xlsx": ("superseded", "2026-01-10T08:00:00"),
    }


def test_reminders(run: Run, inbox: Path, roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "催报"
    call = ("status", inbox, "--roster", roster, "--deadline", "2020-01-31", "--reminders", folder)
    assert "4 reminders" in run(*call).err
    texts = {path.name: path.read_text("utf-8-sig") for path in folder.iterdir()}
    assert set(texts) == {f"{name}_催报.txt" for name in ("00_群发", "02_乙", "03_丙", "04_丁")}
    assert "甲" not in "".join(texts.values())
    assert "T3-BALANCE" in texts["02_乙_催报.txt"]
    assert "三!D5" in texts["02_乙_催报.txt"]
    assert "2020-01-31" in texts["03_丙_催报.txt"]
    assert [line.strip() for line in texts["00_群发_催报.txt"].splitlines()[1:3]] == ["丙", "丁"]
    # no text of an earlier day may lie among those of today
    again = run(*call)
    assert again.status == 2
    assert "not empty: name another, or add --force to replace the reminders in it" in again.err
    assert all(b"\r\n" in path.read_bytes() for path in folder.iterdir())


def test_reminders_of_an_earlier_day_give_way_with_force(
    run: Run, inbox: Path, roster: Path, fill: Fill, tmp_path: Path
) -> None:
    folder = tmp_path / "催报"
    call = ("status", inbox, "--roster", roster, "--reminders", folder, "--force")
    assert "4 reminders" in run(*call).err
    (folder / "03_丙_催报.txt").write_text("old", "utf-8")
    (folder / "电话记录.txt").write_text("mine", "utf-8")
    fill("报送/b.xlsx", {"t3.new.natural": 2, "t3.granted.natural": 2}, unit=Unit("乙", "02", "县级部门"))
    ran = run(*call)
    assert "3 reminders" in ran.err
    assert "4 due, 2 received, 2 missing" in ran.out
    names = {"00_群发_催报.txt", "03_丙_催报.txt", "04_丁_催报.txt", "电话记录.txt"}
    assert {path.name for path in folder.iterdir()} == names
    assert "old" not in (folder / "03_丙_催报.txt").read_text("utf-8-sig")
    assert (folder / "电话记录.txt").read_text("utf-8") == "mine"


def dated(day: str, values: Mapping[str, Value]) -> Submission:
    """A return of 乙 with this date on its cover."""
    texts = texts_of(FORM_2021) | {"cover.date": day}
    return submission_of(FORM_2021, values, unit=Unit("乙", "02", "县级部门"), texts=texts)


def test_a_deadline_that_has_passed_is_named_to_one_that_was_in_time(
    run: Run, inbox: Path, roster: Path, tmp_path: Path
) -> None:
    """乙 handed in before the deadline, with errors that are still open."""
    save(dated("2020-01-20", WRONG), inbox / "b.xlsx")
    folder = tmp_path / "催报"
    call = ("status", inbox, "--roster", roster, "--deadline", "2020-01-31", "--lang", "zh")
    run(*call, "--reminders", folder)
    wrong = (folder / "02_乙_催报.txt").read_text("utf-8-sig")
    assert "报送期限是 2020年1月31日，已过 " in wrong
    assert "逾期" not in wrong
    assert "报送期限是 2020年1月31日，已逾期 " in (folder / "03_丙_催报.txt").read_text("utf-8-sig")


def test_the_first_day_and_that_of_the_file_are_two_facts(
    run: Run, inbox: Path, roster: Path, tmp_path: Path
) -> None:
    for name, day in (("b.xlsx", "2026-01-20"), ("c.xlsx", "2026-02-03")):
        save(dated(day, {}), inbox / name)
    call = ("status", inbox, "--roster", roster)
    found = next(unit for unit in run(*call, "--json").json["units"] if unit["code"] == "02")
    assert (found["handed_on"], found["file_day"]) == ("2026-01-20", "2026-02-03")
    assert found["file"] == str(inbox / "c.xlsx")
    output = tmp_path / "情况.xlsx"
    run(*call, "--format", "xlsx", "-o", output, "--lang", "zh")
    head, *rows = openpyxl.load_workbook(output)["各单位"].iter_rows(min_row=3, values_only=True)
    row = next(dict(zip(head, row, strict=True)) for row in rows if row[2] == "02")
    days = ("2026-01-20", "2026-02-03")
    assert (row["首次报送"], row["该文件日期"]) == days


def test_reminders_in_chinese(run: Run, inbox: Path, roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "催报"
    run(
        "status", inbox, "--roster", roster, "--deadline", "2999-01-31", "--reminders", folder, "--lang", "zh"
    )
    text = (folder / "03_丙_催报.txt").read_text("utf-8-sig")
    assert text.startswith("丙　联系人3：\n\n贵单位的2025年政府信息公开工作年度报告统计表还没有收到。")
    assert "请在 2999年1月31日前报送" in text
    wrong = (folder / "02_乙_催报.txt").read_text("utf-8-sig")
    assert "（b.xlsx）还没有通过审核：须改正 2 处" in wrong
    assert "【须改正】" in wrong
    assert "【提示】" not in wrong


def test_nobody_owes_anything(run: Run, fill: Fill, roster: Path, tmp_path: Path) -> None:
    roster.write_text("编码,名称\n01,甲\n", "utf-8")
    fill("报送/a.xlsx", unit=Unit("甲", "01", "县级部门"))
    ran = run("status", tmp_path / "报送", "--roster", roster, "--reminders", tmp_path / "催报")
    assert (ran.status, list((tmp_path / "催报").iterdir())) == (0, [])


def test_workbook(run: Run, inbox: Path, roster: Path, tmp_path: Path) -> None:
    output = tmp_path / "情况.xlsx"
    call = ("status", inbox, "--roster", roster, "--format", "xlsx", "-o", output, "--lang", "zh")
    assert run(*call).status == 2
    book = openpyxl.load_workbook(output)
    assert book.sheetnames == ["各单位", "文件", "按上级", "按级别"]
    rows = list(book["各单位"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[1].strip("　"), row[2], row[5]) for row in rows] == [
        ("汇总单位", "云山县", "99", None),
        ("已报送", "甲", "01", None),
        ("有错误", "乙", "02", "须改正 2 处"),
        ("未报送", "丙", "03", "未报送"),
        ("未报送", "丁", "04", "未报送"),
    ]
    assert book["各单位"].auto_filter.ref
    assert book["按上级"]["A4"].value == "云山县"
    assert book["按上级"]["B4"].value == 4
    assert run(*call).status == 2
    assert "--force" in run(*call).err
    assert run("status", inbox, "--roster", roster, "--format", "xlsx").status == 2


def test_library(inbox: Path, roster: Path) -> None:
    found = xltools.status([inbox], roster, deadline="2026-01-31", today=date(2026, 1, 1)).round
    assert not any(unit.late for unit in found.units if unit.standing == "missing")
    assert found.today == date(2026, 1, 1)
    assert xltools.status([inbox], roster, period=2024).round.units[1].standing == "missing"
    with pytest.raises(UsageError, match="no date"):
        xltools.status([inbox], roster, deadline="月底")


def test_what_is_no_workbook_is_named_and_not_passed_over(
    run: Run, inbox: Path, roster: Path, tmp_path: Path
) -> None:
    """A county's .rar or a unit's .docx lay there, and the unit stood among the missing without a word."""
    for name in ("丙.docx", "一县.rar", "扫描件.PDF", "说明.txt", ".隐藏.pdf", "~$丙.docx"):
        (inbox / name).write_bytes(b"x")
    call = ("status", inbox, "--roster", roster)
    unread = run(*call, "--json").json["unread"]
    assert unread == [str(inbox / name) for name in ("一县.rar", "丙.docx", "扫描件.PDF")]
    for language, words in (("zh", "没有读取的文件（不是工作簿"), ("en", "Files that were not read")):
        out = run(*call, "--lang", language).out
        assert words in out
        assert all(f"    {name}\n" in out for name in unread)
    run(*call, "--format", "xlsx", "-o", tmp_path / "情况.xlsx", "--lang", "zh")
    sheet = openpyxl.load_workbook(tmp_path / "情况.xlsx")["文件"]
    rows = [row[1] for row in sheet.iter_rows(values_only=True) if row[0] == "不是工作簿，没有读取"]
    assert rows == unread


@pytest.mark.parametrize("command", ["status", "check"])
def test_a_list_is_not_written_where_it_would_be_read_as_a_return(
    run: Run, inbox: Path, roster: Path, command: str
) -> None:
    """The next run called it unreadable, and refused to replace it."""
    options = ("--roster", roster) if command == "status" else ()
    (inbox / "各处").mkdir()
    ran = run(command, inbox, *options, "--format", "xlsx", "-o", inbox / "各处" / "情况.xlsx")
    assert ran.status == 2
    assert "lies in a folder that is read" in ran.err
    assert not [*(inbox / "各处").iterdir()]
    beside = run(command, inbox, *options, "--format", "xlsx", "-o", inbox.parent / "情况.xlsx")
    assert "lies in a folder" not in beside.err
    assert (inbox.parent / "情况.xlsx").is_file()
