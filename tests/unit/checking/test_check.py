"""What the checks find in a submission, beside the rules of the form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.workbooks import FORM_2021, FORMS, form_id, submission_of, texts_of
from xltools.checking.check import check_submission, in_order
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import CATALOG, finding
from xltools.diagnostics.findings import CellRef, Finding, Severity, Status
from xltools.excel.limits import MAX_EXACT_NUMBER
from xltools.excel.values import ErrorValue, Value
from xltools.model.form import Form
from xltools.model.submission import Explanation, Submission

MIN = "T2-IN-FORCE-MIN[normative]"
FEES_TOLD = {**texts_of(FORM_2021), "s6.text": "未收取信息处理费。"}
FEW: dict[str, Value] = {"t2_1.normative.issued": 3, "t2_1.normative.in_force": 1}


def found_in(submission: Submission) -> tuple[Finding, ...]:
    """All findings but for what is inferred from them (tested in ``test_culprit``)."""
    findings = in_order(submission.form, check_submission(submission)[1])
    return tuple(f for f in findings if f.code != "LIKELY-CULPRIT")


def found(values: dict[str, Value] | None = None, **more: object) -> tuple[Finding, ...]:
    return found_in(submission_of(FORM_2021, values, **more))  # type: ignore[arg-type]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{f.code}[{f.place.id}]" for f in findings]


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_a_complete_return_of_zeros_has_no_findings(form: Form) -> None:
    assert found_in(submission_of(form)) == ()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("无", "TEXT-IN-NUMBER"),
        ("12", "TEXT-IN-NUMBER"),
        (" ", "TEXT-IN-NUMBER"),
        (True, "TEXT-IN-NUMBER"),
        (ErrorValue("#REF!"), "ERROR-VALUE"),
        (-1, "NEGATIVE"),
        (1.5, "NOT-INTEGER"),
        (MAX_EXACT_NUMBER, "TOO-LARGE"),
        (float(MAX_EXACT_NUMBER), "TOO-LARGE"),
    ],
)
def test_what_a_cell_cannot_hold_is_named_with_its_place(value: Value, code: str) -> None:
    hits = [f for f in found({"t2_5.licensing.decisions": value}) if f.code == code]
    assert [(f.place.sheet, f.place.cell, f.place.id) for f in hits] == [
        ("二", "B8", "t2_5.licensing.decisions")
    ]
    assert hits[0].severity is Severity.ERROR
    assert "行政许可" in str(hits[0].place.label)


@pytest.mark.parametrize("value", [0, 7, 7.0, MAX_EXACT_NUMBER - 1])
def test_what_a_cell_can_hold_is_not_named(value: Value) -> None:
    assert found({"t2_5.licensing.decisions": value}) == ()


def test_decimals_are_right_where_they_are_due_and_signs_where_they_may_be() -> None:
    assert found({"t2_8.fees.amount": 25.17}, texts=FEES_TOLD) == ()
    signed = next(cell.id for cell in FORMS[0].inputs if cell.signed)
    given = {signed: -1, signed.replace("change", "last_year"): 1}
    assert "NEGATIVE" not in {f.code for f in found_in(submission_of(FORMS[0], given))}


def test_several_mistakes_of_one_cell_are_all_named() -> None:
    assert codes(found({"t2_5.licensing.decisions": -1.5})) == [
        "NEGATIVE[t2_5.licensing.decisions]",
        "NOT-INTEGER[t2_5.licensing.decisions]",
    ]


def test_a_blank_is_told_by_cell_by_row_or_by_table() -> None:
    cell = found({"t3.granted.natural": None, "t3.granted.legal": ""})
    assert codes(cell) == ["BLANK[t3.granted.natural]", "BLANK[t3.granted.legal]"]
    row = {c.id: None for c in FORM_2021.inputs if c.id.startswith("t3.granted.")}
    (finding_of_row,) = [f for f in found(row) if f.code == "BLANK"]
    assert len(finding_of_row.cells) == 6
    assert str(finding_of_row.place.label).endswith("（一）予以公开")
    table = {c.id: None for c in FORM_2021.inputs if c.table == "t4"}
    (finding_of_table,) = [f for f in found(table) if f.code == "BLANK"]
    assert len(finding_of_table.cells) == 12
    assert finding_of_table.place.label == "四、政府信息公开行政复议、行政诉讼情况"


def test_every_blank_cell_of_an_empty_return_is_named_once() -> None:
    blanks = [f for f in found_in(replace(submission_of(FORM_2021), values={})) if f.code == "BLANK"]
    named = [id_ for f in blanks for id_ in f.cells]
    assert sorted(named) == sorted(cell.id for cell in FORM_2021.inputs)


def test_in_a_zero_report_blanks_are_right_and_other_figures_are_not() -> None:
    nothing = replace(submission_of(FORM_2021, zero_report=True), values={})
    assert found_in(nothing) == ()
    (contradiction,) = found_in(
        replace(nothing, values={"t2_5.licensing.decisions": 3, "t2_8.fees.amount": 0.5}, texts=FEES_TOLD)
    )
    assert contradiction.code == "ZERO-REPORT"
    assert contradiction.cells == ("t2_5.licensing.decisions", "t2_8.fees.amount")
    assert (contradiction.actual, contradiction.expected) == (3, 0)


def test_totals_typed_over_are_told_right_wrong_or_emptied() -> None:
    total = frozenset({"t3.new.total"})
    values: dict[str, Value] = {"t3.new.natural": 2, "t3.granted.natural": 2}
    right = codes(found({**values, "t3.new.total": 2}, typed_totals=total))
    assert right == ["TOTAL-TYPED[t3.new.total]"]
    wrong = codes(found({**values, "t3.new.total": 5}, typed_totals=total))
    assert wrong == ["T3-BALANCE[t3.new.total]", "T3-TOTAL[t3.new.total]"]
    (empty,) = (f for f in found({**values, "t3.new.total": None}, typed_totals=total))
    assert (empty.code, empty.expected) == ("TOTAL-BLANK", 2)
    text = codes(found({**values, "t3.new.total": "二"}, typed_totals=total))
    assert text == ["TEXT-IN-NUMBER[t3.new.total]"]


def test_a_rule_shows_both_figures_and_where_it_points_to() -> None:
    (balance, total) = found({"t3.new.natural": 12, "t3.granted.natural": 21})
    assert (balance.code, balance.actual, balance.expected, balance.comparator) == (
        "T3-BALANCE",
        12,
        21,
        "==",
    )
    assert (balance.place.sheet, balance.place.cell) == ("三", "D5")
    assert set(balance.cells) == {
        f"t3.{row}.natural" for row in ("new", "carried_in", "handled", "carried_out")
    }
    assert total.place.id == "t3.new.total"


def test_an_explanation_takes_the_block_away_and_is_void_when_its_figures_change() -> None:
    (open_,) = found(FEW)
    assert (open_.severity, open_.blocks, open_.explanation) == (Severity.EXPLAIN, True, None)
    (explained,) = found(FEW, explanations={MIN: Explanation("年内废止", 1, 3)})
    assert (explained.blocks, explained.explanation) == (False, "年内废止")
    void = found(FEW, explanations={MIN: Explanation("年内废止", 1, 4)})
    assert [f.code for f in void] == ["EXPLANATION-VOID", "T2-IN-FORCE-MIN"]
    assert [f.code for f in found(FEW, explanations={MIN: Explanation("  ", 1, 4)})] == ["T2-IN-FORCE-MIN"]


def test_texts_and_cover_fields_left_out_are_told_together() -> None:
    findings = found_in(replace(submission_of(FORM_2021), texts={"s1.disclosure": "  "}))
    assert {f.code for f in findings} == {"TEXT-BLANK", "COVER-BLANK"}
    assert {id_ for f in findings for id_ in f.cells} == {
        *(part.id for section in FORM_2021.sections for part in section.texts),
        *(field.id for field in FORM_2021.cover),
    }


def test_where_part_of_a_section_is_written_the_parts_left_out_are_named() -> None:
    written = {part.id: "有" for section in FORM_2021.sections for part in section.texts}
    texts = written | {"s1.management": "", "s1.platforms": " ", "s6.text": ""}
    (note,) = (f for f in found_in(replace(submission_of(FORM_2021), texts=texts)) if f.code == "TEXT-BLANK")
    assert "：一、总体情况（政府信息管理、政府信息公开平台建设）；六、其他需要报告的事项。" in note.message.zh


def test_findings_stand_in_the_order_of_the_workbook() -> None:
    values: dict[str, Value] = {
        "t4.cases.review_upheld": -1,
        "t3.granted.legal": "x",
        "t2_1.normative.issued": None,
    }
    found_ = found_in(replace(submission_of(FORM_2021, values), texts={}))
    sheets = list(dict.fromkeys(f.place.sheet for f in found_))
    assert sheets == ["封面", "一", "二", "三", "四"]
    assert in_order(FORM_2021, reversed(found_)) == found_
    nowhere = finding("FILE-MACROS")
    assert in_order(FORM_2021, (*found_, nowhere))[0] is nowhere
    late = replace(nowhere, place=CellRef("审核", "A1"))
    assert in_order(FORM_2021, (late, *found_))[-1] is late


@pytest.mark.parametrize(
    ("findings", "status"),
    [
        ((), Status.OK),
        ((finding("FILE-MACROS"),), Status.OK),
        (found(FEW), Status.EXPLAIN),
        (found(FEW, explanations={MIN: Explanation("年内废止")}), Status.OK),
        ((*found(FEW), *found({"t3.new.natural": None})), Status.ERROR),
    ],
)
def test_the_status_of_a_file_is_what_its_findings_come_to(
    findings: tuple[Finding, ...], status: Status
) -> None:
    assert CheckedFile("a", "0", submission_of(FORM_2021), findings).status is status
    assert CheckedFile("a", "0", None, findings).status is Status.UNREADABLE


def test_every_code_says_what_to_do_and_why_in_both_languages() -> None:
    for code, entry in CATALOG.items():
        assert code == entry.code
        for text in (entry.message, entry.fix, entry.why):
            assert text.zh
            assert text.en
            assert text.zh != text.en or text.zh.startswith("{detail")
