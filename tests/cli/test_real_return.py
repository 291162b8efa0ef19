"""The really published report, end to end on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.cases import ROOT, SAMPLE
from tests.support.processes import json_of, run
from xltools.definition.library import load_form
from xltools.demo.real_return import published_return

FORM = load_form("zfxxgk-2019")


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("真实报表")
    run([sys.executable, ROOT / "examples/real_return.py", folder])
    return folder


def test_check_names_what_is_wrong_with_the_published_report(returns: Path) -> None:
    answer = json_of("check", returns / "汶上县科学技术局_2020_as-published.xlsx", status=1)
    (file,) = answer["files"]  # type: ignore[misc]
    errors = [f for f in file["findings"] if f["severity"] == "error"]
    found = {(f["code"], f["sheet"], f["cell"]): set(f["cells"]) for f in errors}
    applicants = ("natural", "business", "research", "welfare", "legal", "other_org")
    assert found == {
        ("BLANK", "三", "D7"): {f"t3.granted.{c}" for c in applicants},
        ("BLANK", "三", "D8"): {f"t3.partly.{c}" for c in applicants},
        ("BLANK", "三", "D25"): {f"t3.other.{c}" for c in applicants},
        ("TOTAL-BLANK", "三", "D27"): {f"t3.handled.{c}" for c in (*applicants, "total")},
        ("BLANK", "四", "A5"): {cell.id for cell in FORM.inputs if cell.table == "t4"},
    }


def test_the_corrected_copy_passes(returns: Path) -> None:
    answer = json_of("check", returns / "汶上县科学技术局_2020_corrected.xlsx")
    assert answer["counts"]["ok"] == 1  # type: ignore[index]


def test_the_published_figures_are_those_of_the_sample() -> None:
    """Held against the published text where it lies beside the checkout; its words stay out of here."""
    if not SAMPLE.exists():
        pytest.skip("the published text is not beside this checkout")
    rows = [line.split("\t") for line in SAMPLE.read_text("utf-8").splitlines() if "\t" in line]
    figures = sum(part.strip().isdecimal() for row in rows for part in row)
    published = published_return()
    inputs = sum(value is not None for value in published.values.values())
    totals_shown = len(("new", "carried_in", "carried_out"))  # the rows whose 总计 the text shows
    assert figures == inputs + totals_shown
