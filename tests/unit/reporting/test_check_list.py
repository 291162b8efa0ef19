"""The list of findings as a workbook: message first, filters, A4 across, texts stay texts."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.support.workbooks import FORM_2021, UNIT, submission_of
from xltools.checking.check import check_submission
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding
from xltools.model.unit import Unit
from xltools.reporting.check_list import check_list
from xltools.writing.workbook import render_workbook

ZH = ("问题", "单位", "单位编码", "文件", "位置", "现在是", "应为", "怎么改", "性质", "编号", "说明")
EN = (
    "Finding",
    "Unit",
    "Unit code",
    "File",
    "Where",
    "Is",
    "Should be",
    "What to do",
    "Kind",
    "Code",
    "Explanation",
)


def bad(file: str = "单位.xlsx", unit: Unit = UNIT, text: str = "约9") -> CheckedFile:
    submission = submission_of(
        FORM_2021, {"t3.new.natural": 12, "t3.granted.natural": text}, unit=unit, texts={}
    )
    whole, found = check_submission(submission)
    return CheckedFile(file, "0", whole, found)


CLEAN = CheckedFile("好.xlsx", "0", submission_of(FORM_2021), ())
UNREADABLE = CheckedFile("坏的.xlsx", None, None, (finding("FILE-PASSWORD"),))


def book_of(*files: CheckedFile, language: str = "zh") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_workbook(check_list(files, language))))  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "headings"), [("zh", ZH), ("en", EN)])
def test_headings(language: str, headings: tuple[str, ...]) -> None:
    sheet = book_of(bad(), language=language).worksheets[0]
    assert tuple(cell.value for cell in sheet[3]) == headings


def test_a_row_a_finding() -> None:
    file = bad()
    sheet = book_of(file, UNREADABLE, CLEAN).worksheets[0]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(file.findings) + 1
    row = next(row for row in rows if row[9] == "TEXT-IN-NUMBER")
    assert row[:6] == (
        "应填数字，实际是文字“约9”。",
        "云山县某局",
        "990131001",
        "单位.xlsx",
        "三!D7 三、本年度办理结果 › （一）予以公开 › 申请人情况 › 自然人",
        "约9",
    )
    assert rows[-1][0] == "文件设置了打开密码，无法读取。"
    kinds = [row[8] for row in rows[:-1]]
    assert kinds == sorted(kinds, key=["错误性", "核实性", "提示性"].index)


def test_figures_stay_figures() -> None:
    found = replace(finding("NEGATIVE", actual=-3, expected=0), comparator=">=")
    sheet = book_of(CheckedFile("a.xlsx", "0", None, (found,))).worksheets[0]
    assert (sheet["F4"].value, sheet["G4"].value) == (-3, "应不小于 0")


def test_every_file_with_its_status() -> None:
    sheet = book_of(bad(), UNREADABLE, CLEAN).worksheets[1]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[3]) for row in rows] == [
        ("有错误", "单位.xlsx"),
        ("无法读取", "坏的.xlsx"),
        ("通过", "好.xlsx"),
    ]
    assert [row[5:] for row in rows][1:] == [(1, 0, 0, 0), (0, 0, 0, 0)]


def test_it_can_be_filtered_sorted_and_printed() -> None:
    book = book_of(bad())
    for sheet in book.worksheets:
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$3:$3"
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert not sheet.protection.sheet
    assert book.security is None or not book.security.lockStructure


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x"]
)
def test_formulas_stay_texts(text: str) -> None:
    file = bad(text, Unit(text, text, text), text)
    explained = replace(file, findings=tuple(replace(f, explanation=text) for f in file.findings))
    book = book_of(explained)
    cells = [
        cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == text
    ]
    assert {cell.column for cell in cells if cell.parent is book.worksheets[0]} == {2, 3, 4, 6, 11}
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_long_texts_are_cut_and_control_characters_gone() -> None:
    sheet = book_of(bad(text="长\x07" * 16_000)).worksheets[0]
    texts = [cell.value for row in sheet.iter_rows(min_row=4) for cell in row if isinstance(cell.value, str)]
    assert max(map(len, texts)) <= 600
    assert not any("\x07" in text or "_x0007_" in text for text in texts)


def test_nothing_found() -> None:
    book = book_of(CLEAN)
    assert book.sheetnames == ["问题清单", "文件一览"]
    assert list(book.worksheets[0].iter_rows(min_row=4, values_only=True)) == []


def test_the_same_bytes_twice() -> None:
    assert render_workbook(check_list((bad(),), "zh")) == render_workbook(check_list((bad(),), "zh"))
