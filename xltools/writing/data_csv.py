"""A table to CSV: UTF-8 with byte order mark for Excel, and no field a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path

from xltools.model.csv_text import guarded
from xltools.model.tidy import DataTable, Datum


def write_csv(path: Path, table: DataTable) -> None:
    """Write a table row by row. Blanks are empty fields; a text that begins like a formula is guarded."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.name for column in table.columns])
        for row in table.rows:
            writer.writerow([_field(datum) for datum in row])


def _field(datum: Datum) -> str:
    if datum is None:
        return ""
    return guarded(datum) if isinstance(datum, str) else repr(datum)
