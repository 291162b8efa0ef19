"""Pages, documents and texts as grids: what stands where, held against other readers of the same bytes."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.published import web_grid, web_root
from tests.support.reports import Box, docx_of, docx_table, grid_of, html_table
from tests.support.workbooks import FORM_2021, save, submission_of
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading.documents.docx import read_docx
from xltools.reading.documents.html import read_html
from xltools.reading.documents.html_tokens import Tag, tokens
from xltools.reading.documents.report import read_report
from xltools.reading.documents.text_lines import is_rule, split_cells
from xltools.reading.grid import Grid
from xltools.reading.package import open_package
from xltools.reading.workbooks.workbook import read_workbook

XHTML = "{http://www.w3.org/1999/xhtml}"


def page(body: str) -> Grid:
    return read_html(body.encode(), "a.html", "")


def lines(grid: Grid) -> list[str]:
    """Everything in reading order, cells between bars."""
    sheets = {sheet.name: sheet for sheet in grid.sheets}
    return ["|".join(str(v) for v in _row(sheets[name].values, row)) for name, row in grid.flow]


def _row(values: object, row: int) -> list[object]:
    assert isinstance(values, dict)
    return [value for a1, value in values.items() if a1.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(row + 1)]


def table(grid: Grid, number: int = 1) -> list[list[str]]:
    """A table with every place, covered ones blank."""
    sheet = grid.sheet(f"表格{number}")
    assert sheet is not None
    width = max(sheet.row_widths.values())
    return [
        [str(sheet.values.get(f"{chr(65 + column)}{row + 1}", "")) for column in range(width)]
        for row in sorted(sheet.row_widths)
    ]


@st.composite
def tables(draw: st.DrawFn) -> list[list[Box]]:
    """Tables with any cells merged, so that every place belongs to one cell."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    rows: list[list[Box]] = []
    for row in range(height):
        rows.append([])
        for column in range(width):
            if (row, column) in taken:
                continue
            down, right = (
                draw(st.integers(1, min(3, height - row))),
                draw(st.integers(1, min(3, width - column))),
            )
            places = {(row + d, column + r) for d in range(down) for r in range(right)}
            if places & taken:
                down, right, places = 1, 1, {(row, column)}
            taken |= places
            rows[-1].append(Box(draw(st.sampled_from(["规章", "1", "", "其他", "a<b&c"])), right, down))
    return rows


TABLES = tables().filter(lambda rows: any(len(row) > 1 for row in rows))


@settings(max_examples=60, deadline=None)
@given(rows=TABLES)
def test_merged_cells_stand_where_html5lib_lays_them_out(rows: list[list[Box]]) -> None:
    source = html_table(rows)
    (element,) = web_root(f"<!DOCTYPE html>{source}").iter(f"{XHTML}table")
    theirs = web_grid(element)
    ours = table(page(source))
    for row, texts in enumerate(ours):
        for column, text in enumerate(texts):
            assert not text or theirs[row][column].strip() == text  # theirs repeats what is merged
    assert sum(bool(text) for row in ours for text in row) == sum(
        bool(box.text) for row in rows for box in row
    )


SLOPPY = {
    "end tags left out": "<table><tr><td>规章<td>1<tr><td>文件<td>2</table>",
    "body not closed": "<table><tbody><tr><td>规章</td><td>1</td></tr><tr><td>文件<td>2</td></tr></table>",
    "capitals and spaces": "<TABLE ><TR ><TD >规章</TD ><TD\n>1</TD></TR><TR><TD>文件<TD>2</TABLE>",
    "quotes and signs in values": "<table title='a > b'><tr><td title=\"<td>\">规章</td><td x=1>1</td></tr>"
    "<tr><td>文件<td>2</table>",
    "comments, scripts and styles": "<table><tr><!-- <td>9</td> --><td>规章<script>'<td>9'</script></td><td>1"
    "<style>td{}</style></td></tr><tr><td>文件<td>2</table>",
    "references": "<table><tr><td>&#35268;&#x7ae0;<td>&#49;</tr><tr><td>文件<td>2&nbsp;</table>",
    "foot written first": "<table><tfoot><tr><td>文件<td>2</tfoot><tbody><tr><td>规章<td>1</table>",
    "foot closed by nothing": "<table><tfoot><tr><td>文件<td>2<tbody><tr><td>规章<td>1</table>",
    "inside a paragraph that is not closed": "<p>前<table><tr><td><p>规章<td><p>1<tr><td>文件<td>2</table>",
}


@pytest.mark.parametrize("how", SLOPPY)
def test_sloppy_pages_read_as_a_browser_shows_them(how: str) -> None:
    assert table(page(SLOPPY[how])) == [["规章", "1"], ["文件", "2"]]


def test_layout_tables_are_taken_apart_and_nothing_is_lost() -> None:
    inner = "<table><tr><td>规章</td><td>1</td></tr></table>"
    grid = page(f"<table><tr><td>首页<td><h1>标题</h1><p>前{inner}后</td></tr><tr><td colspan=2>页脚</table>")
    assert lines(grid) == ["首页", "标题", "前", "规章|1", "后", "页脚"]
    assert table(grid) == [["规章", "1"]]


def test_what_a_page_hides_is_left_out() -> None:
    hidden = (
        "<div style='DISPLAY : none'>藏<div>起</div>来</div><p hidden>也藏</p><select><option>选</select>"
    )
    assert lines(page(f"<p>甲{hidden}<p>乙<template>丙</template>")) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("field", "read_as"),
    [
        ("<input value=5>", "5"),
        ("<input type='NUMBER' readonly value=\"1,234\" />件", "1,234件"),
        ("<input value='' placeholder=9>", None),
        ("<input type=hidden value=9>8", "8"),
        ("<input type=checkbox value=9><input value=9 hidden><input value=9 style='display:none'>", None),
        ("<select><option>1<option selected>2<option>3</select>", "2"),
        ("<select name='a'><option value='7' selected='selected'>2</option></select>件", "2件"),
        ("<select><option>0</option><option>1</option></select>", "0"),
        ("<select style='display:none'><option>1</select>5", "5"),
        ("<select></select>", None),
        ("<select><option selected>6", "6"),  # never closed
        ("<textarea rows=1>12</textarea>", "12"),
    ],
)
def test_fields_of_a_form_in_a_table_are_read_as_they_are_filled_in(field: str, read_as: str | None) -> None:
    found = page(f"<table><tr><td>规章<td>{field}<tr><td>文件<td>2</table>")
    assert table(found) == [["规章", read_as or ""], ["文件", "2"]]


def test_fields_of_a_form_outside_of_tables_are_no_text_of_the_report() -> None:
    assert lines(page("<p>甲<input value='搜索'><select><option>市直部门</select><p>乙")) == ["甲", "乙"]


def test_what_is_hidden_by_a_word_alone_is_left_out_whatever_else_is_said() -> None:
    assert lines(page("<p class='a' hidden>藏</p><p>乙")) == ["乙"]


def test_text_outside_of_cells_is_kept() -> None:
    found = lines(page("前<table>散落<tr>游离<td>规章<td>1</table>后"))
    assert sorted(found) == sorted(["前", "散落", "游离", "规章|1", "后"])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<meta charset=gb2312><p>公开〇".encode("gb18030"), "公开〇"),
        ("<p>公开".encode("gb18030"), "公开"),
        ("<p>公开".encode("utf-16"), "公开"),
        ("\ufeff<p>公开".encode(), "公开"),
        ("<meta charset=no-such-thing><p>公开".encode(), "公开"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert lines(read_html(data, "a.html", "")) == [text]


def test_tokens_of_odd_markup() -> None:
    found = list(tokens("a<b<1><!doctype html><?php x?></><br/>&lt;&#99999999999;&#0;<title>x<b></title>"))
    texts = [token for token in found if isinstance(token, str)]
    assert texts[0] == "a"
    assert "x<b>" in texts
    assert [token.name for token in found if isinstance(token, Tag)][-2:] == ["title", "title"]


# ------------------------------------------------------------------ Word


@settings(max_examples=40, deadline=None)
@given(rows=TABLES)
def test_word_tables_keep_merged_cells_in_their_places(rows: list[list[Box]]) -> None:
    assert table(_docx(docx_of(docx_table(rows)))) == [[text or "" for text in row] for row in grid_of(rows)]


def _docx(data: bytes) -> Grid:
    return read_docx(open_package(data), "a.docx")


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str, more: str = "") -> str:
    return f'<w:r>{more}<w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("公") + run("开"), "公开"),
        (f"<w:ins>{run('新增')}</w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "新增"),
        (run("藏", "<w:rPr><w:vanish/></w:rPr>") + run("显", '<w:rPr><w:vanish w:val="0"/></w:rPr>'), "显"),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", "甲\n乙"),
        (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "[公式]",
        ),
        (
            f"<w:hyperlink>{run('链接')}</w:hyperlink><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
            "链接控件",
        ),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("3"), "3"),
        ("<w:moveFrom>" + run("旧处") + "</w:moveFrom><w:moveTo>" + run("新处") + "</w:moveTo>", "新处"),
    ],
)
def test_words_of_a_paragraph(inner: str, text: str) -> None:
    assert "\n".join(lines(_docx(docx_of(paragraph(inner))))) == text


def test_rows_that_tracked_changes_deleted_are_gone() -> None:
    rows = [[Box("甲"), Box("1")], [Box("乙"), Box("2")]]
    body = docx_table(rows)
    at = body.index("<w:tr>", body.index("甲"))
    body = body[: at + 6] + "<w:trPr><w:del/></w:trPr>" + body[at + 6 :]
    assert table(_docx(docx_of(body))) == [["甲", "1"]]


# ------------------------------------------------------------------ plain text


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("规章\t0\t\t0", ["规章", "0", "", "0"]),
        ("| 规章 | 0 |  | 0 |", ["规章", "0", "", "0"]),
        ("规章｜0｜0", ["规章", "0", "0"]),
        ("规章      0    0", ["规章", "0", "0"]),
        ("　　根据条例，公布本报告。", ["根据条例，公布本报告。"]),
        ("规章 0 0", ["规章 0 0"]),
    ],
)
def test_cells_of_a_line(line: str, cells: list[str]) -> None:
    assert [cell.strip() for cell in split_cells(line)[0]] == cells


def test_extents_count_wide_characters_twice() -> None:
    assert split_cells("  规章    12")[1] == [(2.0, 6.0), (10.0, 12.0)]


def test_drawn_lines() -> None:
    found = ["|---|---|", "├──┼──┤", "------", "--", "—", "| - | 0 |"]
    assert [line for line in found if is_rule(line)] == ["|---|---|", "├──┼──┤", "------"]


# ------------------------------------------------------------------ recognition


def refused(path: Path) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read_report(path)
    return caught.value


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\0" * 100, "empty"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\0" * 600, ".docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)), "picture"),
        (b"II*\0" + bytes(range(256)), "picture"),
        (bytes(range(256)), "encoding"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (b"PK\x03\x04 no zip", ""),
    ],
)
def test_what_is_no_report_is_said(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(data)
    assert said in refused(path).text.en


def test_an_ofd_document_is_named_as_one(tmp_path: Path) -> None:
    path = tmp_path / "报告.ofd"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("OFD.xml", "<ofd:OFD/>")
        package.writestr("Doc_0/Document.xml", "<ofd:Document/>")
    assert "OFD" in refused(path).text.zh


def test_a_workbook_goes_the_way_of_workbooks(tmp_path: Path) -> None:
    path = save(submission_of(FORM_2021), tmp_path / "报告.docx")
    assert read_report(path) == read_workbook(path)


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("公开".encode())
    assert read_report(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
