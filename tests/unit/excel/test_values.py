"""Excel's own value semantics."""

from __future__ import annotations

import math

import pytest

from xltools.excel.values import (
    ErrorValue,
    Number,
    Value,
    difference,
    is_blank,
    is_number,
    plain,
    round_half_away,
    same_text,
    total,
)


@pytest.mark.parametrize("value", [0, -3, 2.5, 10**20])
def test_numbers_are_counted(value: Value) -> None:
    assert is_number(value)


@pytest.mark.parametrize("value", [None, "", "12", "１２", True, False, ErrorValue("#REF!")])
def test_texts_truths_blanks_and_errors_are_no_numbers(value: Value) -> None:
    assert not is_number(value)


@pytest.mark.parametrize(
    ("value", "blank"), [(None, True), ("", True), (0, False), (" ", False), (False, False)]
)
def test_a_blank_is_nothing_or_an_empty_text(value: Value, blank: bool) -> None:  # noqa: FBT001
    assert is_blank(value) is blank


def test_a_sum_skips_what_is_no_number() -> None:
    assert total([1, None, "2", True, ErrorValue("#N/A"), 4]) == 5
    assert total([]) == 0


def test_a_sum_of_integers_is_exact_however_large() -> None:
    assert total([10**17, 1, -(10**17)]) == 1


def test_a_sum_of_decimals_does_not_depend_on_their_order() -> None:
    assert total([0.1] * 10) == 1.0
    assert total([1e16, 1.0, -1e16]) == 1.0


@pytest.mark.parametrize(
    ("number", "digits", "rounded"),
    [
        (2.5, 0, 3),
        (-2.5, 0, -3),
        (0.5, 0, 1),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (-1.005, 2, -1.01),
        (1.4999999, 0, 1),
        (0.0000005, 6, 0.000001),
        (7, 0, 7),
        (1e300, 2, 1e300),
    ],
)
def test_halves_are_rounded_away_from_zero(number: Number, digits: int, rounded: Number) -> None:
    assert round_half_away(number, digits) == rounded


def test_rounding_leaves_infinity_alone() -> None:
    assert round_half_away(math.inf, 2) == math.inf


def test_figures_beyond_fifteen_digits_that_agree_in_them_do_not_differ() -> None:
    assert difference(1e18 + 128, 1e18) == 0
    assert difference(1e18 * 1.001, 1e18) != 0
    assert difference(10**12 + 1, 10**12) == 1


@pytest.mark.parametrize(
    ("left", "right", "same"), [("ABC", "abc", True), ("县级", "县级", True), ("a", "b", False)]
)
def test_texts_are_compared_without_case(left: str, right: str, same: bool) -> None:  # noqa: FBT001
    assert same_text(left, right) is same


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3.0, "3"),
        (2.5, "2.5"),
        (ErrorValue("#REF!"), "#REF!"),
        ("无", "无"),
        (1e15, "1000000000000000.0"),
        (1e14, "100000000000000"),
    ],
)
def test_values_are_shown_plainly(value: Value, shown: str) -> None:
    assert str(plain(value)) == shown
