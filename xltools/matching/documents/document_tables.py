"""The tables of a form in a document: first in its tables as they stand, then in what became plain text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import cell_name, parse_cell
from xltools.excel.values import Value
from xltools.matching.documents.flow import FlowLine, Row, flow_lines
from xltools.matching.documents.seams import mended
from xltools.matching.flattened.reflow import Reflowed, reflow
from xltools.matching.flattened.words import form_book, is_label
from xltools.matching.labels import LabelBook
from xltools.matching.numbers import document_value, looks_like_figure
from xltools.matching.tables.located_table import LocatedTable
from xltools.matching.tables.placing import Placement, place_tables
from xltools.matching.tables.sheet_texts import Origin, SheetTexts, sheet_texts
from xltools.model.form import Form, Table
from xltools.reading.grid import Grid, Sheet

_STACK = "表格"


@dataclass(frozen=True, slots=True)
class DocumentTables:
    """What became of the form's tables; ``sheets`` are the document's own, ``rest`` the lines in no table.

    ``findings`` say what became of rows that page breaks cut.
    """

    placements: tuple[Placement, ...]
    sheets: tuple[SheetTexts, ...]
    rest: tuple[FlowLine, ...]
    findings: tuple[Finding, ...] = ()


def document_tables(form: Form, grid: Grid) -> DocumentTables:
    """Find each table of the form in a document."""
    mending = mended(form, grid)
    grid = mending.grid
    stack = _stacked(grid)
    sheets = (stack,) if stack is not None else ()
    placed = {p.table.id: _aligned(form, p) for p in place_tables(form, form.tables, sheets, {})}
    lost = [table for table in form.tables if _is_lost(placed[table.id])]
    used = {row for p in placed.values() if not _is_lost(p) for row in _lines(p)}
    flat = reflow(form, lost, flow_lines(grid, used)) if lost else []
    for table in lost:
        placed[table.id] = _flat_placement(form, table, flat, placed[table.id])
    used = {row for p in placed.values() for row in _lines(p)}
    book = form_book(form)
    rest = tuple(line for line in flow_lines(grid, used) if not _is_bare_table(line, book))
    placements = tuple(placed[table.id] for table in form.tables)
    return DocumentTables(placements, sheets, rest, tuple(mending.findings(used)))


def _is_lost(placement: Placement) -> bool:
    return placement.located is None or bool(placement.located.missing)


def _lines(placement: Placement) -> Collection[Row]:
    """The lines of the document that a table takes up."""
    return placement.located.lines if placement.located is not None else ()


def _is_bare_table(line: FlowLine, book: LabelBook) -> bool:
    """Whether a line holds nothing but labels and figures of tables."""
    texts = [piece.text for piece in line.pieces if piece.text]
    alone = line.is_text and len(texts) == 1
    return not alone and all(looks_like_figure(text) or is_label(text, book) for text in texts)


def _flat_placement(form: Form, table: Table, flat: Sequence[Reflowed], before: Placement) -> Placement:
    """The table as it was put together from text, where that gives more than ``before``.

    Which of several counts, text does not tell.
    """
    if before.rivalled:
        return before
    own = {id(made.texts): made for made in flat if made.table is table and made.texts is not None}
    sheets = [made.texts for made in own.values() if made.texts is not None]
    (placement,) = place_tables(form, [table], sheets, {})
    located = placement.located
    if located is None:
        return before if before.findings or before.located else placement
    if before.located is not None and before.located.weight >= located.weight:
        return before
    return replace(placement, findings=(*placement.findings, *own[id(located.texts)].findings))


def _aligned(form: Form, placement: Placement) -> Placement:
    """A table of a document, unless some row has its figures elsewhere than under the headings."""
    located = placement.located
    if located is None or not (astray := _rows_astray(located)):
        return placement
    title = form.title_of(placement.table)
    where = CellRef(*located.texts.place(astray[0], 0), label=title)
    said = finding(
        "TABLE-AMBIGUOUS",
        where,
        table=title,
        reason_zh=f"有 {len(astray)} 行的格数或位置与表头对不上",
        reason_en=f"{len(astray)} rows have other cells than the headings above them",
    )
    return Placement(placement.table, None, (said,), located)


def _rows_astray(located: LocatedTable) -> list[int]:
    """Rows that are wider or narrower than the header, or with figures under no heading."""
    texts, columns = located.texts, set(located.columns.at.values())
    widths = texts.origin.widths if texts.origin is not None else {}
    due = max((widths.get(row, 0) for row in range(located.top, located.bottom + 1)), default=0)
    labels = {text.row: text.column for text in texts.texts if text.column < min(columns)}
    astray = []
    for row in located.rows.at.values():
        beside = {c for c in texts.numbers.get(row, ()) if c not in columns and c > labels.get(row, -1)}
        if beside or widths.get(row, due) != due:
            astray.append(row)
    return astray


def _stacked(grid: Grid) -> SheetTexts | None:
    """All tables of the document one below the other, so that one split over two is whole again."""
    sheets = {sheet.name: sheet for sheet in grid.sheets}
    if all(sheet.is_text for sheet in grid.sheets):
        return None
    cells: dict[Row, list[tuple[int, Value]]] = {}
    for sheet in grid.sheets:
        for a1, value in sheet.values.items():
            row, column = parse_cell(a1)
            cells.setdefault((sheet.name, row), []).append((column, value))
    values: dict[str, Value] = {}
    widths: dict[int, int] = {}
    for number, line in enumerate(grid.flow):
        sheet, here = sheets[line[0]], cells.get(line, [])
        if sheet.is_text and len(here) != 1:
            continue  # what stands in one column of flattened lines does not belong together
        if not sheet.is_text:
            widths[number] = sheet.row_widths.get(line[1], 0)
        for column, value in here:
            values[cell_name(number, column)] = document_value(value) if isinstance(value, str) else value
    return sheet_texts(Sheet(_STACK, values), Origin(rows=grid.flow, widths=widths))
