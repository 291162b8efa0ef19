"""Options about how many files are gone through, which change no answer."""

from __future__ import annotations

from typing import Any

import typer

from xltools.cli.language import Say
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text

MOST_JOBS = 60
"""Windows cannot wait for more processes at a time."""


def jobs(say: Say) -> Any:
    """``--jobs``; see :func:`job_count`."""
    return typer.Option(
        "--jobs",
        metavar="N",
        show_default=False,
        help=say(
            "同时使用的进程数（默认等于处理器个数；1 为不并行）。",
            "Processes to share many files (default: one a processor; 1: no others).",
        ),
    )


def job_count(text: str) -> int:
    """What ``--jobs`` asks for, 0 where nothing was said; raises UsageError for what is no number."""
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


def no_cache(say: Say) -> Any:
    """``--no-cache``."""
    return typer.Option(
        "--no-cache",
        help=say(
            "不使用也不保存以前的审核结果（保存在文件夹内隐藏的 .xltools-cache，可随时删除）。",
            "Neither use nor keep results of earlier runs (in the folder's hidden .xltools-cache).",
        ),
    )
