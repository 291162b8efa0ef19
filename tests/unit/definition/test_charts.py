"""Charts of a definition: read as data, every mistake named with its key path."""

from __future__ import annotations

import pytest

from tests.support.workbooks import FORM_2019, FORM_2021, FORMS, form_id, submission_of
from tests.unit.definition.small import SMALL, mistakes
from xltools.definition.load import parse_definition
from xltools.expr.nodes import figures
from xltools.layout.unit_figures import PointValue
from xltools.model.form import Form

CHART = """
[[chart]]
id = "c"
title = "图"
kind = "bars"
points = [{ label = "甲", value = "t.x.a" }]
"""


def test_a_value_may_name_a_cell_a_group_or_a_sum() -> None:
    text = SMALL + CHART.replace("t.x.a", "t.x.a + sum(t.x.b, t.y.b)")
    (chart,) = parse_definition(text, "small.toml").charts
    assert figures(chart.points[0].value) == ("t.x.a", "t.x.b", "t.y.b")
    refused = next(p for c in FORM_2021.charts for p in c.points if p.label == "不予公开")
    assert len(figures(refused.value)) == 8
    value = PointValue.of(refused)
    assert value.of_figures({**submission_of(FORM_2021).values, "t3.refused_secret.total": 3}) is None
    assert value.of_figures(dict.fromkeys(figures(refused.value), 2)) == 16


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_form_has_charts_of_every_kind(form: Form) -> None:
    assert {chart.kind for chart in form.charts} == {"bars", "units", "periods"}


def test_both_annual_formats_have_the_same_charts() -> None:
    assert [c.id for c in FORM_2019.charts] == [c.id for c in FORM_2021.charts]


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        (('kind = "bars"', 'kind = "pie"'), "chart[1].kind", "pie"),
        (('title = "图"', ""), "chart[1].title", "missing"),
        (('title = "图"', 'titel = "图"'), "chart[1].titel", "did you mean title"),
        (('id = "c"', 'id = "C-1"'), "chart[1].id", "small letters"),
        (('[{ label = "甲", value = "t.x.a" }]', "[]"), "chart[1].points", "1 to 20"),
        (('kind = "bars"', 'kind = "units"', '"t.x.a" }', '"t.x.a" }, { label = "乙", value = "t.x.b" }'),
         "chart[1].points", "1 to 1"),
        (('"甲", value = "t.x.a"', f'"{"甲" * 21}", value = "t.x.a"'), "chart[1].points[1].label", "over 20"),
        (('"t.x.a"', '"t.x.c"'), "chart[1].points[1].value", "called t.x.c"),
        (('"t.x.a"', '"t.x.a +"'), "chart[1].points[1].value", "at character"),
        (('"t.x.a"', '"t.x.a == 1"'), "chart[1].points[1].value", "sum of cells"),
        (('"t.x.a"', '"7"'), "chart[1].points[1].value", "sum of cells"),
        (('"t.x.a"', '"t.x.a + previous(t.x.a)"'), "chart[1].points[1].value", "one period only"),
        (('"t.x.a"', '"t.x.a + period.year"'), "chart[1].points[1].value", "one period only"),
        (("[[chart]]", CHART + "[[chart]]"), "chart[2].id", "c is used twice"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_key_path(change: tuple[str, ...], path: str, words: str) -> None:
    chart = CHART
    for old, new in zip(change[::2], change[1::2], strict=True):
        assert old in chart
        chart = chart.replace(old, new, 1)
    found = mistakes(SMALL + chart)
    assert words in found.get(path, ""), found
