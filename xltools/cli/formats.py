"""``--format``, ``--json`` and ``-o``: which form an answer has, and where it goes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from xltools.cli import console
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Language, Text

_ENDINGS = {"html": (".html", ".htm"), "xlsx": (".xlsx",)}


@dataclass(frozen=True, slots=True)
class Formats:
    """The forms an answer may have: ``known`` all of them, some that may go to a file, some that must."""

    known: tuple[str, ...]
    to_file: tuple[str, ...]
    only_to_file: tuple[str, ...]


def chosen_format(format_: str, output: str | None, formats: Formats, *, as_json: bool) -> str:
    """The format asked for; raises UsageError for one that there is not, or that needs other options."""
    kind = format_ or ("json" if as_json else "text")
    if kind not in formats.known:
        raise UsageError(
            Text(
                f"--format 只能是 {'、'.join(formats.known)}，不能是“{format_}”。",
                f"--format is one of {', '.join(formats.known)}, not {format_!r}.",
            )
        )
    if as_json and kind != "json":
        raise UsageError(
            Text(f"--json 和 --format {kind} 只能用一个。", f"--json and --format {kind} exclude each other.")
        )
    if output is None and kind in formats.only_to_file:
        raise UsageError(
            Text(f"--format {kind} 要用 -o 给出文件名。", f"--format {kind} needs a file: name one with -o.")
        )
    if output is not None and kind not in formats.to_file:
        raise _no_file(formats.to_file)
    return kind


def require_report(report: Path | None, kind: str, *, force: bool) -> None:
    """Before the work starts: raise UsageError where its result cannot be written, in this format."""
    if report is not None:
        from xltools.writing.files import require_writable  # only once a file is asked for

        require_writable(report, force=force, endings=_ENDINGS[kind])


def say_written(path: Path, language: Language) -> None:
    """Tell which file was written."""
    console.message(Text(f"已写入：{path}", f"written: {path}").in_language(language))


def _no_file(to_file: Collection[str]) -> UsageError:
    zh, en = " 或 ".join(to_file), " or ".join(to_file)
    return UsageError(Text(f"-o 要与 --format {zh} 一起用。", f"-o goes with --format {en}."))
