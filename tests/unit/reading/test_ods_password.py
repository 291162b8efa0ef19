"""Password-protected .ods and .xls as LibreOffice writes them, and encryption that is not supported."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.office import convert, encrypt
from tests.support.workbooks import FORM_2021, save, submission_of
from tests.unit.reading.makers import write_zip
from tests.unit.reading.test_password import refusal
from xltools.reading.workbooks.workbook import read_workbook

PASSWORD = "报送 2026"
CODE = "FILE-PASSWORD"
MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    figures = {cell.id: number for number, cell in enumerate(FORM_2021.inputs)}
    return save(submission_of(FORM_2021, figures), tmp_path_factory.mktemp("明文") / "某局.xlsx")


@pytest.fixture(scope="module")
def locked(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return encrypt(source, tmp_path_factory.mktemp("加密"), "ods", PASSWORD)


@pytest.mark.libreoffice
def test_an_ods_of_libreoffice_opens_with_its_password(source: Path, locked: Path, tmp_path: Path) -> None:
    (plain,) = convert([source], tmp_path, "ods")
    assert read_workbook(locked, open_password=PASSWORD).sheets == read_workbook(plain).sheets
    missing, wrong = refusal(locked, ""), refusal(locked, "别的")
    assert (missing.code, wrong.code) == (CODE, CODE)
    assert "不对" in wrong.text.zh
    assert missing.text != wrong.text


@pytest.mark.libreoffice
def test_an_xls_of_libreoffice_opens_with_its_password(source: Path, tmp_path: Path) -> None:
    xls = encrypt(source, tmp_path / "加密", "xls", PASSWORD)
    (plain,) = convert([source], tmp_path / "明文", "xls")
    assert read_workbook(xls, open_password=PASSWORD).sheets == read_workbook(plain).sheets
    missing, wrong = refusal(xls, ""), refusal(xls, "别的")
    assert (missing.code, wrong.code) == (CODE, CODE)
    assert "不对" in wrong.text.zh


def changed(locked: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(locked) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    change(members)
    return write_zip(target, members)


def _replaced(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert old.encode() in members[_MANIFEST]
        members[_MANIFEST] = members[_MANIFEST].replace(old.encode(), new.encode())

    return change


def _shorter(members: dict[str, bytes]) -> None:
    members["content.xml"] = members["content.xml"][:-16]


def _odd(members: dict[str, bytes]) -> None:
    members["content.xml"] = members["content.xml"][:-1]


def _empty(members: dict[str, bytes]) -> None:
    members["content.xml"] = b""


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (_replaced('iteration-count="100000"', 'iteration-count="90000000"'), "FILE-UNSAFE", "far too long"),
        (_replaced('iteration-count="100000"', f'iteration-count="{"9" * 5000}"'), "FILE-UNSAFE", "far too"),
        (_replaced('iteration-count="100000"', 'iteration-count="0"'), "FILE-UNSAFE", "far too long"),
        (_replaced('iteration-count="100000"', 'iteration-count="x"'), CODE, "not supported"),
        (_replaced('derivation-name="PBKDF2"', 'derivation-name="argon2id"'), CODE, "not supported"),
        (_replaced("xmlenc#aes256-cbc", "xmlenc#blowfish"), CODE, "not supported"),
        (_replaced("checksum=", "other="), CODE, "does not open"),
        (_replaced('salt="', 'salt="!!'), "FILE-NOT-WORKBOOK", "damaged"),
        (_replaced('vector="', 'vector="AAAA'), "FILE-NOT-WORKBOOK", "damaged"),
        (_shorter, "FILE-NOT-WORKBOOK", "damaged"),
        (_odd, "FILE-NOT-WORKBOOK", "damaged"),
        (_empty, "FILE-NOT-WORKBOOK", "damaged"),
    ],
)
def test_what_is_wrong_with_an_encrypted_ods(
    change: Callable[[dict[str, bytes]], None], code: str, words: str, locked: Path, tmp_path: Path
) -> None:
    found = refusal(changed(locked, tmp_path / "a.ods", change), PASSWORD)
    assert (found.code, words in found.text.en) == (code, True), found.text.en


def test_the_package_of_newer_libreoffice_says_what_to_do(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.ods", {"mimetype": MEDIA, "encrypted-package": "x"})
    for password in ("", PASSWORD):
        found = refusal(path, password)
        assert found.code == CODE
        assert "save it without one" in found.text.en


def test_an_encrypted_ods_without_a_password(tmp_path: Path) -> None:
    members = {"mimetype": MEDIA, "content.xml": "x", _MANIFEST: "<manifest:encryption-data/>"}
    assert refusal(write_zip(tmp_path / "a.ods", members), "").code == CODE
