"""Many returns to one summary workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools.checking.result import CheckedFile
from xltools.layout.workbook import plan_workbook
from xltools.merging.merge import merge_checked
from xltools.model.summary import Intake, Summary
from xltools.model.unit import Roster, Unit
from xltools.reading.roster import read_roster
from xltools.workflows.checking import iter_check
from xltools.workflows.data_out import members_data, write_data
from xltools.workflows.shelf import PathLike
from xltools.writing.data_file import require_data_file
from xltools.writing.files import require_other, require_writable, write_whole
from xltools.writing.workbook import render_workbook


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge gave: what came in, the summary and its file (None where no file passed), all checks."""

    intake: Intake
    summary: Summary | None
    checked: tuple[CheckedFile, ...]
    output: Path | None


def merge(  # noqa: PLR0913 - all but two are options by keyword
    paths: Sequence[PathLike],
    output: PathLike,
    *,
    roster: PathLike | None = None,
    unit: Unit | None = None,
    data: PathLike | None = None,
    forms: Sequence[PathLike] = (),
    previous: PathLike | None = None,
    password: str = "",
    open_password: str = "",
    key_file: PathLike | None = None,
    force: bool = False,
) -> MergeResult:
    """Check files and write the summary of those that pass.

    ``unit`` is who the summary is for: by default the one unit all others of the roster report to,
    else a unit named after the output file. ``data`` is a file for the figures of what went in, as tidy
    data (see ``write_data``). ``password`` guards the locks of the summary; ``open_password`` opens
    workbooks that are encrypted; with ``key_file`` only those go in that were issued with it. Raises
    UsageError as ``check`` and ``write_data`` do, where the output cannot be written, and where
    the files are of several forms or periods.
    """
    output = Path(output)
    require_writable(output, force=force)
    if data is not None:
        require_data_file(Path(data), force=force)
        require_other(Path(data), [output, *([roster] if roster is not None else [])])
    names = read_roster(Path(roster)) if roster is not None else None
    unit = unit or _summary_unit(names, output)
    _, results = iter_check(
        paths, forms=forms, previous=previous, open_password=open_password, key_file=key_file
    )
    # The summary of an earlier run may lie in the folder that is merged again.
    checked = tuple(result for result in results if Path(result.file).resolve() != output.resolve())
    intake, summary = merge_checked(checked, unit, roster=names)
    if summary is None:
        return MergeResult(intake, None, checked, None)
    write_whole(output, render_workbook(plan_workbook(summary.submission, summary), password), force=force)
    if data is not None:
        write_data(members_data(summary.members), data, force=force)
    return MergeResult(intake, summary, checked, output)


def _summary_unit(roster: Roster | None, output: Path) -> Unit:
    """Who a summary is for: the roster's one top unit, else a unit named after the file."""
    if roster is not None:
        parents = {unit.parent for unit in roster.units if unit.parent}
        by_code = roster.by_code()
        tops = [by_code[code] for code in parents if code in by_code and by_code[code].parent not in by_code]
        if len(tops) == 1:
            return tops[0]
    return Unit(name=output.stem, code=output.stem)
