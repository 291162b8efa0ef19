"""How a round stands, for machines: the contract of ``xltools status --json``."""

from __future__ import annotations

from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Language, Text
from xltools.excel.values import plain
from xltools.model.round import Change, Filing, NodeCheck, RoundStatus, Standing, Tally, UnitStanding
from xltools.reporting.check_json import finding_json
from xltools.reporting.node_words import node_numbers

_SAYS_WHO_IS_RIGHT = ("actual", "expected", "comparator")


def status_json(status: RoundStatus, language: Language, version: str) -> dict[str, object]:
    """Every unit in the order of the tree, every file, the counts; every key is always there."""
    tally = Tally.of(status.units)
    return {
        "xltools": version,
        "form": status.form or None,
        "period": str(status.period) if status.period else None,
        "today": str(status.today),
        "complete": status.is_complete,
        "counts": {
            "due": tally.due,
            **{str(standing): tally.standings.get(standing, 0) for standing in Standing},
            "late": tally.late,
            "files": len(status.filings),
            "unknown": len(status.strangers),
        },
        "units": [_unit(unit) for unit in status.units],
        "files": [_filing_json(filing, language) for filing in status.filings],
        "unread": list(status.unread),
        "nodes": [node_json(node, language) for node in status.nodes],
    }


def _filing_json(filing: Filing, language: Language) -> dict[str, object]:
    """One file with what became of it."""
    handed = filing.handed
    return {
        "file": handed.file,
        "code": filing.unit.code,
        "name": filing.unit.name,
        "fate": str(filing.fate),
        "status": str(handed.status),
        "reason": _words(filing.reason, language),
        "note": _words(filing.note, language),
        "near": [{"code": unit.code, "name": unit.name} for unit in filing.near],
        "form": handed.form or None,
        "period": str(handed.period) if handed.period else None,
        "dated": str(handed.dated) if handed.dated else None,
        "modified": handed.modified.isoformat(timespec="seconds") if handed.modified else None,
        "errors": handed.errors,
        "to_explain": handed.to_explain,
        "zero_report": handed.zero_report,
        "instead": filing.instead or None,
        "changes": [change_json(change) for change in filing.changes],
    }


def change_json(change: Change) -> dict[str, object]:
    """One cell that two versions have differently."""
    return {
        "id": change.id,
        "label": change.label,
        "sheet": change.sheet,
        "cell": change.cell,
        "old": plain(change.old),
        "new": plain(change.new),
    }


def node_json(node: NodeCheck, language: Language) -> dict[str, object]:
    """A parent's own figures against the sum of its units."""
    return {
        "code": node.unit.code,
        "name": node.unit.name,
        "file": node.file,
        "units": node.below,
        "lacking": node.lacking,
        "partial": node.lacking > 0,
        "findings": [_node_finding(found, language) for found in node.findings],
    }


def _node_finding(found: Finding, language: Language) -> dict[str, object]:
    """Both figures under names that do not say which of them is right."""
    own, due, by = node_numbers(found)
    entry = {k: v for k, v in finding_json(found, language).items() if k not in _SAYS_WHO_IS_RIGHT}
    return {**entry, "reported": own, "sum_below": due, "difference": by}


def _unit(unit: UnitStanding) -> dict[str, object]:
    best, holder = unit.best, unit.covered_by
    return {
        "code": unit.unit.code,
        "name": unit.unit.name,
        "level": unit.unit.level,
        "parent": unit.unit.parent,
        "depth": unit.depth,
        "status": str(unit.standing),
        "late": unit.late,
        "deadline": str(unit.deadline) if unit.deadline else None,
        "handed_on": str(unit.handed_on) if unit.handed_on else None,
        "covered_by": {"code": holder.code, "name": holder.name} if holder else None,
        "contact": unit.unit.contact,
        "phone": unit.unit.phone,
        "file": best.handed.file if best else None,
        "file_day": str(unit.best_on) if unit.best_on else None,
        "files": [filing.handed.file for filing in unit.filings],
    }


def _words(text: Text | None, language: Language) -> str | None:
    return text.in_language(language) if text is not None else None
