"""A round with a key: workbooks that were not issued with it, for this unit and period, are found out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.cli.conftest import Ran
from xltools.diagnostics.exceptions import UsageError
from xltools.model.unit import Unit

Run = Callable[..., Ran]
UNIT = Unit("云山县教育局", "990131002", "县级部门")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "密钥.bin"
    path.write_bytes(bytes(range(32)))
    return path


def _issued(tmp_path: Path, name: str, **options: object) -> Path:
    path = tmp_path / name
    xltools.issue("zfxxgk-2021", 2025, UNIT, path, **options)  # type: ignore[arg-type]
    return path


def _codes(path: Path, **options: object) -> set[str]:
    (checked,) = xltools.check([path], **options)  # type: ignore[arg-type]
    return {found.code for found in checked.findings}


def test_a_workbook_issued_with_the_key_is_recognised(run: Run, tmp_path: Path, key: Path) -> None:
    path = tmp_path / "a.xlsx"
    ran = run("blank", "zfxxgk-2021", "--year", "2025", "--unit", "某局", "--key-file", key, "-o", path)
    assert ran.status == 0
    assert "NOT-ISSUED" not in run("check", path, "--key-file", key).out
    assert not {"NOT-ISSUED", "IDENTITY-CHANGED"} & _codes(path)  # who has no key says nothing


def test_a_workbook_issued_without_or_with_another_key_is_found_out(tmp_path: Path, key: Path) -> None:
    other = tmp_path / "另一个.bin"
    other.write_bytes(bytes(32))
    assert "NOT-ISSUED" in _codes(_issued(tmp_path, "plain.xlsx"), key_file=key)
    assert "NOT-ISSUED" in _codes(_issued(tmp_path, "other.xlsx", key_file=other), key_file=key)


def test_a_workbook_rewritten_for_another_unit_is_found_out(tmp_path: Path, key: Path) -> None:
    path = _issued(tmp_path, "a.xlsx", key_file=key)
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == UNIT.code:
                    cell.value = "990131003"
    book.save(path)
    assert "NOT-ISSUED" in _codes(path, key_file=key)


def test_a_slip_keeps_the_mark_of_the_round(tmp_path: Path, key: Path) -> None:
    path = _issued(tmp_path, "a.xlsx", key_file=key)
    (slip,) = xltools.write_slips(xltools.check([path]), tmp_path / "退回")
    assert "NOT-ISSUED" not in _codes(slip, key_file=key)


@pytest.mark.parametrize("content", [b"", b"short", None])
def test_a_key_file_must_hold_a_key(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "k"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError):
        _issued(tmp_path, "a.xlsx", key_file=path)
    assert not (tmp_path / "a.xlsx").exists()
