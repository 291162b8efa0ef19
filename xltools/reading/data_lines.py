"""The rows of a data file: CSV, JSON, SQLite, DuckDB, Parquet or a workbook, known by its content."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.os_reason import os_reason
from xltools.diagnostics.text import Text
from xltools.excel.a1 import parse_cell
from xltools.excel.values import plain
from xltools.model.csv_text import unguarded
from xltools.model.tidy import Datum
from xltools.reading.csv_encoding import table_encoding
from xltools.reading.data_databases import DATABASES
from xltools.reading.workbooks.workbook import read_workbook

_LOOKED_AT = 64
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class DataLine:
    """One row: its number as a user counts it, and what stands in it by column name; no blanks."""

    number: int
    fields: Mapping[str, Datum]


def read_data(path: Path) -> Iterator[DataLine]:
    """The rows of a data file one by one.

    Rows of a CSV file or of a workbook are numbered as in a spreadsheet, others from 1.
    Raises UsageError, when the rows are gone through, where the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            top = stream.read(_LOOKED_AT)
        for number, row in _reader(top)(path):
            yield DataLine(number, _without_blanks(row))
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error
    except UnreadableFileError as error:
        raise _unreadable(path, error.text) from error
    except (ValueError, csv.Error, RecursionError) as error:
        raise _unreadable(path, Text(f"内容有误（{error}）", f"it is damaged ({error})")) from error


NumberedRows = Iterator[tuple[int, object]]


def _reader(top: bytes) -> Callable[[Path], NumberedRows]:
    if top.startswith(_WORKBOOKS):
        return _workbook_rows
    for signature, at, rows in DATABASES:
        if top[at:].startswith(signature):
            return lambda path: enumerate(rows(path), 1)
    text = top.removeprefix(_UTF8_MARK).lstrip()
    return _json_rows if text.startswith((b"[", b"{")) else _csv_rows


def _csv_rows(path: Path) -> NumberedRows:
    with path.open("rb") as raw:
        encoding = table_encoding(raw)
    if encoding is None:
        raise ValueError("encoding")
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline()
        stream.seek(0)
        reader = csv.reader(stream, delimiter=max(",\t;", key=first.count))
        header = [unguarded(field).strip() for field in next(reader, [])]
        before = reader.line_num
        for row in reader:
            yield before + 1, dict(zip(header, map(unguarded, row), strict=False))
            before = reader.line_num


def _json_rows(path: Path) -> NumberedRows:
    """Objects one a line, as in an array of ours or in JSON lines; else one array of objects."""
    with path.open(encoding="utf-8-sig") as stream:
        rows = enumerate(_objects(stream), 1)
        try:
            first = next(rows, None)
        except ValueError:
            first = None
        if first is not None and isinstance(first[1], Mapping):
            yield first
            yield from rows
            return
    whole = json.loads(path.read_text("utf-8-sig"), parse_constant=_no_number)
    yield from enumerate(whole if isinstance(whole, list) else [whole], 1)


def _objects(lines: Iterable[str]) -> Iterator[object]:
    for line in lines:
        bare = line.strip().removesuffix(",")
        if bare not in ("", "[", "]"):
            yield json.loads(bare, parse_constant=_no_number)


def _no_number(word: str) -> None:
    raise ValueError(word)


def _workbook_rows(path: Path) -> NumberedRows:
    """The rows of the first visible sheet; its first row that holds anything is the header."""
    sheet = next(sheet for sheet in read_workbook(path).sheets if sheet.visibility == "visible")
    rows: dict[int, dict[int, object]] = {}
    for reference, value in sheet.values.items():
        row, column = parse_cell(reference)
        rows.setdefault(row, {})[column] = plain(value)
    header: dict[int, str] = {}
    for row, cells in sorted(rows.items()):
        if header:
            yield row + 1, {header[column]: value for column, value in cells.items() if column in header}
        else:
            header = {column: str(value).strip() for column, value in cells.items()}


def _without_blanks(row: object) -> dict[str, Datum]:
    if not isinstance(row, Mapping):
        raise csv.Error(str(row)[:40])  # a list of lists, or a bare number
    return {str(name): datum for name, value in row.items() if (datum := _datum(value)) not in (None, "")}


def _datum(value: object) -> Datum:
    """Numbers and texts as they are; whatever else a file may hold as a text, which says what it is."""
    if isinstance(value, bool):
        return str(value).upper()
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


def _unreadable(path: Path, reason: Text) -> UsageError:
    return UsageError(
        Text(
            f"数据文件“{path}”无法读取：{reason.zh}。", f'the data file "{path}" cannot be read: {reason.en}.'
        )
    )
