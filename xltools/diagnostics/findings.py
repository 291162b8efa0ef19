"""Findings (审核结果): what is wrong with the data, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from xltools.diagnostics.text import Text

Comparator = Literal["==", "!=", "<", "<=", ">", ">="]
Shown = str | int | float | bool | None
"""A figure or text as it is shown beside a finding."""


class Severity(StrEnum):
    """How much a finding weighs (错误性 / 核实性 / 提示性)."""

    ERROR = "error"
    EXPLAIN = "explain"
    NOTE = "note"


class Status(StrEnum):
    """The outcome for one file; only ``OK`` files go into a summary."""

    OK = "ok"
    EXPLAIN = "explain"
    ERROR = "error"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class CellRef:
    """A place in a workbook: sheet name, A1 address, cell id and its label in the form's words."""

    sheet: str | None = None
    cell: str | None = None
    id: str | None = None
    label: str | None = None


NOWHERE = CellRef()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a submission.

    ``code`` is a code of :mod:`xltools.diagnostics.catalog` or the id of a rule of the form.
    ``actual`` and ``expected`` are the figures read and due. ``cells`` lists the ids of every cell
    concerned, ``comparator`` how ``actual`` must stand to ``expected``; with ``sides`` the two are sums on the
    two sides of a rule and not the figure of one cell. ``explanation`` is the clerk's 说明; with it an ``EXPLAIN`` finding no longer blocks.
    """

    code: str
    severity: Severity
    message: Text
    fix: Text
    place: CellRef = NOWHERE
    actual: Shown = None
    expected: Shown = None
    comparator: Comparator = "=="
    sides: bool = False
    explanation: str | None = None
    cells: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether the submission cannot be accepted as it stands."""
        return self.severity is Severity.ERROR or (
            self.severity is Severity.EXPLAIN and self.explanation is None
        )


def status_of(findings: tuple[Finding, ...]) -> Status:
    """The status of a readable file from its findings."""
    blocking = {finding.severity for finding in findings if finding.blocks}
    if Severity.ERROR in blocking:
        return Status.ERROR
    return Status.EXPLAIN if Severity.EXPLAIN in blocking else Status.OK
