"""The sum of many submissions as a submission of its own, in one pass over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from xltools.excel.values import ColumnSums, Number, Value, is_number
from xltools.model.form import Form
from xltools.model.outcomes import State, outcomes, with_totals
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit

_MAX_EXPLANATION = 2_000


def add_up(form: Form, period: Period | None, unit: Unit, members: Iterable[Submission]) -> Submission:
    """The summary of ``members`` for ``unit``; each of them is looked at once and not kept."""
    sums = _Sums(tuple(cell.id for cell in form.inputs))
    for member in members:
        sums.add(member)
    summary = Submission(
        form=form,
        period=period,
        unit=replace(unit, level=form.level_of(unit)),
        values=sums.values(),
        previous=sums.previous(),
        kind="summary",
        sums_up=tuple(sums.names),
    )
    summary = replace(summary, values=with_totals(summary))
    return replace(summary, explanations=_explanations(summary, sums))


class KnownSums:
    """Sums of figures that not everybody has, with how many have each."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._sums: dict[str, ColumnSums] = {}

    def add(self, figures: Mapping[str, Value]) -> None:
        """Count one member's numbers."""
        for id_, value in figures.items():
            if is_number(value):
                self._sums.setdefault(id_, ColumnSums(1)).add((value,))
                self.counts[id_] += 1

    def total(self, id_: str) -> Number:
        """The sum of one figure that somebody has."""
        return self._sums[id_].totals()[0]


class _Sums:
    """What is added up of the members gone by."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self._ids = ids
        self._figures = ColumnSums(len(ids))
        self._before = KnownSums()
        self.names: list[str] = []
        self.explained: dict[str, str] = {}

    def add(self, member: Submission) -> None:
        values = member.values
        self._figures.add([values.get(id_) or 0 for id_ in self._ids])  # 0.0 makes no count a decimal
        self._before.add(member.previous)
        for key, explanation in member.explanations.items():
            said, text = self.explained.get(key, ""), f"{member.unit.name}：{explanation.text}"
            self.explained[key] = (f"{said}；{text}" if said else text)[:_MAX_EXPLANATION]
        self.names.append(member.unit.code or member.unit.name)

    def values(self) -> dict[str, Value]:
        return dict(zip(self._ids, self._figures.totals(), strict=True))

    def previous(self) -> dict[str, Value]:
        """Last period's figures, where every member has them: a partial sum would compare unlike things."""
        everybody = len(self.names)
        counts = self._before.counts
        return {id_: self._before.total(id_) for id_ in sorted(counts) if counts[id_] == everybody}


def _explanations(summary: Submission, sums: _Sums) -> dict[str, Explanation]:
    """What the units explained, for the rules that need an explanation in their sum as well."""
    explanations = {}
    for outcome in outcomes(summary):
        key = outcome.instance.key
        given = sums.explained.get(key) if outcome.state is State.TO_EXPLAIN else None
        if given:
            explanations[key] = Explanation(given, outcome.left, outcome.right)
    return explanations
