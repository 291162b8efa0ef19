"""Tables without row labels on a sheet that is in place: a row inserted above them moves them unseen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xltools.excel.a1 import cell_name
from xltools.excel.values import is_number
from xltools.layout.blueprint import Blueprint
from xltools.matching.collect import Collector
from xltools.model.form import Table
from xltools.reading.grid import Sheet


def read_loose_rows(read: Collector, sheet: Sheet, name: str) -> None:
    """Find the row of a table without row labels where no figure is in its place and more stands below.

    The labels of such a table are all above it: a row inserted between leaves them where they were.
    """
    for table, rows in _unlabelled(read.plan).get(name, ()):
        ids = [table.cell_id(row, column) for row in table.row_leaves for column in table.column_leaves]
        below = {cell_name(rows[-1] + shift, column) for shift in (1, 2, 3) for column in (0, 1, 2, 3)}
        if any(is_number(read.values.get(id_)) for id_ in ids) or below.isdisjoint(sheet.values):
            continue
        from xltools.matching.tables.placing import place_tables  # noqa: PLC0415 - hardly any file needs it
        from xltools.matching.tables.sheet_texts import sheet_texts  # noqa: PLC0415 - as above

        texts = sheet_texts(sheet)
        for placement in place_tables(read.form, [table], [texts] if texts else [], {}):
            read.findings += placement.findings
            if placement.located is not None:
                read.typed.difference_update(ids)
                read.read_table(placement.located)


@lru_cache(maxsize=16)
def _unlabelled(plan: Blueprint) -> Mapping[str, tuple[tuple[Table, tuple[int, ...]], ...]]:
    """By sheet, the tables none of whose rows has a label, with their rows."""
    found: dict[str, tuple[tuple[Table, tuple[int, ...]], ...]] = {}
    for place in plan.places.tables.values():
        if not any(row.label for row in place.table.row_leaves):
            found[place.sheet] = (*found.get(place.sheet, ()), (place.table, place.rows))
    return found
