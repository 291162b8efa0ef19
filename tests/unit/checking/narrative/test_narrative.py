"""The checks of the texts: silent on clean reports, right about planted errors and the real sample."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.cases import DEFINITIONS, SAMPLE, cases_in, form_in
from tests.support.workbooks import FORM_2019, FORM_2021, submission_of
from tests.unit.checking.narrative.reports import Planted, clean_reports, narrative_findings, planted
from xltools.checking.narrative import check as narrative_check
from xltools.checking.narrative.check import TEXT_CHECKS, check_narrative
from xltools.checking.narrative.sentences import counts, percentages, sentences
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.narrative_codes import NARRATIVE_CODES
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit


@pytest.mark.parametrize("report", clean_reports(), ids=lambda r: f"{r.unit.name} {r.period}")
def test_nothing_is_said_of_a_clean_report(report: Submission) -> None:
    assert [(f.code, f.message.zh) for f in narrative_findings(report)] == []


@pytest.mark.parametrize("error", planted(), ids=lambda error: error.name)
def test_a_planted_error_is_found_and_nothing_else(error: Planted) -> None:
    assert {f.code for f in narrative_findings(error.submission)} == {error.code}


def test_there_are_enough_reports_and_every_code_is_planted() -> None:
    assert len(clean_reports()) >= 40
    assert {error.code for error in planted()} == {entry.code for entry in NARRATIVE_CODES}


def test_the_real_sample_has_two_wrong_years_and_nothing_else() -> None:
    text = SAMPLE.read_text("utf-8")
    # the headings come twice: a table of contents, then the sections
    problems = text[text.rindex("五、存在的主要问题及改进情况") :].partition("\n")[2]
    general = text[text.index("1、概述") : text.rindex("二、主动公开政府信息情况")]
    unit = Unit("汶上县科学技术局", "990131099", "县级部门")
    texts = {"s1.disclosure": general, "s5.text": problems}
    report = submission_of(FORM_2019, unit=unit, period=Period(2020), texts=texts)
    found = [(f.code, f.place.id, f.actual, f.expected) for f in narrative_findings(report)]
    assert found == [("TEXT-YEAR", "s5.text", 2019, 2020), ("TEXT-PLAN-YEAR", "s5.text", 2020, 2021)]


@pytest.mark.parametrize("folder", DEFINITIONS[:2], ids=lambda folder: folder.name)
def test_every_mention_of_a_form_is_found_wrong_somewhere(folder: Path) -> None:
    form = form_in(folder)
    found = [f for case in cases_in(folder) for f in narrative_findings(case.submission)]
    said = "".join(f.message.zh for f in found if f.code == "TEXT-FIGURE")
    assert {mention.label for mention in form.mentions} == set(re.findall("表中“([^”]*)”", said))


def test_a_note_quotes_the_clause_and_names_text_and_figure() -> None:
    texts = {"s1.requests": "全年 收到政府信息公开申请 １５ 件，全部按时答复。"}
    values = {"t3.new.natural": 5, "t3.granted.natural": 5}
    (note,) = narrative_findings(submission_of(FORM_2021, values, texts=texts))
    assert (note.code, note.severity, note.place.id) == ("TEXT-FIGURE", Severity.NOTE, "s1.requests")
    assert (note.actual, note.expected) == (15, None)  # either may be wrong
    assert note.cells == ("s1.requests", "t3.new.total")
    assert "“全年收到政府信息公开申请15件”" in note.message.zh
    assert "says 15 where the tables have 5" in note.message.en


def test_figures_that_are_not_filled_in_are_not_compared() -> None:
    texts = {"s1.requests": "收到政府信息公开申请3件，予以公开3件，占100%。"}
    report = submission_of(FORM_2021, dict.fromkeys(FORM_2021.cells, None), texts=texts)
    report = replace(report, values=dict.fromkeys(report.values))
    assert narrative_findings(report) == ()
    assert {f.code for f in narrative_findings(replace(report, zero_report=True))} == {"TEXT-FIGURE"}


def test_no_text_costs_nothing_and_none_floods_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    flood = "。".join(f"收到政府信息公开申请{number}件" for number in range(1, 2000))
    assert len(narrative_findings(submission_of(FORM_2021, texts={"s1.requests": flood}))) == 20
    monkeypatch.setattr(narrative_check, "TEXT_CHECKS", (pytest.fail,) * len(TEXT_CHECKS))
    assert not list(check_narrative(submission_of(FORM_2021, texts={"s1.requests": " ", "s5.text": "\n"})))


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("申请12件", [12]),
        ("申请1,234件", [1234]),
        ("申请一百零五件", [105]),
        ("两件申请", [2]),
        ("零件申请", [0]),
        ("申请10余件", []),
        ("申请1.5万件", []),
        ("近20件申请", None),
        ("第三件申请", []),
        ("15个工作日", []),
        ("申请3件、答复2件", [3, 2]),
        ("9" * 5000 + "件", []),
    ],
)
def test_counts(clause: str, found: list[int] | None) -> None:
    assert counts(clause) == found


def test_percentages_keep_their_decimals() -> None:
    assert [(p.value, p.decimals) for p in percentages("占41.70%和5%")] == [(41.7, 2), (5.0, 0)]


def test_sentences_are_read_whatever_their_width() -> None:
    assert sentences("二〇二〇年，收到　１２ 件。\n下 一句！") == ("2020年，收到12件", "下一句")


def test_a_total_over_a_figure_that_is_no_number_is_not_compared() -> None:
    texts = {"s1.requests": "收到政府信息公开申请16件。"}
    values = {"t3.new.natural": "约15", "t3.new.business": 1}
    assert narrative_findings(submission_of(FORM_2021, values, texts=texts)) == ()


def test_a_note_quotes_who_applied_as_it_is_written() -> None:
    texts = {"s1.requests": "以我局为被申请人的政府信息公开行政复议2件，收到公民、法人和其他组织申请3件。"}
    quotes = [f.message.zh for f in narrative_findings(submission_of(FORM_2021, texts=texts))]
    assert len(quotes) == 2
    assert "“以我局为被申请人的政府信息公开行政复议2件”" in quotes[0]
    assert "“收到公民、法人和其他组织申请3件”" in quotes[1]


@pytest.mark.parametrize(
    "clause",
    [
        "受理病历复印申请2316件",
        "审核政府信息公开答复文书298份",
        "本局作为第三人参加的政府信息公开行政复议2件",
        "收到某项目政府信息公开申请9件",
    ],
)
def test_a_number_that_may_be_of_something_else_is_not_compared(clause: str) -> None:
    values = {"t3.new.natural": 3, "t3.granted.natural": 3}
    assert narrative_findings(submission_of(FORM_2021, values, texts={"s1.requests": f"{clause}。"})) == ()


def test_the_unit_may_be_named_beside_a_number() -> None:
    unit = Unit("云山县科学技术局", "990131099", "县级部门")
    texts = {"s1.requests": "云山县科技局共收到政府信息公开申请9件。"}
    assert len(narrative_findings(submission_of(FORM_2021, unit=unit, texts=texts))) == 1
