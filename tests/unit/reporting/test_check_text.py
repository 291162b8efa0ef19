"""The check for people: grouping, places in the words of the form, figures, counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xltools.checking.result import CheckedFile
from xltools.definition.library import load_form
from xltools.diagnostics.findings import CellRef, Comparator, Finding, Severity
from xltools.diagnostics.text import Text
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.reporting.check_text import check_text, file_text

FORM = load_form("zfxxgk-2021")
MESSAGE, FIX = Text("不符", "does not fit"), Text("请改", "change it")


def finding(
    cell: str,
    code: str = "R",
    severity: Severity = Severity.ERROR,
    message: Text = MESSAGE,
    actual: float | str | None = None,
    expected: float | None = None,
    explanation: str | None = None,
) -> Finding:
    place = CellRef("三", cell, f"id.{cell}", f"标签{cell}")
    return Finding(code, severity, message, FIX, place, actual, expected, explanation=explanation)


def checked(*findings: Finding, name: str = "甲局", code: str = "01", file: str = "甲.xlsx") -> CheckedFile:
    return CheckedFile(file, "0", Submission(FORM, Period(2025), Unit(name, code), {}), findings)


def test_the_heading_says_whose_it_is() -> None:
    lines = file_text(checked(finding("D5")), "zh").splitlines()
    assert lines[:4] == [
        "■ 甲局（01）",
        "  政府信息公开工作年度报告 · 2025年 · zfxxgk-2021",
        "  文件：甲.xlsx",
        "  结果：有错误 — 须改正 1 处",
    ]


def test_alike_findings_say_message_and_fix_once() -> None:
    text = file_text(checked(*(finding(f"{c}5", actual=1, expected=2.5) for c in "DEFGHIJK")), "zh")
    assert (text.count("不符"), text.count("请改")) == (1, 1)
    assert text.count("现在是 1，应为 2.5") == 8


def test_one_fix_for_several_messages() -> None:
    text = file_text(checked(finding("D5"), finding("D6", message=Text("另一句", "another"))), "zh")
    assert text.count("请改") == 1
    assert "  1. 不符  [R]\n" in text
    assert "     另一句\n" in text


def test_many_cells_without_figures_become_ranges() -> None:
    text = file_text(checked(*(finding(f"{c}{r}") for r in (5, 6) for c in "DEFG"), finding("J9")), "zh")
    assert "三!D5:G6、J9（共 9 格，如 标签D5）" in text


def test_what_is_known_of_the_figures() -> None:
    text = file_text(checked(finding("D5", actual="五"), finding("D6", expected=3.0)), "en")
    assert "标签D5  is “五”\n" in text
    assert "标签D6  should be 3\n" in text


@pytest.mark.parametrize(
    ("comparator", "words"),
    [("==", "应为 2"), ("!=", "不应为 2"), ("<", "应小于 2"), ("<=", "应不大于 2"), (">=", "应不小于 2")],
)
def test_how_it_should_stand(comparator: Comparator, words: str) -> None:
    text = file_text(checked(replace(finding("D5", actual=1, expected=2), comparator=comparator)), "zh")
    assert f"现在是 1，{words}\n" in text


def test_parts_by_what_they_ask_for() -> None:
    text = file_text(
        checked(
            finding("D5", "A", Severity.NOTE),
            finding("D6", "B", Severity.EXPLAIN),
            finding("D7", "C", Severity.EXPLAIN, explanation="已核实"),
            finding("D8", "D"),
        ),
        "zh",
    )
    assert [text.index(f"[{code}]") for code in "DBCA"] == sorted(text.index(f"[{code}]") for code in "DBCA")
    assert "结果：有错误 — 须改正 1 处，待说明 1 处，已说明 1 处，提示 1 处" in text
    assert "说明：已核实" in text


def test_an_unreadable_file_has_only_its_name() -> None:
    found = Finding("FILE-PASSWORD", Severity.ERROR, MESSAGE, FIX)
    lines = file_text(CheckedFile("坏.xlsx", None, None, (found,)), "en").splitlines()
    assert lines[:2] == ["■ 坏.xlsx", "  Result: cannot be read — 1 to correct"]


def test_many_files_end_with_the_counts() -> None:
    files = [checked(finding("D5")), checked(name="乙局", code="02", file="乙.xlsx"), checked(file="丙.xlsx")]
    *_, passed, counts = check_text(iter(files), "zh")
    assert passed.splitlines() == ["■ 通过", "  乙局（02）  乙.xlsx", "  甲局（01）  丙.xlsx", ""]
    assert counts == "共 3 个文件：通过 2，有错误 1\n"


def test_a_unit_or_a_period_that_nobody_named() -> None:
    nameless = CheckedFile("a.xlsx", "0", Submission(FORM, None, Unit(""), {}), (finding("D5"),))
    assert file_text(nameless, "en").splitlines()[:2] == [
        "■ (no unit name)",
        "  政府信息公开工作年度报告 · no period given · zfxxgk-2021",
    ]


def test_no_line_ends_in_blanks() -> None:
    files = [checked(finding("D5", actual=1), finding("D10")), checked()]
    for language in ("zh", "en"):
        text = "".join(check_text(files, language))  # type: ignore[arg-type]
        assert all(line == line.rstrip() for line in text.splitlines())
