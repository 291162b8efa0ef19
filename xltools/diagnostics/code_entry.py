"""One row of the code table."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A kind of finding: how it reads (with placeholders), what to do, and why it exists."""

    code: str
    severity: Severity
    message: Text
    fix: Text
    why: Text
