"""What a form's totals and rules say about a set of figures.

This is the Python side of every live formula in a workbook; ``layout.formulas`` is the Excel side.
Both follow the same definitions, and the rule tests hold them against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from xltools.diagnostics.findings import Severity
from xltools.excel.values import Number, Value, is_blank, is_number, total
from xltools.expr.evaluate import Facts, holds, number_function, truth_function
from xltools.expr.nodes import Call, Figure
from xltools.model.form import Form, RuleInstance
from xltools.model.submission import Explanation, Submission


class State(StrEnum):
    """The state of one rule line, in the words the workbook shows."""

    PASS = "通过"
    FAIL = "不符"
    TO_EXPLAIN = "待说明"
    EXPLAINED = "已说明"
    NOTICE = "提示"
    BLANK = "未填"
    NOT_APPLICABLE = "不适用"


OPEN_STATES = (State.FAIL, State.TO_EXPLAIN, State.BLANK)
"""States that still ask the clerk to do something."""
FAILED_STATES = (State.FAIL, State.TO_EXPLAIN, State.EXPLAINED, State.NOTICE)
"""States of a rule that does not hold."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rule line: its state and both figures (None where they cannot be judged)."""

    instance: RuleInstance
    state: State
    left: Number | None = None
    right: Number | None = None


@dataclass(frozen=True, slots=True)
class CompiledInstance:
    """A rule line as functions; ``holds`` is given both figures, so as not to compute them again."""

    instance: RuleInstance
    left: Callable[[Facts], Number]
    right: Callable[[Facts], Number]
    holds: Callable[[Facts, Number, Number], bool]


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A form's rules as Python functions, and its totals as the ids they add up."""

    instances: tuple[CompiledInstance, ...]
    totals: tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=16)
def compile_form(form: Form) -> CompiledForm:
    """The Python functions of a form; made once a form and process."""
    return CompiledForm(
        instances=tuple(
            CompiledInstance(
                instance,
                number_function(instance.comparison.left),
                number_function(instance.comparison.right),
                _truth(instance),
            )
            for instance in form.instances
        ),
        totals=tuple((id_, total_parts(form.computing[id_])) for id_ in form.total_order),
    )


def _truth(instance: RuleInstance) -> Callable[[Facts, Number, Number], bool]:
    comparison = instance.comparison
    if instance.expression is comparison:  # nearly every rule is the bare comparison of its two figures
        return lambda _facts, left, right: holds(comparison, left, right)
    whole = truth_function(instance.expression)
    return lambda facts, _left, _right: whole(facts)


def total_parts(instance: RuleInstance) -> tuple[str, ...]:
    """Ids of the cells a total adds up (the lint has made sure that it is a plain sum)."""
    right = instance.comparison.right
    arguments = right.arguments if isinstance(right, Call) else ()
    return tuple(argument.id for argument in arguments if isinstance(argument, Figure))


def with_totals(submission: Submission) -> dict[str, Value]:
    """The submission's figures with every total computed that still has its formula.

    A total is the sum of its parts, and blank while none of them is filled (0 in a 零报告).
    """
    return _totals_into(dict(submission.values), submission, keep=submission.typed_totals)


def stated_figures(submission: Submission) -> dict[str, Value]:
    """Every figure as it counts, totals computed: a blank is None, and in a 零报告 a zero."""
    values = with_totals(submission)
    blank = 0 if submission.zero_report else None
    return {
        cell.id: blank if is_blank(value := values.get(cell.id)) else value
        for cell in submission.form.figures
    }


def due_totals(submission: Submission) -> dict[str, Value]:
    """The submission's figures with every total as its formula would give it."""
    return _totals_into(dict(submission.values), submission, keep=frozenset())


def _totals_into(values: dict[str, Value], submission: Submission, keep: frozenset[str]) -> dict[str, Value]:
    for id_, parts in compile_form(submission.form).totals:
        if id_ not in keep:
            figures = [values.get(part) for part in parts]
            filled = any(map(is_number, figures))
            values[id_] = total(figures) if filled else (0 if submission.zero_report else None)
    return values


def outcomes(submission: Submission) -> tuple[Outcome, ...]:
    """The state of every rule line, in the order of the form."""
    facts = Facts(submission.values, submission.previous, submission.attributes)
    unfilled = _open_cells(submission)
    return tuple(
        _outcome(compiled, facts, submission, unfilled)
        for compiled in compile_form(submission.form).instances
    )


def _outcome(
    compiled: CompiledInstance, facts: Facts, submission: Submission, unfilled: frozenset[str]
) -> Outcome:
    instance = compiled.instance
    if not _applies(instance, facts):
        return Outcome(instance, State.NOT_APPLICABLE)
    if not unfilled.isdisjoint(instance.cells):
        return Outcome(instance, State.BLANK)
    left, right = compiled.left(facts), compiled.right(facts)
    if compiled.holds(facts, left, right):
        return Outcome(instance, State.PASS, left, right)
    explanation = submission.explanations.get(instance.key)
    return Outcome(instance, _failed_state(instance, left, right, explanation), left, right)


def _applies(instance: RuleInstance, facts: Facts) -> bool:
    if not instance.previous and not instance.attributes:
        return True
    return all(is_number(facts.previous.get(id_)) for id_ in instance.previous) and all(
        facts.attributes.get(name) not in (None, "") for name in instance.attributes
    )


def _open_cells(submission: Submission) -> frozenset[str]:
    """Ids of the figures that are no number; with 零报告 a blank is a zero."""
    values, zero_report = submission.values, submission.zero_report
    return frozenset(
        cell.id
        for cell in submission.form.figures
        if not is_number(value := values.get(cell.id)) and not (zero_report and value is None)
    )


def _failed_state(
    instance: RuleInstance, left: Number, right: Number, explanation: Explanation | None
) -> State:
    severity = instance.rule.severity
    if severity is Severity.ERROR:
        return State.FAIL
    if severity is Severity.NOTE:
        return State.NOTICE
    return State.EXPLAINED if explanation and still_holds(explanation, left, right) else State.TO_EXPLAIN


def still_holds(explanation: Explanation, left: Number, right: Number) -> bool:
    """Whether an explanation is there and was written for these figures.

    Without copied figures it stands for whatever the line shows; with them it is void as soon as
    one of the two has changed.
    """
    if not explanation.text.strip(" "):
        return False
    if explanation.left is None and explanation.right is None:
        return True
    return explanation.left == left and explanation.right == right
