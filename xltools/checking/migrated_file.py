"""What moving one file gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from xltools.diagnostics.findings import Finding
from xltools.matching.migration.migrate import Migration


class Moving(StrEnum):
    """What became of one file: ``PARTLY`` where something stayed behind or must be looked at."""

    MOVED = "moved"
    PARTLY = "partly"
    CURRENT = "current"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class MigratedFile:
    """One file that was to be moved.

    ``migration`` and ``output`` are None where nothing was written: ``findings`` then say why, or, where
    there are none, the workbook is what it should be already. ``blank`` are the cells of the new
    workbook that nobody has filled yet.
    """

    file: str
    migration: Migration | None
    output: Path | None
    findings: tuple[Finding, ...]
    blank: tuple[Finding, ...] = ()

    @property
    def status(self) -> Moving:
        """What became of it."""
        if self.migration is None:
            return Moving.REFUSED if self.findings else Moving.CURRENT
        left = self.migration.unmoved or any(found.blocks for found in self.findings)
        return Moving.PARTLY if left else Moving.MOVED
