"""Traces that somebody moved or hid parts of a workbook while its labels stayed where they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import column_letters
from xltools.excel.values import ErrorValue
from xltools.layout.blueprint import Blueprint
from xltools.reading.grid import Grid, Sheet

_SHOWN = 60
"""Characters of a formula that are quoted."""


def check_integrity(blueprint: Blueprint, grid: Grid, sheet: Sheet) -> Iterator[Finding]:
    """Findings about one sheet of the form: cells that were cut and pasted elsewhere, hidden rows."""
    yield from _moved_cells(blueprint, grid.names, sheet.name)
    yield from _hidden(blueprint, sheet)


def check_input_formulas(blueprint: Blueprint, sheet: Sheet) -> Iterator[Finding]:
    """A note on inputs that hold a formula of the clerk's own: its result was taken as the figure."""
    for a1, id_ in blueprint.cells[sheet.name].figures:
        if a1 not in sheet.formulas or blueprint.form.cells[id_].kind != "input":
            continue
        if not isinstance(sheet.values.get(a1), ErrorValue):  # an error is a finding of its own
            place = CellRef(sheet.name, a1, id_, blueprint.form.cells[id_].label)
            yield finding("INPUT-FORMULA", place, cells=(id_,), formula=sheet.formulas[a1][:_SHOWN])


def _moved_cells(blueprint: Blueprint, names: Mapping[str, str], sheet: str) -> Iterator[Finding]:
    """A cell that is cut takes its defined name along; suites that drop names leave no trace."""
    for id_, reference in _references(blueprint)[sheet]:
        found = names.get(id_)
        if found is not None and found != reference and _bare(found) != _bare(reference):
            a1 = blueprint.addresses[id_][1]
            label = blueprint.form.cells[id_].label
            yield finding(
                "CELL-MOVED", CellRef(sheet, a1, id_, label), cells=(id_,), target=found.replace("$", "")
            )


@lru_cache(maxsize=16)
def _references(blueprint: Blueprint) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By sheet, where the name of every open cell must point."""
    places = blueprint.places.cells
    return {
        sheet: tuple((id_, places[id_].absolute) for _, id_ in (*cells.figures, *cells.texts))
        for sheet, cells in blueprint.cells.items()
    }


def _bare(reference: str) -> str:
    return reference.replace("'", "").replace("$", "")


def _hidden(blueprint: Blueprint, sheet: Sheet) -> Iterator[Finding]:
    """Rows and columns of tables that the workbook did not hide itself."""
    tables = [table for table in blueprint.places.tables.values() if table.sheet == sheet.name]
    if not tables:
        return
    rows = [row for row in sheet.hidden_rows if any(row in table.rows for table in tables)]
    columns = [column for column in sheet.hidden_columns if column < tables[0].grid_columns]
    if rows or columns:
        what = [*(str(row + 1) for row in rows), *(column_letters(column) for column in columns)]
        yield finding("ROWS-HIDDEN", CellRef(sheet.name), what="、".join(what))
