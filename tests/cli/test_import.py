"""``xltools import`` and ``xltools diff``: what was published as figures, and against what was accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import xltools
from tests.cli.conftest import Ran
from tests.support.reports import as_docx, as_html, as_text
from tests.support.workbooks import FORM_2019, FORM_2021, LAST_PERIOD, form_id, submission_of
from xltools.model.form import Form
from xltools.model.submission import Submission

Run = Callable[..., Ran]
ROUND_TRIPS = pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)


def filled(form: Form, **changes: Any) -> Submission:
    """A return in which every figure differs from its neighbours."""
    values = {cell.id: 100 + 3 * number for number, cell in enumerate(form.inputs)}
    return submission_of(form, {**values, **changes})


@ROUND_TRIPS
@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_what_is_published_is_read_back(run: Run, tmp_path: Path, form: Form, ending: str) -> None:
    accepted = xltools.write(filled(form), tmp_path / "审定 表.xlsx")
    published = tmp_path / f"公布{ending}"
    assert run("publish", accepted, "-o", published, "--draft").status in (0, 1)
    ran = run("import", published, "-o", tmp_path / "读回.xlsx", "--json")
    (file,) = ran.json["files"]
    assert (file["form"], file["year"]) == (form.id, LAST_PERIOD[form.id].year)
    first, second = xltools.read(accepted), xltools.read(tmp_path / "读回.xlsx")
    assert {i: second.values.get(i) for i in first.values} == dict(first.values)
    sections = {i: text for i, text in first.texts.items() if not i.startswith("cover.")}
    assert {i: second.texts.get(i) for i in sections} == sections
    same = run("diff", accepted, published, "--json")
    assert (same.status, same.json["same"]) == (0, True)


@ROUND_TRIPS
@pytest.mark.parametrize(("make", "ending"), [(as_text, "txt"), (as_html, "html"), (as_docx, "docx")])
def test_a_page_of_a_units_own_making_is_read(
    run: Run, tmp_path: Path, form: Form, make: Callable[[Submission], str | bytes], ending: str
) -> None:
    page = make(filled(form))
    source = tmp_path / f"页面.{ending}"
    source.write_bytes(page if isinstance(page, bytes) else page.encode("gb18030"))
    assert run("import", source, "-o", tmp_path / "填.xlsx").status in (0, 1)
    assert dict(xltools.read(tmp_path / "填.xlsx").values).items() >= filled(form).values.items()


def test_a_figure_changed_on_the_way_is_named_in_its_cell(run: Run, tmp_path: Path) -> None:
    accepted = xltools.write(filled(FORM_2021), tmp_path / "a.xlsx")
    page = tmp_path / "b.html"
    page.write_bytes(as_html(filled(FORM_2021, **{"t3.granted.natural": 7})))
    ran = run("diff", accepted, page)
    assert ran.status == 1
    assert "（一）予以公开" in ran.out
    assert "7" in ran.out


def test_texts_that_differ_are_shown_and_figures_decide(run: Run, tmp_path: Path) -> None:
    one = filled(FORM_2021)
    other = submission_of(FORM_2021, one.values, texts={**one.texts, "s6.text": "另有其他事项需要说明。"})
    xltools.write(one, tmp_path / "a.xlsx")
    xltools.write(other, tmp_path / "b.xlsx")
    ran = run("diff", tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert ran.status == 0
    assert "另有其他事项需要说明" in ran.out


def test_what_is_no_report_gives_a_finding_and_no_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("今天天气很好。\n", "utf-8")
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 not really")
    for name in ("n.txt", "bad.docx", "."):
        ran = run("import", tmp_path / name, "-o", tmp_path / "out.xlsx")
        assert (ran.status, "Traceback" in ran.out + ran.err) == (2, False), name
        assert not (tmp_path / "out.xlsx").exists()
    assert run("diff", tmp_path / "n.txt", tmp_path / "missing.xlsx").status == 2


def test_nothing_is_replaced_unasked_and_the_source_never(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "页面.html"
    page.write_bytes(as_html(filled(FORM_2021)))
    (tmp_path / "out.xlsx").write_bytes(b"mine")
    assert run("import", page, "-o", tmp_path / "out.xlsx").status == 2
    assert (tmp_path / "out.xlsx").read_bytes() == b"mine"
    assert run("import", page, "-o", tmp_path / "out.xlsx", "--force").status in (0, 1)
    assert "三" in openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames
    assert run("import", page, "-o", page, "--force").status == 2


def test_check_of_a_report_names_import(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(as_docx(filled(FORM_2021)))
    ran = run("check", tmp_path / "a.docx")
    assert ran.status == 2
    assert "xltools import" in ran.out
