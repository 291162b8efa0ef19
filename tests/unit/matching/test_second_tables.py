"""Last year's table beside this year's: neither is read, and that is said; a table on two pages is one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.support.reports import (
    FLATTENINGS,
    Rows,
    as_docx,
    as_html,
    as_text,
    docx_table,
    html_table,
    numbered,
    table_rows,
)
from tests.support.workbooks import FORM_2021, submission_of
from tests.unit.matching.test_documents import imported
from xltools.checking.result import CheckedFile
from xltools.excel.values import Value
from xltools.model.outcomes import with_totals
from xltools.model.submission import Submission

THIS_YEAR = submission_of(FORM_2021, numbered(FORM_2021))
LAST_YEAR = replace(
    THIS_YEAR,
    values={id_: number + 500 for id_, number in numbered(FORM_2021).items()},  # type: ignore[operator]
)
TABLE = next(table for table in FORM_2021.tables if table.id == "t3")
HEADING = "四、政府信息公开行政复议、行政诉讼情况"
CAPTION = "附：上年度情况"


def rows_of(submission: Submission) -> Rows:
    return table_rows(submission, TABLE)


def figures(read: CheckedFile) -> Mapping[str, Value]:
    assert read.submission is not None
    return {id_: v for id_, v in read.submission.values.items() if id_.startswith("t3.") and v is not None}


def is_refused(read: CheckedFile) -> None:
    assert not figures(read)
    assert [f for f in read.findings if f.code == "TABLE-AMBIGUOUS" and f.blocks]
    assert read.submission is not None
    others = {id_: v for id_, v in with_totals(THIS_YEAR).items() if not id_.startswith("t3.")}
    assert {id_: read.submission.values[id_] for id_ in others} == others


def text_with(way: str, lines: list[str]) -> str:
    text = as_text(THIS_YEAR, FLATTENINGS[way])
    at = text.index(f"\n{HEADING}")
    return "\n".join([text[:at], CAPTION, *lines, text[at:]])


@pytest.mark.parametrize("first_rows", [0, 6], ids=["whole", "this year's without six rows"])
@pytest.mark.parametrize("way", FLATTENINGS)
def test_a_second_table_in_text_leaves_no_figure(way: str, first_rows: int) -> None:
    text = text_with(way, FLATTENINGS[way](rows_of(LAST_YEAR)))
    if first_rows:
        this, short = rows_of(THIS_YEAR), rows_of(THIS_YEAR)[:-first_rows]
        text = text.replace("\n".join(FLATTENINGS[way](this)), "\n".join(FLATTENINGS[way](short)), 1)
    is_refused(imported(text, ".txt"))


@pytest.mark.parametrize("first_rows", [0, 6], ids=["whole", "this year's without six rows"])
def test_a_second_table_on_a_page_leaves_no_figure(first_rows: int) -> None:
    page = as_html(THIS_YEAR).decode()
    own = html_table(rows_of(THIS_YEAR))
    assert own in page
    short = html_table(rows_of(THIS_YEAR)[: -first_rows or None])
    last = html_table(rows_of(LAST_YEAR))
    is_refused(imported(page.replace(own, f"{short}<p>{CAPTION}</p>{last}"), ".html"))


def test_a_second_table_in_lines_below_a_real_one_leaves_no_figure() -> None:
    page = as_html(THIS_YEAR).decode()
    own, short = html_table(rows_of(THIS_YEAR)), html_table(rows_of(THIS_YEAR)[:-1])
    last = "".join(f"<p>{line}</p>" for line in FLATTENINGS["one a line"](rows_of(LAST_YEAR)))
    is_refused(imported(page.replace(own, f"{short}<p>{CAPTION}</p>{last}"), ".html"))


def test_a_second_table_in_a_word_document_leaves_no_figure() -> None:
    data = as_docx(THIS_YEAR)
    own, last = docx_table(rows_of(THIS_YEAR)), docx_table(rows_of(LAST_YEAR))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            new.writestr(name, part.replace(own, f"{own}<w:p/>{last}"))
    is_refused(imported(buffer.getvalue(), ".docx"))


@pytest.mark.parametrize("split", [4, 9, 28])
@pytest.mark.parametrize("way", FLATTENINGS)
def test_a_table_that_goes_on_under_its_header_again_is_one(way: str, split: int) -> None:
    rows = rows_of(THIS_YEAR)
    whole = "\n".join(FLATTENINGS[way](rows))
    text = as_text(THIS_YEAR, FLATTENINGS[way])
    assert whole in text
    parts = [rows[:split], [*rows[:3], *rows[split:]]]
    read = imported(
        text.replace(whole, "\n".join(line for p in parts for line in FLATTENINGS[way](p))), ".txt"
    )
    assert read.submission is not None
    assert dict(read.submission.values) == with_totals(THIS_YEAR)
