"""One row of the code table."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A kind of finding: how it reads (with placeholders), what to do, and why it exists.

    ``report_fix`` is what to do instead where the file is a published report that somebody imports, and no
    return that its unit could send again.
    """

    code: str
    severity: Severity
    message: Text
    fix: Text
    why: Text
    report_fix: Text | None = None
