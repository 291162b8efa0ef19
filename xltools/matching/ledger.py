"""The sheet 分单位明细 of a summary, back to the units and the figures of each."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.excel.a1 import cell_name
from xltools.excel.values import Value
from xltools.layout.ledger_sheets import LEDGER_FIRST_ROW, ledger_columns
from xltools.matching.identity import as_text, read_identity
from xltools.model.form import Form
from xltools.model.sheet_names import LEDGER_SHEET
from xltools.model.unit import Unit
from xltools.reading.grid import Grid, Sheet

_CODE_COLUMN, _NAME_COLUMN = 0, 1


def ledger_units(ledger: Sheet, units: int) -> dict[int, Unit]:
    """By row (counted from 0) the units of the ledger; ``units`` is how many the summary says it has."""
    found = {}
    for row in range(LEDGER_FIRST_ROW, LEDGER_FIRST_ROW + units):
        code, name = (as_text(ledger.values.get(cell_name(row, c))) for c in (_CODE_COLUMN, _NAME_COLUMN))
        unit = Unit(name, code)
        if unit.code or unit.name:
            found[row] = unit
    return found


def ledger_figures(grid: Grid, form: Form) -> Iterator[tuple[Unit, dict[str, Value]]]:
    """Every unit of a summary with its figures; nothing of a workbook that is no summary."""
    found = read_identity(grid)
    ledger = grid.sheet(LEDGER_SHEET)
    if found is None or found[0].kind != "summary" or ledger is None:
        return
    columns = ledger_columns(form)
    for row, unit in ledger_units(ledger, found[0].units).items():
        yield unit, {id_: ledger.values.get(cell_name(row, column)) for id_, column in columns.items()}
