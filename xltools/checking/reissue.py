"""What sending a workbook's figures back in a fresh one mends by itself, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from xltools.checking.check import check_submission, in_order
from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import Finding
from xltools.layout.slip import reissued

_ABOUT_THE_FILE = frozenset(
    (
        "CELL-MOVED",
        "COLUMN-MISSING",
        "FILE-MACROS",
        "FORMULA-CHANGED",
        "FORMULA-WRONG",
        "INPUT-FORMULA",
        "LABEL-CHANGED",
        "LABEL-SIMILAR",
        "LOCKS-CHANGED",
        "PROTECTION-REMOVED",
        "RECOGNISED-BY-LABELS",
        "ROW-MISSING",
        "ROWS-HIDDEN",
        "SHEET-MISSING",
        "TABLE-AMBIGUOUS",
        "TABLE-FOUND",
        "TABLE-MISSING",
        "TABLE-MOVED",
        "UNIT-WRONG",
    )
)
"""Findings about locked parts of a workbook, which a fresh workbook has as they should be.

Figures that were not read because of them stand as blank cells."""

_HINTS = frozenset({"LIKELY-CULPRIT"})
"""Findings that only help with others: with those gone, there is nothing in them to know."""


@dataclass(frozen=True, slots=True)
class Reissue:
    """Findings that hold for the fresh workbook, and those that only held for the one sent in."""

    standing: tuple[Finding, ...]
    mended: tuple[Finding, ...]


def after_reissue(checked: CheckedFile) -> Reissue:
    """Which findings a return slip mends; raises ValueError for a file without a submission.

    What an overtyped total had hidden appears among those that stand; a finding that only gives other
    figures now is not mended.
    """
    submission = checked.submission
    if submission is None:
        raise ValueError(f"{checked.file} holds no submission to send back")
    before = _keys(check_submission(submission)[1])
    now = check_submission(reissued(submission))[1]
    about_file = [found for found in checked.findings if _key(found) not in before]
    standing = [found for found in about_file if found.code not in _ABOUT_THE_FILE]
    same_place = {(found.code, found.place.id) for found in now}
    mended = [
        found
        for found in checked.findings
        if found.code in _ABOUT_THE_FILE
        or (
            _key(found) in before
            and (found.code, found.place.id) not in same_place
            and found.code not in _HINTS
        )
    ]
    return Reissue(in_order(submission.form, (*standing, *now)), tuple(mended))


def _keys(findings: Iterable[Finding]) -> set[Finding]:
    return {_key(finding) for finding in findings}


def _key(finding: Finding) -> Finding:
    """A finding wherever it stands: the file sent in may have its cells elsewhere."""
    return replace(finding, place=replace(finding.place, sheet=None, cell=None))
