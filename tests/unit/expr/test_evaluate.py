"""Rules as Python functions: Excel's semantics, and no exception whatever the cells hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.expr.test_parser import shape
from xltools.excel.values import ErrorValue, Value
from xltools.expr.evaluate import Facts, number_function, truth_function
from xltools.expr.nodes import Node
from xltools.expr.parser import parse
from xltools.expr.resolve import check_kinds, resolve
from xltools.expr.to_excel import to_excel

NAMES = ("a", "b", "c")


def node(source: str) -> Node:
    def lookup(name: str) -> tuple[str, ...]:
        return NAMES if name == "group" else (name,)

    return resolve(parse(source), lookup)


def facts(level: str | None = None, month: int | None = None, **values: Value) -> Facts:
    return Facts(
        values, {"a": 5, "b": "x"}, {"unit.level": level, "period.year": 2025, "period.month": month}
    )


def number(source: str, **values: Value) -> object:
    return number_function(node(source))(facts(**values))


def truth(source: str, level: str | None = None, month: int | None = None, **values: Value) -> bool:
    return truth_function(node(source))(facts(level, month, **values))


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("a + b * c", 14),
        ("a - b - c", -5),
        ("-a", -2),
        ("sum(group)", 9),
        ("sum(a, b + 1)", 6),
        ("abs(a - c)", 2),
        ("round(a + 0.5, 0)", 3),
        ("round(0 - 2.5, 0)", -3),
        ("previous(a) + previous(b)", 5),
        ("period.year", 2025),
        ("period.month", 0),
    ],
)
def test_numbers(source: str, result: float) -> None:
    assert number(source, a=2, b=3, c=4) == result


@pytest.mark.parametrize("value", [None, "", "7", True, ErrorValue("#REF!")])
def test_what_is_no_number_counts_as_nothing(value: Value) -> None:
    assert number("sum(group)", a=1, b=value, c=2) == 3
    assert number("a + b", a=1, b=value) == 1


@pytest.mark.parametrize(
    ("sign", "less", "equal", "more"),
    [
        ("==", False, True, False),
        ("!=", True, False, True),
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
    ],
)
def test_comparisons(sign: str, less: bool, equal: bool, more: bool) -> None:  # noqa: FBT001
    assert [truth(f"a {sign} 2", a=value) for value in (1, 2, 3)] == [less, equal, more]


def test_sums_of_decimals_are_compared_as_people_read_them() -> None:
    assert truth("a + b == c", a=0.1, b=0.2, c=0.3)
    assert not truth("a + b > c", a=0.1, b=0.2, c=0.3)
    assert not truth("a == b", a=0.1, b=0.100001)


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("a == 10 within 2", [False, True, True, True, False]),
        ("a <= 10 within 2", [True, True, True, True, False]),
        ("a < 10 within 2", [True, True, True, False, False]),
        ("a >= 10 within 2", [False, True, True, True, True]),
        ("a > 10 within 2", [False, False, True, True, True]),
    ],
)
def test_within_widens_every_comparison_to_its_own_side(source: str, holds: list[bool]) -> None:
    assert [truth(source, a=value) for value in (7, 8, 10, 12, 13)] == holds


def test_within_takes_its_limit_in() -> None:
    assert truth("a == b within 0.1", a=1.3, b=1.2)


def test_texts_are_compared_without_case_and_a_missing_one_is_empty() -> None:
    assert truth('unit.level == "county"', level="County")
    assert truth('unit.level != "county"', level="城市")
    assert truth('unit.level == ""')


def test_junctions() -> None:
    assert [truth("a == 1 and b == 1", a=x, b=y) for x, y in ((1, 1), (1, 0), (0, 1))] == [True, False, False]
    assert [truth("a == 1 or b == 1", a=x, b=y) for x, y in ((0, 0), (1, 0), (0, 1))] == [False, True, True]
    assert [truth("a == 1 implies b == 1", a=x, b=y) for x, y in ((0, 0), (1, 0), (1, 1))] == [
        True,
        False,
        True,
    ]
    assert truth("not a == 1", a=2)


def test_huge_values_compare_in_the_digits_a_spreadsheet_keeps() -> None:
    assert truth("a == b", a=1e18, b=1e18 + 128)
    assert not truth("a == b", a=1e18, b=1.001e18)
    assert number("a * a", a=10**200) == 10**400
    assert truth("a * a * a > 1", a=1e150)


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "无", "12", True, ErrorValue("#REF!")]),
)
NUMBERS = st.recursive(
    st.one_of(
        st.sampled_from([*NAMES, "previous(a)", "sum(group)", "period.year", "period.month"]),
        st.integers(0, 10**9).map(str),
        st.decimals(0, 1000, places=3).map(str),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda x: f"abs({x})"),
        inner.map(lambda x: f"round({x}, 2)"),
        st.lists(inner, min_size=1, max_size=3).map(lambda xs: f"sum({', '.join(xs)})"),
    ),
    max_leaves=8,
)
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
COMPARISONS = st.one_of(
    st.tuples(NUMBERS, SIGNS, NUMBERS, st.sampled_from(["", " within 1"])).map(
        lambda p: f"{p[0]} {p[1]} {p[2]}{p[3]}"
    ),
    st.sampled_from(['unit.level == "县级"', 'unit.level != "x"']),
)
TRUTHS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or", "implies"]), inner).map(
            lambda p: f"({p[0]}) {p[1]} ({p[2]})"
        ),
        inner.map(lambda x: f"not ({x})"),
    ),
    max_leaves=5,
)


@given(source=TRUTHS, values=st.tuples(VALUES, VALUES, VALUES))
def test_no_expression_and_no_cell_content_makes_an_evaluation_fail(
    source: str, values: tuple[Value, ...]
) -> None:
    resolved = node(source)
    assert check_kinds(resolved) == "truth"
    result = truth_function(resolved)(facts("县级", 3, **dict(zip(NAMES, values, strict=True))))
    assert isinstance(result, bool)


@given(source=TRUTHS)
def test_parsing_is_stable(source: str) -> None:
    once = shape(parse(source))
    assert shape(parse(once.replace("@", "").replace("'", '"'))) == once
    formula = to_excel(node(source), lambda _: "X")
    assert formula == to_excel(node(source), lambda _: "X")
    assert formula.count("(") == formula.count(")")
