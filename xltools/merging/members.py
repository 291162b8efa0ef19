"""The submissions that go into a summary, read when they are gone through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import overload

from xltools.merging.select import Load
from xltools.model.round import Filing
from xltools.model.submission import Submission


class Members(Sequence[Submission]):
    """The submissions of files that count, under the code and name that the roster has for them.

    Each is loaded when it is asked for, so that thousands need not be kept at once; summaries that were
    made a moment ago may stand among them as they are.
    """

    def __init__(self, entries: Sequence[Filing | Submission], load: Load) -> None:
        self._entries = tuple(entries)
        self._load = load

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Submission]:
        return map(self._submission, self._entries)

    @overload
    def __getitem__(self, index: int) -> Submission: ...

    @overload
    def __getitem__(self, index: slice) -> Members: ...

    def __getitem__(self, index: int | slice) -> Submission | Members:
        if isinstance(index, slice):
            return Members(self._entries[index], self._load)
        return self._submission(self._entries[index])

    def _submission(self, entry: Filing | Submission) -> Submission:
        if isinstance(entry, Submission):
            return entry
        submission, unit = self._load(entry.handed.file), entry.unit
        known = replace(submission.unit, name=unit.name or submission.unit.name, code=unit.code)
        return submission if known == submission.unit else replace(submission, unit=known)
