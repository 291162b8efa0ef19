"""Data out, read back by pandas, DuckDB and SQLite: exactly what the submissions hold."""

from __future__ import annotations

import contextlib
import csv
import gc
import importlib.util
import json
import math
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import xltools
from tests.support.workbooks import FORM_2021, FORMS, MONTHLY, form_id, save, submission_of
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UsageError
from xltools.excel.values import ErrorValue, Value
from xltools.model.form import ZERO_REPORT, Form
from xltools.model.outcomes import due_totals
from xltools.model.submission import Explanation, Source, Submission
from xltools.model.tidy import DICTIONARY_COLUMNS, TIDY_COLUMNS, TidyRow
from xltools.model.unit import Unit
from xltools.reporting.tidy_rows import tidy_rows
from xltools.workflows import write_data

Rows = list[dict[str, Any]]
NAMES = [column.name for column in TIDY_COLUMNS]
SUFFIXES = (".csv", ".json", ".sqlite", ".duckdb", ".parquet")


def by_pandas_csv(path: Path) -> Rows:
    """Texts as they stand in the file, but for the apostrophe that keeps a formula from running."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    rows: Rows = frame.to_dict("records")
    for row in rows:
        for name, field in row.items():
            if field == "":
                row[name] = None
            elif name in ("value", "year", "month"):
                row[name] = json.loads(field)
            elif field.startswith("'"):
                row[name] = field[1:]
    return rows


def by_json(path: Path) -> Rows:
    rows: Rows = json.loads(path.read_text("utf-8"))
    return rows


def by_sqlite(path: Path) -> Rows:
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute("SELECT * FROM data")]


def by_duckdb(path: Path) -> Rows:
    with duckdb.connect(str(path), read_only=True) as database:
        return as_rows(database.execute("SELECT * FROM data"))


def by_duckdb_parquet(path: Path) -> Rows:
    return as_rows(duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]))


def by_pandas_parquet(path: Path) -> Rows:
    """By way of pyarrow, which shares no code with the DuckDB that wrote it."""
    frame = pd.read_parquet(path, engine="pyarrow", dtype_backend="pyarrow")
    return [{k: None if v is pd.NA else v for k, v in row.items()} for row in frame.to_dict("records")]


def as_rows(answer: Any) -> Rows:
    columns = [column[0] for column in answer.description]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


READERS: Sequence[tuple[str, Callable[[Path], Rows]]] = (
    (".csv", by_pandas_csv),
    (".json", by_json),
    (".sqlite", by_sqlite),
    (".duckdb", by_duckdb),
    (".parquet", by_duckdb_parquet),
    (".parquet", by_pandas_parquet),
)


def checked(submission: Submission, file: str = "报送/甲局.xlsx") -> CheckedFile:
    submission = replace(submission, values=due_totals(submission), source=Source(file, "ab" * 32))
    return CheckedFile(file, "ab" * 32, submission, ())


def expected(files: Iterable[CheckedFile]) -> Iterator[TidyRow]:
    for file in files:
        if file.submission:
            yield from tidy_rows(file.submission, file.status)


def assert_same(read: Rows, rows: Sequence[TidyRow], *, whole_stay_whole: bool) -> None:
    assert [list(row) for row in read[:1]] == [NAMES][: len(read)]
    assert len(read) == len(rows)
    for found, due in zip(read, rows, strict=True):
        assert tuple(found.values()) == due
        if whole_stay_whole and isinstance(due.value, int):
            assert type(found["value"]) is int
        if isinstance(due.value, float):
            assert math.copysign(1, found["value"]) == math.copysign(1, due.value)


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
    st.sampled_from(
        [
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(1)",
            "\t=1",
            "\r\n",
            "'=1",
            "''",
            "＝1",
            '"',
            "a,b",
            "NULL",
            "中文\n换行",
        ]
    ),
)
FIGURES = st.one_of(
    st.none(),
    st.integers(-(10**15), 10**15),
    st.floats(-1e100, 1e100),
    st.sampled_from([0.1 + 0.2, 1e-7, 12.5, 10**30, True, ErrorValue("#REF!"), "文字", ""]),
)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_a_row_for_every_cell_with_its_labels(form: Form) -> None:
    values: dict[str, Value] = {cell.id: number for number, cell in enumerate(form.inputs)}
    file = checked(submission_of(form, values))
    assert file.submission
    rows = {row.cell: row for row in tidy_rows(file.submission, file.status)}
    assert set(rows) == {cell.id for cell in form.cells.values() if cell.kind != "identity"}
    for cell in form.figures:
        row = rows[cell.id]
        assert row.value == file.submission.values[cell.id]
        assert row.text is None
        assert (row.kind, row.type, row.measure) == (cell.kind, cell.type, cell.unit or None)
        for label in (row.row_label, row.column_label):
            assert label is None or label in cell.label
        assert row.table_label is not None
    assert rows[ZERO_REPORT].text == "否"
    summary = replace(file.submission, kind="summary")
    assert {row.source for row in rows.values()} == {"return"}
    assert {row.source for row in tidy_rows(summary, file.status)} == {"summary"}
    assert (rows[ZERO_REPORT].unit_code, rows[ZERO_REPORT].year) == ("990131001", file.submission.period.year)  # type: ignore[union-attr]


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # to shrink hundreds of fields takes minutes
)
@given(data=st.data())
def test_every_reader_finds_what_the_submissions_hold(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("数据 [甲]")
    files = []
    for number in range(data.draw(st.integers(0, 3))):
        form = data.draw(st.sampled_from(FORMS))
        figures = data.draw(st.lists(FIGURES, min_size=len(form.inputs), max_size=len(form.inputs)))
        texts = {cell.id: data.draw(TEXTS) for cell in form.cells.values() if cell.kind == "text"}
        key = form.instances[0].key
        submission = submission_of(
            form,
            dict(zip((cell.id for cell in form.inputs), figures, strict=True)),
            unit=Unit(data.draw(TEXTS), data.draw(TEXTS), "县级部门"),
            texts=texts,
            explanations={key: Explanation(data.draw(TEXTS))},
            previous={form.inputs[0].id: data.draw(FIGURES)},
        )
        files.append(checked(submission, f"{data.draw(TEXTS)}{number}.xlsx"))
    rows = list(expected(files))
    for suffix in SUFFIXES:
        result = write_data(iter(files), folder / f"报送{suffix}")
        assert result.rows == len(rows)
    for suffix, reader in READERS:
        # Parquet and DuckDB have one type a column: DOUBLE, which holds whole numbers as they are.
        typed = suffix in (".json", ".sqlite", ".csv")
        assert_same(reader(folder / f"报送{suffix}"), rows, whole_stay_whole=typed)


def test_nothing_in_a_csv_file_runs_when_a_spreadsheet_opens_it(tmp_path: Path) -> None:
    texts = {"s1.disclosure": '=HYPERLINK("http://a")', "cover.preparer": "@x", "cover.phone": "+86"}
    file = checked(
        submission_of(FORM_2021, {"t2_1.regulations.issued": -5}, texts=texts, unit=Unit("-2+3", "=1"))
    )
    write_data([file], tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    fields = [field for row in csv.reader(data.decode("utf-8-sig").splitlines()) for field in row]
    running = {field for field in fields if field.startswith(("=", "+", "-", "@", "\t"))}
    assert running == {"-5"}
    assert {'\'=HYPERLINK("http://a")', "'@x", "'+86", "'-2+3", "'=1"} <= set(fields)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_dictionary_explains_every_column_and_every_cell(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"a{suffix}"
    result = write_data([checked(submission_of(FORM_2021)), checked(submission_of(MONTHLY))], target)
    if suffix == ".sqlite":
        with contextlib.closing(sqlite3.connect(target)) as database:
            rows = database.execute("SELECT * FROM dictionary").fetchall()
    elif suffix == ".duckdb":
        with duckdb.connect(str(target), read_only=True) as database:
            rows = database.execute("SELECT * FROM dictionary").fetchall()
    else:
        assert result.dictionary == tmp_path / f"a{suffix}.dictionary.csv"
        frame = pd.read_csv(result.dictionary, dtype=str).astype(object)
        assert list(frame.columns) == [column.name for column in DICTIONARY_COLUMNS]
        rows = [tuple(None if pd.isna(v) else v for v in row) for row in frame.to_numpy().tolist()]
    assert (result.dictionary is None) == (suffix in (".sqlite", ".duckdb"))
    described = {(row[1], row[2]) for row in rows}
    assert {(None, name) for name in NAMES} <= described
    for form in (FORM_2021, MONTHLY):
        assert {(form.id, c.id) for c in form.cells.values() if c.kind != "identity"} <= described
    assert all(row[3] for row in rows)


def test_files_are_asked_for_one_by_one_and_not_kept(tmp_path: Path) -> None:
    """What keeps memory flat: when a file is asked for, nobody holds the one before the last any more."""
    seen: list[weakref.ref[Form]] = []

    class Marked(dict[str, Value]):
        """Figures that can be watched."""

    def files() -> Iterator[CheckedFile]:
        for number in range(6):
            gc.collect()
            assert sum(mark() is not None for mark in seen[:-1]) == 0
            values = Marked(due_totals(submission_of(FORM_2021)))
            seen.append(weakref.ref(values))  # type: ignore[arg-type]
            yield CheckedFile(f"{number}.xlsx", "0", replace(submission_of(FORM_2021), values=values), ())

    write_data(files(), tmp_path / "a.sqlite")
    assert len(seen) == 6


def test_what_cannot_be_read_is_named_and_gives_no_rows(tmp_path: Path) -> None:
    broken = CheckedFile("坏.xlsx", None, None, (finding("FILE-PASSWORD"),))
    result = write_data([broken, checked(submission_of(FORM_2021))], tmp_path / "a.json")
    assert [name for name, _ in result.unreadable] == ["坏.xlsx"]
    assert {row["file"] for row in by_json(tmp_path / "a.json")} == {"报送/甲局.xlsx"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_data_appears_whole_or_not_at_all(tmp_path: Path, suffix: str) -> None:
    def stopped() -> Iterator[CheckedFile]:
        yield checked(submission_of(FORM_2021))
        raise KeyboardInterrupt

    target = tmp_path / f"a{suffix}"
    with pytest.raises(KeyboardInterrupt):
        write_data(stopped(), target)
    assert list(tmp_path.iterdir()) == []
    write_data([checked(submission_of(FORM_2021))], target)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(UsageError, match="--force"):
        write_data([], target)
    with pytest.raises(KeyboardInterrupt):
        write_data(stopped(), target, force=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert write_data([], target, force=True).rows == 0


def test_an_unknown_suffix_and_a_missing_library_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match=r"\.csv, \.json, \.parquet, \.sqlite, \.duckdb"):
        write_data([], tmp_path / "a.txt")
    monkeypatch.setattr(importlib.util, "find_spec", lambda *_: None)
    for suffix in (".parquet", ".duckdb"):
        with pytest.raises(UsageError, match=r"pip install 'xltools\[data\]'"):
            write_data([], tmp_path / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_to_data_is_what_a_check_read(tmp_path: Path) -> None:
    values: dict[str, Value] = {"t2_4.fees.amount": 12.35} if "t2_4.fees.amount" in FORM_2021.cells else {}
    path = save(submission_of(FORM_2021, values), tmp_path / "报送" / "甲.xlsx")
    result = write_data(xltools.check([path.parent]), tmp_path / "a.sqlite")
    (file,) = xltools.check([path])
    assert result.files == {file.status: 1}
    assert_same(by_sqlite(tmp_path / "a.sqlite"), list(expected([file])), whole_stay_whole=True)
    with pytest.raises(UsageError, match="name another"):
        write_data(
            [CheckedFile(str(tmp_path / "a.sqlite"), None, file.submission, ())],
            tmp_path / "a.sqlite",
            force=True,
        )
