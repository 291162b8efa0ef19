"""Files with the same bytes under several names."""

from __future__ import annotations

from dataclasses import replace

from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding


class IdenticalFiles:
    """Knows the first file of every content."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def first_of(self, sha256: str | None, file: str) -> str | None:
        """The file that had these bytes before; None where this one is the first, or has none."""
        if sha256 is None:
            return None
        first = self._first.setdefault(sha256, file)
        return None if first == file else first


def with_identical(checked: CheckedFile, other: str) -> CheckedFile:
    """The result with a note that ``other`` has the same bytes."""
    return replace(checked, findings=(finding("SAME-FILE", other=other), *checked.findings))
