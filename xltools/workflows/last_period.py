"""Last period's figures: read once, looked up for every unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.text import Text
from xltools.excel.values import Value
from xltools.matching.match import match
from xltools.merging.unit_index import unit_key
from xltools.model.coverage import Coverage, PastPeriod
from xltools.model.form import Form
from xltools.model.outcomes import stated_figures
from xltools.model.period import Period
from xltools.model.unit import Unit
from xltools.reading.inputs import InputFile, find_files
from xltools.reading.workbooks.workbook import read_workbook
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.path_like import PathLike

if TYPE_CHECKING:
    from xltools.model.summary import Summary


@dataclass(frozen=True, slots=True)
class LastReturn:
    """One unit's figures of an earlier period, and the file they are from.

    ``figures`` stand in the order of the form's figures: thousands of these are kept at once.
    ``at_second_hand`` says that they are from the ledger of a summary. A summary also says how many units
    it ``covers``, and what it knows of periods still earlier.
    """

    form: Form
    period: Period
    unit: Unit
    file: str
    figures: tuple[Value, ...]
    at_second_hand: bool = False
    is_summary: bool = False
    covers: Coverage | None = None
    history: tuple[PastPeriod, ...] = ()

    @property
    def values(self) -> dict[str, Value]:
        """The figures by cell id."""
        return {cell.id: value for cell, value in zip(self.form.figures, self.figures, strict=True)}

    @property
    def told(self) -> str:
        """Who says so: the unit and the file."""
        return f"{self.unit.name}，{self.file}"


LastPeriods = Mapping[tuple[str, Period], LastReturn]
"""Earlier figures by unit (its code, else its name) and period."""


def read_previous(previous: PathLike | None, registry: FormRegistry, open_password: str = "") -> LastPeriods:
    """Earlier figures by unit and period, from a workbook or every workbook of a folder.

    A summary gives those of its own unit and, from 分单位明细 or the data file beside it, those of every
    unit it adds up; a unit's own return counts before the line of a summary. Raises UsageError where a file
    cannot be used, or a data file is missing or is not the summary's.
    """
    found: dict[tuple[str, Period], LastReturn] = {}
    for file in find_files([previous]) if previous is not None else ():
        for last in _returns(file, registry, open_password):
            key = (unit_key(last.unit), last.period)
            known = found.get(key)
            if known is None or (known.at_second_hand and not last.at_second_hand):
                found[key] = last
            elif known.figures != last.figures and known.at_second_hand == last.at_second_hand:
                raise _two_previous(last.unit, known.file, last.file)
    return found


def _returns(file: InputFile, registry: FormRegistry, open_password: str) -> Iterator[LastReturn]:
    """What a file says of an earlier period: of the unit it is of, and of those it adds up."""
    try:
        grid = read_workbook(file, open_password=open_password)
    except UnreadableFileError as error:
        raise _unusable(file, error.text) from None
    matched = match(grid, registry.find, registry.all)
    submission = matched.submission
    if submission is None or submission.period is None:
        raise _unusable(file, matched.findings[0].message)
    form, period = submission.form, submission.period
    is_summary = submission.kind == "summary"
    yield LastReturn(
        form,
        period,
        submission.unit,
        file.name,
        _figures(form, stated_figures(submission)),
        is_summary=is_summary,
        covers=submission.coverage,
        history=submission.history,
    )
    if is_summary:
        from xltools.workflows.ledger_file import check_data_file, unit_entries  # noqa: PLC0415 - rarely needed

        for found in check_data_file(file, grid, submission):
            why, fix = found.message, found.fix
            raise _unusable(file, Text(f"{why.zh}；{fix.zh}", f"{why.en}; {fix.en}"))
        for entry in unit_entries(file, grid, form):
            figures = _figures(form, entry.values)
            yield LastReturn(form, period, entry.unit, file.name, figures, at_second_hand=True)


def _unusable(file: InputFile, why: Text) -> UsageError:
    return UsageError(Text(f"上期数据 {file.name}：{why.zh}", f"previous data {file.name}: {why.en}"))


def _figures(form: Form, values: Mapping[str, Value]) -> tuple[Value, ...]:
    return tuple(values.get(cell.id) for cell in form.figures)


def last_return(last: LastPeriods, form: Form, period: Period | None, unit: Unit) -> LastReturn | None:
    """What a unit reported for the period before; None where that is unknown, or has other cells."""
    before = None
    if period is not None:
        names = (unit_key(unit), unit_key(replace(unit, code="")))
        before = next(
            (last[name, period.previous()] for name in names if (name, period.previous()) in last), None
        )
    return before if before is not None and before.form.id in (form.id, *form.follows) else None


def figures_before(last: LastPeriods, form: Form, period: Period | None, unit: Unit) -> dict[str, Value]:
    """Last period's figures of a unit; empty where there are none, or of a form with other cells."""
    before = last_return(last, form, period, unit)
    return before.values if before else {}


def past_of(last: LastPeriods, summary: Summary) -> tuple[PastPeriod, ...]:
    """What is known of earlier periods of a summary's unit: each period once, its own file before others.

    A summary may have been named otherwise then: a single one that is no member's counts as well.
    """
    form, unit = summary.submission.form, summary.submission.unit
    names = {unit_key(unit), unit_key(replace(unit, code=""))}
    members = {unit_key(member.unit) for member in summary.members} if last else set[str]()
    by_period: dict[Period, list[tuple[str, LastReturn]]] = {}
    for (whose, period), before in last.items():
        if before.form.id in (form.id, *form.follows) and not before.at_second_hand and whose not in members:
            by_period.setdefault(period, []).append((whose, before))
    found: dict[Period, PastPeriod] = {}
    kept: list[PastPeriod] = []
    for period in sorted(by_period, reverse=True):
        named = [before for whose, before in by_period[period] if whose in names]
        summaries = [before for _, before in by_period[period] if before.is_summary]
        if named or len(summaries) == 1:
            own = (named or summaries)[0]
            found[period] = PastPeriod(period, own.values, own.covers)
            kept += own.history
    for past in kept:
        found.setdefault(past.period, past)
    return tuple(found.values())


def require_fit(last: LastPeriods, *periods: Period) -> None:
    """Raise UsageError where earlier figures were given and none are of the period before any of these.

    Nothing would be compared with them, and nobody would notice.
    """
    due = sorted({period.previous() for period in periods})
    known = sorted({period for _, period in last})
    if not last or not due or not set(due).isdisjoint(known):
        return
    file, is_one = next(iter(last.values())).file, len({before.file for before in last.values()}) == 1
    whose = Text(f"“{file}”", f'"{file}"') if is_one else Text(f"“{file}”等文件", f'"{file}" and others')
    have, want = "、".join(map(str, known)), "、".join(map(str, due))
    raise UsageError(
        Text(
            f"上期数据{whose.zh}是 {have} 的，没有 {want} 的，无从比较。"
            f"请用 --previous 给出 {want} 的报表或汇总表，或不用 --previous。",
            f"the previous data, {whose.en}, is of {have.replace('、', ', ')} and holds no return for"
            f" {want.replace('、', ', ')}: there is nothing to compare with. Give --previous that period's"
            " returns or summary, or leave it out.",
        )
    )


def _two_previous(unit: Unit, one: str, other: str) -> UsageError:
    return UsageError(
        Text(
            f"上年数据中“{unit.name}”有两个内容不同的文件（{one}、{other}），请只留一个。",
            f"previous data has two different files of {unit.name} ({one}, {other}): keep one.",
        )
    )
