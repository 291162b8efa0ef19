"""The result of a merge for machines: the contract of ``xltools merge --json``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.diagnostics.text import Language
from xltools.excel.values import plain
from xltools.layout.coverage_words import takeover_reason
from xltools.model.outcomes import with_totals
from xltools.model.summary import Intake, LevelSummary, Summary, Takeover
from xltools.reporting.check_json import period_json
from xltools.reporting.status_json import change_json, node_json


def merge_json(
    intake: Intake,
    summary: Summary | None,
    output: Path | None,
    language: Language,
    version: str,
) -> dict[str, object]:
    """What went into the summary, what did not and why, and every total by its cell id.

    ``summary`` and ``output`` are None where nothing could be merged; ``version`` is that of xltools.
    """
    return {
        "xltools": version,
        **_summary_json(summary),
        **_files_json(intake, language),
        "due": intake.due,
        "counted": summary.counted if summary else 0,
        "missing": [{"code": u.code, "name": u.name} for u in intake.missing],
        "duplicates": [list(files) for files in intake.duplicates],
        "covered": [
            {"code": u.code, "name": u.name, "by": {"code": by.code, "name": by.name}}
            for u, by in intake.covered
        ],
        "takeovers": [_takeover_json(takeover, language) for takeover in intake.takeovers],
        "nodes": [node_json(node, language) for node in intake.nodes],
        "totals": _totals(summary) if summary else {},
        "output": str(output) if output else None,
    }


def _files_json(intake: Intake, language: Language) -> dict[str, object]:
    """The files that went in, those marked or with a note among them, and those that did not."""
    return {
        "included": [
            {"file": receipt.file, "code": receipt.code, "name": receipt.name}
            for receipt in intake.receipts
            if receipt.reason is None
        ],
        "marked": [
            {"file": receipt.file, "reason": receipt.marked.in_language(language)}
            for receipt in intake.receipts
            if receipt.marked is not None
        ],
        "excluded": [
            {
                "file": receipt.file,
                "reason": receipt.reason.in_language(language),
                "code": receipt.code,
                "name": receipt.name,
                "fate": str(receipt.fate),
                "instead": receipt.instead or None,
                "changes": [change_json(change) for change in receipt.changes],
            }
            for receipt in intake.receipts
            if receipt.reason is not None
        ],
        "notes": [
            {"file": receipt.file, "note": receipt.note.in_language(language)}
            for receipt in intake.receipts
            if receipt.note is not None
        ],
    }


def _takeover_json(takeover: Takeover, language: Language) -> dict[str, object]:
    """A parent's own file in the place of units below it: which, and which of them are why."""
    return {
        "code": takeover.unit.code,
        "name": takeover.unit.name,
        "file": takeover.file,
        "kind": takeover.kind,
        "units": [{"code": unit.code, "name": unit.name} for unit in takeover.units],
        "lacking": [{"code": unit.code, "name": unit.name} for unit in takeover.lacking],
        "files": takeover.files,
        "reason": takeover_reason(takeover).in_language(language),
    }


def levels_json(levels: Sequence[LevelSummary]) -> list[dict[str, object]]:
    """The summaries of parents, the lowest first."""
    return [
        {
            "code": level.unit.code,
            "name": level.unit.name,
            "output": str(level.path),
            "counted": level.summary.counted,
            "due": level.summary.intake.due,
            "by_takeover": sum(len(takeover.units) for takeover in level.summary.intake.takeovers),
        }
        for level in levels
    ]


def _summary_json(summary: Summary | None) -> dict[str, object]:
    if summary is None:
        return {"form": None, "year": None, "unit": None}
    submission = summary.submission
    return {
        "form": submission.form.id,
        **period_json(submission),
        "unit": {"code": submission.unit.code, "name": submission.unit.name},
    }


def _totals(summary: Summary) -> dict[str, object]:
    values = with_totals(summary.submission)
    return {cell.id: plain(values.get(cell.id)) for cell in summary.submission.form.figures}
