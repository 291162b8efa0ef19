"""What two versions of one return have differently."""

from __future__ import annotations

from xltools.checking.cell_refs import cell_ref
from xltools.excel.values import Value, plain
from xltools.model.days import parse_day
from xltools.model.form import IDENTITY_IDS, ZERO_REPORT, Form
from xltools.model.round import Change
from xltools.model.submission import Submission


def differences(old: Submission, new: Submission) -> tuple[Change, ...]:
    """Every figure and text that ``new`` has differently, in the order of the form; empty for twins.

    A blank and 0 differ, 3 and 3.0 do not. Totals only count where they were typed: else they follow
    from the figures. Whose it is and for when is not compared; of two forms only the cells they share.
    """
    typed = old.typed_totals | new.typed_totals
    compared = (
        cell.id
        for cell in new.form.cells.values()
        if cell.id in old.form.cells
        and cell.id not in IDENTITY_IDS
        and (cell.kind != "total" or cell.id in typed)
    )
    changed = (_change(old, new, id_) for id_ in compared if _meaning(old, id_) != _meaning(new, id_))
    return (*changed, *_explained(old, new))


def is_twin(one: Submission, other: Submission) -> bool:
    """Whether two files hold the same return: form, period, figures, texts, explanations."""
    return one.form.id == other.form.id and one.period == other.period and not differences(one, other)


def _meaning(submission: Submission, id_: str) -> Value:
    if id_ == ZERO_REPORT:
        return submission.zero_report
    if id_ not in submission.values:
        text = submission.texts.get(id_) or None
        return _as_day(text) if text and id_ in _dates(submission.form) else text
    value = plain(submission.values[id_])
    return None if value == "" else value


def _dates(form: Form) -> frozenset[str]:
    return frozenset(field.id for field in form.cover if field.type == "date")


def _as_day(text: str) -> str:
    """A day as people write it: a workbook keeps it as a number that tells nobody anything."""
    day = parse_day(text)
    return str(day) if day else text


def _change(old: Submission, new: Submission, id_: str) -> Change:
    place = cell_ref(new, id_)
    return Change(
        id_, new.form.cells[id_].label, place.sheet, place.cell, _meaning(old, id_), _meaning(new, id_)
    )


def _explained(old: Submission, new: Submission) -> list[Change]:
    keys = [i.key for i in new.form.instances if i.key in old.explanations or i.key in new.explanations]
    texts = [tuple(_explanation(submission, key) for submission in (old, new)) for key in keys]
    return [
        Change(key, f"说明 {key}", None, None, before, after)
        for key, (before, after) in zip(keys, texts, strict=True)
        if before != after
    ]


def _explanation(submission: Submission, key: str) -> Value:
    given = submission.explanations.get(key)
    return given.text.strip() or None if given else None
