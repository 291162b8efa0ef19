"""Codes of findings about workbooks that are to be moved to another version or form."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

_WHY_SAME = Text(
    "只有含义相同的格才能移动数字；没有依据就移动等于猜。",
    "figures may only go to cells that mean the same; moved without that, they would be guessed",
)

MIGRATE_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "MIGRATE-NO-FORM",
        Severity.ERROR,
        Text(
            "不知道要把表式 {form} 移到哪一张表。",
            "nothing says which form a workbook of {form} is to be moved to",
        ),
        Text(
            "请用 --form 指明新表式（编号或 form.toml），跨年度的加 --year。",
            "name the new form with --form (its id or a form.toml), and the year with --year where it changes",
        ),
        _WHY_SAME,
    ),
    CodeEntry(
        "MIGRATE-UNRELATED",
        Severity.ERROR,
        Text(
            "表式 {found} 与 {wanted} 没有衔接关系，没有移动任何数字。",
            "{found} and {wanted} are not related, so no figure was moved",
        ),
        Text(
            "请核对是否用错了表；确有衔接的，在新表式的定义里写明 follows 和 [[earlier]]。",
            "check whether the wrong workbook was used; if the forms do join, say so in the definition of the new one (follows, [[earlier]])",
        ),
        _WHY_SAME,
    ),
    CodeEntry(
        "MIGRATE-PERIOD",
        Severity.ERROR,
        Text(
            "表式 {form} 不适用于 {period}，没有移动任何数字。",
            "{form} is not for {period}, so no figure was moved",
        ),
        Text(
            "请用 --year（按月的用 --period）给出这些数字真正的报告期。",
            "give the period these figures are really for with --year (--period for a month)",
        ),
        Text(
            "表式按年度适用；年度不对的，移过去仍是错表。",
            "a form is laid down for certain years; moved with a wrong one, the return would still be wrong",
        ),
    ),
    CodeEntry(
        "MIGRATE-SUMMARY",
        Severity.ERROR,
        Text("汇总表不能移到新表。", "a summary cannot be moved"),
        Text(
            "请把各单位的表移到新表后重新汇总。",
            "move the units' workbooks and merge those",
        ),
        Text(
            "汇总表的每个数都由各单位的数算出，只有重新汇总才能追溯。",
            "every figure of a summary is computed from the units'; only a new merge keeps it traceable",
        ),
    ),
)
