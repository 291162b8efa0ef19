"""Standard output for answers, standard error for progress and messages."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys

import typer

from xltools.cli import exit_status

# a text in a workbook must neither steer the terminal nor turn the line around
_STEERING = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")


def prepare_streams() -> None:
    """Make both streams able to carry Chinese; what is written never fails for a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if _carries_chinese(stream) else "utf-8", errors="replace")


def write(text: str) -> None:
    """``text`` to standard output; ends the command quietly where nobody reads it any more."""
    try:
        sys.stdout.write(_STEERING.sub("\ufffd", text))
    except BrokenPipeError:
        _close_output()
        raise typer.Exit(exit_status.OUTPUT_CLOSED) from None


def write_json(answer: dict[str, object] | list[dict[str, object]]) -> None:
    """One JSON object or list in UTF-8 to standard output, set in lines where a person looks at it."""
    import json  # most answers are texts

    indent = 2 if sys.stdout.isatty() else None
    write_utf8(json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=indent) + "\n")


def write_utf8(text: str) -> None:
    """``text`` to standard output in UTF-8, whatever the terminal's encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    write(text)


def message(text: str) -> None:
    """One line to standard error."""
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(_STEERING.sub("\ufffd", text) + "\n")


def finish() -> bool:
    """Bring everything out; False where nobody reads it any more."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _close_output()
        return False
    return True


def _close_output() -> None:
    """Point standard output nowhere, so that the interpreter can end without a complaint."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _carries_chinese(stream: io.TextIOWrapper) -> bool:
    try:
        "中".encode(stream.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
