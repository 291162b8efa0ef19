"""Checks on what is missing: blank figures, emptied totals, texts and cover fields not written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xltools.checking.cell_refs import cell_ref
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.excel.values import Value, is_blank, plain
from xltools.model.form import LABEL_SEPARATOR, Cell, Leaf, Section, Table, TextPart, in_words
from xltools.model.outcomes import due_totals
from xltools.model.submission import Submission

_MOST_SINGLE_NOTES = 6
"""More typed totals than this in one table are one finding."""


def check_blanks(submission: Submission) -> Iterator[Finding]:
    """Blank inputs: one finding for a table, a row or a cell, whichever is wholly blank."""
    values = submission.values
    if submission.zero_report or not any(is_blank(values.get(cell.id)) for cell in submission.form.inputs):
        return
    for table in submission.form.tables:
        rows = [(row, _inputs(submission, table, row)) for row in table.row_leaves]
        blank = [
            (row, cells, [c for c in cells if is_blank(values.get(c.id))]) for row, cells in rows if cells
        ]
        missing = [cell for _, _, empty in blank for cell in empty]
        if not missing:
            continue
        if len(missing) == sum(len(cells) for _, cells in rows) and len(missing) > 1:
            yield _blank(submission, missing, submission.form.title_of(table), "整张表", "the whole table")
            continue
        for row, cells, empty in blank:
            if len(empty) == len(cells) and len(cells) > 1:
                yield _blank(submission, empty, _row_title(table, row, empty[0]), "整行", "the whole row")
            else:
                for cell in empty:
                    yield _blank(submission, [cell], None, "这一格", "the cell")


def check_totals(submission: Submission) -> Iterator[Finding]:
    """Totals whose formula is gone: emptied ones by row, and typed ones that happen to be right."""
    if not submission.typed_totals:
        return
    values, due = submission.values, due_totals(submission)
    for table in submission.form.tables:
        right: list[Cell] = []
        for row in table.row_leaves:
            typed = [c for c in _cells(submission, table, row) if c.id in submission.typed_totals]
            empty = [cell for cell in typed if is_blank(values.get(cell.id))]
            if empty:
                title = _row_title(table, row, empty[0]) if len(empty) > 1 else None
                yield finding(
                    "TOTAL-BLANK",
                    cell_ref(submission, empty[0].id, title),
                    expected=plain(due[empty[0].id]),
                    cells=tuple(cell.id for cell in empty),
                    what_zh="整行" if len(empty) > 1 else "这一格",
                    what_en="the whole row" if len(empty) > 1 else "this cell",
                )
            right += [c for c in typed if not is_blank(values.get(c.id)) and values[c.id] == due[c.id]]
        notes = [right] if len(right) > _MOST_SINGLE_NOTES else [[cell] for cell in right]
        for cells in notes:
            yield _typed_rightly(submission, table, cells, due)


def _unwritten(section: Section, parts: Sequence[TextPart]) -> str:
    """The section, with its parts that are not written where others are."""
    if len(parts) == len(section.texts):
        return section.title
    return f"{section.title}（{'、'.join(part.label for part in parts)}）"


def check_texts(submission: Submission) -> Iterator[Finding]:
    """Narrative parts and cover fields that nobody has written."""
    form, texts = submission.form, submission.texts
    empty = [
        (section, parts)
        for section in form.sections
        if (parts := [part for part in section.texts if not texts.get(part.id, "").strip()])
    ]
    if empty:
        what = "；".join(_unwritten(section, parts) for section, parts in empty)
        ids = tuple(part.id for _, parts in empty for part in parts)
        yield finding("TEXT-BLANK", cell_ref(submission, ids[0]), cells=ids, what=what)
    fields = [field for field in form.cover if not texts.get(field.id, "").strip()]
    if fields:
        what = "、".join(field.label for field in fields)
        ids = tuple(field.id for field in fields)
        yield finding("COVER-BLANK", cell_ref(submission, ids[0]), cells=ids, what=what)


def _blank(submission: Submission, cells: Sequence[Cell], title: str | None, zh: str, en: str) -> Finding:
    count_zh = f"（{len(cells)} 格）" if len(cells) > 1 else ""
    count_en = f" ({len(cells)} cells)" if len(cells) > 1 else ""
    return finding(
        "BLANK",
        cell_ref(submission, cells[0].id, title),
        cells=tuple(cell.id for cell in cells),
        what_zh=zh + count_zh,
        what_en=en + count_en,
    )


def _typed_rightly(
    submission: Submission, table: Table, cells: Sequence[Cell], due: Mapping[str, Value]
) -> Finding:
    """One total, or all of a table: in a workbook of the unit's own every total is typed."""
    single = len(cells) == 1
    return finding(
        "TOTAL-TYPED",
        cell_ref(submission, cells[0].id, None if single else submission.form.title_of(table)),
        actual=plain(due[cells[0].id]) if single else None,
        cells=tuple(cell.id for cell in cells),
        count_zh="" if single else f"（{len(cells)} 格）",
        count_en="" if single else f" ({len(cells)} cells)",
    )


def _cells(submission: Submission, table: Table, row: Leaf) -> list[Cell]:
    return [submission.form.cells[table.cell_id(row, column)] for column in table.column_leaves]


def _inputs(submission: Submission, table: Table, row: Leaf) -> list[Cell]:
    return [cell for cell in _cells(submission, table, row) if cell.kind == "input"]


def _row_title(table: Table, row: Leaf, cell: Cell) -> str | None:
    """The cell's label without its column: what is left names the row (nothing: it has no name)."""
    if not row.label:
        return table.heading or None
    parts = cell.label.split(LABEL_SEPARATOR)
    return in_words(*parts[: parts.index(row.label) + 1])
