"""A planned chart as a native one: readable in grey print, in the fonts of the workbook."""

from __future__ import annotations

from typing import Any

from xltools.layout.plan import PlannedChart
from xltools.layout.styles import BLUE, FAINT, FONT, HEADING_FONT, INK
from xltools.writing.strict import strictly

_TEXT = {"name": FONT, "size": 9, "color": INK}
_LABEL_AT = {"line": "above", "bar": "outside_end"}
_GRID = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
_LINES = (
    {"color": BLUE, "width": 2.25},
    {"color": INK, "width": 1.75, "dash_type": "dash"},
    {"color": FAINT, "width": 1.75, "dash_type": "round_dot"},
    {"color": "#A6A6A6", "width": 1.75, "dash_type": "long_dash_dot"},
)
"""Lines differ in dash and lightness, so that they can be told apart without colour."""
_MARKERS = ("circle", "square", "triangle", "diamond")
_FILLS = (BLUE, "#BFBFBF", "#595959", "#E2E2E2")
_GAP = 45


def insert_chart(workbook: Any, worksheet: Any, sheet: str, plan: PlannedChart) -> None:
    """Put the chart onto its sheet; raises WritingError."""
    chart = strictly(workbook.add_chart, {"type": plan.kind})
    for number, series in enumerate(plan.series):
        look = _line(number) if plan.kind == "line" else _bar(number)
        options = {
            "name": series.name,
            "categories": [sheet, *plan.labels],
            "values": [sheet, *series.values],
            "data_labels": {"value": True, "font": _TEXT, "position": _LABEL_AT[plan.kind]},
        }
        strictly(chart.add_series, options | look)
    strictly(chart.set_title, {"name": plan.title, "name_font": {"name": HEADING_FONT, "size": 12}})
    words = {"num_font": _TEXT}
    if plan.kind == "bar":
        # Bars count from the bottom; turned over, the first stands on top as in the table beside.
        # Every bar says its figure: an axis would only say it again.
        strictly(chart.set_x_axis, {"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        strictly(chart.set_y_axis, words | {"reverse": True, "major_gridlines": {"visible": False}})
    else:
        strictly(chart.set_x_axis, words)
        strictly(chart.set_y_axis, {"num_font": _TEXT, "min": 0, "major_gridlines": _GRID})
    legend = {"position": "bottom", "font": _TEXT} if len(plan.series) > 1 else {"none": True}
    strictly(chart.set_legend, legend)
    strictly(chart.set_size, {"width": plan.width, "height": plan.height})
    strictly(worksheet.insert_chart, plan.row, plan.column, chart, {"object_position": 1, "y_offset": 4})


def _bar(number: int) -> dict[str, object]:
    return {
        "fill": {"color": _FILLS[number % len(_FILLS)]},
        "border": {"color": INK, "width": 0.5},
        "gap": _GAP,
    }


def _line(number: int) -> dict[str, object]:
    line = _LINES[number % len(_LINES)]
    marker = {
        "type": _MARKERS[number % len(_MARKERS)],
        "size": 7,
        "fill": {"color": line["color"]},
        "border": {"color": line["color"]},
    }
    return {"line": line, "marker": marker}
