"""A made-up county: returns generated from a fixed seed, some wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from xltools.excel.values import Value
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit

_APPLICANTS = ("natural", "business", "research", "welfare", "legal", "other_org")
_COMMON_RESULTS = ("granted", "partly", "unavailable_not_held", "dismissed_complaint")
_OUTCOMES = ("upheld", "corrected", "other", "pending")

Mistake = Callable[[Submission], Submission]


def county_returns(form: Form, period: Period, units: Sequence[Unit], seed: int) -> list[Submission]:
    """A correct return for every unit; the same seed gives the same figures."""
    random = Random(seed)
    return [_return(form, period, unit, random) for unit in units]


def with_mistakes(returns: Sequence[Submission]) -> list[Submission]:
    """The same returns with the first few spoilt, each in another of the usual ways."""
    spoilt = [mistake(submission) for mistake, submission in zip(MISTAKES, returns, strict=False)]
    return [*spoilt, *returns[len(spoilt) :]]


def _return(form: Form, period: Period, unit: Unit, random: Random) -> Submission:
    values: dict[str, Value] = dict.fromkeys((cell.id for cell in form.inputs), 0)
    for column in _APPLICANTS[:2] if random.random() < 0.8 else _APPLICANTS:
        handled = 0
        for row in _COMMON_RESULTS:
            count = random.choice((0, 0, 1, 2, 3, 5))
            values[f"t3.{row}.{column}"] = count
            handled += count
        carried_in = random.choice((0, 0, 1))
        carried_out = random.choice((0, 0, 1, 2)) + max(0, carried_in - handled)
        values[f"t3.carried_in.{column}"] = carried_in
        values[f"t3.carried_out.{column}"] = carried_out
        values[f"t3.new.{column}"] = handled + carried_out - carried_in
    if values["t3.new.natural"]:
        values[f"t4.cases.review_{random.choice(_OUTCOMES)}"] = random.choice((0, 0, 0, 1))
    values |= _disclosed(form, random)
    return Submission(
        form, period, replace(unit, level=form.level_of(unit)), values, texts=_signature(unit, random)
    )


def _disclosed(form: Form, random: Random) -> dict[str, Value]:
    """Table 二 of either format: what exists of these cells in ``form``."""
    made, old = random.randrange(0, 6), random.randrange(0, 30)
    figures: dict[str, Value] = {
        "t2_1.normative.made": made,
        "t2_1.normative.published": made,
        "t2_1.normative.public_total": made + old,
        "t2_1.normative.issued": made,
        "t2_1.normative.in_force": made + old,
        "t2_5.licensing.last_year": 12,
        "t2_5.licensing.change": random.choice((-2, 0, 1)),
        "t2_5.licensing.decisions": random.randrange(0, 400),
        "t2_6.penalties.decisions": random.randrange(0, 80),
        "t2_8.fees.amount": round(random.random() * 20, 2),
        "t2_9.procurement.projects": random.randrange(0, 9),
        "t2_9.procurement.amount": round(random.random() * 300, 2),
    }
    return {id_: value for id_, value in figures.items() if id_ in form.cells}


def _signature(unit: Unit, random: Random) -> dict[str, str]:
    phone = f"0000-{random.randrange(10**6, 10**7)}"
    return {"cover.preparer": "经办人", "cover.responsible": f"{unit.name}负责人", "cover.phone": phone}


def _set(submission: Submission, changes: dict[str, Value]) -> Submission:
    return replace(submission, values={**submission.values, **changes})


def _unbalanced(submission: Submission) -> Submission:
    return _set(submission, {"t3.new.natural": 987})


def _forgotten_row(submission: Submission) -> Submission:
    return _set(submission, {f"t3.partly.{column}": None for column in _APPLICANTS})


def _words_for_numbers(submission: Submission) -> Submission:
    return _set(submission, {"t3.carried_in.natural": "若干件", "t4.cases.review_upheld": "待定"})


def _typed_total(submission: Submission) -> Submission:
    changed = _set(submission, {"t3.handled.total": 999})
    return replace(changed, typed_totals=frozenset({"t3.handled.total"}))


def _zero_report(submission: Submission) -> Submission:
    return replace(submission, zero_report=True)


def _cases_without_requests(submission: Submission) -> Submission:
    zeros: dict[str, Value] = {id_: 0 for id_ in submission.values if id_.startswith("t3.")}
    return _set(submission, {**zeros, "t4.cases.review_upheld": 2})


def _explained(submission: Submission) -> Submission:
    wrong = _cases_without_requests(submission)
    text = "两件复议均针对上一年度答复提出，本年度未收到申请。"
    return replace(wrong, explanations={"T4-WITHOUT-REQUESTS": Explanation(text)})


MISTAKES: tuple[Mistake, ...] = (
    _unbalanced,
    _forgotten_row,
    _words_for_numbers,
    _typed_total,
    _zero_report,
    _cases_without_requests,
    _explained,
)
"""What goes wrong in practice; the last one is explained and therefore goes into the summary."""
