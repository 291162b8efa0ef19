"""PDF: ruled tables, lines, paragraphs; scans, passwords and a missing library are said."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from tests.hostile.corpus_reports import pdf_of
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading import pdf
from xltools.reading.grid import Grid
from xltools.reading.pdf import read_pdf
from xltools.reading.pdf_tables import Box, ruled_tables


def grid_lines(xs: list[float], ys: list[float]) -> list[Box]:
    across = [(xs[0], y, xs[-1], y) for y in ys]
    return [*across, *((x, ys[0], x, ys[-1]) for x in xs)]


def spans(lines: list[Box]) -> list[list[list[tuple[int, int]]]]:
    return [[[(c.columns, c.rows) for c in row] for row in table.rows] for table in ruled_tables(lines)]


def test_lines_rule_cells() -> None:
    assert spans(grid_lines([0, 50, 100], [0, 20, 40, 60])) == [[[(1, 1), (1, 1)]] * 3]


def test_borders_drawn_twice_or_as_thin_boxes_are_one() -> None:
    lines = grid_lines([0, 50, 100], [0, 20, 40])
    twice = [(a + 0.8, b + 0.8, c + 0.8, d + 0.8) for a, b, c, d in lines]
    assert spans([*lines, *twice]) == spans(lines)


def test_borders_in_pieces_are_whole_again() -> None:
    lines = [piece for a, b, c, d in grid_lines([0, 60], [0, 20]) for piece in _halves((a, b, c, d))]
    assert spans(lines) == [[[(1, 1)]]]


def _halves(line: Box) -> list[Box]:
    x, y = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    return [(line[0], line[1], x, y), (x, y, line[2], line[3])]


def test_missing_lines_merge_cells() -> None:
    lines = [line for line in grid_lines([0, 50, 100], [0, 20, 40]) if line != (50, 0, 50, 40)]
    assert spans([*lines, (50, 0, 50, 20)]) == [[[(2, 1)], [(1, 1), (1, 1)]]]
    lines = [line for line in grid_lines([0, 50, 100], [0, 20, 40]) if line != (0, 20, 100, 20)]
    assert spans([*lines, (50, 20, 100, 20)]) == [[[(1, 2), (1, 1)], [(1, 1)]]]


def test_two_tables_from_top_to_bottom() -> None:
    lower, upper = grid_lines([0, 50], [0, 20]), grid_lines([0, 50, 70], [100, 120])
    assert spans([*lower, *upper]) == [[[(1, 1), (1, 1)]], [[(1, 1)]]]


def words(*placed: tuple[float, float, str]) -> str:
    return "".join(f"BT /F 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET " for x, y, text in placed)


def read(content: str) -> Grid:
    return read_pdf(pdf_of(content), "a.pdf", "")


def rows(grid: Grid) -> list[list[str]]:
    sheets = {sheet.name: sheet for sheet in grid.sheets}
    return [
        [
            str(v)
            for a1, v in sheets[name].values.items()
            if a1.endswith(str(row + 1)) and a1[1:] == str(row + 1)
        ]
        for name, row in grid.flow
    ]


def test_text_above_in_and_below_a_table() -> None:
    table = "".join(f"{a} {b} m {c} {d} l S " for a, b, c, d in grid_lines([50, 150, 250], [400, 420, 440]))
    cells = words((60, 425, "label"), (160, 425, "12"), (60, 405, "other"), (160, 405, "7"))
    grid = read(words((50, 500, "A line above"), (50, 300, "A line below")) + table + cells)
    assert rows(grid) == [["A line above"], ["label", "12"], ["other", "7"], ["A line below"]]
    assert [sheet.name for sheet in grid.sheets] == ["第1页", "表格1"]


def test_parts_of_a_line_that_stand_apart_know_their_place() -> None:
    grid = read(words((50, 500, "regulations of all kinds"), (300, 500, "12"), (400, 500, "7")))
    assert rows(grid) == [["regulations of all kinds", "12", "7"]]
    (sheet,) = grid.sheets
    assert sheet.extents["B1"][0] == pytest.approx(300, abs=1)


def test_lines_that_the_page_broke_are_one_paragraph() -> None:
    long = "a sentence that goes on and on and on to the margin"
    grid = read(words((70, 500, long), (50, 485, "x" * 10 + " and ends here."), (70, 470, "Another one.")))
    assert rows(grid) == [[f"{long}{'x' * 10} and ends here."], ["Another one."]]


def refused(data: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(data, "a.pdf", "")
    return caught.value


def test_a_scan_is_refused_with_a_clear_word() -> None:
    error = refused(pdf_of("0 0 100 100 re f"))
    assert error.code == "FILE-NOT-REPORT"
    assert "扫描" in error.text.zh


@pytest.mark.parametrize(
    ("word", "code", "said"),
    [
        ("missing", "FILE-NOT-REPORT", "xltools[pdf]"),
        ("password", "FILE-PASSWORD", "password"),
        ("large", "FILE-UNSAFE", "too many"),
        ("damaged", "FILE-NOT-REPORT", "damaged"),
    ],
)
def test_what_the_child_says_is_said(
    word: str, code: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = subprocess.CompletedProcess([], 0, f'{{"trouble": "{word}"}}', "")
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: answer)
    error = refused(b"%PDF-")
    assert error.code == code
    assert said in error.text.en


@pytest.mark.parametrize("how", ["dies", "hangs"])
def test_a_child_that_dies_or_hangs_is_a_finding(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = {"dies": "import os; os.abort()", "hangs": "import time; time.sleep(60)"}[how]
    real = subprocess.run

    def run(_command: object, **options: Any) -> Any:
        return real([sys.executable, "-c", program], **options)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(pdf, "PATIENCE", 1)
    assert refused(b"%PDF-").code == "FILE-UNSAFE"
