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
            "上级报 {own}，下级 {count} 个文件合计 {sum}，差 {difference}。",
            "the parent reports {own}, the {count} files below it add up to {sum}: they differ by {difference}",
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
        "NODE-BELOW-SUM",
        Severity.EXPLAIN,
        Text(
            "上级报 {own}，下级已到的 {count} 个文件合计就有 {sum}，少 {difference}（下级还缺 {lacking} 个单位）。",
            "the parent reports {own}, less by {difference} than the {sum} of the {count} files below it that are here ({lacking} units are not)",
        ),
        Text(
            "请核对：上级报的可能只是本级机关的数，或者已经过时。本级自己有数的，在名录中为本级另列一个单位；上级的文件不该用的，用 --exclude 去掉。",
            "check the parent's file: it may hold the parent's own figures only, or be out of date. If the parent has figures of its own, list it as a unit of its own in the roster; leave a file that should not count out with --exclude",
        ),
        Text(
            "上级的数包括下级全部单位，不会比其中一部分单位之和还小；小了，用它代替下级就漏了数。",
            "a parent's figure holds all units below it and cannot be less than the sum of some of them; where it is, figures are lost when it stands for them",
        ),
    ),
    CodeEntry(
        "NODE-PARTIAL",
        Severity.NOTE,
        Text(
            "上级报 {own}，下级已到的 {count} 个文件合计 {sum}，差 {difference}（下级还缺 {lacking} 个单位，合计不完整）。",
            "the parent reports {own}, the {count} files below it that are here add up to {sum}: they differ by {difference} (the sum is partial, {lacking} units are not here)",
        ),
        Text(
            "下级到齐之前不必处理；差额应当是所缺单位的数。",
            "nothing to do until the other units are here: the difference should be theirs",
        ),
        Text(
            "下级不全时用上级报的数，它与已到部分的差额要让人看得见。",
            "where a parent's figure stands for units that are not all here, how far it is from those that are must be seen",
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
