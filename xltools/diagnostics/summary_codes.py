"""Findings about what stands behind a summary."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

SUMMARY_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "DATA-FILE-CHANGED",
        Severity.ERROR,
        Text(
            "汇总表的数据文件“{name}”改动过，不是汇总时的那一份",
            'the data file "{name}" of the summary is not the one it was written with',
        ),
        Text(
            "请找回原来的数据文件与汇总表放在一起，或重新汇总。",
            "put the original data file beside the summary, or merge again",
        ),
        Text(
            "单位太多时，各单位的数在数据文件里；它变了，汇总表的合计就没有依据。",
            "where units are many, their figures are in the data file; without it the totals rest on nothing",
        ),
    ),
    CodeEntry(
        "DATA-FILE-MISSING",
        Severity.NOTE,
        Text(
            "汇总表的数据文件“{name}”不在旁边，各单位的数没有核对",
            'the data file "{name}" is not beside the summary; the units\' figures were not checked',
        ),
        Text(
            "报送、转交汇总表时请带上它；需要追溯到单位时，请把它放在汇总表旁边。",
            "hand it in together with the summary; to trace a figure to its units, put it beside the summary",
        ),
        Text(
            "单位太多时，各单位的数在数据文件里，汇总表里只有合计。",
            "where units are many, their figures are in the data file and the summary holds only the totals",
        ),
    ),
    CodeEntry(
        "LEDGER-EDITED",
        Severity.ERROR,
        Text(
            "“分单位明细”在汇总后改动过：合计不是汇总时的数。",
            "分单位明细 was changed after the summary was written: its sum is not what it was then",
        ),
        Text(
            "请重新汇总，不要手工修改汇总表；xltools trace 可查出哪个单位的数与报表不同。",
            "merge again, do not edit a summary by hand; xltools trace shows whose figure is not that of the return",
        ),
        Text(
            "汇总表的公式会跟着明细重算，看上去处处相符；汇总时的合计另存一份，才看得出明细改动过。",
            "the formulas follow the ledger and everything seems to agree; the sums as written are kept apart to tell",
        ),
    ),
)
