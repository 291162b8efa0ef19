"""Which files a command means: files, folders and patterns as they were typed."""

from __future__ import annotations

import difflib
import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
"""What is looked for in folders; what cannot be read among them becomes a finding, not a gap."""


def find_files(paths: Sequence[Path | str]) -> list[Path]:
    """The files meant, each once, in the order given; folders are searched throughout, sorted.

    A file named explicitly is taken whatever it is called. Patterns (``*.xlsx``) are expanded here,
    because Windows' command line does not.

    Raises:
        UsageError: nothing given, a path that does not exist, a folder without workbooks, or a
            pattern that matches nothing.
    """
    if not paths:
        raise UsageError(Text("请给出要处理的文件或文件夹", "name the files or folders to work on"))
    found: dict[str, Path] = {}
    for given in paths:
        for path in _expand(given):
            found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def _expand(given: Path | str) -> list[Path]:
    """The files that one argument means."""
    path = Path(given)
    try:
        if path.is_dir():
            files = sorted(_walk(path))
            if not files:
                raise UsageError(
                    Text(
                        f"文件夹 {path} 中没有表格文件（{'、'.join(SUFFIXES)}）",
                        f"folder {path} contains no workbook ({', '.join(SUFFIXES)})",
                    )
                )
            return files
        if path.exists():  # before patterns: brackets are common in names of files
            return [path]
    except (OSError, ValueError):  # a name too long, or with a NUL character
        raise _missing(path) from None
    if glob.has_magic(str(given)):
        return _matches(str(given))
    raise _missing(path)


def _walk(folder: Path) -> Iterator[Path]:
    """The workbooks in a folder and below it; links to folders are not followed, so no loop can form."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if _is_wanted(name))


def _is_wanted(name: str) -> bool:
    """Whether a name is that of a workbook, and neither hidden nor an office suite's lock file."""
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$"))


def _matches(pattern: str) -> list[Path]:
    """The files that a pattern matches; folders it matches are searched."""
    files: list[Path] = []
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - also absolute patterns
        path = Path(name)
        if path.is_dir():
            # "**" also matches every folder below, whose files it matches themselves
            files.extend([] if "**" in pattern else sorted(_walk(path)))
        elif not path.name.startswith((".", "~$")):
            files.append(path)
    if not files:
        raise UsageError(Text(f"没有与 {pattern} 相符的文件", f"no file matches {pattern}"))
    return files


def _missing(path: Path) -> UsageError:
    """The error for a path that does not exist, with the nearest name that does."""
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - names are what is wanted
    except (OSError, ValueError):
        names = []
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.6)
    zh, en = f"找不到 {path}", f"{path} does not exist"
    if near:
        zh, en = f"{zh}；是不是 {path.parent / near[0]}？", f"{en}; did you mean {path.parent / near[0]}?"
    return UsageError(Text(zh, en))
