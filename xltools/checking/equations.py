"""The equalities among a form's rules as linear equations over the figures somebody typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xltools.excel.values import Number, difference
from xltools.expr.evaluate import Facts, truth_function
from xltools.expr.nodes import Arithmetic, Attribute, Call, Combine, Constant, Figure, Node, figures
from xltools.model.form import RuleInstance
from xltools.model.outcomes import Outcome, State, compile_form
from xltools.model.submission import Submission

_JUDGED = (State.PASS, State.FAIL)


@dataclass(frozen=True, slots=True)
class Equation:
    """One rule line as left minus right: how often each typed figure counts, and what is left over.

    ``gap`` is 0 where the line holds.
    """

    key: str
    terms: Mapping[str, int]
    gap: Number


def equations(submission: Submission, outcomes: Iterable[Outcome]) -> tuple[Equation, ...]:
    """The equalities that hold, and those that fail as errors.

    A computed total is replaced by what it adds up, since a wrong part shows in every rule that reads
    the total; a typed total is a figure of its own. Last period's figures are given, not in question.
    Lines of which nothing is left (a total and its own parts) are dropped.
    """
    parts = _parts_of_totals(submission)
    facts = Facts(submission.values, submission.previous, submission.attributes)
    return tuple(_equations(outcomes, parts, facts))


def _equations(
    outcomes: Iterable[Outcome], parts: Mapping[str, Mapping[str, int]], facts: Facts
) -> Iterator[Equation]:
    for outcome in outcomes:
        instance, left, right = outcome.instance, outcome.left, outcome.right
        if outcome.state not in _JUDGED or left is None or right is None or not _is_equality(instance, facts):
            continue
        terms = Counter[str]()
        comparison = instance.comparison
        if _add(comparison.left, 1, parts, terms) and _add(comparison.right, -1, parts, terms):
            used = {id_: count for id_, count in terms.items() if count}
            if used:
                gap = 0 if outcome.state is State.PASS else difference(left, right)
                yield Equation(instance.key, used, gap)


def _is_equality(instance: RuleInstance, facts: Facts) -> bool:
    """Whether the line demands that two figures be exactly equal.

    So does ``period.month == 1 implies a == b``, if it is January. From a rule with a tolerance no
    exact figure follows.
    """
    comparison = instance.comparison
    if comparison.comparator != "==" or comparison.within:
        return False
    match instance.expression:
        case Combine("implies", condition, consequence) if consequence == comparison:
            return not figures(condition) and truth_function(condition)(facts)
        case expression:
            return expression == comparison


def _parts_of_totals(submission: Submission) -> dict[str, Counter[str]]:
    """For every computed total the typed figures it comes to."""
    found: dict[str, Counter[str]] = {}
    for total, parts in compile_form(submission.form).totals:
        if total not in submission.typed_totals:
            found[total] = Counter()
            for part in parts:
                found[total].update(found.get(part, {part: 1}))
    return found


def _add(node: Node, sign: int, parts: Mapping[str, Mapping[str, int]], terms: Counter[str]) -> bool:
    """Add the figures of a sum or difference to ``terms``; False where ``node`` is anything else."""
    match node:
        case Figure(id_, False):
            for part, count in parts.get(id_, {id_: 1}).items():
                terms[part] += sign * count
            return True
        case Figure() | Constant() | Attribute():
            return True
        case Call("sum", arguments, _):
            return all(_add(argument, sign, parts, terms) for argument in arguments)
        case Arithmetic("+" | "-" as operator, left, right):
            other = sign if operator == "+" else -sign
            return _add(left, sign, parts, terms) and _add(right, other, parts, terms)
        case _:
            return False
