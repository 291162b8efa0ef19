"""Files, folders and patterns as people type them."""

# ruff: noqa: E501 - samples read better on one line

from __future__ import annotations

import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from xltools.diagnostics.exceptions import UsageError
from xltools.reading.inputs import InputFile, find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/甲.XLSX", "b/c/乙.xls", "a.xlsm", "z.et", "y.ods", "x[1].xlsx", "notes.txt",
                 "~$a.xlsx", ".~lock.a.xlsx#", ".hidden.xlsx", ".git/q.xlsx"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def names(files: list[InputFile], folder: Path) -> list[str]:
    return [file.path.resolve().relative_to(folder.resolve()).as_posix() for file in files]


def test_folders_are_searched_throughout(folder: Path) -> None:
    found = names(find_files([folder]), folder)
    assert found == ["a.xlsm", "b/c/乙.xls", "b/甲.XLSX", "x[1].xlsx", "y.ods", "z.et"]


def test_named_files_are_taken_as_they_are_and_once(folder: Path) -> None:
    given = [
        str(folder / "notes.txt"),
        folder / "a.xlsm",
        folder / "b" / ".." / "a.xlsm",
        folder / "x[1].xlsx",
        folder,
    ]
    found = names(find_files(given), folder)
    assert found[:3] == ["notes.txt", "a.xlsm", "x[1].xlsx"]
    assert len(found) == len(set(found)) == 7


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("*.xls?", ["a.xlsm", "x[1].xlsx"]), ("**/*.xls", ["b/c/乙.xls"]), ("b*", ["b/c/乙.xls", "b/甲.XLSX"]), ("*.txt", ["notes.txt"])],
)  # fmt: skip
def test_patterns(folder: Path, pattern: str, expected: list[str]) -> None:
    assert names(find_files([f"{folder}/{pattern}"]), folder) == expected


def test_loops_of_links(folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder)
    assert len(find_files([folder])) == 6
    assert len(find_files([f"{folder}/b/**/*.xls"])) == 1


@pytest.mark.parametrize("name", ["none.xlsx", "*.docx", "a\0b", "n" * 5000, "a.xlxm", "gone/x.xlsx"])
def test_what_is_not_there(folder: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_files([f"{folder}/{name}"])
    assert ("did you mean" in caught.value.text.en and "a.xlsm" in caught.value.text.zh) == (name == "a.xlxm")


def test_nothing_given_and_empty_folder(tmp_path: Path) -> None:
    for given in ([], [tmp_path]):
        with pytest.raises(UsageError):
            find_files(given)


def test_when_a_file_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    moment = datetime(2026, 1, 20, 9, 30, 14)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("甲.xlsx", (2026, 1, 21, 10, 20, 30)), b"x")
        archive.writestr(zipfile.ZipInfo("乙.xlsx", (1980, 0, 0, 0, 0, 0)), b"x")
    found = {file.name.rpartition("/")[2]: file.modified() for file in find_files([tmp_path])}
    assert found == {"a.xlsx": moment, "甲.xlsx": datetime(2026, 1, 21, 10, 20, 30), "乙.xlsx": None}
    path.unlink()
    assert InputFile("a.xlsx", path).modified() is None
