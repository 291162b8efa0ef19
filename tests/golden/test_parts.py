"""Workbooks against golden ones, part by part: the first element that differs is named."""

from __future__ import annotations

import re
from itertools import zip_longest

import pytest

from tests.golden.refresh import FOLDER, golden_submissions
from tests.support.workbooks import parts_of
from xltools.layout.workbook import plan_workbook
from xltools.model.submission import Submission
from xltools.writing.workbook import render_workbook

_ELEMENT = re.compile(r"<[^>]*>[^<]*")
_HINT = "look at the change; if it is meant, run: python -m tests.golden.refresh"


def first_difference(expected: bytes, actual: bytes) -> str:
    """The first element in which two XML parts differ, with its number."""
    pairs = zip_longest(*(_ELEMENT.findall(part.decode("utf-8")) for part in (expected, actual)))
    for number, (old, new) in enumerate(pairs, 1):
        if old != new:
            return f"element {number}: expected {old}, found {new}"
    return "no element differs"


def differences(expected: dict[str, bytes], actual: dict[str, bytes]) -> list[str]:
    """What differs, part by part."""
    found = [f"{name}: missing" for name in expected if name not in actual]
    found += [f"{name}: not expected" for name in actual if name not in expected]
    found += [
        f"{name}: {first_difference(expected[name], actual[name])}"
        for name in expected
        if name in actual and expected[name] != actual[name]
    ]
    return found


@pytest.mark.parametrize(
    ("stem", "submission"), golden_submissions().items(), ids=lambda v: v if isinstance(v, str) else ""
)
def test_every_part_is_as_in_the_golden_workbook(stem: str, submission: Submission) -> None:
    golden = parts_of((FOLDER / f"{stem}.xlsx").read_bytes())
    assert len(golden) > 10
    assert differences(golden, parts_of(render_workbook(plan_workbook(submission)))) == [], _HINT


def test_every_golden_workbook_is_compared() -> None:
    assert {path.stem for path in FOLDER.glob("*.xlsx")} == set(golden_submissions())


def test_the_part_and_the_first_differing_element_are_named() -> None:
    old = {"a.xml": b"<a><b>1</b><c/></a>", "gone.xml": b"<x/>", "same.xml": b"<x/>"}
    new = {"a.xml": b"<a><b>2</b><d/></a>", "new.xml": b"<x/>", "same.xml": b"<x/>"}
    assert differences(old, new) == [
        "gone.xml: missing",
        "new.xml: not expected",
        "a.xml: element 2: expected <b>1, found <b>2",
    ]
    assert first_difference(b"<a><b/></a>", b"<a><b/></a><c/>") == "element 4: expected None, found <c/>"
