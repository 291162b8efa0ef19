"""Names to cell ids, and the types of an expression checked while doing so."""

from __future__ import annotations

from collections.abc import Callable

from xltools.diagnostics.text import Text
from xltools.expr.functions import FUNCTIONS
from xltools.expr.nodes import (
    ATTRIBUTES,
    Arithmetic,
    Attribute,
    Call,
    Combine,
    Compare,
    Constant,
    ExpressionError,
    Figure,
    Kind,
    Name,
    Node,
    Not,
    rebuild,
)

Lookup = Callable[[str], tuple[str, ...]]
"""A name to the ids of the cells it stands for; empty where there is none."""

_KIND_NAMES: dict[Kind, Text] = {
    "number": Text("数字", "a number"),
    "truth": Text("条件", "a condition"),
    "text": Text("文字", "a text"),
}


def resolve(node: Node, lookup: Lookup) -> Node:
    """The expression with every name replaced by the cells it stands for; raises ExpressionError."""
    match node:
        case Name(path, position):
            return Figure(_one(path, position, lookup))
        case Call("previous", (Name(path, position),), _):
            return Figure(_one(path, position, lookup), previous=True)
        case Call("previous", _, position):
            raise ExpressionError(
                position, Text("previous() 里只能是一个名称", "previous() takes the name of one cell")
            )
        case Call(function, arguments, position) if FUNCTIONS[function].over_cells:
            cells: list[Node] = []
            for argument in arguments:
                if isinstance(argument, Name):
                    cells.extend(Figure(id_) for id_ in _some(argument.path, argument.position, lookup))
                else:
                    cells.append(resolve(argument, lookup))
            return Call(function, tuple(cells), position)
        case _:
            return rebuild(node, lambda child: resolve(child, lookup))


def check_kinds(node: Node) -> Kind:
    """The kind of a resolved expression; raises ExpressionError where operands do not fit."""
    match node:
        case Constant(value):
            return "text" if isinstance(value, str) else "number"
        case Attribute(name):
            return ATTRIBUTES[name]
        case Arithmetic(_, left, right):
            _require("number", left, right)
            return "number"
        case Compare(comparator, left, right, within):
            kind = check_kinds(left)
            if kind == "truth" or (kind == "text" and (comparator not in ("==", "!=") or within)):
                raise ExpressionError(
                    0, Text("文字和条件只能用 == 或 != 比较", "only == and != compare texts")
                )
            _require(kind, right)
            return "truth"
        case Combine(_, left, right):
            _require("truth", left, right)
            return "truth"
        case Not(operand):
            _require("truth", operand)
            return "truth"
        case Call(_, arguments, _):
            _require("number", *arguments)
            return "number"
        case _:
            return "number"


def _require(kind: Kind, *nodes: Node) -> None:
    for node in nodes:
        found = check_kinds(node)
        if found != kind:
            wanted, got = _KIND_NAMES[kind], _KIND_NAMES[found]
            raise ExpressionError(
                0, Text(f"这里应为{wanted.zh}，却是{got.zh}", f"needs {wanted.en} where it has {got.en}")
            )


def _some(path: str, position: int, lookup: Lookup) -> tuple[str, ...]:
    ids = lookup(path)
    if not ids:
        raise ExpressionError(
            position, Text(f"没有名为 {path} 的行、列或单元格", f"no row, column or cell is called {path}")
        )
    return ids


def _one(path: str, position: int, lookup: Lookup) -> str:
    ids = _some(path, position, lookup)
    if len(ids) != 1:
        raise ExpressionError(
            position,
            Text(
                f"{path} 是一组单元格，要写成 sum({path})", f"{path} is a group of cells: write sum({path})"
            ),
        )
    return ids[0]
