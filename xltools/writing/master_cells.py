"""What one sheet plan changes in another of the same frame: texts, numbers and results of formulas."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from operator import attrgetter

from xltools.layout.plan import PlannedCell, SheetPlan

_LONGEST = 16_000
"""Longer texts are left to XlsxWriter, which knows the limit of a cell."""
_sheet_frame = attrgetter(*(field.name for field in fields(SheetPlan) if field.name != "cells"))
_cell_frame = attrgetter(*(field.name for field in fields(PlannedCell) if field.name != "value"))


@dataclass(frozen=True, slots=True)
class SheetChange:
    """Texts as (before, after), cells to be written again, and the kinds of change among them."""

    texts: tuple[tuple[str, str], ...]
    cells: tuple[PlannedCell, ...]
    kinds: frozenset[str]


def sheet_change(before: SheetPlan, after: SheetPlan) -> SheetChange | None:
    """What ``after`` changes in ``before``; None where it is more than values a master can take."""
    if len(before.cells) != len(after.cells) or _sheet_frame(before) != _sheet_frame(after):
        return None
    texts: list[tuple[str, str]] = []
    cells: list[PlannedCell] = []
    kinds: set[str] = set()
    for old, new in zip(before.cells, after.cells, strict=True):
        if old is new:
            continue
        if _cell_frame(old) != _cell_frame(new):
            return None
        if type(old.value) is type(new.value) and old.value == new.value:
            continue
        kind = _kind_of_change(old, new)
        if kind is None:
            return None
        kinds.add(kind)
        if kind == "text":
            texts.append((str(old.value), str(new.value)))
        else:
            cells.append(new)
    return SheetChange(tuple(texts), tuple(cells), frozenset(kinds))


def constant_text(cell: PlannedCell) -> str | None:
    """The text of a cell that stands in the workbook's table of texts."""
    if cell.link is not None:
        return str(cell.value or "") or None
    return cell.value if cell.formula is None and isinstance(cell.value, str) and cell.value else None


def _kind_of_change(old: PlannedCell, new: PlannedCell) -> str | None:
    """What kind of value follows what kind, None where only a full rendering can tell."""
    if new.link is not None:
        return None
    before, after = _content(old), _content(new)
    if before is None or after is None:
        return None
    if new.formula is not None:
        return None if "blank" in (before, after) else f"result {before} {after}"
    if before == after == "text":
        return "text"
    return None if "text" in (before, after) else f"{before} {after}"


def _content(cell: PlannedCell) -> str | None:
    value = cell.value
    if value is None or (value == "" and cell.formula is None):
        return "blank"
    if isinstance(value, str):
        return "text" if len(value) <= _LONGEST else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return "number" if math.isfinite(value) else None
