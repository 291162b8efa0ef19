"""Tables to an SQLite database."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from pathlib import Path

from xltools.model.tidy import DataTable

_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "NUMERIC"}
"""NUMERIC keeps whole numbers as integers and everything else as IEEE doubles."""

_ERRNO = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}
"""What went wrong on the disk, by the primary code SQLite has for it."""


def write_sqlite(path: Path, tables: tuple[DataTable, ...]) -> None:
    """Write the tables in their order, each row by row, into the empty file ``path``.

    Raises OSError where the database cannot be written.
    """
    try:
        with contextlib.closing(sqlite3.connect(path)) as database:
            # The file is given its name once it is complete: no journal needs to protect it before.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            for table in tables:
                columns = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in table.columns)
                database.execute(f'CREATE TABLE "{table.name}" ({columns})')
                marks = ", ".join("?" for _ in table.columns)
                database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)
            database.commit()
    except sqlite3.OperationalError as error:
        raise OSError(_ERRNO.get(error.sqlite_errorcode & 0xFF), str(error)) from error
