"""Killed at any moment, a full disk, no permission, two runs at once: what was there stays whole."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.cli.conftest import Ran
from xltools.cli.app import main
from xltools.model.unit import Unit
from xltools.workflows.execution.folder_cache import FOLDER

Run = Callable[..., Ran]
Fill = Callable[..., Path]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and users of POSIX")

FILES = 6
OLD = b"the summary of the last run"
PROGRAM = "import sys; from xltools.cli.app import main; sys.exit(main())"
NOBODY = 65534


@pytest.fixture
def inbox(fill: Fill) -> Path:
    """Returns that pass, one figure in each, so that the sum says how often each was counted."""
    for number in range(FILES):
        unit = Unit(f"云山县第{number}局", f"99013100{number}", "县级部门")
        figures = {"t3.new.natural": 10**number, "t3.granted.natural": 10**number}
        path = fill(f"报送/{number}.xlsx", figures, unit=unit)
    return path.parent


def start(*arguments: str | Path, before: str = "") -> subprocess.Popen[bytes]:
    """A command in a session of its own, after the statements ``before``: no signal in it can get out."""
    return subprocess.Popen(
        [sys.executable, "-c", f"{textwrap.dedent(before)}\n{PROGRAM}", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "XLTOOLS_LANG": "en"},
    )


def merge(inbox: Path, out: Path) -> list[str | Path]:
    return ["merge", inbox, "--unit", "云山县", "--code", "99", "-o", out, "--force", "--json"]


def report(inbox: Path, out: Path) -> list[str | Path]:
    return ["check", inbox, "--format", "xlsx", "-o", out, "--force", "--jobs", "2"]


Command = Callable[[Path, Path], list[str | Path]]
COMMANDS = pytest.mark.parametrize("command", [merge, report])


def is_whole(data: bytes) -> bool:
    """Whether this is the old output, or a new one from beginning to end."""
    if data == OLD:
        return True
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.testzip() is None


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def assert_counted_once(run: Run, inbox: Path, out: Path) -> None:
    """The next run completes, and the sum is that of every file once."""
    ran = run(*merge(inbox, out))
    assert ran.status == 0, ran.err
    assert ran.json["totals"]["t3.new.natural"] == int("1" * FILES)
    assert len(ran.json["included"]) == FILES
    (checked,) = run("check", out, "--json").json["files"]
    assert checked["status"] != "unreadable"


# What a run does to the disk, each step as a place to die.
STEPS = {
    "before anything is written": "tempfile.mkstemp = die",
    "half written": """
        write = pathlib.Path.write_bytes
        def half(path, data): write(path, data[:len(data) // 2]); die()
        pathlib.Path.write_bytes = half
    """,
    "written and not yet in place": "os.fsync = die",
    "as it is put in place": "pathlib.Path.replace = die",
}
DIE = """
import os, pathlib, signal, tempfile
from xltools.cli import app
from xltools.workflows import checking
from xltools.writing import files
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
"""


@COMMANDS
@pytest.mark.parametrize("step", STEPS)
def test_killed_while_writing_the_last_output_stays_whole(
    run: Run, inbox: Path, tmp_path: Path, command: Command, step: str
) -> None:
    out = tmp_path / "out.xlsx"
    out.write_bytes(OLD)
    cache_first = run("check", inbox)  # so that the process dies at its output and not at its cache
    assert cache_first.status == 0
    process = start(*command(inbox, out), before=DIE + textwrap.dedent(STEPS[step]))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert out.read_bytes() == OLD
    assert visible(tmp_path) == ["out.xlsx", "报送"]
    assert_counted_once(run, inbox, out)


@COMMANDS
def test_killed_at_random_points_the_next_run_completes(
    run: Run, inbox: Path, tmp_path: Path, command: Command
) -> None:
    random = Random(7)
    out = tmp_path / "out.xlsx"
    out.write_bytes(OLD)
    for number in range(FILES, 60):  # enough for workers, and for some time
        os.link(inbox / "0.xlsx", inbox / f"x{number}.xlsx")
    for _ in range(6):
        process = start(*command(inbox, out))
        try:
            process.communicate(timeout=random.uniform(0.05, 1.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        if process.returncode == -signal.SIGKILL:
            assert is_whole(out.read_bytes())
        else:
            assert process.returncode in (0, 1)
    assert visible(tmp_path) == ["out.xlsx", "报送"]
    for number in range(FILES, 60):
        (inbox / f"x{number}.xlsx").unlink()
    assert_counted_once(run, inbox, out)


@COMMANDS
@pytest.mark.parametrize("limit", [0, 1000, 5000])
def test_a_full_disk_is_one_sentence_and_the_last_output_stays(
    run: Run, inbox: Path, tmp_path: Path, command: Command, limit: int
) -> None:
    """No file may grow beyond ``limit`` bytes, which also holds for root: the cache fails as well."""
    out = tmp_path / "out.xlsx"
    out.write_bytes(OLD)
    full = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    process = start(*command(inbox, out), before=full)
    printed, said = process.communicate()
    assert (process.returncode, printed) == (2, b""), said
    assert said.decode().startswith(f'cannot write "{out}"')
    assert len(said.splitlines()) == 1
    assert out.read_bytes() == OLD
    assert visible(tmp_path) == ["out.xlsx", "报送"]
    assert_counted_once(run, inbox, out)


def as_nobody(*arguments: str | Path) -> tuple[int, str]:
    """The command in a copy of this process that has no rights of root; what it prints comes back."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # whatever happens, the copy must not go on with the tests
        status = 99
        try:
            os.setsid()
            if os.geteuid() == 0:
                os.setegid(NOBODY)
                os.seteuid(NOBODY)
            os.dup2(writer, 2)
            sys.stderr = os.fdopen(2, "w", closefd=False)
            status = main([str(argument) for argument in arguments])
            sys.stderr.flush()
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as stream:
        said = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def let_others_in(folder: Path) -> None:
    """Folders of tests are their owner's alone."""
    folder.chmod(0o755)
    for above in folder.parents:
        if "pytest" in str(above):
            above.chmod(0o755)


def load_everything(run: Run, inbox: Path, folders: pytest.TempPathFactory) -> None:
    """Every module a run needs: where Python lies in root's own folder, nobody can load any."""
    folder = folders.mktemp("loading")
    shutil.copytree(inbox, folder / "报送")
    assert run("check", folder / "报送").status == 0
    assert run("check", folder / "报送", "--json").status == 0
    assert run(*merge(folder / "报送", folder / "out.xlsx")).status == 0


@pytest.fixture
def no_writing(inbox: Path, tmp_path: Path) -> Any:
    """Nobody but root may write to the inbox or beside it."""
    let_others_in(tmp_path)
    for folder in (inbox, tmp_path):
        folder.chmod(0o555)
    yield
    for folder in (inbox, tmp_path):
        folder.chmod(0o755)


@pytest.mark.usefixtures("no_writing")
def test_without_permission_to_write_checking_works_and_merging_says_so(
    run: Run, inbox: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    load_everything(run, inbox, tmp_path_factory)
    status, said = as_nobody("check", inbox, "--json")
    assert (status, said) == (0, "")
    assert not (inbox / FOLDER).exists()
    status, said = as_nobody(*merge(inbox, tmp_path / "out.xlsx"))
    assert status == 2
    assert said.startswith(f'cannot write "{tmp_path / "out.xlsx"}": permission denied')
    assert visible(tmp_path) == ["报送"]


def test_a_file_without_permission_to_read_is_a_finding(
    run: Run, inbox: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    load_everything(run, inbox, tmp_path_factory)
    let_others_in(tmp_path)
    (inbox / "3.xlsx").chmod(0)
    assert as_nobody("check", inbox, "--no-cache") == (2, "")
    (inbox / "3.xlsx").chmod(0o644)
    assert as_nobody("check", inbox, "--no-cache") == (0, "")


@COMMANDS
def test_two_runs_at_once_both_complete(run: Run, inbox: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "out.xlsx"
    runs = [start(*command(inbox, out)) for _ in range(3)]
    for process in runs:
        printed, said = process.communicate()
        assert process.returncode == 0, said
        if command is merge:
            assert json.loads(printed)["totals"]["t3.new.natural"] == int("1" * FILES)
    assert visible(tmp_path) == ["out.xlsx", "报送"]
    assert [path for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
    assert_counted_once(run, inbox, out)
    assert run("check", inbox).status == 0


def test_an_output_among_the_inputs_is_not_counted_in_the_next_run(run: Run, inbox: Path) -> None:
    for _ in range(2):
        assert_counted_once(run, inbox, inbox / "汇总.xlsx")
