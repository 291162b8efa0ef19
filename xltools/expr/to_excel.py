"""Target one: a resolved expression as an Excel formula (without the leading ``=``)."""

from __future__ import annotations

from collections.abc import Callable

from xltools.excel.values import COMPARE_DECIMALS
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

Locate = Callable[[Figure | Attribute], str]
"""Where a figure or attribute stands, as a formula fragment that is itself one operand."""

_EXCEL_COMPARATORS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def to_excel(node: Node, locate: Locate) -> str:
    """The formula of ``node``; raises TypeError for an unresolved expression."""
    match node:
        case Constant(value):
            return '"' + value.replace('"', '""') + '"' if isinstance(value, str) else repr(value)
        case Figure() | Attribute():
            return locate(node)
        case Arithmetic(operator, left, right):
            return f"{_operand(left, locate)}{operator}{_operand(right, locate)}"
        case Compare(comparator, left, right, _) if is_text(left) or is_text(right):
            return f"{to_excel(left, locate)}{_EXCEL_COMPARATORS[comparator]}{to_excel(right, locate)}"
        case Compare():
            return compare_formula(node, to_excel(node.left, locate), _operand(node.right, locate))
        case Combine("implies", left, right):
            return f"OR(NOT({to_excel(left, locate)}),{to_excel(right, locate)})"
        case Combine(junction, left, right):
            return f"{junction.upper()}({to_excel(left, locate)},{to_excel(right, locate)})"
        case Not(operand):
            return f"NOT({to_excel(operand, locate)})"
        case Call(function, arguments, _):
            parts = ",".join(to_excel(argument, locate) for argument in arguments)
            return f"{FUNCTIONS[function].excel}({parts})"
        case _:
            raise TypeError(f"cannot compile {node!r}: it was not resolved")


def compare_formula(node: Compare, left: str, right: str) -> str:
    """The comparison of two number formulas, by their rounded difference.

    Suites compare sums of decimals differently; a rounded difference compares alike everywhere.
    """
    sign = _EXCEL_COMPARATORS[node.comparator]
    if not node.within:
        return f"ROUND({left}-{right},{COMPARE_DECIMALS}){sign}0"
    if node.comparator == "==":
        return f"ROUND(ABS({left}-{right})-{node.within!r},{COMPARE_DECIMALS})<=0"
    slack = "-" if node.comparator in ("<", "<=") else "+"
    return f"ROUND({left}-{right}{slack}{node.within!r},{COMPARE_DECIMALS}){sign}0"


def _operand(node: Node, locate: Locate) -> str:
    text = to_excel(node, locate)
    return f"({text})" if isinstance(node, Arithmetic) else text
