"""Encrypted workbooks, opened with a password that is given."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.unit.reading.makers import real_workbook
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading import ole
from xltools.reading.workbooks.workbook import read_workbook


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    plain = real_workbook(tmp_path / "plain.xlsx")
    return encrypt(plain, tmp_path / "locked.xlsx", "报送2026")


def encrypt(plain: Path, target: Path, password: str) -> Path:
    secret = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt(password, secret)
    target.write_bytes(secret.getvalue())
    return target


def refusal(path: Path, password: str) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read_workbook(path, open_password=password)
    return caught.value


def test_the_password_opens_it(locked: Path) -> None:
    grid = read_workbook(locked, open_password="报送2026")
    assert grid.sheets == read_workbook(locked.parent / "plain.xlsx").sheets
    assert grid.sha256 == hashlib.sha256(locked.read_bytes()).hexdigest()


def test_a_password_nobody_needs_does_no_harm(locked: Path) -> None:
    assert read_workbook(locked.parent / "plain.xlsx", open_password="x").sheets[0].values["B2"] == 7


def test_without_and_with_the_wrong_one(locked: Path) -> None:
    missing, wrong = refusal(locked, ""), refusal(locked, "错")
    assert (missing.code, wrong.code) == ("FILE-PASSWORD", "FILE-PASSWORD")
    assert missing.text != wrong.text
    assert "不对" in wrong.text.zh


def test_damage_is_a_finding(locked: Path) -> None:
    data = locked.read_bytes()
    for cut in range(600, len(data), 400):
        locked.write_bytes(data[:cut])
        assert refusal(locked, "报送2026").code.startswith("FILE-")


def test_too_many_rounds_are_refused(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ole, "MAX_SPINS", 10)
    assert refusal(locked, "报送2026").code == "FILE-UNSAFE"
