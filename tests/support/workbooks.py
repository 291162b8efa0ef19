"""Submissions and workbooks for the tests; openpyxl fills workbooks independently of our own writer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from tests.support.cases import DEFINITIONS, form_in
from xltools.excel.values import Value
from xltools.layout.places import AUDIT_TEXT, AUDIT_TEXT_LEFT, AUDIT_TEXT_RIGHT, places
from xltools.layout.plan import SheetPlan, WorkbookPlan
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.sheet_names import AUDIT_SHEET
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.writing.workbook import render_workbook

FORM_2019, FORM_2021, MONTHLY = (form_in(folder) for folder in DEFINITIONS)
FORMS = (FORM_2019, FORM_2021, MONTHLY)
MONTHLY_FILE = DEFINITIONS[2] / "form.toml"
UNIT = Unit("云山县某局", "990131001", "县级部门")
LAST_PERIOD = {FORM_2019.id: Period(2020), FORM_2021.id: Period(2025), MONTHLY.id: Period(2018, 3)}


def form_id(value: object) -> str | None:
    """The name of a parametrised form in test ids."""
    return value.id if isinstance(value, Form) else None


def texts_of(form: Form) -> dict[str, str]:
    """Something written in every text and cover field."""
    texts = {part.id: f"{part.label}：已写明。" for section in form.sections for part in section.texts}
    for field in form.cover:
        texts[field.id] = "2026-01-15" if field.type == "date" else f"{field.label}一二三"
    return texts


def submission_of(
    form: Form,
    values: Mapping[str, Value] | None = None,
    *,
    unit: Unit = UNIT,
    period: Period | None = None,
    texts: Mapping[str, str] | None = None,
    **more: Any,
) -> Submission:
    """A submission with every input 0, or as given; texts complete unless given."""
    return Submission(
        form,
        period or LAST_PERIOD[form.id],
        unit,
        dict.fromkeys((cell.id for cell in form.inputs), 0) | dict(values or {}),
        texts=texts_of(form) if texts is None else texts,
        **more,
    )


def save(submission: Submission, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(render_workbook(plan_workbook(submission)))
    return path


def fill(
    source: Path,
    target: Path,
    values: Mapping[str, object],
    *,
    form: Form | None = None,
    explanations: Mapping[str, tuple[object, ...]] | None = None,
) -> Path:
    """A copy of a workbook with cells set by their defined name, and 说明 written beside rules."""
    book = openpyxl.load_workbook(source)
    for name, value in values.items():
        ((sheet, reference),) = book.defined_names[name].destinations
        book[sheet][reference.replace("$", "")].value = value
    for key, given in (explanations or {}).items():
        assert form is not None
        row = places(form).audit[key] + 1
        for column, value in zip((AUDIT_TEXT, AUDIT_TEXT_LEFT, AUDIT_TEXT_RIGHT), given, strict=False):
            book[AUDIT_SHEET].cell(row, column + 1).value = value
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def zeros(form: Form) -> dict[str, object]:
    """0 in every input, and every text written."""
    return dict.fromkeys((cell.id for cell in form.inputs), 0) | texts_of(form)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name, none of them damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_of(plan: WorkbookPlan, name: str) -> SheetPlan:
    """The planned sheet of this name."""
    return next(sheet for sheet in plan.sheets if sheet.name == name)
