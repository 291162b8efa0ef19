"""Names to cells, and what may stand where."""

from __future__ import annotations

import pytest

from xltools.expr.nodes import Call, Compare, Constant, ExpressionError, Figure
from xltools.expr.parser import parse
from xltools.expr.resolve import check_kinds, resolve

CELLS = {"a": ("t.a",), "b": ("t.b",), "group": ("t.a", "t.b", "t.c")}


def lookup(name: str) -> tuple[str, ...]:
    return CELLS.get(name, ())


def test_names_become_the_cells_they_stand_for() -> None:
    node = resolve(parse("a == sum(group, b, 1)"), lookup)
    assert isinstance(node, Compare)
    assert node.left == Figure("t.a")
    assert isinstance(node.right, Call)
    assert node.right.arguments == (
        Figure("t.a"), Figure("t.b"), Figure("t.c"), Figure("t.b"), Constant(1),
    )  # fmt: skip


def test_previous_reads_the_figure_of_the_period_before() -> None:
    node = resolve(parse("a == previous(b)"), lookup)
    assert isinstance(node, Compare)
    assert node.right == Figure("t.b", previous=True)


@pytest.mark.parametrize(
    ("source", "position", "words"),
    [
        ("a == missing", 5, "missing"),
        ("a == group", 5, "sum(group)"),
        ("a == previous(group)", 14, "sum(group)"),
        ("a == previous(a + b)", 5, "one cell"),
        ("a == previous(1)", 5, "one cell"),
        ("a == sum(b, missing)", 12, "missing"),
        ("a == abs(group)", 9, "sum(group)"),
    ],
)
def test_names_that_stand_for_no_cell_or_for_several_are_refused(
    source: str, position: int, words: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        resolve(parse(source), lookup)
    assert caught.value.position == position
    assert words in caught.value.text.en


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("a + 1", "number"),
        ("sum(group)", "number"),
        ("period.year", "number"),
        ("unit.level", "text"),
        ('"县级"', "text"),
        ("a == b", "truth"),
        ('unit.level != "x"', "truth"),
        ("not a == b", "truth"),
        ("a == b implies a < b", "truth"),
    ],
)
def test_every_expression_has_a_kind(source: str, kind: str) -> None:
    assert check_kinds(resolve(parse(source), lookup)) == kind


@pytest.mark.parametrize(
    "source",
    [
        "a + unit.level == 1",
        '"1" + 1 == 2',
        "a and b",
        "not a",
        "a == unit.level",
        "unit.level == 1",
        'unit.level < "x"',
        'unit.level == "x" within 1',
        "(a == b) == (a == b)",
        "a + (a == b) == 1",
        "a == b implies 1",
        'sum(a, "x") == 1',
        "abs(a == b) == 1",
        "sum(a == b) == 1",
    ],
)
def test_operands_that_do_not_fit_are_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        check_kinds(resolve(parse(source), lookup))
