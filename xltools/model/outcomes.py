"""What a form's totals and rules say about a set of figures.

This is the Python side of every live formula in a workbook; ``layout.formulas`` is the Excel side.
Both follow the same definitions, and the rule tests hold them against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from xltools.diagnostics.findings import Severity
from xltools.excel.values import Number, Value, is_number, total
from xltools.expr.evaluate import Facts, number_function, truth_function
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rule line: its state and both figures (None where they cannot be judged)."""

    instance: RuleInstance
    state: State
    left: Number | None = None
    right: Number | None = None


@dataclass(frozen=True, slots=True)
class _CompiledInstance:
    instance: RuleInstance
    left: Callable[[Facts], Number]
    right: Callable[[Facts], Number]
    holds: Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A form's rules as Python functions, and its totals as the ids they add up."""

    instances: tuple[_CompiledInstance, ...]
    totals: tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=16)
def compile_form(form: Form) -> CompiledForm:
    """The Python functions of a form; made once a form and process."""
    return CompiledForm(
        instances=tuple(
            _CompiledInstance(
                instance,
                number_function(instance.comparison.left),
                number_function(instance.comparison.right),
                truth_function(instance.expression),
            )
            for instance in form.instances
        ),
        totals=tuple((id_, total_parts(form.computing[id_])) for id_ in form.total_order),
    )


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


def due_totals(submission: Submission) -> dict[str, Value]:
    """The submission's figures with every total as its formula would give it."""
    return _totals_into(dict(submission.values), submission, keep=frozenset())


def _totals_into(values: dict[str, Value], submission: Submission, keep: frozenset[str]) -> dict[str, Value]:
    for id_, parts in compile_form(submission.form).totals:
        if id_ not in keep:
            figures = [values.get(part) for part in parts]
            filled = any(is_number(figure) for figure in figures)
            values[id_] = total(figures) if filled else (0 if submission.zero_report else None)
    return values


def outcomes(submission: Submission) -> tuple[Outcome, ...]:
    """The state of every rule line, in the order of the form."""
    facts = Facts(submission.values, submission.previous, submission.attributes)
    return tuple(
        _outcome(compiled, facts, submission) for compiled in compile_form(submission.form).instances
    )


def _outcome(compiled: _CompiledInstance, facts: Facts, submission: Submission) -> Outcome:
    instance = compiled.instance
    if not _applies(instance, facts):
        return Outcome(instance, State.NOT_APPLICABLE)
    if _is_open(instance, facts.values, zero_report=submission.zero_report):
        return Outcome(instance, State.BLANK)
    left, right = compiled.left(facts), compiled.right(facts)
    if compiled.holds(facts):
        return Outcome(instance, State.PASS, left, right)
    explanation = submission.explanations.get(instance.key)
    return Outcome(instance, _failed_state(instance, left, right, explanation), left, right)


def _applies(instance: RuleInstance, facts: Facts) -> bool:
    return all(is_number(facts.previous.get(id_)) for id_ in instance.previous) and all(
        facts.attributes.get(name) not in (None, "") for name in instance.attributes
    )


def _is_open(instance: RuleInstance, values: Mapping[str, Value], *, zero_report: bool) -> bool:
    """Whether a cell of the rule holds no number; with 零报告 a blank is a zero."""
    for id_ in instance.cells:
        value = values.get(id_)
        if not is_number(value) and not (zero_report and value is None):
            return True
    return False


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
