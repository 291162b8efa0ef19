"""Codes of findings about the checking itself: that it gave no result for a file."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

ENGINE_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "CHECK-ABORTED",
        Severity.ERROR,
        Text(
            "审核这个文件的进程意外终止（可能是内存不足），没有得到结果。",
            "the process that checked this file was ended, perhaps for want of memory; there is no result",
        ),
        Text(
            "请关闭其他程序后单独审核这个文件；仍然如此的，请从空白表重新填写。",
            "close other programs and check this file alone; if it happens again, fill in a fresh blank workbook",
        ),
        Text(
            "一个文件出了问题，不能让其他文件也没有结果，也不能当作没有收到。",
            "one file's trouble must not take the others' results away, nor may the file pass for one that never came",
        ),
    ),
)
