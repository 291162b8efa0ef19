"""How far a long run is: on a terminal a line that renews itself, silent otherwise."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.workflows.spooling import Result, Watch

_FROM = 20
"""Files fewer than these are done before anybody looks."""
_EVERY = 0.1
_FIRST_GUESS_AFTER = 2.0
_LEFT = Text("约剩 {}", "about {} left")
_SECONDS, _MINUTES = Text("{s} 秒", "{s} s"), Text("{m} 分钟", "{m} min")
_HOURS = Text("{h} 小时 {m} 分钟", "{h} h {m} min")
_IN_MINUTES_FROM = 90


class Progress:
    """``1200/3000  通过 1150，有错误 50  约剩 12 秒``."""

    def __init__(self, total: int, language: Language, stream: TextIO | None = None) -> None:
        self._total = total
        self._language = language
        self._stream = stream or sys.stderr
        self._done = 0
        self._counts: Counter[Status] = Counter()
        self._begun = time.monotonic()
        self._shown_at = 0.0
        self._width = 0

    def step(self, total: int | None = None, *, status: Status | None = None) -> None:
        """One more file is done, of ``total`` where that is only known now, with ``status`` if it has one."""
        self._done += 1
        self._total = self._total if total is None else total
        if status is not None:
            self._counts[status] += 1
        now = time.monotonic()
        if self._total > _FROM and self._stream.isatty() and now - self._shown_at >= _EVERY:
            self._shown_at = now
            seconds = now - self._begun
            self._show(progress_line(self._done, self._total, self._counts, seconds, self._language))

    def over(self, files: Iterable[Result]) -> Iterator[Result]:
        """The files one by one, each of them a step."""
        for file in files:
            self.step(status=file.status)
            yield file

    def clear(self) -> None:
        """Take the line away, before other output or at the end."""
        if self._width:
            self._show("")

    def _show(self, line: str) -> None:
        from xltools.layout.text_size import text_width

        columns = shutil.get_terminal_size().columns
        while text_width(line) >= columns:  # a line that wraps could not be taken back
            line = line[:-1]
        width = int(text_width(line))
        self._stream.write(f"\r{line}{' ' * (self._width - width)}" + ("\r" if not line else ""))
        self._stream.flush()
        self._width = width


def progress_line(done: int, total: int, counts: Counter[Status], seconds: float, language: Language) -> str:
    """Files done of all, how many of each result, and the time left where it can be told."""
    from xltools.reporting.words import STATUS_WORDS, joined

    words = {status: word.in_language(language) for status, word in STATUS_WORDS.items()}
    results = joined(
        language, [f"{word} {counts[status]}" for status, word in words.items() if counts[status]]
    )
    parts = [f"{done}/{total}", results]
    if seconds >= _FIRST_GUESS_AFTER:
        left = _duration(seconds / done * (total - done))
        parts.append(_LEFT.in_language(language).format(left.in_language(language)))
    return "  ".join(filter(None, parts))


def _duration(seconds: float) -> Text:
    if seconds < _IN_MINUTES_FROM:
        return _SECONDS.fill(s=round(seconds))
    hours, minutes = divmod(round(seconds / 60), 60)
    return _HOURS.fill(h=hours, m=minutes) if hours else _MINUTES.fill(m=minutes)


def watching(language: Language) -> Watch:
    """Shows progress while the results of a call come by."""

    def watch(total: int, results: Iterator[Result], /) -> Iterator[Result]:
        progress = Progress(total, language)
        yield from progress.over(results)
        progress.clear()

    return watch
