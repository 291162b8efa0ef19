"""The data file beside a summary, row by row: UTF-8 CSV as ``writing.ledger_file`` writes it."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.excel.values import Value
from xltools.layout.ledger import LEDGER_FACTS, LEDGER_FIRST_COLUMN
from xltools.reading.package import damaged, is_regular
from xltools.reading.workbooks.cell_values import to_number

_PIECE = 1024 * 1024
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?(?:e[-+]?[0-9]{1,3})?")


def ledger_file_digest(path: Path) -> str | None:
    """The SHA-256 of a data file of any size; None where it is not there or cannot be read."""
    digest = hashlib.sha256()
    try:
        if not is_regular(path):
            return None
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except (OSError, ValueError):
        return None
    return digest.hexdigest()


def read_ledger_file(path: Path, figures: Sequence[str]) -> Iterator[tuple[Value, ...]]:
    """The rows of a data file with these cell ids as columns: facts as text, figures as numbers.

    Raises UnreadableFileError where it is no such file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream)
            if next(rows, None) != [*LEDGER_FACTS, *figures]:
                raise _no_ledger()
            for row in rows:
                if len(row) != LEDGER_FIRST_COLUMN + len(figures):
                    raise _no_ledger()
                yield (*row[:LEDGER_FIRST_COLUMN], *map(_figure, row[LEDGER_FIRST_COLUMN:]))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise _no_ledger() from None


def _figure(text: str) -> Value:
    if not text:
        return None
    return to_number(text) if _NUMBER.fullmatch(text) else text


def _no_ledger() -> UnreadableFileError:
    return damaged("不是汇总表的数据文件", "it is not the data file of a summary")
