"""What was noticed in a report, without what the check of the workbook written from it says again."""

from __future__ import annotations

from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import Finding


def told_once(source: CheckedFile, written: CheckedFile) -> tuple[Finding, ...]:
    """The findings of the report that those of the workbook do not repeat word for word."""
    said = {(found.code, found.message) for found in written.findings}
    return tuple(found for found in source.findings if (found.code, found.message) not in said)
