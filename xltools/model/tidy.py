"""Submissions as tidy data: a row a cell, the same columns in every file format."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text

Datum = int | float | str | None
"""What stands in a field of a data file; ``None`` is a blank."""
PREVIOUS_PREFIX = "previous."
"""Before the cell id of a figure of last period."""


_UNSAID = Text("", "")


class RowKind(StrEnum):
    """What a row of data is about."""

    INPUT = "input"
    TOTAL = "total"
    TEXT = "text"
    EXPLANATION = "explanation"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of a data file; ``number`` holds whole numbers and decimals."""

    name: str
    type: Literal["text", "integer", "number"]
    meaning: Text = _UNSAID


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table to write; ``rows`` are gone through once, and need not all exist at the same time."""

    name: str
    columns: tuple[DataColumn, ...]
    rows: Iterable[tuple[Datum, ...]]


class TidyRow(NamedTuple):
    """One cell of one submission; the fields are those of ``TIDY_COLUMNS``."""

    form: str
    period: str | None
    year: int | None
    month: int | None
    unit_code: str | None
    unit_name: str | None
    unit_level: str | None
    source: str
    status: str
    kind: str
    cell: str
    table_label: str | None
    row_label: str | None
    column_label: str | None
    value: int | float | None
    text: str | None
    type: str
    measure: str | None
    file: str | None
    sha256: str | None


TIDY_COLUMNS = (
    DataColumn("form", "text", Text("表式编号", "id of the form")),
    DataColumn("period", "text", Text("报告期：2025 或 2018-03", "period: 2025 or 2018-03")),
    DataColumn("year", "integer", Text("年度", "year of the period")),
    DataColumn("month", "integer", Text("月份；年报为空", "month of the period; blank for a year")),
    DataColumn("unit_code", "text", Text("单位编码", "code of the unit")),
    DataColumn("unit_name", "text", Text("单位名称", "name of the unit")),
    DataColumn("unit_level", "text", Text("级别", "level of the unit")),
    DataColumn(
        "source",
        "text",
        Text(
            "来自：return 报表，summary 汇总表。二者不能加在一起",
            "what the row comes from: return or summary; never add the two up",
        ),
    ),
    DataColumn(
        "status",
        "text",
        Text(
            "该文件的审核结果：ok 通过，explain 待说明，error 有错误",
            "result of the file's check: ok, explain (to be explained) or error",
        ),
    ),
    DataColumn(
        "kind",
        "text",
        Text(
            "本行内容：input 填报数，total 总计，text 文字，explanation 说明，previous 上期数。"
            "加总时先按此列筛选",
            "what the row holds: input, total, text, explanation, or previous (a figure of last period);"
            " filter by it before adding up",
        ),
    ),
    DataColumn(
        "cell",
        "text",
        Text(
            "单元格编号，见本字典；说明为审核关系编号，上期数为 previous. 加单元格编号。"
            "表式、报告期、单位、文件和本列合起来不重复",
            "id of the cell, listed in this dictionary; the rule line of an explanation; previous. and the id"
            " of a figure of last period. Unique together with form, period, unit and file",
        ),
    ),
    DataColumn("table_label", "text", Text("所在的表", "the table the figure stands in")),
    DataColumn("row_label", "text", Text("行的名称，连同上级标题", "label of the row with its headings")),
    DataColumn(
        "column_label", "text", Text("列的名称，连同上级标题", "label of the column with its headings")
    ),
    DataColumn(
        "value",
        "number",
        Text(
            "数字，与工作簿中的完全相同；没有填写的为空",
            "the figure, exactly as in the workbook; blank where nothing is filled in",
        ),
    ),
    DataColumn(
        "text",
        "text",
        Text("文字；应填数字而填了文字的也在此列", "the text; also one that stands where a number is due"),
    ),
    DataColumn(
        "type",
        "text",
        Text("应填的内容：integer 整数，decimal 小数，text 文字", "what is due: integer, decimal or text"),
    ),
    DataColumn("measure", "text", Text("计量单位", "unit of measure")),
    DataColumn("file", "text", Text("来源文件", "file it was read from")),
    DataColumn("sha256", "text", Text("来源文件内容的 SHA-256", "SHA-256 of the bytes of that file")),
)


def needs_duckdb() -> None:
    """Raise UsageError where the optional library for .duckdb and .parquet is not installed."""
    if importlib.util.find_spec("duckdb") is None:
        raise UsageError(
            Text(
                ".parquet 和 .duckdb 文件要用可选的 DuckDB 库：pip install 'xltools[data]'。"
                ".csv、.json、.sqlite 不需要它。",
                ".parquet and .duckdb files need the optional library DuckDB: pip install 'xltools[data]'."
                " .csv, .json and .sqlite do without it.",
            )
        )


@dataclass(frozen=True, slots=True)
class DataResult:
    """What was written: the file, the dictionary beside it (None: it stands inside), how many rows.

    ``files`` counts the files of each status; those in ``unreadable`` (name and reason) gave no rows.
    """

    path: Path
    dictionary: Path | None
    rows: int
    files: Mapping[Status, int]
    unreadable: tuple[tuple[str, Text], ...]


DATA_NAME, DICTIONARY_NAME = "data", "dictionary"
DICTIONARY_COLUMNS = (
    DataColumn("entry", "text"),
    DataColumn("form", "text"),
    DataColumn("name", "text"),
    DataColumn("meaning_zh", "text"),
    DataColumn("meaning_en", "text"),
    DataColumn("table_label", "text"),
    DataColumn("row_label", "text"),
    DataColumn("column_label", "text"),
    DataColumn("kind", "text"),
    DataColumn("type", "text"),
    DataColumn("measure", "text"),
    DataColumn("sheet", "text"),
    DataColumn("place", "text"),
)
"""``entry`` is column (of the data) or cell (of a form); ``place`` where the cell stands in the workbook."""
