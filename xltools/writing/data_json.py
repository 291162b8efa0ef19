"""A table to JSON: an array of objects, one a line."""

from __future__ import annotations

import json
from pathlib import Path

from xltools.model.tidy import DataTable


def write_json(path: Path, table: DataTable) -> None:
    """Write a table row by row; blanks are null, whole numbers have no decimals."""
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        before = "[\n"
        for row in table.rows:
            stream.write(before + object_line(names, row))
            before = ",\n"
        stream.write("\n]\n" if before == ",\n" else "[]\n")


def object_line(names: list[str], row: tuple[object, ...]) -> str:
    """One row as a JSON object in one line."""
    return json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, allow_nan=False)
