"""The list of findings (问题清单): the message first, then where, what is, what should be, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltools.excel.a1 import full_address
from xltools.excel.values import Value, is_number
from xltools.layout.plan import PlannedCell, PrintSetup, SheetPlan
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height

_MAX_HEIGHT = 400.0
_TAB_COLOUR = "#7F1D1D"


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One finding in words; what is not known of it is empty (``actual`` and ``expected``: None)."""

    message: str
    sheet: str
    cell: str
    label: str
    actual: Value
    expected: Value
    fix: str
    nature: str
    code: str
    explanation: str = ""

    @property
    def address(self) -> str:
        """``三!D5``, as far as it is known."""
        return full_address(self.sheet, self.cell)

    @property
    def where(self) -> str:
        """The address and the place in the words of the form."""
        return " ".join(part for part in (self.address, self.label) if part)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list; ``wrapped`` texts grow downwards, others are centred."""

    heading: str
    width: float
    wrapped: bool = True


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One row of a list; ``links`` gives, by column number, the place in the workbook to jump to."""

    values: tuple[Value, ...]
    links: tuple[tuple[int, str], ...] = ()


def list_sheet(
    name: str,
    title: str,
    note: str,
    columns: Sequence[ListColumn],
    entries: Sequence[ListEntry],
    *,
    filtered: bool = False,
) -> SheetPlan:
    """A printable list: title, a note below it, then a row an entry under frozen, repeated headings.

    ``filtered`` puts filters on the headings.
    """
    last_column = len(columns) - 1
    cells = [
        PlannedCell(0, 0, Style.TITLE_LEFT, title, columns=len(columns)),
        PlannedCell(1, 0, Style.NOTE, note, columns=len(columns)),
    ]
    cells += [PlannedCell(2, number, Style.HEAD, c.heading) for number, c in enumerate(columns)]
    width = sum(column.width for column in columns)
    heights = {0: 30.0, 1: needed_height(note, width), 2: 26.0}
    for row, entry in enumerate(entries, 3):
        cells += _row(row, columns, entry)
        texts = [
            (str(v), c.width - 3.0) for v, c in zip(entry.values, columns, strict=True) if c.wrapped and v
        ]
        heights[row] = min(_MAX_HEIGHT, max((needed_height(*text) for text in texts), default=20.0))
    last = 2 + len(entries)
    return SheetPlan(
        name=name,
        cells=tuple(cells),
        print_setup=PrintSetup((0, 0, last, last_column), "landscape", (2, 2)),
        widths={number: column.width for number, column in enumerate(columns)},
        heights=heights,
        freeze=(3, 0),
        tab_colour=_TAB_COLOUR,
        filter_area=(2, 0, max(last, 3), last_column) if filtered else None,
        first_cell=(3, 0),
    )


def _row(row: int, columns: Sequence[ListColumn], entry: ListEntry) -> list[PlannedCell]:
    links = dict(entry.links)
    cells = []
    for number, (column, value) in enumerate(zip(columns, entry.values, strict=True)):
        link = links.get(number)
        if link is not None:
            style = Style.LINK
        elif is_number(value) and column.wrapped:
            style = Style.FIGURE
        else:
            style = Style.LABEL if column.wrapped else Style.CENTERED
        cells.append(PlannedCell(row, number, style, value, link=link))
    return cells
