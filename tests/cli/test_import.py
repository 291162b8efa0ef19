"""``xltools import`` and ``xltools diff``: files, answers, exit status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.cli.conftest import Ran
from tests.support.cases import ROOT
from tests.support.reports import as_docx, as_html, as_text, numbered, without_row
from tests.support.workbooks import (
    FORM_2019,
    FORM_2021,
    LAST_PERIOD,
    MONTHLY,
    MONTHLY_FILE,
    form_id,
    save,
    submission_of,
)
from xltools.diagnostics.exceptions import UsageError
from xltools.layout.text_size import text_width
from xltools.model.form import Form
from xltools.model.outcomes import with_totals
from xltools.model.submission import Submission
from xltools.model.unit import Unit

Run = Callable[..., Ran]
EXAMPLES = ROOT / "examples"
DUE = submission_of(FORM_2021, {"t3.new.natural": 5, "t3.granted.natural": 5, "t2_8.fees.amount": 1.5})


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "公开" / "年度报告.html"
    path.parent.mkdir()
    path.write_bytes(as_html(DUE))
    return path


def test_a_page_becomes_a_workbook_that_passes(run: Run, page: Path, tmp_path: Path) -> None:
    output = tmp_path / "填报.xlsx"
    ran = run(
        "import", page, "-o", output, "--unit", "云山县教育局", "--code", "990131002", "--level", "县级部门"
    )
    assert (ran.status, ran.err) == (0, "")
    assert str(page) in ran.out
    assert str(output) in ran.out
    read = xltools.read(output)
    assert dict(read.values) == with_totals(DUE)
    assert read.unit == Unit("云山县教育局", "990131002", "县级部门")
    assert read.texts["s1.requests"] == DUE.texts["s1.requests"]
    book = openpyxl.load_workbook(output)
    assert book["三"]["D5"].value == 5
    assert str(book["三"]["J5"].value).startswith("=")  # the total computes itself again


def test_json_is_that_of_a_check_and_what_was_noticed_while_reading(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "a.xlsx"
    source = EXAMPLES / "published-report.txt"
    ran = run("import", source, "-o", output, "--json")
    assert (ran.status, ran.err) == (1, "")
    (entry,) = ran.json["files"]
    (checked,) = run("check", output, "--json").json["files"]
    own = [{k: v for k, v in f.items() if k != "file"} for f in entry["findings"] if f["file"] == str(output)]
    assert own == checked["findings"]
    assert {key: entry[key] for key in ("file", "form", "year", "unit", "sha256", "status")} == {
        key: checked[key] for key in ("file", "form", "year", "unit", "sha256", "status")
    }
    assert entry["source"]["file"] == str(source)
    noticed = [f for f in entry["findings"] if f["file"] == str(source)]
    assert {"TABLE-MISSING", "LABEL-SIMILAR", "ROWS-CUT"} <= {f["code"] for f in noticed}
    assert ran.json["counts"]["error"] == 1


def test_what_is_given_counts_before_what_is_read(run: Run, page: Path, tmp_path: Path) -> None:
    ran = run("import", page, "-o", tmp_path / "a.xlsx", "--unit", "别的局", "--year", "2023", "--json")
    (entry,) = ran.json["files"]
    assert (entry["unit"]["name"], entry["year"]) == ("别的局", 2023)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--form", "zfxxgk-2019", "--year", "2023"), "zfxxgk-2021"),
        (("--year", "2023", "--period", "2023-01"), "exclude"),
        (("--form", "no-such-form"), "no-such-form"),
        (("--year", "abc"), "abc"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str, run: Run, page: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.xlsx"
    ran = run("import", page, "-o", output, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert not output.exists()


def test_a_workbook_that_is_there_is_kept(run: Run, page: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.xlsx"
    output.write_text("mine")
    assert run("import", page, "-o", output).status == 2
    assert output.read_text() == "mine"
    assert run("import", page, "-o", output, "--force").status == 0
    assert run("import", output, "-o", output, "--force").status == 2


@pytest.mark.parametrize("name", ["没有.html", "."])
def test_what_is_not_there(name: str, run: Run, tmp_path: Path) -> None:
    ran = run("import", tmp_path / name, "-o", tmp_path / "a.xlsx")
    assert ran.status == 2
    assert not (tmp_path / "a.xlsx").exists()


def test_what_is_no_report_is_one_finding(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("关于开会的通知\n请参加。", "utf-8")
    ran = run("import", path, "-o", tmp_path / "a.xlsx", "--json")
    assert ran.status == 2
    (entry,) = ran.json["files"]
    assert (entry["status"], [f["code"] for f in entry["findings"]]) == ("unreadable", ["NOT-RECOGNISED"])


def test_a_home_made_workbook_goes_the_same_way(run: Run, tmp_path: Path) -> None:
    path = save(DUE, tmp_path / "旧.xlsx")
    book = openpyxl.load_workbook(path)
    del book["_xltools"]
    book.save(path)
    assert run("import", path, "-o", tmp_path / "新.xlsx").status == 0
    assert dict(xltools.read(tmp_path / "新.xlsx").values) == with_totals(DUE)


def test_a_monthly_return_from_a_word_file(run: Run, tmp_path: Path) -> None:
    due = submission_of(MONTHLY, numbered(MONTHLY))
    path = tmp_path / "月报.docx"
    path.write_bytes(as_docx(due))
    output = tmp_path / "月报.xlsx"
    run("import", path, "-o", output, "--form", MONTHLY_FILE, "--period", "2018-03")
    assert dict(xltools.read(output, forms=[MONTHLY_FILE]).values) == with_totals(due)


@pytest.mark.parametrize("suffix", ["docx", "html", "txt", "pdf"])
def test_check_names_import_for_reports(suffix: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / f"报告.{suffix}"
    data = {"docx": as_docx(DUE), "html": as_html(DUE), "txt": as_text(DUE).encode(), "pdf": b"%PDF-1.4 x"}
    path.write_bytes(data[suffix])
    ran = run("check", path)
    assert ran.status == 2
    assert "xltools import" in ran.out


@pytest.mark.parametrize("name", ["坏.docx", "文件夹", "深.html"])
def test_what_to_do_fits_a_report(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "文件夹":
        path.mkdir()
    else:
        path.write_bytes(b"PK\x03\x04" + b"0" * 99 if name == "坏.docx" else b"<table><tr><td>" * 30_000)
    ran = run("import", path, "-o", tmp_path / "a.xlsx", "--lang", "zh")
    assert ran.status == 2
    assert not any(word in ran.out for word in ("Excel", "重新报送", "空白表", "工作簿"))
    assert ".docx" in ran.out


def test_a_missing_row_of_a_report_is_not_asked_of_the_unit(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(without_row(as_html(DUE), "（二）部分公开"))
    (file,) = run("import", path, "-o", tmp_path / "a.xlsx", "--lang", "zh", "--json").json["files"]
    fixes = {found["code"]: found["fix"] for found in file["findings"] if found["file"] == str(path)}
    assert "报告原文" in fixes["ROW-MISSING"]
    assert not any("重新报送" in fix or "下发" in fix for fix in fixes.values())


# ------------------------------------------------------------------ publish and back

ANNUAL = pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)


def filled(form: Form) -> Submission:
    """A return in which every figure differs from its neighbours."""
    return submission_of(form, {cell.id: 100 + 3 * number for number, cell in enumerate(form.inputs)})


@ANNUAL
@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_what_is_published_is_read_back(run: Run, tmp_path: Path, form: Form, ending: str) -> None:
    accepted = xltools.write(filled(form), tmp_path / "审定 表.xlsx")
    published = tmp_path / f"公布{ending}"
    assert run("publish", accepted, "-o", published, "--draft").status in (0, 1)
    ran = run("import", published, "-o", tmp_path / "读回.xlsx", "--json")
    (file,) = ran.json["files"]
    assert (file["form"], file["year"]) == (form.id, LAST_PERIOD[form.id].year)
    first, second = xltools.read(accepted), xltools.read(tmp_path / "读回.xlsx")
    assert dict(second.values) == dict(first.values)
    sections = {i: text for i, text in first.texts.items() if not i.startswith("cover.")}
    assert {i: second.texts.get(i) for i in sections} == sections
    same = run("diff", accepted, published, "--json")
    assert (same.status, same.json["same"]) == (0, True)


@ANNUAL
@pytest.mark.parametrize(("make", "ending"), [(as_text, "txt"), (as_html, "html"), (as_docx, "docx")])
def test_a_page_of_a_units_own_making_is_read(
    run: Run, tmp_path: Path, form: Form, make: Callable[[Submission], str | bytes], ending: str
) -> None:
    page = make(filled(form))
    source = tmp_path / f"页面.{ending}"
    source.write_bytes(page if isinstance(page, bytes) else page.encode("gb18030"))
    assert run("import", source, "-o", tmp_path / "填.xlsx").status in (0, 1)
    assert dict(xltools.read(tmp_path / "填.xlsx").values) == with_totals(filled(form))


# ------------------------------------------------------------------ diff


def test_what_was_published_is_what_was_accepted(run: Run, page: Path, tmp_path: Path) -> None:
    ran = run("diff", save(DUE, tmp_path / "a.xlsx"), page)
    assert (ran.status, ran.err) == (0, "")
    assert f"the same: {len(FORM_2021.figures)} figures" in ran.out


def other(due: Submission, tmp_path: Path, **values: int) -> Path:
    changed = {key.replace("__", "."): value for key, value in values.items()}
    path = tmp_path / "b.docx"
    path.write_bytes(as_docx(submission_of(due.form, {**due.values, **changed}, texts=due.texts)))
    return path


def test_a_figure_that_differs_is_shown_with_both_places(run: Run, tmp_path: Path) -> None:
    a = save(DUE, tmp_path / "a.xlsx")
    b = other(DUE, tmp_path, t3__new__natural=6)
    ran = run("diff", a, b)
    assert ran.status == 1
    line = next(line for line in ran.out.split("\n") if "自然人" in line)
    assert "A 5" in line
    assert "三!D5" in line
    assert "B 6" in line
    assert "表格" in line
    answer = run("diff", a, b, "--json")
    assert answer.status == 1
    assert not answer.json["same"]
    assert [(f["id"], f["a"], f["b"]) for f in answer.json["figures"]] == [
        ("t3.new.natural", 5, 6),
        ("t3.new.total", 5, 6),
    ]
    assert answer.json["figures"][0]["a_place"] == {"sheet": "三", "cell": "D5"}


def broken(due: Submission, tmp_path: Path) -> Path:
    """A page that lacks a row, and in which a figure is broken over two lines."""
    page = without_row(as_html(due), "（二）部分公开")
    assert page.count(b">1234<") == 1
    path = tmp_path / "b.html"
    path.write_bytes(page.replace(b">1234<", b">12<br>34<"))
    return path


def test_what_was_not_read_is_neither_the_same_nor_another_figure(run: Run, tmp_path: Path) -> None:
    due = submission_of(FORM_2021, {**DUE.values, "t2_5.licensing.decisions": 1234, "t3.partly.natural": 7})
    a, b = save(due, tmp_path / "a.xlsx"), broken(due, tmp_path)
    ran = run("diff", a, b, "--lang", "zh")
    assert ran.status == 1
    assert "读取 B 时的问题" in ran.out
    assert "ROW-MISSING" in ran.out
    line = next(line for line in ran.out.split("\n") if "自然人" in line)
    assert line.split() == ["自然人", "A", "7", "三!D8", "B", "未能读取"]
    assert "B “12 34”不是数字" in ran.out
    answer = run("diff", a, b, "--json").json
    assert not answer["same"]
    assert answer["counts"]["compared"] == len(FORM_2021.figures) - answer["counts"]["unread"]
    assert {found["id"].rpartition(".")[0] for found in answer["unread"]} == {"t3.partly", "t2_5.licensing"}
    assert [found["code"] for found in answer["b"]["findings"]] == ["ROW-MISSING"]
    assert answer["a"]["findings"] == []


def test_what_is_printed_fits_a_screen(run: Run, tmp_path: Path) -> None:
    inputs = [cell.id for cell in FORM_2021.inputs]
    a = save(submission_of(FORM_2021, dict.fromkeys(inputs, 10**9)), tmp_path / "很长的文件名.xlsx")
    b = save(submission_of(FORM_2021, dict.fromkeys(inputs, 10**8)), tmp_path / "b.xlsx")
    for language in ("zh", "en"):
        ran = run("diff", a, b, "--lang", language)
        lines = [line for line in ran.out.split("\n") if str(tmp_path) not in line]
        assert max(map(text_width, lines)) <= 110
        assert sum("A " in line and "B " in line for line in lines) == len(FORM_2021.figures)


def test_texts_alone_do_not_fail(run: Run, tmp_path: Path) -> None:
    a = save(DUE, tmp_path / "a.xlsx")
    changed = submission_of(FORM_2021, DUE.values, texts={**DUE.texts, "s5.text": "另有问题。"})
    b = save(changed, tmp_path / "b.xlsx")
    ran = run("diff", a, b)
    assert ran.status == 0
    assert "另有问题" in ran.out
    assert "1 text differs" in ran.out


def test_last_years_and_another_form(run: Run, tmp_path: Path) -> None:
    a = save(submission_of(FORM_2019), tmp_path / "a.xlsx")
    ran = run("diff", a, save(submission_of(FORM_2021), tmp_path / "b.xlsx"), "--lang", "zh")
    assert ran.status == 0
    assert "表式不同" in ran.out
    assert "报告期不同" in ran.out


def test_one_that_cannot_be_read(run: Run, page: Path, tmp_path: Path) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(b"%PDF-1.7")
    ran = run("diff", page, path, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert "坏.pdf" in ran.err


# ------------------------------------------------------------------ the library


def test_the_calls(page: Path, tmp_path: Path) -> None:
    imported = xltools.import_report(page, tmp_path / "a.xlsx")
    assert imported.written is not None
    assert imported.source.submission is not None
    read = xltools.read_report(page)
    assert dict(read.values) == with_totals(DUE)
    assert not xltools.diff(page, tmp_path / "a.xlsx").figures
    with pytest.raises(UsageError):
        xltools.import_report(page, tmp_path / "a.xlsx")
