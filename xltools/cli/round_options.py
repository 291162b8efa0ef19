"""Options of the commands about a whole round."""

from __future__ import annotations

from typing import Any

import typer

from xltools.cli.language import Say


def on_duplicate(say: Say) -> Any:
    """``--on-duplicate``."""
    return typer.Option(
        "--on-duplicate",
        metavar="newest|error",
        show_default=False,
        help=say(
            "同一单位有几个不同的文件时：用最新的有效文件（默认），或都不用。",
            "Several different files of a unit: the newest valid one counts (default), or none.",
        ),
    )


def exclude(say: Say) -> Any:
    """``--exclude``."""
    return typer.Option(
        "--exclude",
        metavar="FILE",
        help=say("不用的文件；可重复。", "A file that does not count; repeatable."),
    )


def include_invalid(say: Say) -> Any:
    """``--include-invalid``."""
    return typer.Option(
        "--include-invalid",
        help=say("没有通过审核的也汇入，并作标记。", "Add up what does not pass the check as well, marked."),
    )


def deadline(say: Say) -> Any:
    """``--deadline``."""
    return typer.Option(
        "--deadline",
        metavar="DATE",
        help=say(
            "报送期限，如 2026-01-31；名录中另有期限的单位按名录。",
            "Last day, such as 2026-01-31; a unit's own in the roster comes before it.",
        ),
    )


def round_period(say: Say) -> Any:
    """``--period`` of a round."""
    return typer.Option(
        "--period",
        metavar="Y[-M]",
        help=say("本轮的年度或月份（默认看文件）。", "Period of the round (default: by the files)."),
    )
