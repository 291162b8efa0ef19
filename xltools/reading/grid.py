"""What a reader makes of any file: sheets of cells, with what protects and names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xltools.diagnostics.findings import Finding
from xltools.excel.values import Value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet as it was read.

    Cells are keyed by their A1 reference in capitals (``J5``). ``values`` holds every non-blank
    cell (the cached value where there is a formula); ``formulas`` the formula text without ``=``;
    ``styles`` the style index of every cell that has one; ``merges`` ranges such as ``A1:C1``;
    ``hidden_rows`` and ``hidden_columns`` count from 0; ``visibility`` is ``visible``, ``hidden``
    or ``veryHidden``; ``protected`` whether sheet protection is on.

    In a document a sheet is a table, or a text whose rows are lines (``is_text``: what stands in one
    column there need not belong together). ``row_widths`` says how many cells a row of a document has,
    empty ones included; ``extents`` how far a cell of a text reaches from left to right, where that is known.
    """

    name: str
    values: Mapping[str, Value]
    formulas: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, int] = field(default_factory=dict)
    merges: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    visibility: str = "visible"
    protected: bool = False
    is_text: bool = False
    row_widths: Mapping[int, int] = field(default_factory=dict)
    extents: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet that is kept in rows: its number from 0, its values from column A on."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class SeamCell:
    """A cell above a page break and the one below it in the same column, by their A1 references.

    ``text`` is what they say if they are one; ``is_merged`` whether one of them reaches over further rows.
    """

    above: str
    below: str
    text: str
    is_merged: bool


@dataclass(frozen=True, slots=True)
class Seam:
    """Where a table goes on on the next page: the rows (sheet, row) on both sides, which may be one.

    ``adjoins`` is whether nothing stands between the two on the pages.
    """

    above: tuple[str, int]
    below: tuple[str, int]
    cells: tuple[SeamCell, ...]
    adjoins: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """One workbook as it was read.

    ``names`` are the workbook's defined names with their reference text (``三!$D$5``);
    ``unlocked_styles`` the style indexes whose cells are not locked, ``date_styles`` those that show a
    number as a date; ``date_1904`` whether days count from 1904; ``notes`` what the reader had to
    assume or leave out (each a finding, never silent); ``has_formulas`` is False where the format's
    formulas could not be read, so that their absence says nothing. ``ledger`` holds the rows of a summary's
    分单位明细, which is then not among ``sheets`` (None: no summary, or without that sheet). ``flow`` lists
    the lines of a document in reading order, each as a sheet's name and a row; it is empty for a workbook.
    ``seams`` are the page breaks in its tables.
    """

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    unlocked_styles: frozenset[int] = frozenset()
    date_styles: frozenset[int] = frozenset()
    structure_protected: bool = False
    date_1904: bool = False
    notes: tuple[Finding, ...] = ()
    has_formulas: bool = True
    ledger: tuple[SheetRow, ...] | None = None
    flow: tuple[tuple[str, int], ...] = ()
    seams: tuple[Seam, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
