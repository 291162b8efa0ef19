"""Whether the locked parts of a workbook are still what was issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.values import Value
from xltools.layout.blueprint import Blueprint
from xltools.matching.labels import label_book, money_unit
from xltools.model.bare_text import bare_text
from xltools.reading.grid import Grid, Sheet

_MAY_DIFFER = 3
"""A table with more changed labels than this has moved; up to it, labels were retyped."""


def check_labels(blueprint: Blueprint, name: str, sheet: Sheet) -> tuple[list[Finding], bool]:
    """Findings about a sheet's labels, and whether its figures stand where they belong."""
    values, labels = sheet.values, blueprint.labels.get(name, {})
    if labels.items() <= values.items():  # as nearly always
        return [], True
    changed = [
        (a1, text)
        for a1, text in labels.items()
        if values.get(a1) != text and not _same_label(values.get(a1), text)
    ]
    if len(changed) > _MAY_DIFFER or any(_has_moved(labels, values, *label) for label in changed):
        place = CellRef(name, changed[0][0])
        return [finding("TABLE-MOVED", place, count=len(changed))], False
    return [
        _changed(CellRef(name, a1, label=text), _shown(values.get(a1)), text) for a1, text in changed
    ], True


def _changed(place: CellRef, found: str | None, label: str) -> Finding:
    """What to say of a label that was retyped; another unit of money is more than another word."""
    if found is not None and money_unit(found) and label_book([label]).differs_in_money(found):
        return finding("UNIT-WRONG", place, actual=found, expected=label, read=found, official=label)
    return finding("LABEL-CHANGED", place, actual=found, expected=label)


def _has_moved(labels: Mapping[str, str], values: Mapping[str, Value], a1: str, text: str) -> bool:
    """Whether a label that is gone from its place stands elsewhere, or another one stands there now."""
    here = values.get(a1)
    if any(_same_label(here, other) for other in labels.values()):
        return True
    return any(
        _same_label(value, text) and not _same_label(labels.get(place), text)
        for place, value in values.items()
    )


def check_protection(blueprint: Blueprint, grid: Grid) -> Iterator[Finding]:
    """A note where sheets of the form are no longer protected."""
    names = blueprint.cells.keys()
    open_sheets = [sheet.name for sheet in grid.sheets if sheet.name in names and not sheet.protected]
    if open_sheets:
        yield finding("PROTECTION-REMOVED", sheets="、".join(open_sheets))


def same_formula(found: str, expected: str) -> bool:
    """Whether a formula and the form's own are the same but for what suites rewrite: quotes, spaces, case."""
    return found == expected or _bare_formula(found) == _bare_expected(expected)


def _bare_formula(formula: str) -> str:
    return formula.replace("'", "").replace(" ", "").replace("_xlfn.", "").upper()


@lru_cache(maxsize=4096)
def _bare_expected(formula: str) -> str:
    """The same for a form's own formulas, which every workbook is held against."""
    return _bare_formula(formula)


def _same_label(value: object, text: str) -> bool:
    return isinstance(value, str) and bare_text(value) == bare_text(text)


def _shown(value: object) -> str | None:
    return None if value is None else str(value)
