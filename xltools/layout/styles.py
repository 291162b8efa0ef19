"""The looks of a workbook: one named style a purpose, defined once.

Colours are backed by something that survives a grey print and colour blindness: input cells are
the only ones with a light fill and thin blue frame, totals are bold on grey, failing cells are bold
with a heavy frame, and the state stands beside them in words. Fills differ in lightness: input
97 %, total 87 %, warning 90 %, failure 80 %.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Property = str | int | bool

FONT = "宋体"
HEADING_FONT = "黑体"
INK, FAINT, BLUE = "#1F1F1F", "#595959", "#0B5394"
INPUT_FILL, TOTAL_FILL, HEAD_FILL = "#EAF3FB", "#E2E2E2", "#F3F3F3"
WARN_FILL, FAIL_FILL = "#FFE699", "#F4B183"


class Style(StrEnum):
    """What a cell is for."""

    TITLE = "title"
    TITLE_LEFT = "title_left"
    SUBTITLE = "subtitle"
    SUBTITLE_LINED = "subtitle_lined"
    TITLE_LINED = "title_lined"
    TITLE_LINE = "title_line"
    HEAD = "head"
    LABEL = "label"
    CENTERED = "centered"
    BLOCK = "block"
    INPUT = "input"
    INPUT_DECIMAL = "input_decimal"
    INPUT_TEXT = "input_text"
    INPUT_CENTERED = "input_centered"
    INPUT_FIELD = "input_field"
    INPUT_DATE = "input_date"
    FIXED = "fixed"
    TOTAL = "total"
    PLAIN = "plain"
    PLAIN_BOLD = "plain_bold"
    NOTE = "note"
    MARK = "mark"
    STATE = "state"
    FIGURE = "figure"
    PERCENT = "percent"
    CHANGE = "change"
    CODE = "code"
    CODE_SHRUNK = "code_shrunk"
    UNUSED = "unused"
    LINK = "link"
    ALERT = "alert"
    ALERT_LINED = "alert_lined"
    FRAME = "frame"
    SEAL = "seal"
    HIDDEN = "hidden"
    LOCKED_TEXT = "locked_text"
    FAIL = "fail"
    FAIL_UNFRAMED = "fail_unframed"
    WARN = "warn"
    SAMPLE_FAIL = "sample_fail"
    SAMPLE_WARN = "sample_warn"


class Emphasis(StrEnum):
    """How a cell that a finding points to stands out, whatever its style."""

    ACT = "act"
    NOTICE = "notice"


_BASE: dict[str, Property] = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"}
_BOXED: dict[str, Property] = {"border": 1, "border_color": "#808080"}
_OPEN: dict[str, Property] = {"locked": False, "bg_color": INPUT_FILL}
_FAIL: dict[str, Property] = {
    "bold": True,
    "font_color": "#7F1D1D",
    "bg_color": FAIL_FILL,
    "border": 1,
    "border_color": "#000000",
}
_FAIL_UNFRAMED = {name: value for name, value in _FAIL.items() if not name.startswith("border")}
_WARN: dict[str, Property] = {"bold": True, "font_color": "#5F4B00", "bg_color": WARN_FILL}

STYLES: Mapping[Style, Mapping[str, Property]] = {
    Style.TITLE: _BASE | {"font_name": HEADING_FONT, "font_size": 16, "align": "center"},
    Style.TITLE_LEFT: _BASE | {"font_name": HEADING_FONT, "font_size": 14},
    Style.SUBTITLE: _BASE | {"font_size": 13, "align": "center", "font_color": FAINT},
    Style.SUBTITLE_LINED: _BASE | {"align": "center", "font_color": FAINT, "text_wrap": True},
    Style.TITLE_LINED: _BASE
    | {"font_name": HEADING_FONT, "font_size": 16, "align": "center", "text_wrap": True},
    Style.TITLE_LINE: _BASE | {"bold": True},
    Style.HEAD: _BASE
    | _BOXED
    | {"font_name": HEADING_FONT, "align": "center", "text_wrap": True, "bg_color": HEAD_FILL},
    Style.LABEL: _BASE | _BOXED | {"text_wrap": True, "indent": 1},
    Style.CENTERED: _BASE | _BOXED | {"text_wrap": True, "align": "center"},
    Style.BLOCK: _BASE | _BOXED | {"font_name": HEADING_FONT, "align": "center", "bg_color": HEAD_FILL},
    Style.INPUT: _BASE | _BOXED | _OPEN | {"align": "right", "indent": 1, "num_format": "0"},
    Style.INPUT_DECIMAL: _BASE | _BOXED | _OPEN | {"align": "right", "indent": 1},
    Style.INPUT_TEXT: _BASE | _BOXED | _OPEN | {"text_wrap": True, "valign": "top", "num_format": "@"},
    Style.INPUT_CENTERED: _BASE | _BOXED | _OPEN | {"align": "center", "text_wrap": True},
    Style.INPUT_FIELD: _BASE | _BOXED | _OPEN | {"align": "center", "text_wrap": True, "num_format": "@"},
    Style.INPUT_DATE: _BASE | _BOXED | _OPEN | {"align": "center", "num_format": "yyyy-mm-dd"},
    Style.FIXED: _BASE | _BOXED | {"align": "right", "indent": 1, "bg_color": HEAD_FILL},
    Style.TOTAL: _BASE | _BOXED | {"align": "right", "indent": 1, "bold": True, "bg_color": TOTAL_FILL},
    Style.PLAIN: _BASE | {"text_wrap": True, "valign": "top"},
    Style.PLAIN_BOLD: _BASE | {"bold": True},
    Style.NOTE: _BASE | {"font_size": 10, "font_color": FAINT, "text_wrap": True},
    Style.MARK: _BASE | {"font_size": 9, "align": "center", "font_color": FAINT},
    Style.STATE: _BASE | _BOXED | {"align": "center"},
    Style.FIGURE: _BASE | _BOXED | {"align": "right", "indent": 1},
    Style.PERCENT: _BASE | _BOXED | {"align": "right", "indent": 1, "num_format": "+0.0%;-0.0%;0.0%"},
    Style.CHANGE: _BASE | _BOXED | {"align": "right", "indent": 1, "num_format": "+General;-General;0"},
    Style.CODE: _BASE | _BOXED | {"font_size": 9, "font_color": FAINT},
    Style.CODE_SHRUNK: _BASE | _BOXED | {"font_size": 9, "font_color": FAINT, "shrink": True},
    Style.UNUSED: _BOXED | {"bg_color": HEAD_FILL},
    Style.LINK: _BASE | _BOXED | {"align": "center", "font_color": BLUE, "underline": 1},
    Style.ALERT: _BASE | {"bold": True, "font_size": 12},
    Style.ALERT_LINED: _BASE | {"bold": True, "font_size": 12, "text_wrap": True},
    Style.FRAME: _BASE,
    Style.SEAL: _BASE | {"border": 4, "align": "center", "font_color": FAINT},
    Style.HIDDEN: {"font_name": FONT, "font_size": 10},
    Style.LOCKED_TEXT: _BASE | _BOXED | {"align": "center", "text_wrap": True, "bg_color": HEAD_FILL},
    Style.FAIL: _FAIL,
    Style.FAIL_UNFRAMED: _FAIL_UNFRAMED,
    Style.WARN: _WARN,
    Style.SAMPLE_FAIL: _BASE | _FAIL | {"align": "center"},
    Style.SAMPLE_WARN: _BASE | _BOXED | _WARN | {"align": "center"},
}

EMPHASIS: Mapping[Emphasis, Mapping[str, Property]] = {
    Emphasis.ACT: {"bold": True, "border": 5, "border_color": "#7F1D1D"},
    Emphasis.NOTICE: {"border": 8, "border_color": "#5F4B00"},
}
"""Added to a cell's style: a thick frame and bold where something is to be done, else a dashed frame."""
