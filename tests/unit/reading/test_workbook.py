"""Workbooks: names, styles, strings, odd parts, and agreement with openpyxl and LibreOffice."""

# ruff: noqa: E501 - samples of markup read better on one line

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.unit.reading.makers import (
    HEAD,
    MAIN,
    OFFICE,
    PACKAGE,
    STRICT,
    parts,
    real_workbook,
    sheet_xml,
    write_zip,
)
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.excel.values import ErrorValue
from xltools.reading.grid import Grid
from xltools.reading.workbooks import workbook_parts
from xltools.reading.workbooks.sheet_fast import read_fast
from xltools.reading.workbooks.sheet_tree import read_tree
from xltools.reading.workbooks.workbook import read_workbook
from xltools.reading.workbooks.workbook_parts import read_shared_strings, read_unlocked_styles

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'

# --- the workbook -------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = sheet_xml('<row r="1"><c r="A1" t="str"><v>中</v></c></row>').replace(
        "UTF-8", "UTF-16" if "16" in encoding else "UTF-8"
    )
    grid = read_workbook(write_zip(tmp_path / "a.xlsx", parts(text.encode(encoding))))
    assert grid.sheets[0].values == {"A1": "中"}


@pytest.mark.parametrize(
    "data",
    [
        sheet_xml('<row r="1"><c r="A1" t="str"><v>中</v></c></row>').encode("gb18030"),
        sheet_xml(ROW).replace("UTF-8", "gb2312").encode(),
        sheet_xml(ROW).encode("utf-32"),
        sheet_xml(ROW).replace("<row", "\0<row").encode(),
        b"",
    ],
)
def test_other_encodings_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_workbook(write_zip(tmp_path / "a.xlsx", parts(data)))


def test_strict_workbooks(tmp_path: Path) -> None:
    strings = f'<sst xmlns="{STRICT}"><si><t>甲</t></si></sst>'
    sheet = sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', namespace=STRICT)
    grid = read_workbook(write_zip(tmp_path / "a.xlsx", parts(sheet, strings=strings, strict=True)))
    assert grid.sheets[0].values == {"A1": "甲"}


def test_names_protection_and_dates(tmp_path: Path) -> None:
    more = (
        '<workbookPr date1904="1"/><workbookProtection lockStructure="1"/><definedNames>'
        '<definedName name="a.b">S1!$A$1</definedName><definedName function="false" hidden="false" name="乙" '
        'vbProcedure="false">\'a&amp;b\'!$B$2</definedName><definedName name="local" localSheetId="0">1</definedName>'
        '<definedName function="false" hidden="true" localSheetId="0" name="_xlnm.Print_Area" vbProcedure="false">S1!A1'
        '</definedName><definedName name="_xlnm.X">1</definedName></definedNames>'
    )
    for change in (
        lambda text: text,
        lambda text: text.replace("<definedNames>", "<definedNames><!-- odd -->"),
    ):
        grid = read_workbook(write_zip(tmp_path / "a.xlsx", parts(sheet_xml(ROW), workbook=change(more))))
        assert grid.names == {"a.b": "S1!$A$1", "乙": "'a&b'!$B$2"}
        assert (grid.structure_protected, grid.date_1904) == (True, True)


FORMATS = (
    '<xf numFmtId="0"/><xf><protection locked="0"/></xf><xf applyProtection="0"><alignment wrapText="1"/>'
    '<protection locked="false" hidden="1"/></xf><xf><protection locked="1"/></xf><xf></xf><xf><protection hidden="1"/></xf>'
)


@pytest.mark.parametrize("odd", ["", "<!-- odd -->", " "])
def test_unlocked_styles_are_those_of_the_cell_formats(odd: str) -> None:
    text = (
        f'<styleSheet xmlns="{MAIN}"><cellStyleXfs count="1"><xf><protection locked="0"/></xf></cellStyleXfs>'
        f'<cellXfs count="6">{odd}{FORMATS}</cellXfs><dxfs><dxf><protection locked="0"/></dxf></dxfs></styleSheet>'
    )
    assert read_unlocked_styles(text, "styles") == {1, 2}


STRING_ITEMS = (
    "<si><t>甲</t></si>", '<si><t xml:space="preserve"> b </t><phoneticPr fontId="1" type="noConversion"/></si>',
    '<si><r><t>c</t></r><r><rPr><b val="1"/><sz val="11"/></rPr><t xml:space="preserve"> &amp;lt;</t></r></si>',
    "<si><t></t></si>", "<si><t>_x000D__x005F_x0041_ _xD83D__xDE00_ _xD800_</t></si>",
    "<si><t>&lt;rPr> xml:space=\"preserve\" &quot;&#10;&amp;#10;</t></si>",
)  # fmt: skip
TEXTS = ["甲", " b ", "c &lt;", "", "\r_x0041_ \U0001f600 \ufffd", '<rPr> xml:space="preserve" "\n&#10;']


@pytest.mark.parametrize(
    "odd", ["", "<!-- odd -->", "\n", '<si><r><t>x</t></r><rPh sb="0" eb="1"><t>y</t></rPh></si>', "<si/>"]
)
def test_shared_strings(odd: str) -> None:
    text = f'{HEAD}<sst xmlns="{MAIN}" count="9">{"".join(STRING_ITEMS)}{odd}</sst>'
    assert read_shared_strings(text, "strings")[: len(TEXTS)] == TEXTS


def test_malformed_strings_are_refused() -> None:
    for item in (
        "<si><t>a</t>",
        "<si><t>&nope;</t></si>",
        "<si><t>]]></t></si>",
        "<si><rPr><t>a</t></si>",
        "<si><t>\x02</t></si>",
    ):
        with pytest.raises(UnreadableFileError):
            read_shared_strings(f'<sst xmlns="{MAIN}">{item}</sst>', "strings")


def test_macros_are_noted_and_other_sheets_passed_over(tmp_path: Path) -> None:
    members = parts(sheet_xml(ROW), "<chartsheet/>") | {"xl/vbaProject.bin": b"\0"}
    rels = str(members["xl/_rels/workbook.xml.rels"])
    members["xl/_rels/workbook.xml.rels"] = rels.replace(
        f'{OFFICE}/worksheet" Target="worksheets/sheet2', f'{OFFICE}/chartsheet" Target="worksheets/sheet2'
    )
    grid = read_workbook(write_zip(tmp_path / "a.xlsm", members))
    assert ([sheet.name for sheet in grid.sheets], [note.code for note in grid.notes]) == (
        ["S1"],
        ["FILE-MACROS"],
    )


def test_external_targets_are_never_followed(tmp_path: Path) -> None:
    members = parts(sheet_xml(ROW))
    members["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" TargetMode="External" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    )
    with pytest.raises(UnreadableFileError):
        read_workbook(write_zip(tmp_path / "a.xlsx", members))


@pytest.mark.parametrize(
    "missing", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"]
)
def test_missing_parts(tmp_path: Path, missing: str) -> None:
    members = parts(sheet_xml(ROW))
    del members[missing]
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(write_zip(tmp_path / "a.xlsx", members))
    assert caught.value.code == "FILE-NOT-WORKBOOK"


def test_missing_package_relations_are_tolerated(tmp_path: Path) -> None:
    members = parts(sheet_xml(ROW))
    del members["_rels/.rels"]
    assert read_workbook(write_zip(tmp_path / "a.xlsx", members)).sheets[0].values == {"A1": 1}


# --- agreement with openpyxl and with what was written ------------------------------------------


def comparable(value: object) -> object:
    if isinstance(value, ErrorValue):
        return value.code
    if isinstance(value, ArrayFormula):
        return value.text
    return None if value == "" else value


def assert_agrees(path: Path, grid: Grid) -> None:
    """openpyxl reads the same values, formulas, merges, locks, names and visibility."""
    values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    assert [sheet.name for sheet in grid.sheets] == values.sheetnames
    for sheet in grid.sheets:
        their_values, theirs = values[sheet.name], formulas[sheet.name]
        seen = 0
        for row in theirs.iter_rows():
            for cell in row:
                name = cell.coordinate
                formula = sheet.formulas.get(name)
                assert comparable(sheet.values.get(name)) == comparable(their_values[name].value), (
                    sheet.name,
                    name,
                )
                if cell.data_type == "f":
                    assert f"={formula}" == comparable(cell.value), (sheet.name, name)
                    seen += 1
                if name in sheet.styles:
                    assert (sheet.styles[name] in grid.unlocked_styles) == (not cell.protection.locked), name
        assert seen == len(sheet.formulas)
        assert set(sheet.merges) == {str(merge) for merge in theirs.merged_cells.ranges}
        assert sheet.protected == theirs.protection.sheet
        assert (sheet.visibility == "visible") == (theirs.sheet_state == "visible")
        assert sheet.hidden_rows == tuple(
            n - 1 for n, row in sorted(theirs.row_dimensions.items()) if row.hidden
        )
    assert dict(grid.names) == {name: entry.attr_text for name, entry in formulas.defined_names.items()}


@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_openpyxl(tmp_path: Path, seed: int) -> None:
    path = real_workbook(tmp_path / "a.xlsx", seed=seed, sheets=2 + seed, rows=5 + 20 * seed)
    grid = read_workbook(path)
    assert_agrees(path, grid)
    assert (grid.notes, grid.file) == ((), str(path))
    assert [sheet.visibility for sheet in grid.sheets][:2] == ["visible", "veryHidden"]
    assert grid.sheets[0].hidden_columns == (8, 9, *range(12, 1024))
    resaved = tmp_path / "b.xlsx"
    openpyxl.load_workbook(path).save(resaved)
    assert_agrees(resaved, read_workbook(resaved))


@pytest.mark.libreoffice
def test_agrees_on_what_libreoffice_saved(tmp_path: Path) -> None:
    path = real_workbook(tmp_path / "a.xlsx", rows=40)
    out = tmp_path / "out"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "xlsx",
         "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    resaved = out / "a.xlsx"
    grid, before = read_workbook(resaved), read_workbook(path)
    assert_agrees(resaved, grid)
    assert [sheet.name for sheet in grid.sheets] == [sheet.name for sheet in before.sheets]
    assert set(grid.names) == set(before.names)
    with zipfile.ZipFile(resaved) as archive:
        strings_part = archive.read("xl/sharedStrings.xml").decode()
        assert workbook_parts._fast_strings(strings_part) is not None, "the same for its strings"
        strings = read_shared_strings(strings_part, "strings")
        for number in (1, 2, 3):
            text = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            fast = read_fast(text.encode(), strings)
            assert fast is not None, "what LibreOffice saves must take the quick way"
            assert fast == read_tree(text, "part", "S", strings)
    for ours, theirs in zip(before.sheets, grid.sheets, strict=True):
        # LibreOffice turns the constants TRUE and FALSE (column H) into formulas
        assert ours.formulas.keys() == {name for name in theirs.formulas if not name.startswith("H")}
        assert {k: v for k, v in ours.values.items() if v != ""} == {
            k: pytest.approx(v) if isinstance(v, float) else v for k, v in theirs.values.items() if v != ""
        }
