"""``python -m tests.benchmarks.culprit``: how often the true cell is named. Writes ``docs/culprit.md``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from tests.benchmarks.all_knowing import first_of_all_knowing
from tests.benchmarks.mistakes import OTHER, SEED, SETTINGS, SINGLE, Mistake, Sample, Setting, sample
from tests.support.cases import DEFINITIONS, form_in
from xltools.checking.culprit import likely_culprits
from xltools.model.form import Form
from xltools.model.outcomes import outcomes

FORMS = DEFINITIONS[:2]
"""The two official formats."""
PAGE = Path("docs/culprit.md")
_COUNT = 200


@dataclass(frozen=True)
class Tally:
    """How many slips were tried, and of how many the true cell was named first, alone, among others.

    ``wrong``: another was named alone; ``possible``: the all-knowing finder names the true one first.
    """

    tried: int = 0
    first: int = 0
    alone: int = 0
    among: int = 0
    wrong: int = 0
    possible: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


def measure(form: Form, mistake: Mistake, count: int, setting: Setting) -> Tally:
    """The tally over ``count`` slips that a rule sees; empty where the form offers none."""
    return _tally(sample(form, mistake, count, setting), {})


def _tally(drawn: Sample, rates: Mapping[str, float]) -> Tally:
    """What is said of each case; what is possible only where the ``rates`` of the slips are given."""
    tally = Tally()
    for spoilt, truth in drawn.cases:
        found = outcomes(spoilt)
        named = [{r.cell_id: r.due for r in one.cells} for one in likely_culprits(spoilt, found)]
        possible = bool(rates) and first_of_all_knowing(spoilt, found, rates) == truth
        hits = (named[:1] == [truth], named == [truth], truth in named, len(named) == 1 and named != [truth])
        tally += Tally(1, *map(int, hits), int(possible))
    return tally


_HEAD = f"""# The likely culprit 最可能填错的格

How often `LIKELY-CULPRIT` names the cell that is wrong, with the figure it should have; written by
`python -m tests.benchmarks.culprit`, do not edit by hand.

Made-up returns of a city's size that agree in every rule (figures from 0 to a few thousand, log-uniform,
three in ten are 0; last year's figures near this year's), seed {SEED}; in each one slip, or two, in cells
drawn at random. Only slips count that at least one error rule which is an equality sees.
{_COUNT} slips of each kind in each of the forms {" and ".join(folder.name for folder in FORMS)}.

- **first**: the true cell (both cells, where two changed), with the true figure, is named first.
- **alone**: the same, and no other is named.
- **among**: it is one of up to three that are named, the likeliest first.
- **misnamed**: another cell is named alone. In all other cases several are named, or none.
- **possible**: a finder that knows exactly how these returns and slips are drawn names it first. That is
  the bound: what lies beyond is decided by nothing that the figures say.

With typed totals (reports read from a web page, or totals typed over) row and column totals cross in the
wrong cell. With formula totals a wrong figure is only seen as a gap in its column's balance, which some
twenty figures could close; only a recognised slip, and last year's figures, can tell them apart. Where 53
stands for 35, any two digits in the column that differ by two could be the swapped ones: often several
fit, and then a short list is the honest answer. An odd figure without any such trace cannot be found
there, and two slips in one column look like one.
"""


def page(rows: Iterable[tuple[Setting, str, Tally]]) -> str:
    """The page of documentation, a table a setting."""
    lines = [_HEAD]
    previous = None
    for setting, name, tally in rows:
        if setting != previous:
            previous = setting
            lines += [f"\n## {setting.title.capitalize()}\n"]
            lines += ["| slip | tried | first | alone | among | misnamed | possible |"]
            lines += ["|---|--:|--:|--:|--:|--:|--:|"]
        lines.append(_line(name, tally))
    return "\n".join(lines) + "\n"


def _line(name: str, tally: Tally) -> str:
    tried, *counts, possible = astuple(tally)
    rates = [f"{count / tried:.1%}" if tried else "-" for count in counts]
    rates.append(f"{possible / tried:.1%}" if possible else "-")
    return f"| {name} | {tried} | {' | '.join(rates)} |"


def all_rows(count: int) -> Iterable[tuple[Setting, str, Tally]]:
    """Every line of every table; the single slips are summed up, the others stand below."""
    forms = [form_in(folder) for folder in FORMS]
    for setting in SETTINGS:
        drawn = [{name: sample(form, one, count, setting) for name, one in SINGLE.items()} for form in forms]
        rates = [{name: one.rate for name, one in samples.items()} for samples in drawn]
        singles = Tally()
        for name in SINGLE:
            parts = (_tally(d[name], r) for d, r in zip(drawn, rates, strict=True))
            tally = sum(parts, Tally())
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
