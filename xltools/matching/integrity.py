"""Traces that somebody moved, hid, locked or computed parts of a workbook that should be as issued."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import column_letters
from xltools.excel.values import ErrorValue
from xltools.layout.blueprint import Blueprint, Placed
from xltools.model.form import Form
from xltools.reading.grid import Grid, Sheet

SHOWN_FORMULA = 60
"""Characters of a formula that are quoted."""
_MOST_SINGLE = 6
"""More input formulas than this on one sheet are one finding."""
_MOST_LISTED = 12


def check_integrity(blueprint: Blueprint, grid: Grid, sheet: Sheet, name: str) -> Iterator[Finding]:
    """Findings about a sheet whose cells are where they were issued; ``name`` is the form's name for it."""
    yield from _moved_cells(blueprint, grid.names, sheet.name, name)
    tables = [table for table in blueprint.places.tables.values() if table.sheet == name]
    if tables:
        rows = {row for table in tables for row in table.rows}
        yield from check_hidden(sheet, rows, range(tables[0].grid_columns))


def check_inputs(form: Form, grid: Grid, sheet: Sheet, figures: Placed) -> Iterator[Finding]:
    """Notes on inputs that somebody computes or that are locked, and on totals that are not."""
    if not sheet.formulas.keys().isdisjoint(a1 for a1, _ in figures):
        yield from _input_formulas(form, sheet, figures)
    if sheet.protected and grid.unlocked_styles:
        yield from _locks(form, grid, sheet, figures)


def check_hidden(sheet: Sheet, rows: Collection[int], columns: Collection[int]) -> Iterator[Finding]:
    """A note where rows or columns of a table, or its whole sheet, are hidden."""
    what = [*(str(row + 1) for row in sheet.hidden_rows if row in rows)]
    what += [column_letters(column) for column in sheet.hidden_columns if column in columns]
    if sheet.visibility != "visible":
        what = [f"工作表“{sheet.name}”"]
    if what:
        yield finding("ROWS-HIDDEN", CellRef(sheet.name), what="、".join(what))


def _input_formulas(form: Form, sheet: Sheet, figures: Placed) -> Iterator[Finding]:
    """The result of a formula of the clerk's own is taken as the figure; an error is a finding of its own."""
    found = [
        (a1, id_)
        for a1, id_ in figures
        if a1 in sheet.formulas
        and form.cells[id_].kind == "input"
        and not isinstance(sheet.values.get(a1), ErrorValue)
    ]
    groups = [found] if len(found) > _MOST_SINGLE else [[one] for one in found]
    for group in groups:
        a1, id_ = group[0]
        more = len(group) - 1
        yield finding(
            "INPUT-FORMULA",
            CellRef(sheet.name, a1, id_, form.cells[id_].label),
            cells=tuple(id_ for _, id_ in group),
            formula=sheet.formulas[a1][:SHOWN_FORMULA],
            more_zh=f"，本表另有 {more} 格也是公式" if more else "",
            more_en=f" (as do {more} more on this sheet)" if more else "",
        )


def _locks(form: Form, grid: Grid, sheet: Sheet, figures: Placed) -> Iterator[Finding]:
    """Pasting takes the lock of the cell copied along: inputs that cannot be filled, totals that can."""
    styles, unlocked = sheet.styles, grid.unlocked_styles
    wrong: dict[str, list[str]] = {"input": [], "total": []}
    for a1, id_ in figures:
        style = styles.get(a1)
        cell = form.cells[id_]
        # What is filled in from last period is locked on purpose.
        if style is None or cell.prefill_rule:
            continue
        if (style in unlocked) != (cell.kind == "input"):
            wrong[cell.kind].append(a1)
    locked, opened = wrong["input"], wrong["total"]
    zh = [f"填写格被锁定：{_listed(locked)}"] if locked else []
    en = [f"cells to fill are locked: {_listed(locked)}"] if locked else []
    if opened:
        zh.append(f"总计格被解锁：{_listed(opened)}")
        en.append(f"totals are unlocked: {_listed(opened)}")
    if zh:
        place = CellRef(sheet.name, (locked or opened)[0])
        yield finding("LOCKS-CHANGED", place, what_zh="；".join(zh), what_en="; ".join(en))


def _listed(cells: list[str]) -> str:
    return "、".join(cells[:_MOST_LISTED]) + (f"…（{len(cells)}）" if len(cells) > _MOST_LISTED else "")


def _moved_cells(
    blueprint: Blueprint, names: Mapping[str, str], sheet: str, issued: str
) -> Iterator[Finding]:
    """A cell that is cut takes its defined name along; suites that drop names leave no trace."""
    for id_, reference in _references(blueprint)[issued]:
        found = names.get(id_)
        if found is None or found == reference:
            continue
        bare = _bare(found)
        if bare != _bare(reference) and bare != f"{_bare(sheet)}!{_bare(reference).rpartition('!')[2]}":
            a1 = blueprint.addresses[id_][1]
            label = blueprint.form.cells[id_].label
            yield finding(
                "CELL-MOVED", CellRef(sheet, a1, id_, label), cells=(id_,), target=found.replace("$", "")
            )


@lru_cache(maxsize=16)
def _references(blueprint: Blueprint) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By sheet, where the name of every open cell must point."""
    places = blueprint.places.cells
    return {
        sheet: tuple((id_, places[id_].absolute) for _, id_ in (*cells.figures, *cells.texts))
        for sheet, cells in blueprint.cells.items()
    }


def _bare(reference: str) -> str:
    return reference.replace("'", "").replace("$", "")
