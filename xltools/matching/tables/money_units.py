"""Headings whose unit of money is not the form's: 元 where 万元 is due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import cell_name
from xltools.matching.labels import label_book, money_unit
from xltools.matching.tables.located_table import LocatedTable
from xltools.matching.tables.placing import Placement
from xltools.matching.tables.sheet_texts import SheetText, SheetTexts
from xltools.model.bare_text import bare_text
from xltools.model.form import Form

_UNIT_LINE = re.compile(r"[(（]?(?:金额|计量|货币)?单位[:：]?(?:人民币)?(?P<unit>亿元|万元|元)[)）]?")
_MOST_TEXTS = 100
"""So many texts that name a unit of money are compared; a return has a handful."""
_ABOVE = 3
"""How many rows above a table its unit may stand."""


def wrong_units(form: Form, placements: Iterable[Placement], sheets: Sequence[SheetTexts]) -> list[Finding]:
    """What to say about units where tables were found by their labels, or not found for them."""
    found: list[Finding] = []
    for placement in placements:
        found += _headings(_lost_lines(placement), sheets)
        if placement.located is not None:
            found += _unit_lines(form, placement.located)
    return found


def _lost_lines(placement: Placement) -> list[tuple[str, tuple[str, ...]]]:
    """Labels of rows and columns without a place, with the ids of their cells."""
    table, seen = placement.table, placement.seen
    columns = table.column_leaves if seen is None else seen.columns.missing
    rows = table.row_leaves if seen is None else seen.rows.missing
    lost = [(leaf.label, tuple(table.cell_id(row, leaf) for row in table.row_leaves)) for leaf in columns]
    lost += [(leaf.label, tuple(table.cell_id(leaf, col) for col in table.column_leaves)) for leaf in rows]
    return [(label, ids) for label, ids in lost if label]


def _headings(lost: Sequence[tuple[str, tuple[str, ...]]], sheets: Sequence[SheetTexts]) -> Iterator[Finding]:
    """Labels that would be the official ones but for the unit that they name."""
    books = [(label, ids, label_book([label])) for label, ids in lost]
    spots = ((texts, text) for texts in sheets for text in texts.texts if money_unit(text.text))
    for texts, text in islice(spots, _MOST_TEXTS if books else 0):
        for label, ids, book in books:
            if book.differs_in_money(text.text):
                yield _said(texts, text, label, ids)


def _unit_lines(form: Form, located: LocatedTable) -> Iterator[Finding]:
    """``单位：元`` above a table whose figures are due in another unit of money."""
    due = {
        cell.id: cell.unit
        for cell in form.figures
        if cell.table == located.table.id and money_unit(cell.unit) and cell.id in located.cells
    }
    if not due:
        return
    for text in located.texts.within(max(0, located.top - _ABOVE), located.bottom):
        found = _UNIT_LINE.fullmatch(bare_text(text.text))
        if found and found["unit"] not in due.values():
            official = "、".join(dict.fromkeys(due.values()))
            yield _said(located.texts, text, official, tuple(due))


def _said(texts: SheetTexts, text: SheetText, official: str, ids: tuple[str, ...]) -> Finding:
    place = CellRef(texts.sheet.name, cell_name(text.row, text.column), label=official)
    return finding(
        "UNIT-WRONG",
        place,
        actual=text.text,
        expected=official,
        cells=ids,
        read=" ".join(text.text.split()),
        official=official,
    )
