"""The likely culprit: the fewest cells whose change would mend every failing equality.

The rules that are equalities are linear equations over the typed figures. A wrong figure leaves a gap
in each equation it stands in, and only in those. So the search asks which figure, or which two, can
close all gaps without opening one where the rules hold. Where several can, the usual slips decide:
12 read where 21 is due is more likely two digits swapped than any odd figure. A figure in the wrong
cell, or exchanged with another, changes two cells but is one slip, and competes with single cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, combinations, pairwise, takewhile

from xltools.checking.equations import Equation, equations
from xltools.checking.typing_errors import PRIOR, Slip, digit_slip, plausibility
from xltools.excel.values import COMPARE_DECIMALS, Number, Value, as_number, is_number, round_half_away
from xltools.model.form import Form
from xltools.model.outcomes import Outcome, State, outcomes, total_parts, with_totals
from xltools.model.submission import Submission

MOST_NAMED = 3
_CLEAR, _SURE, _LIKELIER = 0.75, 0.9, 0.5
"""Shares of all weight: at which no more are named, if each is a known slip, or else at least the second,
since then just the size of the figures speaks; and the least for a list of known slips."""
_TRIED = 40
"""Candidates put through all rules; those beyond are many, alike and not worth naming."""
_IMPOSSIBLE = 0.001
"""What is left of the plausibility of a figure that its cell must not hold, such as a negative count."""
_PREFILLED = 0.3
"""A figure filled in from last period's return is less often wrong than a typed one."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell to change: what was read, what would be due, and the slip that explains it, if any."""

    cell_id: str
    read: Value
    due: Number
    slip: Slip | None


@dataclass(frozen=True, slots=True)
class Culprit:
    """Cells that together mend the rules with the keys ``mends``; ``weight`` compares with others."""

    cells: tuple[Repair, ...]
    mends: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class _Puzzle:
    """What the search works on: the equations and, for every figure in them, where it stands.

    Sets of equations are bits of an integer, so that a pair of figures is tested by two operations.
    """

    submission: Submission
    equations: tuple[Equation, ...]

    @cached_property
    def failing(self) -> int:
        """The equations with a gap."""
        return sum(1 << number for number, equation in enumerate(self.equations) if equation.gap)

    @cached_property
    def standing(self) -> Mapping[str, int]:
        """For every figure the equations it stands in, in the order of the form."""
        found = dict.fromkeys((cell.id for cell in self.submission.form.figures), 0)
        for number, equation in enumerate(self.equations):
            for id_ in equation.terms:
                found[id_] |= 1 << number
        return {id_: bits for id_, bits in found.items() if bits}

    def read(self, cell_id: str) -> Number:
        """The figure of a cell as the rules reckon with it."""
        return as_number(self.submission.values.get(cell_id))

    def closes(self, changes: Mapping[str, Number]) -> bool:
        """Whether these changes close every gap and open none."""
        return not any(
            round_half_away(
                equation.gap + sum(equation.terms.get(id_, 0) * change for id_, change in changes.items()),
                COMPARE_DECIMALS,
            )
            for equation in self.equations
        )


def likely_culprits(submission: Submission, found: Sequence[Outcome]) -> tuple[Culprit, ...]:
    """The culprit if one stands out, or a short list, the likeliest first; nothing by luck.

    ``submission`` has its totals computed, ``found`` are its outcomes.
    """
    possible, left = all_repairs(submission, found)
    whole = left + sum(candidate.weight for candidate in possible)
    return _worth_naming(possible[:MOST_NAMED], whole)


def all_repairs(submission: Submission, found: Sequence[Outcome]) -> tuple[tuple[Culprit, ...], float]:
    """Every change of one cell (or, if none will do, of two) that mends all, the likeliest first.

    Beside them the weight of those that are too many to be put through all rules.
    """
    puzzle = _Puzzle(submission, equations(submission, found))
    if not puzzle.failing:
        return (), 0.0
    candidates = _distinct([*_single_cells(puzzle), *_swaps(puzzle)] or _two_cells(puzzle))
    candidates.sort(key=lambda candidate: -candidate.weight)  # stable: form order decides last
    keys = tuple(equation.key for equation in puzzle.equations if equation.gap)
    possible = (replace(c, mends=keys) for c in candidates[:_TRIED] if _breaks_nothing(submission, found, c))
    return tuple(possible), sum(candidate.weight for candidate in candidates[_TRIED:])


def _distinct(candidates: Iterable[Culprit]) -> list[Culprit]:
    """One for each change: a total beside its last part may be its neighbour or exchanged with it."""
    found: dict[frozenset[tuple[str, Number]], Culprit] = {}
    for candidate in candidates:
        change = frozenset((repair.cell_id, repair.due) for repair in candidate.cells)
        same = found.get(change)
        found[change] = replace(same, weight=same.weight + candidate.weight) if same else candidate
    return list(found.values())


def _worth_naming(likeliest: Sequence[Culprit], whole: float) -> tuple[Culprit, ...]:
    """The fewest that are very likely to hold the one; failing that, those with a known slip."""
    shares = [share / whole for share in accumulate(candidate.weight for candidate in likeliest)]
    known = tuple(takewhile(lambda candidate: all(r.slip for r in candidate.cells), likeliest))
    for number, share in enumerate(shares, 1):
        if share > (_CLEAR if number <= len(known) else _SURE):
            return tuple(likeliest[:number])
    return known if known and shares[len(known) - 1] > _LIKELIER else ()


def _single_cells(puzzle: _Puzzle) -> Iterator[Culprit]:
    failing = puzzle.failing
    first = _first(puzzle, failing)
    for id_, standing in puzzle.standing.items():
        if standing == failing:
            change = -first.gap / first.terms[id_]
            repair = _repair(puzzle, id_, change)
            if repair is not None and puzzle.closes({id_: change}):
                yield _culprit(puzzle, repair)


def _two_cells(puzzle: _Puzzle) -> Iterator[Culprit]:
    failing, standing = puzzle.failing, puzzle.standing
    holding = ~failing
    useful = [id_ for id_, bits in standing.items() if bits & failing]
    for one, two in combinations(useful, 2):
        covered = standing[one] | standing[two]
        if covered & failing == failing and not (standing[one] ^ standing[two]) & holding:
            changes = _solve(puzzle, one, two, covered)
            if changes and puzzle.closes(changes):
                repairs = [_repair(puzzle, id_, change) for id_, change in changes.items()]
                possible = [repair for repair in repairs if repair is not None]
                if len(possible) == len(repairs):
                    yield _culprit(puzzle, *possible)


def _swaps(puzzle: _Puzzle) -> Iterator[Culprit]:
    """Figures exchanged with a neighbouring cell, or a total with one of its parts."""
    form = puzzle.submission.form
    relations = [(pair, Slip.NEIGHBOUR) for pair in _neighbours(form)]
    relations += [(pair, Slip.EXCHANGED) for pair in _totals_and_parts(form)]
    for (one, two), slip in relations:
        if one not in puzzle.standing or two not in puzzle.standing:
            continue
        change = puzzle.read(two) - puzzle.read(one)
        if slip is Slip.NEIGHBOUR and puzzle.read(one) and puzzle.read(two):
            continue  # a figure in the wrong cell leaves its own cell empty or 0
        if change and puzzle.closes({one: change, two: -change}):
            yield _swap(puzzle, one, two, slip)


def _swap(puzzle: _Puzzle, one: str, two: str, slip: Slip) -> Culprit:
    submission = puzzle.submission
    weight = PRIOR[slip] / 4  # of a cell's neighbours, or of a total's parts, one
    repairs = []
    for here, there in ((one, two), (two, one)):
        read, due = submission.values.get(here), puzzle.read(there)
        weight *= _likely(submission, here, due) / _likely(submission, here, read)
        repairs.append(Repair(here, read, due, slip))
    return Culprit(tuple(repairs), (), weight)


def _culprit(puzzle: _Puzzle, *repairs: Repair) -> Culprit:
    submission = puzzle.submission
    weight = 1.0
    for repair in repairs:
        slip, chance = digit_slip(repair.read, repair.due)
        likely = _likely(submission, repair.cell_id, repair.read)
        # By Bayes: the share of the slip, times the chance that it gives what was read, times how
        # plausible the due figure is beside it. What is no known slip may give any figure.
        weight *= PRIOR[slip] * (chance if slip else likely)
        weight *= _likely(submission, repair.cell_id, repair.due) / likely
        rule = submission.form.prefilling.get(repair.cell_id)
        if rule and all(is_number(submission.previous.get(id_)) for id_ in rule.previous):
            weight *= _PREFILLED
    return Culprit(repairs, (), weight)


def _likely(submission: Submission, cell_id: str, value: Value) -> float:
    """How plausible a figure is in this cell; hardly, where the cell must not hold it."""
    cell = submission.form.cells[cell_id]
    figure = as_number(value)
    wrong = not is_number(value) or (figure < 0 and not cell.signed)
    wrong = wrong or (cell.type == "integer" and figure != int(figure))
    return plausibility(figure, submission.previous.get(cell_id)) * (_IMPOSSIBLE if wrong else 1)


def _repair(puzzle: _Puzzle, cell_id: str, change: Number) -> Repair | None:
    """The repair, or None where the cell cannot hold the figure that would be due."""
    cell = puzzle.submission.form.cells[cell_id]
    due = round_half_away(puzzle.read(cell_id) + change, COMPARE_DECIMALS)
    if due == int(due):
        due = int(due)
    elif cell.type == "integer":
        return None
    if not change or (due < 0 and not cell.signed):
        return None
    read = puzzle.submission.values.get(cell_id)
    return Repair(cell_id, read, due, digit_slip(read, due)[0])


def _solve(puzzle: _Puzzle, one: str, two: str, covered: int) -> dict[str, Number]:
    """The changes of two figures that close the gaps of two equations which tell them apart."""
    rows = [e for number, e in enumerate(puzzle.equations) if covered >> number & 1]
    first, *others = rows
    a, b = first.terms.get(one, 0), first.terms.get(two, 0)
    for other in others:
        c, d = other.terms.get(one, 0), other.terms.get(two, 0)
        determinant = a * d - b * c
        if determinant:
            return {
                one: (b * other.gap - d * first.gap) / determinant,
                two: (c * first.gap - a * other.gap) / determinant,
            }
    return {}


def _first(puzzle: _Puzzle, bits: int) -> Equation:
    return puzzle.equations[(bits & -bits).bit_length() - 1]


def _breaks_nothing(submission: Submission, found: Sequence[Outcome], culprit: Culprit) -> bool:
    """Whether every line that holds, equality or not, still holds after the repair."""
    values = {**submission.values, **{repair.cell_id: repair.due for repair in culprit.cells}}
    repaired = replace(submission, values=values)
    repaired = replace(repaired, values=with_totals(repaired))
    failed = (State.FAIL, State.TO_EXPLAIN)
    return not any(
        after.state in failed and before.state not in failed
        for before, after in zip(found, outcomes(repaired), strict=True)
    )


def _neighbours(form: Form) -> Iterator[tuple[str, str]]:
    for table in form.tables:
        rows = [[table.cell_id(row, column) for column in table.column_leaves] for row in table.row_leaves]
        for row in rows:
            yield from pairwise(row)
        for upper, lower in pairwise(rows):
            yield from zip(upper, lower, strict=True)


def _totals_and_parts(form: Form) -> Iterable[tuple[str, str]]:
    return ((total, part) for total, rule in form.computing.items() for part in total_parts(rule))
