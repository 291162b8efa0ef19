"""The result of a check for machines: the contract of ``xltools check --json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import Finding, Status
from xltools.diagnostics.text import Language
from xltools.excel.values import plain
from xltools.model.submission import Submission


def check_json(files: Iterable[CheckedFile], language: Language, version: str) -> dict[str, object]:
    """The whole answer for ``files``, which are gone through once; ``version`` is that of xltools.

    Every key is always there. Counts are of files: all of them, and those of each status.
    """
    counts = Counter[str]()
    entries = []
    for checked in files:
        counts[checked.status] += 1
        entries.append(file_json(checked, language))
    return {
        "xltools": version,
        "files": entries,
        "counts": {"files": len(entries), **{str(status): counts[status] for status in Status}},
    }


def file_json(checked: CheckedFile, language: Language) -> dict[str, object]:
    """One file with its findings in their fixed order."""
    submission = checked.submission
    return {
        "file": checked.file,
        "form": submission.form.id if submission else None,
        **period_json(submission),
        "unit": {"code": submission.unit.code, "name": submission.unit.name} if submission else None,
        "status": str(checked.status),
        "sha256": checked.sha256,
        "findings": [finding_json(finding, language) for finding in checked.findings],
    }


def period_json(submission: Submission | None) -> dict[str, object]:
    """``year`` as a number, and ``period`` (``2018-03``) where the form's period is a month."""
    period = submission.period if submission else None
    entry: dict[str, object] = {"year": period.year if period else None}
    if submission and submission.form.period == "month":
        entry["period"] = str(period) if period else None
    return entry


def finding_json(finding: Finding, language: Language) -> dict[str, object]:
    """One finding; what is not known of it is null."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "sheet": place.sheet,
        "cell": place.cell,
        "id": place.id,
        "label": place.label,
        "message": finding.message.in_language(language),
        "actual": plain(finding.actual),
        "expected": plain(finding.expected),
        "comparator": finding.comparator,
        "fix": finding.fix.in_language(language),
        "explanation": finding.explanation,
        "cells": list(finding.cells),
    }
