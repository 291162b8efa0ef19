"""``xltools publish``: what is written, what is refused and why, exit status, and the library call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import xltools
from tests.cli.conftest import Ran
from tests.support.published import figures_of, web_blocks, word_blocks
from tests.support.workbooks import FORM_2019, FORM_2021, MONTHLY_FILE, form_id, save, submission_of
from xltools.definition.library import load_form
from xltools.diagnostics.exceptions import UsageError
from xltools.layout.report_text import DRAFT_MARK
from xltools.model.form import Form
from xltools.model.unit import Unit

Run = Callable[..., Ran]
Fill = Callable[..., Path]
GOOD = {"t3.new.natural": 5, "t3.granted.natural": 5, "t2_8.fees.amount": 1.5}
BAD = {"t3.new.natural": 5}


def test_word_and_web_at_once(run: Run, fill: Fill, tmp_path: Path) -> None:
    file = fill("报送/教育局.xlsx", GOOD)
    word, web = tmp_path / "年度报告.docx", tmp_path / "年度报告.html"
    ran = run("publish", file, "-o", word, "-o", web, "--lang", "zh")
    assert (ran.status, ran.err) == (0, "")
    assert f"已写出：{word}\n已写出：{web}\n" in ran.out
    blocks = word_blocks(word.read_bytes())
    assert blocks == web_blocks(web.read_text("utf-8"))
    assert blocks[0] == ("title", "云山县教育局\n2025年政府信息公开工作年度报告")
    grids = [block for block in blocks if isinstance(block, list)]
    figures = figures_of(load_form("zfxxgk-2021"), grids)
    assert figures["t3.new.natural"] == figures["t3.handled.total"] == "5"
    assert figures["t2_8.fees.amount"] == "1.5"


def test_a_form_of_ones_own(run: Run, fill: Fill, tmp_path: Path) -> None:
    form = load_form(str(MONTHLY_FILE))
    values = {"m.r01.current": 3, "m.r01.cumulative": 3}
    file = fill("月报.xlsx", values, form=form, period="2018-01")
    output = tmp_path / "月报.docx"
    assert run("publish", file, "--form", MONTHLY_FILE, "-o", output).status == 0
    title = word_blocks(output.read_bytes())[0]
    assert title == ("title", "云山县教育局\n2018年1月政府信息公开情况统计报表")


def test_a_summary(run: Run, fill: Fill, tmp_path: Path) -> None:
    for number in (1, 2):
        fill(f"报送/{number}.xlsx", GOOD, unit=Unit(f"第{number}局", f"0{number}", "县级部门"))
    summary, output = tmp_path / "汇总.xlsx", tmp_path / "汇总.html"
    named = ("--unit", "云山县", "--code", "99", "--level", "县级政府")
    assert run("merge", tmp_path / "报送", *named, "-o", summary).status == 0
    assert run("publish", summary, "-o", output).status == 0
    blocks = web_blocks(output.read_text("utf-8"))
    assert blocks[0] == ("title", "云山县\n2025年政府信息公开工作年度报告")
    grids = [block for block in blocks if isinstance(block, list)]
    assert figures_of(load_form("zfxxgk-2021"), grids)["t3.new.total"] == "10"


def test_contract(run: Run, fill: Fill, tmp_path: Path) -> None:
    output = tmp_path / "r.html"
    answer = run("publish", fill("a.xlsx", GOOD), "-o", output, "--json").json
    assert (answer["status"], answer["outputs"], answer["draft"]) == ("ok", [str(output)], False)
    assert (answer["form"], answer["year"], answer["unit"]["name"]) == ("zfxxgk-2021", 2025, "云山县教育局")


def test_what_did_not_pass_is_not_published(run: Run, fill: Fill, tmp_path: Path) -> None:
    output = tmp_path / "r.docx"
    ran = run("publish", fill("a.xlsx", BAD), "-o", output, "--lang", "zh")
    assert (ran.status, output.exists()) == (1, False)
    assert "T3-BALANCE" in ran.out
    assert "没有通过审核，没有写出" in ran.out
    answer = run("publish", tmp_path / "a.xlsx", "-o", output, "--json").json
    assert (answer["status"], answer["outputs"]) == ("error", [])
    assert answer["findings"]


def test_what_is_to_be_explained_is_not_published_before_it_is(run: Run, fill: Fill, tmp_path: Path) -> None:
    values = {**GOOD, "t2_1.normative.issued": 2, "t2_1.normative.in_force": 1}
    output = tmp_path / "r.docx"
    ran = run("publish", fill("a.xlsx", values), "-o", output, "--json")
    assert (ran.status, ran.json["status"], output.exists()) == (1, "explain", False)
    key = next(f["code"] for f in ran.json["findings"] if f["severity"] == "explain")
    instance = next(
        i for i in load_form("zfxxgk-2021").instances if i.rule.id == key and "normative" in i.key
    )
    explained = fill("b.xlsx", values, explanations={instance.key: "当年制发当年废止"})
    assert run("publish", explained, "-o", output).status == 0


def test_a_draft_is_written_and_says_what_it_is(run: Run, fill: Fill, tmp_path: Path) -> None:
    output = tmp_path / "r.docx"
    ran = run("publish", fill("a.xlsx", BAD), "-o", output, "--draft", "--lang", "zh")
    assert ran.status == 1
    assert "草稿" in ran.out
    assert ("below", f"（{DRAFT_MARK}）") in word_blocks(output.read_bytes())
    good = tmp_path / "g.docx"
    assert run("publish", fill("b.xlsx", GOOD), "-o", good, "--draft").status == 0
    assert DRAFT_MARK not in str(word_blocks(good.read_bytes()))


def test_missing_texts_are_noted(run: Run, fill: Fill, tmp_path: Path) -> None:
    file = tmp_path / "空.xlsx"
    form = load_form("zfxxgk-2021")
    save(submission_of(form, texts={}), file)
    output = tmp_path / "r.html"
    ran = run("publish", file, "-o", output)
    assert ran.status == 0
    assert "TEXT-BLANK" in ran.out
    headings = [block[1] for block in web_blocks(output.read_text("utf-8")) if block[0] == "h1"]
    assert headings == [section.title for section in form.sections]


def test_the_day(run: Run, fill: Fill, tmp_path: Path) -> None:
    file, output = fill("a.xlsx", GOOD), tmp_path / "r.html"
    assert run("publish", file, "-o", output, "--date", "2026-01-28").status == 0
    assert ("below", "（2026年1月28日）") in web_blocks(output.read_text("utf-8"))
    ran = run("publish", file, "-o", output, "--date", "2026-02-30", "--force")
    assert (ran.status, ran.out) == (2, "")
    assert "is no day" in ran.err


def test_unreadable(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "坏.xlsx"
    file.write_bytes(b"nothing")
    ran = run("publish", file, "-o", tmp_path / "r.docx", "--draft")
    assert (ran.status, (tmp_path / "r.docx").exists()) == (2, False)
    assert "Nothing was written" in ran.out


@pytest.mark.parametrize("output", ["r.pdf", "r.doc", "r", "没有/r.docx", "."])
def test_outputs_that_cannot_be(run: Run, fill: Fill, tmp_path: Path, output: str) -> None:
    ran = run("publish", fill("a.xlsx", GOOD), "-o", tmp_path / "r.html", "-o", tmp_path / output)
    assert (ran.status, ran.out, (tmp_path / "r.html").exists()) == (2, "", False)
    assert ran.err


def test_nothing_is_replaced_unasked_and_what_is_read_never(run: Run, fill: Fill, tmp_path: Path) -> None:
    file, output = fill("a.xlsx", GOOD), tmp_path / "r.docx"
    output.write_bytes(b"mine")
    ran = run("publish", file, "-o", output)
    assert (ran.status, output.read_bytes()) == (2, b"mine")
    assert "--force" in ran.err
    assert run("publish", file, "-o", output, "--force").status == 0
    odd = file.rename(tmp_path / "a.html")
    before = odd.read_bytes()
    ran = run("publish", odd, "-o", odd, "--force")
    assert (ran.status, odd.read_bytes()) == (2, before)


def test_one_output_named_twice(run: Run, fill: Fill, tmp_path: Path) -> None:
    output = tmp_path / "r.html"
    ran = run("publish", fill("a.xlsx", GOOD), "-o", output, "-o", f"{tmp_path}/./r.html")
    assert (ran.status, output.exists()) == (2, False)


def test_one_report_at_a_time(run: Run, fill: Fill, tmp_path: Path) -> None:
    fill("报送/a.xlsx", GOOD)
    fill("报送/b.xlsx", GOOD)
    ran = run("publish", tmp_path / "报送", "-o", tmp_path / "r.html")
    assert (ran.status, ran.out) == (2, "")
    assert "holds 2 files" in ran.err
    assert run("publish", tmp_path / "没有.xlsx", "-o", tmp_path / "r.html").status == 2


def test_the_same_file_gives_the_same_bytes(run: Run, fill: Fill, tmp_path: Path) -> None:
    file = fill("a.xlsx", GOOD)
    for suffix in ("docx", "html"):
        files = [tmp_path / f"{name}.{suffix}" for name in "xy"]
        for output in files:
            assert run("publish", file, "-o", output).status == 0
        assert files[0].read_bytes() == files[1].read_bytes()


def test_as_a_library(fill: Fill, tmp_path: Path) -> None:
    file, output = fill("a.xlsx", GOOD), tmp_path / "r.docx"
    result = xltools.publish(file, output, date="2026-01-28")
    assert (result.outputs, result.draft, str(result.checked.status)) == ((output,), False, "ok")
    assert output.exists()
    with pytest.raises(UsageError):
        xltools.publish(file, tmp_path / "r.pdf")


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
@pytest.mark.parametrize("ending", ["docx", "html"])
def test_pictures_in_the_report_change_nothing_that_is_read(
    run: Run, tmp_path: Path, form: Form, ending: str
) -> None:
    values = {cell.id: 100 + 3 * number for number, cell in enumerate(form.inputs)}
    accepted = save(submission_of(form, values), tmp_path / "a.xlsx")
    bare, drawn = tmp_path / f"bare.{ending}", tmp_path / f"带图.{ending}"
    assert run("publish", accepted, "-o", bare, "--draft").status == 1
    assert run("publish", accepted, "-o", drawn, "--draft", "--with-pictures").status == 1
    if ending == "html":
        assert drawn.read_text("utf-8").count("<svg") == 2
    one, other = (xltools.read_report(path) for path in (bare, drawn))
    assert (dict(one.values), dict(one.texts)) == (dict(other.values), dict(other.texts))
    found = run("import", bare, "-o", tmp_path / "1.xlsx", "--json").json["files"][0]["findings"]
    again = run("import", drawn, "-o", tmp_path / "2.xlsx", "--json").json["files"][0]["findings"]
    assert [f["code"] for f in found] == [f["code"] for f in again]
    ran = run("diff", accepted, drawn, "--json")
    assert (ran.status, ran.json["texts"]) == (0, [])


def test_a_report_of_a_form_without_charts_has_no_pictures(run: Run, fill: Fill, tmp_path: Path) -> None:
    definition = tmp_path / "form.toml"
    text = MONTHLY_FILE.read_text("utf-8").partition(
        "# ================================================================ charts"
    )[0]
    definition.write_text(text, "utf-8")
    form = load_form(str(definition))
    file = fill("月报.xlsx", {}, form=form, period="2018-01")
    ran = run("publish", file, "--form", definition, "-o", tmp_path / "r.html", "--with-pictures")
    assert (ran.status, (tmp_path / "r.html").exists()) == (2, False)
    assert "no chart of bars" in ran.err


def test_pictures_on_request(run: Run, fill: Fill, tmp_path: Path) -> None:
    file, output, folder = fill("a.xlsx", GOOD), tmp_path / "r.html", tmp_path / "图"
    assert run("publish", file, "-o", output, "--pictures", folder).status == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["云山县教育局_2025_applicants.svg", "云山县教育局_2025_results.svg"]
    assert DRAFT_MARK not in "".join(path.read_text("utf-8") for path in folder.iterdir())
    bad = ("publish", fill("b.xlsx", BAD), "-o", tmp_path / "b.html", "--pictures", tmp_path / "样")
    assert run(*bad, "--draft").status == 1
    assert all(DRAFT_MARK in path.read_text("utf-8") for path in (tmp_path / "样").iterdir())
    output.unlink()
    ran = run("publish", file, "-o", output, "--pictures", folder)
    assert (ran.status, output.exists()) == (2, False)
    assert "--force" in ran.err
