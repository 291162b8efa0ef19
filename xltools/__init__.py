"""xltools: issue, check and merge official Excel returns.

>>> import xltools
>>> form = xltools.load_form("zfxxgk-2021")
>>> form.title
'政府信息公开工作年度报告'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from xltools.definition.library import load_form
    from xltools.workflows import (
        check,
        diff,
        diff_folders,
        fill,
        import_report,
        issue,
        merge,
        migrate_files,
        publish,
        read,
        read_report,
        status,
        trace,
        write,
        write_data,
        write_reminders,
        write_slips,
    )

__all__ = [
    "__version__",
    "check",
    "diff",
    "diff_folders",
    "fill",
    "import_report",
    "issue",
    "load_form",
    "merge",
    "migrate_files",
    "publish",
    "read",
    "read_report",
    "status",
    "trace",
    "write",
    "write_data",
    "write_reminders",
    "write_slips",
]

_HOMES = {
    "load_form": "xltools.definition.library",
    "check": "xltools.workflows",
    "diff": "xltools.workflows",
    "diff_folders": "xltools.workflows",
    "fill": "xltools.workflows",
    "import_report": "xltools.workflows",
    "issue": "xltools.workflows",
    "merge": "xltools.workflows",
    "migrate_files": "xltools.workflows",
    "publish": "xltools.workflows",
    "read": "xltools.workflows",
    "read_report": "xltools.workflows",
    "status": "xltools.workflows",
    "trace": "xltools.workflows",
    "write": "xltools.workflows",
    "write_data": "xltools.workflows",
    "write_reminders": "xltools.workflows",
    "write_slips": "xltools.workflows",
}


def __getattr__(name: str) -> Any:
    """Import a public call on first use, so that ``import xltools`` costs next to nothing."""
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
