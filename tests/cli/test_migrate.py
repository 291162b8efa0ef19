"""``xltools migrate``: older versions and the form before, to the workbook that is due."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import xltools
from tests.cli.conftest import Ran
from tests.support.earlier import NOW_TEXT, old_form
from tests.support.office import convert
from tests.support.reports import numbered
from tests.support.workbooks import FORM_2019, FORM_2021, MONTHLY_FILE, UNIT, save, submission_of, texts_of
from xltools.layout.places import places
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Explanation

Run = Callable[..., Ran]
OLD = old_form()
GONE = {"s1.training", "t2_8.fees.amount", *(c.id for c in OLD.inputs if c.row == "withdrawn")}
"""What version 1 has no place for: a text, a figure in another unit, a row."""


def renamed(id_: str) -> str:
    return id_.removesuffix("person") + "natural" if id_.endswith(".person") else id_


@pytest.fixture
def now(tmp_path: Path) -> Path:
    """The definition as it is now."""
    path = tmp_path / "现行" / "form.toml"
    path.parent.mkdir()
    path.write_text(NOW_TEXT, "utf-8")
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A filled workbook of version 0."""
    submission = submission_of(
        OLD,
        numbered(OLD),
        texts=texts_of(OLD),
        period=Period(2024),
        explanations={"T2-REGULATIONS-LEVEL[regulations]": Explanation("确系规章", 6, 0)},
    )
    return save(submission, tmp_path / "旧表" / "教育局.xlsx")


def without_names(path: Path, target: Path) -> Path:
    book = openpyxl.load_workbook(path)
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.save(target)
    return target


def figures_in(path: Path, form: Form) -> dict[str, object]:
    """Every filled input of a workbook, read by openpyxl."""
    book = openpyxl.load_workbook(path)
    where = places(form).cells
    found = {cell.id: book[where[cell.id].sheet][where[cell.id].a1].value for cell in form.inputs}
    return {id_: value for id_, value in found.items() if value is not None}


def assert_moved(answer: Any, output: Path) -> None:
    """Every value of version 0 is in the new workbook or in the list, at its old place, and none in both."""
    values = {**numbered(OLD), **texts_of(OLD)}
    kept = {renamed(id_): value for id_, value in numbered(OLD).items() if id_ not in GONE}
    assert figures_in(output, FORM_2021) == kept
    moved = {entry["id"] for entry in answer["moved"]}
    left = {e["id"]: e for e in answer["not_moved"] if e["now"] is None}
    assert (set(left), moved) == (GONE, set(values) - GONE)
    for id_, entry in left.items():
        place = places(OLD).cells[id_]
        assert (entry["sheet"], entry["cell"], entry["value"]) == (place.sheet, place.a1, values[id_])
        assert OLD.cells[id_].label.split(" › ")[-1] in entry["label"]


def test_an_older_version_is_refused_by_check_and_merge_which_name_migrate(
    run: Run, old: Path, tmp_path: Path
) -> None:
    checked = run("check", old, "--json")
    (found,) = checked.json["files"][0]["findings"]
    assert (checked.status, found["code"]) == (2, "VERSION")
    assert "xltools migrate" in found["fix"]
    merged = run("merge", old, "-o", tmp_path / "汇总.xlsx")
    assert (merged.status, (tmp_path / "汇总.xlsx").exists()) == (2, False)


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_an_older_version_saved_by_an_office_suite(
    kind: str, run: Run, old: Path, now: Path, tmp_path: Path
) -> None:
    (saved,) = convert([old], tmp_path / kind, kind)
    output = tmp_path / "新表.xlsx"
    ran = run("migrate", saved, "--form", now, "-o", output, "--json")
    (answer,) = ran.json["files"]
    assert (ran.status, answer["status"]) == (1, "partly")
    assert_moved(answer, output)
    assert {e["now"] is not None for e in answer["not_moved"] if e["id"].endswith("total")} == {True}
    assert answer["blank"] == ["t2_8.fees.amount"]
    assert answer["explanations"] == ["T2-REGULATIONS-LEVEL[regulations]"]
    assert (answer["from"], answer["to"]) == (
        {"form": "zfxxgk-2021", "version": "0"},
        {"form": "zfxxgk-2021", "version": "1"},
    )
    assert (answer["unit"]["name"], answer["year"]) == (UNIT.name, 2024)
    again = xltools.read(output)
    assert again.texts == texts_of(FORM_2021) | {
        id_: text for id_, text in again.texts.items() if id_ in ("cover.zero_report", *_IDENTITY)
    }
    assert again.explanations["T2-REGULATIONS-LEVEL[regulations]"] == Explanation("确系规章", 6, 0)


_IDENTITY = ("cover.unit", "cover.code", "cover.period", "cover.level")


def test_the_new_workbook_lacks_nothing_but_what_was_named(
    run: Run, old: Path, now: Path, tmp_path: Path
) -> None:
    output = tmp_path / "新表.xlsx"
    run("migrate", old, "--form", now, "-o", output)
    codes = {f["code"] for f in run("check", output, "--json").json["files"][0]["findings"]}
    assert not codes & {"VERSION", "IDENTITY-CHANGED", "PROTECTION-REMOVED", "LABEL-CHANGED"}
    blank = [f for f in run("check", output, "--json").json["files"][0]["findings"] if f["code"] == "BLANK"]
    assert [f["cells"] for f in blank] == [["t2_8.fees.amount"]]


def test_without_names_the_labels_say_what_a_figure_is(
    run: Run, old: Path, now: Path, tmp_path: Path
) -> None:
    output = tmp_path / "新表.xlsx"
    plain = without_names(old, tmp_path / "无名称.xlsx")
    (answer,) = run("migrate", plain, "--form", now, "-o", output, "--json").json["files"]
    kept = {renamed(id_): value for id_, value in numbered(OLD).items() if id_ not in GONE}
    assert figures_in(output, FORM_2021) == kept
    left = {(entry["sheet"], entry["cell"]): entry for entry in answer["not_moved"]}
    for id_ in GONE:
        place = places(OLD).cells[id_]
        assert (place.sheet, place.a1) in left, id_
        assert OLD.cells[id_].label.split(" › ")[-1] in left[place.sheet, place.a1]["label"]


def test_without_a_word_in_the_definition_nothing_is_guessed(run: Run, old: Path, tmp_path: Path) -> None:
    output = tmp_path / "新表.xlsx"
    (answer,) = run("migrate", old, "-o", output, "--json").json["files"]
    people = {id_ for id_ in numbered(OLD) if id_.endswith(".person")}
    assert people <= {entry["id"] for entry in answer["not_moved"]}
    assert not [id_ for id_ in figures_in(output, FORM_2021) if id_.endswith(".natural")]


def test_numbers_and_texts_beside_the_cells_are_not_lost(
    run: Run, old: Path, now: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(old)
    book["三"]["M7"] = 4711
    total = places(OLD).cells["t3.new.total"]
    book[total.sheet][total.a1] = 9
    fee = places(OLD).cells["t3.granted.person"]
    book[fee.sheet][fee.a1] = "约12"
    book.save(old)
    output = tmp_path / "新表.xlsx"
    (answer,) = run("migrate", old, "--form", now, "-o", output, "--json").json["files"]
    left = {(e["sheet"], e["cell"]): (e["value"], e["now"]) for e in answer["not_moved"]}
    due = sum(numbered(OLD)[f"t3.new.{c}"] for c in _APPLICANTS)
    assert left["三", "M7"] == (4711, None)
    assert left["三", total.a1] == (9, due)
    assert figures_in(output, FORM_2021)["t3.granted.natural"] == "约12"


_APPLICANTS = ("person", "business", "research", "welfare", "legal", "other_org")


@pytest.mark.libreoffice
def test_the_format_of_2019_to_that_of_2021(run: Run, tmp_path: Path) -> None:
    values = numbered(FORM_2019)
    old = save(submission_of(FORM_2019, values), tmp_path / "旧" / "科技局.xlsx")
    (saved,) = convert([old], tmp_path / "存", "xlsx")
    output = tmp_path / "新" / "科技局.xlsx"
    ran = run("migrate", saved, "-o", output.parent, "--year", "2021", "--json")
    (answer,) = ran.json["files"]
    assert (ran.status, answer["output"], answer["year"]) == (1, str(output), 2021)
    kept = {id_: value for id_, value in values.items() if id_ in FORM_2021.cells}
    assert figures_in(output, FORM_2021) == kept
    left = {entry["id"]: entry["value"] for entry in answer["not_moved"] if entry["now"] is None}
    assert left == {id_: value for id_, value in values.items() if id_ not in kept}
    assert all("2021" in e["why"] for e in answer["not_moved"] if e["now"] is None)
    assert {e["id"] for e in answer["not_moved"] if e["now"] is not None} == {
        cell.id for cell in FORM_2019.totals if cell.row == "handled"
    }
    assert set(answer["blank"]) == {cell.id for cell in FORM_2021.inputs} - set(kept)


def test_the_shared_ids_of_both_formats_bear_the_same_or_reworded_labels() -> None:
    """What moves by its id alone must mean the same: every difference in words is looked at here."""
    shared = [id_ for id_, cell in FORM_2019.cells.items() if id_ in FORM_2021.cells and cell.table]
    differing = {
        (FORM_2019.cells[id_].label, FORM_2021.cells[id_].label)
        for id_ in shared
        if FORM_2019.cells[id_].label != FORM_2021.cells[id_].label
    }
    assert {tuple(label.rpartition(" › ")[2] for label in pair) for pair in differing} == {
        ("处理决定数量", "本年处理决定数量")
    }
    assert len(shared) > 170


def test_a_later_format_filled_for_an_earlier_year_goes_back(run: Run, tmp_path: Path) -> None:
    values = numbered(FORM_2021)
    wrong = save(submission_of(FORM_2021, values, period=Period(2021)), tmp_path / "a.xlsx")
    output = tmp_path / "b.xlsx"
    ran = run("migrate", wrong, "--form", "zfxxgk-2019", "--year", "2020", "-o", output, "--json")
    (answer,) = ran.json["files"]
    kept = {id_: value for id_, value in values.items() if id_ in FORM_2019.cells}
    assert (ran.status, figures_in(output, FORM_2019)) == (1, kept)
    left = {entry["id"] for entry in answer["not_moved"] if entry["now"] is None}
    assert left == set(values) - set(kept)


def test_a_workbook_without_identity_becomes_one_of_ours(run: Run, tmp_path: Path) -> None:
    path = save(submission_of(FORM_2021, numbered(FORM_2021)), tmp_path / "自制.xlsx")
    book = openpyxl.load_workbook(path)
    del book["_xltools"]
    book.save(path)
    output = tmp_path / "新表.xlsx"
    ran = run("migrate", path, "-o", output, "--json")
    assert (ran.status, ran.json["files"][0]["status"]) == (0, "moved")
    assert figures_in(output, FORM_2021) == numbered(FORM_2021)
    assert xltools.read(output).unit == UNIT


def test_a_current_workbook_is_not_written_again(run: Run, fill: Callable[..., Path], tmp_path: Path) -> None:
    ran = run("migrate", fill("a.xlsx"), "-o", tmp_path / "b.xlsx", "--json")
    assert (ran.status, ran.json["files"][0]["status"]) == (0, "current")
    assert not (tmp_path / "b.xlsx").exists()


def test_the_wrong_year_is_put_right(run: Run, fill: Callable[..., Path], tmp_path: Path) -> None:
    output = tmp_path / "b.xlsx"
    ran = run("migrate", fill("a.xlsx", {"t3.new.natural": 2}), "--year", "2024", "-o", output)
    assert ran.status == 0
    again = xltools.read(output)
    assert (again.period, again.values["t3.new.natural"]) == (Period(2024), 2)


def test_what_cannot_be_moved_at_all(run: Run, fill: Callable[..., Path], old: Path, tmp_path: Path) -> None:
    summary = tmp_path / "汇总.xlsx"
    run("merge", fill("a.xlsx"), "-o", summary)
    monthly = fill("月报.xlsx", form=str(MONTHLY_FILE), period="2018-03")
    early = fill("早.xlsx", form="zfxxgk-2019", period="2020")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\3\4")
    cases = {
        summary: "MIGRATE-SUMMARY",
        monthly: "MIGRATE-PERIOD",
        early: "MIGRATE-PERIOD",
        tmp_path / "坏.xlsx": "FILE-NOT-WORKBOOK",
    }
    for path, code in cases.items():
        ran = run("migrate", path, "--form", "zfxxgk-2021", "-o", tmp_path / "新.xlsx", "--json")
        (answer,) = ran.json["files"]
        assert (ran.status, answer["status"], answer["findings"][0]["code"]) == (2, "refused", code), path
    again = run("migrate", monthly, "--form", "zfxxgk-2021", "--year", "2025", "-o", tmp_path / "新.xlsx")
    assert (again.status, "[MIGRATE-UNRELATED]" in again.out) == (2, True)
    unknown = run("migrate", monthly, "-o", tmp_path / "新.xlsx", "--json").json["files"][0]
    assert unknown["findings"][0]["code"] == "MIGRATE-NO-FORM"
    assert not (tmp_path / "新.xlsx").exists()


def test_a_folder_goes_into_a_folder_and_inputs_are_never_replaced(
    run: Run, old: Path, now: Path, tmp_path: Path
) -> None:
    before = old.read_bytes()
    shutil.copy(old, old.parent / "科技局.xlsx")
    ran = run("migrate", old.parent, "--form", now, "-o", tmp_path / "新", "--lang", "zh")
    assert sorted(p.name for p in (tmp_path / "新").iterdir()) == ["教育局.xlsx", "科技局.xlsx"]
    assert ran.out.count("没有移过去的") == 2
    assert "计入（六）第3项" in ran.out
    for target in (old.parent, old):
        refused = run("migrate", old, "--form", now, "-o", target, "--force")
        assert (refused.status, "never replaced" in refused.err) == (2, True)
    one_file = run("migrate", old.parent, "--form", now, "-o", tmp_path / "一个.xlsx")
    assert (one_file.status, "folder" in one_file.err) == (2, True)
    exists = run("migrate", old.parent, "--form", now, "-o", tmp_path / "新")
    assert (exists.status, "--force" in exists.err) == (2, True)
    assert old.read_bytes() == before
    both = run("migrate", old, "-o", tmp_path / "x.xlsx", "--year", "2024", "--period", "2024-01")
    assert both.status == 2
