"""The guard: every odd or hostile file is either read or refused with a code, quickly."""

# ruff: noqa: E501 - samples of markup read better on one line

from __future__ import annotations

import hashlib
import random
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.unit.reading.makers import (
    HEAD,
    MAIN,
    ole_file,
    parts,
    real_workbook,
    sheet_xml,
    write_sheet,
    write_zip,
)
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading import package
from xltools.reading.grid import Grid
from xltools.reading.workbooks.workbook import read_workbook

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refusal(path: Path) -> UnreadableFileError:
    started = time.process_time()
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(path)
    assert time.process_time() - started < 20  # a hang, not a speed: processor time
    assert "{" not in caught.value.text.zh + caught.value.text.en
    return caught.value


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "FILE-NOT-WORKBOOK", "empty"),
        (bytes(5000), "FILE-NOT-WORKBOOK", "zeros"),
        ("单位,数字\n甲,1\n".encode(), "FILE-NOT-WORKBOOK", "text file"),
        (b"%PDF-1.7\n\0\1", "FILE-NOT-WORKBOOK", "PDF"),
        (b"\n<HTML><table></table></html>", "FILE-NOT-WORKBOOK", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "FILE-NOT-WORKBOOK", "XML"),
        (b"Rar!\x1a\7\0", "FILE-NOT-WORKBOOK", "unpack"),
        (b"\x89PNG\r\n\x1a\n\0\0", "FILE-NOT-WORKBOOK", "not known"),
        (ole_file("Root Entry", "Workbook"), "FILE-NOT-WORKBOOK", "97-2003"),
        (ole_file("Root Entry", "WordDocument"), "FILE-NOT-WORKBOOK", "Word"),
        (ole_file("Root Entry", "EncryptionInfo", "EncryptedPackage"), "FILE-PASSWORD", "password"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "FILE-PASSWORD",
            "password",
        ),
        (b"PK\x03\x04", "FILE-NOT-WORKBOOK", "cut off"),
        (b"PK\x05\x06" + bytes(18), "FILE-NOT-WORKBOOK", "without files"),
    ],
)
def test_what_is_no_workbook_is_recognised_by_its_content(
    tmp_path: Path, data: bytes, code: str, word: str
) -> None:
    error = refusal(saved(tmp_path / "return.xlsx", data))
    assert (error.code, word in error.text.en) == (code, True)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "presentation"),
        ("xl/workbook.bin", "xlsb"),
        ("a.xlsx", "unpack"),
    ],
)
def test_other_zips_are_named(tmp_path: Path, name: str, word: str) -> None:
    error = refusal(write_zip(tmp_path / "a.xlsx", {name: "x"}))
    assert (error.code, word in error.text.en) == ("FILE-NOT-WORKBOOK", True)


def test_ods_is_named(tmp_path: Path) -> None:
    error = refusal(write_zip(tmp_path / "a.xlsx", {"mimetype": "x", "content.xml": "<x/>"}))
    assert "OpenDocument" in error.text.en


def test_folder_missing_and_odd_paths(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "FILE-NOT-WORKBOOK"
    assert refusal(tmp_path / "gone.xlsx").code == "FILE-NOT-WORKBOOK"
    assert refusal(Path("a\0b.xlsx")).code == "FILE-NOT-WORKBOOK"
    assert refusal(Path("/dev/zero")).code == "FILE-NOT-WORKBOOK"


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sheet(tmp_path / "a.xlsx", ROW)

    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(package, "open", deny, raising=False)
    assert "may not be opened" in refusal(path).text.en


def test_sha256_is_that_of_the_file(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", ROW)
    assert read_workbook(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_file_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sheet(tmp_path / "a.xlsx", ROW)
    monkeypatch.setattr(package, "MAX_FILE", 100)
    assert refusal(path).code == "FILE-UNSAFE"


def test_part_names_without_case_and_with_leading_slash(tmp_path: Path) -> None:
    members = {("/" + name).replace("sheet1", "SHEET1"): text for name, text in parts(sheet_xml(ROW)).items()}
    assert read_workbook(write_zip(tmp_path / "a.xlsx", members)).sheets[0].values == {"A1": 1}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_entries(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", ROW)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", sheet_xml(""))
    assert refusal(path).code == "FILE-UNSAFE"


def test_too_many_entries(tmp_path: Path) -> None:
    members = parts(sheet_xml(ROW)) | {f"x/{n}": b"" for n in range(2001)}
    assert refusal(write_zip(tmp_path / "a.xlsx", members)).code == "FILE-UNSAFE"


def test_honest_bomb(tmp_path: Path) -> None:
    big = sheet_xml(ROW + "<!--" + " " * (17 * 1024 * 1024) + "-->")
    assert refusal(write_zip(tmp_path / "a.xlsx", parts(big))).code == "FILE-UNSAFE"


def test_bomb_of_many_parts(tmp_path: Path) -> None:
    big = sheet_xml(ROW + "<!--" + " " * (13 * 1024 * 1024) + "-->")
    assert refusal(write_zip(tmp_path / "a.xlsx", parts(big, big, big, big))).code == "FILE-UNSAFE"


def patched(
    path: Path, name: str, *, size: int | None = None, flags: int = 0, crc: int | None = None
) -> Path:
    """Change the central directory record of a member."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
    at = data.index(name.encode(), start) - 46
    if size is not None:
        struct.pack_into("<L", data, at + 24, size)
    if crc is not None:
        struct.pack_into("<L", data, at + 16, crc)
    data[at + 8] |= flags
    path.write_bytes(data)
    return path


def test_bomb_with_lying_size(tmp_path: Path) -> None:
    big = sheet_xml(ROW + "<!--" + " " * (100 * 1024 * 1024) + "-->")
    path = write_zip(tmp_path / "a.xlsx", parts(big))
    assert refusal(patched(path, "xl/worksheets/sheet1.xml", size=1000)).code == "FILE-UNSAFE"


def test_declaring_too_much(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", ROW)
    assert refusal(patched(path, "xl/worksheets/sheet1.xml", size=5000)).code == "FILE-NOT-WORKBOOK"


def test_wrong_checksum(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", ROW)
    assert refusal(patched(path, "xl/worksheets/sheet1.xml", crc=1)).code == "FILE-NOT-WORKBOOK"


def test_encrypted_zip_entry(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", ROW)
    assert refusal(patched(path, "xl/worksheets/sheet1.xml", flags=1)).code == "FILE-PASSWORD"


def test_overlapping_entries(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", ROW)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start, offset = archive.start_dir, archive.getinfo("xl/workbook.xml").header_offset
    at = data.index(b"xl/worksheets/sheet1.xml", start) - 46
    struct.pack_into("<L", data, at + 42, offset + 3)
    assert refusal(saved(path, bytes(data))).code == "FILE-UNSAFE"


def test_zip64_sizes_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts(sheet_xml(ROW)).items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(text.encode() if isinstance(text, str) else text)
    assert read_workbook(path).sheets[0].values == {"A1": 1}


def test_zip64_extra_field() -> None:
    extra = struct.pack("<HHQ", 1, 8, 77)
    assert package._zip64_sizes(extra, packed=5, size=0xFFFFFFFF, offset=9) == (5, 77, 9)
    assert package._zip64_sizes(b"\1\0\x08\0\1", packed=0xFFFFFFFF, size=1, offset=2) == (0xFFFFFFFF, 1, 2)


def test_stored_members(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts(sheet_xml(ROW)).items():
            archive.writestr(name, text)
    assert read_workbook(path).sheets[0].values == {"A1": 1}


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join('<!ENTITY a%d "%s">' % (n, f"&a{n - 1};" * 10) for n in range(1, 10))  # noqa: UP031
    + "]>"
)


@pytest.mark.parametrize(
    "part",
    [
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
    ],
)
def test_doctype_is_refused_in_every_part(tmp_path: Path, part: str) -> None:
    members = parts(
        sheet_xml(ROW),
        strings=f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>',
        styles=f'<styleSheet xmlns="{MAIN}"/>',
    )
    text = members[part]
    assert isinstance(text, str)
    members[part] = HEAD + LAUGHS + text.removeprefix(HEAD)
    assert refusal(write_zip(tmp_path / "a.xlsx", members)).code == "FILE-UNSAFE"


CODES = ("read", "FILE-NOT-WORKBOOK", "FILE-PASSWORD", "FILE-UNSAFE")


def outcome(path: Path) -> str:
    try:
        assert isinstance(read_workbook(path), Grid)
    except UnreadableFileError as error:
        return error.code
    return "read"


def test_truncated_everywhere(tmp_path: Path) -> None:
    data = real_workbook(tmp_path / "a.xlsx").read_bytes()
    for length in range(0, len(data), len(data) // 40):
        assert refusal(saved(tmp_path / "b.xlsx", data[:length])).code == "FILE-NOT-WORKBOOK"


def test_bit_flips_never_crash(tmp_path: Path) -> None:
    data = real_workbook(tmp_path / "a.xlsx").read_bytes()
    random_source = random.Random(20260101)
    started = time.process_time()
    for _ in range(400):
        broken = bytearray(data)
        for _ in range(random_source.choice((1, 1, 3, 20))):
            broken[random_source.randrange(len(broken))] ^= 1 << random_source.randrange(8)
        assert outcome(saved(tmp_path / "b.xlsx", bytes(broken))) in CODES
    assert time.process_time() - started < 20  # a hang, not a speed: processor time


def test_mutated_markup_never_crashes(tmp_path: Path) -> None:
    """Bit flips are caught by the checksum; here the XML itself is broken before it is zipped."""
    with zipfile.ZipFile(real_workbook(tmp_path / "a.xlsx")) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    random_source = random.Random(7)
    names = [name for name in members if name.startswith(("xl/w", "xl/s", "_rels", "xl/_rels"))]
    for _ in range(300):
        name = random_source.choice(names)
        broken = bytearray(members[name])
        for _ in range(random_source.choice((1, 2, 5))):
            at = random_source.randrange(len(broken))
            broken[at : at + random_source.choice((0, 1, 4))] = random_source.choice(
                (b"", b"<", b">", b'"', b"&", b"A", b"9", b"</c>", b"\0", b"\xff", b"<!--", b"&#0;", b"]]>")
            )
        assert outcome(write_zip(tmp_path / "b.xlsx", members | {name: bytes(broken)})) in CODES


SHEET, STYLES, STRINGS, WORKBOOK = (
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
)
MANY_NAMES = "".join(f'<definedName name="n{n}">A1</definedName>' for n in range(300_000))
MANY_MERGES = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 300_000 + "</mergeCells>"
MASSES = {
    "rows": (SHEET, sheet_xml("<row><c/></row>" * 900_000)),
    "one cell again and again": (SHEET, sheet_xml('<row r="1"><c r="A1"/></row>' * 550_000)),
    "depth": (SHEET, f'<worksheet xmlns="{MAIN}">' + "<a>" * 1_000_000),
    "merges": (SHEET, sheet_xml(ROW, after=MANY_MERGES)),
    "names": (
        WORKBOOK,
        f'<workbook xmlns="{MAIN}"><sheets><sheet name="a"/></sheets>'
        f"<definedNames>{MANY_NAMES}</definedNames></workbook>",
    ),
    "open lists": (STYLES, f'<styleSheet xmlns="{MAIN}">' + "<cellXfs>" * 1_500_000),
    "formats": (
        STYLES,
        f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 2_000_000}<protection locked="0"/></cellXfs></styleSheet>',
    ),
    "runs": (STRINGS, f'<sst xmlns="{MAIN}">' + "<si><rPr>" * 1_500_000),
    "strings": (STRINGS, f'<sst xmlns="{MAIN}">' + "<si><t>a</t></si>" * 900_000 + "<x/></sst>"),
}


@pytest.mark.parametrize("what", MASSES)
def test_masses_of_elements_are_refused_quickly(tmp_path: Path, what: str) -> None:
    name, text = MASSES[what]
    members = parts(sheet_xml(ROW), strings="<x/>", styles=f'<styleSheet xmlns="{MAIN}"/>') | {name: text}
    error = refusal(write_zip(tmp_path / "a.xlsx", members))
    assert error.code in ("FILE-UNSAFE", "FILE-NOT-WORKBOOK")


def test_one_part_under_many_names(tmp_path: Path) -> None:
    members = parts(sheet_xml(ROW), sheet_xml(ROW))
    rels = members["xl/_rels/workbook.xml.rels"]
    assert isinstance(rels, str)
    members["xl/_rels/workbook.xml.rels"] = rels.replace("sheet2", "Sheet1")
    assert refusal(write_zip(tmp_path / "a.xlsx", members)).code == "FILE-UNSAFE"


def test_garbage_between_sound_headers(tmp_path: Path) -> None:
    """A member whose packed bytes are no deflate stream though the checksum field is consistent."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts(sheet_xml(ROW)).items():
            archive.writestr(name, text)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info, start = archive.getinfo("xl/worksheets/sheet1.xml"), archive.start_dir
    struct.pack_into("<H", data, info.header_offset + 8, 8)
    struct.pack_into("<H", data, data.index(b"xl/worksheets/sheet1.xml", start) - 46 + 10, 8)
    assert zlib.crc32(sheet_xml(ROW).encode()) == info.CRC
    assert refusal(saved(path, bytes(data))).code == "FILE-NOT-WORKBOOK"
