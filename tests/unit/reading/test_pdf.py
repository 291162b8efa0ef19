"""PDF: ruled tables, lines, paragraphs; scans, passwords and a missing library are said."""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.corpus_reports import pdf_of
from tests.support.pdfs import pages_pdf, rules, word
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading.documents import pdf, pdf_child
from xltools.reading.documents.pdf import read_pdf
from xltools.reading.documents.pdf_tables import Box, ruled_tables
from xltools.reading.grid import Grid


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


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j, made = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i, j = (i + 1) % 256, (j + state[(i + 1) % 256]) % 256
        state[i], state[j] = state[j], state[i]
        made.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(made)


def encrypted_pdf(content: str, password: str) -> bytes:
    """A PDF that a password opens, in the oldest way there is (ISO 32000-1, 7.6.3, revision 2)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded, owner, name = (password.encode() + padding)[:32], b"o" * 32, b"0123456789abcdef"
    key = hashlib.md5(padded + owner + struct.pack("<i", -4) + name).digest()[:5]
    stream = zlib.compress(content.encode())
    locked = _rc4(hashlib.md5(key + bytes((3, 0, 0, 0, 0))).digest()[:10], stream)
    more = f"5 0 obj<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{_rc4(key, padding).hex()}>>>endobj\n"
    made = pdf_of(content, more=more).replace(stream, locked)
    return made.replace(b"trailer<<", f"trailer<</Encrypt 5 0 R/ID[<{name.hex()}><{name.hex()}>]".encode())


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


LINES = "50 {0} m {1} {0} l S "
POSTS = "{0} 600 m {0} 660 l S "


def table(*xs: int) -> str:
    """Two rows between 600 and 660."""
    across = "".join(LINES.format(y, xs[-1]) for y in (600, 630, 660))
    return across.replace("50 ", f"{xs[0]} ") + "".join(POSTS.format(x) for x in xs)


@pytest.mark.parametrize(
    ("right", "lines", "read_as"),
    [
        (130, ("148", "1"), "1481"),  # no room for a fourth digit
        (130, ("148", "100"), "148\n100"),  # may as well be two numbers
        (130, ("148", "x"), "148\nx"),
        (130, ("14", "1"), "14\n1"),  # there was room
        (180, ("148", "1"), "148\n1"),
        (130, ("148", "148", "1"), "1481481"),
    ],
)
def test_a_number_that_its_cell_broke_is_one(right: int, lines: tuple[str, ...], read_as: str) -> None:
    # digits of Helvetica at 10 points are 5.6 wide
    text = words((53, 640, "row"), *((105, 650 - 10 * n, line) for n, line in enumerate(lines)))
    more = words((53, 610, "a row of twenty letters or more"), (50, 500, "a line below"))
    grid = read(table(50, 100, right) + text + more)
    assert next(s for s in grid.sheets if not s.is_text).values["B1"] == read_as


def test_no_paragraph_goes_on_beyond_a_table() -> None:
    above, below = (
        "a heading above that is long and fills the page from side to side",
        "another heading below its table",
    )
    cells = words((53, 640, "a"), (53, 610, "b"), (105, 640, "1"), (105, 610, "2"))
    grid = read(table(50, 100, 150) + words((50, 700, above), (50, 560, below)) + cells)
    assert [row for row in rows(grid) if len(row) == 1] == [[above], [below]]


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


def test_pages_that_are_pictures_among_others_are_named() -> None:
    picture = b"q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    more = f"6 0 obj<</Length {len(picture)}>>stream\n{picture.decode()}\nendstream endobj\n"
    made = pdf_of(words((50, 700, "this page holds enough of text")), pages=3, more=more)
    page = b"0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents "
    assert not read_pdf(made, "a.pdf", "").notes
    made = made.replace(b"11 " + page + b"3", b"11 " + page + b"6").replace(
        b"12 " + page + b"3", b"12 " + page + b"6"
    )
    (note,) = read_pdf(made, "a.pdf", "").notes
    assert (note.code, note.blocks) == ("PAGES-ARE-PICTURES", True)
    assert "第 2、3 页" in note.message.zh


def test_a_password_opens_a_pdf() -> None:
    made = encrypted_pdf(words((50, 700, "this page holds enough of text")), "open")
    grid = read_pdf(made, "a.pdf", "", "open")
    assert rows(grid) == [["this page holds enough of text"]]
    assert "password" in refused(made).text.en
    with pytest.raises(UnreadableFileError, match="does not open this file"):
        read_pdf(made, "a.pdf", "", "other")


@pytest.mark.parametrize("how", ["dies", "hangs"])
def test_a_child_that_dies_or_hangs_is_a_finding(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = {"dies": "import os; os.abort()", "hangs": "import time; time.sleep(60)"}[how]
    real = subprocess.run

    def run(_command: object, **options: Any) -> Any:
        return real([sys.executable, "-c", program], **options)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(pdf, "PATIENCE", 1)
    assert refused(b"%PDF-").code == "FILE-UNSAFE"


@pytest.mark.parametrize(
    ("mark", "read_as"),
    [
        ((171, 625, "1", 6), "12¹"),
        ((171, 620, "1", 6), "121"),  # small, but on the line
        ((171, 625, "1", 10), "12¹"),
        ((171, 618, "1", 6), "12₁"),
        ((171, 625, "12", 6), "12¹²"),
    ],
)
def test_a_digit_off_the_line_is_no_digit_of_the_figure(
    mark: tuple[float, float, str, float], read_as: str
) -> None:
    text = word(60, 640, "a row with a note") + word(160, 620, "12") + word(*mark)
    more = word(60, 610, "and another line of it")
    grid = read_pdf(pages_pdf(rules((50, 150, 250), (600, 660)) + text + more), "a.pdf", "")
    assert next(s for s in grid.sheets if not s.is_text).values["B1"] == read_as


def test_the_child_is_the_one_of_this_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another xltools is installed, its child might answer in another way."""
    started: list[Path] = []
    real = subprocess.run

    def run(command: list[str], *, cwd: str, **options: Any) -> Any:
        started.append(Path(cwd).joinpath(*command[2].split(".")).with_suffix(".py"))
        return real(command, cwd=cwd, **options)

    monkeypatch.setattr(subprocess, "run", run)
    read(words((50, 700, "this page holds enough of text")))
    assert started == [Path(pdf_child.__file__)]
