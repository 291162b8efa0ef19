"""How often the true cell can be named at all: a finder that knows how returns and slips are drawn.

It weighs every repair by the exact chance that the generator gave such a return and such a slip. No
finder names the true cell first more often, save by luck of the draw; what is beyond it is decided
by nothing that the figures say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from statistics import NormalDist

from tests.benchmarks.city import LARGEST, NEW_COURSE, OTHERS, YEARLY, ZEROS
from tests.benchmarks.mistakes import DIGITS, EXCHANGED, NEIGHBOUR, Truth
from xltools.checking.culprit import Culprit, all_repairs
from xltools.checking.typing_errors import Slip
from xltools.excel.values import as_number
from xltools.model.form import Cell
from xltools.model.outcomes import Outcome, total_parts
from xltools.model.submission import Submission

_NO_CHANCE = 1e-300
_MOVE = NormalDist(0, YEARLY)


def first_of_all_knowing(
    submission: Submission, found: Sequence[Outcome], rates: Mapping[str, float]
) -> Truth:
    """The cells and figures of the likeliest repair; ``rates`` is the share of draws each slip came from."""
    repairs, _ = all_repairs(submission, found)
    touched = {repair.cell_id for culprit in repairs for repair in culprit.cells}
    weights = {}
    for number, culprit in enumerate(repairs):
        changed = {repair.cell_id: repair.due for repair in culprit.cells}
        values = {**submission.values, **changed}
        chances = [_slip(submission, culprit, rates)]
        chances += [_figure(submission, submission.form.cells[id_], values[id_]) for id_ in touched]
        weights[number] = sum(math.log(max(chance, _NO_CHANCE)) for chance in chances)
    if not weights:
        return {}
    return {repair.cell_id: repair.due for repair in repairs[max(weights, key=weights.__getitem__)].cells}


def _slip(submission: Submission, culprit: Culprit, rates: Mapping[str, float]) -> float:
    """How likely a slip of any kind made of the due figures what was read."""
    form, (first, *more) = submission.form, culprit.cells
    if not more:
        cells = form.figures if submission.typed_totals else form.inputs
        kinds = ((kind, DIGITS[kind]) for kind in DIGITS if rates[kind])
        due = int(first.due)
        return sum(slip.chance(first.read, due) / rates[kind] for kind, slip in kinds) / len(cells)
    if first.slip is Slip.NEIGHBOUR:
        table = next(table for table in form.tables if table.id == form.cells[first.cell_id].table)
        places = len(table.row_leaves) * len(table.column_leaves) * 4
        return 1 / len(form.tables) / places / rates[NEIGHBOUR]
    if first.slip is Slip.EXCHANGED and rates[EXCHANGED]:
        parts = total_parts(form.computing[first.cell_id])
        return 1 / len(form.computing) / len(parts) / rates[EXCHANGED]
    return 0.0  # two slips at once, which are not drawn here


def _figure(submission: Submission, cell: Cell, value: object) -> float:
    """How likely the generator puts a figure into a cell; what follows from others is certain."""
    if cell.kind == "total" or cell.row == "new":
        return 1.0
    if not isinstance(value, int) or value < 0:
        return 0.0
    largest = LARGEST.get(cell.column or "", OTHERS)
    if cell.id in submission.previous:
        return _after(value, int(as_number(submission.previous[cell.id])), largest)
    return _unknown(value, largest)


@cache
def _fresh(value: int, largest: int) -> float:
    """A figure that follows from nothing: 0, or log-uniform and rounded."""
    if value == 0:
        return ZEROS
    low, high = math.log(max(value - 0.5, 1)), math.log(min(value + 0.5, largest))
    return (1 - ZEROS) * max(high - low, 0) / math.log(largest)


@cache
def _after(value: int, last: int, largest: int) -> float:
    """A figure a year after ``last``: moved from it, or started anew."""
    if last == 0:
        moved = float(value == 0)
    else:
        below = _MOVE.cdf(math.log((value - 0.5) / last)) if value else 0
        moved = _MOVE.cdf(math.log((value + 0.5) / last)) - below
    return (1 - NEW_COURSE) * moved + NEW_COURSE * _fresh(value, largest)


@cache
def _unknown(value: int, largest: int) -> float:
    """A figure of which last year's is not known."""
    return sum(_fresh(last, largest) * _after(value, last, largest) for last in range(largest + 1))
