"""The code table: every finding the tool itself can make, in words a clerk understands.

Findings of a form's own rules carry the rule's id and message instead (see ``model.form.Rule``).
"""

from __future__ import annotations

from typing import TypeVar

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.data_codes import DATA_CODES
from xltools.diagnostics.engine_codes import ENGINE_CODES
from xltools.diagnostics.fill_codes import FILL_CODES
from xltools.diagnostics.findings import NOWHERE, CellRef, Finding, Severity, Shown
from xltools.diagnostics.import_codes import IMPORT_CODES
from xltools.diagnostics.integrity_codes import INTEGRITY_CODES
from xltools.diagnostics.matching_codes import MATCHING_CODES
from xltools.diagnostics.migrate_codes import MIGRATE_CODES
from xltools.diagnostics.narrative_codes import NARRATIVE_CODES
from xltools.diagnostics.round_codes import ROUND_CODES
from xltools.diagnostics.summary_codes import SUMMARY_CODES
from xltools.diagnostics.text import Text

_FILE_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "FILE-NOT-WORKBOOK",
        Severity.ERROR,
        Text("文件无法读取：{detail_zh}", "the file cannot be read: {detail_en}"),
        Text(
            "请用 WPS 或 Excel 打开原表，另存为 .xlsx 后重新报送。",
            "open the original in Excel or WPS, save it as .xlsx and send it again",
        ),
        Text(
            "只有读得出的文件才能审核和汇总；读不出的文件不能当作没有收到。",
            "only a file that can be read can be checked and merged; it must not pass for one that never came",
        ),
        Text(
            "请指明报告的文件，不要指明文件夹；打不开的，请重新下载或用原来的软件另存为 .docx、.html、.txt 或带文字的 .pdf。",
            "name the report's file and no folder; what cannot be opened has to be downloaded again, or saved as .docx, .html, .txt or a .pdf with text",
        ),
    ),
    CodeEntry(
        "FILE-PASSWORD",
        Severity.ERROR,
        Text("文件设置了打开密码，无法读取。", "the file is protected by a password and cannot be read"),
        Text(
            "请取消打开密码后重新保存报送（压缩包设了密码的，请先解压）；知道文件密码的，可加 --open-password。",
            "remove the password and send it again (unpack an archive that has one first); who knows that of a file can give it with --open-password",
        ),
        Text(
            "加密的文件在没有密码时读不出任何数字。",
            "nothing can be read from an encrypted file without its password",
        ),
    ),
    CodeEntry(
        "FILE-UNSAFE",
        Severity.ERROR,
        Text("文件内容异常，出于安全没有读取：{detail_zh}", "the file is not safe to read: {detail_en}"),
        Text(
            "请从原始空白表重新填写，不要使用来历不明的文件。",
            "fill in a fresh blank workbook; do not use a file of unknown origin",
        ),
        Text(
            "异常的压缩包或标记可能使电脑停止响应，因此先检查再读取。",
            "malformed archives and markup can exhaust the machine, so they are refused before reading",
        ),
        Text(
            "请打开原件，只留报告本身，另存为 .docx 或 .txt 后再读入；来历不明的文件不要用。",
            "open the original, keep nothing but the report, save it as .docx or .txt and import that; do not use a file of unknown origin",
        ),
    ),
    CodeEntry(
        "FILE-CELLS-SKIPPED",
        Severity.NOTE,
        Text("{detail_zh}", "{detail_en}"),
        Text("请核对所指位置。", "look at the place named"),
        Text(
            "读取时略过的内容都要说明，不能悄悄丢掉。",
            "whatever is left out while reading is said, never dropped silently",
        ),
    ),
    CodeEntry(
        "FILE-MACROS",
        Severity.NOTE,
        Text(
            "工作簿带有宏；宏没有运行，只读取了数据。",
            "the workbook contains macros; they were not run, only the data was read",
        ),
        Text(
            "不需要处理；如宏不是本单位添加的，请另存为不带宏的 .xlsx。",
            "nothing to do; if nobody added macros on purpose, save it as .xlsx without them",
        ),
        Text(
            "空白表从不带宏，出现宏说明文件被其他程序改动过。",
            "blank workbooks never carry macros, so something else changed the file",
        ),
    ),
)

LONGEST_PARAM, LONGEST_SHOWN = 500, 2_000
"""Characters of what was read that are quoted in a sentence, or shown as the cell's content."""

T = TypeVar("T")

CATALOG: dict[str, CodeEntry] = {
    entry.code: entry
    for entry in (
        *_FILE_CODES,
        *DATA_CODES,
        *MATCHING_CODES,
        *INTEGRITY_CODES,
        *NARRATIVE_CODES,
        *FILL_CODES,
        *ROUND_CODES,
        *ENGINE_CODES,
        *SUMMARY_CODES,
        *MIGRATE_CODES,
        *IMPORT_CODES,
    )
}


def finding(
    code: str,
    place: CellRef = NOWHERE,
    *,
    actual: Shown = None,
    expected: Shown = None,
    cells: tuple[str, ...] = (),
    **params: object,
) -> Finding:
    """A finding of the code table with its message filled in; raises KeyError for an unknown code."""
    entry = CATALOG[code]
    params = {key: _cut(value, LONGEST_PARAM) for key, value in params.items()}
    return Finding(
        code=code,
        severity=entry.severity,
        message=entry.message.fill(**params),
        fix=entry.fix.fill(**params),
        place=place,
        actual=_cut(actual, LONGEST_SHOWN),
        expected=_cut(expected, LONGEST_SHOWN),
        cells=cells,
    )


def _cut(value: T, most: int) -> T | str:
    """A long text without its end, so that one cell cannot flood every report; others as they are."""
    return f"{value[:most]}…" if isinstance(value, str) and len(value) > most else value
