"""What checking one file gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xltools.diagnostics.findings import Finding, Status, status_of
from xltools.model.submission import Submission


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file after checking; ``submission`` is None where it could not be read as a return.

    ``findings`` are in a fixed order: sheet, row, column, code. ``sha256`` is that of the file's
    bytes, None where not even they could be read, ``modified`` when the file was last changed (local
    time; None where nobody says it).
    """

    file: str
    sha256: str | None
    submission: Submission | None
    findings: tuple[Finding, ...]
    modified: datetime | None = None

    @property
    def status(self) -> Status:
        """``UNREADABLE`` without a submission, else what the findings come to."""
        return Status.UNREADABLE if self.submission is None else status_of(self.findings)
