"""Checked files that are all at hand, handed in and merged without a spool on the disk."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.checking.result import CheckedFile
from xltools.checking.storage.record import entry_of
from xltools.merging.handed_files import handed_of
from xltools.merging.merge import merge_handed
from xltools.merging.select import Choice, Load
from xltools.model.round import HandedFile
from xltools.model.summary import Intake, Summary
from xltools.model.unit import Roster, Unit


def handed_in(files: Sequence[CheckedFile]) -> list[HandedFile]:
    """What choosing needs to know of each file."""
    titles = [file.submission.form.title if file.submission else "" for file in files]
    return [handed_of(entry_of(file), title) for file, title in zip(files, titles, strict=True)]


def loader_of(files: Sequence[CheckedFile]) -> Load:
    """Loads a submission by its file's name."""
    return {file.file: file.submission for file in files if file.submission is not None}.__getitem__


def merge_checked(
    files: Sequence[CheckedFile], unit: Unit, *, roster: Roster | None = None
) -> tuple[Intake, Summary | None]:
    """What ``merge_handed`` makes of them."""
    return merge_handed(handed_in(files), loader_of(files), Choice(roster=roster, unit=unit))
