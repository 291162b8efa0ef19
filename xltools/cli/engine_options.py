"""Options about how many files are gone through, which change no answer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypedDict

import typer

from xltools.cli.language import Say
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text

if TYPE_CHECKING:
    from concurrent.futures import Executor

MOST_JOBS = 60
"""Windows cannot wait for more processes at a time."""


class Engine(TypedDict):
    """What the options come to, as the calls of ``workflows`` take it."""

    jobs: int
    cache: bool
    executor: Executor | None


@contextlib.contextmanager
def engine(jobs: str, scheduler: str, *, no_cache: bool) -> Iterator[Engine]:
    """The engine that is asked for, as long as the block lasts; raises UsageError."""
    count = _job_count(jobs)
    if not scheduler:
        yield Engine(jobs=count, cache=not no_cache, executor=None)
        return
    from xltools.workflows.execution.dask_cluster import cluster

    with cluster(scheduler) as executor:
        yield Engine(jobs=count, cache=not no_cache, executor=executor)


def jobs(say: Say) -> Any:
    """``--jobs``."""
    return typer.Option(
        "--jobs",
        metavar="N",
        show_default=False,
        help=say(
            "同时使用的进程数（默认等于处理器个数；1 为不并行）。",
            "Processes to share many files (default: one a processor; 1: no others).",
        ),
    )


def scheduler(say: Say) -> Any:
    """``--scheduler``."""
    return typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        show_default=False,
        help=say(
            "由 dask 集群的各台机器审核，如 tcp://10.0.0.5:8786（需安装 xltools[dask]）。",
            "Check on the machines of a dask cluster: tcp://10.0.0.5:8786 (needs xltools[dask]).",
        ),
    )


def no_cache(say: Say) -> Any:
    """``--no-cache``."""
    return typer.Option(
        "--no-cache",
        help=say(
            "不使用也不保存以前的审核结果（保存在文件夹内隐藏的 .xltools-cache，可随时删除）。",
            "Neither use nor keep results of earlier runs (in the folder's hidden .xltools-cache).",
        ),
    )


def _job_count(text: str) -> int:
    """0 where nothing was said; raises UsageError for what is no number of processes."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_JOBS):
        raise UsageError(
            Text(
                f"--jobs 应为 1 到 {MOST_JOBS} 的整数，不能是“{text}”。",
                f"--jobs is a whole number from 1 to {MOST_JOBS}, not {text!r}.",
            )
        )
    return int(text)
