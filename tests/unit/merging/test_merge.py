"""What goes into a summary, what stays out and why, and the sums."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.checked_files import merge_checked
from tests.support.workbooks import FORM_2019, FORM_2021, submission_of
from tests.unit.merging.files import handled
from xltools.checking.check import check_submission, in_order
from xltools.checking.result import CheckedFile
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Status, status_of
from xltools.excel.values import Value
from xltools.layout.ledger import LEDGER_FIRST_ROW, Ledger, ledger_columns
from xltools.layout.summary_workbook import plan_summary
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.sheet_names import LEDGER_SHEET
from xltools.model.submission import Explanation
from xltools.model.summary import Intake, Summary
from xltools.model.unit import Roster, Unit

COUNTY = Unit("云山县", "99", "县级政府")
MIN = "T2-IN-FORCE-MIN[normative]"
ROSTER = Roster((COUNTY, *(Unit(f"单位{n}", f"0{n}", "县级部门", "99") for n in (3, 1, 2))))


def returned(
    number: int, values: dict[str, Value] | None = None, *, file: str = "", **more: object
) -> CheckedFile:
    """The checked file of unit ``number``, balanced in table 三 as far as the values are."""
    form = more.pop("form", FORM_2021)
    assert isinstance(form, Form)
    unit = Unit(f"单位{number}", f"0{number}", "县级部门")
    submission, found = check_submission(submission_of(form, values, unit=unit, **more))  # type: ignore[arg-type]
    file = file or f"{number}.xlsx"
    return CheckedFile(file, file, submission, in_order(form, found))


def merged(*files: CheckedFile, unit: Unit = COUNTY, roster: Roster | None = None) -> tuple[Intake, Summary]:
    intake, summary = merge_checked(files, unit, roster=roster)
    assert summary is not None
    return intake, summary


def reasons(intake: Intake) -> dict[str, str | None]:
    return {receipt.file: receipt.reason.en if receipt.reason else None for receipt in intake.receipts}


def test_figures_are_added_up_and_totals_with_them() -> None:
    _, summary = merged(
        returned(1, handled(2)), returned(2, {**handled(5), "t2_8.fees.amount": 0.1}), returned(3)
    )
    values = summary.submission.values
    assert values["t3.new.natural"] == values["t3.new.total"] == values["t3.handled.total"] == 7
    assert values["t2_8.fees.amount"] == 0.1
    assert (summary.submission.kind, summary.submission.unit) == ("summary", COUNTY)
    assert summary.submission.period == Period(2025)


def test_what_did_not_pass_stays_out_with_the_reason() -> None:
    wrong = returned(2, {"t3.new.natural": 1})
    unexplained = returned(3, {"t2_1.normative.issued": 3})
    unreadable = CheckedFile("坏.xlsx", None, None, wrong.findings[:1])
    files = (returned(1, handled(2)), wrong, unexplained, unreadable)
    assert [file.status for file in files] == [Status.OK, Status.ERROR, Status.EXPLAIN, Status.UNREADABLE]
    intake, summary = merged(*files)
    assert summary.submission.values["t3.new.total"] == 2
    found = reasons(intake)
    assert found["1.xlsx"] is None
    assert found["2.xlsx"] == f"did not pass the check: {len(wrong.findings)} errors"
    assert found["3.xlsx"] == "1 point needs an explanation"
    assert str(found["坏.xlsx"]).startswith("unreadable: ")


def test_without_a_file_that_passed_there_is_no_summary_but_an_intake() -> None:
    intake, summary = merge_checked([returned(1, {"t3.new.natural": 1})], COUNTY, roster=ROSTER)
    assert summary is None
    assert [unit.code for unit in intake.missing] == ["03", "02"]
    assert intake.due == 3


def test_the_same_return_twice_counts_once() -> None:
    one, again = returned(1, handled(2)), returned(1, handled(2), file="副本.xlsx")
    intake, summary = merged(one, again)
    assert summary.submission.values["t3.new.total"] == 2
    assert reasons(intake) == {"1.xlsx": None, "副本.xlsx": "the same as 1.xlsx, counted once"}
    assert intake.duplicates == (("1.xlsx", "副本.xlsx"),)


def test_two_different_returns_of_one_unit_both_stay_out() -> None:
    intake, summary = merged(
        returned(1, handled(2)), returned(1, handled(3), file="改.xlsx"), returned(2, handled(4))
    )
    assert summary.submission.values["t3.new.total"] == 4
    assert [receipt.file for receipt in intake.receipts if receipt.reason] == ["1.xlsx", "改.xlsx"]
    assert intake.duplicates == (("1.xlsx", "改.xlsx"),)


def test_units_without_a_code_are_told_apart_by_name() -> None:
    files = []
    for name in ("甲局", "乙局"):
        submission = replace(submission_of(FORM_2021, handled(1)), unit=Unit(name, level="县级部门"))
        files.append(CheckedFile(f"{name}.xlsx", "0", check_submission(submission)[0], ()))
    assert merged(*files)[1].submission.values["t3.new.total"] == 2


def test_several_forms_or_periods_are_not_added_up() -> None:
    with pytest.raises(UsageError, match=r"(?s)zfxxgk-2021 2024.*zfxxgk-2021 2025"):
        merged(returned(1), returned(2, period=Period(2024)))
    with pytest.raises(UsageError, match="zfxxgk-2019 2020"):
        merged(returned(1), returned(2, form=FORM_2019))


def test_a_file_that_did_not_pass_may_be_of_another_period() -> None:
    assert merged(returned(1), returned(2, {"t3.new.natural": 1}, period=Period(2024)))[1].members


def test_with_a_roster_members_stand_in_its_order_and_the_missing_are_named() -> None:
    intake, summary = merged(returned(1), returned(3), roster=ROSTER)
    assert [member.unit.code for member in summary.members] == ["03", "01"]
    assert [unit.code for unit in intake.missing] == ["02"]
    assert intake.due == 3


def test_a_unit_that_is_not_in_the_roster_stays_out() -> None:
    intake, summary = merged(returned(1, handled(1)), returned(7, handled(7)), roster=ROSTER)
    assert summary.submission.values["t3.new.total"] == 1
    assert reasons(intake)["7.xlsx"] == "the unit's code is not in the roster"


def test_only_units_that_report_to_the_one_who_adds_up_are_owing() -> None:
    roster = Roster((*ROSTER.units, Unit("邻县某局", "55", "县级部门", "88")))
    assert [unit.code for unit in merged(returned(1), roster=roster)[0].missing] == ["03", "02"]


def test_an_earlier_summary_of_the_same_unit_is_not_taken_in() -> None:
    _, first = merged(returned(1, handled(2)))
    earlier = CheckedFile("汇总.xlsx", "0", first.submission, ())
    intake, summary = merged(returned(1, handled(2)), earlier)
    assert summary.submission.values["t3.new.total"] == 2
    assert "earlier summary" in str(reasons(intake)["汇总.xlsx"])


def test_explanations_of_the_units_are_carried_into_a_sum_that_needs_one() -> None:
    few: dict[str, Value] = {"t2_1.normative.issued": 3, "t2_1.normative.in_force": 1}
    files = [returned(n, few, explanations={MIN: Explanation(f"原因{n}")}) for n in (1, 2)]
    submission = merged(*files)[1].submission
    assert submission.explanations == {MIN: Explanation("单位1：原因1；单位2：原因2", 2, 6)}
    assert status_of(check_submission(submission)[1]) is Status.OK
    plenty = returned(3, {"t2_1.normative.in_force": 50})
    assert merged(*files, plenty)[1].submission.explanations == {}


def test_last_years_figures_are_added_up_only_where_every_member_has_them() -> None:
    known = {"t2_1.normative.in_force": 4, "t2_1.regulations.in_force": 0}
    also = {"t2_1.normative.in_force": 5, "t2_1.regulations.in_force": "无"}
    kept: dict[str, Value] = {"t2_1.normative.in_force": 4}
    more: dict[str, Value] = {"t2_1.normative.in_force": 5}
    one, two = returned(1, kept, previous=known), returned(2, more, previous=also)
    assert merged(one, two)[1].submission.previous == {"t2_1.normative.in_force": 9}
    assert merged(one, two, returned(3))[1].submission.previous == {}


def test_a_zero_report_counts_as_zeros() -> None:
    empty = submission_of(FORM_2021, unit=Unit("单位2", "02", "县级部门"), zero_report=True)
    zero = CheckedFile("2.xlsx", "0", check_submission(replace(empty, values={}))[0], ())
    values = merged(returned(1, handled(3)), zero)[1].submission.values
    assert values["t3.new.total"] == 3
    assert values["t3.partly.natural"] == 0


def test_a_summary_of_summaries_is_the_sum_of_all_leaves() -> None:
    leaves = [returned(n, {**handled(n), "t2_5.licensing.decisions": 10**n}) for n in range(1, 7)]
    counties = []
    for number, part in enumerate((leaves[:2], leaves[2:5], leaves[5:])):
        _, county = merged(*part, unit=Unit(f"县{number}", f"C{number}", "县级政府"))
        counties.append(
            CheckedFile(f"县{number}.xlsx", "0", county.submission, check_submission(county.submission)[1])
        )
    _, city = merged(*counties, unit=Unit("市", "S", "市级政府"))
    _, direct = merged(*leaves, unit=Unit("市", "S", "市级政府"))
    assert city.submission.values == direct.submission.values
    assert city.submission.values["t2_5.licensing.decisions"] == 1_111_110


def test_the_ledger_holds_every_members_figures_and_the_sheets_sum_them(tmp_path: Path) -> None:
    _, summary = merged(returned(1, handled(2)), returned(2, handled(5)))
    plan = plan_summary(Ledger(summary, tmp_path))
    sheets = {sheet.name: {(c.row, c.column): c for c in sheet.cells} for sheet in plan.sheets}
    column = ledger_columns(FORM_2021)["t3.new.natural"]
    block = next(sheet.block for sheet in plan.sheets if sheet.name == LEDGER_SHEET)
    assert block is not None
    assert block.first_row == LEDGER_FIRST_ROW
    assert [(row[1], row[column]) for row in block.rows] == [("单位1", 2), ("单位2", 5)]
    total = sheets["三"][4, 3]
    assert total.value == 7
    assert total.formula is not None
    assert total.formula.startswith(f"SUM('{LEDGER_SHEET}'!")
