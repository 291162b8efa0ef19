"""The one function table of the rule language: each function with both its implementations.

Only functions on which Excel, WPS and LibreOffice agree are let in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xltools.excel.values import Number, round_half_away, total


@dataclass(frozen=True, slots=True)
class Function:
    """A function: how many arguments it takes, its Excel name and its Python implementation.

    ``over_cells`` functions take ranges of cells (names of groups) and skip what is not a number.
    """

    name: str
    least: int
    most: int
    excel: str
    python: Callable[[Sequence[Number]], Number]
    over_cells: bool = False


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("sum", 1, 255, "SUM", total, over_cells=True),
        Function("abs", 1, 1, "ABS", lambda args: abs(args[0])),
        Function("round", 2, 2, "ROUND", lambda args: round_half_away(args[0], int(args[1]))),
    )
}
