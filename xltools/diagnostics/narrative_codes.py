"""Codes of findings about the texts of a report. All are notes: nothing of a text enters a summary."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

_WHY_READER = Text(
    "公开的报告谁都能看；文字和表格对不上，读者无法知道该信哪一个。",
    "anybody may read the published report; where its text and its tables differ, nobody knows which to believe",
)
_WHY_COPIED = Text(
    "套用以往或别处的文稿，最容易漏改的就是年份、名称和数字。",
    "years, names and figures are what is most easily left standing when an earlier text is used again",
)

NARRATIVE_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "TEXT-FIGURE",
        Severity.NOTE,
        Text(
            "文字写的是 {number}，表中“{what}”为 {figure}：“{quote}”。",
            'the text says {number} where the tables have {figure} for "{what}": "{quote}"',
        ),
        Text(
            "请核对，把文字或表格改成一致；所说的确实不是同一个数的，不必修改。",
            "compare, and make text and table agree; if they are not about the same thing, leave it as it is",
        ),
        _WHY_READER,
    ),
    CodeEntry(
        "TEXT-SHARE",
        Severity.NOTE,
        Text(
            "文字写的占比是 {number}%，按表中“{what}”计算为 {figure}%：“{quote}”。",
            'the text says {number}% where the tables give {figure}% for "{what}": "{quote}"',
        ),
        Text(
            "请按表中数字重新计算；分母另有所指的，在文字里写明。",
            "work it out again from the tables; if it is a share of something else, say of what",
        ),
        _WHY_READER,
    ),
    CodeEntry(
        "TEXT-YEAR",
        Severity.NOTE,
        Text(
            "这一句说的应是 {due} 年，写成了 {named} 年：“{quote}”。",
            'this should speak of {due}, the year of the report, not of {named}: "{quote}"',
        ),
        Text(
            "请核对年份；确实在讲 {named} 年的，不必修改。",
            "check the year; if {named} is really meant, leave it as it is",
        ),
        _WHY_COPIED,
    ),
    CodeEntry(
        "TEXT-PLAN-YEAR",
        Severity.NOTE,
        Text(
            "下一步打算应是 {due} 年的，写成了已经过去的 {named} 年：“{quote}”。",
            'a plan should be for {due}, not for {named}, which is over: "{quote}"',
        ),
        Text("请核对打算所指的年份。", "check for which year the plan is"),
        _WHY_COPIED,
    ),
    CodeEntry(
        "TEXT-OTHER-UNIT",
        Severity.NOTE,
        Text(
            "以“{name}”的口吻写成，而填报单位是“{unit}”：“{quote}”。",
            'it is written as if by {name}, but the unit that reports is {unit}: "{quote}"',
        ),
        Text(
            "请核对是否套用了别的单位的文稿；确实在讲该单位的，不必修改。",
            "check whether another unit's text was used; if it is really about that unit, leave it as it is",
        ),
        _WHY_COPIED,
    ),
    CodeEntry(
        "TEXT-NOTHING",
        Severity.NOTE,
        Text("这一部分只写了“{quote}”。", 'this part only says "{quote}"'),
        Text(
            "请写明存在的主要问题和改进措施。",
            "say what the main problems are and what is done about them",
        ),
        Text(
            "年度报告必须写明存在的主要问题及改进情况；“无”只能用于“其他需要报告的事项”。",
            "the report must name the main problems and what is done about them; 无 will do only for other matters",
        ),
    ),
    CodeEntry(
        "TEXT-UNFILLED",
        Severity.NOTE,
        Text("范文的空当没有填：“{quote}”。", 'a blank of the model text was left: "{quote}"'),
        Text("请填上内容或删去这一句。", "fill it in, or delete the sentence"),
        _WHY_COPIED,
    ),
    CodeEntry(
        "TEXT-SILENT",
        Severity.NOTE,
        Text(
            "没有写到{topic}，而表中“{label}”为 {figure}。",
            'it has no word of {topic}, but "{label}" is {figure}',
        ),
        Text(
            "请写明本年度收取{topic}的情况；没有收取的也写一句。",
            "say whether {topic} was charged this year, and how much",
        ),
        Text(
            "收取信息处理费的情况应在“其他需要报告的事项”中报告。",
            "fees for processing information are reported among the other matters",
        ),
    ),
)
