"""What an untouched workbook of a form holds: the yardstick for workbooks that come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xltools.layout.places import Places, places
from xltools.layout.styles import Style
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.model.unit import Unit

_LABEL_STYLES = (Style.TITLE, Style.BLOCK, Style.HEAD, Style.LABEL, Style.CENTERED)


@dataclass(frozen=True, eq=False)
class Blueprint:
    """Labels and total formulas by sheet and A1 reference, and where every cell id stands.

    ``cells`` lists every figure, text and cover cell of a sheet as (A1, cell id).
    """

    form: Form
    places: Places
    labels: Mapping[str, Mapping[str, str]]
    formulas: Mapping[str, str]
    cells: Mapping[str, tuple[tuple[str, str], ...]]
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
            elif sheet.name in sections and cell.style in _LABEL_STYLES and isinstance(cell.value, str):
                labels.setdefault(sheet.name, {})[cell.a1] = cell.value
    addresses = {id_: (place.sheet, place.a1) for id_, place in where.cells.items()}
    cells: dict[str, list[tuple[str, str]]] = {}
    for id_, (name, a1) in addresses.items():
        cells.setdefault(name, []).append((a1, id_))
    return Blueprint(
        form=form,
        places=where,
        labels=labels,
        formulas={cell.id: formulas[addresses[cell.id]] for cell in form.totals},
        cells={name: tuple(pairs) for name, pairs in cells.items()},
        addresses=addresses,
    )
