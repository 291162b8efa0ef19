"""Codes of findings about a round: levels that do not agree, last period's figures as corrected."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

ROUND_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "NODE-DIFFERS",
        Severity.EXPLAIN,
        Text(
            "自己报的数与 {count} 个下级单位的合计不一致，相差 {difference}。",
            "its own figure is not the sum of the {count} units below it: they differ by {difference}",
        ),
        Text(
            "请核对：下级改过数的，重新汇总本级；本级自己有数的，在名录中为本级另列一个单位。",
            "check both: merge anew if a unit below has corrected its figures; if the parent has figures of its own, list it as a unit of its own in the roster",
        ),
        Text(
            "上级报的数应等于下级各单位之和（节点检查）；不等，两个数里必有一个过时或有误。",
            "what a parent reports must be the sum of the units below it; where it is not, one of the two is out of date or wrong",
        ),
    ),
    CodeEntry(
        "PREVIOUS-CORRECTED",
        Severity.NOTE,
        Text(
            "上年的数在本表发出后更正过：原为 {old}，现为 {new}（{who}）。",
            "last period's figure was corrected after this workbook was issued: {old} before, {new} now ({who})",
        ),
        Text(
            "不算本年的错误；本年按更正前的数衔接的，可以不改，需要时另作说明。",
            "no error of this period: figures that join on to the old one may stay; say so where it matters",
        ),
        Text(
            "上年数更正后，先发出的表里仍是更正前的数；两者不同要写明是谁改的，不能当作填报人填错。",
            "a workbook issued earlier still carries the figure from before; the difference is told with its source and not blamed on the clerk",
        ),
    ),
)
