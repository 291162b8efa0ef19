"""Many returns to one summary workbook, or to one for every parent."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.checking.storage.record import Entry
from xltools.checking.storage.spool import Spool
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.merging.handed_files import handed_files
from xltools.merging.merge import merge_handed
from xltools.merging.recorded import Recorded
from xltools.merging.select import Choice
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.summary import Intake, LevelSummary, Summary
from xltools.model.unit import Roster, Unit
from xltools.reading.roster import read_roster
from xltools.workflows.by_parent import write_by_parent
from xltools.workflows.data_out import members_data, write_data
from xltools.workflows.file_names import has_summary_name
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.inbox import is_at, left_out, require_no_input, require_on_duplicate
from xltools.workflows.last_period import read_previous
from xltools.workflows.path_like import PathLike, as_path
from xltools.workflows.spooling import Watch, spool_check
from xltools.workflows.summary_file import SummaryWriter, write_summary
from xltools.workflows.summary_ledgers import SummaryLedgers
from xltools.writing.data_file import require_data_file
from xltools.writing.files import WORKBOOK, require_folder, require_other, require_writable

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge gave: what came in, the summary and its file (None where no file passed), all checks.

    ``checked`` and the members of the summaries lie on the disk and are read when they are asked for, as
    long as the result is kept. ``levels`` are the summaries of the parents, where they were asked for: the
    lowest first, the one on top last.
    """

    intake: Intake
    summary: Summary | None
    checked: Spool
    output: Path | None
    levels: tuple[LevelSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outputs:
    """What a merge is to write: the summary, the folder of those of all parents, the figures as data."""

    summary: Path | None
    folder: Path | None
    data: Path | None

    def require_possible(self, roster: PathLike | None, *, force: bool) -> None:
        """Before the work starts: raise UsageError where what it gives cannot be written."""
        if self.summary is None and self.folder is None:
            raise UsageError(
                Text(
                    "请用 -o 给出汇总表的文件名，或用 --by-parent 给出文件夹。",
                    "name the summary with -o, or a folder with --by-parent.",
                )
            )
        if self.folder is not None and roster is None:
            raise UsageError(Text("--by-parent 要与 --roster 一起用。", "--by-parent goes with --roster."))
        if self.summary is not None:
            require_writable(self.summary, force=force, endings=WORKBOOK)
        if self.folder is not None:
            require_folder(self.folder)
        if self.data is not None:
            require_data_file(self.data, force=force)
            require_other(self.data, [path for path in (self.summary, roster) if path is not None])

    def has_made(self, entry: Entry) -> bool:
        """Whether a file that was read is a summary of an earlier run, in the folder that is merged again."""
        if entry.kind != "summary":
            return False
        inside = self.folder is not None and Path(entry.file).resolve().parent == self.folder.resolve()
        return is_at(entry.file, self.summary) or (inside and has_summary_name(entry.file))


def merge(  # noqa: PLR0913 - all but two are options by keyword
    paths: Sequence[PathLike],
    output: PathLike | None = None,
    *,
    roster: PathLike | None = None,
    unit: Unit | None = None,
    by_parent: PathLike | None = None,
    data: PathLike | None = None,
    period: Period | str | int | None = None,
    on_duplicate: str = "newest",
    exclude: Sequence[PathLike] = (),
    include_invalid: bool = False,
    forms: Sequence[PathLike] = (),
    previous: PathLike | None = None,
    password: str = "",
    open_password: str = "",
    key_file: PathLike | None = None,
    force: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
    cache: bool = False,
    watch: Watch | None = None,
) -> MergeResult:
    """Check files and write the summary of those that count.

    ``unit`` is who the summary is for: by default the one unit all others of the roster report to,
    else a unit named after the output file. With ``by_parent``, a folder, every parent of the roster
    gets a summary there, made of those below it; the one on top goes to ``output`` if that is given.
    ``data`` is a file for the figures of what went in, as tidy data (see ``write_data``).

    ``period`` is that of the round: with it files of another one are left out, without it there may be
    none. Of several files of one unit the newest that passes counts; with ``on_duplicate="error"`` none does.
    ``exclude`` are files that do not count, with ``include_invalid`` those that do not pass the check
    do, marked. ``password`` guards the locks of the summary; ``open_password`` opens workbooks that are
    encrypted; with ``key_file`` only those go in that were issued with it. ``jobs``, ``executor`` and
    ``cache`` are those of ``iter_check``; ``watch`` looks on while files are checked.

    Raises UsageError as ``check`` and ``write_data`` do, where an output cannot be written, and where the
    files are of several forms or periods.
    """
    outputs = _Outputs(as_path(output), as_path(by_parent), as_path(data))
    outputs.require_possible(roster, force=force)
    names = read_roster(Path(roster)) if roster is not None else None
    choice = Choice(
        roster=names,
        unit=unit or _summary_unit(names, outputs),
        on_duplicate=require_on_duplicate(on_duplicate),
        include_invalid=include_invalid,
        period=Period.of(period) if period is not None else None,
        today=date.today(),
    )
    registry = FormRegistry.of(forms)
    last = read_previous(previous, registry, open_password)

    with contextlib.ExitStack() as held:
        checked = spool_check(
            paths,
            forms=forms,
            previous=last,
            open_password=open_password,
            key_file=key_file,
            jobs=jobs,
            executor=executor,
            cache=cache,
            watch=watch,
            keep=lambda entry: not is_at(entry.file, roster) and not outputs.has_made(entry),
        )
        held.callback(checked.close)
        files = [entry.file for entry in checked.entries]
        require_no_input(files, [outputs.summary] if outputs.summary is not None else [])
        choice = replace(choice, exclude=left_out(files, exclude))
        ledgers = SummaryLedgers(paths, registry, open_password)
        write = partial(write_summary, checked=checked, last=last, password=password, force=force)
        if outputs.folder is not None:
            result = _merge_levels(
                checked,
                choice,
                outputs.summary,
                outputs.folder,
                write,
                recorded=ledgers.figures_of,
                force=force,
            )
        else:
            assert outputs.summary is not None
            result = _merge_one(checked, choice, outputs.summary, write, ledgers.figures_of)
        if outputs.data is not None and result.summary is not None:
            write_data(members_data(_lowest(result)), outputs.data, force=force)
        held.pop_all()  # from here on it is the result's
    return result


def _merge_one(
    checked: Spool, choice: Choice, output: Path, write: SummaryWriter, recorded: Recorded
) -> MergeResult:
    intake, summary = merge_handed(handed_files(checked), checked.submission, choice, recorded)
    if summary is None:
        return MergeResult(intake, None, checked, None)
    summary = write(summary, output)
    return MergeResult(intake, summary, checked, output)


def _merge_levels(
    checked: Spool,
    choice: Choice,
    output: Path | None,
    folder: Path,
    write: SummaryWriter,
    *,
    recorded: Recorded,
    force: bool,
) -> MergeResult:
    handed = handed_files(checked)
    intake, levels = write_by_parent(
        handed, checked.submission, choice, output, folder, write, recorded=recorded, force=force
    )
    top = levels[-1] if levels else None
    return MergeResult(
        intake, top.summary if top else None, checked, top.path if top else None, tuple(levels)
    )


def _lowest(result: MergeResult) -> Iterator[Submission]:
    """Every submission that was read and counts, once: not the summaries that were made of them here."""
    assert result.summary is not None
    summaries = [level.summary for level in result.levels] or [result.summary]
    made = {str(level.path) for level in result.levels}
    for summary in summaries:
        for member in summary.members:
            if member.source is None or member.source.file not in made:
                yield member


def _summary_unit(roster: Roster | None, outputs: _Outputs) -> Unit:
    """Who a summary is for: the roster's one top unit, else a unit named after the file."""
    if roster is not None:
        tops = [unit for unit in roster.tops if roster.children(unit.code)]
        if len(tops) == 1:
            return tops[0]
    name = (outputs.summary or outputs.folder or Path()).stem
    return Unit(name=name, code=name)
