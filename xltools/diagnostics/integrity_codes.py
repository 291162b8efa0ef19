"""Codes of findings about formulas, units, years and locks that are not those of the form."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

INTEGRITY_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "FORMULA-WRONG",
        Severity.ERROR,
        Text(
            "总计格的公式 ={formula} 算出的不是应加各项之和。",
            "the formula ={formula} of this total does not give the sum it should",
        ),
        Text(
            "请改正公式，或按应加各项之和填写；最好把数字填到下发的工作簿里。",
            "correct the formula or write the sum; best enter the figures into the workbook that was issued",
        ),
        Text(
            "自己写的公式常漏加一格或多加一格，看上去却和别的总计一样。",
            "a formula of one's own often leaves a cell out or takes one too many, and looks like any other total",
        ),
    ),
    CodeEntry(
        "UNIT-WRONG",
        Severity.ERROR,
        Text(
            "“{read}”的计量单位与表样不符，表样是“{official}”。",
            'the unit in "{read}" is not that of the form, which has "{official}"',
        ),
        Text(
            "请核对数字的单位，按表样的单位换算后填写。",
            "check the unit of the figures and write them in that of the form",
        ),
        Text(
            "以元为单位的数当作万元，会大一万倍；不能凭数字大小去猜。",
            "元 taken for 万元 is ten thousand times too much, and the size of a figure does not tell which it is",
        ),
    ),
    CodeEntry(
        "PERIOD-DIFFERS",
        Severity.ERROR,
        Text(
            "报告期写的是 {period}，标题里却是 {title}。",
            "the period is given as {period}, but a title says {title}",
        ),
        Text(
            "请核对是哪一期的数字，改成一致。", "check which period the figures are for, and make both agree"
        ),
        Text(
            "拿上一期的表改数字，常忘了改其中一处，数字就记到了别的一期。",
            "a workbook of the period before that was filled in again often keeps the old one in one place",
        ),
    ),
    CodeEntry(
        "LOCKS-CHANGED",
        Severity.NOTE,
        Text("单元格的锁定被改变：{what_zh}。", "locks of cells were changed: {what_en}"),
        Text(
            "从别处粘贴时请用“选择性粘贴”里的“数值”；锁住的填写格可在退回表里填。",
            "paste values only; cells that got locked can be filled in in a return slip",
        ),
        Text(
            "粘贴会把来源格的锁定一起带来，填写格可能因此填不进去，总计格可能因此被改动。",
            "pasting takes the lock of the cell copied along: a cell to fill may no longer open, and a total may",
        ),
    ),
)
