"""The likely culprit: what is named for one slip, and how often the true cell is (measured floors)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.benchmarks.city import city_return
from tests.benchmarks.culprit import FORMS, Tally, measure
from tests.benchmarks.mistakes import OTHER, SETTINGS, SINGLE, Setting, spoil
from tests.support.cases import DEFINITIONS, form_in
from xltools.checking import culprit_finding
from xltools.checking.check import check_submission
from xltools.checking.culprit import Culprit, likely_culprits
from xltools.checking.typing_errors import Slip, digit_slip
from xltools.diagnostics.findings import Finding, Severity
from xltools.excel.values import Value
from xltools.model.outcomes import State, outcomes
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

TYPED, TYPED_ALONE, FORMULAS, FORMULAS_ALONE = SETTINGS
_COUNT = 40

# Named first, in percent of what tests/benchmarks/culprit.py measured with more draws (see
# docs/culprit.md), less a margin for the smaller number of draws here.
FLOORS: list[tuple[Setting, dict[str, int]]] = [
    (TYPED, {"all": 98, "any other figure": 88, "two digit slips": 95}),
    (TYPED_ALONE, {"all": 96, "any other figure": 88, "two digit slips": 93}),
    (FORMULAS, {"all": 93, "any other figure": 8, "two digit slips": 62}),
    (FORMULAS_ALONE, {"all": 82, "any other figure": 4, "two digit slips": 45}),
]


@pytest.mark.parametrize(("setting", "floors"), FLOORS, ids=lambda value: getattr(value, "title", ""))
def test_true_cell_is_named_first_as_often_as_measured(setting: Setting, floors: dict[str, int]) -> None:
    kinds = {"all": list(SINGLE.values()), **{name: [mistake] for name, mistake in OTHER.items()}}
    for name, mistakes in kinds.items():
        tallies = [measure(form_in(f), m, _COUNT, setting) for f in FORMS for m in mistakes]
        tally = sum(tallies, Tally())
        assert tally.tried >= _COUNT
        assert 100 * tally.first >= floors[name] * tally.tried, (name, tally)


@pytest.mark.parametrize(
    ("read", "due", "slip"),
    [
        (12, 21, Slip.TRANSPOSED),
        (1243, 1234, Slip.TRANSPOSED),
        (5, 50, Slip.TRANSPOSED),  # 05
        (124, 1234, Slip.MISSING_DIGIT),
        (12334, 1234, Slip.DOUBLED_DIGIT),
        (-7, 7, Slip.SIGN),
        (12.34, 12.43, Slip.TRANSPOSED),
        (None, 7, Slip.NO_NUMBER),
        ("无", 7, Slip.NO_NUMBER),
        (4321, 1234, None),
        (10**17, 10.0**18, None),
    ],
)
def test_digit_slips(read: Value, due: float, slip: Slip | None) -> None:
    assert digit_slip(read, due)[0] is slip


def test_chance_counts_the_ways_a_figure_can_be_misread() -> None:
    assert digit_slip(12, 21) == (Slip.TRANSPOSED, 1.0)
    assert digit_slip(2134, 1234) == (Slip.TRANSPOSED, 1 / 3)
    assert digit_slip(111, 1111) == (Slip.MISSING_DIGIT, 1.0)


def _balanced(*, typed: bool) -> Submission:
    """A small return in which everything agrees: 120 came in, 100 granted, 20 carried on."""
    form = form_in(FORMS[1])
    values: dict[str, Value] = dict.fromkeys((cell.id for cell in form.inputs), 0)
    values |= {"t3.new.natural": 345, "t3.granted.natural": 310, "t3.carried_out.natural": 35}
    unit = Unit("云山县某局", "990131001", "县级部门")
    totals = frozenset(cell.id for cell in form.totals)
    submission = spoil(Submission(form, Period(2024), unit, values), {})
    return replace(submission, typed_totals=totals) if typed else submission


def _named(submission: Submission, changed: dict[str, Value]) -> tuple[Culprit, ...]:
    spoilt = spoil(submission, changed)
    return likely_culprits(spoilt, outcomes(spoilt))


def _dues(culprit: Culprit) -> dict[str, Value]:
    return {repair.cell_id: repair.due for repair in culprit.cells}


def test_swapped_digits_are_found_through_computed_totals() -> None:
    (culprit,) = _named(_balanced(typed=False), {"t3.new.natural": 354})
    assert _dues(culprit) == {"t3.new.natural": 345}
    assert culprit.cells[0].slip is Slip.TRANSPOSED
    assert culprit.mends == ("T3-BALANCE[natural]", "T3-BALANCE[total]")


def test_row_and_column_cross_in_the_wrong_cell() -> None:
    (culprit,) = _named(_balanced(typed=True), {"t3.partly.legal": 58})
    assert _dues(culprit) == {"t3.partly.legal": 0}
    assert set(culprit.mends) == {"T3-TOTAL[partly]", "T3-HANDLED[legal]"}


def test_figure_in_the_neighbouring_column_is_one_slip_in_two_cells() -> None:
    for typed in (False, True):
        (culprit,) = _named(_balanced(typed=typed), {"t3.granted.natural": 0, "t3.granted.business": 310})
        assert _dues(culprit) == {"t3.granted.natural": 310, "t3.granted.business": 0}
        assert {repair.slip for repair in culprit.cells} == {Slip.NEIGHBOUR}


def test_the_same_change_by_two_slips_is_named_once() -> None:
    submission = spoil(_balanced(typed=True), {})
    (culprit,) = _named(submission, {"t3.granted.other_org": 310, "t3.granted.total": 0})
    assert _dues(culprit) == {"t3.granted.other_org": 0, "t3.granted.total": 310}


def test_total_exchanged_with_a_part() -> None:
    submission = spoil(_balanced(typed=False), {"t4.cases.review_upheld": 82, "t4.cases.review_other": 57})
    submission = replace(submission, typed_totals=frozenset({"t4.cases.review_total"}))
    (culprit,) = _named(submission, {"t4.cases.review_upheld": 139, "t4.cases.review_total": 82})
    assert _dues(culprit) == {"t4.cases.review_upheld": 82, "t4.cases.review_total": 139}


def test_nothing_is_named_by_luck() -> None:
    """Five figures alike, any of which could close the gap, and no trace of a slip in any."""
    rows = ("granted", "partly", "refused_secret", "refused_internal", "other_rest")
    alike: dict[str, Value] = {f"t3.{row}.natural": 100 for row in rows}
    assert not _named(_balanced(typed=False), {**alike, "t3.new.natural": 506})


def test_no_repair_breaks_a_rule_that_holds() -> None:
    for seed in range(10):
        submission = city_return(form_in(FORMS[1]), Random(seed), typed=False)
        spoilt = spoil(submission, {"t3.new.natural": 4711, "t3.granted.legal": 999})
        before = {o.instance.key for o in outcomes(spoilt) if o.state is State.FAIL}
        for culprit in likely_culprits(spoilt, outcomes(spoilt)):
            mended = outcomes(spoil(spoilt, _dues(culprit)))
            after = {o.instance.key for o in mended if o.state is State.FAIL}
            assert after == before - set(culprit.mends)


def test_conditional_equality_counts_when_its_condition_holds() -> None:
    form = form_in(DEFINITIONS[2])
    values: dict[str, Value] = dict.fromkeys((cell.id for cell in form.inputs), 0)
    values |= {"m.r05.current": 1234, "m.r05.cumulative": 1234}
    unit = Unit("云山市某局", "990100001", "")
    january = spoil(Submission(form, Period(2018, 1), unit, values), {})
    either = _named(january, {"m.r05.current": 1122})
    assert [_dues(culprit) for culprit in either] == [{"m.r05.cumulative": 1122}, {"m.r05.current": 1234}]
    (culprit,) = _named(january, {"m.r05.cumulative": 123})
    assert _dues(culprit) == {"m.r05.cumulative": 1234}


def _note(findings: tuple[Finding, ...]) -> list[Finding]:
    return [found for found in findings if found.code == "LIKELY-CULPRIT"]


def test_finding_says_cell_figure_slip_and_rules() -> None:
    spoilt = spoil(_balanced(typed=False), {"t3.new.natural": 354})
    (note,) = _note(check_submission(spoilt)[1])
    assert note.severity is Severity.NOTE
    assert (note.place.id, note.actual, note.expected) == ("t3.new.natural", 354, 345)
    assert "相邻两位数字写颠倒" in note.message.zh
    assert "two digits swapped" in note.message.en
    assert "T3-BALANCE" in note.message.en


def test_several_that_fit_are_all_named_without_a_verdict() -> None:
    submission = spoil(_balanced(typed=False), {"t3.granted.natural": 155, "t3.partly.natural": 155})
    (note,) = _note(check_submission(spoil(submission, {"t3.granted.natural": 515}))[1])
    assert (note.actual, note.expected) == (515, 155)
    unequal = spoil(submission, {"t3.granted.natural": 551, "t3.partly.natural": 551, "t3.new.natural": 741})
    (note,) = _note(check_submission(unequal)[1])
    assert note.expected is None
    assert {"t3.granted.natural", "t3.partly.natural"} < set(note.cells)
    assert "one of these, the likeliest first" in note.message.en


def test_clean_return_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(culprit_finding, "likely_culprits", pytest.fail)
    assert not _note(check_submission(_balanced(typed=False))[1])


def test_note_that_only_repeats_the_rule_is_left_out() -> None:
    submission = replace(_balanced(typed=False), typed_totals=frozenset({"t3.new.total"}))
    submission = replace(submission, values={**submission.values, "t3.new.total": 345})
    findings = check_submission(spoil(submission, {"t3.carried_in.total": 345}))[1]
    assert not _note(findings)
