"""Tables to a DuckDB database, or one of them to a Parquet file, which DuckDB writes as well."""

from __future__ import annotations

import glob
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from xltools.model.tidy import DataTable, Datum
from xltools.writing.data_json import object_line

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
"""DOUBLE holds every figure a workbook can hold as it is: whole ones to 2**53, and every decimal."""
_BATCH = 50_000
_LONGEST_LINE = 2**20
"""Bytes of one row; a cell holds at most 32,767 characters. DuckDB reads into buffers of this size."""
_SETTINGS = {"memory_limit": "200MB", "threads": "1", "autoinstall_known_extensions": "false"}


def write_duckdb(path: Path, tables: tuple[DataTable, ...]) -> None:
    """Write the tables in their order into the empty file ``path``; raises OSError where it cannot be."""
    with _database(path) as (database, folder):
        for table in tables:
            _load(database, table, folder)


def write_parquet(path: Path, table: DataTable) -> None:
    """Write one table as a Parquet file; raises OSError where it cannot be."""
    with (
        tempfile.TemporaryDirectory(prefix=".~", dir=path.parent) as name,
        _database(Path(name, "data.duckdb")) as (database, folder),
    ):
        _load(database, table, folder)
        database.execute(f'COPY "{table.name}" TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)')


@contextmanager
def _database(path: Path) -> Iterator[tuple[Any, Path]]:
    """A new database, and a folder for what is on its way into it."""
    import duckdb  # noqa: PLC0415 - optional, and slow to import

    path.unlink(missing_ok=True)  # DuckDB makes its files itself
    with tempfile.TemporaryDirectory(prefix=".~", dir=path.parent) as folder:
        try:
            with duckdb.connect(str(path), config={**_SETTINGS, "temp_directory": folder}) as database:
                yield database, Path(folder)
        except duckdb.IOException as error:
            raise OSError(str(error)) from error


def _load(database: Any, table: DataTable, folder: Path) -> None:
    """Bring rows in by batches of JSON lines: inserting them one by one takes a hundred times as long."""
    columns = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in table.columns)
    database.execute(f'CREATE TABLE "{table.name}" ({columns})')
    names = [column.name for column in table.columns]
    types = ", ".join(f"{_quoted(column.name)}: {_quoted(_TYPES[column.type])}" for column in table.columns)
    rows = iter(table.rows)
    batch = folder / "rows.json"
    source = f"{_quoted(glob.escape(str(batch)))}, maximum_object_size = {_LONGEST_LINE}"
    while _write_lines(batch, names, islice(rows, _BATCH)):
        database.execute(
            f'INSERT INTO "{table.name}" SELECT * FROM'
            f" read_json({source}, format = 'newline_delimited', columns = {{{types}}})"
        )


def _write_lines(path: Path, names: list[str], rows: Iterable[tuple[Datum, ...]]) -> int:
    """Write rows as JSON lines; gives how many there were."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(object_line(names, row) + "\n")
            count += 1
    return count


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
