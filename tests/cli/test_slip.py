"""``xltools check --slip``, ``--format`` and ``-o``: what is written, round trips, wrong use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Ran
from tests.support import office
from tests.support.workbooks import MONTHLY_FILE
from tests.support.workbooks import fill as set_cells
from xltools import workflows
from xltools.definition.library import load_form
from xltools.diagnostics.exceptions import UsageError
from xltools.layout.places import places
from xltools.model.sheet_names import PROBLEMS_SHEET

Run = Callable[..., Ran]
Fill = Callable[..., Path]
BAD: dict[str, dict[str, float | str | None]] = {
    "zfxxgk-2021": {"t3.new.natural": 12, "t3.granted.natural": "约9", "t3.new.business": None},
    "zfxxgk-2019": {"t3.new.natural": 12, "t3.granted.natural": "约9", "t3.new.business": None},
}
PERIODS = {"zfxxgk-2021": "2025", "zfxxgk-2019": "2020"}
FORMS = sorted(BAD)


def findings(run: Run, path: Path, *options: str | Path) -> list[dict[str, Any]]:
    (file,) = run("check", path, "--json", *options).json["files"]
    found: list[dict[str, Any]] = file["findings"]
    return found


@pytest.mark.parametrize("form", FORMS)
def test_a_slip_checks_like_the_file_it_is_for(run: Run, fill: Fill, tmp_path: Path, form: str) -> None:
    path = fill("教育局.xlsx", BAD[form], form=form, period=PERIODS[form])
    digest = hashlib.sha256(path.read_bytes()).digest()
    ran = run("check", path, "--slip", tmp_path / "退回", "--lang", "zh")
    slip = tmp_path / "退回" / "教育局_退回.xlsx"
    assert ran.status == 1
    assert "[TEXT-IN-NUMBER]" in ran.out
    assert ran.err == f"退回表：1 份，在 {slip.parent}\n"
    assert hashlib.sha256(path.read_bytes()).digest() == digest
    assert findings(run, slip) == findings(run, path)


@pytest.mark.parametrize("form", FORMS)
def test_corrected_it_passes(run: Run, fill: Fill, tmp_path: Path, form: str) -> None:
    path = fill("教育局.xlsx", BAD[form], form=form, period=PERIODS[form])
    run("check", path, "--slip", tmp_path / "退回")
    mended = set_cells(
        tmp_path / "退回" / "教育局_退回.xlsx",
        tmp_path / "再报" / "教育局.xlsx",
        {"t3.granted.natural": 12, "t3.new.business": 0},
    )
    assert run("check", mended).status == 0


def test_an_overtyped_total_is_a_formula_again(run: Run, fill: Fill, tmp_path: Path) -> None:
    path = fill("教育局.xlsx")
    place = places(load_form("zfxxgk-2021")).cells["t3.new.total"]
    book = openpyxl.load_workbook(path)
    book[place.sheet][place.a1].value = 5
    book.save(path)
    assert {f["code"] for f in findings(run, path)} >= {"T3-TOTAL"}
    run("check", path, "--slip", tmp_path / "退回")
    slip = tmp_path / "退回" / "教育局_退回.xlsx"
    book = openpyxl.load_workbook(slip)
    assert str(book[place.sheet][place.a1].value).startswith("=")
    listed = [
        row[6] for row in book[PROBLEMS_SHEET].iter_rows(min_row=4, values_only=True) if row[8] == "T3-TOTAL"
    ]
    assert listed == ["合计的公式已在本表恢复，自动算出，不必再改。"]
    assert run("check", slip).status == 0


def test_explanations_and_last_period(run: Run, fill: Fill, tmp_path: Path) -> None:
    last = fill("去年/教育局.xlsx", {"t3.carried_out.natural": 4, "t3.new.natural": 4}, period="2024")
    values: dict[str, float | str | None] = {"t2_1.normative.issued": 3, "t2_1.normative.in_force": 1}
    explanations = {"T2-IN-FORCE-MIN[normative]": "本年制发、本年废止"}
    path = fill("教育局.xlsx", values, explanations=explanations)
    before = findings(run, path, "--previous", last)
    assert "本年制发、本年废止" in [f["explanation"] for f in before]
    assert "T3-CARRIED-IN" in [f["code"] for f in before]
    run("check", path, "--previous", last, "--slip", tmp_path / "退回")
    slip = tmp_path / "退回" / "教育局_退回.xlsx"
    assert findings(run, slip) == before
    mended = set_cells(slip, tmp_path / "b.xlsx", {"t3.carried_in.natural": 4, "t3.carried_out.natural": 4})
    assert "T3-CARRIED-IN" not in [f["code"] for f in findings(run, mended)]


@pytest.mark.libreoffice
def test_saved_by_libreoffice(run: Run, fill: Fill, tmp_path: Path) -> None:
    slips = []
    for form in FORMS:
        path = fill(f"{form}.xlsx", BAD[form], form=form, period=PERIODS[form])
        run("check", path, "--slip", tmp_path / "退回")
        slips.append(tmp_path / "退回" / f"{form}_退回.xlsx")
    for slip, saved in zip(slips, office.convert(slips, tmp_path / "另存"), strict=True):
        assert findings(run, saved) == findings(run, slip)
        assert any(cell.comment for row in openpyxl.load_workbook(saved)["三"].iter_rows() for cell in row)


def test_a_form_of_ones_own(run: Run, fill: Fill, tmp_path: Path) -> None:
    form = load_form(str(MONTHLY_FILE))
    path = fill("月报.xlsx", {form.inputs[0].id: "约9"}, form=form, period="2018-03")
    run("check", path, "--form", MONTHLY_FILE, "--slip", tmp_path / "退回")
    slip = tmp_path / "退回" / "月报_退回.xlsx"
    assert findings(run, slip, "--form", MONTHLY_FILE) == findings(run, path, "--form", MONTHLY_FILE)


def test_only_files_with_findings_have_one(run: Run, fill: Fill, tmp_path: Path) -> None:
    bad = fill("报送/甲/教育局.xlsx", BAD["zfxxgk-2021"])
    fill("报送/乙/教育局.xlsx", BAD["zfxxgk-2021"] | {"t3.new.natural": 13})
    fill("报送/好.xlsx")
    (bad.parent / "坏.xlsx").write_bytes(b"nothing")
    ran = run("check", tmp_path / "报送", "--slip", tmp_path / "退回", "--json")
    assert ran.status == 2
    assert ran.json["counts"]["files"] == 4
    written = sorted(path.name for path in (tmp_path / "退回").iterdir())
    assert written == ["教育局_退回.xlsx", "教育局_退回_2.xlsx"]
    assert "2 in " in ran.err
    assert "1 cannot be read" in ran.err
    assert "1 with nothing to note" in ran.err


def test_a_summary_is_merged_again_instead(run: Run, fill: Fill, tmp_path: Path) -> None:
    run("merge", fill("报送/a.xlsx"), "-o", tmp_path / "汇总.xlsx")
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    place = places(load_form("zfxxgk-2021")).cells["t3.new.natural"]
    book[place.sheet][place.a1].value = 5
    book.save(tmp_path / "汇总.xlsx")
    ran = run("check", tmp_path / "汇总.xlsx", "--slip", tmp_path / "退回")
    assert "summaries, to be merged again" in ran.err
    assert list((tmp_path / "退回").iterdir()) == []


def test_an_existing_slip_needs_force(run: Run, fill: Fill, tmp_path: Path) -> None:
    first, second = fill("a.xlsx", BAD["zfxxgk-2021"]), fill("b.xlsx", BAD["zfxxgk-2021"])
    folder = tmp_path / "退回"
    folder.mkdir()
    (folder / "b_退回.xlsx").write_text("old")
    ran = run("check", first, second, "--slip", folder)
    assert (ran.status, ran.out) == (2, "")
    assert "--force" in ran.err
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("b_退回.xlsx", "old")]
    assert run("check", first, second, "--slip", folder, "--force").status == 1
    assert sorted(path.name for path in folder.iterdir()) == ["a_退回.xlsx", "b_退回.xlsx"]


def test_what_is_checked_is_never_replaced(run: Run, fill: Fill, tmp_path: Path) -> None:
    path = fill("a.xlsx", BAD["zfxxgk-2021"])
    slip = fill("a_退回.xlsx", BAD["zfxxgk-2021"])
    before = slip.read_bytes()
    for options in (("--slip", tmp_path), ("--format", "xlsx", "-o", slip)):
        ran = run("check", path, slip, *options, "--force")
        assert (ran.status, ran.out) == (2, "")
        assert "is one of the files read and is never replaced" in ran.err
        assert slip.read_bytes() == before


def test_the_folder_is_a_file(run: Run, fill: Fill) -> None:
    path = fill("a.xlsx", BAD["zfxxgk-2021"])
    ran = run("check", path, "--slip", path)
    assert (ran.status, ran.out) == (2, "")


def test_the_password_guards_the_slips(run: Run, fill: Fill, tmp_path: Path) -> None:
    run("check", fill("a.xlsx", BAD["zfxxgk-2021"]), "--slip", tmp_path / "s", "--slip-password", "geheim")
    book = openpyxl.load_workbook(tmp_path / "s" / "a_退回.xlsx")
    assert all(sheet.protection.password for sheet in book.worksheets)


def test_as_a_library(fill: Fill, tmp_path: Path) -> None:
    checked = workflows.check([fill("a.xlsx", BAD["zfxxgk-2021"])])
    (path,) = workflows.write_slips(checked, tmp_path / "s")
    first = path.read_bytes()
    with pytest.raises(UsageError):
        workflows.write_slips(checked, tmp_path / "s")
    assert workflows.write_slips(checked, tmp_path / "s", force=True) == (path,)
    assert path.read_bytes() == first


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page(run: Run, fill: Fill, tmp_path: Path, language: str) -> None:
    path = fill("a.xlsx", BAD["zfxxgk-2021"])
    ran = run("check", path, "--format", "html", "--lang", language)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("<!DOCTYPE html>")
    target = tmp_path / "审核.html"
    written = run("check", path, "--format", "html", "-o", target, "--lang", language)
    assert (written.status, written.out) == (1, "")
    assert str(target) in written.err
    assert target.read_text("utf-8") == ran.out


def test_a_list(run: Run, fill: Fill, tmp_path: Path) -> None:
    target = tmp_path / "清单.xlsx"
    ran = run("check", fill("a.xlsx", BAD["zfxxgk-2021"]), "--format", "xlsx", "-o", target, "--lang", "zh")
    assert (ran.status, ran.out, ran.err) == (1, "", f"已写入：{target}\n")
    assert openpyxl.load_workbook(target).sheetnames == ["问题清单", "文件一览"]
    assert run("check", tmp_path / "a.xlsx", "--format", "xlsx", "-o", target).status == 2
    assert run("check", tmp_path / "a.xlsx", "--format", "xlsx", "-o", target, "--force").status == 1


def test_json_by_either_name(run: Run, fill: Fill) -> None:
    path = fill("a.xlsx", BAD["zfxxgk-2021"])
    assert run("check", path, "--format", "json").out == run("check", path, "--json").out
    assert run("check", path, "--format", "json", "--json").status == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--format", "pdf"), "--format"),
        (("--format", "xlsx"), "-o"),
        (("--format", "html", "--json"), "--json"),
        (("-o", "x.txt"), "-o"),
        (("--format", "json", "-o", "x.json"), "-o"),
        (("--format", "html", "-o", "没有/x.html"), "没有"),
    ],
)
def test_wrong_use(run: Run, fill: Fill, options: tuple[str, ...], word: str, language: str) -> None:
    ran = run("check", fill("a.xlsx"), *options, "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    assert word in ran.err
