"""What hostile texts become in the answers: nothing steers a terminal, runs as markup or floods a report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import xltools
from tests.hostile.base import unpacked
from tests.hostile.corpus_returns import IDENTITY, INJECTIONS
from tests.support.cases import ROOT


def printed(path: Path, *options: str) -> str:
    command = [sys.executable, "-m", "xltools.cli.app", "--lang", "zh", "check", str(path), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    return done.stdout.decode("utf-8")


def file_of(name: str, folder: Path) -> Path:
    path = folder / "a.xlsx"
    path.write_bytes(INJECTIONS[name]())
    return path


@pytest.mark.parametrize("name", ["terminal escapes", "bidirectional"])
@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_no_text_of_a_workbook_steers_the_terminal(name: str, format_: str, tmp_path: Path) -> None:
    answer = printed(file_of(name, tmp_path), "--format", format_)
    assert not {"\x1b", "\x07", "\u202e", "\u202c"} & set(answer)
    if format_ == "json":
        assert json.loads(answer)


def test_markup_in_a_cell_stays_text(tmp_path: Path) -> None:
    answer = printed(file_of("script", tmp_path), "--format", "html")
    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert" in answer


@pytest.mark.parametrize("name", ["1 MB of digits", "32,767 letters"])
def test_one_cell_does_not_flood_the_report(name: str, tmp_path: Path) -> None:
    assert len(printed(file_of(name, tmp_path))) < 10_000


@pytest.mark.parametrize("name", ["99,999 units", "99,999,999 units", "minus one unit"])
def test_a_summary_counts_the_rows_it_has_not_those_it_claims(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(IDENTITY[name]())
    assert "xl/workbook.xml" in unpacked(path.read_bytes())
    (result,) = xltools.check([path])
    changed = "LEDGER-CHANGED" in {found.code for found in result.findings}
    assert changed == (name != "99,999 units")
