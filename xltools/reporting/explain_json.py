"""What a code means, for machines."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.diagnostics.text import Language
from xltools.reporting.explanation import Meaning


def explain_json(meanings: Iterable[Meaning], language: Language) -> dict[str, object]:
    """Every meaning of the code asked for; ``expression`` is null for the tool's own codes."""
    return {
        "meanings": [
            {
                "code": meaning.code,
                "severity": str(meaning.severity),
                "message": meaning.message.in_language(language),
                "fix": meaning.fix.in_language(language),
                "why": meaning.why.in_language(language),
                "expression": meaning.expression or None,
                "for_each": list(meaning.for_each),
                "sources": [{"form": s.form, "source": s.source} for s in meaning.sources],
            }
            for meaning in meanings
        ]
    }
