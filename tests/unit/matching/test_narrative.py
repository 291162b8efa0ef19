"""Texts of a report under the headings they stand under, and the title, among all that surrounds them."""

from __future__ import annotations

import pytest

from tests.support.reports import as_text, numbered
from tests.support.workbooks import FORM_2019, FORM_2021, submission_of
from tests.unit.matching.test_documents import imported
from xltools.checking.result import CheckedFile
from xltools.matching.documents.headings import heading_likeness, section_headings
from xltools.matching.documents.report_title import title_in
from xltools.matching.labelled_values import Title
from xltools.model.period import Period

PARTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
IDS = tuple(f"s1.{part}" for part in ("disclosure", "requests", "management", "platforms", "supervision"))
TITLE = "云山县某局2025年政府信息公开工作年度报告"
TABLES = as_text(submission_of(FORM_2021, numbered(FORM_2021))).split("二、", 1)[1].split("五、", 1)[0]


def report_of(
    first: str, *, head: str = TITLE, fifth: str = "", sixth: str = "", end: str = ""
) -> CheckedFile:
    five = fifth or "五、存在的主要问题及改进情况\n问题甲。"
    six = sixth or "六、其他需要报告的事项\n无。"
    return imported(f"{head}\n{first}\n二、{TABLES}\n{five}\n{six}\n{end}", ".txt")


def texts(read: CheckedFile) -> dict[str, str]:
    assert read.submission is not None
    return {id_: text for id_, text in read.submission.texts.items() if not id_.startswith("cover")}


def codes(read: CheckedFile) -> set[str]:
    return {finding.code for finding in read.findings} - {"RECOGNISED-BY-LABELS"}


NUMBERED = {
    "brackets": tuple(f"（{n}）{part}" for n, part in zip("一二三四五", PARTS, strict=True)),
    "digits": tuple(f"{n}、{part}情况" for n, part in enumerate(PARTS, 1)),
    "dots": tuple(f"{n}.{part}工作情况" for n, part in enumerate(PARTS, 1)),
    "none": PARTS,
    "reworded": (
        "（一）主动公开政府信息情况",
        "（二）依申请公开政府信息办理情况",
        "（三）政府信息公开管理情况",
        "（四）平台建设情况",
        "（五）监督保障及教育培训情况",
    ),
}


@pytest.mark.parametrize("how", NUMBERED)
def test_five_parts_however_numbered_or_reworded(how: str) -> None:
    first = "一、总体情况\n" + "\n".join(f"{head}\n第{n}部分的文字。" for n, head in enumerate(NUMBERED[how]))
    read = report_of(first)
    assert texts(read) == {
        **{id_: f"第{n}部分的文字。" for n, id_ in enumerate(IDS)},
        "s5.text": "问题甲。",
        "s6.text": "无。",
    }
    assert codes(read) <= {"HEADING-REWORDED"}


def test_a_part_in_the_line_of_its_heading() -> None:
    first = "一、总体情况\n" + "\n".join(
        f"（{n}）{part}。本年{part}情况良好。" for n, part in zip("一二三四五", PARTS, strict=True)
    )
    read = report_of(first, sixth="六、其他需要报告的事项：无。")
    assert texts(read) == {
        **{id_: f"本年{part}情况良好。" for id_, part in zip(IDS, PARTS, strict=True)},
        "s5.text": "问题甲。",
        "s6.text": "无。",
    }


def test_a_part_in_words_of_its_own_is_the_one_whose_turn_it_is() -> None:
    heads = ("主动公开", "依申请公开", "规范化标准化", "政府信息公开平台建设", "监督保障")
    first = "一、总体情况\n" + "\n".join(
        f"（{n}）{h}\n{h}的文字。" for n, h in zip("一二三四五", heads, strict=True)
    )
    read = report_of(first)
    assert texts(read)["s1.management"] == "规范化标准化的文字。"
    assert "HEADING-REWORDED" in codes(read)


def test_text_before_the_first_part_is_kept_and_said() -> None:
    read = report_of("一、总体情况\n总的说，一切良好。\n（一）主动公开\n公开了。")
    assert texts(read)["s1.disclosure"] == "总的说，一切良好。\n公开了。"
    assert "TEXT-WITHOUT-HEADING" in codes(read)


@pytest.mark.parametrize(
    "fifth",
    [
        "五、政府信息公开工作存在的主要问题及改进情况",
        "五、存在问题和改进措施",
        "五、 存在的主要问题及改进情况",
        "第五部分、存在的主要问题及改进情况",
        "存在的主要问题及改进情况",
    ],
)
def test_headings_of_sections_reworded(fifth: str) -> None:
    read = report_of(
        "一、总体情况\n（一）主动公开\n公开了。", fifth=f"{fifth}\n问题乙。\n二、主动公开信息质量有待提高。"
    )
    assert texts(read)["s5.text"] == "问题乙。\n二、主动公开信息质量有待提高。"


def test_a_table_of_contents_is_no_text() -> None:
    sections = [section.title for section in FORM_2021.sections]
    head = TITLE + "\n目录\n" + "\n".join(f"{title}……{n}" for n, title in enumerate(sections, 1))
    read = report_of("根据条例编制本报告。\n一、总体情况\n（一）主动公开\n公开了。", head=head)
    assert texts(read) == {"s1.disclosure": "公开了。", "s5.text": "问题甲。", "s6.text": "无。"}
    (left_out,) = [finding for finding in read.findings if finding.code == "TEXT-LEFT-OUT"]
    assert "根据条例编制本报告" in left_out.message.zh


def test_headings_and_page_numbers_on_every_page() -> None:
    page = "\n- 2 -\n一、总体情况\n"
    read = report_of(
        f"一、总体情况\n（一）主动公开\n甲。{page}乙。{page}（二）依申请公开\n丙。\n第 3 页 共 9 页"
    )
    assert texts(read)["s1.disclosure"] == "甲。\n乙。"
    assert texts(read)["s1.requests"] == "丙。"


def test_signature_date_and_what_the_page_adds_are_no_text() -> None:
    end = "云山县某局\n2026年1月20日\n【打印本页】 【关闭窗口】\n主办单位：云山县人民政府"
    read = report_of("一、总体情况\n（一）主动公开\n公开了。", end=end)
    assert texts(read)["s6.text"] == "无。"
    assert "TEXT-LEFT-OUT" in codes(read)


def test_an_item_of_another_section_is_no_heading() -> None:
    lines = [
        "五、存在的主要问题及改进情况",
        "二、主动公开不够及时",
        "三、收到和处理政府信息公开申请情况",
        "（三）加强培训",
    ]
    found = section_headings(FORM_2021, lines)
    assert [(heading.line, heading.section.id) for heading in found] == [(0, "s5"), (2, "s3")]


def test_likeness_of_headings() -> None:
    assert heading_likeness("六、其他需要报告的事项", "六、其他需要报告的事项") == 1
    assert heading_likeness("（一）主动公开情况", "主动公开") > 0.9
    assert heading_likeness("加强组织领导", "监督保障") < 0.5


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("云山县某局2020年政府信息公开工作年度报告", "云山县某局"),
        ("云山县某局 2020 年度政府信息公开工作年度报告", "云山县某局"),
        ("２０２０年云山县某局政府信息公开工作年度报告", "云山县某局"),
        ("云山县某局政府信息公开工作年度报告（2020年度）", "云山县某局"),
        ("云山县某局二〇二〇年政府信息公开年度报告", "云山县某局"),
        ("《云山县某局2020年政府信息公开工作年度报告》", "云山县某局"),
        ("2020年政府信息公开工作年度报告", ""),
        ("云山县某局关于2020年度政府信息公开工作情况的报告", "云山县某局"),
        ("云山县某局关于发布2020年政府信息公开工作年度报告", "云山县某局"),
        ("关于云山县某局2020年政府信息公开工作年度报告", "云山县某局"),
        ("2020年政府信息公开工作年度报告（云山县某局）", "云山县某局"),
        ("政府信息公开工作年度报告（2020年）", ""),
        ("云山县某局（县某局）2020年政府信息公开工作年度报告", "云山县某局(县某局)"),
        ("云山县某局《2020年政府信息公开工作年度报告》", "云山县某局"),
        ("【云山县某局】2020年政府信息公开工作年度报告", "云山县某局"),
        ("附件：云山县某局2020年政府信息公开工作年度报告", "云山县某局"),
        ("当前位置：首页 > 政务公开 > 云山县某局2020年政府信息公开工作年度报告", "云山县某局"),
        (
            "云山市高新技术产业开发区管理委员会自然资源和规划建设环境保护综合行政执法与应急管理局"
            "2020年政府信息公开工作年度报告",
            "云山市高新技术产业开发区管理委员会自然资源和规划建设环境保护综合行政执法与应急管理局",
        ),
    ],
)
def test_titles(line: str, unit: str) -> None:
    assert title_in(FORM_2019, line) == Title(unit, Period(2020))


@pytest.mark.parametrize(
    "line",
    [
        "根据《条例》，现公布云山县某局2020年政府信息公开工作年度报告。",
        "云山县某局政府信息公开工作年度报告",
        "2019年至2020年政府信息公开工作年度报告",
        "2020年政府信息公开指南",
        "2020年财政预算公开",
    ],
)
def test_what_is_no_title(line: str) -> None:
    assert title_in(FORM_2019, line) is None


@pytest.mark.parametrize(
    "head",
    [
        "云山县某局\n2025年政府信息公开工作年度报告",
        "云山县某局：\n\n2025年政府信息公开工作年度报告",
        "云山县某局\n2025年\n政府信息公开工作年度报告",
        f"首页 > 政府信息公开年报\n东海县2024年政府信息公开工作年度报告\n{TITLE}\n发布时间：2026-01-20",
    ],
)
def test_unit_and_year_above_the_text(head: str) -> None:
    read = report_of("一、总体情况\n（一）主动公开\n公开了。", head=head).submission
    assert read is not None
    assert (read.unit.name, read.period) == ("云山县某局", Period(2025))


def test_another_years_title_is_said() -> None:
    other = "云山县某局2024年政府信息公开工作年度报告"
    read = report_of("一、总体情况\n（一）主动公开\n公开了。", head=f"{other}\n{TITLE}")
    (said,) = [finding for finding in read.findings if finding.code == "TITLES-DIFFER"]
    assert "2024" in said.message.zh


@pytest.mark.parametrize(
    "links",
    [
        "上一篇：东海县某局2025年政府信息公开工作年度报告\n下一篇：西山县某局2024年政府信息公开工作年度报告",
        "【下一条】西山县某局2024年政府信息公开工作年度报告",
        "上一篇：\n东海县某局2025年政府信息公开工作年度报告",
        "相关链接\n东海县某局2025年政府信息公开工作年度报告\n西山县某局2024年政府信息公开工作年度报告",
    ],
)
@pytest.mark.parametrize("title", [TITLE, "2025年政府信息公开工作年度报告", "某网站"])
def test_what_a_page_links_to_is_nobodys_title(title: str, links: str) -> None:
    text = "一、总体情况\n（一）主动公开\n公开了。"
    for read in (report_of(text, head=title, end=links), report_of(text, head=f"{links}\n发布时间\n{title}")):
        assert "TITLES-DIFFER" not in codes(read)
        assert read.submission is not None
        assert read.submission.unit.name == ("云山县某局" if title == TITLE else "")
        assert "西山" not in "".join(texts(read).values())


def test_the_date_below_the_title_is_that_of_the_report() -> None:
    read = report_of("一、总体情况\n（一）主动公开\n公开了。", head=f"{TITLE}\n（2026年1月15日）").submission
    assert read is not None
    assert read.texts["cover.date"] == "2026-01-15"


def test_without_a_title_unit_and_year_are_asked_for() -> None:
    read = report_of("一、总体情况\n（一）主动公开\n公开了。", head="某网站")
    assert {"UNIT-BLANK", "PERIOD-BLANK"} <= codes(read)
