"""A workbook as plain data: every cell, merge, lock, name, validation and print setting.

Rows and columns count from 0. ``writing`` turns a plan into a file without adding anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xltools.excel.a1 import cell_name
from xltools.excel.values import Value
from xltools.layout.styles import Emphasis, Style


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """One cell, or one merged block of ``rows`` by ``columns`` cells.

    With ``formula`` (no leading ``=``), ``value`` is its true cached result. ``link`` is a place in
    the workbook to jump to (``'三'!D5``). ``subtitle`` is a second line of ``value`` in smaller type,
    ``comment`` a note that shows at the cell, ``emphasis`` how the cell stands out beside its style.
    """

    row: int
    column: int
    style: Style
    value: Value = None
    formula: str | None = None
    rows: int = 1
    columns: int = 1
    link: str | None = None
    subtitle: str | None = None
    comment: str | None = None
    emphasis: Emphasis | None = None

    @property
    def a1(self) -> str:
        """The A1 reference of the (upper left) cell."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into a range, with the prompt that shows while the cell is selected."""

    cells: str
    kind: Literal["integer", "decimal", "list", "length", "date", "any"]
    title: str
    prompt: str
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A conditional format: cells where ``formula`` (relative to the upper left one) is true."""

    cells: str
    formula: str
    style: Style


@dataclass(frozen=True, slots=True)
class PrintSetup:
    """A4 print set-up; ``area`` is (top, left, bottom, right), ``repeat`` the heading rows.

    Sheets are fitted to the width of a page, unless ``repeat_columns`` are printed on each of several or
    they are printed at ``scale`` (per cent); pages begin at the rows of ``breaks``.
    """

    area: tuple[int, int, int, int]
    orientation: Literal["portrait", "landscape"] = "portrait"
    repeat: tuple[int, int] | None = None
    repeat_columns: tuple[int, int] | None = None
    scale: int | None = None
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows too many to be held as cells, from column A on, in one style a column."""

    first_row: int
    styles: tuple[Style, ...]
    rows: Sequence[tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class PlannedSeries:
    """One line or set of bars: its name and the range of its figures (top, left, bottom, right)."""

    name: str
    values: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PlannedChart:
    """A chart over ranges of its own sheet, its upper left corner at ``row`` and ``column``.

    ``labels`` is the range of the categories; ``width`` and ``height`` are pixels.
    """

    title: str
    kind: Literal["bar", "line"]
    row: int
    column: int
    width: int
    height: int
    labels: tuple[int, int, int, int]
    series: tuple[PlannedSeries, ...]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One worksheet; the rows of ``block`` stand below all ``cells``."""

    name: str
    cells: tuple[PlannedCell, ...]
    print_setup: PrintSetup | None
    widths: Mapping[int, float] = field(default_factory=dict)
    hidden_columns: tuple[int, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] | None = None
    validations: tuple[Validation, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    hidden: bool = False
    tab_colour: str | None = None
    filter_area: tuple[int, int, int, int] | None = None
    first_cell: tuple[int, int] = (0, 0)
    block: RowBlock | None = None
    charts: tuple[PlannedChart, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookPlan:
    """A whole workbook; ``names`` are defined names with their reference (``'三'!$D$5``).

    ``protected`` is whether its sheets and their order are locked.
    """

    title: str
    subject: str
    sheets: tuple[SheetPlan, ...]
    names: Mapping[str, str]
    protected: bool = True
