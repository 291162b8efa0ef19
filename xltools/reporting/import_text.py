"""The result of reading a report for people: first the report, then the workbook made of it."""

from __future__ import annotations

from dataclasses import replace

from xltools.checking.result import CheckedFile
from xltools.diagnostics.text import Language, Text
from xltools.reporting.check_text import file_text
from xltools.reporting.import_findings import told_once

_READ = Text("一、读取的报告（位置在原文件中）", "1. The report that was read (places are in it)")
_WRITTEN = Text("二、写出的工作簿（位置在工作簿中）", "2. The workbook that was written (places are in it)")


def import_text(source: CheckedFile, written: CheckedFile | None, language: Language) -> str:
    """The whole answer; ``written`` is None where the report could not be read."""
    if written is None:
        return file_text(source, language)
    report = replace(source, findings=told_once(source, written))
    return "\n".join(
        (
            _READ.in_language(language),
            file_text(report, language),
            _WRITTEN.in_language(language),
            file_text(written, language),
        )
    )
