"""Two folders of returns and published reports held against each other, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice, product
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.checking.compare import compare
from xltools.checking.storage.spool import Spool
from xltools.definition.library import load_form
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.merging.folder_comparison import FilePair, FolderComparison, OtherFile, UnitComparison
from xltools.merging.pairing import Pairing, Pairings, pair
from xltools.reading.archive import list_archive
from xltools.reading.documents.report import REPORT_SUFFIXES
from xltools.reading.inputs import InputFile, find_files
from xltools.workflows.check_setup import read_setup
from xltools.workflows.execution.read_to_record import read_to_record
from xltools.workflows.execution.resources import Resources
from xltools.workflows.execution.run import iter_records
from xltools.workflows.importing import definitions_of
from xltools.workflows.path_like import PathLike

if TYPE_CHECKING:
    from concurrent.futures import Executor

MOST_PAIRS = 16
"""Pairs of files with different contents that are compared for one unit; nobody reads more."""
_SAYS_NO_UNIT = Text("没有写单位编码和名称", "it says neither the code nor the name of a unit")


def holds_many(path: PathLike) -> bool:
    """Whether this is a folder or an archive, and not one file."""
    return Path(path).is_dir() or list_archive(Path(path), REPORT_SUFFIXES) is not None


def diff_folders(
    left: PathLike,
    right: PathLike,
    *,
    form: PathLike | None = None,
    open_password: str = "",
    jobs: int = 1,
    executor: Executor | None = None,
    step: Callable[[int], None] | None = None,
) -> FolderComparison:
    """What differs between the files of two folders (or zip archives), paired by unit and period.

    Each may hold workbooks and published reports in any format. Where one of the two is a single file, it
    is held against those of its unit, and other units are passed over. ``form`` is the only form tried for
    files that carry no identity; ``jobs`` and ``executor`` are those of ``check``; ``step`` is told of each
    file that has been read, with the number of all. Files are read into a temporary file; memory holds
    light facts of each and what differs.

    Raises UsageError where nothing is there to read, or a file is on both sides.
    """
    sides = [find_files([path], REPORT_SUFFIXES) for path in (left, right)]
    _require_apart(*sides)
    files = [*sides[0], *sides[1]]
    setup = read_setup(definitions_of(form), None, open_password, None)
    work = partial(read_to_record, only=load_form(str(form)).id if form is not None else "")
    with Spool(setup.registry.find) as spool:
        for record in iter_records(files, setup, definitions_of(form), Resources(jobs, executor), work):
            spool.append(record)
            if step is not None:
                step(len(files))
        found = pair(spool.entries, len(sides[0]))
        return FolderComparison(
            str(left),
            str(right),
            tuple(_compared(one, spool) for one in _asked_for(found, left, right)),
            tuple(_other(n, len(sides[0]), spool, _SAYS_NO_UNIT) for n in found.unknown),
            tuple(_other(n, len(sides[0]), spool) for n in found.unreadable),
        )


def _require_apart(left: Sequence[InputFile], right: Sequence[InputFile]) -> None:
    """Raise UsageError for a file on both sides, which would be compared with itself."""
    here = {realpath(file.path) for file in left}
    for file in right:
        if realpath(file.path) in here:
            raise UsageError(
                Text(
                    f"“{file.path}”两边都有：比较的两个文件夹不能是同一个，也不能一个包含另一个。",
                    f'"{file.path}" is on both sides: name two folders of which none contains the other.',
                )
            )


def _asked_for(found: Pairings, left: PathLike, right: PathLike) -> Iterator[Pairing]:
    """The units to compare: where one side is a single file, those it is of."""
    every = holds_many(left), holds_many(right)
    for one in found.pairs:
        if (every[0] or one.left) and (every[1] or one.right):
            yield one


def _compared(one: Pairing, spool: Spool) -> UnitComparison:
    """Each two contents of a unit held against each other; memory holds one pair of returns at a time."""
    left, right = _contents(one.left, spool), _contents(one.right, spool)
    pairs = tuple(_pair(a, b, spool) for a, b in islice(product(left, right), MOST_PAIRS))
    names = [tuple(spool.entries[n].file for n in side) for side in (one.left, one.right)]
    left_out = len(left) * len(right) - len(pairs)
    return UnitComparison(one.unit, one.period, names[0], names[1], pairs, left_out, one.near)


def _contents(numbers: Sequence[int], spool: Spool) -> list[int]:
    """The first file of every content."""
    return list({spool.entries[n].content: n for n in reversed(numbers)}.values())[::-1]


def _pair(left: int, right: int, spool: Spool) -> FilePair:
    here, there = spool[left], spool[right]
    found = compare(spool.submission(here.file), spool.submission(there.file), here.findings, there.findings)
    return FilePair.of(here.file, there.file, found)


def _other(number: int, left: int, spool: Spool, reason: Text | None = None) -> OtherFile:
    entry = spool.entries[number]
    return OtherFile("a" if number < left else "b", entry.file, reason or spool[number].findings[0].message)
