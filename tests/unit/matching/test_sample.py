"""The published report that came with the project, figure by figure, and our own page with its defects."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cases import ROOT, SAMPLE
from xltools.demo.real_return import published_return
from xltools.model.outcomes import with_totals
from xltools.model.period import Period
from xltools.workflows.importing import read_source

OURS = tuple(ROOT / "examples" / f"published-report.{suffix}" for suffix in ("txt", "html"))
SIX = (0, 0, 0, 0, 0, 0, None)
SEVEN = (0,) * 7
NOTHING = (None,) * 7
TABLE_3 = {
    "new": SEVEN,
    "carried_in": SEVEN,
    "granted": NOTHING,
    "partly": NOTHING,
    "refused_secret": SIX,
    "refused_prohibited": SIX,
    "refused_stability": SIX,
    "refused_third_party": SIX,
    "refused_internal": SIX,
    "refused_process": SIX,
    "refused_enforcement": SIX,
    "refused_inquiry": SIX,
    "unavailable_not_held": SIX,
    "unavailable_to_create": SIX,
    "unavailable_unclear": SIX,
    "dismissed_complaint": SIX,
    "dismissed_repeated": SIX,
    "dismissed_publications": SIX,
    "dismissed_excessive": SIX,
    "dismissed_confirmation": SIX,
    "other": NOTHING,
    "handled": NOTHING,
    "carried_out": SEVEN,
}
"""自然人 to 其他, then 总计, as they stand in the report: the rows of items end before 总计."""
COLUMNS = ("natural", "business", "research", "welfare", "legal", "other_org", "total")
TABLE_2 = {
    "t2_1.regulations": ("made", "published", "public_total"),
    "t2_1.normative": ("made", "published", "public_total"),
    "t2_5.licensing": ("last_year", "change", "decisions"),
    "t2_5.services": ("last_year", "change", "decisions"),
    "t2_6.penalties": ("last_year", "change", "decisions"),
    "t2_6.coercion": ("last_year", "change", "decisions"),
    "t2_8.fees": ("last_year", "change"),
    "t2_9.procurement": ("projects", "amount"),
}
LABELS = {
    "本年新制作数量": 1,
    "本年新公开数量": 1,
    "对外公开总数量": 1,
    "上一年项目数量": 3,
    "处理决定数量": 2,
    "采购项目数量": 1,
    "三、本年度办理结果": 1,
    "7.属于行政执法案卷": 1,
}
"""Labels that the report spells in another way, and how often."""
SOURCES = [pytest.param(SAMPLE, id="sample"), *(pytest.param(path, id=path.suffix) for path in OURS)]


def expected() -> dict[str, int | None]:
    figures: dict[str, int | None] = {
        f"t3.{row}.{column}": figure
        for row, figures in TABLE_3.items()
        for column, figure in zip(COLUMNS, figures, strict=True)
    }
    figures |= {f"{row}.{column}": 0 for row, columns in TABLE_2.items() for column in columns}
    return figures


@pytest.mark.parametrize("source", SOURCES)
def test_every_figure_that_is_there_is_read_and_no_other(source: Path) -> None:
    submission = read_source(source).submission
    assert submission is not None
    assert submission.values == expected()
    assert not any(id_.startswith("t4.") for id_ in submission.values)
    assert submission.form.id == "zfxxgk-2019"
    assert (submission.unit.name, submission.period) == ("汶上县科学技术局", Period(2020))


@pytest.mark.parametrize("source", SOURCES)
def test_the_missing_table_and_the_other_spellings_are_said(source: Path) -> None:
    findings = read_source(source).findings
    missing = [found for found in findings if found.code == "TABLE-MISSING"]
    assert [found.place.label for found in missing] == ["四、政府信息公开行政复议、行政诉讼情况"]
    similar = [found.expected for found in findings if found.code == "LABEL-SIMILAR"]
    assert {label: similar.count(label) for label in similar} == LABELS
    assert {found.severity.value for found in findings if found not in missing} == {"note"}
    (cut,) = [found for found in findings if found.code == "ROWS-CUT"]
    assert set(cut.cells) == {f"t3.{row}.total" for row, figures in TABLE_3.items() if figures is SIX}


@pytest.mark.parametrize("source", SOURCES)
def test_texts_stand_in_their_parts(source: Path) -> None:
    submission = read_source(source).submission
    assert submission is not None
    texts = submission.texts
    assert set(texts) == {
        *(f"s1.{part}" for part in ("disclosure", "requests", "management", "platforms", "supervision")),
        "s5.text",
    }
    assert "没有接到" in texts["s1.requests"]
    assert texts["s1.management"].startswith("1.加强组织领导")
    assert "3人" in texts["s1.platforms"]
    assert texts["s5.text"].startswith("2019年")
    assert not any(heading in text for text in texts.values() for heading in ("一、总体情况", "内容提要"))


@pytest.mark.parametrize("source", SOURCES)
def test_what_was_read_is_what_the_demonstration_enters_by_hand(source: Path) -> None:
    """Totals whose cells the report does not have are computed; the total row it left blank stays blank."""
    read = read_source(source).submission
    by_hand = published_return()
    assert read is not None
    assert read.typed_totals == by_hand.typed_totals
    due = {id_: value for id_, value in with_totals(by_hand).items() if value is not None}
    assert {id_: value for id_, value in with_totals(read).items() if value is not None} == due


def test_figures_know_their_lines_in_the_sample() -> None:
    submission = read_source(SAMPLE).submission
    assert submission is not None
    lines = SAMPLE.read_text("utf-8").split("\n")
    assert submission.places["t3.refused_secret.natural"] == ("正文", "D81")
    assert lines[80].split("\t")[3] == "0"
    assert lines[80].split("\t")[2] == "1.属于国家秘密"
    assert submission.places["t2_9.procurement.amount"] == ("正文", "C70")
    assert lines[69].split("\t")[0] == "政府集中采购"
