"""One planned sheet written into an XlsxWriter worksheet."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from xltools.excel.values import ErrorValue
from xltools.layout.plan import Highlight, PlannedCell, PrintSetup, SheetPlan, Validation
from xltools.layout.styles import FONT, Style
from xltools.layout.text_size import needed_height
from xltools.writing.formats import Formats
from xltools.writing.strict import strictly, write_runs

_A4 = 9
_ALL_GRIDLINES = 2
_EARLIEST_DATE = datetime.date(2000, 1, 1)
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.7, "bottom": 0.7}
_PIXELS_A_POINT = 4 / 3
_ERROR_CODES = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_COMMENT_WIDTH = 46.0
_COMMENT_PIXELS = 340
_COMMENT_LOOKS = {"author": "xltools", "font_name": FONT, "font_size": 10, "width": _COMMENT_PIXELS}


def write_sheet(worksheet: Any, plan: SheetPlan, formats: Formats) -> None:
    """Write everything of ``plan`` but its protection; raises WritingError."""
    for column, width in plan.widths.items():
        hidden = {"hidden": column in plan.hidden_columns}
        strictly(worksheet.set_column, column, column, width, None, hidden)
    for row, height in plan.heights.items():
        strictly(worksheet.set_row, row, height)
    for cell in plan.cells:
        _write_cell(worksheet, cell, formats)
    if plan.block:
        strictly(worksheet.set_block, plan.block, formats)
    for validation in plan.validations:
        strictly(worksheet.data_validation, validation.cells, _validation_options(validation))
    for highlight in plan.highlights:
        strictly(worksheet.conditional_format, highlight.cells, _highlight_options(highlight, formats))
    if plan.freeze:
        strictly(worksheet.freeze_panes, *plan.freeze)
    if plan.filter_area:
        strictly(worksheet.autofilter, *plan.filter_area)
    if plan.tab_colour:
        strictly(worksheet.set_tab_color, plan.tab_colour)
    strictly(worksheet.set_selection, *plan.first_cell, *plan.first_cell)
    strictly(worksheet.hide_gridlines, _ALL_GRIDLINES)
    if plan.print_setup:
        _set_up_print(worksheet, plan.print_setup)
    if plan.hidden:
        strictly(worksheet.very_hidden)


def _write_cell(worksheet: Any, cell: PlannedCell, formats: Formats) -> None:
    row, column = cell.row, cell.column
    format_ = formats.of(cell.style, cell.emphasis)
    if cell.rows > 1 or cell.columns > 1:
        last = (row + cell.rows - 1, column + cell.columns - 1)
        strictly(worksheet.merge_range, row, column, *last, "", format_)
    if cell.comment:
        height = needed_height(cell.comment, _COMMENT_WIDTH) * _PIXELS_A_POINT
        strictly(worksheet.write_comment, row, column, cell.comment, {**_COMMENT_LOOKS, "height": height})
    value = cell.value.code if isinstance(cell.value, ErrorValue) else cell.value
    if cell.subtitle is not None:
        line = formats.of(Style.TITLE_LINE)
        runs = (format_, value, line, f"\n{cell.subtitle}")
        write_runs(worksheet, row, column, runs, format_)
    elif cell.link is not None:
        strictly(worksheet.write_url, row, column, f"internal:{cell.link}", format_, str(value or ""))
    elif cell.formula is not None:
        strictly(worksheet.write_formula, row, column, f"={cell.formula}", format_, value)
    elif isinstance(cell.value, ErrorValue) and cell.value.code in _ERROR_CODES:
        # An error is no constant XlsxWriter could write; as a formula it is the same value when read.
        strictly(worksheet.write_formula, row, column, f"={value}", format_, value)
    elif value is None or value == "":
        strictly(worksheet.write_blank, row, column, None, format_)
    else:
        _writer(worksheet, value)(row, column, value, format_)


def _writer(worksheet: Any, value: object) -> Callable[..., Any]:
    """The method for a value's type: never XlsxWriter's guess from its looks."""
    if isinstance(value, bool):
        method = worksheet.write_boolean
    elif isinstance(value, (int, float)):
        method = worksheet.write_number
    else:
        method = worksheet.write_string
    return lambda *args: strictly(method, *args)


def _validation_options(validation: Validation) -> dict[str, object]:
    options: dict[str, object] = {
        "input_title": validation.title,
        "input_message": validation.prompt,
        "error_title": "请核对" if validation.error else "",
        "error_message": validation.error,
    }
    if validation.kind == "list":
        return options | {"validate": "list", "source": list(validation.choices)}
    if validation.kind in ("integer", "decimal"):
        limits = {"criteria": "between", "minimum": validation.minimum, "maximum": validation.maximum}
        return options | limits | {"validate": validation.kind}
    if validation.kind == "length":
        return options | {"validate": "length", "criteria": "<=", "value": validation.maximum}
    if validation.kind == "date":
        return options | {"validate": "date", "criteria": ">=", "value": _EARLIEST_DATE}
    return options | {"validate": "any"}


def _highlight_options(highlight: Highlight, formats: Formats) -> dict[str, object]:
    return {"type": "formula", "criteria": f"={highlight.formula}", "format": formats.of(highlight.style)}


def _set_up_print(worksheet: Any, setup: PrintSetup) -> None:
    strictly(worksheet.set_paper, _A4)
    strictly(worksheet.set_landscape if setup.orientation == "landscape" else worksheet.set_portrait)
    strictly(worksheet.set_margins, **_MARGINS)
    strictly(worksheet.center_horizontally)
    if setup.repeat_columns:
        strictly(worksheet.repeat_columns, *setup.repeat_columns)
    if setup.scale:
        strictly(worksheet.set_print_scale, setup.scale)
        strictly(worksheet.set_h_pagebreaks, setup.breaks)
    elif not setup.repeat_columns:
        strictly(worksheet.fit_to_pages, 1, 0)
    strictly(worksheet.print_area, *setup.area)
    if setup.repeat:
        strictly(worksheet.repeat_rows, *setup.repeat)
    strictly(worksheet.set_footer, "&C第 &P 页  共 &N 页")
