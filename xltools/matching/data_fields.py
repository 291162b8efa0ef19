"""The fields of a row of data: what columns may be called, and what a field says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xltools.diagnostics.exceptions import UsageError
from xltools.excel.limits import MAX_CELL_TEXT, MAX_COMPUTABLE
from xltools.excel.values import Number, plain
from xltools.model.period import Period
from xltools.model.tidy import TIDY_COLUMNS, Datum
from xltools.reading.roster import ROSTER_COLUMNS, column_key
from xltools.reading.workbooks.cell_values import to_number

SOURCE, FORM, PERIOD, YEAR, MONTH, CELL, VALUE, TEXT = (
    "source",
    "form",
    "period",
    "year",
    "month",
    "cell",
    "value",
    "text",
)
UNIT_CODE, UNIT_NAME, LEVEL = "unit_code", "unit_name", "unit_level"
_OF_ROSTER = {"code": UNIT_CODE, "name": UNIT_NAME, "level": LEVEL, "parent": "parent"}
_MEANINGS = {
    **{heading: _OF_ROSTER[column] for heading, column in ROSTER_COLUMNS.items() if column in _OF_ROSTER},
    "表式": FORM,
    "报告期": PERIOD,
    "年度": YEAR,
    "月份": MONTH,
    "单元格": CELL,
    "单元格编号": CELL,
    "数字": VALUE,
    "数值": VALUE,
    "文字": TEXT,
}

USED = frozenset(column.name for column in TIDY_COLUMNS) | {"parent"}
"""Columns that say something of their row; those of labels and sources need not be read again."""


@lru_cache(maxsize=1024)
def meaning_of(heading: str) -> str:
    """The name of the column that a heading stands for, else the heading itself."""
    return _MEANINGS.get(column_key(heading), heading.strip())


def text_of(datum: Datum) -> str:
    """A field as text; whole numbers without decimals, since codes are often stored as numbers."""
    return "" if datum is None else str(plain(datum))


def figure_of(datum: Datum) -> Number | None:
    """The number in a field; None for anything else. A text must be a number in strict notation."""
    if isinstance(datum, str):
        datum = to_number(datum.strip())
    shown = plain(datum)
    is_figure = (
        isinstance(shown, (int, float)) and not isinstance(shown, bool) and abs(shown) < MAX_COMPUTABLE
    )
    return shown if is_figure and not isinstance(shown, str) else None


def is_storable(text: str) -> bool:
    """Whether a cell can hold the text: its limit counts UTF-16 units, and half a character is none."""
    try:
        return len(text.encode("utf-16-le")) <= 2 * MAX_CELL_TEXT
    except UnicodeEncodeError:
        return False


def period_of(fields: Mapping[str, Datum]) -> tuple[str, Period | None]:
    """The period of a row as it is said (empty: it is not) and as it is understood."""
    said = text_of(fields.get(PERIOD)).strip()
    if not said:
        parts = [text_of(fields.get(name)).strip() for name in (YEAR, MONTH)]
        said = "-".join(part for part in parts if part)
    try:
        return said, Period.parse(said) if said else None
    except UsageError:
        return said, None
