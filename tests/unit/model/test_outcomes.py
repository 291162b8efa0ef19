"""The state of every rule line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.workbooks import FORM_2021, submission_of
from tests.unit.definition.small import changed, rule
from xltools.definition.load import parse_definition
from xltools.excel.values import ErrorValue, Value
from xltools.model.outcomes import Outcome, State, due_totals, outcomes, still_holds, with_totals
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit

MIN = "T2-IN-FORCE-MIN[normative]"
LAST = {"t2_1.normative.in_force": 10, "t3.carried_out.natural": 1}


def complete(submission: Submission) -> Submission:
    return replace(submission, values=with_totals(submission))


def outcome(submission: Submission, key: str) -> Outcome:
    return next(o for o in outcomes(complete(submission)) if o.instance.key == key)


def test_a_rule_that_holds_shows_both_figures() -> None:
    found = outcome(
        submission_of(FORM_2021, {"t3.new.natural": 2, "t3.granted.natural": 2}), "T3-BALANCE[natural]"
    )
    assert (found.state, found.left, found.right) == (State.PASS, 2, 2)


def test_an_error_that_does_not_hold_fails() -> None:
    found = outcome(submission_of(FORM_2021, {"t3.new.natural": 2}), "T3-BALANCE[natural]")
    assert (found.state, found.left, found.right) == (State.FAIL, 2, 0)


@pytest.mark.parametrize("value", [None, "", "无", ErrorValue("#REF!"), True])
def test_a_rule_with_a_cell_that_is_no_number_is_open(value: Value) -> None:
    found = outcome(submission_of(FORM_2021, {"t3.new.natural": value}), "T3-BALANCE[natural]")
    assert (found.state, found.left, found.right) == (State.BLANK, None, None)


def test_in_a_zero_report_a_blank_is_a_zero_but_a_text_is_not() -> None:
    nothing = replace(submission_of(FORM_2021, zero_report=True), values={})
    assert outcome(nothing, "T3-BALANCE[natural]").state is State.PASS
    assert outcome(nothing, "T3-TOTAL[new]").state is State.PASS
    text = replace(nothing, values={"t3.new.natural": "无"})
    assert outcome(text, "T3-BALANCE[natural]").state is State.BLANK


def test_a_rule_about_last_period_applies_only_where_it_is_known() -> None:
    unknown = submission_of(FORM_2021)
    assert outcome(unknown, "T3-CARRIED-IN[natural]").state is State.NOT_APPLICABLE
    known = replace(unknown, previous=LAST)
    found = outcome(known, "T3-CARRIED-IN[natural]")
    assert (found.state, found.left, found.right) == (State.FAIL, 0, 1)
    assert outcome(known, "T3-CARRIED-IN[business]").state is State.NOT_APPLICABLE


def test_a_rule_about_the_level_applies_only_where_it_is_known() -> None:
    values: dict[str, Value] = {"t2_1.regulations.issued": 1, "t2_1.regulations.in_force": 1}
    key = "T2-REGULATIONS-LEVEL[regulations]"
    assert outcome(submission_of(FORM_2021, values, unit=Unit("甲", "1")), key).state is State.NOT_APPLICABLE
    assert outcome(submission_of(FORM_2021, values), key).state is State.TO_EXPLAIN
    assert (
        outcome(submission_of(FORM_2021, values, unit=Unit("甲", "1", "省级政府")), key).state is State.PASS
    )


@pytest.mark.parametrize(
    ("explanation", "state"),
    [
        (None, State.TO_EXPLAIN),
        (Explanation(""), State.TO_EXPLAIN),
        (Explanation("  "), State.TO_EXPLAIN),
        (Explanation("年内废止"), State.EXPLAINED),
        (Explanation("年内废止", 1, 3), State.EXPLAINED),
        (Explanation("年内废止", 1.0, 3.0), State.EXPLAINED),
        (Explanation("年内废止", 1, 4), State.TO_EXPLAIN),
        (Explanation("年内废止", 1, None), State.TO_EXPLAIN),
        (Explanation("年内废止", "1", "3"), State.TO_EXPLAIN),
    ],
)
def test_an_explanation_counts_while_its_figures_are_those_of_the_line(
    explanation: Explanation | None, state: State
) -> None:
    given = {MIN: explanation} if explanation else {}
    values: dict[str, Value] = {"t2_1.normative.issued": 3, "t2_1.normative.in_force": 1}
    found = outcome(submission_of(FORM_2021, values, explanations=given), MIN)
    assert (found.state, found.left, found.right) == (state, 1, 3)


def test_an_explanation_does_not_make_an_error_right() -> None:
    key = "T3-BALANCE[natural]"
    wrong = submission_of(FORM_2021, {"t3.new.natural": 2}, explanations={key: Explanation("就是这样")})
    assert outcome(wrong, key).state is State.FAIL


def test_an_explanation_for_a_rule_that_holds_changes_nothing() -> None:
    assert outcome(submission_of(FORM_2021, explanations={MIN: Explanation("多余")}), MIN).state is State.PASS


def test_a_note_that_does_not_hold_is_only_a_notice() -> None:
    text = changed(more=rule("t.x.a <= 1").replace('"explain"', '"note"'))
    form = parse_definition(text, "small")
    submission = Submission(form, Period(2020), Unit("甲"), {cell.id: 5 for cell in form.inputs})
    assert outcome(submission, "MORE").state is State.NOTICE


def test_totals_are_sums_and_blank_while_nothing_is_filled() -> None:
    blank = replace(submission_of(FORM_2021), values={})
    assert with_totals(blank)["t3.new.total"] is None
    assert with_totals(replace(blank, zero_report=True))["t3.new.total"] == 0
    some = replace(blank, values={"t3.new.natural": 2, "t3.new.legal": "3"})
    assert with_totals(some)["t3.new.total"] == 2
    nested = replace(blank, values={"t3.granted.natural": 2, "t3.other_rest.legal": 3})
    assert with_totals(nested)["t3.handled.total"] == 5


def test_a_typed_total_stays_and_what_is_due_does_not_depend_on_it() -> None:
    typed = submission_of(
        FORM_2021,
        {"t3.granted.natural": 2, "t3.handled.natural": 9},
        typed_totals=frozenset({"t3.handled.natural"}),
    )
    assert with_totals(typed)["t3.handled.natural"] == 9
    assert with_totals(typed)["t3.handled.total"] == 9
    assert due_totals(typed)["t3.handled.natural"] == 2
    assert due_totals(typed)["t3.handled.total"] == 2


def test_an_explanation_without_figures_holds_for_whatever_the_line_shows() -> None:
    assert still_holds(Explanation("原因"), 1, 2)
    assert not still_holds(Explanation("原因", 0, None), 0, 2)
