"""Periods, levels and the attributes of a submission."""

from __future__ import annotations

import pytest

from tests.support.workbooks import FORM_2021, FORMS, form_id
from xltools.diagnostics.exceptions import UsageError
from xltools.model.form import Form, depth
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Roster, Unit


@pytest.mark.parametrize(
    ("text", "period", "label"),
    [
        ("2020", Period(2020), "2020年"),
        (" 2020 ", Period(2020), "2020年"),
        ("2018-03", Period(2018, 3), "2018年3月"),
        ("2018-3", Period(2018, 3), "2018年3月"),
        ("2018-12", Period(2018, 12), "2018年12月"),
    ],
)
def test_a_period_reads_and_prints(text: str, period: Period, label: str) -> None:
    assert Period.parse(text) == period
    assert period.label == label
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "text", ["", "20", "20200", "2018-0", "2018-13", "2018-", "2018/3", "２０２０", "2020年", "-2020"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        Period.parse(text)
    assert "2018-03" in caught.value.text.zh


@pytest.mark.parametrize(
    ("period", "before"),
    [(Period(2020), Period(2019)), (Period(2018, 3), Period(2018, 2)), (Period(2018, 1), Period(2017, 12))],
)
def test_the_period_before(period: Period, before: Period) -> None:
    assert period.previous() == before
    assert before < period


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_alias_of_a_level_is_that_level_and_no_other(form: Form) -> None:
    seen: dict[str, str] = {}
    for level in form.levels:
        for word in (level.label, *level.aliases):
            assert seen.setdefault(word.casefold(), level.label) == level.label, word
            assert form.level_of(Unit("", level=f" {word.upper()} ")) == level.label


def test_a_level_nobody_knows_stays_as_it_is() -> None:
    assert FORM_2021.level_of(Unit("", level=" 其他 ")) == "其他"
    assert FORM_2021.level_of(Unit("")) == ""


def test_attributes_say_what_is_known_and_nothing_else() -> None:
    known = Submission(FORM_2021, Period(2023, 4), Unit("", level="县级政府"), {})
    assert known.attributes == {"unit.level": "县级政府", "period.year": 2023, "period.month": 4}
    unknown = Submission(FORM_2021, None, Unit(""), {})
    assert unknown.attributes == {"unit.level": None, "period.year": None, "period.month": None}


def test_a_roster_is_looked_up_by_code() -> None:
    units = (Unit("甲", "1"), Unit("乙", "2"))
    assert Roster(units).by_code() == {"1": units[0], "2": units[1]}


def test_the_depth_of_headings() -> None:
    (t3,) = (table for table in FORM_2021.tables if table.id == "t3")
    assert (depth(t3.rows), depth(t3.columns)) == (3, 3)
