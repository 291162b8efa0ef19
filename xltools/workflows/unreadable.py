"""A file that cannot be read as the finding it is."""

from __future__ import annotations

from xltools.diagnostics.catalog import CATALOG
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import Finding, Severity


def unreadable_finding(error: UnreadableFileError) -> Finding:
    """The finding for a file that could not be read, with what to do about it."""
    return Finding(error.code, Severity.ERROR, error.text, CATALOG[error.code].fix)
