"""A plan to the bytes of an .xlsx file. The same plan and password always give the same bytes."""

from __future__ import annotations

import io

from xltools.layout.plan import WorkbookPlan
from xltools.writing.charts import insert_chart
from xltools.writing.files import CREATED
from xltools.writing.formats import Formats
from xltools.writing.row_block import BlockWorksheet
from xltools.writing.sheet import write_sheet
from xltools.writing.strict import ProtectedWorkbook, strictly, warnings_as_errors

_OPTIONS = {
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def render_workbook(plan: WorkbookPlan, password: str = "") -> bytes:
    """The workbook as bytes; ``password`` guards the locks (empty: locked without a password).

    Raises WritingError where the plan asks for something the file format cannot hold, OSError where the
    disk has no room for what a large sheet sets aside.
    """
    buffer = io.BytesIO()
    with warnings_as_errors():
        _render(plan, buffer, password)
    return buffer.getvalue()


def document_properties(plan: WorkbookPlan) -> dict[str, object]:
    """What the file says about itself (docProps/core.xml)."""
    return {"title": plan.title, "subject": plan.subject, "author": "xltools", "created": CREATED}


def _render(plan: WorkbookPlan, buffer: io.BytesIO, password: str) -> None:
    # A large part would take its size several times over in memory; small ones are quicker there.
    in_memory = not any(sheet.block for sheet in plan.sheets)
    options = {**_OPTIONS, "in_memory": in_memory}
    workbook = ProtectedWorkbook(buffer, options, password, locked=plan.protected)
    workbook.set_properties(document_properties(plan))
    workbook.set_calc_mode("auto")
    formats = Formats(workbook)
    for sheet in plan.sheets:
        kind = BlockWorksheet if sheet.block else None
        worksheet = strictly(workbook.add_worksheet, sheet.name, kind)
        write_sheet(worksheet, sheet, formats)
        for chart in sheet.charts:
            insert_chart(workbook, worksheet, sheet.name, chart)
        if plan.protected:
            strictly(worksheet.protect, password, dict(_PROTECTION))
    for name, reference in plan.names.items():
        strictly(workbook.define_name, name, f"={reference}")
    workbook.get_worksheet_by_name(plan.sheets[0].name).activate()
    strictly(workbook.close)
