"""``python -m tests.benchmarks.culprit``: how often the true cell is named. Writes ``docs/culprit.md``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.benchmarks.city import city_return
from tests.support.cases import DEFINITIONS, form_in
from xltools.checking.culprit import Culprit, likely_culprits
from xltools.diagnostics.findings import Severity
from xltools.excel.values import Value
from xltools.model.form import Form
from xltools.model.outcomes import State, outcomes, total_parts, with_totals
from xltools.model.submission import Submission

FORMS = DEFINITIONS[:2]
"""The two official formats."""
SEED = 2025
PAGE = Path("docs/culprit.md")
_COUNT = 200
_TRIES = 400
"""Draws of a return for every slip that counts, before it is said that there are none."""

Truth = dict[str, Value]
"""The cells that were changed, with the figures they should have."""
Mistake = Callable[[Submission, Random], Mapping[str, Value] | None]
"""Gives the changed figures, or None where this draw offers nothing to change."""


@dataclass(frozen=True)
class Tally:
    """How many slips were tried, and what was said about them."""

    tried: int = 0
    right: int = 0
    among: int = 0
    wrong: int = 0

    def add(self, truth: Truth, named: Sequence[Culprit]) -> Tally:
        """With one more slip. ``right``: named alone; ``among``: alone or beside others."""
        hit = any({r.cell_id: r.due for r in culprit.cells} == truth for culprit in named)
        return Tally(
            self.tried + 1,
            self.right + (hit and len(named) == 1),
            self.among + hit,
            self.wrong + (not hit and len(named) == 1),
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.tried + other.tried,
            self.right + other.right,
            self.among + other.among,
            self.wrong + other.wrong,
        )


def _cell(submission: Submission, random: Random) -> str:
    cells = submission.form.figures if submission.typed_totals else submission.form.inputs
    return random.choice(cells).id


def _count(submission: Submission, cell_id: str) -> int:
    value = submission.values[cell_id]
    return value if isinstance(value, int) else 0


def _of_digits(change: Callable[[str, Random], str]) -> Mistake:
    def mistake(submission: Submission, random: Random) -> Mapping[str, Value] | None:
        cell_id = _cell(submission, random)
        text = str(_count(submission, cell_id))
        return {cell_id: int(change(text, random) or "0")} if text != "0" else None

    return mistake


def _swap_digits(text: str, random: Random) -> str:
    if len(text) < 2:
        return text
    at = random.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _drop_digit(text: str, random: Random) -> str:
    at = random.randrange(len(text))
    return text[:at] + text[at + 1 :] if len(text) > 1 else text


def _double_digit(text: str, random: Random) -> str:
    at = random.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def _negate(text: str, random: Random) -> str:
    return "-" + text


def _any_figure(text: str, random: Random) -> str:
    return str(random.randrange(0, 2 * int(text) + 10))


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


_DIGITS: tuple[Mistake, ...] = tuple(map(_of_digits, (_swap_digits, _drop_digit, _double_digit)))


def _double(submission: Submission, random: Random) -> Mapping[str, Value] | None:
    """Two digit slips, each of which a rule sees by itself."""
    changed: dict[str, Value] = {}
    for _ in range(2):
        one = random.choice(_DIGITS)(submission, random)
        if not one or not seen(spoil(submission, one)):
            return None
        changed |= one
    return changed if len(changed) == 2 else None


SINGLE: dict[str, Mistake] = {
    "two digits swapped": _of_digits(_swap_digits),
    "a digit missing": _of_digits(_drop_digit),
    "a digit doubled": _of_digits(_double_digit),
    "sign": _of_digits(_negate),
    "in the neighbouring cell": _into_neighbour,
    "total and part exchanged": _exchange,
}
OTHER: dict[str, Mistake] = {"any other figure": _of_digits(_any_figure), "two digit slips": _double}


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


def measure(form: Form, mistake: Mistake, count: int, setting: Setting) -> Tally:
    """The tally over ``count`` slips that a rule sees; empty where the form offers none."""
    random = Random(f"{SEED} {form.id} {setting.title}")
    carried = {id_ for instance in form.instances for id_ in instance.previous}
    kept = {"all": form.cells.keys(), "carried": carried, "nothing": frozenset()}[setting.last_year]
    tally = Tally()
    for draw in range(count * _TRIES):
        if tally.tried == count or (tally.tried == 0 and draw > _TRIES):
            break
        submission = city_return(form, random, typed=setting.typed)
        known = {id_: value for id_, value in submission.previous.items() if id_ in kept}
        submission = replace(submission, previous=known)
        changed = mistake(submission, random) or {}
        truth = {id_: submission.values[id_] for id_ in changed}
        spoilt = spoil(submission, changed)
        if changed and all(changed[id_] != due for id_, due in truth.items()) and seen(spoilt):
            tally = tally.add(truth, likely_culprits(spoilt, outcomes(spoilt)))
    return tally


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


_HEAD = f"""# The likely culprit 最可能填错的格

How often `LIKELY-CULPRIT` names the cell that is wrong, with the figure it should have; written by
`python -m tests.benchmarks.culprit`, do not edit by hand.

Made-up returns of a city's size that agree in every rule (figures from 0 to a few thousand, log-uniform,
three in ten are 0; last year's figures near this year's), seed {SEED}; in each one slip, or two, in cells
drawn at random. Only slips count that at least one error rule which is an equality sees.
{_COUNT} slips of each kind in each of the forms {" and ".join(folder.name for folder in FORMS)}.

- **named**: the true cell (both cells, where two changed), with the true figure, and no other.
- **among**: the same, alone or as one of up to three named as equally good.
- **misnamed**: another cell is named alone. In all other cases several are named, or none.

With typed totals (reports read from a web page, or totals typed over) row and column totals cross in the
wrong cell. With formula totals a wrong figure is only seen as a gap in its column's balance, which some
twenty figures could close; only a recognised slip, and last year's figures, can tell them apart. An odd
figure without any such trace cannot be found there, and two slips in one column look like one.
"""


def page(rows: Iterable[tuple[Setting, str, Tally]]) -> str:
    """The page of documentation, a table a setting."""
    lines = [_HEAD]
    previous = None
    for setting, name, tally in rows:
        if setting != previous:
            previous = setting
            lines += [f"\n## {setting.title.capitalize()}\n"]
            lines += ["| slip | tried | named | among | misnamed |", "|---|--:|--:|--:|--:|"]
        lines.append(_line(name, tally))
    return "\n".join(lines) + "\n"


def _line(name: str, tally: Tally) -> str:
    if not tally.tried:
        return f"| {name} | 0 | - | - | - |"
    rates = (f"{count / tally.tried:.1%}" for count in (tally.right, tally.among, tally.wrong))
    return f"| {name} | {tally.tried} | {' | '.join(rates)} |"


def all_rows(count: int) -> Iterable[tuple[Setting, str, Tally]]:
    """Every line of every table; the single slips are summed up, the others stand below."""
    forms = [form_in(folder) for folder in FORMS]
    for setting in SETTINGS:
        singles = Tally()
        for name, mistake in SINGLE.items():
            tally = sum((measure(form, mistake, count, setting) for form in forms), Tally())
            singles += tally
            yield setting, name, tally
        yield setting, "**all of these**", singles
        for name, mistake in OTHER.items():
            yield setting, name, sum((measure(form, mistake, count, setting) for form in forms), Tally())


def main() -> None:
    """Measure, print and write the page."""
    rows = []
    for setting, name, tally in all_rows(_COUNT):
        if not rows or rows[-1][0] != setting:
            print(setting.title)
        print(" ", _line(name, tally), flush=True)
        rows.append((setting, name, tally))
    PAGE.write_text(page(rows), "utf-8")


if __name__ == "__main__":
    main()
