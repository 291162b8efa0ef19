"""``--jobs``: the same answer from many processes, and none of them left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from xltools.workflows.execution import resources

Run = Callable[..., Ran]
Fill = Callable[..., Path]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc")


@pytest.fixture
def inbox(fill: Fill) -> Path:
    """Many files with the same content, so that they are made quickly and take a while to check."""
    path = fill("报送/0.xlsx", {"t3.new.natural": 1})
    for number in range(1, 1200):
        os.link(path, path.parent / f"{number}.xlsx")
    return path.parent


def test_any_number_of_processes_gives_the_same_answer(
    run: Run, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "FILES_A_WORKER", 1)
    for number in range(6):
        path = fill(f"报送/{number}.xlsx", {"t3.new.natural": number})
    shutil.copyfile(path, path.parent / "twin.xlsx")
    (path.parent / "坏.xlsx").write_bytes(b"")
    answers = [run("check", path.parent, "--jobs", jobs, "--json") for jobs in ("1", "2", "3")]
    assert {answer.status for answer in answers} == {2}
    assert answers[0].out == answers[1].out == answers[2].out
    assert len(answers[0].json["files"]) == 8


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "61", "１"])
def test_a_number_of_processes_that_cannot_be(run: Run, fill: Fill, jobs: str) -> None:
    ran = run("check", fill("a.xlsx"), "--jobs", jobs)
    assert (ran.status, ran.out) == (2, "")
    assert "--jobs" in ran.err


def start(inbox: Path, *more: str | Path) -> subprocess.Popen[bytes]:
    """A check with two workers, in a process group of its own; returns when the workers are there."""
    # What runs in the background of a shell ignores Ctrl-C, and so would all that it starts.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heed}; import sys; from xltools.cli.app import main; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", program, "check", inbox, "--jobs", "2", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "XLTOOLS_LANG": "en"},
    )
    wait_for(lambda: len(group(process.pid)) == 3 or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    return process


def group(leader: int) -> list[int]:
    """The living processes of a process group."""
    return [pid for pid, pgid, state in processes() if pgid == leader and state != "Z"]


def processes() -> Iterator[tuple[int, int, str]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                facts = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # gone meanwhile
                continue
            yield int(folder.name), int(facts[2]), facts[0]


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_ctrl_c_ends_everything_at_once_and_leaves_nothing(inbox: Path, tmp_path: Path) -> None:
    process = start(inbox, "--format", "html", "-o", tmp_path / "out.html", "--slip", tmp_path / "slips")
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"interrupted.\n")
    wait_for(lambda: group(process.pid) == [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["报送"]
    assert len(list(inbox.iterdir())) == 1200


def test_workers_do_not_outlive_a_run_that_was_killed(inbox: Path) -> None:
    process = start(inbox)
    process.kill()
    process.communicate()
    wait_for(lambda: group(process.pid) == [])
