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


def __getattr__(name: str) -> Any:
    """Import a public call on first use, so that ``import xltools`` costs next to nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    home = "xltools.definition.library" if name == "load_form" else "xltools.workflows"
    return getattr(importlib.import_module(home), name)
