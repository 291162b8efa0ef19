"""The ledger of a summary that came back: a row a unit, with the file its figures were read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest

from xltools.excel.a1 import parse_cell
from xltools.excel.values import Value, as_text, is_blank
from xltools.layout.ledger import (
    FROM_DATA_FILE,
    FROM_RETURN,
    FROM_SUMMARY,
    LEDGER_FIRST_COLUMN,
    LEDGER_FIRST_ROW,
)
from xltools.layout.moved_places import are_all_known, places_moved
from xltools.layout.places import places
from xltools.matching.identity import read_identity
from xltools.model.form import Form
from xltools.model.sheet_names import LEDGER_SHEET
from xltools.model.unit import Unit
from xltools.reading.grid import Grid, SheetRow


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row: ``file`` is as it was recorded, relative to the folder of the summary where possible.

    ``moved`` lists the figures that stood elsewhere than the form has them (see ``layout.moved_places``).
    """

    unit: Unit
    origin: str
    file: str
    sha256: str
    moved: str
    values: Mapping[str, Value]

    @property
    def is_summary(self) -> bool:
        """Whether the row is a summary one level down."""
        return self.origin.startswith(FROM_SUMMARY)

    @property
    def is_data_file(self) -> bool:
        """Whether the row stands for all rows of a data file."""
        return self.origin.startswith(FROM_DATA_FILE)

    def place(self, form: Form, cell_id: str) -> tuple[str, str]:
        """Where the figure stood in the file: sheet and A1, both empty where that is not known."""
        moved = places_moved(self.moved, form).get(cell_id) if self.moved else None
        if moved is None and not are_all_known(self.moved):
            return "", ""
        return moved or places(form).addresses[cell_id]


def ledger_rows(grid: Grid, units: int) -> Iterator[tuple[Value, ...]] | None:
    """The rows of the units in a summary's ledger; None where it has none."""
    rows = grid.ledger
    if rows is None:
        sheet = grid.sheet(LEDGER_SHEET)
        if sheet is None:
            return None
        rows = tuple(_in_rows(sheet.values))
    last = LEDGER_FIRST_ROW + units - 1
    return (row.values for row in rows if LEDGER_FIRST_ROW <= row.number <= last)


def adds_up_a_unit(row: tuple[Value, ...]) -> bool:
    """Whether a row is that of a unit: it has a code or a name, and is not the sum of a data file."""
    code, name, origin = (as_text(value) for value in (*row[:3], None, None, None)[:3])
    return bool(code or name) and not origin.startswith(FROM_DATA_FILE)


def ledger_entries(form: Form, rows: Iterable[tuple[Value, ...]]) -> Iterator[LedgerEntry]:
    """The rows with the figures by cell id.

    A return that passed leaves nothing blank but in a 零报告, which says 0; summaries did not always write
    those zeros.
    """
    ids = [cell.id for cell in form.figures]
    for row in rows:
        facts = [as_text(value) for value in row[:LEDGER_FIRST_COLUMN]]
        code, name, origin, moved, file, digest = facts + [""] * (LEDGER_FIRST_COLUMN - len(facts))
        values = dict(zip_longest(ids, row[LEDGER_FIRST_COLUMN : LEDGER_FIRST_COLUMN + len(ids)]))
        if origin == FROM_RETURN:
            values = {id_: 0 if is_blank(value) else value for id_, value in values.items()}
        yield LedgerEntry(Unit(name, code), origin, file, digest, moved, values)


def ledger_of(grid: Grid, form: Form) -> Iterator[LedgerEntry]:
    """Every row of a summary's ledger; nothing where the workbook is none."""
    found = read_identity(grid)
    is_summary = found is not None and found[0].kind == "summary"
    rows = ledger_rows(grid, found[0].units) if found and is_summary else None
    yield from ledger_entries(form, rows or ())


def _in_rows(values: Mapping[str, Value]) -> Iterator[SheetRow]:
    """The cells of a sheet that is held whole, in rows."""
    cells = sorted((*parse_cell(a1), a1) for a1 in values)
    for number, group in groupby(cells, key=lambda cell: cell[0]):
        row: list[Value] = []
        for _, column, a1 in group:
            row += [None] * (column - len(row))
            row.append(values[a1])
        yield SheetRow(number, tuple(row))
