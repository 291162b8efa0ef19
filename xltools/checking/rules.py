"""Checks of the form's own rules (审核关系) and of the explanations written for them."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.checking.cell_refs import cell_ref
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.excel.values import is_number, plain
from xltools.expr.nodes import Figure
from xltools.model.outcomes import FAILED_STATES, Outcome, State, outcomes
from xltools.model.submission import Explanation, Submission


def check_rules(submission: Submission) -> Iterator[Finding]:
    """A finding for every rule that does not hold, with both figures and any explanation."""
    for outcome in outcomes(submission):
        if outcome.state in FAILED_STATES:
            yield from _failed(submission, outcome)


def _failed(submission: Submission, outcome: Outcome) -> Iterator[Finding]:
    instance = outcome.instance
    rule = instance.rule
    explanation = submission.explanations.get(instance.key)
    explained = explanation is not None and outcome.state is State.EXPLAINED
    place = cell_ref(submission, instance.anchor)
    yield Finding(
        code=rule.id,
        severity=rule.severity,
        message=rule.message,
        fix=rule.fix,
        place=place,
        actual=plain(outcome.left),
        expected=plain(outcome.right),
        comparator=instance.comparison.comparator,
        sides=instance.comparison.left != Figure(instance.anchor),
        explanation=explanation.text if explanation and explained else None,
        cells=instance.cells,
    )
    if explanation is not None and outcome.state is State.TO_EXPLAIN and explanation.text.strip(" "):
        yield _void(submission, instance.anchor, explanation)


def _void(submission: Submission, anchor: str, explanation: Explanation) -> Finding:
    left, right = (plain(v) if is_number(v) else "—" for v in (explanation.left, explanation.right))
    place = cell_ref(submission, anchor)
    return finding("EXPLANATION-VOID", place, cells=(anchor,), text=explanation.text, left=left, right=right)
