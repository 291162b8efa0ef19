"""What is known from earlier runs is used where nothing has changed, and never believed for being there."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

import xltools
from tests.support.cases import ROOT
from tests.support.workbooks import FORM_2021, MONTHLY_FILE, save, submission_of
from xltools.checking.result import CheckedFile
from xltools.checking.storage.record_log import scan
from xltools.diagnostics.findings import Status
from xltools.model.period import Period
from xltools.model.unit import Unit
from xltools.workflows import check_file, iter_check, spool_check
from xltools.workflows.execution import cache_secret as secret_module
from xltools.workflows.execution import folder_cache, result_cache
from xltools.workflows.execution.cache_secret import cache_secret
from xltools.workflows.execution.folder_cache import FOLDER, FolderCache

Checked = tuple[CheckedFile, ...]
Read = list[str]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    for number in range(5):
        unit = Unit(f"云山县第{number}局", f"99013100{number}", "县级部门")
        figures = {"t3.new.natural": number, "t3.granted.natural": number // 2}
        save(submission_of(FORM_2021, figures, unit=unit), folder / f"{number}.xlsx")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The names of the files that were really read as workbooks."""
    names: Read = []
    real = check_file.read_workbook

    def counted(file: Any, **options: Any) -> Any:
        names.append(Path(file.name).name)
        return real(file, **options)

    monkeypatch.setattr(check_file, "read_workbook", counted)
    return names


def check(inbox: Path, read: Read, **options: Any) -> tuple[Checked, list[str]]:
    """The results with the cache, the same as without it, and the files that were read for them."""
    expected = xltools.check([inbox], **options)
    read.clear()
    results = xltools.check([inbox], cache=True, **options)
    assert results == expected
    return results, sorted(read)


def names(inbox: Path) -> list[str]:
    return sorted(path.name for path in inbox.iterdir() if path.name != FOLDER)


def logs(inbox: Path) -> list[Path]:
    return sorted((inbox / FOLDER).iterdir())


def test_a_file_that_has_not_changed_is_not_read_twice(inbox: Path, read: Read) -> None:
    assert check(inbox, read)[1] == names(inbox)
    assert check(inbox, read)[1] == []
    save(submission_of(FORM_2021, {"t3.new.natural": 77}), inbox / "2.xlsx")
    assert check(inbox, read)[1] == ["2.xlsx"]
    (inbox / "4.xlsx").rename(inbox / "改名.xlsx")
    shutil.copyfile(inbox / "0.xlsx", inbox / "twin.xlsx")
    results, again = check(inbox, read)
    assert again == []
    assert next(found.code for found in results[-2].findings) == "SAME-FILE"
    (inbox / "3.xlsx").unlink()
    assert check(inbox, read)[1] == []
    with spool_check([inbox], cache=True) as spool:
        assert tuple(spool) == xltools.check([inbox])


def test_the_cache_is_hidden_and_holds_for_a_folder_only(inbox: Path, read: Read) -> None:
    xltools.check([inbox / "0.xlsx"], cache=True)
    assert not (inbox / FOLDER).exists()
    xltools.check([inbox / "0.xlsx", inbox], cache=True)
    assert [path.parent.name for path in logs(inbox)] == [FOLDER]
    assert FOLDER.startswith(".")
    assert check(inbox, read)[1] == []
    xltools.check([inbox])
    assert len(logs(inbox)) == 1


def test_what_could_not_be_read_is_tried_anew(inbox: Path, read: Read) -> None:
    (inbox / "坏.xlsx").write_bytes(b"no workbook")
    check(inbox, read)
    results, again = check(inbox, read)
    assert again == ["坏.xlsx"]
    assert results[-1].status is Status.UNREADABLE


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_and_cache_go_together(inbox: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xltools.workflows.execution.resources.FILES_A_WORKER", 1)
    expected = xltools.check([inbox])
    for _ in range(2):
        assert xltools.check([inbox], cache=True, jobs=jobs) == expected
    monkeypatch.setattr("xltools.workflows.execution.local_workers.LocalWorkers.submit", _refuse)
    assert xltools.check([inbox], cache=True, jobs=jobs) == expected


def _refuse(*_: object) -> None:
    raise AssertionError("a worker was asked")


def test_whatever_a_result_depends_on_makes_it_anew(
    inbox: Path, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(inbox, read)
    everything = names(inbox)
    (tmp_path / "key").write_bytes(b"sixteen bytes or more")
    assert check(inbox, read, key_file=tmp_path / "key")[1] == everything
    (tmp_path / "key").write_bytes(b"sixteen other bytes")
    assert check(inbox, read, key_file=tmp_path / "key")[1] == everything
    assert check(inbox, read, open_password="开")[1] == everything
    assert check(inbox, read, forms=[MONTHLY_FILE])[1] == everything
    changed = tmp_path / "form.toml"
    changed.write_text((FORM_FILE).read_text("utf-8").replace("政府信息公开", "政务信息公开", 1), "utf-8")
    assert check(inbox, read, forms=[changed])[1] == everything
    monkeypatch.setattr(xltools, "__version__", "9.9")
    assert check(inbox, read)[1] == everything
    monkeypatch.undo()


FORM_FILE = ROOT / "templates" / FORM_2021.id / "form.toml"


def test_a_change_of_the_code_makes_every_result_anew(
    inbox: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(inbox, read)
    stamp = result_cache._code_stamp()
    assert [name for name, *_ in stamp if name == "checking/rules.py"] == ["checking/rules.py"]
    monkeypatch.setattr(result_cache, "_code_stamp", lambda: [*stamp[:-1], [stamp[-1][0], 1, 1]])
    assert check(inbox, read)[1] == names(inbox)


def test_only_units_whose_last_figures_changed_are_checked_again(
    inbox: Path, read: Read, tmp_path: Path
) -> None:
    last = tmp_path / "上年"

    def write(number: int, figure: int) -> None:
        unit = Unit(f"云山县第{number}局", f"99013100{number}", "县级部门")
        given = submission_of(FORM_2021, {"t3.carried_out.natural": figure}, unit=unit, period=Period(2024))
        save(given, last / f"{number}.xlsx")

    write(0, 0)
    write(1, 1)
    check(inbox, read)
    assert check(inbox, read, previous=last)[1] == ["0.xlsx", "1.xlsx"]
    assert check(inbox, read, previous=last)[1] == []
    write(1, 2)
    assert check(inbox, read, previous=last)[1] == ["1.xlsx"]
    write(2, 2)
    assert check(inbox, read, previous=last)[1] == ["2.xlsx"]
    assert check(inbox, read)[1] == ["0.xlsx", "1.xlsx", "2.xlsx"]


def test_it_may_go_at_any_time(inbox: Path, read: Read) -> None:
    check(inbox, read)
    _, results = iter_check([inbox], cache=True)
    next(results)
    shutil.rmtree(inbox / FOLDER)
    assert len(list(results)) == 4
    assert check(inbox, read)[1] == names(inbox)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_cache_costs_time_and_nothing_else(inbox: Path, read: Read, seed: int) -> None:
    random = Random(seed)
    check(inbox, read)
    (log,) = logs(inbox)
    data = bytearray(log.read_bytes())
    match seed % 4:
        case 0:
            data = data[: random.randrange(len(data))]
        case 1:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        case 2:
            data = bytearray(random.randbytes(5000))
        case 3:
            at = random.randrange(len(data))
            data[at:at] = random.randbytes(random.randrange(1, 200))
    log.write_bytes(data)
    check(inbox, read)
    assert read  # something had to be done again
    assert check(inbox, read)[1] == []


def test_results_that_somebody_else_wrote_are_not_believed(
    inbox: Path, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clerk with an xltools of his own makes a wrong return pass, and puts his cache into the inbox."""
    with monkeypatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path / "his"))
        patch.setattr(check_file, "check_submission", lambda submission: (submission, ()))
        forged = xltools.check([inbox], cache=True)
        assert {result.status for result in forged} == {Status.OK}
    results, again = check(inbox, read)
    assert again == names(inbox)
    assert Status.ERROR in {result.status for result in results}
    owners = {path.name.split("-")[0] for path in logs(inbox)}
    assert len(owners) == 2
    secret = cache_secret()
    assert secret is not None
    own = FolderCache(inbox, secret)
    theirs = next(path for path in logs(inbox) if not path.name.startswith(own._owner))
    shutil.copyfile(theirs, theirs.with_name(f"{own._owner}-99999999999999999999-0.records"))
    assert check(inbox, read)[1] == []


def test_a_sound_record_under_another_name_is_not_believed(inbox: Path, read: Read) -> None:
    """Not even this user's own records answer for another file."""
    check(inbox, read)
    secret = cache_secret()
    assert secret is not None
    (log,) = logs(inbox)
    spots = list(scan(log, secret))
    data = log.read_bytes()
    (first, one), (second, two) = spots[:2]
    crossed = bytearray(data)
    for spot, name in ((one, second), (two, first)):
        crossed[spot.offset : spot.offset + len(name)] = name
    log.write_bytes(crossed)
    assert check(inbox, read)[1] == names(inbox)


def test_two_runs_may_meet(inbox: Path, read: Read) -> None:
    _, one = iter_check([inbox], cache=True)
    _, two = iter_check([inbox], cache=True)
    seen: list[list[CheckedFile]] = [[], []]
    for first, second in zip(one, two, strict=True):
        seen[0].append(first)
        seen[1].append(second)
    assert tuple(seen[0]) == tuple(seen[1]) == xltools.check([inbox])
    assert len(logs(inbox)) == 2
    assert check(inbox, read)[1] == []


def test_what_nobody_asks_for_any_more_goes(inbox: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(folder_cache._MOST_FILES + 2):
        save(submission_of(FORM_2021, {"t3.new.natural": number}), inbox / "5.xlsx")
        check(inbox, read)
    assert len(logs(inbox)) <= folder_cache._MOST_FILES
    assert check(inbox, read)[1] == []
    monkeypatch.setattr(folder_cache, "_WASTE", 0)
    before = sum(path.stat().st_size for path in logs(inbox))
    for number in range(5):
        (inbox / f"{number}.xlsx").unlink()
    assert check(inbox, read)[1] == []
    (log,) = logs(inbox)
    assert log.stat().st_size < before / 2
    assert check(inbox, read)[1] == []


def test_an_interrupted_run_keeps_what_it_has_done(inbox: Path, read: Read) -> None:
    _, results = iter_check([inbox], cache=True)
    for _ in range(3):
        next(results)
    del results
    assert check(inbox, read)[1] == ["3.xlsx", "4.xlsx"]


def test_a_link_in_place_of_the_cache_leads_nowhere(inbox: Path, read: Read, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (inbox / FOLDER).symlink_to(elsewhere)
    check(inbox, read)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("what", ["a file", "a folder in place of the log"])
def test_something_else_under_its_name_does_no_harm(inbox: Path, read: Read, what: str) -> None:
    secret = cache_secret()
    assert secret is not None
    if what == "a file":
        (inbox / FOLDER).write_bytes(b"")
    else:
        (inbox / FOLDER / f"{FolderCache(inbox, secret)._owner}-1.records").mkdir(parents=True)
    for _ in range(2):
        check(inbox, read)


def test_the_secret_is_the_users_alone_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    secret = cache_secret()
    assert secret is not None
    assert len(secret) == 32
    assert cache_secret() == secret
    (path,) = (tmp_path / "xltools").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"short")
    assert cache_secret() not in (secret, b"short", None)


def test_without_a_profile_there_is_no_cache_and_no_complaint(
    inbox: Path, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert cache_secret() is None
    assert check(inbox, read)[1] == names(inbox)
    assert not (inbox / FOLDER).exists()
    monkeypatch.setattr(secret_module, "_state_folder", _no_home)
    assert cache_secret() is None


def _no_home() -> Path:
    raise RuntimeError("Could not determine home directory.")


@pytest.mark.parametrize("when", [0, 700, 3000])
def test_a_disk_that_fills_up_costs_the_cache_only(
    inbox: Path, read: Read, when: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[[FolderCache], Any] = FolderCache._begin

    class Full:
        def __init__(self, stream: Any) -> None:
            self.stream, self.left = stream, when

        def write(self, data: bytes) -> None:
            self.stream.write(data[: self.left])
            self.left -= len(data)
            if self.left < 0:
                raise OSError(28, "No space left on device")

        def flush(self) -> None:
            self.stream.flush()

        def close(self) -> None:
            self.stream.close()

    def begin(cache: FolderCache) -> Any:
        cache._out = Full(real(cache))  # type: ignore[assignment]
        return cache._out

    with monkeypatch.context() as patch:
        patch.setattr(FolderCache, "_begin", begin)
        assert check(inbox, read)[1] == names(inbox)
    check(inbox, read)
    assert check(inbox, read)[1] == []
