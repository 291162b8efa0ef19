"""Submissions out as tidy data, for pandas, R, DuckDB and whatever reads CSV, JSON, SQLite or Parquet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.model.tidy import (
    DATA_NAME,
    DICTIONARY_COLUMNS,
    DICTIONARY_NAME,
    TIDY_COLUMNS,
    DataResult,
    DataTable,
    TidyRow,
)
from xltools.reporting.tidy_rows import dictionary_rows, tidy_rows
from xltools.workflows.path_like import PathLike
from xltools.writing.data_file import dictionary_path, require_data_file, write_data_file
from xltools.writing.files import require_other, staged_outputs


def write_data(checked: Iterable[CheckedFile], path: PathLike, *, force: bool = False) -> DataResult:
    """Write what checked files hold as tidy data: a row a cell, with a dictionary of columns and cells.

    The format follows from the name: .csv, .json, .sqlite, and with DuckDB installed .duckdb and
    .parquet. Files are taken one by one and forgotten, so that any number of them needs the same memory.
    Whatever could be read goes in, with the status of its check beside it.

    Raises UsageError for another name, a missing library, a file that exists (without ``force``) or
    cannot be written; then nothing is.
    """
    path = Path(path)
    require_data_file(path, force=force)
    seen = _Seen()
    with staged_outputs(force=force) as outputs:
        write_data_file(
            outputs,
            path,
            DataTable(DATA_NAME, TIDY_COLUMNS, seen.rows(checked, path)),
            DataTable(DICTIONARY_NAME, DICTIONARY_COLUMNS, seen.dictionary()),
        )
    return DataResult(path, dictionary_path(path), seen.count, seen.files, tuple(seen.unreadable))


def members_data(members: Iterable[Submission]) -> Iterator[CheckedFile]:
    """What went into a summary, as the checked files they are: all of them passed."""
    for member in members:
        source = member.source
        yield CheckedFile(source.file if source else "", source.sha256 if source else None, member, ())


class _Seen:
    """What has come by while the rows were written."""

    def __init__(self) -> None:
        self.count = 0
        self.files = Counter[Status]()
        self.unreadable: list[tuple[str, Text]] = []
        self._forms: dict[Form, None] = {}

    def rows(self, checked: Iterable[CheckedFile], path: Path) -> Iterator[TidyRow]:
        """The rows of one file after the other."""
        for file in checked:
            require_other(path, [file.file])
            self.files[file.status] += 1
            if file.submission is None:
                blocking = next(found for found in file.findings if found.blocks)
                self.unreadable.append((file.file, blocking.message))
                continue
            self._forms[file.submission.form] = None
            for row in tidy_rows(file.submission, file.status):
                self.count += 1
                yield row

    def dictionary(self) -> Iterator[tuple[int | float | str | None, ...]]:
        """The dictionary of the forms that came by: to be asked for after the rows."""
        yield from dictionary_rows(self._forms)
