"""Many files through workers: results in the order of the files, a bounded number of them under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

from xltools.checking.storage.record import digest, of_file
from xltools.reading.inputs import InputFile
from xltools.workflows.execution.batch_worker import Batch, Work, check_batch
from xltools.workflows.execution.check_to_record import aborted, check_to_record
from xltools.workflows.execution.setup_data import SetupData

BATCH_FILES, BATCH_BYTES = 16, 2 * 1024 * 1024
"""What goes to a worker at a time: little enough to share out, enough not to wait for every answer."""
BYTES_UNDER_WAY = 32 * 1024 * 1024
BATCHES_A_WORKER = 2


class Workers(Protocol):
    """Whatever runs calls elsewhere: processes of this machine, or an engine of many."""

    size: int

    @property
    def deaths(self) -> tuple[type[BaseException], ...]:
        """What the result of a call raises where its worker died of it."""

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``call`` run."""

    def restart(self) -> None:
        """Make the workers usable again after a death."""


@dataclass(slots=True)
class _Chunk:
    """Some files in a row, and the answer that is awaited; files with a known result are records already."""

    slots: list[InputFile | bytes]
    size: int = 0
    answer: Future[list[bytes] | None] | None = None

    @property
    def files(self) -> list[InputFile]:
        return [slot for slot in self.slots if isinstance(slot, InputFile)]


class ParallelCheck:
    """Makes records of files with workers; each worker is given the setup once, when it first asks for it."""

    def __init__(self, workers: Workers, data: SetupData, work: Work = check_to_record) -> None:
        self._workers = workers
        self._work = work
        self._data = data
        self._key = digest(repr(data))
        self._under_way: deque[_Chunk] = deque()
        self._to_be_set_up = workers.size

    def records(self, files: Iterable[InputFile | bytes]) -> Iterator[bytes]:
        """The records of loaded files, in their order; a file that is a record already stays it."""
        most = self._workers.size * BATCHES_A_WORKER
        for chunk in _chunks(files):
            self._send(chunk)
            self._under_way.append(chunk)
            while len(self._under_way) > most or self._bytes() > BYTES_UNDER_WAY:
                yield from self._finished(self._under_way.popleft())
        while self._under_way:
            yield from self._finished(self._under_way.popleft())

    def _bytes(self) -> int:
        return sum(chunk.size for chunk in self._under_way)

    def _send(self, chunk: _Chunk) -> None:
        """Hand a chunk out; the setup goes with the first ones, and then with those that ask for it."""
        if files := chunk.files:
            self._to_be_set_up -= 1
            chunk.answer = self._submit(files, set_up=self._to_be_set_up >= 0)

    def _submit(self, files: list[InputFile], *, set_up: bool) -> Future[Any]:
        data = self._data if set_up else None
        return self._workers.submit(check_batch, _batch(files), self._key, data, self._work)

    def _finished(self, chunk: _Chunk) -> Iterator[bytes]:
        answers = iter(self._answers(chunk))
        for slot in chunk.slots:
            # Only here is known when the file was last changed: elsewhere there is no such file.
            yield of_file(next(answers), slot.name, slot.modified()) if isinstance(slot, InputFile) else slot

    def _answers(self, chunk: _Chunk) -> list[bytes]:
        if chunk.answer is None:
            return []
        try:
            answers = chunk.answer.result()
            return self._ask_again(chunk.files) if answers is None else answers
        except self._workers.deaths:
            return self._one_by_one(chunk.files)

    def _ask_again(self, files: list[InputFile]) -> list[bytes]:
        """A worker without the setup was met: these files with it, and any others that met one."""
        answer = self._submit(files, set_up=True)
        for chunk in self._under_way:
            if chunk.answer is not None and _asks_for_setup(chunk.answer):
                chunk.answer = self._submit(chunk.files, set_up=True)
        records: list[bytes] = answer.result()
        return records

    def _one_by_one(self, files: list[InputFile]) -> list[bytes]:
        """A worker died: each file alone, so that only the one that killed it is without a result."""
        self._workers.restart()
        records: list[bytes] = []
        for file in files:
            try:
                records += self._submit([file], set_up=True).result()
            except self._workers.deaths:
                self._workers.restart()
                records.append(aborted(file))
        self._to_be_set_up = self._workers.size
        for chunk in self._under_way:
            self._send(chunk)
        return records


def _asks_for_setup(answer: Future[Any]) -> bool:
    return answer.done() and answer.exception() is None and answer.result() is None


def _chunks(files: Iterable[InputFile | bytes]) -> Iterator[_Chunk]:
    chunk = _Chunk([])
    for file in files:
        size = len(file.content or b"") if isinstance(file, InputFile) else 0
        if chunk.slots and (len(chunk.slots) == BATCH_FILES or chunk.size + size > BATCH_BYTES):
            yield chunk
            chunk = _Chunk([])
        chunk.slots.append(file)
        chunk.size += size
    if chunk.slots:
        yield chunk


def _batch(files: list[InputFile]) -> Batch:
    return tuple((file.name, file.content or b"") for file in files)
