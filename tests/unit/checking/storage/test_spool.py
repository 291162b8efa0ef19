"""What is set aside on the disk comes back as it was, or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.support.cases import all_cases
from tests.support.workbooks import FORMS
from xltools.checking.check import check_submission
from xltools.checking.result import CheckedFile
from xltools.checking.storage import spool as spool_module
from xltools.checking.storage.record import pack, read_entry
from xltools.checking.storage.spool import IN_MEMORY, Spool
from xltools.diagnostics.exceptions import UsageError


@pytest.fixture(autouse=True)
def on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing stays in memory."""
    monkeypatch.setattr(spool_module, "IN_MEMORY", 1)


find = {form.id: form for form in FORMS}.get
FILES = [
    CheckedFile(f"{n}.xlsx", None, *check_submission(case.submission)) for n, case in enumerate(all_cases())
]
UNREADABLE = CheckedFile("坏.xlsx", None, None, ())


def filled() -> Spool:
    spool = Spool(find)
    for file in (*FILES, UNREADABLE):
        assert spool.append(pack(file)) == read_entry(pack(file))
    return spool


def test_a_spool_is_the_sequence_of_what_was_put_in() -> None:
    with filled() as spool:
        assert list(spool) == [*FILES, UNREADABLE]
        assert len(spool) == len(spool.entries) == len(FILES) + 1
        assert (spool[-1], spool[0], spool[3]) == (UNREADABLE, FILES[0], FILES[3])
        assert spool[2:5] == FILES[2:5]
        assert [entry.file for entry in spool.entries] == [file.file for file in (*FILES, UNREADABLE)]
        spool.append(pack(FILES[0]))  # after reading, at the end all the same
        assert (spool[-1], spool[1]) == (FILES[0], FILES[1])
        with pytest.raises(IndexError):
            spool[len(spool)]


def test_a_file_is_found_by_its_name() -> None:
    with filled() as spool:
        assert spool.file("3.xlsx") == FILES[3]
        assert spool.submission("5.xlsx") == FILES[5].submission
        assert spool.file("坏.xlsx") == UNREADABLE
        for name in ("坏.xlsx", "没有.xlsx"):
            with pytest.raises(LookupError):
                spool.submission(name)


def test_files_with_findings_are_found_without_reading_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {file.file for file in FILES[5:40]} | {UNREADABLE.file}
    expected = [file for file in FILES[5:40] if file.findings]
    assert expected
    with filled() as spool:
        read: list[int] = []
        monkeypatch.setattr(
            Spool, "_record", lambda self, n, whole=Spool._record: (read.append(n), whole(self, n))[1]
        )
        assert list(spool.with_findings(names)) == expected
        assert len(read) == len(expected)


def test_the_disk_is_given_back_when_a_spool_is_closed_or_forgotten() -> None:
    spool = filled()
    file = spool._file
    assert not file.closed
    del spool
    assert file.closed
    with filled() as spool:
        pass
    with pytest.raises(ValueError, match="closed"):
        spool[0]


def test_what_has_changed_on_the_disk_is_not_taken_for_a_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "spool"
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: path.open("w+b"))
    with filled() as spool:
        data = bytearray(path.read_bytes())
        data[spool._ends[1] - 1] ^= 1
        path.write_bytes(data)
        assert spool[1] == FILES[1]
        with pytest.raises(UsageError, match="damaged"):
            spool[0]
    with filled() as spool:
        path.write_bytes(b"")
        with pytest.raises(UsageError, match="damaged"):
            spool[1]


def test_a_disk_that_cannot_take_it_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: Path("/dev/full").open("wb"))  # noqa: SIM115 - the spool holds it
    spool = Spool(find)
    with pytest.raises(UsageError, match="the disk is full"):
        spool.append(pack(FILES[0]))
    monkeypatch.undo()
    monkeypatch.setattr(spool_module, "IN_MEMORY", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(UsageError, match="cannot write"):
        Spool(find).append(pack(FILES[0]))


def test_few_files_need_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(**_: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory")

    monkeypatch.setattr(tempfile, "TemporaryFile", nowhere)
    monkeypatch.setattr(tempfile, "tempdir", None)
    with pytest.raises(UsageError, match="no temporary folder"):
        filled()
    monkeypatch.setattr(spool_module, "IN_MEMORY", IN_MEMORY)
    with filled() as spool:
        assert list(spool) == [*FILES, UNREADABLE]
