"""``xltools diff`` of folders: what was published against what was accepted, unit by unit."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import xltools
from tests.cli.conftest import Ran
from tests.support.reports import as_docx, as_html, as_text, without_row
from tests.support.workbooks import FORM_2019, FORM_2021, save, submission_of
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.workflows import comparing_folders
from xltools.workflows.execution import resources

Run = Callable[..., Ran]
NAMES = ("教育局", "科技局", "民政局", "财政局")


def due(number: int, **values: int) -> Submission:
    """What a unit handed in; every unit has other figures."""
    unit = Unit(f"云山县{NAMES[number]}", f"99013100{number}", "县级部门")
    figures = {"t3.new.natural": 5 + number, "t3.granted.natural": 5 + number}
    return submission_of(FORM_2021, figures | {k.replace("__", "."): v for k, v in values.items()}, unit=unit)


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What both sides are copied from for each test."""
    made = tmp_path_factory.mktemp("两边")
    for number in range(4):
        save(due(number), made / "审定 2025" / str(number) / "报表.xlsx")
    folder = made / "公布"
    write(folder / "教育局.html", as_html(due(1)))
    write(folder / "科技局.docx", as_docx(due(0)))
    write(folder / "a.txt", as_text(due(2)))
    xltools.publish(made / "审定 2025" / "3" / "报表.xlsx", folder / "b.html", draft=True)
    return made


@pytest.fixture
def accepted(made: Path, tmp_path: Path) -> Path:
    """Four workbooks in folders of their own."""
    return Path(shutil.copytree(made / "审定 2025", tmp_path / "审定 2025"))


@pytest.fixture
def published(made: Path, tmp_path: Path) -> Path:
    """Their reports in three formats, without codes, under names that say nothing or the wrong thing."""
    return Path(shutil.copytree(made / "公布", tmp_path / "公布"))


def outcomes(ran: Ran) -> dict[str, str]:
    return {unit["name"].removeprefix("云山县"): unit["outcome"] for unit in ran.json["units"]}


def test_everything_published_is_what_was_accepted(run: Run, accepted: Path, published: Path) -> None:
    ran = run("diff", accepted, published)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("4 units: the same 4\n")
    answer = run("diff", accepted, published, "--json")
    assert (answer.status, answer.json["same"]) == (0, True)
    assert outcomes(answer) == dict.fromkeys(NAMES, "same")
    assert {unit["code"] for unit in answer.json["units"]} == {f"99013100{n}" for n in range(4)}
    (pair,) = answer.json["units"][0]["pairs"]
    assert pair["a"].endswith("报表.xlsx")
    assert pair["b"].endswith("科技局.docx")  # by what stands in it, not by its name
    assert pair["counts"] == {
        "compared": len(FORM_2021.figures),
        "not_compared": 0,
        "figures": 0,
        "unread": 0,
        "texts": 0,
    }


def test_each_kind_of_difference(run: Run, accepted: Path, published: Path, tmp_path: Path) -> None:
    changed = due(0, t3__new__natural=6)
    write(published / "科技局.docx", as_docx(replace(changed, texts={**changed.texts, "s5.text": "另有。"})))
    write(published / "a.txt", as_text(replace(due(2), texts={**due(2).texts, "s5.text": "另有问题。"})))
    (published / "b.html").unlink()
    write(published / "c.html", as_html(replace(due(3), unit=Unit("云山县财政所"))))
    ran = run("diff", accepted, published)
    assert (ran.status, ran.err) == (1, "")
    first, *_ = ran.out.split("\n")
    assert first == "5 units: the same 1, only texts differ 1, figures differ 1, only in A 1, only in B 1"
    assert "2 figures differ, 1 text differs" in ran.out
    line = next(line for line in ran.out.split("\n") if "自然人" in line)
    assert all(part in line for part in ("A 5", "三!D5", "B 6", "表格"))
    assert "另有问题" in ran.out
    answer = run("diff", accepted, published, "--json")
    assert outcomes(answer) == {
        "教育局": "differs",
        "科技局": "same",
        "民政局": "texts",
        "财政局": "only-a",
        "财政所": "only-b",
    }
    units = {unit["name"]: unit for unit in answer.json["units"]}
    assert [f["id"] for f in units["云山县教育局"]["pairs"][0]["figures"]] == [
        "t3.new.natural",
        "t3.new.total",
    ]
    assert [t["id"] for t in units["云山县教育局"]["pairs"][0]["texts"]] == ["s5.text"]
    assert [near["name"] for near in units["云山县财政所"]["similar"]] == ["云山县财政局"]
    assert [near["name"] for near in units["云山县财政局"]["similar"]] == ["云山县财政所"]


def test_the_same_in_chinese(run: Run, accepted: Path, published: Path) -> None:
    (published / "b.html").unlink()
    ran = run("diff", accepted, published, "--lang", "zh")
    assert ran.out.startswith("共 4 个单位：完全一致 3，只在 A 有 1。")
    assert "云山县财政局（990131003）" in ran.out


def test_what_cannot_be_read_is_named_and_the_rest_compared(
    run: Run, accepted: Path, published: Path
) -> None:
    write(published / "坏.docx", b"PK\x03\x04 no zip")
    write(accepted / "坏.xlsx", b"")
    write(published / "旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    write(published / "图.jpg", b"no report and not looked for")
    ran = run("diff", accepted, published)
    assert ran.status == 2
    assert "files that cannot be read 3" in ran.out.split("\n")[0]
    answer = run("diff", accepted, published, "--json")
    assert answer.status == 2
    assert outcomes(answer) == dict.fromkeys(NAMES, "same")
    found = [(file["side"], Path(file["file"]).name) for file in answer.json["unreadable"]]
    assert found == [("a", "坏.xlsx"), ("b", "坏.docx"), ("b", "旧.doc")]
    assert all(file["reason"] for file in answer.json["unreadable"])


def test_a_unit_twice(run: Run, accepted: Path, published: Path) -> None:
    """Copies do no harm, nor the same in two formats; versions that disagree are held against each other."""
    shutil.copyfile(published / "a.txt", published / "a 副本.txt")
    write(published / "a.docx", as_docx(due(2)))
    answer = run("diff", accepted, published, "--json")
    assert (answer.status, outcomes(answer)["民政局"]) == (0, "same")
    save(due(2, t3__new__natural=9), accepted / "民政局 第二次.xlsx")
    answer = run("diff", accepted, published, "--json")
    assert (answer.status, outcomes(answer)["民政局"]) == (1, "several")
    unit = next(unit for unit in answer.json["units"] if unit["name"] == "云山县民政局")
    assert (len(unit["a"]), len(unit["b"])) == (2, 3)
    counts = {Path(pair["a"]).name: pair["counts"]["figures"] for pair in unit["pairs"]}
    assert counts == {"报表.xlsx": 0, "民政局 第二次.xlsx": 2}
    ran = run("diff", accepted, published)
    assert "several files that disagree 1" in ran.out.split("\n")[0]
    assert "民政局 第二次.xlsx" in ran.out
    assert "2 figures differ" in ran.out


def test_very_many_versions_are_not_all_compared(
    run: Run, accepted: Path, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing_folders, "MOST_PAIRS", 3)
    for number in range(4):
        write(published / f"{number}.txt", as_text(due(2, t3__new__natural=number)))
    ran = run("diff", accepted / "2", published)
    assert ran.status == 1
    assert "2 more pairs were not compared" in ran.out  # of one and five


def test_periods_are_kept_apart(run: Run, accepted: Path, published: Path) -> None:
    save(replace(due(2, t3__new__natural=9), period=Period(2024)), accepted / "去年.xlsx")
    ran = run("diff", accepted, published, "--json")
    found = [(u["period"], u["outcome"]) for u in ran.json["units"] if u["name"] == "云山县民政局"]
    assert (ran.status, sorted(found)) == (1, [("2024", "only-a"), ("2025", "same")])


def test_a_report_that_says_no_year_is_its_units_only_one(run: Run, accepted: Path, published: Path) -> None:
    (published / "a.txt").unlink()
    save(replace(due(2), period=None), published / "没写年度.xlsx")
    answer = run("diff", accepted, published, "--json")
    assert (answer.status, outcomes(answer)["民政局"]) == (0, "same")


def test_a_file_that_says_no_unit(run: Run, accepted: Path, published: Path) -> None:
    write(published / "a.txt", as_text(replace(due(2), unit=Unit(""))))
    ran = run("diff", accepted, published, "--json")
    assert (ran.status, outcomes(ran)["民政局"]) == (1, "only-a")
    assert [Path(file["file"]).name for file in ran.json["unknown"]] == ["a.txt"]
    assert "files of no unit 1" in run("diff", accepted, published).out.split("\n")[0]


def test_figures_of_another_form_are_not_passed_over(run: Run, accepted: Path, tmp_path: Path) -> None:
    """A report in last year's tables has nothing in the cells of this year's."""
    other = submission_of(
        FORM_2019,
        {"t3.new.natural": 5, "t3.granted.natural": 5},
        unit=due(0).unit,
        period=Period(2025),
    )
    ran = run("diff", accepted / "0", save(other, tmp_path / "公布" / "a.xlsx").parent)
    assert ran.status == 1
    assert "figures the same, the forms differ" in ran.out


def test_a_file_against_a_folder_is_about_its_unit(run: Run, accepted: Path, published: Path) -> None:
    for arguments in ((accepted / "2" / "报表.xlsx", published), (accepted, published / "a.txt")):
        ran = run("diff", *arguments, "--json")
        assert (ran.status, outcomes(ran)) == (0, {"民政局": "same"})
    (published / "a.txt").unlink()
    ran = run("diff", accepted / "2" / "报表.xlsx", published, "--json")
    assert (ran.status, outcomes(ran)) == (1, {"民政局": "only-a"})


def test_an_archive_is_a_folder(run: Run, accepted: Path, published: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "公布.zip", "w") as archive:
        for path in sorted(published.iterdir()):
            archive.write(path, f"公布/{path.name}")
    ran = run("diff", accepted, tmp_path / "公布.zip", "--json")
    assert (ran.status, outcomes(ran)) == (0, dict.fromkeys(NAMES, "same"))


def test_folders_that_overlap_or_hold_nothing(run: Run, accepted: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for other, said in ((accepted, "on both sides"), (tmp_path, "on both sides"), ("空", "空"), ("无", "无")):
        ran = run("diff", accepted, tmp_path / other)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err


def test_any_number_of_processes_gives_the_same_answer(
    run: Run, accepted: Path, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "FILES_A_WORKER", 1)
    write(published / "坏.pdf", b"%PDF-1.7")
    answers: list[Any] = [run("diff", accepted, published, "--jobs", jobs, "--json") for jobs in ("1", "3")]
    assert answers[0].status == answers[1].status == 2
    assert json.loads(answers[0].out) == json.loads(answers[1].out)
    assert run("diff", accepted, published, "--jobs", "x").status == 2


def test_the_call(accepted: Path, published: Path) -> None:
    steps: list[int] = []
    found = xltools.diff_folders(accepted, published, step=steps.append)
    assert found.agrees
    assert steps == [8] * 8
    assert not list(accepted.glob("**/.xltools-cache"))


def test_a_unit_whose_report_could_not_be_read_in_full(run: Run, accepted: Path, published: Path) -> None:
    write(published / "教育局.html", without_row(as_html(due(1)), "（二）部分公开"))
    ran = run("diff", accepted, published, "--lang", "zh")
    assert (ran.status, ran.err) == (1, "")
    assert "共 4 个单位：完全一致 3，有数字未能读取 1。" in ran.out
    assert "读取 B 时的问题" in ran.out
    assert "ROW-MISSING" in ran.out
    answer = run("diff", accepted, published, "--json")
    assert (answer.status, answer.json["same"], answer.json["counts"]["unread"]) == (1, False, 1)
    (unit,) = [unit for unit in answer.json["units"] if unit["outcome"] != "same"]
    (pair,) = unit["pairs"]
    assert (unit["outcome"], pair["figures"], pair["counts"]["unread"]) == ("unread", [], 7)
    assert [found["code"] for found in pair["b_findings"]] == ["ROW-MISSING"]
    assert {(found["a_read"], found["b_read"], found["b_place"]) for found in pair["unread"]} == {
        (True, False, None)
    }
