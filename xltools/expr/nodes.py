"""Nodes of the rule language. A parsed expression holds names; a resolved one holds cell ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from xltools.diagnostics.exceptions import XltoolsError
from xltools.diagnostics.findings import Comparator
from xltools.diagnostics.text import Text
from xltools.excel.values import Number

Operator = Literal["+", "-", "*"]
Junction = Literal["and", "or", "implies"]
Kind = Literal["number", "truth", "text"]


class ExpressionError(XltoolsError):
    """An expression that cannot be read; ``position`` counts characters from 0."""

    def __init__(self, position: int, text: Text) -> None:
        super().__init__(text)
        self.position = position


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or a quoted text written in the rule."""

    value: Number | str


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; stands for one cell, or for all cells of a group inside ``sum()``."""

    path: str
    position: int


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure in the cell with this id; with ``previous`` that of the period before."""

    id: str
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """A fact about the submission: ``unit.level``, ``period.year`` or ``period.month``."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of :mod:`xltools.expr.functions`; ``previous(name)`` until it is resolved."""

    function: str
    arguments: tuple[Node, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left operator right``."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """``left comparator right``, equal where they differ by no more than ``within``."""

    comparator: Comparator
    left: Node
    right: Node
    within: Number = 0


@dataclass(frozen=True, slots=True)
class Combine:
    """Two truths joined by ``and``, ``or`` or ``implies``."""

    junction: Junction
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a truth."""

    operand: Node


Node = Constant | Name | Figure | Attribute | Call | Arithmetic | Compare | Combine | Not

ATTRIBUTES: dict[str, Kind] = {"unit.level": "text", "period.year": "number", "period.month": "number"}


def children(node: Node) -> tuple[Node, ...]:
    """The operands of a node, left to right."""
    match node:
        case Arithmetic(_, left, right) | Compare(_, left, right, _) | Combine(_, left, right):
            return (left, right)
        case Not(operand):
            return (operand,)
        case Call(_, arguments, _):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def figures(node: Node, *, previous: bool = False) -> tuple[str, ...]:
    """Ids of the cells an expression reads (of this period, or of the previous one), each once."""
    ids = (n.id for n in walk(node) if isinstance(n, Figure) and n.previous is previous)
    return tuple(dict.fromkeys(ids))


def attributes(node: Node) -> tuple[str, ...]:
    """Names of the attributes an expression reads, each once."""
    return tuple(dict.fromkeys(n.name for n in walk(node) if isinstance(n, Attribute)))


def main_comparison(node: Node) -> Compare | None:
    """The right-most comparison of numbers: its two sides are the figures shown to the user."""
    found = None
    for part in walk(node):
        if isinstance(part, Compare) and not (is_text(part.left) or is_text(part.right)):
            found = part
    return found


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """The same expression with ``change`` applied to every operand."""
    match node:
        case Arithmetic() | Compare() | Combine():
            return replace(node, left=change(node.left), right=change(node.right))
        case Not(operand):
            return Not(change(operand))
        case Call(function, arguments, position):
            return Call(function, tuple(change(a) for a in arguments), position)
        case _:
            return node


def is_text(node: Node) -> bool:
    """Whether a node stands for a text, so that it is compared as one."""
    match node:
        case Constant(value):
            return isinstance(value, str)
        case Attribute(name):
            return ATTRIBUTES[name] == "text"
        case _:
            return False
