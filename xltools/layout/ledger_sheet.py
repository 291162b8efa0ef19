"""The sheet 分单位明细 of a summary: a row a unit, a column a figure."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.excel.a1 import absolute_range
from xltools.excel.values import ColumnSums
from xltools.layout.ledger import (
    LEDGER_FACTS,
    LEDGER_FIRST_COLUMN,
    LEDGER_FIRST_ROW,
    LEDGER_HEADER_ROW,
    LEDGER_ID_ROW,
    LEDGER_TOTAL_ROW,
    Ledger,
    LedgerRow,
    ledger_columns,
    ledger_range,
)
from xltools.layout.places import Places
from xltools.layout.plan import PlannedCell, PrintSetup, RowBlock, SheetPlan
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height
from xltools.model.form import Form, in_words
from xltools.model.sheet_names import LEDGER_SHEET

LEDGER_TAB_COLOUR = "#595959"
_FACT_WIDTHS = (14.0, 26.0, 14.0, 12.0, 46.0, 34.0)
_FACT_STYLES = (Style.CODE,) * 4 + (Style.CODE_SHRUNK,) * 2
"""Names of files and hashes are shown whole, in smaller type where they are long."""
_FIGURE_WIDTH = 10.0
_SCALE = 55
"""Per cent: prints whose rows they are on one page of A4, and the figures on as few more as can be read."""
_IN_DATA_FILE = (
    "单位太多，一张工作表放不下：各单位的数在数据文件“{}”里，下面一行是它的合计。请把它与本文件放在一起；"
    "它的 SHA-256 记在下面，改动过就能查出来。"
)


def ledger_sheet(ledger: Ledger, places: Places, words: str) -> SheetPlan:
    """The plan of 分单位明细; ``words`` say how much of what is due it covers."""
    form, rows = ledger.summary.submission.form, tuple(ledger)
    columns = ledger_columns(form)
    last_column = LEDGER_FIRST_COLUMN + len(columns) - 1
    last_row = LEDGER_FIRST_ROW + len(rows) - 1
    note = _IN_DATA_FILE.format(ledger.data_file.name) if ledger.data_file else ""
    cells = [
        PlannedCell(0, 0, Style.TITLE_LEFT, LEDGER_SHEET),
        PlannedCell(1, 0, Style.PLAIN_BOLD, f"{words}。{note}" if note else words),
        PlannedCell(LEDGER_TOTAL_ROW, 0, Style.TOTAL, "合计", columns=LEDGER_FIRST_COLUMN),
        *(PlannedCell(LEDGER_HEADER_ROW, c, Style.HEAD, header) for c, header in enumerate(LEDGER_FACTS)),
    ]
    heads = _column_heads(rows, form, places)
    highest = max(
        needed_height(str(head.value), _FIGURE_WIDTH + 1.0) for head in heads if head.style is Style.HEAD
    )
    return SheetPlan(
        name=LEDGER_SHEET,
        cells=(*cells, *heads),
        print_setup=PrintSetup(
            (0, 0, last_row, last_column),
            "landscape",
            repeat=(LEDGER_TOTAL_ROW, LEDGER_HEADER_ROW),
            repeat_columns=(0, 1),
            scale=_SCALE,
        ),
        widths=dict(enumerate(_FACT_WIDTHS)) | dict.fromkeys(columns.values(), _FIGURE_WIDTH),
        heights={0: 26.0, LEDGER_HEADER_ROW: highest},
        freeze=(LEDGER_FIRST_ROW, 2),
        tab_colour=LEDGER_TAB_COLOUR,
        filter_area=(LEDGER_HEADER_ROW, 0, last_row, last_column),
        block=RowBlock(LEDGER_FIRST_ROW, _FACT_STYLES + (Style.FIGURE,) * len(columns), rows),
    )


def _column_heads(rows: Sequence[LedgerRow], form: Form, places: Places) -> list[PlannedCell]:
    """For every figure: a jump to its place, its sum over all rows and its name."""
    cells = []
    columns = ledger_columns(form)
    sums = ColumnSums(len(columns))
    for row in rows:
        sums.add(row[LEDGER_FIRST_COLUMN:])
    for (id_, column), figure in zip(columns.items(), sums.totals(), strict=True):
        place = places.cells[id_]
        area = absolute_range(*ledger_range(form, id_, len(rows)))
        cells += [
            PlannedCell(LEDGER_ID_ROW, column, Style.LINK, place.a1, link=place.link),
            PlannedCell(LEDGER_TOTAL_ROW, column, Style.TOTAL, figure, f"SUM({area})"),
            PlannedCell(LEDGER_HEADER_ROW, column, Style.HEAD, in_words(place.sheet, form.cells[id_].label)),
        ]
    return cells
