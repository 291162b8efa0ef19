"""In which list of a status every file stands: each in exactly one, so that none is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from xltools.model.round import ACCEPTED, Fate, Filing, RoundStatus, Standing, UnitStanding


class FileList(StrEnum):
    """A list of files: in the row of their unit, several of one unit, those of nobody, and all others."""

    OWN_ROW = "own-row"
    VERSIONS = "versions"
    STRANGERS = "strangers"
    OTHERS = "others"


_STRANGERS = (Fate.UNKNOWN, Fate.UNREADABLE)
_ALWAYS_VERSIONS = (Fate.SAME, Fate.SUPERSEDED, Fate.UNDECIDED)
_OF_THE_UNIT = (*_ALWAYS_VERSIONS, Fate.COUNTS, Fate.COMPARED, Fate.INCLUDED, Fate.INVALID)
"""Files that stand side by side where a unit has several."""
_ROWS_WITH_FILE = (*ACCEPTED, Standing.ERROR, Standing.EXPLAIN)


def lists_of_files(status: RoundStatus) -> Mapping[str, FileList]:
    """By the name of every file of a round the one list it stands in."""
    found = {filing.handed.file: _without_unit(filing) for filing in status.filings}
    for unit in status.units:
        found |= _of_unit(unit)
    return found


def _without_unit(filing: Filing) -> FileList:
    return FileList.STRANGERS if filing.fate in _STRANGERS else FileList.OTHERS


def _of_unit(unit: UnitStanding) -> dict[str, FileList]:
    """The lists of a unit's own files of this round."""
    own = [filing for filing in unit.filings if filing.fate in _OF_THE_UNIT]
    if len(own) > 1 or any(filing.fate in _ALWAYS_VERSIONS for filing in own):
        return {filing.handed.file: FileList.VERSIONS for filing in own}
    return {
        filing.handed.file: FileList.OWN_ROW
        for filing in own
        if unit.standing in _ROWS_WITH_FILE and filing.fate in (Fate.COUNTS, Fate.INVALID)
    }
