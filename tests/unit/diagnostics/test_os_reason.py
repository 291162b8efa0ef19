"""What the system says of a refusal is said in the reader's language, wherever it is raised."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.os_reason import os_reason
from xltools.model.tidy import DataColumn, DataTable
from xltools.reading.data_lines import read_data
from xltools.reading.key_file import read_key
from xltools.reading.package import read_bytes
from xltools.writing.data_sqlite import write_sqlite
from xltools.writing.files import cannot_write


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EFBIG, "文件超过系统允许的大小"),
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.ENAMETOOLONG, "名称过长"),
    ],
)
def test_the_usual_reasons_are_in_words(code: int, words: str) -> None:
    error = OSError(code, "No such luck")
    assert os_reason(error).zh.startswith(words)
    said = cannot_write(Path("汇总.xlsx"), error).text
    assert said.zh.startswith(f"无法写入“汇总.xlsx”：{words}")
    assert "No such luck" not in said.en


def test_a_rare_reason_keeps_the_words_of_the_system() -> None:
    assert os_reason(OSError(errno.ELOOP, "Too many links")).zh == "系统报告“Too many links”"
    assert os_reason(OSError("odd")).en == "odd"


def test_windows_says_that_a_file_is_in_use_as_a_missing_permission() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert os_reason(error).zh == "正被别的程序使用，请先关闭"


def test_readers_say_it_in_the_same_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as key:
        read_key(tmp_path)
    with pytest.raises(UsageError) as data:
        list(read_data(tmp_path))
    for caught in (key, data):
        assert "是文件夹，不是文件" in caught.value.text.zh
    with pytest.raises(UnreadableFileError) as read:
        read_bytes(tmp_path / ("长" * 300))
    assert "名称过长" in read.value.text.zh


def test_a_full_disk_is_told_by_a_database_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(path: Path) -> sqlite3.Connection:
        database = connect(path)
        database.execute("PRAGMA max_page_count = 1")
        return database

    monkeypatch.setattr(sqlite3, "connect", small)
    table = DataTable("数", (DataColumn("a", "text"),), ())
    with pytest.raises(OSError, match="full") as caught:
        write_sqlite(tmp_path / "a.sqlite", (table,))
    assert os_reason(caught.value).zh == "磁盘已满"
