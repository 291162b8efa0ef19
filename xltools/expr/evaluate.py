"""Target two: a resolved expression as a Python function over the figures of a submission."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xltools.excel.values import (
    COMPARE_DECIMALS,
    Number,
    Value,
    as_number,
    difference,
    round_half_away,
    same_text,
    total,
)
from xltools.expr.functions import FUNCTIONS
from xltools.expr.nodes import (
    Arithmetic,
    Attribute,
    Call,
    Combine,
    Compare,
    Constant,
    Figure,
    Node,
    Not,
    is_text,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an expression may read: figures by cell id, last period's figures, attributes."""

    values: Mapping[str, Value]
    previous: Mapping[str, Value]
    attributes: Mapping[str, str | int | None]


NumberFunction = Callable[[Facts], Number]
TruthFunction = Callable[[Facts], bool]

_OPERATORS: dict[str, Callable[[Number, Number], Number]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_COMPARATORS: dict[str, Callable[[Number, Number], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def number_function(node: Node) -> NumberFunction:
    """The number ``node`` stands for; a cell that holds no number counts as 0, as in Excel's SUM."""
    match node:
        case Constant(int() | float() as value):
            return lambda _: value
        case Figure(id_, previous):
            return _figure(id_, previous=previous)
        case Attribute(name):
            return lambda facts: as_number(facts.attributes.get(name))
        case Arithmetic(sign, left, right):
            apply, first, second = _OPERATORS[sign], number_function(left), number_function(right)
            return lambda facts: apply(first(facts), second(facts))
        case Call("sum", arguments, _) if all(isinstance(a, Figure) and not a.previous for a in arguments):
            ids = tuple(a.id for a in arguments if isinstance(a, Figure))
            return lambda facts: total(map(facts.values.get, ids))
        case Call(function, arguments, _):
            implementation = FUNCTIONS[function].python
            parts = tuple(number_function(argument) for argument in arguments)
            return lambda facts: implementation([part(facts) for part in parts])
        case _:
            raise TypeError(f"{node!r} is not a number")


def truth_function(node: Node) -> TruthFunction:
    """The condition ``node`` stands for."""
    match node:
        case Compare(comparator, left, right, _) if is_text(left) or is_text(right):
            first, second = _text_function(left), _text_function(right)
            equal = comparator == "=="
            return lambda facts: same_text(first(facts), second(facts)) is equal
        case Compare(_, left, right, _):
            left_of, right_of = number_function(left), number_function(right)
            return lambda facts: holds(node, left_of(facts), right_of(facts))
        case Combine(junction, left, right):
            one, other = truth_function(left), truth_function(right)
            if junction == "and":
                return lambda facts: one(facts) and other(facts)
            if junction == "or":
                return lambda facts: one(facts) or other(facts)
            return lambda facts: not one(facts) or other(facts)
        case Not(operand):
            inner = truth_function(operand)
            return lambda facts: not inner(facts)
        case _:
            raise TypeError(f"{node!r} is not a condition")


def holds(node: Compare, left: Number, right: Number) -> bool:
    """The comparison of two figures, by their rounded difference (see ``to_excel``)."""
    gap = difference(left, right)
    if node.within:
        if node.comparator == "==":
            return round_half_away(abs(gap) - node.within, COMPARE_DECIMALS) <= 0
        gap += -node.within if node.comparator in ("<", "<=") else node.within
    return _COMPARATORS[node.comparator](round_half_away(gap, COMPARE_DECIMALS), 0)


def _figure(id_: str, *, previous: bool) -> NumberFunction:
    if previous:
        return lambda facts: as_number(facts.previous.get(id_))
    return lambda facts: as_number(facts.values.get(id_))


def _text_function(node: Node) -> Callable[[Facts], str]:
    match node:
        case Constant(value):
            return lambda _: str(value)
        case Attribute(name):
            return lambda facts: str(facts.attributes.get(name) or "")
        case _:
            raise TypeError(f"{node!r} is not a text")
