"""Where files are checked: in this process, in several, or elsewhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.workflows.path_like import PathLike

if TYPE_CHECKING:
    from concurrent.futures import Executor

FILES_A_WORKER = 50
"""Starting a process costs about as much as checking this many files."""


def processors() -> int:
    """How many processes this one may use at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worth_starting(jobs: int, files: int) -> int:
    """How many workers are worth their start for so many files (``jobs`` 0: one a processor)."""
    return min(jobs or processors(), files // FILES_A_WORKER)


@dataclass(frozen=True, slots=True)
class Resources:
    """How files are checked, which changes no result.

    ``jobs`` processes of this machine share them (0: one a processor), or an ``executor`` that runs
    calls elsewhere. ``folders`` are those whose results are kept in them, and taken from there where
    nothing has changed.
    """

    jobs: int = 1
    executor: Executor | None = None
    folders: tuple[Path, ...] = ()

    @classmethod
    def of(cls, paths: Sequence[PathLike], jobs: int, executor: Executor | None, *, cache: bool) -> Resources:
        """Those for ``paths``; with ``cache`` the folders among them keep results."""
        return cls(jobs, executor, tuple(p for p in map(Path, paths) if p.is_dir()) if cache else ())

    def workers_for(self, files: int) -> int:
        """How many processes are worth their start for so many files; fewer than 2: none."""
        return 0 if self.executor is not None else worth_starting(self.jobs, files)
