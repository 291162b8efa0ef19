"""Names of files that are written for units, unique even where case does not count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from xltools.checking.result import CheckedFile
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


SUMMARY_ENDING = "_汇总.xlsx"
"""What the names of the parents' summaries end in."""


def has_summary_name(file: str) -> bool:
    """Whether a file is named as the summary of a parent is."""
    return file.endswith(SUMMARY_ENDING)


def summary_names(period: Period, units: Sequence[Unit]) -> list[str]:
    """A file name for each unit's summary: code, name, period; unique even where case does not count."""
    taken: set[str] = set()
    stems = [safe_file_name("_".join(p for p in (u.code, u.name, str(period)) if p)) for u in units]
    return [_unique_name(stem, taken, SUMMARY_ENDING) for stem in stems]


def reminder_names(units: Sequence[Unit | None]) -> list[str]:
    """A file name for each unit's reminder; None stands for the one to all of them, first in the folder."""
    taken: set[str] = set()
    stems = ["_".join(p for p in (u.code, u.name) if p) if u else "00_群发" for u in units]
    return [_unique_name(safe_file_name(stem), taken, "_催报.txt") for stem in stems]


def slip_paths(files: Sequence[CheckedFile], folder: Path) -> list[Path]:
    """Where the slip of each file goes: named after the file, unique even where case does not count."""
    taken: set[str] = set()
    stems = [f"{safe_file_name(Path(file.file).stem)}_退回" for file in files]
    return [folder / _unique_name(stem, taken) for stem in stems]


def migrated_paths(files: Sequence[InputFile], folder: Path) -> list[Path]:
    """Where the new workbook of each file goes: its own name, unique even where case does not count."""
    taken: set[str] = set()
    return [folder / _unique_name(safe_file_name(Path(file.name).stem), taken) for file in files]


def _unique_name(stem: str, taken: set[str], ending: str = ".xlsx") -> str:
    """``stem.xlsx``, with a number where that is taken; added to what is taken."""
    name, number = f"{stem}{ending}", 2
    while name.casefold() in taken:
        name, number = f"{stem}_{number}{ending}", number + 1
    taken.add(name.casefold())
    return name
