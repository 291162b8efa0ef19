"""Submissions to tidy rows, and the dictionary that explains them. Pure; one submission at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from xltools.diagnostics.findings import Status
from xltools.excel.values import Value, plain
from xltools.layout.places import places
from xltools.model.form import IDENTITY_IDS, NO, YES, ZERO_REPORT, Cell, Form, leaf_paths
from xltools.model.submission import Submission
from xltools.model.tidy import PREVIOUS_PREFIX, TIDY_COLUMNS, Datum, RowKind, TidyRow

_EXACT = 2**53
"""Beyond it a whole number is kept as what a workbook keeps of it."""


@dataclass(frozen=True, slots=True)
class _Described:
    """What is the same of a cell in every submission: kind, labels, type and measure."""

    kind: RowKind
    table: str | None
    row: str | None
    column: str | None
    type: str
    measure: str | None


def tidy_rows(submission: Submission, status: Status) -> Iterator[TidyRow]:
    """A row for every cell of a submission whose totals are computed, blank ones too.

    After the cells of the form come the explanations that were given and last period's figures.
    """
    described = _described(submission.form)
    for id_, cell in described.items():
        content = submission.values.get(id_) if cell.table is not None else _text(submission, id_)
        yield _row(submission, status, id_, cell, content)
    explaining = _Described(RowKind.EXPLANATION, None, None, None, "text", None)
    for key, explanation in submission.explanations.items():
        yield _row(submission, status, key, explaining, explanation.text)
    for id_, value in submission.previous.items():
        before = described[id_]
        previous = _Described(
            RowKind.PREVIOUS, before.table, before.row, before.column, before.type, before.measure
        )
        yield _row(submission, status, PREVIOUS_PREFIX + id_, previous, value)


def dictionary_rows(forms: Iterable[Form]) -> Iterator[tuple[Datum, ...]]:
    """What every column of the data means, and every cell of the forms in it."""
    blank = (None,) * 8
    for column in TIDY_COLUMNS:
        yield ("column", None, column.name, column.meaning.zh, column.meaning.en, *blank)
    for form in forms:
        where = places(form).cells
        for id_, cell in _described(form).items():
            place = where[id_]
            yield (
                "cell",
                form.id,
                id_,
                form.cells[id_].label,
                None,
                cell.table,
                cell.row,
                cell.column,
                cell.kind,
                cell.type,
                cell.measure,
                place.sheet,
                place.a1,
            )


@lru_cache(maxsize=16)
def _described(form: Form) -> dict[str, _Described]:
    """Every cell but those that say whose submission it is, which have columns of their own."""
    labels = {
        table.id: (form.title_of(table), leaf_paths(table.rows), leaf_paths(table.columns))
        for table in form.tables
    }
    return {id_: _describe(cell, labels) for id_, cell in form.cells.items() if id_ not in IDENTITY_IDS}


def _describe(cell: Cell, labels: dict[str, tuple[str, dict[str, str], dict[str, str]]]) -> _Described:
    if cell.table is None or cell.row is None or cell.column is None:
        return _Described(RowKind.TEXT, None, cell.label, None, cell.type, None)
    table, rows, columns = labels[cell.table]
    kind = RowKind.TOTAL if cell.kind == "total" else RowKind.INPUT
    return _Described(
        kind, table, rows[cell.row] or None, columns[cell.column] or None, cell.type, cell.unit or None
    )


def _text(submission: Submission, id_: str) -> str | None:
    if id_ == ZERO_REPORT:
        return YES if submission.zero_report else NO
    return submission.texts.get(id_) or None


def _row(submission: Submission, status: Status, id_: str, cell: _Described, content: Value) -> TidyRow:
    unit, period, source = submission.unit, submission.period, submission.source
    value, text = _split(content)
    return TidyRow(
        form=submission.form.id,
        period=str(period) if period else None,
        year=period.year if period else None,
        month=period.month if period else None,
        unit_code=unit.code or None,
        unit_name=unit.name or None,
        unit_level=unit.level or None,
        source=submission.kind,
        status=str(status),
        kind=str(cell.kind),
        cell=id_,
        table_label=cell.table,
        row_label=cell.row,
        column_label=cell.column,
        value=value,
        text=text,
        type=cell.type,
        measure=cell.measure,
        file=source.file if source else None,
        sha256=source.sha256 if source else None,
    )


def _split(content: Value) -> tuple[int | float | None, str | None]:
    """A figure and a text, of which one at most is there."""
    shown = plain(content)
    if isinstance(shown, bool):
        return None, str(shown).upper()
    if isinstance(shown, str):
        return None, shown or None
    if isinstance(shown, int) and abs(shown) > _EXACT:
        return float(shown), None
    return shown, None
