"""Tables as people type them themselves: no identity, no formulas, merged or not, anywhere on a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.workbooks import FORMS, submission_of
from xltools.excel.values import Value
from xltools.matching.match import Match, match
from xltools.model.form import Axis, Form, Leaf, Table, depth, leaves
from xltools.model.outcomes import due_totals
from xltools.reading.workbooks.workbook import read_workbook

BY_ID = {form.id: form for form in FORMS}


def numbered(form: Form) -> dict[str, Value]:
    """A different figure in every input, so that no exchange goes unseen; totals as they must be."""
    values: dict[str, Value] = {cell.id: number for number, cell in enumerate(form.inputs, 1)}
    return due_totals(submission_of(form, values))


def tables_of(form: Form) -> dict[str, Table]:
    return {table.id: table for table in form.tables}


def read(path: Path) -> Match:
    return match(read_workbook(path), BY_ID.get, lambda: FORMS)


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def codes(found: Match) -> list[str]:
    return [f.code for f in found.findings]


def errors(found: Match) -> list[str]:
    return [f.code for f in found.findings if f.blocks]


class Typist:
    """Types tables of a form into worksheets, each in its own way."""

    def __init__(self, form: Form, relabel: Callable[[str], str] = str) -> None:
        self.form = form
        self.values: Mapping[str, Value] = numbered(form)
        self.relabel = relabel

    def whole(self, sheet: Worksheet, top: int = 1, **how: bool) -> int:
        """All tables of the form, one below the other; the next free row."""
        for table in self.form.tables:
            top = self.table(sheet, table, top, **how) + 2
        return top

    def table(
        self,
        sheet: Worksheet,
        table: Table,
        top: int = 1,
        left: int = 1,
        *,
        merged: bool = False,
        one_column: bool = False,
        without: tuple[str, ...] = (),
        heading: bool = True,
    ) -> int:
        """One table; the row below it."""
        if table.heading and heading:
            sheet.cell(top, left, self.relabel(table.heading))
            top += 1
        labelled = any(row.label for row in table.row_leaves)
        stub = (1 if one_column else depth(table.rows)) if labelled else 0
        if stub:
            sheet.cell(top, left, self.relabel(table.corner))
        self._headers(sheet, table.columns, (top, left + stub), depth(table.columns), merged=merged)
        at = top + depth(table.columns)
        return self._rows(sheet, table, table.rows, (at, left), (left + stub, 0, one_column), without)

    def _headers(
        self, sheet: Worksheet, nodes: tuple[Axis, ...], at: tuple[int, int], rows: int, *, merged: bool
    ) -> None:
        row, column = at
        for node in nodes:
            sheet.cell(row, column, self.relabel(node.label))
            count = 1 if isinstance(node, Leaf) else len(tuple(leaves(node.children)))
            if merged:
                bottom = row + rows - 1 if isinstance(node, Leaf) else row
                if (bottom, count) != (row, 1):
                    sheet.merge_cells(
                        start_row=row, start_column=column, end_row=bottom, end_column=column + count - 1
                    )
            if not isinstance(node, Leaf):
                self._headers(sheet, node.children, (row + 1, column), rows - 1, merged=merged)
            column += count

    def _rows(
        self,
        sheet: Worksheet,
        table: Table,
        nodes: tuple[Axis, ...],
        at: tuple[int, int],
        shape: tuple[int, int, bool],
        without: tuple[str, ...],
    ) -> int:
        row, left = at
        first, level, one_column = shape
        for node in nodes:
            column = left if one_column else left + level
            if isinstance(node, Leaf):
                if node.id in without:
                    continue
                if node.label:
                    sheet.cell(row, column, self.relabel(node.label))
                for number, leaf in enumerate(table.column_leaves):
                    sheet.cell(row, first + number, self.values[table.cell_id(node, leaf)])
                row += 1
            else:
                sheet.cell(row, column, self.relabel(node.label))
                row = self._rows(
                    sheet,
                    table,
                    node.children,
                    (row + one_column, left),
                    (first, level + 1, one_column),
                    without,
                )
        return row
