"""Rosters in every encoding and layout that offices have, and all mistakes in one message."""

# ruff: noqa: E501 - samples read better on one line

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.unit.reading.makers import ole_file
from xltools.diagnostics.exceptions import UsageError
from xltools.model.unit import Unit
from xltools.reading.roster import read_roster

CHINESE = "编码,名称,级别,上级\r\n370830,汶上县,县,\r\n0370831,泗水县科技局,部门,370830\r\n"
UNITS = (Unit("汶上县", "370830", "县", ""), Unit("泗水县科技局", "0370831", "部门", "370830"))


def saved(tmp_path: Path, data: bytes | str, name: str = "名录.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def workbook(tmp_path: Path, *sheets: list[list[object]], hidden: int | None = None) -> Path:
    book = xlsxwriter.Workbook(str(tmp_path / "r.xlsx"))
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet()
        for row, fields in enumerate(rows):
            sheet.write_row(row, 0, fields)
        if number == hidden:
            sheet.hide()
        else:
            sheet.activate()
            sheet.set_first_sheet()
    book.close()
    return tmp_path / "r.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = saved(tmp_path, CHINESE.replace(",", delimiter).encode(encoding))
    assert read_roster(path).units == UNITS


@pytest.mark.parametrize(
    "text",
    [
        "code,name,level,parent\n370830,汶上县,县\n0370831,泗水县科技局,部门,370830\n",
        " CODE , Name ,x,LEVEL,Parent\n\n370830, 汶上县 ,1,县,\n,,,,\n0370831,泗水县科技局,2,部门,370830",
        "2025年名录\n\n上级,级别,名称,编码\n,县,汶上县,370830\n370830,部门,泗水县科技局,0370831\n",
        '"编码";"名称";"级别";"上级"\n"370830";"汶上县";"县";""\n0370831;泗水县科技局;部门;370830\n',
        "说明：一,二,三;见附件,;,,\n编码;名称;级别;上级\n370830;汶上县;县;\n0370831;泗水县科技局;部门;370830\n",
    ],
)
def test_headers_in_any_order(tmp_path: Path, text: str) -> None:
    assert read_roster(saved(tmp_path, text)).units == UNITS


def test_optional_columns_and_equal_names(tmp_path: Path) -> None:
    units = read_roster(saved(tmp_path, "名称,编码\n财政局,1\n财政局,2\n")).units
    assert units == (Unit("财政局", "1"), Unit("财政局", "2"))


def test_quoted_fields_keep_delimiters_and_lines(tmp_path: Path) -> None:
    text = 'code,name\n1,"a,\n""b"""\n,x\n'
    with pytest.raises(UsageError) as caught:
        read_roster(saved(tmp_path, text))
    assert "line 4 lacks its code (x)" in caught.value.text.en


def test_workbooks(tmp_path: Path) -> None:
    header: list[object] = ["编码", "名称", "级别", "上级"]
    rows: list[list[object]] = [
        ["名录"],
        header,
        [370830, "汶上县", "县"],
        [],
        ["0370831", "泗水县科技局", "部门", 370830],
    ]
    path = workbook(tmp_path, [["说明", "见下一页"]], [["code", "name"], ["9", "hidden"]], rows, hidden=1)
    assert read_roster(path).units == UNITS
    assert read_roster(path.rename(tmp_path / "really-a-workbook.csv")).units == UNITS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["empty"]),
        ("\n\n,,\n", ["empty"]),
        ("编码,名称\n", ["no unit follows"]),
        ("单位,编码\n甲,1\n", ["missing column: name", "line 1 reads: 单位, 编码"]),
        ("a,b\n1,2\n", ["missing column: code, name", "reads: a, b"]),
        ("code,name\n1,\n,乙\n3,丙\n3,丁\n3,戊\n",
         ["line 2 lacks its name (1)", "line 3 lacks its code (乙)", "lines 4 (丙) and 5 (丁)", "lines 4 (丙) and 6 (戊)"]),
        ("code,name\n3.7083E+17,甲\n", ["line 2", "3.7083E+17"]),
    ],
)  # fmt: skip
def test_all_mistakes_are_named(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        read_roster(saved(tmp_path, text))
    for word in words:
        assert word in caught.value.text.en
    assert "名录.csv" in caught.value.text.zh


def test_mistakes_in_a_workbook_name_its_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["编码", "名称"], [1, "甲"], [], [1.0, "乙"], ["", "丙"]])
    with pytest.raises(UsageError, match=r"lines 2 \(甲\) and 4 \(乙\)[^$]*line 5 lacks its code"):
        read_roster(path)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\0", b"\x80\xff\xff,\xff", b"code,name\0\n1,2\n", ole_file("Workbook"), b"PK\x03\x04x"]
)
def test_unreadable(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UsageError):
        read_roster(saved(tmp_path, data))


def test_huge_fields(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no valid CSV"):
        read_roster(saved(tmp_path, "code,name\n1," + "x" * 200_000))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(UsageError) as raised:
            read_roster(path)
        assert f"名录 {path}：文件无法读取：" in raised.value.text.zh


TREE = "编码,名称,级别,上级,报送期限,含,联系人,电话\n"


def test_further_columns(tmp_path: Path) -> None:
    text = (
        TREE
        + "9,市,,,2026年1月31日,,王某,0537-1\n91,甲县,,9,46053,92、 93,,\n92,乙县,,9,,,,\n93,丙县,,9,,,,\n"
    )
    city, county, *_ = read_roster(saved(tmp_path, text)).units
    assert (city.deadline, city.contact, city.phone) == (date(2026, 1, 31), "王某", "0537-1")
    assert (county.deadline, county.includes) == (date(2026, 1, 31), ("92", "93"))


def test_a_tree_of_any_depth(tmp_path: Path) -> None:
    text = "编码,名称,上级\n3,丙,2\n1,甲,\n2,乙,1\n4,丁,3\n5,戊,1\n"
    roster = read_roster(saved(tmp_path, text))
    assert [unit.code for unit in roster.tops] == ["1"]
    assert [unit.code for unit in roster.children("1")] == ["2", "5"]
    assert [unit.code for unit in roster.descendants("1")] == ["2", "3", "4", "5"]
    assert [(depth, unit.code) for depth, unit in roster.in_tree_order()] == [
        (0, "1"),
        (1, "2"),
        (2, "3"),
        (3, "4"),
        (1, "5"),
    ]
    assert [unit.code for unit in roster.ancestors("4")] == ["3", "2", "1"]


def test_the_units_on_top_may_all_report_to_one_outside(tmp_path: Path) -> None:
    roster = read_roster(saved(tmp_path, "编码,名称,上级\n1,甲,9\n2,乙,9\n3,丙,2\n"))
    assert [unit.code for unit in roster.tops] == ["1", "2"]


@pytest.mark.parametrize(
    ("rows", "messages"),
    [
        ("1,甲,,,,,,\n2,乙,,7,,,,\n", ["line 3 (乙): its parent 7 is not in the roster"]),
        (
            "1,甲,,8,,,,\n2,乙,,7,,,,\n",
            ["line 2 (甲): its parent 8 is not", "line 3 (乙): its parent 7 is not"],
        ),
        ("1,甲,,1,,,,\n2,乙,,,,,,\n", ["from line 2 (甲) on, the parents form a circle: 1 → 1"]),
        ("0,零,,,,,,\n1,甲,,3,,,,\n2,乙,,1,,,,\n3,丙,,2,,,,\n", ["from line 3 (甲) on", "1 → 3 → 2 → 1"]),
        ("1,甲,,,一月底,,,\n", ['line 2: the deadline "一月底" is no date']),
        ("1,甲,,,,7,,\n", ["line 2 (甲) cannot report for 7: it is not in the roster"]),
        ("1,甲,,,,1,,\n", ["it is the unit itself"]),
        ("1,甲,,,,2,,\n2,乙,,,,,,\n3,丙,,2,,,,\n", ["cannot report for 2 (乙): it has units of its own"]),
        ("1,甲,,,,2,,\n2,乙,,,,3,,\n3,丙,,,,,,\n", ["cannot report for 2 (乙): it has units of its own"]),
        (
            "1,甲,,,,3,,\n2,乙,,,,3,,\n3,丙,,,,,,\n",
            ["line 3 (乙) cannot report for 3 (丙): line 2 (甲) already"],
        ),
    ],
)
def test_mistakes_of_the_tree(tmp_path: Path, rows: str, messages: list[str]) -> None:
    with pytest.raises(UsageError) as error:
        read_roster(saved(tmp_path, TREE + rows))
    for message in messages:
        assert message in error.value.text.en
    assert str(error.value).count("\n") == len([m for m in messages if "line" in m] or messages)
