"""A record gives back the checked file it was made of, and never anything else from other bytes."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields, replace
from datetime import datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cases import Case, all_cases
from tests.support.workbooks import FORM_2019, FORM_2021, FORMS, submission_of
from xltools.checking.check import check_submission, in_order
from xltools.checking.result import CheckedFile
from xltools.checking.storage.record import (
    Counts,
    DamagedRecordError,
    anonymous,
    of_file,
    pack,
    read_entry,
    unpack,
)
from xltools.diagnostics.findings import CellRef, Finding, Severity, Status
from xltools.diagnostics.text import Text
from xltools.excel.values import ErrorValue, Value
from xltools.layout.blueprint import blueprint
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Explanation, Source, Submission
from xltools.model.unit import Unit

BY_ID = {form.id: form for form in FORMS}
find = BY_ID.get

texts = st.text(st.characters(exclude_categories=()), max_size=20)  # halves of surrogate pairs too
shown = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values: st.SearchStrategy[Value] = shown | st.builds(ErrorValue, st.sampled_from(("#REF!", "#N/A", "怪")))
some = st.none() | texts
cell_refs = st.builds(CellRef, some, some, some, some)
bilingual = st.builds(Text, texts, texts)
units = st.builds(
    Unit,
    name=texts,
    code=texts,
    level=texts,
    parent=texts,
    deadline=st.none() | st.dates(),
    includes=st.lists(texts, max_size=2).map(tuple),
    contact=texts,
    phone=texts,
)
findings = st.builds(
    Finding,
    code=texts,
    severity=st.sampled_from(Severity),
    message=bilingual,
    fix=bilingual,
    place=cell_refs,
    actual=shown,
    expected=shown,
    comparator=st.sampled_from(("==", "!=", "<", "<=", ">", ">=")),
    sides=st.booleans(),
    explanation=some,
    cells=st.lists(texts, max_size=3).map(tuple),
)


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    form = draw(st.sampled_from(FORMS))
    ids = st.sampled_from([cell.id for cell in form.figures]) | texts
    figures = st.dictionaries(ids, values, max_size=30)
    own = blueprint(form).addresses
    moved = st.dictionaries(st.sampled_from(list(own)), st.tuples(texts, texts), max_size=4)
    places = draw(st.sampled_from((own, dict(own), {})) | moved | moved.map(lambda found: {**own, **found}))
    return Submission(
        form=form,
        period=draw(st.none() | st.builds(Period, st.integers(1, 9999), st.none() | st.integers(1, 12))),
        unit=draw(units),
        values=draw(figures),
        texts=draw(st.dictionaries(texts, texts, max_size=5)),
        zero_report=draw(st.booleans()),
        explanations=draw(st.dictionaries(texts, st.builds(Explanation, texts, values, values), max_size=3)),
        previous=draw(figures),
        kind=draw(st.sampled_from(("return", "summary"))),
        typed_totals=draw(st.frozensets(texts, max_size=4)),
        seal=draw(texts),
        sums_up=draw(st.lists(texts, max_size=3).map(tuple)),
        source=draw(st.none() | st.builds(Source, st.just("报送/a.xlsx") | texts, texts)),
        places=places,
    )


checked_files = st.builds(
    CheckedFile,
    file=st.just("报送/a.xlsx") | texts,
    sha256=some,
    submission=st.none() | submissions(),
    findings=st.lists(findings, max_size=4).map(tuple),
    modified=st.none() | st.datetimes(),
)


def exactly(value: object) -> object:
    """A value with its types: to Python 1, 1.0 and True are the same, to a return they are not."""
    if isinstance(value, Form):
        return id(value)
    if isinstance(value, dict):
        return {key: exactly(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [exactly(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return [type(value), *(exactly(getattr(value, field.name)) for field in fields(value))]  # type: ignore[arg-type]
    return type(value), repr(value) if isinstance(value, float) else value


def checked_case(case: Case) -> CheckedFile:
    submission, found = check_submission(case.submission)
    return CheckedFile("报送/a.xlsx", "ab" * 32, submission, in_order(submission.form, found))


@given(checked_files)
@settings(max_examples=150, deadline=None)
def test_everything_comes_back_as_it_was(checked: CheckedFile) -> None:
    assert exactly(unpack(pack(checked), find)) == exactly(checked)


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.form}-{case.name}")
def test_every_case_comes_back_with_its_findings(case: Case) -> None:
    checked = checked_case(case)
    assert exactly(unpack(pack(checked), find)) == exactly(checked)


@given(checked_files)
@settings(max_examples=50, deadline=None)
def test_the_light_facts_are_those_of_the_file(checked: CheckedFile) -> None:
    entry = read_entry(pack(checked, "before" if checked.submission else ""))
    severities = [found.severity for found in checked.findings]
    open_ones = [found for found in checked.findings if found.blocks and found.severity is Severity.EXPLAIN]
    assert (entry.file, entry.sha256, entry.status) == (checked.file, checked.sha256, checked.status)
    assert entry.modified == checked.modified
    assert entry.counts == Counts(
        severities.count(Severity.ERROR),
        len(open_ones),
        severities.count(Severity.EXPLAIN) - len(open_ones),
        severities.count(Severity.NOTE),
    )
    submission = checked.submission
    if submission is not None:
        assert (entry.form, entry.kind) == (submission.form.id, submission.kind)
        assert (entry.unit, entry.period) == (submission.unit, submission.period)
        assert (entry.date, entry.previous) == (submission.texts.get("cover.date", ""), "before")


def content(submission: Submission) -> str:
    return read_entry(pack(CheckedFile("a.xlsx", None, submission, ()))).content


def test_the_content_digest_is_of_what_a_return_says_and_not_of_how_it_was_read() -> None:
    one = submission_of(FORM_2021, {"t3.new.natural": 3})
    same = [
        replace(one, values={**one.values, "t3.new.natural": 3.0}),
        replace(
            one,
            values=dict(reversed(list(one.values.items()))),
            texts=dict(reversed(list(one.texts.items()))),
        ),
        replace(one, source=Source("b.xlsx", "00"), seal="keyed-1", places={"t3.new.natural": ("三", "Z9")}),
        replace(one, previous={"t3.new.natural": 7}, typed_totals=frozenset(["t3.new.total"])),
    ]
    assert {content(other) for other in same} == {content(one)}
    others = [
        replace(one, values={**one.values, "t3.new.natural": 4}),
        replace(one, values={**one.values, "t3.new.natural": "3"}),
        replace(one, values={**one.values, "t3.new.natural": None}),
        replace(one, texts={**one.texts, "cover.date": "2026-01-16"}),
        replace(one, zero_report=True),
        replace(one, period=Period(2024)),
        replace(one, unit=Unit("云山县某局", "990131002", "县级部门")),
        replace(one, explanations={"T3-BALANCE": Explanation("有误", 1, 2)}),
        replace(one, explanations={"T3-BALANCE": Explanation("有误", 1, 3)}),
    ]
    assert len({content(one), *map(content, others)}) == 1 + len(others)


def test_a_record_serves_a_file_of_another_name_and_time() -> None:
    submission = replace(submission_of(FORM_2021), source=Source("旧/a.xlsx", "00"))
    checked = CheckedFile("旧/a.xlsx", "00", submission, (), datetime(2026, 1, 2))
    found = CheckedFile("新\n/b.xlsx", "00", None, (), datetime(2026, 3, 4, 5, 6, 7, 8))
    expected = replace(found, submission=replace(submission, source=Source("新\n/b.xlsx", "00")))
    kept = anonymous(pack(checked))
    assert "旧".encode() not in kept
    assert b"2026-01-02" not in kept
    for record in (kept, pack(checked)):
        assert unpack(of_file(record, found.file, found.modified), find) == expected
    assert anonymous(kept) == kept


def test_a_record_made_with_another_definition_is_not_believed() -> None:
    record = pack(checked_case(all_cases()[0]))
    other: dict[str, Form] = {
        FORM_2021.id: replace(FORM_2021, digest="0"),
        FORM_2019.id: replace(FORM_2019, digest="0"),
    }
    for finder in (other.get, dict[str, Form]().get):
        with pytest.raises(DamagedRecordError, match="definition"):
            unpack(record, finder)


@pytest.mark.parametrize("seed", range(20))
def test_damaged_bytes_are_refused_or_harmless(seed: int) -> None:
    random = Random(seed)
    record = pack(checked_case(all_cases()[seed]))
    for _ in range(60):
        spoilt = bytearray(record)
        for _ in range(random.randrange(1, 4)):
            spoilt[random.randrange(len(spoilt))] = random.randrange(256)
        try:
            read_entry(bytes(spoilt))
            unpack(bytes(spoilt), find)
        except DamagedRecordError:
            continue
    for end in range(0, len(record), 7):
        with pytest.raises(DamagedRecordError):
            unpack(record[:end], find)
    with pytest.raises(DamagedRecordError):
        unpack(record + b"x", find)


SHAPES: tuple[Any, ...] = (None, 1, "x", [], [1], {}, {"a": []}, [[]], [None] * 9, [{}] * 10, float("nan"))


@pytest.mark.parametrize("path", [(0,), (0, 0), *((1, n) for n in range(9)), *((0, 0, n) for n in range(10))])
def test_json_of_another_shape_is_refused_or_harmless(path: tuple[int, ...]) -> None:
    record = pack(checked_case(next(case for case in all_cases() if case.expected)))
    name, facts, body = record.split(b"\n", 2)
    for shape in SHAPES:
        data = json.loads(zlib.decompress(body))
        place = data
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = shape
        spoilt = b"\n".join((name, facts, zlib.compress(json.dumps(data).encode())))
        try:
            assert unpack(spoilt, find).status in Status
        except DamagedRecordError:
            continue
