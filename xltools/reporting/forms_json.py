"""Forms for machines: the contract of ``xltools forms show --json`` and the list of forms."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.diagnostics.exceptions import Problem
from xltools.diagnostics.text import Language
from xltools.layout.places import places
from xltools.model.form import Form


def forms_json(forms: Iterable[Form]) -> dict[str, object]:
    """Every form with its identity only."""
    return {"forms": [{**_identity(form), "title": form.title, "period": form.period} for form in forms]}


def form_json(form: Form, language: Language) -> dict[str, object]:
    """One form: every cell with its place in the workbook, every rule with its source."""
    where = places(form).cells
    return {
        **_identity(form),
        "title": form.title,
        "period": form.period,
        "cells": [
            {
                "id": cell.id,
                "sheet": where[cell.id].sheet,
                "cell": where[cell.id].a1,
                "label": cell.label,
                "table": cell.table,
                "row": cell.row,
                "column": cell.column,
                "kind": cell.kind,
                "type": cell.type,
            }
            for cell in form.cells.values()
        ],
        "rules": [
            {
                "id": rule.id,
                "severity": str(rule.severity),
                "expression": rule.expression,
                "for_each": list(rule.for_each),
                "message": rule.message.in_language(language),
                "fix": rule.fix.in_language(language),
                "why": rule.why.in_language(language),
                "source": rule.source,
            }
            for rule in form.rules
        ],
    }


def lint_json(results: Iterable[tuple[str, tuple[Problem, ...]]], language: Language) -> dict[str, object]:
    """What is wrong with each definition file; an empty list where nothing is."""
    return {
        "files": [
            {
                "file": file,
                "problems": [{"path": p.path, "message": p.text.in_language(language)} for p in problems],
            }
            for file, problems in results
        ]
    }


def _identity(form: Form) -> dict[str, object]:
    return {
        "form": form.id,
        "version": form.version,
        "years": {"first": form.first_year, "last": form.last_year},
        "document": form.document,
    }
