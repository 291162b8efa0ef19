"""Zip archives of workbooks: names, nesting, bounds, and members that must not be read."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.unit.reading.makers import ole_file, parts, sheet_xml, write_zip
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading import archive
from xltools.reading.inputs import InputFile, file_digest, find_files
from xltools.reading.workbooks.workbook import read_workbook

ROW = '<row r="1"><c r="A1"><v>{}</v></c></row>'


def workbook(value: int = 1) -> bytes:
    return packed(parts(sheet_xml(ROW.format(value))))


def packed(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def value(file: InputFile) -> object:
    return read_workbook(file).sheets[0].values["A1"]


def refusal(file: InputFile) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(file)
    assert caught.value.text.zh
    return caught.value.code


def test_members_are_read_in_order_and_known_by_their_place(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "报送.zip",
        {
            "教育局/a.xlsx": workbook(2), "b.XLSX": workbook(1), "读我.txt": "x", "教育局/.hidden.xlsx": "x",
            "__MACOSX/._b.xlsx": "x", "教育局/~$a.xlsx": "x", "图.png": "x", "教育局/": "",
        },
    )  # fmt: skip
    files = find_files([tmp_path])
    assert [file.name for file in files] == [f"{path}/b.XLSX", f"{path}/教育局/a.xlsx"]
    assert [value(file) for file in files] == [1, 2]
    assert read_workbook(files[0]).file == files[0].name
    assert {file.path for file in files} == {path}
    assert file_digest(files[0]) == read_workbook(files[0]).sha256
    assert pickle.loads(pickle.dumps(files)) == files


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_the_flag(tmp_path: Path, encoding: str) -> None:
    """As Chinese Windows packs them; 乗 ends in 0x5C in GBK, which is no separator."""
    name = "乗教育局/年报.xlsx".encode(encoding)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x" * len(name), workbook())
    path.write_bytes(path.read_bytes().replace(b"x" * len(name), name))
    (file,) = find_files([path])
    assert file.name == f"{path}/乗教育局/年报.xlsx"
    assert value(file) == 1


@pytest.mark.parametrize(
    "name", ["../a.xlsx", "/etc/a.xlsx", "C:/a.xlsx", "x/../../a.xlsx", "..\\a.xlsx", "../a.zip"]
)
def test_names_that_lead_out_are_refused_alone(tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "a.zip", {name: workbook(), "好.xlsx": workbook()})
    files = {file.name: file for file in find_files([path])}
    assert value(files.pop(f"{path}/好.xlsx")) == 1
    (bad,) = files.values()
    assert refusal(bad) == "FILE-UNSAFE"
    assert file_digest(bad) is None


def test_archives_in_archives_one_level_deep(tmp_path: Path) -> None:
    deep = packed({"c.xlsx": workbook(3)})
    inner = packed({"甲/b.xlsx": workbook(2), "深.zip": deep, "../out.xlsx": workbook()})
    renamed = workbook(5)
    path = write_zip(
        tmp_path / "a.zip",
        {"县.zip": inner, "z.xlsx": workbook(1), "empty.zip": packed({}), "bad.zip": b"PK\x03\x04",
         "book.zip": renamed},
    )  # fmt: skip
    files = {file.name.removeprefix(f"{path}/"): file for file in find_files([path])}
    assert value(files["县.zip/甲/b.xlsx"]) == 2
    assert (value(files["z.xlsx"]), value(files["book.zip"])) == (1, 5)
    assert refusal(files["县.zip/深.zip"]) == "FILE-NOT-WORKBOOK"
    assert refusal(files["县.zip/../out.xlsx"]) == "FILE-UNSAFE"
    assert {refusal(files["empty.zip"]), refusal(files["bad.zip"])} == {"FILE-NOT-WORKBOOK"}
    assert len(files) == 7


def test_misnamed_both_ways(tmp_path: Path) -> None:
    write_zip(tmp_path / "真.xlsx", {"a.xlsx": workbook(1)})
    (tmp_path / "假.zip").write_bytes(workbook(2))
    (tmp_path / "旧.zip").write_bytes(ole_file("Workbook"))
    files = {file.name: file for file in find_files([tmp_path])}
    assert value(files[f"{tmp_path}/真.xlsx/a.xlsx"]) == 1
    assert value(files[f"{tmp_path}/假.zip"]) == 2
    assert refusal(files[f"{tmp_path}/旧.zip"]) == "FILE-NOT-WORKBOOK"


def test_members_that_are_no_workbooks_harm_nobody(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip", {"1.xlsx": "text", "2.xls": ole_file("Workbook"), "3.xlsx": workbook(3)}
    )
    files = find_files([path])
    assert [refusal(file) for file in files[:2]] == ["FILE-NOT-WORKBOOK"] * 2
    assert value(files[2]) == 3


def test_archives_without_workbooks_and_damaged_ones_are_findings(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {"x.txt": "x"})
    (tmp_path / "b.zip").write_bytes(packed({"a.xlsx": workbook()})[:200])
    (tmp_path / "c.zip").write_bytes(b"")
    (tmp_path / "d.zip").write_bytes(b"Rar!\x1a\7\0")
    assert [refusal(file) for file in find_files([tmp_path])] == ["FILE-NOT-WORKBOOK"] * 4


def test_encrypted_archives_say_so(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.xlsx": workbook()})
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    (file,) = find_files([path])
    assert refusal(file) == "FILE-PASSWORD"


def test_bombs_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    big = write_zip(tmp_path / "big.zip", {"a.xlsx": bytes(65 * 1024 * 1024), "b.xlsx": workbook()})
    files = find_files([big])
    assert (refusal(files[0]), value(files[1])) == ("FILE-UNSAFE", 1)
    lying = write_zip(tmp_path / "lying.zip", {"a.xlsx": bytes(1000)})
    data = bytearray(lying.read_bytes())
    data[data.rindex(b"PK\1\2") + 24 : data.rindex(b"PK\1\2") + 28] = struct.pack("<L", 10)
    lying.write_bytes(data)
    assert refusal(find_files([lying])[0]) == "FILE-UNSAFE"
    many = write_zip(tmp_path / "many.zip", {f"{n}.xlsx": b"" for n in range(20_001)})
    assert [refusal(file) for file in find_files([many])] == ["FILE-UNSAFE"]
    monkeypatch.setattr(archive, "MAX_INFLATED", 3_000)
    inner = packed({"a.xlsx": bytes(2_000), "b.xlsx": bytes(900)})
    total = write_zip(tmp_path / "total.zip", {"a.zip": inner, "b.xlsx": workbook()})
    files = find_files([total])
    assert [refusal(file) for file in files[:1]] == ["FILE-UNSAFE"]
    assert value(files[-1]) == 1


def test_an_archive_that_is_gone_when_it_is_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.xlsx": workbook(), "b.zip": packed({"a.xlsx": workbook()})})
    files = find_files([path])
    path.unlink()
    assert [refusal(file) for file in files] == ["FILE-NOT-WORKBOOK"] * 2
