"""How a round stands: who has handed in, who has not, and what to write to whom."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xltools.checking.storage.spool import Spool
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Language, Text
from xltools.merging.handed_files import handed_files
from xltools.merging.select import Choice
from xltools.merging.standings import round_status
from xltools.model.days import parse_day
from xltools.model.period import Period
from xltools.model.round import RoundStatus
from xltools.model.unit import Roster, Unit
from xltools.reading.inputs import find_files, unread_files
from xltools.reading.roster import read_roster
from xltools.reporting.reminders import reminders
from xltools.workflows.file_names import reminder_names
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.inbox import is_at, left_out, require_on_duplicate
from xltools.workflows.last_period import read_previous, require_fit
from xltools.workflows.path_like import PathLike
from xltools.workflows.spooling import Watch, spool_check
from xltools.workflows.summary_ledgers import SummaryLedgers
from xltools.writing.files import require_folder, staged_outputs

if TYPE_CHECKING:
    from concurrent.futures import Executor

_REPLACE = Text(
    "请另选一个，或加 --force 换掉其中的催报文字（别的文件不动）",
    "name another, or add --force to replace the reminders in it (other files stay)",
)


@dataclass(frozen=True, slots=True)
class StatusResult:
    """How a round stands, with the check of every file: read from the disk as long as the result is kept."""

    round: RoundStatus
    checked: Spool


def status(  # noqa: PLR0913 - all but two are options by keyword
    paths: Sequence[PathLike],
    roster: PathLike,
    *,
    period: Period | str | int | None = None,
    deadline: date | str | None = None,
    on_duplicate: str = "newest",
    exclude: Sequence[PathLike] = (),
    forms: Sequence[PathLike] = (),
    previous: PathLike | None = None,
    open_password: str = "",
    key_file: PathLike | None = None,
    today: date | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    cache: bool = False,
    watch: Watch | None = None,
) -> StatusResult:
    """Check files and say of every unit of a roster how it stands.

    ``period`` is that of the round, by default that of most files. Late is who handed in after
    ``deadline`` (or the roster's own for the unit), or has not handed in although it has passed on
    ``today``. An empty folder is a round from which nothing has come yet. ``jobs``, ``executor``,
    ``cache`` and ``watch`` are those of ``merge``.

    Raises UsageError for a roster with mistakes, paths that do not exist, and options that make no sense.
    """
    names = read_roster(Path(roster))
    last_day = _day(deadline)
    duplicates = require_on_duplicate(on_duplicate)
    of = Period.of(period) if period is not None else None
    registry = FormRegistry.of(forms)
    last = read_previous(previous, registry, open_password)
    with contextlib.ExitStack() as held:
        if _nothing_yet(paths):
            checked = Spool(registry.find)
        else:
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
                keep=lambda entry: not is_at(entry.file, roster),
            )
        held.callback(checked.close)
        choice = Choice(
            roster=names,
            unit=_collector(names),
            on_duplicate=duplicates,
            exclude=left_out((entry.file for entry in checked.entries), exclude),
            period=of,
            today=today or date.today(),
        )
        ledgers = SummaryLedgers(paths, registry, open_password)
        found = round_status(
            handed_files(checked),
            checked.submission,
            names,
            choice,
            deadline=last_day,
            recorded=ledgers.figures_of,
        )
        found = replace(found, unread=tuple(unread_files(paths)))
        if found.period is not None:
            require_fit(last, found.period)
        held.pop_all()  # from here on it is the result's
    return StatusResult(found, checked)


def write_reminders(
    result: StatusResult, folder: PathLike, language: Language, *, force: bool = False
) -> tuple[Path, ...]:
    """Write a text ready to send (催报) for every unit that owes something; gives their paths.

    The first one is for a group: who has not reported yet. No text of an earlier day may lie among them, for
    a unit that has reported since: the folder must be new or empty, or with ``force`` the texts for units of
    the roster are replaced or taken away, and other files left alone.

    Raises UsageError where the folder is not such a one, or cannot be written.
    """
    folder = Path(folder)
    require_reminder_folder(folder, force=force)
    texts = reminders(result.round, result.checked.file, language)
    paths = [folder / name for name in reminder_names([text.unit for text in texts])]
    of_all = reminder_names([None, *(unit.unit for unit in result.round.units)])
    with staged_outputs(force=force) as outputs:
        for text, path in zip(texts, paths, strict=True):
            outputs.write(path, text.text.replace("\n", "\r\n").encode("utf-8-sig"))
    for path in {folder / name for name in of_all}.difference(paths):
        with outputs.writing(path):
            path.unlink(missing_ok=True)
    return tuple(paths)


def require_reminder_folder(folder: Path, *, force: bool = False) -> None:
    """Raise UsageError where no reminders can be written to ``folder``, as ``write_reminders`` says."""
    require_folder(folder, empty=not force, instead=_REPLACE)


def _nothing_yet(paths: Sequence[PathLike]) -> bool:
    """Whether there are folders and nothing in them: the round has just begun."""
    if not paths or not all(Path(path).is_dir() for path in paths):
        return False
    try:
        find_files(paths)
    except UsageError:
        return True
    return False


def _collector(roster: Roster) -> Unit | None:
    """The one unit that all others report to, if there is one: what it adds up is no return to it."""
    tops = [unit for unit in roster.tops if roster.children(unit.code)]
    return tops[0] if len(tops) == 1 and len(roster.tops) == 1 else None


def _day(deadline: date | str | None) -> date | None:
    if deadline is None or isinstance(deadline, date):
        return deadline
    day = parse_day(deadline)
    if day is None:
        raise UsageError(
            Text(
                f"“{deadline}”不是日期，请写成 2026-01-31 的样子。",
                f'"{deadline}" is no date; write it like 2026-01-31.',
            )
        )
    return day
