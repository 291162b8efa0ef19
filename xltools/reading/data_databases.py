"""Rows of databases and of Parquet files: only the table ``data`` is read, and nothing of them is run."""

from __future__ import annotations

import contextlib
import glob
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.text import Text
from xltools.model.tidy import DATA_NAME, needs_duckdb

Row = dict[str, object]
_AT_ONCE = 5_000
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "autoinstall_known_extensions": "false",
}


def _sqlite_rows(path: Path) -> Iterator[Row]:
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            # A view could run for ever: only a real table is read.
            known = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
            if database.execute(known, [DATA_NAME]).fetchone() != (1,):
                raise _no_table()
            yield from _rows(database.execute(f'SELECT * FROM "{DATA_NAME}"'))
    except sqlite3.Error as error:
        raise ValueError(str(error)) from error


def _duckdb_rows(path: Path) -> Iterator[Row]:
    with _connected(str(path), read_only=True) as database:
        # From here on nothing in the file can reach other files.
        database.execute("SET enable_external_access = false")
        known = "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?"
        if database.execute(known, [DATA_NAME]).fetchone() != (1,):
            raise _no_table()
        yield from _rows(database.execute(f'SELECT * FROM "{DATA_NAME}"'))


def _parquet_rows(path: Path) -> Iterator[Row]:
    with _connected(":memory:", read_only=False) as database:
        yield from _rows(database.execute("SELECT * FROM read_parquet(?)", [glob.escape(str(path))]))


@contextlib.contextmanager
def _connected(name: str, *, read_only: bool) -> Iterator[Any]:
    needs_duckdb()
    import duckdb  # noqa: PLC0415 - optional, and slow to import

    try:
        with duckdb.connect(name, read_only=read_only, config=_SETTINGS) as database:
            yield database
    except duckdb.Error as error:
        raise ValueError(str(error).splitlines()[0]) from error


def _rows(answer: Any) -> Iterator[Row]:
    names = [column[0] for column in answer.description]
    while rows := answer.fetchmany(_AT_ONCE):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def _no_table() -> UnreadableFileError:
    return UnreadableFileError(
        "FILE-NOT-WORKBOOK", Text(f"其中没有表 {DATA_NAME}", f"there is no table {DATA_NAME} in it")
    )


DATABASES: tuple[tuple[bytes, int, Callable[[Path], Iterator[Row]]], ...] = (
    (b"SQLite format 3\0", 0, _sqlite_rows),
    (b"DUCK", 8, _duckdb_rows),
    (b"PAR1", 0, _parquet_rows),
)
"""What such a file holds at which byte, and how its rows are read."""
