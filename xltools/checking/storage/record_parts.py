"""Findings and submissions as plain JSON data and back, without loss.

Figures stand in the order of the form's cells, so that their ids need not be written. A list never
is a figure, so lists stand for what JSON lacks: ``["#REF!"]`` an error, ``[]`` a cell of which nothing
is said at all.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, cast

from xltools.diagnostics.findings import NOWHERE, CellRef, Comparator, Finding, Severity, Shown
from xltools.diagnostics.text import Text
from xltools.excel.values import ErrorValue, Value, plain
from xltools.layout.blueprint import blueprint
from xltools.model.coverage import Coverage, PastPeriod
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Explanation, Source, Submission, SubmissionKind
from xltools.model.unit import Unit

Json = str | int | float | bool | list[Any] | dict[str, Any] | None
Places = Mapping[str, tuple[str, str]]

DECODE_ERRORS = (ValueError, TypeError, LookupError, AttributeError, RecursionError, zlib.error)
"""What reading data of another shape raises, UnicodeDecodeError and JSONDecodeError among the first."""

_COMPARATORS = ("==", "!=", "<", "<=", ">", ">=")
_PLAIN = frozenset((int, float, str, bool, type(None)))
_OWN, _MOVED, _OTHER = "own", "moved", "other"
"""How places stand to those of the form's own workbook."""


class Identity(NamedTuple):
    """What a record says of a submission without its body."""

    kind: SubmissionKind
    unit: Unit
    period: Period | None
    zero_report: bool
    sums_up: tuple[str, ...]


def text_in(value: Json) -> str:
    """A JSON value that must be a text; raises TypeError."""
    if type(value) is not str:
        raise TypeError(value)
    return value


def whole(value: Json) -> int:
    """A JSON value that must be a whole number; raises TypeError."""
    if type(value) is not int:
        raise TypeError(value)
    return value


def encode_finding(found: Finding) -> Json:
    """A finding; texts in both languages."""
    place = found.place
    return [
        found.code,
        found.severity.value,
        [found.message.zh, found.message.en, found.fix.zh, found.fix.en],
        [] if place == NOWHERE else [place.sheet, place.cell, place.id, place.label],
        found.actual,
        found.expected,
        found.comparator,
        found.sides,
        found.explanation,
        list(found.cells),
    ]


def decode_finding(data: Any) -> Finding:
    """The finding that was encoded; raises one of DECODE_ERRORS."""
    code, severity, texts, place, actual, expected, comparator, sides, explanation, cells = data
    message_zh, message_en, fix_zh, fix_en = map(text_in, texts)
    if comparator not in _COMPARATORS:
        raise ValueError(comparator)
    return Finding(
        code=text_in(code),
        severity=Severity(severity),
        message=Text(message_zh, message_en),
        fix=Text(fix_zh, fix_en),
        place=CellRef(*map(_text_or_none, place)),
        actual=_shown(actual),
        expected=_shown(expected),
        comparator=cast(Comparator, comparator),
        sides=bool(sides),
        explanation=_text_or_none(explanation),
        cells=tuple(map(text_in, cells)),
    )


def encode_unit(unit: Unit) -> Json:
    """A unit; most come from a workbook, which says no more than the first three."""
    rest = [
        unit.parent,
        unit.deadline and unit.deadline.isoformat(),
        list(unit.includes),
        unit.contact,
        unit.phone,
    ]
    return [unit.name, unit.code, unit.level, *(rest if any(rest) else [])]


def decode_unit(data: Any) -> Unit:
    """The unit that was encoded; raises one of DECODE_ERRORS."""
    name, code, level, *rest = data
    unit = Unit(text_in(name), text_in(code), text_in(level))
    if not rest:
        return unit
    parent, deadline, includes, contact, phone = rest
    return replace(
        unit,
        parent=text_in(parent),
        deadline=None if deadline is None else date.fromisoformat(deadline),
        includes=tuple(map(text_in, includes)),
        contact=text_in(contact),
        phone=text_in(phone),
    )


def encode_submission(submission: Submission, file: str) -> Json:
    """Everything but its :class:`Identity` and its file, which its record names already."""
    form, source = submission.form, submission.source
    return [
        _encode_figures(submission.values, form),
        dict(submission.texts),
        {key: [e.text, _coded(e.left), _coded(e.right)] for key, e in submission.explanations.items()},
        _encode_figures(submission.previous, form) if submission.previous else [],
        sorted(submission.typed_totals),
        submission.seal,
        None if source is None else [None if source.file == file else source.file, source.sha256],
        _encode_places(submission.places, blueprint(form).addresses),
        [_encode_coverage(submission.coverage), [_encode_past(past, form) for past in submission.history]],
    ]


def decode_submission(
    data: Any,
    form: Form,
    identity: Identity,
    file: str,
) -> Submission:
    """The submission that was encoded; raises one of DECODE_ERRORS."""
    values, texts, explanations, previous, typed, seal, source, places, known = data
    return Submission(
        form=form,
        period=identity.period,
        unit=identity.unit,
        values=_decode_figures(values, form),
        texts={text_in(key): text_in(value) for key, value in texts.items()},
        zero_report=identity.zero_report,
        explanations={key: _explanation(*given) for key, given in explanations.items()},
        previous=_decode_figures(previous, form) if previous else {},
        kind=identity.kind,
        typed_totals=frozenset(map(text_in, typed)),
        seal=text_in(seal),
        source=None if source is None else _source(file, *source),
        sums_up=identity.sums_up,
        places=_decode_places(places, blueprint(form).addresses),
        coverage=_decode_coverage(known[0]),
        history=tuple(_decode_past(past, form) for past in known[1]),
    )


def _encode_coverage(coverage: Coverage | None) -> Json:
    return None if coverage is None else [coverage.units, coverage.due]


def _decode_coverage(data: Any) -> Coverage | None:
    return None if data is None else Coverage(whole(data[0]), None if data[1] is None else whole(data[1]))


def _encode_past(past: PastPeriod, form: Form) -> Json:
    period = [past.period.year, past.period.month]
    return [period, _encode_figures(past.values, form), _encode_coverage(past.coverage), dict(past.counts)]


def _decode_past(data: Any, form: Form) -> PastPeriod:
    (year, month), values, coverage, counts = data
    return PastPeriod(
        Period(whole(year), None if month is None else whole(month)),
        _decode_figures(values, form),
        _decode_coverage(coverage),
        {text_in(id_): whole(count) for id_, count in counts.items()},
    )


def meaning(submission: Submission) -> Json:
    """What a submission says, in one spelling: equal for two exactly where they are the same return."""
    form, period, unit = submission.form, submission.period, submission.unit
    figures = [
        value if type(value) is int else _spelt(value)
        for value in map(submission.values.get, _figure_ids(form))
    ]
    explanations = sorted(submission.explanations.items())
    return [
        [form.id, form.digest, str(period), unit.name, unit.code, unit.level],
        figures,
        sorted(submission.texts.items()),
        submission.zero_report,
        [[key, e.text, _spelt(e.left), _spelt(e.right)] for key, e in explanations],
    ]


def _encode_figures(figures: Mapping[str, Value], form: Form) -> Json:
    """Figures in the order of the form's cells, and after them those of other ids by their id."""
    listed = [
        value if type(value) in _PLAIN else _coded(value)
        for value in (figures.get(id_, _ABSENT) for id_ in _figure_ids(form))
    ]
    others = figures.keys() - _figure_ids(form).keys()
    return [listed, {id_: _coded(figures[id_]) for id_ in figures if id_ in others} if others else {}]


def _decode_figures(data: Any, form: Form) -> dict[str, Value]:
    listed, others = data
    figures: dict[str, Any] = dict(zip(_figure_ids(form), listed, strict=True))
    if not _PLAIN.issuperset(map(type, listed)):
        figures = {id_: _decoded(value) for id_, value in figures.items() if value != []}
    return {**figures, **{id_: _decoded(value) for id_, value in others.items()}}


@lru_cache(maxsize=16)
def _figure_ids(form: Form) -> dict[str, None]:
    """The ids of all figures in order; a dictionary, so that sets can be taken from it."""
    return {cell.id: None for cell in form.figures}


_ABSENT = ErrorValue("")
"""Stands for a cell that is in no list of figures; no workbook has an error without a code."""


def _coded(value: Value) -> Json:
    if value is _ABSENT:
        return []
    return [value.code] if isinstance(value, ErrorValue) else value


def _decoded(value: Any) -> Value:
    if type(value) is list:
        (code,) = value
        return ErrorValue(text_in(code))
    if type(value) not in _PLAIN:
        raise TypeError(value)
    return cast(Value, value)


def _spelt(value: Value) -> Json:
    """Whole floats as integers; an error never equal to a text."""
    return [value.code] if isinstance(value, ErrorValue) else plain(value)


def _source(file: str, other: Any, checksum: Any) -> Source:
    return Source(file if other is None else text_in(other), text_in(checksum))


def _explanation(text: Any, left: Any, right: Any) -> Explanation:
    return Explanation(text_in(text), _decoded(left), _decoded(right))


def _encode_places(places: Places, own: Places) -> Json:
    if places is own or places == own:
        return [_OWN]
    if places.keys() != own.keys():
        return [_OTHER, {id_: list(place) for id_, place in places.items()}]
    return [_MOVED, {id_: list(place) for id_, place in places.items() if place != own[id_]}]


def _decode_places(data: Any, own: Places) -> Places:
    how, *rest = data
    if how == _OWN:
        return own
    given = {}
    for id_, (sheet, a1) in rest[0].items():
        given[id_] = (text_in(sheet), text_in(a1))
    return {**own, **given} if how == _MOVED else given


def _text_or_none(value: Json) -> str | None:
    return None if value is None else text_in(value)


def _shown(value: Any) -> Shown:
    if type(value) not in _PLAIN:
        raise TypeError(value)
    return cast(Shown, value)
