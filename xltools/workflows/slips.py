"""Return slips: the clerk's own workbook back, with every finding at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.checking.result import CheckedFile
from xltools.reporting.return_slip import slip_plan
from xltools.workflows.file_names import slip_paths
from xltools.workflows.inbox import require_no_input
from xltools.workflows.path_like import PathLike
from xltools.writing.files import require_folder, require_writable, write_whole
from xltools.writing.workbook import render_workbook


def write_slips(
    checked: Sequence[CheckedFile], folder: PathLike, *, force: bool = False, password: str = ""
) -> tuple[Path, ...]:
    """Write a return slip (退回表) into ``folder`` for every file that has findings; gives their paths.

    Files that cannot be read have none, nor have summaries, which are merged again instead. ``password``
    guards the locks of the slips. Nothing is written unless every slip can be.

    Raises UsageError where a slip exists (without ``force``), would replace one of the files checked,
    or cannot be written.
    """
    folder = Path(folder)
    require_folder(folder)
    returns = [file for file in checked if _is_returnable(file)]
    targets = list(zip(slip_paths(returns, folder), returns, strict=True))
    require_no_input((file.file for file in checked), [path for path, _ in targets])
    for path, _ in targets:
        require_writable(path, force=force)
    for path, file in targets:
        write_whole(path, render_workbook(slip_plan(file), password), force=force)
    return tuple(path for path, _ in targets)


def _is_returnable(file: CheckedFile) -> bool:
    return bool(file.findings) and file.submission is not None and file.submission.kind == "return"
