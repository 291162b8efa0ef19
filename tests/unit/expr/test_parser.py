"""The rule language: precedence, associativity and located errors in both languages."""

from __future__ import annotations

import pytest

from xltools.expr.nodes import (
    Arithmetic,
    Attribute,
    Call,
    Combine,
    Compare,
    Constant,
    ExpressionError,
    Name,
    Node,
    Not,
)
from xltools.expr.parser import parse


def shape(node: Node) -> str:
    """An expression with every operation in brackets."""
    match node:
        case Constant(value):
            return repr(value)
        case Name(path, _):
            return path
        case Attribute(name):
            return f"@{name}"
        case Arithmetic(sign, left, right):
            return f"({shape(left)} {sign} {shape(right)})"
        case Compare(sign, left, right, within):
            return f"({shape(left)} {sign} {shape(right)}{f' within {within}' if within else ''})"
        case Combine(word, left, right):
            return f"({shape(left)} {word} {shape(right)})"
        case Not(operand):
            return f"(not {shape(operand)})"
        case Call(function, arguments, _):
            return f"{function}({', '.join(map(shape, arguments))})"
        case _:
            raise AssertionError(node)


@pytest.mark.parametrize(
    ("source", "read_as"),
    [
        ("a - b - c", "((a - b) - c)"),
        ("a - (b - c)", "(a - (b - c))"),
        ("a + b * c", "(a + (b * c))"),
        ("a * b + c", "((a * b) + c)"),
        ("a * b * c", "((a * b) * c)"),
        ("-a * b", "((0 - a) * b)"),
        ("a * -b", "(a * (0 - b))"),
        ("a - -b", "(a - (0 - b))"),
        ("a + b == c - d", "((a + b) == (c - d))"),
        ("a == b within 0.5", "(a == b within 0.5)"),
        ("a < b and c < d or e < f", "(((a < b) and (c < d)) or (e < f))"),
        ("a < b or c < d and e < f", "((a < b) or ((c < d) and (e < f)))"),
        ("a < b and c < d and e < f", "(((a < b) and (c < d)) and (e < f))"),
        ("not a == b and c == d", "((not (a == b)) and (c == d))"),
        ("not (a == b and c == d)", "(not ((a == b) and (c == d)))"),
        ("a<b implies c<d implies e<f", "((a < b) implies ((c < d) implies (e < f)))"),
        ("a<b or c<d implies e<f", "(((a < b) or (c < d)) implies (e < f))"),
        ("sum(a, b.c, 2) >= 1.50", "(sum(a, b.c, 2) >= 1.5)"),
        ("previous(t3.x) != 0", "(previous(t3.x) != 0)"),
        ('unit.level == "县级 or and"', "(@unit.level == '县级 or and')"),
        ("period.month > 1", "(@period.month > 1)"),
        ("  a\n==\tb  ", "(a == b)"),
        ("android == origin", "(android == origin)"),
    ],
)
def test_operators_bind_as_documented(source: str, read_as: str) -> None:
    assert shape(parse(source)) == read_as


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("", 0),
        ("a ==", 4),
        ("a == b c", 7),
        ("a < b < c", 6),
        ("a = b", 1),
        ("a == b $", 6),
        ("(a == b", 7),
        ("a == b)", 6),
        ("a == sum()", 9),
        ("a == sum(b,)", 11),
        ("a == median(b)", 5),
        ("a == abs(b, c)", 5),
        ("a == previous(b, c)", 5),
        ("a == b within c", 14),
        ("and a", 0),
        ("a == not b", 5),
        ("a == b within within", 14),
        ('a == "open', 4),
        ("a == 1.", 6),
        ("a == １", 4),
        ("a / b == 1", 1),
    ],
)
def test_mistakes_are_located_and_told_in_both_languages(source: str, position: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert caught.value.position == position
    assert caught.value.text.en.isascii() or not source.isascii()
    assert any("一" <= c <= "鿿" for c in caught.value.text.zh)


def test_a_position_is_told_counted_from_one() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("a == b c")
    assert "character 8" in caught.value.text.en
    assert "第 8 个字符" in caught.value.text.zh


@pytest.mark.parametrize(
    "source",
    [
        "(" * 200 + "a" + ")" * 200 + " == 1",
        "abs(" * 200 + "a" + ")" * 200 + " == 1",
        "a == 1" + " implies a == 1" * 200,
        "not (" * 200 + "a == 1" + ")" * 200,
        "(" * 100_000,
        "1" + " + 1" * 5_000 + " == a",
        "1" + " * 1" * 5_000 + " == a",
        "a == 1" + " and a == 1" * 5_000,
    ],
    ids=["brackets", "calls", "implies", "not", "open brackets", "plus", "times", "and"],
)
def test_nesting_that_would_exhaust_the_stack_is_refused(source: str) -> None:
    with pytest.raises(ExpressionError, match="nested"):
        parse(source)


def test_nesting_nobody_would_call_deep_is_read() -> None:
    assert shape(parse("(" * 40 + "a" + ")" * 40 + " == 1")) == "(a == 1)"
