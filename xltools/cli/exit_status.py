"""What the exit status of a command says."""

from __future__ import annotations

from xltools.diagnostics.findings import Status

CLEAN = 0
BLOCKED = 1
FAILED = 2
"""Wrong usage, unreadable input or broken definition."""
INTERRUPTED = 130
OUTPUT_CLOSED = 141

OF_FILE: dict[Status, int] = {
    Status.OK: CLEAN,
    Status.EXPLAIN: BLOCKED,
    Status.ERROR: BLOCKED,
    Status.UNREADABLE: FAILED,
}
"""The exit status of one file; over many files the highest counts."""
