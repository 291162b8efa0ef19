"""Worksheets: every kind of cell, and both sheet readers alike."""

# ruff: noqa: E501 - samples of markup read better on one line

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.unit.reading.makers import (
    MAIN,
    OFFICE,
    real_workbook,
    sheet_xml,
    write_sheet,
)
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.excel.values import ErrorValue
from xltools.reading.grid import Sheet
from xltools.reading.workbooks.sheet_fast import read_fast
from xltools.reading.workbooks.sheet_tree import read_tree
from xltools.reading.workbooks.workbook import read_workbook
from xltools.reading.workbooks.workbook_parts import read_shared_strings

STRINGS = ["甲", "", "a_b"]


def first_sheet(path: Path, data: str, **around: str) -> Sheet:
    return read_workbook(write_sheet(path / "a.xlsx", data, **around)).sheets[0]


def cells(text: str) -> str:
    return f'<row r="1">{text}</row>'


# --- both readers -------------------------------------------------------------------------------

PLAIN = {
    "nothing": "",
    "empty rows": '<row r="1"/><row r="2" spans="1:2"></row><row r="3" ht="15" hidden="1"/>',
    "hidden rows": '<row r="2" hidden="true"><c r="A2"><v>1</v></c></row><row r="9" hidden="false"/>',
    "numbers": cells(
        '<c r="A1"><v>1</v></c><c r="B1" s="2" t="n"><v>-7</v></c><c r="C1"><v>1.50</v></c>'
        '<c r="D1"><v>123456789012345</v></c><c r="E1"><v>1234567890123456</v></c><c r="F1"><v>1E-3</v></c>'
        '<c r="G1"><v>-0</v></c><c r="H1"><v>007</v></c><c r="I1"><v>.5</v></c><c r="J1"><v>5.</v></c>'
    ),
    "kinds": cells(
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="b"><v>1</v></c>'
        '<c r="D1" t="b"><v>false</v></c><c r="E1" t="e"><v>#REF!</v></c><c r="F1" t="str"><v>12</v></c>'
        '<c r="G1" t="str"><v> &lt;a&gt; &amp;amp; &quot;&apos; _x0041__x005F_x000D_ </v></c>'
        '<c r="H1" t="d"><v>2020-01-31</v></c><c r="I1" t="str"><v>1.5</v></c>'
    ),
    "formulas": cells(
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f aca="false">IF(A1&lt;&gt;"",&quot;&amp;lt;&quot;,1)</f><v></v></c>'
        '<c r="C1" t="str"><f>""</f></c><c r="D1"><f>A1</f></c><c r="E1" t="e"><f>NA()</f><v>#N/A</v></c>'
        '<c r="F1"><f></f><v></v></c><c r="G1" s="1"><f>B1</f><v/></c><c r="H1"><f>B1</f><v /></c>'
    ),
    "blank": cells(
        '<c r="A1" s="3"/><c r="B1"/><c r="C1" s="4"></c><c r="D1" t="n"/><c r="E1" t="str"><v></v></c>'
    ),
    "chinese": cells(
        '<c r="A1" t="str"><f>IF(\'审核 é\'!A1="不符","×","√ &amp; 😀")</f><v>缺3格 &lt; é</v></c>'
        '<c r="B1" t="str"><f>"a"</f><v>√\x85\xa0</v></c>'
    ),
    "markup as text": cells(
        '<c r="A1" t="str"><v>&lt;c r="B1"&gt;&lt;v&gt;9&lt;/v&gt; hidden="1" min="1"</v></c>'
        '<c r="C1"><f>"/&gt;&lt;/c&gt;"</f><v>1</v></c><c r="D1" t="str"><v>> /> "</v></c>'
    ),
}
ODD = {
    "comment": cells('<c r="A1"><v>1<!-- 5 -->2</v></c>'),
    "commented cell": cells('<c r="A1"><v>1</v></c><!-- <c r="B1"><v>2</v></c> -->'),
    "cdata": cells('<c r="A1" t="str"><v><![CDATA[<v>1</v>]]></v></c>'),
    "processing instruction": cells('<c r="A1"><v>1</v></c><?x <c r="B1"/>?>'),
    "order of attributes": cells('<c t="str" s="1" r="A1"><v>1</v></c>'),
    "quotes": cells("<c r='A1' t='str'><v>1</v></c>"),
    "space": cells('\n <c  r="A1" >\n  <v>1</v> </c >\n'),
    "more attributes": cells('<c r="A1" cm="1" ph="0"><v>1</v></c>'),
    "value before formula": cells('<c r="A1"><v>1</v><f>1</f></c>'),
    "two values": cells('<c r="A1"><v>1</v><v>2</v></c>'),
    "references to characters": cells('<c r="A1" t="str"><v>&#x4e2d;&#20013;&#10;</v></c>'),
    "line ends": cells('<c r="A1" t="str"><v>a\r\nb\rc\nd</v></c>'),
    "twice": cells('<c r="A1" s="1"><f>1</f><v>1</v></c><c r="A1"><v>2</v></c>'),
    "outside": cells('<c r="A1"><v>1</v></c><c r="XFE1"><v>2</v></c><c r="A1048577"><v>3</v></c>'),
    "far": cells('<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c>'),
    "no references": "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>",
    "small letters": cells('<c r="b1"><v>1</v></c>'),
    "unknown type": cells('<c r="A1" t="zz"><v>1</v></c>'),
    "no such string": cells('<c r="A1" t="s"><v>3</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1" t="s"><v>x</v></c>'),
    "string index": cells('<c r="A1" t="s"><v>1.5</v></c>'),
    "inline": cells('<c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><r><t>b</t></r><rPh><t>x</t></rPh></is></c>'),
    "elements in the value": cells('<c r="A1"><v>1<b>2</b></v></c>'),
    "cell outside a row": '<c r="A1"><v>1</v></c>',
    "row in a row": '<row r="1"><row r="2"><c r="A2"><v>1</v></c></row></row>',
    "shared": cells('<c r="A1"><f t="shared" ref="A1:B1" si="0">B1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>1</v></c>'),
}  # fmt: skip


@pytest.mark.parametrize("what", PLAIN)
def test_both_readers_alike_on_plain_sheets(what: str) -> None:
    text = sheet_xml(
        PLAIN[what],
        before='<cols><col min="2" max="3" hidden="1"/><col min="9" max="16384" hidden="true"/><col min="5" max="5"/></cols>',
        after='<sheetProtection sheet="1"/><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>',
    )
    fast = read_fast(text.encode(), STRINGS)
    assert fast is not None
    assert fast == read_tree(text, "part", "S", STRINGS)
    assert (fast.protected, fast.merges, fast.hidden_columns[:3], fast.hidden_columns[-1]) == (
        True,
        ("A1:C1",),
        (1, 2, 8),
        1023,
    )


@pytest.mark.parametrize("what", ODD)
def test_odd_sheets_are_left_to_the_parser_or_read_alike(what: str) -> None:
    fast = read_fast(sheet_xml(ODD[what]).encode(), STRINGS)
    tree = read_tree(sheet_xml(ODD[what]), "part", "S", STRINGS)
    assert fast is None or fast == tree


ROW = cells('<c r="A1"><v>1</v></c>')


@pytest.mark.parametrize(
    "text",
    [
        sheet_xml(ROW, after='<!-- <sheetProtection sheet="1"/> --><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
        sheet_xml(ROW, after='<extLst><ext><mergeCells><mergeCell ref="A1:B1"/></mergeCells></ext></extLst>'),
        sheet_xml(ROW, after='<x:a xmlns:x="y"><sheetProtection sheet="1"/></x:a>'),
        sheet_xml(ROW, after='<a xmlns="y"/>'),
        sheet_xml(ROW, after="<sheetProtection sheet='1'/>"),
        sheet_xml(ROW, after='<protectedRanges/><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
        sheet_xml(ROW, before='<cols> <col hidden="1" max="2" min="1"/></cols>'),
        sheet_xml(ROW, before='<cols><col hidden="1" max="2" min="1"/></cols>'),
        sheet_xml(ROW, before='<cols><col max="2" hidden="1" min="1" bestFit="1"/></cols>'),
        sheet_xml(ROW, before='<a><cols><col hidden="1" max="2" min="1"/></cols></a>'),
        sheet_xml(ROW, before='<?pi <sheetData>?>'),
        sheet_xml(ROW, before="<sheetData/>"),
        sheet_xml(ROW, after="<sheetData/>"),
        sheet_xml(ROW, namespace="urn:other"),
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        f'<worksheet xmlns="{MAIN}"><a><sheetData>{ROW}</sheetData></a></worksheet>',
        f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{ROW}</sheetData><drawing r:id="r"/></worksheet>\n',
    ],
)  # fmt: skip
def test_both_readers_alike_around_the_cells(text: str) -> None:
    tree = read_tree(text, "part", "S", STRINGS)
    fast = read_fast(text.encode(), STRINGS)
    assert fast is None or fast == tree


@pytest.mark.parametrize(
    "text",
    [
        sheet_xml(cells('<c r="A1"><f><v>1</v></c>')),
        sheet_xml(cells('<c r="A1"><v>1</c></v>')),
        sheet_xml('<row r="1"><c r="A1"/>'),
        sheet_xml(cells('<c r="A1" t="str"><v>a&nope;</v></c>')),
        sheet_xml(cells('<c r="A1" t="str"><v>a]]></v></c>')),
        sheet_xml(cells('<c r="A1" t="str"><v>a\x01</v></c>')),
        sheet_xml(cells('<c r="A1"><f>a\x01</f></c>')),
        sheet_xml(cells('<c r="A1"><f>a & b</f></c>')),
        sheet_xml(ROW, after="<a>"),
        sheet_xml(ROW, before="</worksheet><worksheet>"),
        sheet_xml(ROW, after='</worksheet><worksheet xmlns="x">'),
        sheet_xml(ROW, after="<x:a/>"),
    ],
)
def test_both_readers_refuse_what_is_not_well_formed(text: str) -> None:
    with pytest.raises(UnreadableFileError):
        read_tree(text, "part", "S", STRINGS)
    assert read_fast(text.encode(), STRINGS) is None


@pytest.mark.parametrize("seed", range(6))
def test_both_readers_alike_on_real_files(tmp_path: Path, seed: int) -> None:
    path = real_workbook(tmp_path / "a.xlsx", seed=seed, rows=3 + seed * 7)
    with zipfile.ZipFile(path) as archive:
        strings = read_shared_strings(archive.read("xl/sharedStrings.xml").decode(), "strings")
        for number in (1, 2, 3):
            text = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            fast = read_fast(text.encode(), strings)
            assert fast is not None, "the issued workbooks must take the quick way"
            assert fast == read_tree(text, "part", "S", strings)


@pytest.mark.parametrize(
    "data",
    [
        sheet_xml(cells('<c r="A1" t="str"><v>中</v></c>')).encode("gb18030"),
        sheet_xml(cells("<c r=\"A1\"><f>'中'!A1</f></c>")).encode("gb18030"),
        sheet_xml(ROW, after='<x a="中"/>').encode("gb18030"),
        sheet_xml(ROW).replace("UTF-8", "gb2312").encode(),
        sheet_xml(ROW).encode("utf-16"),
        sheet_xml(ROW).encode("utf-8-sig"),
        sheet_xml(cells('<c r="A1" t="str"><v>\0</v></c>')).encode(),
        sheet_xml(cells('<c r="A1" t="str"><v>\ufffe</v></c>')).encode(),
    ],
)
def test_other_encodings_are_left_to_the_parser(data: bytes) -> None:
    assert read_fast(data, STRINGS) is None


# --- single cells -------------------------------------------------------------------------------


def test_values_of_every_kind(tmp_path: Path) -> None:
    values = first_sheet(tmp_path, PLAIN["numbers"]).values
    assert values == {
        "A1": 1, "B1": -7, "C1": 1.5, "D1": 123456789012345, "E1": 1234567890123456.0,
        "F1": 0.001, "G1": 0, "H1": 7, "I1": 0.5, "J1": 5.0,
    }  # fmt: skip
    assert [type(values[name]) for name in ("A1", "B1", "C1", "D1", "E1", "J1")] == [
        int,
        int,
        float,
        int,
        float,
        float,
    ]


@pytest.mark.parametrize(
    "text",
    ["nan", "NaN", "inf", "-INF", "1e999", "-1e300", "1_000", "１２", "0x10", "1,5", "1 2", "--1", "٣"],
)
@pytest.mark.parametrize("kind", ['t="n"', ""])
def test_what_is_no_number_becomes_an_error_with_a_note(tmp_path: Path, text: str, kind: str) -> None:
    grid = read_workbook(write_sheet(tmp_path / "a.xlsx", cells(f'<c r="B1" {kind}><v>{text}</v></c>')))
    assert isinstance(grid.sheets[0].values["B1"], ErrorValue)
    (note,) = grid.notes
    assert (note.code, note.place.sheet, note.place.cell) == ("FILE-CELLS-SKIPPED", "S1", "B1")


def test_spaces_around_numbers(tmp_path: Path) -> None:
    assert first_sheet(tmp_path, cells('<c r="A1"><v> 5\n</v></c>')).values == {"A1": 5}


def test_cells_and_rows_without_references(tmp_path: Path) -> None:
    data = (
        '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row><c/><c><v>4</v></c></row>'
        '<row r="9"><c><v>5</v></c></row><row><c><v>6</v></c></row>'
    )
    assert first_sheet(tmp_path, data).values == {"A1": 1, "D1": 2, "E1": 3, "B2": 4, "A9": 5, "A10": 6}


def test_far_cells_take_no_room(tmp_path: Path) -> None:
    started = time.process_time()
    sheet = first_sheet(
        tmp_path, ODD["far"], after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        before='<cols><col min="1" max="16384" hidden="1"/><col min="1" max="999999999" hidden="1"/></cols>',
    )  # fmt: skip
    assert sheet.values == {"A1": 1, "XFD1048576": 2}
    assert (sheet.merges, len(sheet.hidden_columns)) == (("A1:XFD1048576",), 1024)
    assert time.process_time() - started < 20  # a hang, not a speed: processor time


def test_cells_outside_the_sheet_are_left_out_with_a_note(tmp_path: Path) -> None:
    grid = read_workbook(write_sheet(tmp_path / "a.xlsx", ODD["outside"]))
    assert grid.sheets[0].values == {"A1": 1}
    assert [note.code for note in grid.notes] == ["FILE-CELLS-SKIPPED"] * 2


def test_the_later_of_two_cells_counts_with_a_note(tmp_path: Path) -> None:
    grid = read_workbook(write_sheet(tmp_path / "a.xlsx", ODD["twice"]))
    assert (grid.sheets[0].values, grid.sheets[0].formulas, grid.sheets[0].styles) == ({"A1": 2}, {}, {})
    assert [note.place.cell for note in grid.notes] == ["A1"]


def test_many_notes_are_counted(tmp_path: Path) -> None:
    data = cells("".join(f'<c r="A{n}"><v>x</v></c>' for n in range(1, 101)))
    notes = read_workbook(write_sheet(tmp_path / "a.xlsx", data)).notes
    assert len(notes) == 21
    assert "80" in notes[-1].message.en


def test_inline_and_rich_strings(tmp_path: Path) -> None:
    assert first_sheet(tmp_path, ODD["inline"]).values == {"A1": "a", "B1": "b"}


def test_empty_results_and_blanks(tmp_path: Path) -> None:
    sheet = first_sheet(tmp_path, PLAIN["formulas"])
    assert {name: sheet.values.get(name) for name in ("A1", "B1", "C1", "D1", "F1", "G1")} == {
        "A1": 2, "B1": "", "C1": "", "D1": None, "F1": None, "G1": "",
    }  # fmt: skip
    assert sheet.formulas["B1"] == 'IF(A1<>"","&lt;",1)'
    assert first_sheet(tmp_path, PLAIN["blank"]).values == {}


def test_array_formulas_keep_their_text(tmp_path: Path) -> None:
    sheet = first_sheet(tmp_path, cells('<c r="A1"><f t="array" ref="A1:A2">SUM(B1:B2*2)</f><v>1</v></c>'))
    assert sheet.formulas == {"A1": "SUM(B1:B2*2)"}


SHARED = "A1+$A1+A$1+$A$1&\"A1 'x\"&'A1 b'!B2+Sheet1!C3:D$4+SUM(A:B,$A:B,1:2)+LOG10(A1)+abc1x+A1.b+Table1[A1]+#REF!+XFD1+é.A1"


def shared_sheet(formula: str) -> str:
    text = formula.replace("&", "&amp;").replace('"', "&quot;")
    return (
        f'<row r="1"><c r="F1"><f t="shared" ref="F1:H9" si="0">{text}</f><v>1</v></c></row>'
        '<row r="3"><c r="H3"><f t="shared" si="0"/><v>1</v></c><c r="I3"><f t="shared" si="7"/><v>1</v></c></row>'
    )


def test_shared_formulas_are_expanded(tmp_path: Path) -> None:
    grid = read_workbook(write_sheet(tmp_path / "a.xlsx", shared_sheet(SHARED)))
    assert grid.sheets[0].formulas == {
        "F1": SHARED,
        "H3": "C3+$A3+C$1+$A$1&\"A1 'x\"&'A1 b'!D4+Sheet1!E5:F$4+SUM(C:D,$A:D,3:4)+LOG10(C3)+abc1x+A1.b+Table1[A1]+#REF!"
        "+#REF!+é.A1",
        "I3": "",
    }
    assert [note.place.cell for note in grid.notes] == ["I3"]


def test_shared_formulas_agree_with_openpyxl(tmp_path: Path) -> None:
    formula = "IF(A1>$B$2,SUM(A1:C$3),INDEX($A:$C,ROW(),2))&\"B2\"&'x y'!A1"
    path = write_sheet(
        tmp_path / "a.xlsx", shared_sheet(formula.replace(">", "&gt;")).replace("&amp;gt;", "&gt;")
    )
    ours = read_workbook(path).sheets[0].formulas["H3"]
    assert f"={ours}" == openpyxl.load_workbook(path).worksheets[0]["H3"].value


def test_a_bomb_of_shared_formulas(tmp_path: Path) -> None:
    children = "".join(f'<c r="B{n}"><f t="shared" si="0"/></c>' for n in range(1, 100_000))
    data = cells(f'<c r="A1"><f t="shared" si="0">{"A1+" * 2_700}1</f></c>{children}')
    started = time.process_time()
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(write_sheet(tmp_path / "a.xlsx", data))
    assert caught.value.code == "FILE-UNSAFE"
    assert time.process_time() - started < 20  # a hang, not a speed: processor time
