"""What a round's commands have in common: the files that count as handed in, and those left out by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.merging.select import OnDuplicate
from xltools.workflows.path_like import PathLike


def require_on_duplicate(value: str) -> OnDuplicate:
    """``newest`` or ``error``; raises UsageError for anything else."""
    for allowed in get_args(OnDuplicate):
        if value == allowed:
            return allowed  # type: ignore[no-any-return]
    raise UsageError(
        Text(
            f"--on-duplicate 只能是 newest 或 error，不能是“{value}”。",
            f'--on-duplicate is newest or error, not "{value}".',
        )
    )


def is_at(file: str, path: PathLike | None) -> bool:
    """Whether the name of a file that was read means the file at ``path``."""
    return path is not None and Path(file).resolve() == Path(path).resolve()


def require_no_input(files: Iterable[str], outputs: Iterable[Path]) -> None:
    """Raise UsageError where an output would replace a file that was read, not even with ``force``."""
    inputs = {Path(file).resolve() for file in files}
    for output in outputs:
        if output.resolve() in inputs:
            raise UsageError(
                Text(
                    f"“{output}”是正在处理的文件，不能覆盖，请另取文件名。",
                    f'"{output}" is one of the files read and is never replaced: name another.',
                )
            )


def require_outside(paths: Iterable[PathLike], output: Path) -> None:
    """Raise UsageError where a list would lie in a folder that is read, as a return the next time."""
    place = output.resolve()
    for folder in (Path(path).resolve() for path in paths if Path(path).is_dir()):
        if place.is_relative_to(folder):
            raise UsageError(
                Text(
                    f"“{output}”在要读取的文件夹里，下次会被当成报来的文件，请写到别处。",
                    f'"{output}" lies in a folder that is read and would be taken for a return the next time:'
                    " write it elsewhere.",
                )
            )


def left_out(files: Iterable[str], exclude: Sequence[PathLike]) -> frozenset[str]:
    """The names of the files that ``exclude`` means: as they are shown, by path, or by bare file name.

    Raises UsageError where one means no file, or a bare name several.
    """
    names = list(files)
    found: set[str] = set()
    for given in exclude:
        meant = _meant(str(given), names)
        if len(meant) != 1:
            raise _unclear(str(given), meant, names)
        found |= meant
    return frozenset(found)


def _meant(given: str, names: Sequence[str]) -> set[str]:
    if given in names:
        return {given}
    path = Path(given).resolve()
    by_path = {name for name in names if Path(name).resolve() == path}
    if by_path:
        return by_path
    return {name for name in names if Path(name).name == given}


def _unclear(given: str, meant: set[str], names: Sequence[str]) -> UsageError:
    if meant:
        shown = "、".join(sorted(meant)[:5])
        return UsageError(
            Text(
                f"--exclude {given} 指的文件不止一个：{shown}。请写出路径。",
                f"--exclude {given} means several files: {shown}. Give the path.",
            )
        )
    near = difflib.get_close_matches(given, [*names, *(Path(name).name for name in names)], n=1)
    zh, en = f"--exclude {given}：文件里没有它", f"--exclude {given}: it is not among the files"
    if near:
        zh, en = f"{zh}；是不是 {near[0]}？", f"{en}; did you mean {near[0]}?"
    return UsageError(Text(zh, en))
