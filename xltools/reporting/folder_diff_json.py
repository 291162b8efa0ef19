"""What differs between two folders, for machines: what ``xltools diff DIR DIR --json`` prints."""

from __future__ import annotations

from xltools.diagnostics.text import Language
from xltools.merging.folder_comparison import FilePair, FolderComparison, OtherFile, UnitComparison
from xltools.reporting.diff_json import figures_json, findings_json, texts_json


def folder_diff_json(found: FolderComparison, language: Language, version: str) -> dict[str, object]:
    """The whole answer; ``same`` is whether no figure differs and nothing is missing or unread."""
    return {
        "xltools": version,
        "lang": language,
        "same": found.agrees,
        "a": {"folder": found.left},
        "b": {"folder": found.right},
        "units": [_unit(unit, language) for unit in found.units],
        "unknown": [_file(file, language) for file in found.unknown],
        "unreadable": [_file(file, language) for file in found.unreadable],
        "counts": {
            "units": len(found.units),
            **{str(outcome): count for outcome, count in found.counts.items()},
            "unknown": len(found.unknown),
            "unreadable": len(found.unreadable),
        },
    }


def _unit(unit: UnitComparison, language: Language) -> dict[str, object]:
    return {
        "code": unit.unit.code,
        "name": unit.unit.name,
        "period": str(unit.period) if unit.period else None,
        "outcome": str(unit.outcome),
        "a": list(unit.left),
        "b": list(unit.right),
        "pairs": [_pair(pair, language) for pair in unit.pairs],
        "pairs_left_out": unit.left_out,
        "similar": [{"code": near.code, "name": near.name} for near in unit.near],
    }


def _pair(pair: FilePair, language: Language) -> dict[str, object]:
    return {
        "a": pair.left,
        "b": pair.right,
        "a_findings": findings_json(pair.left_findings, language),
        "b_findings": findings_json(pair.right_findings, language),
        "figures": figures_json(pair.figures),
        "unread": figures_json(pair.unread),
        "texts": texts_json(pair.texts),
        "counts": {
            "compared": pair.compared,
            "not_compared": pair.uncompared,
            "figures": len(pair.figures),
            "unread": len(pair.unread),
            "texts": len(pair.texts),
        },
    }


def _file(file: OtherFile, language: Language) -> dict[str, object]:
    return {"side": file.side, "file": file.file, "reason": file.reason.in_language(language)}
