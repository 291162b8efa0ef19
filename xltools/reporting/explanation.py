"""What a code means: of the tool's own code table, or a rule of one or several forms."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from xltools.diagnostics.catalog import CATALOG
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text
from xltools.model.form import Form

_PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class FormSource:
    """A form that has a rule, and where it is laid down."""

    form: str
    source: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a code; ``expression`` and ``sources`` are empty for the tool's own codes.

    ``sources`` names every form that has the rule in the same words.
    """

    code: str
    severity: Severity
    message: Text
    fix: Text
    why: Text
    expression: str = ""
    for_each: tuple[str, ...] = ()
    sources: tuple[FormSource, ...] = ()


def meanings(code: str, forms: Iterable[Form]) -> tuple[Meaning, ...]:
    """What ``code`` (``T3-BALANCE``, ``T3-BALANCE[natural]``, any case) means in ``forms``.

    Raises UsageError, with the nearest codes, where it means nothing.
    """
    wanted = code.split("[", maxsplit=1)[0].strip().upper()
    known: dict[str, list[Meaning]] = {}
    for entry in CATALOG.values():
        message, fix, why = map(_without_placeholders, (entry.message, entry.fix, entry.why))
        known.setdefault(entry.code.upper(), []).append(
            Meaning(entry.code, entry.severity, message, fix, why)
        )
    for form in forms:
        for rule in form.rules:
            same = known.setdefault(rule.id.upper(), [])
            meaning = Meaning(
                rule.id, rule.severity, rule.message, rule.fix, rule.why, rule.expression, rule.for_each
            )
            _add(same, meaning, FormSource(form.id, rule.source))
    if wanted not in known:
        raise _unknown(code, known)
    return tuple(known[wanted])


def _add(same: list[Meaning], meaning: Meaning, source: FormSource) -> None:
    """Put a rule with those that read alike in other forms, or beside them."""
    for number, other in enumerate(same):
        if replace(other, sources=()) == meaning:
            same[number] = replace(meaning, sources=(*other.sources, source))
            return
    same.append(replace(meaning, sources=(source,)))


def _without_placeholders(text: Text) -> Text:
    return Text(_PLACEHOLDER.sub("…", text.zh), _PLACEHOLDER.sub("…", text.en))


def _unknown(code: str, known: Iterable[str]) -> UsageError:
    near = difflib.get_close_matches(code.upper(), known, n=3, cutoff=0.4)
    return UsageError(
        Text(
            f"没有编号“{code}”" + (f"，是否应为 {'、'.join(near)}？" if near else "。"),
            f'there is no code "{code}"' + (f"; did you mean {', '.join(near)}?" if near else "."),
        )
    )
