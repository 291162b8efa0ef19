"""Somebody else's executor as workers: an engine over many machines, or a pool of the caller's own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text

SIZE = 64
"""How many workers it is kept busy for: an executor does not say how many it has."""


class ExecutorWorkers:
    """Workers behind an executor, which is neither started nor stopped here."""

    size = SIZE

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    @property
    def deaths(self) -> tuple[type[BaseException], ...]:
        """What dask raises for a task whose workers died again and again, if dask is in use at all."""
        distributed = sys.modules.get("distributed")
        return () if distributed is None else (distributed.KilledWorker,)

    def submit(self, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have ``call`` run; raises UsageError where the executor takes nothing any more."""
        try:
            return self._executor.submit(call, *arguments)
        except (BrokenExecutor, RuntimeError) as error:
            raise stopped(error) from error

    def restart(self) -> None:
        """Nothing: an engine replaces its workers itself."""


def stopped(error: BaseException) -> UsageError:
    """The error to raise where the executor gave up."""
    return UsageError(
        Text(
            f"并行计算引擎已停止（{error}），请重新运行。",
            f"the engine that shares out the work has stopped ({error}): run it again.",
        )
    )
