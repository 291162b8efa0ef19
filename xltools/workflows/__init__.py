"""The tool as a library: issue, read, check, merge, import. No printing, no exit; files in, results out.

>>> import xltools
>>> results = xltools.check(["报送"])  # doctest: +SKIP
>>> [result.status for result in results]  # doctest: +SKIP
[<Status.OK: 'ok'>]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xltools.workflows.checking import check, iter_check, read
    from xltools.workflows.comparing import diff
    from xltools.workflows.importing import ImportedReport, import_report, read_report
    from xltools.workflows.issuing import IssuedFile, issue, write
    from xltools.workflows.merging import MergeResult, merge
    from xltools.workflows.slips import write_slips

__all__ = [
    "ImportedReport",
    "IssuedFile",
    "MergeResult",
    "check",
    "diff",
    "import_report",
    "issue",
    "iter_check",
    "merge",
    "read",
    "read_report",
    "write",
    "write_slips",
]

_HOMES = {
    "check": "checking",
    "iter_check": "checking",
    "read": "checking",
    "diff": "comparing",
    "ImportedReport": "importing",
    "import_report": "importing",
    "read_report": "importing",
    "IssuedFile": "issuing",
    "issue": "issuing",
    "write": "issuing",
    "MergeResult": "merging",
    "merge": "merging",
    "write_slips": "slips",
}


def __getattr__(name: str) -> Any:
    """Import a call on first use: checking must not pay for importing the writer."""
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(f"xltools.workflows.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
