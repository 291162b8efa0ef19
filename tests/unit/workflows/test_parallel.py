"""Many processes give what one gives: same results, same order, and no crash where one dies."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import xltools
from tests.support.workbooks import FORM_2021, MONTHLY, MONTHLY_FILE, UNIT, save, submission_of
from xltools.diagnostics.exceptions import (
    DefinitionError,
    Problem,
    UnreadableFileError,
    UsageError,
    XltoolsError,
)
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text
from xltools.model.period import Period
from xltools.model.unit import Unit
from xltools.reading import inputs
from xltools.workflows import check_file, iter_check
from xltools.workflows.check_setup import read_setup
from xltools.workflows.execution import batch_worker, local_workers, parallel, resources
from xltools.workflows.execution.executor_workers import ExecutorWorkers
from xltools.workflows.execution.setup_data import from_data, to_data

KEY = b"sixteen bytes or more"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Right ones, wrong ones, some more than once, one of another form, some that cannot be read."""
    folder = tmp_path / "报送"
    for number in range(10):
        unit = Unit(f"云山县第{number}局", f"9901310{number:02}", "县级部门")
        figures = {"t3.new.natural": number, "t3.granted.natural": number - number % 3 // 2}
        path = save(submission_of(FORM_2021, figures, unit=unit), folder / f"{number:02}.xlsx")
        for copy in (10, 20):
            (folder / f"{number + copy}.xlsx").write_bytes(path.read_bytes())
    save(submission_of(MONTHLY), folder / "月报.xlsx")
    (folder / "99.xlsx").write_bytes((folder / "07.xlsx").read_bytes())
    (folder / "00坏.xlsx").write_bytes(b"no workbook")
    (folder / "空.xlsx").write_bytes(b"")
    (folder / "链.xlsx").symlink_to(tmp_path / "nowhere")
    return folder


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers even for few files, and small batches."""
    monkeypatch.setattr(resources, "FILES_A_WORKER", 1)
    monkeypatch.setattr(parallel, "BATCH_FILES", 3)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_two_processes_give_what_one_gives(
    inbox: Path, tmp_path: Path, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_workers, "start_method", lambda: method)
    (tmp_path / "key").write_bytes(KEY)
    last = save(
        submission_of(FORM_2021, {"t3.carried_out.natural": 2}, period=Period(2024)), tmp_path / "24.xlsx"
    )
    options: dict[str, Any] = {"forms": [MONTHLY_FILE], "previous": last, "key_file": tmp_path / "key"}
    one = xltools.check([inbox], **options)
    assert xltools.check([inbox], jobs=2, **options) == one
    assert {result.status for result in one} == {Status.ERROR, Status.UNREADABLE}
    assert [Path(result.file).name for result in one] == sorted(path.name for path in inbox.iterdir())


class Counting(ThreadPoolExecutor):
    """An executor that says how many calls are under way at a time."""

    def __init__(self) -> None:
        super().__init__(2)
        self.waiting = self.most = self.calls = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting, self.calls = self.waiting + 1, self.calls + 1
        self.most = max(self.most, self.waiting)
        future = super().submit(fn, *args, **kwargs)
        future.add_done_callback(lambda _: self._done())
        return future

    def _done(self) -> None:
        self.waiting -= 1


def test_an_executor_of_the_callers_own_serves_as_well(inbox: Path) -> None:
    with Counting() as executor:
        assert xltools.check([inbox], forms=[MONTHLY_FILE], executor=executor) == xltools.check(
            [inbox], forms=[MONTHLY_FILE]
        )
        assert executor.calls > 1


def test_only_a_bounded_number_of_batches_is_under_way(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "BATCH_FILES", 1)
    monkeypatch.setattr(ExecutorWorkers, "size", 2)
    hold = threading.Event()
    monkeypatch.setattr(check_file, "match", _after(hold, check_file.match))
    with Counting() as executor:
        _, results = iter_check([inbox], executor=executor)
        threading.Timer(0.3, hold.set).start()
        assert len(list(results)) == len(list(inbox.iterdir()))
        assert executor.most <= 2 * parallel.BATCHES_A_WORKER + 1


def _after(hold: threading.Event, call: Callable[..., Any]) -> Callable[..., Any]:
    def waiting(*arguments: Any) -> Any:
        hold.wait()
        return call(*arguments)

    return waiting


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("killers", [("05.xlsx",), ("00.xlsx", "01.xlsx", "29.xlsx")])
def test_a_file_that_kills_its_worker_is_a_finding_and_all_others_have_their_results(
    inbox: Path, killers: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = {result.file: result for result in xltools.check([inbox])}
    match, parent = check_file.match, os.getpid()

    def deadly(grid: Any, *more: Any) -> Any:
        if os.getpid() != parent and Path(grid.file).name in killers:
            os.kill(os.getpid(), signal.SIGKILL)
        return match(grid, *more)

    monkeypatch.setattr(check_file, "match", deadly)
    monkeypatch.setattr(local_workers, "start_method", lambda: "fork")
    results = xltools.check([inbox], jobs=2)
    assert [result.file for result in results] == list(one)
    for result in results:
        if Path(result.file).name not in killers:
            assert result == one[result.file]
            continue
        assert result.findings[-1].code == "CHECK-ABORTED"
        assert (result.status, result.sha256) == (Status.UNREADABLE, one[result.file].sha256)


@pytest.mark.usefixtures("many")
def test_whoever_leaves_early_leaves_no_process_behind(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even one that would be at a file for long."""
    match, parent = check_file.match, os.getpid()

    def slow(grid: Any, *more: Any) -> Any:
        if os.getpid() != parent and Path(grid.file).name > "05.xlsx":
            time.sleep(60)
        return match(grid, *more)

    monkeypatch.setattr(check_file, "match", slow)
    monkeypatch.setattr(local_workers, "start_method", lambda: "fork")
    others = _children()
    _, results = iter_check([inbox], jobs=2)
    assert isinstance(results, Iterator)
    for _ in range(5):
        next(results)
    children = _children() - others
    assert children
    results.close()  # type: ignore[attr-defined]
    _wait_until_gone(children)


def _children() -> set[int]:
    own = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text()
    return {int(pid) for pid in own.split()}


def _wait_until_gone(children: set[int]) -> None:
    gone = threading.Event()
    for _ in range(100):
        if not children & _children():
            return
        gone.wait(0.05)
    raise AssertionError(children & _children())


def test_few_files_are_checked_by_one_process(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_workers.LocalWorkers, "__init__", _refuse)
    assert len(xltools.check([inbox], jobs=8)) == 35


def _refuse(*_: object) -> None:
    raise AssertionError("workers were started")


def test_how_many_workers_are_worth_their_start() -> None:
    worth = resources.worth_starting
    assert [worth(8, files) for files in (1, 99, 100, 399, 400, 100_000)] == [0, 1, 2, 7, 8, 8]
    assert worth(0, 100_000) == resources.processors() >= 1


def test_a_file_is_read_once_whatever_becomes_of_it_meanwhile(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is hashed is what is checked: the file is overwritten the moment it has been read."""
    target = inbox / "00.xlsx"
    (before, *_) = xltools.check([target])
    read_bytes = inputs.read_bytes

    def read_and_spoil(path: Path) -> bytes:
        data = read_bytes(path)
        path.write_bytes(b"something else")
        return data

    monkeypatch.setattr(inputs, "read_bytes", read_and_spoil)
    with ThreadPoolExecutor(1) as executor:
        (result,) = xltools.check([target], executor=executor)
    assert replace(result, modified=before.modified) == before
    assert target.read_bytes() == b"something else"


def test_a_file_that_vanishes_is_a_finding(inbox: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        for engine in (None, executor):
            _, results = iter_check([inbox], executor=engine)
            (inbox / "20.xlsx").rename(inbox / "weg")
            found = {Path(result.file).name: result for result in results}
            (inbox / "weg").rename(inbox / "20.xlsx")
            assert len(found) == 35
            assert found["20.xlsx"].status is Status.UNREADABLE
            assert "not there, or no longer" in found["20.xlsx"].findings[0].message.en


def test_the_setup_is_the_same_on_the_other_side(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(KEY)
    for period in (Period(2023), Period(2024)):
        given = submission_of(FORM_2021, {"t3.carried_out.natural": period.year}, period=period)
        save(given, tmp_path / "上年" / f"{period}.xlsx")
    here = read_setup([MONTHLY_FILE], tmp_path / "上年", "开", tmp_path / "key")
    data = to_data(here, [MONTHLY_FILE])
    there = from_data(data)
    assert (there.last, there.open_password, there.key) == (here.last, "开", KEY)
    assert [form.digest for form in there.registry.all()] == [form.digest for form in here.registry.all()]
    with pytest.raises(UsageError, match="same version"):
        from_data(replace(data, version="0.0.1"))


def test_a_worker_asks_for_the_setup_it_does_not_hold() -> None:
    data = to_data(read_setup([], None, "", None), [])
    batch = [("a.xlsx", b"no workbook")]
    keys = [f"{UNIT.name}{number}" for number in range(6)]
    for key in keys:
        assert batch_worker.check_batch(batch, key) is None
        assert batch_worker.check_batch(batch, key, data) == batch_worker.check_batch(batch, key)
    assert batch_worker.check_batch(batch, keys[0]) is None


def test_an_executor_that_gave_up_is_said_in_a_sentence(inbox: Path) -> None:
    executor: Executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(UsageError, match="stopped"):
        xltools.check([inbox], executor=executor)


@pytest.mark.parametrize(
    "error",
    [
        UsageError(Text("错", "wrong")),
        UnreadableFileError("FILE-UNSAFE", Text("错", "wrong")),
        DefinitionError("form.toml", (Problem("id", Text("错", "wrong")),)),
    ],
)
def test_what_is_raised_there_arrives_here(error: XltoolsError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (again.text, str(again), vars(again)) == (error.text, str(error), vars(error))


def test_a_return_with_more_text_than_anybody_writes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(submission_of(FORM_2021), tmp_path / "a.xlsx")
    assert xltools.check([path])[0].status is Status.OK
    monkeypatch.setattr(check_file, "MAX_TEXT", 50)
    (result,) = xltools.check([path])
    assert [found.code for found in result.findings] == ["FILE-UNSAFE"]
    assert result.sha256 is not None
