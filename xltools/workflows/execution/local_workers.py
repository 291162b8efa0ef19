"""Worker processes of this machine: as many as it has processors, gone at once when told."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from typing import Any

from xltools.workflows.execution.batch_worker import hold_to_parent


def start_method() -> str:
    """``fork`` where it is safe, which is quicker by the time of all imports; else ``spawn``."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


class LocalWorkers:
    """A pool of processes that can be started anew when one of them died."""

    deaths: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, size: int) -> None:
        self.size = size
        self._start()

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``call`` run by one of the processes; where one has died, that is the result."""
        try:
            with _ctrl_c_held_back():  # processes are started here, and must not take it for theirs
                return self._executor.submit(call, *arguments)
        except BrokenExecutor as error:
            lost: Future[Any] = Future()
            lost.set_exception(error)
            return lost

    def restart(self) -> None:
        """New processes in place of those of which one died; what they had not finished is lost."""
        self.stop()
        self._executor.shutdown(wait=True)
        self._start()

    def close(self) -> None:
        """End the processes when they have done what they were given."""
        self._executor.shutdown(wait=True)
        self._leash.close()

    def stop(self) -> None:
        """End the processes at once, whatever they are at."""
        # Of a result that one of them has sent by half, the rest would be waited for as long as anybody can
        # still send it: with the writing end that this process holds, for ever.
        self._executor._result_queue._writer.close()  # type: ignore[attr-defined]
        self._leash.close()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> None:
        context = multiprocessing.get_context(start_method())
        reader, self._leash = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            self.size, mp_context=context, initializer=hold_to_parent, initargs=(reader, self._leash)
        )


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
