"""Slips drawn at random in made-up returns: what the finder of the likely culprit is measured with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.benchmarks.city import city_return
from xltools.diagnostics.findings import Severity
from xltools.excel.values import Value
from xltools.model.form import Form
from xltools.model.outcomes import State, outcomes, total_parts, with_totals
from xltools.model.submission import Submission

SEED = 2025
_TRIES = 400
"""Draws of a return for every slip that counts, before it is said that there are none."""

Truth = dict[str, Value]
"""The cells that were changed, with the figures they should have."""
Mistake = Callable[[Submission, Random], Mapping[str, Value] | None]
"""Gives the changed figures, or None where this draw offers nothing to change."""


def _cell(submission: Submission, random: Random) -> str:
    cells = submission.form.figures if submission.typed_totals else submission.form.inputs
    return random.choice(cells).id


def _count(submission: Submission, cell_id: str) -> int:
    value = submission.values[cell_id]
    return value if isinstance(value, int) else 0


@dataclass(frozen=True)
class DigitSlip:
    """A slip in one cell: ``change`` writes its figure wrong at one of the places it has."""

    change: Callable[[str, int], str]
    places: Callable[[str], int]

    def __call__(self, submission: Submission, random: Random) -> Mapping[str, Value] | None:
        """One cell drawn at random, written wrong at a place drawn at random."""
        cell_id = _cell(submission, random)
        text = str(_count(submission, cell_id))
        places = self.places(text)
        return {cell_id: self._written(text, random.randrange(places))} if places and text != "0" else None

    def chance(self, read: Value, due: int) -> float:
        """How likely this slip makes just that of a figure."""
        text = str(due)
        places = self.places(text) if text != "0" else 0
        return sum(self._written(text, at) == read for at in range(places)) / max(places, 1)

    def _written(self, text: str, at: int) -> int:
        return int(self.change(text, at) or "0")


def _any_figure(submission: Submission, random: Random) -> Mapping[str, Value] | None:
    cell_id = _cell(submission, random)
    figure = _count(submission, cell_id)
    return {cell_id: random.randrange(0, 2 * figure + 10)} if figure else None


def _into_neighbour(submission: Submission, random: Random) -> Mapping[str, Value] | None:
    table = random.choice(submission.form.tables)
    rows, columns = table.row_leaves, table.column_leaves
    row, column = random.randrange(len(rows)), random.randrange(len(columns))
    down, right = random.choice(((0, 1), (1, 0), (0, -1), (-1, 0)))
    if not (0 <= row + down < len(rows) and 0 <= column + right < len(columns)):
        return None
    own = table.cell_id(rows[row], columns[column])
    other = table.cell_id(rows[row + down], columns[column + right])
    open_ = {cell.id for cell in submission.form.inputs} | submission.typed_totals
    if not {own, other} <= open_ or not submission.values[own] or submission.values[other]:
        return None
    return {own: 0, other: submission.values[own]}


def _exchange(submission: Submission, random: Random) -> Mapping[str, Value] | None:
    if not submission.typed_totals:
        return None
    total, rule = random.choice(list(submission.form.computing.items()))
    part = random.choice(total_parts(rule))
    return {total: submission.values[part], part: submission.values[total]}


DIGITS = {
    "two digits swapped": DigitSlip(
        lambda text, at: text[:at] + text[at + 1] + text[at] + text[at + 2 :], lambda text: len(text) - 1
    ),
    "a digit missing": DigitSlip(
        lambda text, at: text[:at] + text[at + 1 :], lambda text: len(text) if len(text) > 1 else 0
    ),
    "a digit doubled": DigitSlip(lambda text, at: text[:at] + text[at] + text[at:], len),
    "sign": DigitSlip(lambda text, _: "-" + text, lambda _: 1),
}


def _double(submission: Submission, random: Random) -> Mapping[str, Value] | None:
    """Two digit slips, each of which a rule sees by itself."""
    changed: dict[str, Value] = {}
    for _ in range(2):
        one = random.choice(_TWICE)(submission, random)
        if not one or not seen(spoil(submission, one)):
            return None
        changed |= one
    return changed if len(changed) == 2 else None


_TWICE = tuple(DIGITS.values())[:3]
NEIGHBOUR, EXCHANGED = "in the neighbouring cell", "total and part exchanged"
SINGLE: dict[str, Mistake] = {**DIGITS, NEIGHBOUR: _into_neighbour, EXCHANGED: _exchange}
OTHER: dict[str, Mistake] = {"any other figure": _any_figure, "two digit slips": _double}


@dataclass(frozen=True)
class Setting:
    """What is known of a return: typed totals or formulas, and how much of last year's figures."""

    title: str
    typed: bool
    last_year: str


SETTINGS = (
    Setting("typed totals, last year's return at hand", typed=True, last_year="all"),
    Setting("typed totals, nothing of last year", typed=True, last_year="nothing"),
    Setting("formula totals, last year's return at hand", typed=False, last_year="all"),
    Setting("formula totals, only what the workbook carries of last year", typed=False, last_year="carried"),
)


@dataclass(frozen=True)
class Sample:
    """Returns with a slip that a rule sees, each with the truth, and the share of draws that gave one."""

    cases: tuple[tuple[Submission, Truth], ...]
    rate: float


def sample(form: Form, mistake: Mistake, count: int, setting: Setting) -> Sample:
    """``count`` slips that a rule sees; none where the form offers none."""
    random = Random(f"{SEED} {form.id} {setting.title}")
    carried = {id_ for instance in form.instances for id_ in instance.previous}
    kept = {"all": form.cells.keys(), "carried": carried, "nothing": frozenset()}[setting.last_year]
    cases: list[tuple[Submission, Truth]] = []
    draws = 0
    while len(cases) < count and draws < (count if cases else 1) * _TRIES:
        draws += 1
        submission = city_return(form, random, typed=setting.typed)
        known = {id_: value for id_, value in submission.previous.items() if id_ in kept}
        submission = replace(submission, previous=known)
        changed = mistake(submission, random) or {}
        truth = {id_: submission.values[id_] for id_ in changed}
        spoilt = spoil(submission, changed)
        if changed and all(changed[id_] != due for id_, due in truth.items()) and seen(spoilt):
            cases.append((spoilt, truth))
    return Sample(tuple(cases), len(cases) / draws)


def spoil(submission: Submission, changed: Mapping[str, Value]) -> Submission:
    """The return with these figures, its totals computed anew."""
    spoilt = replace(submission, values={**submission.values, **changed})
    return replace(spoilt, values=with_totals(spoilt))


def seen(submission: Submission) -> bool:
    """Whether an equality that is an error fails."""
    return any(
        outcome.state is State.FAIL
        and outcome.instance.rule.severity is Severity.ERROR
        and outcome.instance.comparison.comparator == "=="
        for outcome in outcomes(submission)
    )
