"""OpenDocument: repeat counts, values, formulas, and what LibreOffice saves of our workbooks."""

# ruff: noqa: E501 - samples of markup read better on one line

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.support.office import convert
from tests.support.workbooks import FORMS, save, submission_of
from tests.unit.reading.makers import real_workbook, write_zip
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.excel.values import ErrorValue, Value
from xltools.matching.structure import same_formula
from xltools.reading.grid import Grid, Sheet
from xltools.reading.workbooks.ods_formula import MAX_TEXT, to_excel
from xltools.reading.workbooks.workbook import read_workbook

MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def content(tables: str, *, styles: str = "", more: str = "", attributes: str = "") -> str:
    return (
        f"<office:document-content {SPACES} {CALC}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet{attributes}>{tables}{more}</office:spreadsheet></office:body></office:document-content>"
    )


def read(tmp_path: Path, text: str, **parts: str) -> Grid:
    members = {
        "mimetype": MEDIA,
        "content.xml": text,
        **{f"{name}.xml": part for name, part in parts.items()},
    }
    return read_workbook(write_zip(tmp_path / "a.ods", members))


def sheet(tmp_path: Path, rows: str, **more: str) -> Sheet:
    return read(tmp_path, content(f'<table:table table:name="S">{rows}</table:table>', **more)).sheets[0]


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def cell(given: str = "", text: str | None = None) -> str:
    inside = "" if text is None else f"<text:p>{text}</text:p>"
    return f"<table:table-cell {given}>{inside}</table:table-cell>"


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read(tmp_path, text)
    return caught.value.code


@pytest.mark.parametrize(
    ("given", "text", "value"),
    [
        ('office:value-type="float" office:value="3"', "3.00", 3),
        ('office:value-type="percentage" office:value="0.5"', "50%", 0.5),
        ('office:value-type="currency" office:value="1e3"', "1", 1000.0),
        ('office:value-type="float" office:value="１２"', "x", ErrorValue("#VALUE!")),
        ('office:value-type="float" office:value="nan"', "x", ErrorValue("#NUM!")),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", True),
        ('office:value-type="date" office:date-value="2026-01-15"', "x", 46037),
        ('office:value-type="date" office:date-value="2026-01-15T12:00:00"', "x", 46037.5),
        ('office:value-type="date" office:date-value="2026-13-15"', "x", ErrorValue("#VALUE!")),
        ('office:value-type="time" office:time-value="PT06H00M00S"', "x", 0.25),
        ('office:value-type="string"', "甲", "甲"),
        ('office:value-type="string" office:string-value="乙"', "甲", "乙"),
        ('table:formula="of:=A" office:value-type="string" office:string-value="" calcext:value-type="error"', "#N/A", ErrorValue("#N/A")),
        ('table:formula="of:=A" office:value-type="string" calcext:value-type="error"', "Err:502", ErrorValue("#VALUE!")),
        ('table:formula="of:=A"', "", ""),
        ("", None, None),
        ('office:value-type="string"', " a  b <text:s text:c='3'/>c<text:tab/>d<text:line-break/><text:span>e</text:span>", "a b    c\td\ne"),
    ],
)  # fmt: skip
def test_values(tmp_path: Path, given: str, text: str | None, value: Value) -> None:
    assert sheet(tmp_path, row(cell(given, text))).values.get("A1") == value


def test_comments_drawings_and_changes_are_no_content(tmp_path: Path) -> None:
    comment = "<office:annotation><text:p>批注</text:p></office:annotation>"
    inner = f'<table:table table:name="T">{row(cell("", "深"))}</table:table>'
    rows = row(
        f'<table:table-cell office:value-type="string">{comment}<text:p>甲</text:p><text:p>乙</text:p>{inner}</table:table-cell>'
    )
    shapes = f"<table:shapes>{inner}</table:shapes>"
    changes = f"<table:tracked-changes>{inner}</table:tracked-changes>"
    grid = read(tmp_path, content(f'{changes}<table:table table:name="S">{shapes}{rows}</table:table>'))
    assert [s.name for s in grid.sheets] == ["S"]
    assert grid.sheets[0].values == {"A1": "甲\n乙"}


FULL = 'table:number-columns-repeated="16384"'


def test_blank_repeats_cost_nothing(tmp_path: Path) -> None:
    rows = (
        row(cell(FULL), more=' table:number-rows-repeated="1048570"')
        + row(cell('table:number-columns-repeated="3"'), cell('office:value-type="float" office:value="1"'))
    ) * 2
    started = time.perf_counter()
    found = sheet(tmp_path, rows)
    assert found.values == {"D1048571": 1}
    assert time.perf_counter() - started < 1


def test_repeated_values_are_written_out_up_to_a_limit(tmp_path: Path) -> None:
    one = 'office:value-type="float" office:value="1"'
    twice = row(cell(f'{one} table:number-columns-repeated="2"'), more=' table:number-rows-repeated="2"')
    assert sheet(tmp_path, twice).values == dict.fromkeys(("A1", "B1", "A2", "B2"), 1)
    bomb = row(cell(f"{one} {FULL}"), more=' table:number-rows-repeated="1048576"')
    started = time.perf_counter()
    assert refusal(tmp_path, content(f'<table:table table:name="S">{bomb}</table:table>')) == "FILE-UNSAFE"
    parts = "".join(
        f'<table:table table:name="S{n}">{row(cell(f"{one} {FULL}"))}</table:table>' for n in range(8)
    )
    assert refusal(tmp_path, content(parts)) == "FILE-UNSAFE"
    assert time.perf_counter() - started < 5


def test_cells_outside_the_sheet_are_noted(tmp_path: Path) -> None:
    one = 'office:value-type="float" office:value="1"'
    rows = row(cell('table:number-columns-repeated="16384"'), cell(one)) + row(
        cell(one), more=' table:number-rows-repeated="1048577"'
    )
    assert refusal(tmp_path, content(f'<table:table table:name="S">{rows}</table:table>')) == "FILE-UNSAFE"
    rows = row(cell('table:number-columns-repeated="16384"'), cell(one))
    grid = read(tmp_path, content(f'<table:table table:name="S">{rows}</table:table>'))
    assert (grid.sheets[0].values, [note.code for note in grid.notes]) == ({}, ["FILE-CELLS-SKIPPED"])


STRING = 'office:value-type="string"'
SPACES_BOMB = '<text:s text:c="999999"/>' * 2


@pytest.mark.parametrize(
    "text",
    [
        f"<!DOCTYPE a [<!ENTITY b 'c'>]>{content('')}",
        content(f'<table:table table:name="S">{row(cell(STRING, SPACES_BOMB))}</table:table>'),
        content("<table:table/>" * 1001),
        content('<table:table table:name="S">' + "<table:table-row-group>" * 100 + "</table:table-row-group>" * 100 + "</table:table>"),
    ],
    ids=["doctype", "spaces", "sheets", "depth"],
)  # fmt: skip
def test_unsafe_documents(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, text) == "FILE-UNSAFE"


COLLAPSED = ' table:visibility="collapse"'


def test_merges_hidden_and_locks(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="open" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties style:cell-protect="none"/></style:style>'
        '<style:style style:name="child" style:family="table-cell" style:parent-style-name="named"/>'
        '<style:style style:name="shut" style:family="table-cell"><style:table-cell-properties style:cell-protect="protected formula-hidden"/></style:style>'
    )
    named = (
        f'<office:document-styles {SPACES}><office:styles><style:style style:name="named" style:family="table-cell">'
        '<style:table-cell-properties style:cell-protect="none"/></style:style></office:styles></office:document-styles>'
    )
    columns = '<table:table-column table:default-cell-style-name="open"/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="shut"/>'
    merged = 'table:number-columns-spanned="3" table:number-rows-spanned="2"'
    rows = (
        row(cell(merged, "x"), '<table:covered-table-cell table:number-columns-repeated="2"/>', cell(""))
        + f"<table:table-header-rows>{row(cell(), more=COLLAPSED)}</table:table-header-rows>"
        + row(
            cell('table:style-name="child"'), cell('table:style-name="shut"'), cell('table:style-name="gone"')
        )
    )
    more = (
        '<table:named-expressions><table:named-range table:name="t3.new" table:cell-range-address="$三.$D$5"/>'
        '<table:named-expression table:name="sum" table:expression="of:=[$三.$D$5]+1"/></table:named-expressions>'
    )
    text = content(
        f'<table:table table:name="S" table:style-name="ta1" table:protected="true">{columns}{rows}</table:table>',
        styles=styles, more=more, attributes=' table:structure-protected="true"',
    )  # fmt: skip
    grid = read(tmp_path, text, styles=named)
    found = grid.sheets[0]
    assert (found.merges, found.hidden_rows, found.hidden_columns) == (("A1:C2",), (1,), (1, 2))
    assert (found.visibility, found.protected, grid.structure_protected) == ("hidden", True, True)
    opened = {place for place, style in found.styles.items() if style in grid.unlocked_styles}
    assert opened == {"A1", "A2", "A3"}
    assert grid.names == {"t3.new": "'三'!$D$5", "sum": "'三'!$D$5+1"}


@pytest.mark.parametrize(
    ("formula", "excel"),
    [
        ("of:=INDEX([$三.$D$4:.$D$28];2)", "INDEX('三'!$D$4:$D$28,2)"),
        ("of:=[.A1]+[.$B$2]", "A1+$B$2"),
        ("of:=SUM([$'it''s a.b'.A1:.B2];[.A:.A];[.1:.2])", "SUM('it''s a.b'!A1:B2,A:A,1:2)"),
        ("of:=SUM([$甲.A1:$乙.B2])", "SUM('甲:乙'!A1:B2)"),
        ('of:=IF([.A1]="a;[.B1]";"x""|";{1;2|3;4})', 'IF(A1="a;[.B1]","x""|",{1,2;3,4})'),
        ("of:=SUM([.A1]~[.B1]![.C1])", "SUM(A1,B1 C1)"),
        ("of:=COM.MICROSOFT.CONCAT([.A1])", "CONCAT(A1)"),
        ("of:=[.#REF!]+[$三.#REF!]", "#REF!+'三'!#REF!"),
        ("of:=['file:///x.ods'#$三.A1]", "'file:///x.ods'#$三.A1"),
        ("msoxl:=SUM(A1,2)", "SUM(A1,2)"),
    ],
)
def test_formulas(formula: str, excel: str) -> None:
    assert to_excel(formula) == excel


@pytest.mark.parametrize("piece", ["['a", "'", '"', "[", "['a'", "[.A1:", "''"])
def test_formulas_take_time_in_proportion_to_their_length(piece: str) -> None:
    started = time.perf_counter()
    to_excel("of:=" + piece * (MAX_TEXT // len(piece) - 1))
    assert time.perf_counter() - started < 0.2


@pytest.mark.libreoffice
def test_what_libreoffice_saved(tmp_path: Path) -> None:
    """Every form: each value, formula, merge, lock and name of a workbook is still there."""
    sources = [save(submission_of(form), tmp_path / f"{form.id}.xlsx") for form in FORMS]
    sources.append(real_workbook(tmp_path / "odd.xlsx"))
    for source, target in zip(sources, convert(sources, tmp_path / "out", "ods"), strict=True):
        before, after = read_workbook(source), read_workbook(target)
        assert (after.has_formulas, after.notes) == (True, ())
        assert {k: v.replace("'", "") for k, v in after.names.items()} == {
            k: v.replace("'", "") for k, v in before.names.items()
        }
        for ours, theirs in zip(before.sheets, after.sheets, strict=True):
            assert_same(ours, theirs)
            opened = {k for k, style in theirs.styles.items() if style in after.unlocked_styles}
            assert opened == {k for k, style in ours.styles.items() if style in before.unlocked_styles}


def typed(sheet: Sheet) -> dict[str, Value]:
    """The constants that are not TRUE or FALSE, which LibreOffice turns into formulas."""
    return {k: v for k, v in sheet.values.items() if k not in sheet.formulas and not isinstance(v, bool)}


def assert_same(ours: Sheet, theirs: Sheet) -> None:
    assert (ours.name, ours.protected, ours.hidden_rows) == (
        theirs.name,
        theirs.protected,
        theirs.hidden_rows,
    )
    assert (ours.visibility == "visible") == (theirs.visibility == "visible")
    assert (set(ours.merges), ours.hidden_columns) == (set(theirs.merges), theirs.hidden_columns)
    assert typed(ours) == {
        k: pytest.approx(v) if isinstance(v, float) else v for k, v in typed(theirs).items()
    }
    formulas = {k: v for k, v in theirs.formulas.items() if v not in ("TRUE()", "FALSE()")}
    assert ours.formulas.keys() == formulas.keys()
    assert all(same_formula(formulas[place], formula) for place, formula in ours.formulas.items())


@pytest.mark.libreoffice
def test_truncated_and_flipped_files_are_findings(tmp_path: Path) -> None:
    source = convert([real_workbook(tmp_path / "a.xlsx")], tmp_path / "out", "ods")[0]
    data = source.read_bytes()
    dice = random.Random(11)
    for _ in range(150):
        changed = bytearray(data)
        for _ in range(dice.choice((1, 3, 20))):
            changed[dice.randrange(4, len(data))] ^= 1 << dice.randrange(8)
        source.write_bytes(bytes(changed)[: dice.choice((len(data), dice.randrange(8, len(data))))])
        try:
            read_workbook(source)
        except UnreadableFileError as error:
            assert error.code.startswith("FILE-")  # noqa: PT017 - either outcome is right
