"""What differs between two files, for machines: the contract of ``xltools diff --json``."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.checking.compare import Comparison, FigureDifference, Place, TextDifference
from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Language
from xltools.excel.values import plain
from xltools.model.submission import Submission
from xltools.reporting.check_json import finding_json, period_json


def diff_json(comparison: Comparison, language: Language, version: str) -> dict[str, object]:
    """The whole answer; ``same`` is whether no figure differs or is unread. Blanks are null."""
    return {
        "xltools": version,
        "lang": language,
        "same": comparison.agrees,
        "a": _side(comparison.left, comparison.left_findings, language),
        "b": _side(comparison.right, comparison.right_findings, language),
        "figures": figures_json(comparison.figures),
        "unread": figures_json(comparison.unread),
        "texts": texts_json(comparison.texts),
        "only_a": list(comparison.only_left),
        "only_b": list(comparison.only_right),
        "counts": {
            "compared": comparison.compared,
            "figures": len(comparison.figures),
            "unread": len(comparison.unread),
            "texts": len(comparison.texts),
        },
    }


def figures_json(figures: Iterable[FigureDifference]) -> list[dict[str, object]]:
    """Every figure that differs or was not read on a side, with its places."""
    return [
        {
            "id": found.id,
            "label": found.label,
            "a": plain(found.left),
            "b": plain(found.right),
            "a_place": _place(found.left_place),
            "b_place": _place(found.right_place),
            "a_read": found.left_read,
            "b_read": found.right_read,
        }
        for found in figures
    ]


def texts_json(texts: Iterable[TextDifference]) -> list[dict[str, object]]:
    """Every text that differs, with the sentences that do."""
    return [
        {
            "id": found.id,
            "label": found.label,
            "similarity": round(found.similarity, 3),
            "changes": [{"a": gone, "b": come} for gone, come in found.changes],
        }
        for found in texts
    ]


def findings_json(findings: Iterable[Finding], language: Language) -> list[dict[str, object]]:
    """What was not, or not surely, read of a file."""
    return [finding_json(found, language) for found in findings]


def _side(submission: Submission, findings: Iterable[Finding], language: Language) -> dict[str, object]:
    source = submission.source
    return {
        "file": source.file if source else None,
        "sha256": source.sha256 if source else None,
        "form": submission.form.id,
        **period_json(submission),
        "unit": {"code": submission.unit.code, "name": submission.unit.name},
        "findings": findings_json(findings, language),
    }


def _place(place: Place | None) -> dict[str, str] | None:
    return {"sheet": place[0], "cell": place[1]} if place else None
