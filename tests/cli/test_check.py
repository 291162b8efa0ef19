"""``xltools check``: answers for people and machines, exit status, wrong use."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Ran
from tests.support.workbooks import MONTHLY_FILE
from tests.unit.reading.makers import ole_file
from xltools import __version__
from xltools.definition.library import load_form

Run = Callable[..., Ran]
Fill = Callable[..., Path]
FINDING_KEYS = {
    "code",
    "severity",
    "sheet",
    "cell",
    "id",
    "label",
    "message",
    "actual",
    "expected",
    "comparator",
    "fix",
    "explanation",
    "cells",
}
UNBALANCED = {"t3.new.natural": 12, "t3.granted.natural": 9}


def test_a_clean_file(run: Run, fill: Fill) -> None:
    ran = run("check", fill("报送/教育局.xlsx"), "--lang", "zh")
    assert ran.status == 0
    assert "云山县教育局（990131002）" in ran.out
    assert "结果：通过" in ran.out
    assert ran.err == ""


def test_what_is_and_what_should_be(run: Run, fill: Fill) -> None:
    ran = run("check", fill("教育局.xlsx", UNBALANCED), "--lang", "zh")
    assert ran.status == 1
    assert "[T3-BALANCE]" in ran.out
    assert "三!D5  一、本年新收政府信息公开申请数量 › 申请人情况 › 自然人  左边 12，应为 9" in ran.out
    assert "怎么改：请核对本列" in ran.out


def test_english(run: Run, fill: Fill) -> None:
    out = run("check", fill("教育局.xlsx", UNBALANCED)).out
    assert "left side 12, should be 9" in out
    assert "What to do: check the column" in out


def test_json_contract(run: Run, fill: Fill) -> None:
    path = fill("报送/教育局.xlsx", UNBALANCED)
    ran = run("check", path, "--json")
    assert (ran.status, ran.err) == (1, "")
    answer = ran.json
    assert answer["xltools"] == __version__
    assert answer["counts"] == {"files": 1, "ok": 0, "explain": 0, "error": 1, "unreadable": 0}
    (file,) = answer["files"]
    assert list(file) == ["file", "form", "year", "unit", "status", "sha256", "findings"]
    assert file["file"] == str(path)
    assert (file["form"], file["year"], file["status"]) == ("zfxxgk-2021", 2025, "error")
    assert file["unit"] == {"code": "990131002", "name": "云山县教育局"}
    assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert all(set(finding) == FINDING_KEYS for finding in file["findings"])
    finding = next(f for f in file["findings"] if f["code"] == "T3-BALANCE")
    assert (finding["severity"], finding["sheet"], finding["cell"]) == ("error", "三", "D5")
    assert (finding["id"], finding["actual"], finding["expected"]) == ("t3.new.natural", 12, 9)
    assert isinstance(finding["actual"], int)
    assert finding["message"].startswith("items 1 and 2")
    assert finding["explanation"] is None
    assert "t3.granted.natural" in finding["cells"] or "t3.handled.natural" in finding["cells"]


def test_json_speaks_the_language(run: Run, fill: Fill) -> None:
    answer = run("--lang", "zh", "check", fill("教育局.xlsx", UNBALANCED), "--json").json
    messages = [finding["message"] for finding in answer["files"][0]["findings"]]
    assert "第一项加第二项之和，应等于第三项（七）总计加第四项之和" in messages


def test_json_is_not_escaped(run: Run, fill: Fill) -> None:
    assert "云山县教育局" in run("check", fill("教育局.xlsx"), "--json").out


def test_an_explanation_unblocks(run: Run, fill: Fill) -> None:
    values = {"t2_1.normative.issued": 3, "t2_1.normative.in_force": 1}
    key = "T2-IN-FORCE-MIN[normative]"
    assert run("check", fill("a.xlsx", values)).status == 1
    ran = run("check", fill("b.xlsx", values, explanations={key: "本年制发、本年废止"}), "--json")
    assert ran.status == 0
    (file,) = ran.json["files"]
    assert file["status"] == "ok"
    assert [f["explanation"] for f in file["findings"]] == ["本年制发、本年废止"]


def test_a_monthly_form_has_a_period(run: Run, fill: Fill) -> None:
    path = fill("月报.xlsx", form=load_form(str(MONTHLY_FILE)), period="2018-03")
    (file,) = run("check", path, "--form", MONTHLY_FILE, "--json").json["files"]
    assert (file["form"], file["year"], file["period"]) == ("zfxxgk-monthly", 2018, "2018-03")


def test_the_worst_file_decides(run: Run, fill: Fill, tmp_path: Path) -> None:
    fill("报送/好.xlsx")
    fill("报送/错.xlsx", UNBALANCED)
    folder = tmp_path / "报送"
    assert run("check", folder).status == 1
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 not really")
    ran = run("check", folder, "--json")
    assert ran.status == 2
    assert ran.json["counts"] == {"files": 3, "ok": 1, "explain": 0, "error": 1, "unreadable": 1}
    bad = next(file for file in ran.json["files"] if file["status"] == "unreadable")
    assert (bad["form"], bad["year"], bad["unit"]) == (None, None, None)
    assert (
        run("check", folder, "--lang", "zh")
        .out.rstrip()
        .endswith("共 3 个文件：通过 1，有错误 1，无法读取 1")
    )


def test_figures_beyond_what_a_sum_can_hold_are_findings(run: Run, fill: Fill) -> None:
    path = fill("a.xlsx")
    book = openpyxl.load_workbook(path)
    book["三"]["D5"], book["三"]["E5"] = 1e308, 1e308
    book.save(path)
    ran = run("check", path, "--json")
    assert ran.status == 1
    found = [f for f in ran.json["files"][0]["findings"] if f["code"] == "ERROR-VALUE"]
    assert [f["id"] for f in found] == ["t3.new.natural", "t3.new.business"]


def test_a_password_protected_workbook(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "加密.xlsx"
    path.write_bytes(ole_file("Root Entry", "EncryptionInfo", "EncryptedPackage"))
    ran = run("check", path)
    assert ran.status == 2
    assert "Traceback" not in ran.out + ran.err
    assert "[FILE-PASSWORD]" in ran.out
    assert "remove the password" in ran.out


def test_a_zip_that_is_no_workbook(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    assert run("check", path).status == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_file_named(run: Run, language: str) -> None:
    ran = run("--lang", language, "check")
    assert (ran.status, ran.out) == (2, "")
    assert {"zh": "缺少 PATHS", "en": "Missing argument 'PATHS'"}[language] in ran.err


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_file_that_does_not_exist(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    ran = run("check", tmp_path / "没有.xlsx", *options)
    assert (ran.status, ran.out) == (2, "")
    assert "没有.xlsx" in ran.err


def test_a_folder_without_workbooks(run: Run, tmp_path: Path) -> None:
    ran = run("check", tmp_path, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert "contains no workbook" in ran.err


def test_a_broken_definition(run: Run, fill: Fill, tmp_path: Path) -> None:
    broken = tmp_path / "form.toml"
    broken.write_text('id = "x"\n', "utf-8")
    ran = run("check", fill("a.xlsx"), "--form", broken)
    assert (ran.status, ran.out) == (2, "")
    assert "mistakes in form definition" in ran.err
