"""Whose file it is: by code, else by name; similar names are shown and never taken."""

from __future__ import annotations

import pytest

from xltools.merging.unit_index import UnitIndex
from xltools.model.unit import Unit

COUNTY = Unit("云山县人民政府", "99")
UNITS = (
    COUNTY,
    Unit("云山县教育局", "01"),
    Unit("云山县发展和改革局", "02"),
    Unit("城关街道办事处", "03"),
    Unit("云山县司法局（行政复议）", "a4"),
    Unit("教育局", "05"),
    Unit("教育局", "06"),
)
INDEX = UnitIndex(UNITS)


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("01", "云山县教育局", "01"),
        ("０１", "云山县教育局", "01"),
        (" 01 ", "", "01"),
        ("A4", "", "a4"),
        ("01", "云山县教体局", "01"),  # renamed: the code counts
        ("", "云山县教育局", "01"),
        ("", "云山县 教育局", "01"),
        ("", "云山县教育局（本级）", "01"),
        ("", "云山县发展改革局", "02"),
        ("", "云山县发改局", "02"),
        ("", "城关街道", "03"),
        ("", "云山县司法局(行政复议)", "a4"),
        ("", "云山县政府", "99"),
        ("77", "云山县教育局", "01"),  # a wrong code, and a name that is nobody else's
    ],
)
def test_found(code: str, name: str, expected: str) -> None:
    found = INDEX.find(Unit(name, code))
    assert found.unit is not None
    assert found.unit.code == expected


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("", "云山县司法局"),  # brackets that say which of two it is are not left out
        ("", "教育局"),  # two units have this name
        ("", "云山县"),  # the place is not its government
        ("", "云山县教育"),
        ("77", "云山县某局"),
        ("", ""),
    ],
)
def test_not_taken(code: str, name: str) -> None:
    assert INDEX.find(Unit(name, code)).unit is None


def test_similar_names_are_shown() -> None:
    found = INDEX.find(Unit("云山县教育"))
    assert (found.unit, found.near[0].code) == (None, "01")
    assert INDEX.find(Unit("海边市水产中心")).near == ()


def test_a_code_and_a_name_of_two_units_is_no_answer() -> None:
    found = INDEX.find(Unit("云山县教育局", "02"))
    assert found.unit is None
    assert {unit.code for unit in found.near} == {"01", "02"}


def test_what_was_not_plain_is_told() -> None:
    assert INDEX.find(Unit("云山县教育局", "01")).note is None
    by_name = INDEX.find(Unit("云山县发改局")).note
    assert by_name is not None
    assert "云山县发展和改革局" in by_name.zh
    renamed = INDEX.find(Unit("云山县教体局", "01")).note
    assert renamed is not None
    assert "云山县教体局" in renamed.en


def test_a_file_name_is_a_hint() -> None:
    assert [u.code for u in INDEX.hinted("报送/a4_司法.xlsx")] == ["a4"]
    assert [u.code for u in INDEX.hinted("报送/01/云山县教育局 (2).xlsx")] == ["01", "05", "06"]
    assert INDEX.hinted("报送/990100.xlsx") == ()


def test_thousands_of_strangers_are_looked_up_without_comparing_all_pairs() -> None:
    units = [Unit(f"第{number}个地方的统计机构", f"c{number}") for number in range(3000)]
    index = UnitIndex(units)
    assert all(index.find(Unit(f"别处{number}号单位")).unit is None for number in range(300))
