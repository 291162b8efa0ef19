"""The result of reading a report for machines: that of a check of the workbook written, and more.

``files`` holds the workbook. Its findings come after those about the report itself; each says in ``file``
which of the two its place is in.
"""

from __future__ import annotations

from dataclasses import replace

from xltools.checking.result import CheckedFile
from xltools.diagnostics.text import Language
from xltools.reporting.check_json import check_json, file_json, finding_json
from xltools.reporting.import_findings import told_once


def import_json(
    source: CheckedFile, written: CheckedFile | None, language: Language, version: str
) -> dict[str, object]:
    """The whole answer; ``written`` is None where the report could not be read."""
    if written is None:
        return check_json([source], language, version)
    reading = told_once(source, written)
    both = replace(written, findings=(*reading, *written.findings))
    answer = check_json([both], language, version)
    entry = file_json(both, language)
    entry["source"] = {"file": source.file, "sha256": source.sha256}
    entry["findings"] = [
        {**finding_json(found, language), "file": checked.file}
        for checked, findings in ((source, reading), (written, written.findings))
        for found in findings
    ]
    return {**answer, "files": [entry]}
