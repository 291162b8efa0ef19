"""Output files appear whole or not at all, under names every system accepts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xltools.diagnostics.exceptions import UsageError
from xltools.writing.files import (
    FORBIDDEN_IN_FILE_NAMES,
    require_folder,
    require_writable,
    safe_file_name,
    staged_outputs,
    write_whole,
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("云山县教育局_2025", "云山县教育局_2025"),
        ('a<b>c:d"e/f\\g|h?i*j', "a_b_c_d_e_f_g_h_i_j"),
        ("行\n尾\t", "行_尾_"),
        ("CON", "_CON"),
        ("con", "_con"),
        ("nul.xlsx", "_nul.xlsx"),
        ("COM1", "_COM1"),
        ("lpt9.2025", "_lpt9.2025"),
        ("COM10", "COM10"),
        ("CONTROL", "CONTROL"),
        ("尾点. ", "尾点"),
        (" .hidden", "hidden"),
        ("..", "_"),
        ("", "_"),
        ("长" * 300, "长" * 66),
    ],
)
def test_names_are_made_safe_for_windows(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe
    assert safe_file_name(safe) == safe
    assert not set(safe) & set(FORBIDDEN_IN_FILE_NAMES)


def test_a_name_in_chinese_is_not_too_long_for_linux(tmp_path: Path) -> None:
    stem = safe_file_name("990131001_" + "云山县" * 100)
    try:
        (tmp_path / f"{stem}.xlsx").write_bytes(b"")
    except OSError:
        pytest.fail(f"{len(stem.encode())} bytes are more than a file name may have")


def test_a_file_is_written_with_nothing_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.xlsx", b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.xlsx": b"new"}


def test_an_existing_file_is_replaced_only_with_force(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(UsageError, match="--force"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    write_whole(target, b"new", force=True)
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(UsageError, match="the disk is full"):
        write_whole(target, b"new", force=True)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.xlsx": b"old"}


def test_an_interruption_leaves_no_rest_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.xlsx", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_output_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        require_writable(tmp_path, force=True)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        write_whole(tmp_path / "nowhere" / "a.xlsx", b"")
    assert not (tmp_path / "nowhere").exists()


def test_an_output_folder_is_made_and_may_be_asked_to_be_empty(tmp_path: Path) -> None:
    require_folder(tmp_path / "a" / "b", empty=True)
    assert (tmp_path / "a" / "b").is_dir()
    require_folder(tmp_path / "a")
    with pytest.raises(UsageError, match="not empty"):
        require_folder(tmp_path / "a", empty=True)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        require_folder(tmp_path / "file")
    with pytest.raises(UsageError, match="cannot write"):
        require_folder(tmp_path / "file" / "below")


def test_several_files_appear_together_or_none(tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_bytes(b"old")

    def write_both(*, force: bool) -> None:
        with staged_outputs(force=force) as outputs:
            outputs.write(tmp_path / "a.xlsx", b"a")
            assert not (tmp_path / "a.xlsx").exists()
            outputs.write(tmp_path / "b.xlsx", b"b")

    with pytest.raises(UsageError, match="exists"):
        write_both(force=False)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"b.xlsx": b"old"}
    write_both(force=True)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.xlsx": b"a", "b.xlsx": b"b"}
