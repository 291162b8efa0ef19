"""Archives and encrypted workbooks on the command line."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.unit.reading.test_password import encrypt
from xltools.model.unit import Unit

Run = Callable[..., Ran]
Fill = Callable[..., Path]


@pytest.fixture
def archive(fill: Fill, tmp_path: Path) -> Path:
    """Two returns, one of them in a folder, under GBK names without the UTF-8 flag."""
    one = fill("一.xlsx")
    two = fill("二.xlsx", unit=Unit("云山县科技局", "990131003", "乡镇街道"))
    path = tmp_path / "报送.zip"
    names = {"教育局.xlsx".encode("gbk"): one, "科技/科技局.xlsx".encode("gbk"): two}
    write_with_names(path, {name: file.read_bytes() for name, file in names.items()})
    one.unlink()
    two.unlink()
    return path


def write_with_names(path: Path, members: dict[bytes, bytes]) -> None:
    """An archive whose names are these bytes, without the UTF-8 flag; zipfile itself cannot write those."""
    stand_ins = {chr(97 + number) * len(name): name for number, name in enumerate(members)}
    with zipfile.ZipFile(path, "w") as made:
        for stand_in, name in stand_ins.items():
            made.writestr(stand_in, members[name])
    data = path.read_bytes()
    for stand_in, name in stand_ins.items():
        data = data.replace(stand_in.encode(), name)
    path.write_bytes(data)


def test_check_reads_archives(run: Run, archive: Path) -> None:
    ran = run("check", archive, "--json")
    assert ran.status == 0, ran.out
    files = ran.json["files"]
    assert [file["file"] for file in files] == [f"{archive}/教育局.xlsx", f"{archive}/科技/科技局.xlsx"]
    assert [file["unit"]["name"] for file in files] == ["云山县教育局", "云山县科技局"]


def test_merge_reads_archives_and_folders_of_them(run: Run, archive: Path, tmp_path: Path) -> None:
    output = archive.parent / "汇总.xlsx"
    arguments = ("--unit", "云山县", "--code", "990131000", "-o", output, "--json")
    first = run("merge", archive.parent, *arguments)
    assert first.status == 0, first.out + first.err
    assert len(first.json["included"]) == 2
    again = run("merge", archive.parent, *arguments, "--force")
    assert again.json["included"] == first.json["included"], "the output is not taken for an input"


def test_last_years_figures_from_an_archive(run: Run, fill: Fill, archive: Path, tmp_path: Path) -> None:
    this_year = fill("今年/a.xlsx", period="2026")
    assert run("check", this_year, "--previous", archive).status == 0
    wrong = fill("今年/b.xlsx", {"t3.carried_in.natural": 5, "t3.granted.natural": 5}, period="2026")
    ran = run("check", wrong, "--previous", archive, "--json")
    assert ran.status == 1


def test_a_bad_member_is_a_finding(run: Run, archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr("../../x.xlsx", "x")
    ran = run("check", archive, "--json")
    assert ran.status == 2
    assert [file["status"] for file in ran.json["files"]].count("unreadable") == 1
    assert ran.json["counts"]["ok"] == 2


def test_open_password(run: Run, fill: Fill, tmp_path: Path) -> None:
    path = encrypt(fill("明文/a.xlsx"), tmp_path / "加密.xlsx", "开门")
    for option in ("--open-password", "--password"):  # a check locks nothing: here they mean the same
        assert run("check", path, option, "开门").status == 0
    missing, wrong = run("check", path), run("check", path, "--open-password", "x")
    assert (missing.status, wrong.status) == (2, 2)
    assert "[FILE-PASSWORD]" in missing.out
    assert "does not open this file" in wrong.out
    output = tmp_path / "汇总.xlsx"
    merged = run("merge", path, "--open-password", "开门", "--password", "锁", "-o", output)
    assert (merged.status, output.exists()) == (0, True)
