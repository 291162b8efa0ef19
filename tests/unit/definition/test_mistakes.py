"""Every kind of mistake of a definition is named with its key path, and all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.definition.small import SMALL, changed, mistakes, rule
from xltools.definition.load import load_definition, parse_definition
from xltools.diagnostics.exceptions import DefinitionError
from xltools.model.sheet_names import RESERVED_SHEETS

TOTAL = 'expect = "total == sum(a, b)"'
COLUMN_A = '{ id = "a", label = "甲" }'


def test_the_small_definition_is_right() -> None:
    assert len(parse_definition(SMALL, "small.toml").cells) == 6 + 1 + 6


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        (('version = "1"', 'verson = "1"'), "verson", "did you mean version"),
        (('version = "1"', ""), "version", "missing"),
        (('version = "1"', "version = 1"), "version", "must be a text"),
        (('version = "1"', 'version = " "'), "version", "must not be empty"),
        (("first = 2020", 'first = "2020"'), "years.first", "must be an integer"),
        (("first = 2020", "first = true"), "years.first", "must be an integer"),
        (("first = 2020", "first = 2020, until = 2022"), "years.until", "unknown key"),
        (("first = 2020", "first = 2020, last = 2019"), "years", "range of years"),
        (('period = "year"', 'period = "week"'), "period", "week"),
        (('unit = "填报单位"', ""), "cover.unit", "missing"),
        (('label = "填报人"', 'lable = "填报人"'), "cover.field[1].lable", "did you mean label"),
        (('["先填封面。"]', "[1]"), "instructions", "array of texts"),
        (('title = "一、数字"', "title = 1"), "section[1].title", "must be a text"),
        (('id = "t"\n', 'id = "T-1"\n'), "section[1].table[1].id", "small letters"),
        ((COLUMN_A, '"a"'), "section[1].table[1].columns[1]", "must be a table"),
        ((COLUMN_A, '{ id = "b", label = "甲" }'), "section[1].table[1].columns", "b is used twice"),
        (('{ id = "x", label', '{ id = "y", label'), "section[1].table[1].rows", "y is used twice"),
        (('"二行" }]', '"二行", signed = "yes" }]'), "section[1].table[1].rows[2].signed", "true or false"),
        (('"二行" }]', '"二行", type = "money" }]'), "section[1].table[1].rows[2].type", "money"),
        (('rows = [{ id = "x", label = "一行" }, { id = "y", label = "二行" }]', "rows = []"),
         "section[1].table[1].rows", "at least one"),
        (('rows = [{ id = "x", label = "一行" }, { id = "y", label = "二行" }]', 'rows = "nowhere"'),
         "section[1].table[1].rows", "column set nowhere"),
        (('severity = "error"', 'severity = "fatal"'), "rule[1].severity", "fatal"),
        (('source = "某文件"', ""), "rule[1].source", "missing"),
        (('source = "某文件"', 'source = ""'), "rule[1].source", "must not be empty"),
        (('请核对。", en = "check it" }', '请核对。" }'), "rule[1].fix.en", "missing"),
        (('for_each = "t.rows"', 'for_each = "nowhere.rows"'), "rule[1].for_each", "nowhere.rows"),
        (('for_each = "t.rows"', 'for_each = "t.lines"'), "rule[1].for_each", "t.lines"),
        ((TOTAL, 'expect = "total == sum(a, c)"'), "rule[1].expect", "called c"),
        ((TOTAL, 'expect = "total = a"'), "rule[1].expect", "at character"),
        ((TOTAL, 'expect = "total + a"'), "rule[1].expect", "condition"),
        ((TOTAL, 'expect = "1 == 1"'), "rule[1].expect", "names no cell"),
        ((TOTAL, 'expect = "period.year == 2020"'), "rule[1].expect", "names no cell"),
        (('total = "T-TOTAL"', 'total = "T-TOTALS"'), "rule", "no rule computes"),
        (('id = "all"', 'id = "All"'), "mention[1].id", "small letters"),
        (('words = ["收到|接到", "来件"]', ""), "mention[1].words", "at least one"),
        (('words = ["收到|接到", "来件"]', 'words = ["|"]'), "mention[1].words", "nothing stands"),
        (('figures = ["sum(t.x.total, t.y.total)"]', "figures = []"), "mention[1].figures", "at least one"),
        (("sum(t.x.total, t.y.total)", "t.x.totals"), "mention[1].figures", "called t.x.totals"),
        (("sum(t.x.total, t.y.total)", "t.x.a == 1"), "mention[1].figures", "sum of cells"),
        (('share_of = ["t.x.total"]', 'share_of = ["t.x.c"]'), "mention[1].share_of", "called t.x.c"),
        (('text = "s1.text"', 'text = "s1.texts"'), "topic[1].text", "no text s1.texts"),
        (('figures = ["t.x.a"]', 'figures = ["s1.text"]'), "topic[1].figures", "no figure s1.text"),
        (('label = "说明"', 'label = "说明"\nsubstantial = 1'),
         "section[1].text[1].substantial", "true or false"),
    ],
)  # fmt: skip
def test_each_mistake_is_reported_at_its_key(change: tuple[str, str], path: str, words: str) -> None:
    found = mistakes(changed(change))
    assert path in found
    assert words in found[path]


def test_all_mistakes_are_reported_at_once() -> None:
    found = mistakes(
        changed(
            ('title = "小表"', 'titel = "小表"'),
            ("first = 2020", 'first = "x"'),
            ('id = "preparer"', 'id = "Preparer"'),
            (COLUMN_A, '{ id = "a", label = "甲", typ = "integer" }'),
            ("sum(a, b)", "sum(a, nowhere)"),
            ('severity = "error"', 'severity = "bad"'),
            ('source = "某文件"', ""),
        )
    )
    consequences = {"rule"}  # a rule that cannot be read computes no total
    assert set(found) - consequences == {
        "titel",
        "title",
        "years.first",
        "cover.field[1].id",
        "section[1].table[1].columns[1].typ",
        "rule[1].expect",
        "rule[1].severity",
        "rule[1].source",
    }


def test_the_whole_message_names_the_file_and_every_path() -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_definition(changed(('version = "1"', ""), ('title = "小表"', "")), "某处/small.toml")
    for language in ("zh", "en"):
        lines = caught.value.in_language(language).splitlines()
        assert "某处/small.toml" in lines[0]
        assert [line.split(":")[0].split("：")[0].strip() for line in lines[1:]] == ["version", "title"]


def test_a_rule_and_a_cell_id_may_be_used_once_only() -> None:
    found = mistakes(changed(more=rule("t.x.a >= 0", id_="T-TOTAL")))
    assert "used twice" in found["rule[2].id"]
    second = '\n[[section.table]]\nid = "t"\ncolumns = [{ id = "a" }]\nrows = [{ id = "x" }]\n'
    assert "t.x.a is used twice" in mistakes(changed(("[[rule]]", f"{second}[[rule]]")))["section"]


def test_a_section_needs_something_to_fill_in() -> None:
    empty = '[[section]]\nid = "s2"\ntitle = "二"\nsheet = "二"\n'
    assert "neither text nor table" in mistakes(changed(("[[rule]]", f"{empty}\n[[rule]]")))["section[2]"]


@pytest.mark.parametrize("expect", ["total == a + b", "total >= sum(a, b)", "total == sum(a, b) within 1"])
def test_a_total_must_be_a_plain_sum(expect: str) -> None:
    found = mistakes(changed((TOTAL, f'expect = "{expect}"')))
    assert "total == sum(...)" in found["rule T-TOTAL[x]"]


def test_totals_in_a_circle_are_refused() -> None:
    found = mistakes(
        changed(
            ('{ id = "b", label = "乙" }', '{ id = "b", label = "乙", total = "T-B" }'),
            more=rule("b == sum(total, a)", id_="T-B", for_each="t.rows"),
        )
    )
    assert "circle" in found["rule"]


def test_a_prefill_must_come_from_last_period() -> None:
    column = ('{ id = "b", label = "乙" }', '{ id = "b", label = "乙", prefill = "T-B" }')
    found = mistakes(changed(column, more=rule("b == a", id_="T-B", for_each="t.rows")))
    assert "previous" in found["rule T-B[x]"]
    parse_definition(changed(column, more=rule("b == previous(a)", id_="T-B", for_each="t.rows")), "right")
    assert "there is no rule T-C" in mistakes(changed((column[0], column[1].replace("T-B", "T-C"))))["t.x.b"]


def test_a_prefill_rule_must_reach_the_cell() -> None:
    column = ('{ id = "b", label = "乙" }', '{ id = "b", label = "乙", prefill = "T-B" }')
    found = mistakes(changed(column, more=rule("b == previous(a)", id_="T-B", for_each="t.x")))
    assert set(found) == {"t.y.b"}
    assert "does not reach" in found["t.y.b"]


def test_a_level_that_does_not_exist_is_found_in_a_rule() -> None:
    found = mistakes(changed(more=rule('unit.level == "县级政府" or t.x.a == 0')))
    assert found == {"rule MORE": 'there is no level "县级政府"'}


@pytest.mark.parametrize("name", RESERVED_SHEETS)
def test_a_section_cannot_take_the_name_of_a_sheet_every_workbook_has(name: str) -> None:
    assert "is taken" in mistakes(changed(('sheet = "一"', f'sheet = "{name}"')))["section[1].sheet"]


def test_two_sections_cannot_share_a_sheet_name_whatever_its_case() -> None:
    second = '[[section]]\nid = "s2"\ntitle = "二"\nsheet = "A"\n[[section.text]]\nid = "x"\nlabel = "x"\n'
    text = changed(('sheet = "一"', 'sheet = "a"'), ("[[rule]]", f"{second}\n[[rule]]"))
    assert "is taken" in mistakes(text)["section[2].sheet"]


@pytest.mark.parametrize("name", ["名" * 32, "a/b", "a:b", "[a]", "a*", "a?"])
def test_a_sheet_name_excel_would_not_take_is_refused(name: str) -> None:
    assert "sheet name" in mistakes(changed(('sheet = "一"', f'sheet = "{name}"')))["section[1].sheet"]


def test_labels_and_hints_over_the_limits_of_input_prompts_are_refused() -> None:
    assert (
        "32 characters" in mistakes(changed(('label = "填报人"', f'label = "{"长" * 33}"')))["cover.preparer"]
    )
    hint = f'label = "说明"\nhint = "{"长" * 256}"'
    assert "255 characters" in mistakes(changed(('label = "说明"', hint)))["s1.text"]
    assert "400 characters" in mistakes(changed(('label = "甲"', f'label = "{"长" * 401}"')))["t.x.a"]
    parse_definition(changed(('label = "填报人"', f'label = "{"长" * 32}"')), "right at the limit")


@pytest.mark.parametrize("label", ["甲,乙", "级" * 256])
def test_levels_that_do_not_fit_into_a_list_are_refused(label: str) -> None:
    assert "levels" in mistakes(changed(('label = "县级"', f'label = "{label}"')))


def test_what_is_no_toml_at_all_is_said_so() -> None:
    assert "not valid TOML" in mistakes('id = "a')[""]


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="cannot read the file"):
        load_definition(tmp_path / "missing.toml")
    (tmp_path / "gbk.toml").write_bytes('title = "表"'.encode("gbk"))
    with pytest.raises(DefinitionError, match="cannot read the file"):
        load_definition(tmp_path / "gbk.toml")
