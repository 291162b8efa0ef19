"""The figures of an earlier workbook moved to the form that is due, and what could not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xltools.diagnostics.findings import CellRef, Finding, Severity
from xltools.diagnostics.text import Text
from xltools.excel.values import Value, as_text, plain
from xltools.matching.collect import said_converted
from xltools.matching.labels import money_unit
from xltools.matching.migration.earlier_return import EarlierReturn, Entry, Reason
from xltools.matching.numbers import figure_in
from xltools.matching.unread_formulas import is_same_figure
from xltools.model.earlier import CellChange, change_of, reversed_changes
from xltools.model.form import Cell, Form
from xltools.model.outcomes import with_totals
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission

_NO_CELL = Text(
    "新表里没有这一格；请核对应填在哪里，用不着的就不填",
    "the new form has no such cell: see where it belongs, if anywhere",
)
_OUTSIDE = Text(
    "不在填写格里，看不出是哪一项",
    "it stands outside the cells to fill, so nothing says what it is",
)
_TAKEN = Text("新表的这一格已由另一格移入", "another cell was moved to its place in the new form")
_OTHER_KIND = Text(
    "新表的这一格一边是文字、一边是数字", "one is a text and the other a figure in the new form"
)
_COMPUTED = Text(
    "总计由新表按移过去的数重新计算，与原来的不同",
    "the new workbook computes this total from what was moved, and it differs",
)
_NO_LINE = Text(
    "新表没有这条要说明的审核关系",
    "the new form has no such rule that asks for an explanation",
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A value that stands in the new workbook; ``id`` is its cell there."""

    entry: Entry
    id: str


@dataclass(frozen=True, slots=True)
class Unmoved:
    """A value that does not, and why; ``now`` is what its cell of the new workbook holds instead, if any."""

    place: CellRef
    value: Value
    why: Text
    now: Value = None


@dataclass(frozen=True, slots=True)
class Migration:
    """What moving a workbook gives: the return in the new form, and what became of every value."""

    source: EarlierReturn
    submission: Submission
    moved: tuple[Moved, ...]
    unmoved: tuple[Unmoved, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """Where an entry goes: a cell of the new form, or the reason why to none."""

    entry: Entry
    target: str = ""
    renamed: bool = False
    why: Text | None = None


def steps_between(source: EarlierReturn, form: Form) -> tuple[tuple[CellChange, ...], ...] | None:
    """What became of the cells on the way to ``form``, change by change; None where nothing leads there.

    An older version of another form goes through that form as it is now.
    """
    own = source.form
    if source.form_id == form.id:
        return () if source.is_known else (form.changes_since(form.id, source.version),)
    if source.form_id in form.follows:
        if own is None or source.is_known:
            return (form.changes_since(source.form_id, source.version),)
        return (own.changes_since(own.id, source.version), form.changes_since(own.id, own.version))
    if own is not None and form.id in own.follows:
        back = reversed_changes(own.changes_since(form.id, form.version))
        return (back,) if source.is_known else (own.changes_since(own.id, source.version), back)
    return None


def migrate(
    source: EarlierReturn, form: Form, period: Period | None, steps: Sequence[Sequence[CellChange]]
) -> Migration:
    """Move every value of ``source`` whose cell means the same in ``form``, the return of ``period``."""
    ways = _without_rivals([_way(entry, form, steps) for entry in source.entries])
    values: dict[str, Value] = {}
    texts: dict[str, str] = {}
    findings = list(source.findings)
    for way in ways:
        if not way.target:
            continue
        cell = form.cells[way.target]
        if cell.table is None:
            texts[cell.id] = as_text(way.entry.value)
        elif cell.kind == "input":
            values[cell.id] = _figure(way.entry, cell, findings)
    lines = [(reason, _line(reason, form)) for reason in source.reasons]
    submission = Submission(
        form=form,
        period=period,
        unit=replace(source.unit, level=form.level_of(source.unit)),
        values=values,
        texts=texts,
        zero_report=source.zero_report,
        explanations={key: reason.explanation for reason, key in lines if key},
        previous=_previous(source, form, steps) if period == source.period else {},
    )
    submission = replace(submission, values=with_totals(submission))
    left = [*_left(ways, submission), *(_unwritten(reason) for reason, key in lines if not key)]
    moved = tuple(Moved(w.entry, w.target) for w in ways if w.target and _is_entered(form.cells[w.target]))
    return Migration(source, submission, moved, tuple(left), tuple(findings))


def _way(entry: Entry, form: Form, steps: Sequence[Sequence[CellChange]]) -> _Way:
    if not entry.id:
        return _Way(entry, why=_OUTSIDE)
    target, renamed = entry.id, False
    for changes in steps[1:] if entry.current else steps:
        change = change_of(target, changes)
        if change is not None and not change.target:
            return _Way(entry, why=change.why or _NO_CELL)
        if change is not None:
            target, renamed = change.target, True
    cell = form.cells.get(target)
    if cell is None:
        return _Way(entry, why=_NO_CELL)
    if (cell.table is None) != (entry.id.count(".") == 1):
        return _Way(entry, why=_OTHER_KIND)
    unit = cell.unit or money_unit(cell.label)
    if entry.unit and unit and entry.unit != unit:
        return _Way(
            entry,
            why=Text(
                f"单位不同：原来是{entry.unit}，新表是{unit}",
                f"its unit is {entry.unit}, that of the new form {unit}",
            ),
        )
    return _Way(entry, target, renamed)


def _without_rivals(ways: Sequence[_Way]) -> list[_Way]:
    """Of several entries with one target only one goes there: the one that the definition sends there."""
    chosen: dict[str, _Way] = {}
    for way in ways:
        if way.target and (way.target not in chosen or (way.renamed and not chosen[way.target].renamed)):
            chosen[way.target] = way
    return [
        way if not way.target or chosen[way.target] is way else replace(way, target="", why=_TAKEN)
        for way in ways
    ]


def _figure(entry: Entry, cell: Cell, findings: list[Finding]) -> Value:
    """The figure for a cell; a text that is plainly a number becomes one, any other stays as it is."""
    if not isinstance(entry.value, str):
        return entry.value
    converted = figure_in(entry.value, cell)
    if converted is None:
        return entry.value
    findings.append(said_converted(entry.value, converted, entry.place, cell.id))
    return converted.figure


def _is_entered(cell: Cell) -> bool:
    return cell.kind != "total"


def _left(ways: Iterable[_Way], submission: Submission) -> Iterator[Unmoved]:
    """What is not in the new workbook, and totals that the new one computes differently."""
    for way in ways:
        entry = way.entry
        if not way.target:
            if not entry.computed:
                yield Unmoved(entry.place, entry.value, way.why or _NO_CELL)
            continue
        if _is_entered(submission.form.cells[way.target]):
            continue
        due = submission.values.get(way.target)
        if not is_same_figure(entry.value, due):
            yield Unmoved(entry.place, entry.value, _COMPUTED, due)


def _line(reason: Reason, form: Form) -> str:
    """The rule line of the new form that takes the 说明; empty where there is none."""
    instance = form.instance_by_key.get(reason.key)
    return reason.key if instance and instance.rule.severity is Severity.EXPLAIN else ""


def _unwritten(reason: Reason) -> Unmoved:
    return Unmoved(reason.place, _in_full(reason.explanation), _NO_LINE)


def _in_full(explanation: Explanation) -> str:
    figures = [str(plain(f)) for f in (explanation.left, explanation.right) if f is not None]
    return explanation.text + (f"（{'，'.join(figures)}）" if figures else "")


def _previous(source: EarlierReturn, form: Form, steps: Sequence[Sequence[CellChange]]) -> dict[str, Value]:
    """Last period's figures that the workbook carries, under the ids they have now."""
    ways = (_way(Entry(id_, CellRef(), value), form, steps) for id_, value in source.previous.items())
    return {way.target: way.entry.value for way in ways if way.target}
