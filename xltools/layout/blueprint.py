"""What an untouched workbook of a form holds: the yardstick for workbooks that come back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xltools.excel.a1 import cell_name
from xltools.layout.places import AUDIT_TEXT, AUDIT_TEXT_LEFT, AUDIT_TEXT_RIGHT, Places, places
from xltools.layout.styles import Style
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.sheet_names import COVER_SHEET
from xltools.model.submission import Submission
from xltools.model.unit import Unit

_LABEL_STYLES = (Style.TITLE, Style.BLOCK, Style.HEAD, Style.LABEL, Style.CENTERED)

Placed = tuple[tuple[str, str], ...]
"""Cells as (A1, cell id)."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """What is read from a sheet: figures (totals among them), the totals again, texts and cover fields."""

    figures: Placed
    totals: Placed
    texts: Placed


@dataclass(frozen=True, eq=False)
class Blueprint:
    """Labels and total formulas by sheet and A1 reference, and where every cell id stands.

    ``explanations`` gives, for the key of every rule line, the A1 references on 审核 of its 说明 and
    of the two figures that this was written for.
    """

    form: Form
    places: Places
    labels: Mapping[str, Mapping[str, str]]
    formulas: Mapping[str, str]
    cells: Mapping[str, SheetCells]
    explanations: Mapping[str, tuple[str, str, str]]
    addresses: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=16)
def blueprint(form: Form) -> Blueprint:
    """The yardstick of a form; made once a form and process."""
    where = places(form)
    plan = plan_workbook(Submission(form, None, Unit(""), {}))
    sections = {section.sheet for section in form.sections}
    labels: dict[str, dict[str, str]] = {}
    formulas: dict[tuple[str, str], str] = {}
    for sheet in plan.sheets:
        for cell in sheet.cells:
            if cell.formula is not None:
                formulas[sheet.name, cell.a1] = cell.formula
            elif cell.style in _label_styles(sheet.name, sections) and isinstance(cell.value, str):
                labels.setdefault(sheet.name, {})[cell.a1] = cell.value
    addresses = where.addresses
    cells: dict[str, list[tuple[str, str]]] = {}
    for id_, (name, a1) in addresses.items():
        cells.setdefault(name, []).append((a1, id_))
    return Blueprint(
        form=form,
        places=where,
        labels=labels,
        formulas={cell.id: formulas[addresses[cell.id]] for cell in form.totals},
        cells={name: _sheet_cells(form, pairs) for name, pairs in cells.items()},
        explanations={
            instance.key: _explanation_cells(where.audit[instance.key]) for instance in form.instances
        },
        addresses=addresses,
    )


def _label_styles(sheet: str, sections: Collection[str]) -> Collection[Style]:
    """The styles of a sheet's labels; of the cover only those beside its fields."""
    if sheet == COVER_SHEET:
        return (Style.HEAD,)
    return _LABEL_STYLES if sheet in sections else ()


def _sheet_cells(form: Form, pairs: Sequence[tuple[str, str]]) -> SheetCells:
    return SheetCells(
        figures=tuple((a1, id_) for a1, id_ in pairs if form.cells[id_].table is not None),
        totals=tuple((a1, id_) for a1, id_ in pairs if form.cells[id_].kind == "total"),
        texts=tuple((a1, id_) for a1, id_ in pairs if form.cells[id_].table is None),
    )


def _explanation_cells(row: int) -> tuple[str, str, str]:
    return cell_name(row, AUDIT_TEXT), cell_name(row, AUDIT_TEXT_LEFT), cell_name(row, AUDIT_TEXT_RIGHT)
