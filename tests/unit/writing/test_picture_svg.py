"""Pictures of a report: bars as long as their figures, words as text, nothing but what was asked."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tests.support.workbooks import FORM_2021, FORMS, form_id, submission_of
from xltools.checking.check import check_submission
from xltools.layout.report_pictures import Picture, report_pictures
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.writing.picture_svg import render_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(submission: Submission) -> dict[str, Picture]:
    return {picture.id: picture for picture in report_pictures(check_submission(submission)[0])}


def inputs_named(*ends: str) -> dict[str, int]:
    ids = [cell.id for cell in FORM_2021.inputs]
    return {next(id_ for id_ in ids if id_.endswith(end)): 2**n for n, end in enumerate(ends)}


def test_applications_by_result_and_by_applicant() -> None:
    values = inputs_named("granted.natural", "secret.natural", "process.legal", "t3.new.business")
    found = drawn(submission_of(FORM_2021, values))
    results = {bar.label: bar.figure for bar in found["results"].bars}
    assert (results["予以公开"], results["不予公开"], results["不予处理"]) == ("1", "6", "0")
    applicants = {bar.label: bar.figure for bar in found["applicants"].bars}
    assert (applicants["商业企业"], applicants["自然人"]) == ("8", "0")
    assert found["results"].source == "云山县某局　2025年"


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_bars_are_as_long_as_their_figures(form: Form) -> None:
    values = {cell.id: number for number, cell in enumerate(form.inputs)}
    for picture in drawn(submission_of(form, values)).values():
        root = ElementTree.fromstring(render_svg(picture))
        widths = [float(r.attrib["width"]) for r in root.iter(f"{SVG}rect")][1:]
        figures = [int(bar.figure) for bar in picture.bars]
        for (one, other), (wide, wider) in zip(pairwise(figures), pairwise(widths), strict=True):
            assert abs(wide * other - wider * one) <= 0.06 * (one + other)
        words = [text.text for text in root.iter(f"{SVG}text")]
        assert [words[0], words[-1]] == [picture.title, picture.source]
        assert words[1:-1] == [word for bar in picture.bars for word in (bar.label, bar.figure)]
        right = max(float(r.attrib.get("x", 0)) + float(r.attrib["width"]) for r in root.iter(f"{SVG}rect"))
        assert right <= float(root.attrib["width"])


def test_it_can_be_read_aloud() -> None:
    root = ElementTree.fromstring(render_svg(drawn(submission_of(FORM_2021))["results"]))
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title told")
    told = root.find(f"{SVG}desc")
    assert told is not None
    assert told.text == (
        "予以公开 0；部分公开 0；不予公开 0；无法提供 0；不予处理 0；其他处理 0；结转下年度 0"
    )


def test_a_zero_report_and_a_blank_one() -> None:
    blank = submission_of(FORM_2021, dict.fromkeys((c.id for c in FORM_2021.inputs), None))
    assert drawn(blank) == {}
    assert {bar.figure for bar in drawn(replace(blank, zero_report=True))["results"].bars} == {"0"}


def test_markup_stays_text() -> None:
    evil = "<script>x</script>&\"'\x00"
    picture = drawn(submission_of(FORM_2021, unit=Unit(evil)))["results"]
    root = ElementTree.fromstring(render_svg(picture))
    assert {e.tag.removeprefix(SVG) for e in root.iter()} == {"svg", "title", "desc", "rect", "text", "path"}
    assert "http" not in render_svg(picture).replace(SVG[1:-1], "")
