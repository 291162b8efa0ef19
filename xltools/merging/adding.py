"""The sum of many submissions as a submission of its own, in one pass over them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from xltools.excel.values import Number, Value, is_number
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


class _Total:
    """A running total with the result of ``excel.values.total``: exact for integers, one rounding else."""

    __slots__ = ("count", "fractions", "whole")

    def __init__(self) -> None:
        self.whole = 0
        self.fractions: list[float] = []
        self.count = 0

    def add(self, value: Value) -> None:
        if isinstance(value, int):
            self.whole += value
        elif isinstance(value, float):
            self.fractions.append(value)
        self.count += 1

    def result(self) -> Number:
        return math.fsum((*self.fractions, self.whole)) if self.fractions else self.whole


class _Sums:
    """What is added up of the members gone by."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self._figures = {id_: _Total() for id_ in ids}
        self._before: dict[str, _Total] = {}
        self.names: list[str] = []
        self.explained: dict[str, list[str]] = {}

    def add(self, member: Submission) -> None:
        values = member.values
        for id_, figure in self._figures.items():
            value = values.get(id_)
            if value and is_number(value):
                figure.add(value)
        for id_, value in member.previous.items():
            if is_number(value):
                self._before.setdefault(id_, _Total()).add(value)
        for key, explanation in member.explanations.items():
            self.explained.setdefault(key, []).append(f"{member.unit.name}：{explanation.text}")
        self.names.append(member.unit.code or member.unit.name)

    def values(self) -> dict[str, Value]:
        return {id_: figure.result() for id_, figure in self._figures.items()}

    def previous(self) -> dict[str, Value]:
        """Last period's figures, where every member has them: a partial sum would compare unlike things."""
        everybody = len(self.names)
        return {
            id_: self._before[id_].result()
            for id_ in sorted(self._before)
            if self._before[id_].count == everybody
        }


def _explanations(summary: Submission, sums: _Sums) -> dict[str, Explanation]:
    """What the units explained, for the rules that need an explanation in their sum as well."""
    explanations = {}
    for outcome in outcomes(summary):
        key = outcome.instance.key
        given = sums.explained.get(key) if outcome.state is State.TO_EXPLAIN else None
        if given:
            text = "；".join(given)[:_MAX_EXPLANATION]
            explanations[key] = Explanation(text, outcome.left, outcome.right)
    return explanations
