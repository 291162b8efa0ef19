"""What a code means, for people: what it says, why it exists, the article, how to put it right."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.diagnostics.text import Language, Text
from xltools.reporting.explanation import Meaning
from xltools.reporting.words import EXPRESSION, FIX, FOR_EACH, SEVERITY_WORDS, SOURCE, joined, labelled

_WHY = Text("为什么", "Why")
_SEVERITY = Text("性质", "Severity")


def explain_text(meanings: Iterable[Meaning], language: Language) -> str:
    """Each meaning in a block of its own."""
    return "\n".join(_block(meaning, language) for meaning in meanings)


def _block(meaning: Meaning, language: Language) -> str:
    facts = [
        (_WHY, meaning.why.in_language(language)),
        (FIX, meaning.fix.in_language(language)),
        (_SEVERITY, SEVERITY_WORDS[meaning.severity].in_language(language)),
        (EXPRESSION, meaning.expression),
        (FOR_EACH, joined(language, list(meaning.for_each))),
        *((SOURCE, f"{source.source}  [{source.form}]") for source in meaning.sources),
    ]
    lines = [f"{meaning.code}  {meaning.message.in_language(language)}"]
    lines += [f"  {labelled(language, label, content)}" for label, content in facts if content]
    return "\n".join(lines) + "\n"
