"""Rule text to nodes: a precedence-climbing parser with located, bilingual errors.

Grammar, loosest first: ``implies`` (to the right), ``or``, ``and``, ``not``, one comparison with an
optional ``within TOLERANCE``, ``+ -``, ``*``, unary minus, then names, numbers, texts, calls, brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from xltools.diagnostics.findings import Comparator
from xltools.diagnostics.text import Text
from xltools.excel.values import Number
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
    Junction,
    Name,
    Node,
    Not,
    Operator,
    children,
)

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)
      |(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
      |(?P<text>"[^"]*")
      |(?P<symbol>==|!=|<=|>=|[<>+\-*(),]))""",
    re.VERBOSE | re.ASCII,
)
_COMPARATORS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_WORDS = frozenset({"and", "or", "not", "implies", "within"})
_END = "end"
_MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


def parse(source: str) -> Node:
    """The expression tree of ``source``, with names not yet resolved; raises ExpressionError."""
    parser = _Parser(_tokens(source))
    node = parser.implication(0)
    parser.expect(_END)
    _require_shallow(node)
    return node


def _require_shallow(tree: Node) -> None:
    """Refuse long chains such as ``a + b + …``, which nest to the left without any brackets."""
    level: list[Node] = [tree]
    for _ in range(_MAX_DEPTH):
        level = [child for node in level for child in children(node)]
    if level:
        raise _too_deep(0)


def _too_deep(position: int) -> ExpressionError:
    return ExpressionError(position, Text("表达式嵌套过深", "the expression is nested too deeply"))


def _tokens(source: str) -> list[_Token]:
    tokens = []
    position = 0
    end = len(source.rstrip())
    while position < end:
        match = _TOKEN.match(source, position)
        if match is None:
            raise ExpressionError(
                position,
                Text(
                    f"第 {position + 1} 个字符起无法识别：{source[position : position + 12]!r}",
                    f"cannot read {source[position : position + 12]!r} at character {position + 1}",
                ),
            )
        group = cast(str, match.lastgroup)
        text = match[group]
        kind = "symbol" if group == "name" and text in _WORDS else group
        tokens.append(_Token(kind, text, match.start(group)))
        position = match.end()
    return [*tokens, _Token(_END, "", len(source))]


class _Parser:
    """One pass over the tokens; each method reads one level of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _accept(self, *symbols: str) -> _Token | None:
        token = self._peek()
        return self._take() if token.kind == "symbol" and token.text in symbols else None

    def expect(self, wanted: str) -> _Token:
        """The next token if it is ``wanted``; raises ExpressionError if it is not."""
        token = self._peek()
        if wanted in (token.kind, token.text) and token.kind != "text":
            return self._tokens[-1] if token.kind == _END else self._take()
        shown = token.text or "（结尾）"
        raise ExpressionError(
            token.position,
            Text(
                f"第 {token.position + 1} 个字符处应为 {wanted}，却是 {shown}",
                f"expected {wanted} at character {token.position + 1}, found {token.text or 'the end'}",
            ),
        )

    def implication(self, depth: int) -> Node:
        """``a implies b implies c`` reads ``a implies (b implies c)``."""
        if depth > _MAX_DEPTH:
            raise _too_deep(self._peek().position)
        left = self._joined("or", depth)
        if self._accept("implies"):
            return Combine("implies", left, self.implication(depth + 1))
        return left

    def _joined(self, word: Junction, depth: int) -> Node:
        inner = self._conjunction if word == "or" else self._negation
        node = inner(depth)
        while self._accept(word):
            node = Combine(word, node, inner(depth))
        return node

    def _conjunction(self, depth: int) -> Node:
        return self._joined("and", depth)

    def _negation(self, depth: int) -> Node:
        if self._accept("not"):
            return Not(self._comparison(depth + 1))
        return self._comparison(depth)

    def _comparison(self, depth: int) -> Node:
        left = self._sum(depth)
        token = self._accept(*_COMPARATORS)
        if token is None:
            return left
        right = self._sum(depth)
        within = self._number(self.expect("number")) if self._accept("within") else 0
        return Compare(cast(Comparator, token.text), left, right, within)

    def _sum(self, depth: int) -> Node:
        node = self._product(depth)
        while token := self._accept("+", "-"):
            node = Arithmetic(cast(Operator, token.text), node, self._product(depth))
        return node

    def _product(self, depth: int) -> Node:
        node = self._signed(depth)
        while self._accept("*"):
            node = Arithmetic("*", node, self._signed(depth))
        return node

    def _signed(self, depth: int) -> Node:
        if self._accept("-"):
            return Arithmetic("-", Constant(0), self._primary(depth))
        return self._primary(depth)

    def _primary(self, depth: int) -> Node:
        token = self._peek()
        if token.kind == "number":
            return Constant(self._number(self._take()))
        if token.kind == "text":
            return Constant(self._take().text[1:-1])
        if self._accept("("):
            node = self.implication(depth + 1)
            self.expect(")")
            return node
        name = self.expect("name")
        if self._accept("("):
            return self._call(name, depth)
        if name.text in ATTRIBUTES:
            return Attribute(name.text)
        return Name(name.text, name.position)

    def _call(self, name: _Token, depth: int) -> Node:
        arguments = [self.implication(depth + 1)]
        while self._accept(","):
            arguments.append(self.implication(depth + 1))
        self.expect(")")
        function = FUNCTIONS.get(name.text)
        least, most = (1, 1) if name.text == "previous" else (0, -1)
        if function is not None:
            least, most = function.least, function.most
        if not least <= len(arguments) <= most:
            raise ExpressionError(
                name.position,
                Text(
                    f"没有这样的函数或参数个数不对：{name.text}",
                    f"no function {name.text} with {len(arguments)} arguments",
                ),
            )
        return Call(name.text, tuple(arguments), name.position)

    @staticmethod
    def _number(token: _Token) -> Number:
        return float(token.text) if "." in token.text else int(token.text)
