"""The three definitions, and the library that finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cases import DEFINITIONS, ROOT
from tests.support.workbooks import FORM_2019, FORM_2021, FORMS, MONTHLY, form_id
from xltools.definition.library import built_in_forms, find_definition, load_form, require_period
from xltools.diagnostics.exceptions import UsageError
from xltools.expr.nodes import figures
from xltools.model.form import Form
from xltools.model.outcomes import total_parts
from xltools.model.period import Period


def test_the_official_tables_have_their_cells() -> None:
    new = {table.id: (len(table.row_leaves), len(table.column_leaves)) for table in FORM_2021.tables}
    assert new == {
        "t2_1": (2, 3),
        "t2_5": (1, 1),
        "t2_6": (2, 1),
        "t2_8": (1, 1),
        "t3": (25, 7),
        "t4": (1, 15),
    }
    old = {table.id: (len(table.row_leaves), len(table.column_leaves)) for table in FORM_2019.tables}
    assert old["t3"][1] == 7
    assert old["t4"] == (1, 15)
    assert [(len(table.row_leaves), len(table.column_leaves)) for table in MONTHLY.tables] == [(35, 2)]


def test_labels_name_a_place_in_the_words_of_the_form() -> None:
    assert FORM_2021.cells["t3.refused_secret.business"].label == (
        "三、本年度办理结果 › （三）不予公开 › 1.属于国家秘密 › 申请人情况 › 法人或其他组织 › 商业企业"
    )
    assert FORM_2021.cells["t4.cases.direct_upheld"].label == "行政诉讼 › 未经复议直接起诉 › 结果维持"
    assert FORM_2021.cells["t2_8.fees.amount"].type == "decimal"
    assert FORM_2021.cells["t2_8.fees.amount"].unit == "万元"


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_total_comes_after_its_parts(form: Form) -> None:
    assert {cell.id for cell in form.totals} == set(form.total_order)
    done: set[str] = {cell.id for cell in form.inputs}
    for id_ in form.total_order:
        assert done.issuperset(total_parts(form.computing[id_])), id_
        done.add(id_)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_every_rule_speaks_both_languages_and_has_cells_and_a_source(form: Form) -> None:
    instances = {instance.rule.id for instance in form.instances}
    for rule in form.rules:
        assert rule.id in instances
        for text in (rule.message, rule.fix, rule.why):
            assert text.zh.strip()
            assert text.en.strip()
            assert text.zh != text.en
        assert rule.source
    for instance in form.instances:
        assert instance.anchor in instance.cells
        assert set(instance.cells) == set(figures(instance.expression))
    assert len(form.instance_by_key) == len(form.instances)


def test_the_2021_form_follows_the_2019_form_where_ids_are_the_same() -> None:
    assert FORM_2021.follows == ("zfxxgk-2019",)
    carried = {
        f"t3.carried_out.{column.id}"
        for table in FORM_2021.tables
        if table.id == "t3"
        for column in table.column_leaves
    }
    assert carried <= FORM_2019.cells.keys()


def test_the_built_in_forms_are_found_by_id_file_and_folder() -> None:
    assert list(built_in_forms()) == ["zfxxgk-2019", "zfxxgk-2021"]
    assert find_definition("zfxxgk-2021") == ROOT / "templates/zfxxgk-2021/form.toml"
    file = DEFINITIONS[2] / "form.toml"
    assert find_definition(str(file)) == file
    assert find_definition(str(DEFINITIONS[2])) == file
    assert load_form(str(file)).id == "zfxxgk-monthly"


@pytest.mark.parametrize(
    ("name", "near"), [("zfxxgk-2020", "zfxxgk-20"), ("zfxxgk2021", "zfxxgk-2021"), ("2019", "zfxxgk-2019")]
)
def test_an_unknown_form_is_answered_with_the_nearest_name(name: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_definition(name)
    assert f"did you mean {near}" in caught.value.text.en
    assert f"是否应为 {near}" in caught.value.text.zh


def test_an_unknown_form_like_no_other_is_answered_with_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "form.txt").write_text("")
    for name in ("预算", str(tmp_path), str(tmp_path / "form.txt"), str(tmp_path / "form.toml")):
        with pytest.raises(UsageError) as caught:
            find_definition(name)
        assert "did you mean" not in caught.value.text.en
        assert "zfxxgk-2019, zfxxgk-2021" in caught.value.text.en


@pytest.mark.parametrize(
    ("form", "period", "words"),
    [
        (FORM_2019, Period(2021), "is for 2019 to 2020, not for 2021. Use zfxxgk-2021"),
        (FORM_2021, Period(2020), "is for 2021 to today, not for 2020. Use zfxxgk-2019"),
        (FORM_2019, Period(2018), "not for 2018."),
        (FORM_2021, Period(2023, 5), 'is reported by the year; "2023-05"'),
        (MONTHLY, Period(2018), 'is reported by the month; "2018"'),
        (MONTHLY, Period(2019, 1), "not for 2019-01."),
    ],
)
def test_a_period_the_form_is_not_for_is_refused(form: Form, period: Period, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        require_period(form, period)
    assert words in caught.value.text.en
    if "Use" not in words:
        assert "Use" not in caught.value.text.en


@pytest.mark.parametrize(
    ("form", "period"),
    [
        (FORM_2019, Period(2019)),
        (FORM_2019, Period(2020)),
        (FORM_2021, Period(2040)),
        (MONTHLY, Period(2008, 12)),
    ],
)
def test_a_period_the_form_is_for_is_taken(form: Form, period: Period) -> None:
    require_period(form, period)
