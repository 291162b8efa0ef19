"""A ledger too large for a sheet as a data file: the same rows as CSV, written whole."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import IO

from xltools.excel.values import ColumnSums, ErrorValue, Value
from xltools.layout.ledger import LEDGER_FACTS, LEDGER_FIRST_COLUMN, DataFile, Ledger

_MARK = "\ufeff"
"""Excel and WPS take a file without it for GBK."""
_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""Excel takes a text that begins so for a formula."""
_PIECE = 1024 * 1024


def write_ledger_file(ledger: Ledger, stream: IO[bytes], name: str) -> DataFile:
    """Write every unit's row: the facts, then the figures under their cell ids, in UTF-8.

    ``name`` is what the file will be called.
    """
    figures = [cell.id for cell in ledger.summary.submission.form.figures]
    sums = ColumnSums(len(figures))
    digest = hashlib.sha256()
    text = io.StringIO(newline="")
    rows = csv.writer(text)

    def flush() -> None:
        data = text.getvalue().encode()
        digest.update(data)
        stream.write(data)
        text.seek(0)
        text.truncate()

    text.write(_MARK)
    rows.writerow([*LEDGER_FACTS, *figures])
    for row in ledger.unit_rows():
        sums.add(row[LEDGER_FIRST_COLUMN:])
        rows.writerow([_as_text(value) for value in row])
        if text.tell() > _PIECE:
            flush()
    flush()
    totals: dict[str, Value] = dict(zip(figures, sums.totals(), strict=True))
    return DataFile(name, digest.hexdigest(), totals)


def _as_text(value: Value) -> object:
    if isinstance(value, ErrorValue):
        return value.code
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str) and value.startswith(_RUNS):
        return f"'{value}"
    return "" if value is None else value
