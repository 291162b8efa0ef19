"""What XlsxWriter only warns about is raised; locks and bytes are exactly what was asked for."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.support.workbooks import FORM_2021, FORMS, form_id, submission_of
from xltools.layout.plan import PlannedCell, SheetPlan, Validation, WorkbookPlan
from xltools.layout.styles import Style
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.writing.strict import (
    ProtectedWorkbook,
    WritingError,
    legacy_password_hash,
    strictly,
    warnings_as_errors,
)
from xltools.writing.workbook import render_workbook


def plan_of(*sheets: SheetPlan) -> WorkbookPlan:
    return WorkbookPlan("题", "表", sheets, {})


def sheet(name: str = "表", *cells: PlannedCell, validations: tuple[Validation, ...] = ()) -> SheetPlan:
    return SheetPlan(name, cells, None, validations=validations)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


OVERLAPPING = PlannedCell(0, 0, Style.TITLE, "甲", columns=3)
LONG_LIST = Validation("A1", "list", "级别", "选", choices=("级" * 128, "别" * 128))
LONG_TITLE = Validation("A1", "any", "长" * 33, "填")
LONG_PROMPT = Validation("A1", "any", "题", "长" * 256)


@pytest.mark.parametrize(
    "plan",
    [
        plan_of(sheet(validations=(LONG_LIST,))),
        plan_of(sheet(validations=(LONG_TITLE,))),
        plan_of(sheet(validations=(LONG_PROMPT,))),
        plan_of(sheet("名" * 32)),
        plan_of(sheet("a/b")),
        plan_of(sheet("a"), sheet("A")),
        plan_of(sheet("表", PlannedCell(0, 0, Style.LABEL, "长" * 32_768))),
        plan_of(sheet("表", PlannedCell(1_048_576, 0, Style.LABEL, "下"))),
        plan_of(sheet("表", OVERLAPPING, replace(OVERLAPPING, column=2))),
        replace(plan_of(sheet()), names={"不 行": "'表'!$A$1"}),
    ],
    ids=["list", "title", "prompt", "name", "letter", "same", "text", "row", "merges", "defined name"],
)
def test_what_the_file_format_cannot_hold_is_raised(plan: WorkbookPlan) -> None:
    with pytest.raises(WritingError):
        render_workbook(plan)


def test_xlsxwriter_itself_would_only_have_warned() -> None:
    """Without the wrapper the list would be gone without a word: the reason for having one."""
    book = xlsxwriter.Workbook(io.BytesIO())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert book.add_worksheet().data_validation("A1", {"validate": "list", "source": ["级" * 256]}) < 0
    assert caught


def test_a_warning_is_raised_even_where_no_negative_code_comes_back() -> None:
    sheet_ = xlsxwriter.Workbook(io.BytesIO()).add_worksheet()
    with warnings_as_errors(), pytest.raises(WritingError, match="single cell"):
        strictly(sheet_.merge_range, 0, 0, 0, 0, "甲")


def test_warnings_of_others_are_left_as_they_were() -> None:
    render_workbook(plan_of(sheet()))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("elsewhere", UserWarning, stacklevel=1)
    assert len(caught) == 1


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_the_same_input_gives_the_same_bytes(form: Form) -> None:
    submission = submission_of(form)
    assert render_workbook(plan_workbook(submission)) == render_workbook(plan_workbook(submission))
    assert render_workbook(plan_workbook(submission), "密码") != render_workbook(plan_workbook(submission))


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_formulas_are_written_as_xlsxwriter_would(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    """No formula of a workbook, a highlight or a list needs the search that is left out."""
    plan = plan_workbook(submission_of(form))
    ours = render_workbook(plan)
    monkeypatch.setattr(ProtectedWorkbook, "worksheet_class", Worksheet)
    assert ours == render_workbook(plan)


def test_every_sheet_and_the_structure_are_locked() -> None:
    plan = plan_workbook(submission_of(FORM_2021))
    data = render_workbook(plan)
    assert '<workbookProtection lockStructure="1"/>' in part(data, "xl/workbook.xml")
    order = re.findall(r"<(workbookPr|workbookProtection|bookViews|sheets|definedNames|calcPr)\b", part(data, "xl/workbook.xml"))  # noqa: E501 # fmt: skip
    assert order == ["workbookPr", "workbookProtection", "bookViews", "sheets", "definedNames", "calcPr"]
    for number in range(1, len(plan.sheets) + 1):
        (lock,) = re.findall(r"<sheetProtection [^>]*>", part(data, f"xl/worksheets/sheet{number}.xml"))
        assert 'sheet="1"' in lock
        assert 'formatColumns="0"' in lock
        assert 'formatRows="0"' in lock
        assert "password" not in lock


def test_a_password_guards_sheets_and_structure() -> None:
    data = render_workbook(plan_workbook(submission_of(FORM_2021)), "test")
    assert 'workbookPassword="CBEB"' in part(data, "xl/workbook.xml")
    assert 'password="CBEB"' in part(data, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(("password", "hashed"), [("test", "CBEB"), ("password", "83AF")])
def test_the_password_hash_is_the_one_excel_stores(password: str, hashed: str) -> None:
    assert legacy_password_hash(password) == hashed


def test_texts_stay_texts_whatever_they_look_like() -> None:
    texts = ["=1+1", "007", "http://a.b", "1e5", "TRUE", "{=1}"]
    cells = tuple(PlannedCell(row, 0, Style.LABEL, text) for row, text in enumerate(texts))
    data = render_workbook(plan_of(sheet("表", *cells)))
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert xml.count('t="s"') == len(texts)
    assert "<f>" not in xml
    assert "hyperlink" not in xml


def test_no_workbook_carries_macros_volatile_functions_or_arrays() -> None:
    data = render_workbook(plan_workbook(submission_of(FORM_2021)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        everything = "".join(archive.read(name).decode() for name in names if name.endswith(".xml"))
    assert not [name for name in names if "vba" in name.lower() or "calcChain" in name]
    for word in ("NOW(", "TODAY(", "RAND", "OFFSET(", "INDIRECT(", 't="array"'):
        assert word not in everything
