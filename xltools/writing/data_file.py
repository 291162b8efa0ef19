"""Tidy data to a file: the format follows from the name, the dictionary goes with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from xltools.model.tidy import DataTable, needs_duckdb
from xltools.writing.data_csv import write_csv
from xltools.writing.data_duckdb import write_duckdb, write_parquet
from xltools.writing.data_json import write_json
from xltools.writing.data_sqlite import write_sqlite
from xltools.writing.files import StagedOutputs, require_writable

_ONE_TABLE: Mapping[str, Callable[[Path, DataTable], None]] = {
    ".csv": write_csv,
    ".json": write_json,
    ".parquet": write_parquet,
}
"""Files that hold one table; their dictionary is a CSV file beside them."""
_TABLES: Mapping[str, Callable[[Path, tuple[DataTable, ...]], None]] = {
    ".sqlite": write_sqlite,
    ".duckdb": write_duckdb,
}
"""Databases, with the dictionary as a table of its own."""
_NEEDING_DUCKDB = (".parquet", ".duckdb")
DATA_SUFFIXES = (*_ONE_TABLE, *_TABLES)


def dictionary_path(path: Path) -> Path | None:
    """The file with the dictionary of ``path``, None where it stands in the same file."""
    return None if path.suffix.lower() in _TABLES else path.with_name(f"{path.name}.dictionary.csv")


def require_data_file(path: Path, *, force: bool = False) -> None:
    """Raise UsageError where data cannot be written to ``path``: its name, its place, a missing library."""
    require_writable(path, force=force, endings=DATA_SUFFIXES)
    if path.suffix.lower() in _NEEDING_DUCKDB:
        needs_duckdb()
    beside = dictionary_path(path)
    if beside is not None:
        require_writable(beside, force=force)


def write_data_file(outputs: StagedOutputs, path: Path, data: DataTable, dictionary: DataTable) -> None:
    """Write both tables, ``data`` first; each of their rows is asked for once and forgotten.

    Raises UsageError where they cannot be written.
    """
    target = outputs.reserve(path)
    beside = dictionary_path(path)
    with outputs.writing(path):
        if beside is None:
            _TABLES[path.suffix.lower()](target, (data, dictionary))
            return
        _ONE_TABLE[path.suffix.lower()](target, data)
    target = outputs.reserve(beside)
    with outputs.writing(beside):
        write_csv(target, dictionary)
