"""docs/defects.md says what the code does now."""

from __future__ import annotations

import pytest

from tests.hostile.defects import GROUPS, PAGE, Defect, checked, row

DEFECTS = [defect for defects in GROUPS.values() for defect in defects]


@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(defect, id=defect.name, marks=[pytest.mark.libreoffice] if defect.office else [])
        for defect in DEFECTS
    ],
)
def test_the_page_says_what_the_defect_gives(defect: Defect) -> None:
    assert row(defect, checked(defect)) in PAGE.read_text("utf-8").splitlines()


def test_the_page_lists_these_defects_and_no_others() -> None:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    names = [line.split(" | ")[0][2:] for line in lines if not line.startswith(("| Defect", "| ---"))]
    assert names == [defect.name for defect in DEFECTS]


HARMLESS = (
    "nothing wrong",
    "saved again by openpyxl",
    "saved again by LibreOffice as .xlsx",
    "saved by LibreOffice as .ods",
    "an .xlsx named .xls",
    "zip archive of the return",
    "sheets in another order",
    "defined names dropped",
)


def test_every_defect_but_harmless_ones_is_said() -> None:
    silent = {line.split(" | ")[0][2:] for line in PAGE.read_text("utf-8").splitlines() if "| — |" in line}
    assert silent == {*HARMLESS}
