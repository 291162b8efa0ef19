"""The result of moving workbooks for machines: the contract of ``xltools migrate --json``."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.checking.migrated_file import MigratedFile
from xltools.diagnostics.findings import CellRef
from xltools.diagnostics.text import Language
from xltools.excel.values import plain
from xltools.layout.places import places
from xltools.matching.migration.migrate import Migration, Moved, Unmoved
from xltools.reporting.check_json import finding_json, period_json


def migrate_json(files: Iterable[MigratedFile], language: Language, version: str) -> dict[str, object]:
    """Every file with what was moved, what was not, and what is blank; ``version`` is that of xltools."""
    return {"xltools": version, "files": [_file_json(file, language) for file in files]}


def _file_json(file: MigratedFile, language: Language) -> dict[str, object]:
    migration = file.migration
    return {
        "file": file.file,
        "status": str(file.status),
        "output": str(file.output) if file.output else None,
        **_forms(migration),
        "moved": [_moved(one, migration) for one in migration.moved] if migration else [],
        "not_moved": [_unmoved(one, language) for one in migration.unmoved] if migration else [],
        "explanations": sorted(migration.submission.explanations) if migration else [],
        "blank": [id_ for found in file.blank for id_ in found.cells],
        "findings": [finding_json(found, language) for found in file.findings],
    }


def _forms(migration: Migration | None) -> dict[str, object]:
    if migration is None:
        return {"from": None, "to": None, **period_json(None), "unit": None}
    source, submission = migration.source, migration.submission
    return {
        "from": {"form": source.form_id, "version": source.version},
        "to": {"form": submission.form.id, "version": submission.form.version},
        **period_json(submission),
        "unit": {"code": submission.unit.code, "name": submission.unit.name},
    }


def _moved(moved: Moved, migration: Migration) -> dict[str, object]:
    form = migration.submission.form
    there = places(form).cells[moved.id]
    values = {**migration.submission.texts, **migration.submission.values}
    return {
        **_place(moved.entry.place),
        "value": plain(values.get(moved.id)),
        "to": {
            "sheet": there.sheet,
            "cell": there.a1,
            "id": moved.id,
            "label": form.cells[moved.id].label,
        },
    }


def _unmoved(unmoved: Unmoved, language: Language) -> dict[str, object]:
    return {
        **_place(unmoved.place),
        "value": plain(unmoved.value),
        "now": plain(unmoved.now),
        "why": unmoved.why.in_language(language),
    }


def _place(place: CellRef) -> dict[str, object]:
    return {"sheet": place.sheet, "cell": place.cell, "id": place.id, "label": place.label}
