"""The usual slips in writing a figure, and how likely each is to have given what was read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum

from xltools.excel.values import Number, Value, as_number, is_number, plain


class Slip(StrEnum):
    """What may have happened to a figure."""

    TRANSPOSED = "transposed"
    MISSING_DIGIT = "missing digit"
    DOUBLED_DIGIT = "doubled digit"
    SIGN = "sign"
    NEIGHBOUR = "neighbouring cell"
    EXCHANGED = "total and part exchanged"
    NO_NUMBER = "no number"


PRIOR: dict[Slip | None, float] = {
    Slip.TRANSPOSED: 0.25,
    Slip.MISSING_DIGIT: 0.2,
    Slip.DOUBLED_DIGIT: 0.15,
    Slip.NEIGHBOUR: 0.1,
    Slip.EXCHANGED: 0.05,
    Slip.SIGN: 0.05,
    Slip.NO_NUMBER: 0.15,
    None: 0.05,
}
"""Shares of the slips among wrong figures, by common sense; None is a wrong figure of no known kind."""

_SPREAD = 0.5
"""How far a figure usually moves from one period to the next, as the logarithm of the ratio."""
_UNLIKE_LAST = 0.15
"""Share of figures that have nothing to do with last period's."""
_DECADES = 10
"""Figures without any other clue are taken to be as likely between 10 and 20 as between 100 and 200;
this is the range of their natural logarithm."""


def digit_slip(read: Value, due: Number) -> tuple[Slip | None, float]:
    """The slip in one cell that turns ``due`` into ``read``, and how likely it is to give just that."""
    if not is_number(read):
        return Slip.NO_NUMBER, 1.0
    if read == -due:
        return Slip.SIGN, 1.0
    written = str(plain(due))
    if "e" in written:  # so large or so small that nobody wrote it digit by digit
        return None, 0.0
    for slip, misread in (
        (Slip.TRANSPOSED, _transposed),
        (Slip.MISSING_DIGIT, _missing),
        (Slip.DOUBLED_DIGIT, _doubled),
    ):
        texts = tuple(misread(written))
        hits = sum(float(text) == read for text in texts)
        if hits:
            return slip, hits / len(texts)
    return None, 0.0


def plausibility(value: Value, before: Value) -> float:
    """How likely a figure is: small ones more than large ones, and best near last period's."""
    size = abs(as_number(value)) + 1
    share = 1 / _DECADES
    if is_number(before):
        ratio = math.log(size / (abs(as_number(before)) + 1))
        near = math.exp(-abs(ratio) / _SPREAD) / (2 * _SPREAD)
        share = _UNLIKE_LAST * share + (1 - _UNLIKE_LAST) * near
    return share / size


def _transposed(text: str) -> Iterator[str]:
    for left in range(len(text) - 1):
        one, two = text[left], text[left + 1]
        if one.isdigit() and two.isdigit() and one != two:
            yield text[:left] + two + one + text[left + 2 :]


def _missing(text: str) -> Iterator[str]:
    if sum(map(str.isdigit, text)) > 1:
        for place, digit in enumerate(text):
            shorter = text[:place] + text[place + 1 :]
            if digit.isdigit() and shorter not in ("-", "."):
                yield shorter


def _doubled(text: str) -> Iterator[str]:
    for place, digit in enumerate(text):
        if digit.isdigit():
            yield text[:place] + digit + text[place:]
