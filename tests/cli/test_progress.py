"""The line that says how far a long run is."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest

from xltools.cli import progress
from xltools.cli.progress import Progress, progress_line
from xltools.diagnostics.findings import Status


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_EVERY", 0)


def screen(written: str) -> str:
    """What stands on the line of a terminal after everything that was written to it."""
    line = ""
    for part in re.split(r"(\r)", written):
        line = part + line[len(part) :] if part != "\r" else line
    return line.rstrip()


@pytest.mark.parametrize(
    ("seconds", "language", "line"),
    [
        (1, "zh", "150/3000  通过 100，待说明 20，有错误 30"),
        (10, "zh", "150/3000  通过 100，待说明 20，有错误 30  约剩 3 分钟"),
        (3, "zh", "150/3000  通过 100，待说明 20，有错误 30  约剩 57 秒"),
        (600, "zh", "150/3000  通过 100，待说明 20，有错误 30  约剩 3 小时 10 分钟"),
        (3, "en", "150/3000  passed 100, to be explained 20, has errors 30  about 57 s left"),
    ],
)
def test_counts_and_time_left(seconds: float, language: str, line: str) -> None:
    counts = Counter({Status.OK: 100, Status.EXPLAIN: 20, Status.ERROR: 30})
    assert progress_line(150, 3000, counts, seconds, language) == line  # type: ignore[arg-type]


@pytest.mark.usefixtures("every_step")
def test_the_line_renews_itself_and_goes_away() -> None:
    terminal = Terminal()
    shown = Progress(30, "zh", terminal)
    for status in (Status.UNREADABLE, Status.OK):
        shown.step(status=status)
    assert screen(terminal.getvalue()) == "2/30  通过 1，无法读取 1"
    shown.clear()
    assert screen(terminal.getvalue()) == ""
    assert terminal.getvalue().endswith("\r")


@pytest.mark.usefixtures("every_step")
def test_files_without_a_result_are_only_counted() -> None:
    terminal = Terminal()
    Progress(0, "zh", terminal).step(40)
    assert screen(terminal.getvalue()) == "1/40"


@pytest.mark.usefixtures("every_step")
def test_the_line_never_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "12")
    terminal = Terminal()
    Progress(30, "zh", terminal).step(status=Status.OK)
    assert screen(terminal.getvalue()) == "1/30  通过"


@pytest.mark.usefixtures("every_step")
@pytest.mark.parametrize(("total", "stream"), [(30, io.StringIO()), (20, Terminal())])
def test_silent_where_nobody_looks_or_nothing_takes_long(total: int, stream: io.StringIO) -> None:
    shown = Progress(total, "en", stream)
    shown.step(status=Status.OK)
    shown.clear()
    assert stream.getvalue() == ""
