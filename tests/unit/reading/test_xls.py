"""Legacy .xls and .et: what LibreOffice saves of our workbooks, hand-made records, hostile bytes."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest

from tests.support.office import convert
from tests.unit.reading.makers import real_workbook, record
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.excel.values import ErrorValue
from xltools.reading.workbooks.biff import survey
from xltools.reading.workbooks.workbook import read_workbook


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workbook and what LibreOffice makes of it as .xls."""
    folder = tmp_path_factory.mktemp("xls")
    source = real_workbook(folder / "a.xlsx", rows=10)
    return source, convert([source], folder / "out", "xls")[0]


def refusal(path: Path) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(path)
    return caught.value


@pytest.mark.libreoffice
def test_everything_but_formulas_is_the_same(saved: tuple[Path, Path]) -> None:
    before, after = read_workbook(saved[0]), read_workbook(saved[1])
    assert (after.has_formulas, before.has_formulas) == (False, True)
    assert [note.code for note in after.notes] == ["FILE-CELLS-SKIPPED"]
    assert set(after.names) == set(before.names)
    assert {text.replace("'", "") for text in after.names.values()} == {
        text.replace("'", "") for text in before.names.values()
    }
    for ours, theirs in zip(before.sheets, after.sheets, strict=True):
        assert (ours.name, ours.protected) == (theirs.name, theirs.protected)
        assert (ours.visibility == "visible") == (theirs.visibility == "visible")
        assert set(ours.merges) == set(theirs.merges)
        assert (ours.hidden_rows, set(theirs.hidden_columns) >= {8, 9}) == (theirs.hidden_rows, True)
        constants = {
            k: v for k, v in ours.values.items() if k not in ours.formulas
        }  # it recalculates the others
        assert constants == {
            k: pytest.approx(v) if isinstance(v, float) else v
            for k, v in theirs.values.items()
            if k in constants
        }
        assert theirs.values["I2"] == ErrorValue("#N/A")
        assert type(theirs.values["B2"]) is int
        opened = {k for k, style in theirs.styles.items() if style in after.unlocked_styles}
        assert opened == {k for k, style in ours.styles.items() if style in before.unlocked_styles}


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["a.et", "a.xlsx", "a.ods"])
def test_the_name_does_not_matter(saved: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(saved[1].read_bytes())
    assert not read_workbook(path).has_formulas


@pytest.mark.libreoffice
def test_truncated_and_flipped_files_are_findings(saved: tuple[Path, Path], tmp_path: Path) -> None:
    data = saved[1].read_bytes()
    path = tmp_path / "a.xls"
    dice = random.Random(7)
    damaged = [data[: dice.randrange(8, len(data))] for _ in range(40)]
    for _ in range(160):
        flipped = bytearray(data)
        for _ in range(dice.choice((1, 3, 20, 200))):
            flipped[dice.randrange(8, len(data))] ^= 1 << dice.randrange(8)
        damaged.append(bytes(flipped))
    read = 0
    for content in damaged:
        path.write_bytes(content)
        try:
            read_workbook(path)
            read += 1
        except UnreadableFileError as error:
            assert error.code.startswith("FILE-")  # noqa: PT017 - either outcome is right
    assert 0 < read < len(damaged)


def stream(*sheet: bytes, workbook: bytes = b"", position: int | None = None) -> bytes:
    begin = record(0x0809, b"\0\6\5\0" + bytes(12))
    bound = record(0x0085, bytes(4) + b"\0\0\1\0a")
    at = len(begin + bound + workbook) + 4
    bound = record(0x0085, struct.pack("<L", at if position is None else position) + b"\0\0\1\0a")
    return begin + bound + workbook + record(0x0A) + begin + b"".join(sheet) + record(0x0A)


def test_a_survey_finds_protection() -> None:
    on, off = record(0x12, b"\1\0"), record(0x12, b"\0\0")
    assert survey(stream(on)).protected_sheets == (True,)
    assert survey(stream(off)).protected_sheets == (False,)
    assert survey(stream(workbook=on)).structure_protected
    inner = record(0x0809, b"\0\6\x20\0") + on + record(0x0A)
    assert survey(stream(inner)).protected_sheets == (False,)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE-NOT-WORKBOOK"),
        (b"\x09\x08\xff\xff", "FILE-NOT-WORKBOOK"),
        (stream(position=3), "FILE-NOT-WORKBOOK"),
        (stream(workbook=record(0x2F, bytes(6))), "FILE-PASSWORD"),
        (stream(record(0x01B8, struct.pack("<4H", 0, 0xFFFF, 0, 255))), "FILE-UNSAFE"),
        (stream(workbook=record(0xFC, struct.pack("<2L", 1, 0x7FFFFFFF))), "FILE-UNSAFE"),
        (stream(*[record(0x0201, struct.pack("<3H", row, 255, 0)) for row in range(5000)]), "FILE-UNSAFE"),
        (stream(*[record(0xBE, struct.pack("<5H", n, 0, 0, 0, 255)) for n in range(5000)]), "FILE-UNSAFE"),
        (stream(*[record(0xE5, b"\xff\xff")] * 3), "FILE-UNSAFE"),
    ],
    ids=["empty", "cut", "position", "password", "link", "strings", "far cells", "far blanks", "merges"],
)  # fmt: skip
def test_what_asks_for_too_much_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        survey(data)
    assert caught.value.code == code


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16 * 1024 * 1024) + "Workbook".encode("utf-16-le")
    )
    started = time.perf_counter()
    assert refusal(path).code == "FILE-UNSAFE"
    assert time.perf_counter() - started < 2
