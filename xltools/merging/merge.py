"""Checked files to one summary: what goes in, what stays out and why, and the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xltools.checking.result import CheckedFile
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Severity, Status
from xltools.diagnostics.text import Text
from xltools.excel.values import Value, is_number, total
from xltools.model.form import Form
from xltools.model.outcomes import State, outcomes, with_totals
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission
from xltools.model.summary import Intake, Receipt, Summary
from xltools.model.unit import Roster, Unit

_MAX_EXPLANATION = 2_000


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file that passed its check, with the submission it holds."""

    file: str
    submission: Submission


def merge_checked(
    files: Sequence[CheckedFile], unit: Unit, *, roster: Roster | None = None
) -> tuple[Intake, Summary | None]:
    """What came in, and the summary for ``unit`` of every file that passed (None where none did).

    A unit with two different files is left out, since which of them counts is not for a program to
    guess; the same content twice counts once. Raises UsageError where the files that passed are of
    several forms or periods.
    """
    candidates = [_Candidate(f.file, f.submission) for f in files if f.status is Status.OK and f.submission]
    receipts = [_rejected(f) for f in files if f.status is not Status.OK]
    candidates, own = _without_self(candidates, unit)
    candidates, unlisted = _without_unlisted(candidates, roster)
    members, twins, duplicates = _one_each(candidates)
    receipts += [*own, *unlisted, *twins, *(_receipt(member, None) for member in members)]
    order = {file.file: number for number, file in enumerate(files)}
    owing = _owing(roster, unit)
    seen = {receipt.code for receipt in receipts}
    intake = Intake(
        receipts=tuple(sorted(receipts, key=lambda receipt: order[receipt.file])),
        missing=tuple(u for u in owing if u.code not in seen),
        due=len(owing) if roster else None,
        duplicates=duplicates,
    )
    if not members:
        return intake, None
    form, period = _one_form(members)
    submissions = tuple(member.submission for member in _in_roster_order(members, roster))
    return intake, Summary(_sum(form, period, unit, submissions), submissions, intake)


def _owing(roster: Roster | None, unit: Unit) -> tuple[Unit, ...]:
    """Units that report to ``unit``: by the roster's parents, else everybody else in it."""
    if roster is None:
        return ()
    others = tuple(u for u in roster.units if u.code != unit.code)
    below = tuple(u for u in others if u.parent == unit.code)
    return below or others


def _rejected(file: CheckedFile) -> Receipt:
    unit = file.submission.unit if file.submission else Unit("")
    blocking = [found for found in file.findings if found.blocks]
    if file.status is Status.UNREADABLE:
        first = blocking[0].message if blocking else Text("无法读取", "cannot be read")
        reason = Text(f"无法读取：{first.zh}", f"unreadable: {first.en}")
    elif file.status is Status.ERROR:
        count = sum(found.severity is Severity.ERROR for found in blocking)
        reason = Text(f"审核未通过：{count} 处错误", f"did not pass the check: {count} errors")
    else:
        reason = Text(f"有 {len(blocking)} 处待说明", f"{len(blocking)} points need an explanation")
    return Receipt(file.file, unit.code, unit.name, reason)


def _receipt(candidate: _Candidate, reason: Text | None) -> Receipt:
    unit = candidate.submission.unit
    return Receipt(candidate.file, unit.code, unit.name, reason)


def _without_self(candidates: list[_Candidate], unit: Unit) -> tuple[list[_Candidate], list[Receipt]]:
    """A summary must not take in an earlier copy of itself."""
    reason = Text("是本单位以前的汇总表，不计入", "is an earlier summary of the same unit and not counted")
    own = [c for c in candidates if c.submission.kind == "summary" and c.submission.unit.code == unit.code]
    return [c for c in candidates if c not in own], [_receipt(c, reason) for c in own]


def _without_unlisted(
    candidates: list[_Candidate], roster: Roster | None
) -> tuple[list[_Candidate], list[Receipt]]:
    if roster is None:
        return candidates, []
    codes = roster.by_code()
    reason = Text("单位编码不在名录中", "the unit's code is not in the roster")
    out = [c for c in candidates if c.submission.unit.code not in codes]
    return [c for c in candidates if c not in out], [_receipt(c, reason) for c in out]


def _one_each(
    candidates: list[_Candidate],
) -> tuple[list[_Candidate], list[Receipt], tuple[tuple[str, ...], ...]]:
    by_unit: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        unit = candidate.submission.unit
        by_unit.setdefault(unit.code or unit.name, []).append(candidate)
    members: list[_Candidate] = []
    receipts: list[Receipt] = []
    duplicates = []
    for group in by_unit.values():
        if len(group) > 1:
            duplicates.append(tuple(candidate.file for candidate in group))
        first, *others = group
        if all(_same_content(first.submission, other.submission) for other in others):
            members.append(first)
            reason = Text(f"与 {first.file} 内容相同，只计一次", f"the same as {first.file}, counted once")
            receipts += [_receipt(other, reason) for other in others]
        else:
            reason = Text(
                "同一单位有几个内容不同的文件，请只留一个再汇总",
                "several different files of one unit: keep the one that counts and merge again",
            )
            receipts += [_receipt(candidate, reason) for candidate in group]
    return members, receipts, tuple(duplicates)


def _same_content(one: Submission, other: Submission) -> bool:
    """Whether two submissions are the same return: same period and form, same figures and texts."""
    return all(
        getattr(one, fact) == getattr(other, fact)
        for fact in ("form", "period", "unit", "values", "texts", "zero_report", "explanations")
    )


def _one_form(members: list[_Candidate]) -> tuple[Form, Period | None]:
    kinds = {(m.submission.form.id, str(m.submission.period)): m.submission for m in members}
    if len(kinds) > 1:
        named = "、".join(f"{form} {period}" for form, period in sorted(kinds))
        raise UsageError(
            Text(
                f"文件属于不同的表式或报告期，不能加在一起：{named}。请分开汇总。",
                f"the files are of several forms or periods and cannot be added up: {named}.",
            )
        )
    submission = next(iter(kinds.values()))
    return submission.form, submission.period


def _in_roster_order(members: list[_Candidate], roster: Roster | None) -> list[_Candidate]:
    if roster is None:
        return members
    order = {unit.code: number for number, unit in enumerate(roster.units)}
    return sorted(members, key=lambda member: order[member.submission.unit.code])


def _sum(form: Form, period: Period | None, unit: Unit, members: Sequence[Submission]) -> Submission:
    values: dict[str, Value] = {
        cell.id: total(member.values.get(cell.id) for member in members) for cell in form.inputs
    }
    summary = Submission(
        form=form,
        period=period,
        unit=replace(unit, level=form.level_of(unit)),
        values=values,
        previous=_previous(members),
        kind="summary",
    )
    summary = replace(summary, values=with_totals(summary))
    return replace(summary, explanations=_explanations(summary, members))


def _previous(members: Sequence[Submission]) -> dict[str, Value]:
    """Last period's figures, where every member has them: a partial sum would compare unlike things."""
    ids = set.intersection(*(set(member.previous) for member in members))
    return {
        id_: total(member.previous[id_] for member in members)
        for id_ in sorted(ids)
        if all(is_number(member.previous[id_]) for member in members)
    }


def _explanations(summary: Submission, members: Sequence[Submission]) -> dict[str, Explanation]:
    """What the units explained, for the rules that need an explanation in their sum as well."""
    explanations = {}
    for outcome in outcomes(summary):
        if outcome.state is not State.TO_EXPLAIN:
            continue
        key = outcome.instance.key
        given = [f"{m.unit.name}：{m.explanations[key].text}" for m in members if key in m.explanations]
        if given:
            text = "；".join(given)[:_MAX_EXPLANATION]
            explanations[key] = Explanation(text, outcome.left, outcome.right)
    return explanations
