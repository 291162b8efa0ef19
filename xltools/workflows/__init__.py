"""The tool as a library: issue, read, check, merge, import. No printing, no exit; files in, results out.

One module a call; ``execution`` is how many files are gone through at once, and what is kept of it.

>>> import xltools
>>> results = xltools.check(["报送"])  # doctest: +SKIP
>>> [result.status for result in results]  # doctest: +SKIP
[<Status.OK: 'ok'>]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xltools.checking.migrated_file import MigratedFile
    from xltools.model.tidy import DataResult
    from xltools.workflows.checking import check, iter_check, read
    from xltools.workflows.comparing import diff
    from xltools.workflows.comparing_folders import diff_folders, holds_many
    from xltools.workflows.data_out import write_data
    from xltools.workflows.filling import FillResult, fill
    from xltools.workflows.importing import ImportedReport, import_report, read_report
    from xltools.workflows.inbox import require_no_input, require_outside
    from xltools.workflows.issuing import IssuedFile, issue, write
    from xltools.workflows.merging import MergeResult, merge
    from xltools.workflows.migrating import migrate_files
    from xltools.workflows.publishing import PublishResult, publish
    from xltools.workflows.round import StatusResult, status, write_reminders
    from xltools.workflows.slips import write_slips
    from xltools.workflows.spooling import spool_check
    from xltools.workflows.tracing import trace

__all__ = [
    "DataResult",
    "FillResult",
    "ImportedReport",
    "IssuedFile",
    "MergeResult",
    "MigratedFile",
    "PublishResult",
    "StatusResult",
    "check",
    "diff",
    "diff_folders",
    "fill",
    "holds_many",
    "import_report",
    "issue",
    "iter_check",
    "merge",
    "migrate_files",
    "publish",
    "read",
    "read_report",
    "require_no_input",
    "require_outside",
    "spool_check",
    "status",
    "trace",
    "write",
    "write_data",
    "write_reminders",
    "write_slips",
]

_HOMES = {
    "check": "workflows.checking",
    "iter_check": "workflows.checking",
    "read": "workflows.checking",
    "require_no_input": "workflows.inbox",
    "require_outside": "workflows.inbox",
    "diff": "workflows.comparing",
    "diff_folders": "workflows.comparing_folders",
    "holds_many": "workflows.comparing_folders",
    "ImportedReport": "workflows.importing",
    "import_report": "workflows.importing",
    "read_report": "workflows.importing",
    "IssuedFile": "workflows.issuing",
    "issue": "workflows.issuing",
    "write": "workflows.issuing",
    "DataResult": "model.tidy",
    "FillResult": "workflows.filling",
    "fill": "workflows.filling",
    "write_data": "workflows.data_out",
    "MergeResult": "workflows.merging",
    "merge": "workflows.merging",
    "PublishResult": "workflows.publishing",
    "publish": "workflows.publishing",
    "MigratedFile": "checking.migrated_file",
    "migrate_files": "workflows.migrating",
    "write_slips": "workflows.slips",
    "spool_check": "workflows.spooling",
    "StatusResult": "workflows.round",
    "status": "workflows.round",
    "trace": "workflows.tracing",
    "write_reminders": "workflows.round",
}


def __getattr__(name: str) -> Any:
    """Import a call on first use: checking must not pay for importing the writer."""
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(f"xltools.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
