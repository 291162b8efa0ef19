"""Names of files that are written for units, unique even where case does not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xltools.checking.result import CheckedFile
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.model.period import Period
from xltools.model.unit import Unit
from xltools.reading.inputs import InputFile
from xltools.writing.files import safe_file_name


def file_names(period: Period, units: Sequence[Unit]) -> Iterator[tuple[Unit, str]]:
    """A file name for each unit: code, name, period; unique even where case does not count."""
    taken: set[str] = set()
    for unit in units:
        stem = safe_file_name("_".join(part for part in (unit.code, unit.name, str(period)) if part))
        yield unit, _unique_name(stem, taken)


def slip_paths(files: Sequence[CheckedFile], folder: Path) -> list[Path]:
    """Where the slip of each file goes: named after the file, unique even where case does not count."""
    taken: set[str] = set()
    stems = [f"{safe_file_name(Path(file.file).stem)}_退回" for file in files]
    return [folder / _unique_name(stem, taken) for stem in stems]


def migrated_paths(files: Sequence[InputFile], folder: Path) -> list[Path]:
    """Where the new workbook of each file goes: its own name, unique even where case does not count."""
    taken: set[str] = set()
    return [folder / _unique_name(safe_file_name(Path(file.name).stem), taken) for file in files]


def require_apart(targets: Iterable[Path], inputs: Iterable[Path | str]) -> None:
    """Raise UsageError where an output would replace one of the files that are worked on."""
    taken = {Path(file).resolve() for file in inputs}
    for path in targets:
        if path.resolve() in taken:
            raise UsageError(
                Text(
                    f"“{path}”会覆盖正在处理的文件，请另选文件夹或文件名。",
                    f'"{path}" would replace a file that is worked on: name another folder or file.',
                )
            )


def _unique_name(stem: str, taken: set[str]) -> str:
    """``stem.xlsx``, with a number where that is taken; added to what is taken."""
    name, number = f"{stem}.xlsx", 2
    while name.casefold() in taken:
        name, number = f"{stem}_{number}.xlsx", number + 1
    taken.add(name.casefold())
    return name
