"""A summary for every parent of a roster, written from the bottom up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xltools.merging.adding import add_up
from xltools.merging.coverage import Covered
from xltools.merging.levels import Level, levels
from xltools.merging.members import Members
from xltools.merging.merge import intake_of, settled
from xltools.merging.recorded import Recorded
from xltools.merging.select import Choice, Load, counting
from xltools.merging.slots import slots_below
from xltools.model.round import HandedFile
from xltools.model.submission import Submission
from xltools.model.summary import Intake, LevelSummary, Summary
from xltools.model.unit import Unit
from xltools.workflows.file_names import summary_names
from xltools.workflows.inbox import require_no_input
from xltools.workflows.summary_file import SummaryWriter
from xltools.writing.files import require_writable


def write_by_parent(
    handed: Sequence[HandedFile],
    load: Load,
    choice: Choice,
    output: Path | None,
    folder: Path,
    write: SummaryWriter,
    *,
    recorded: Recorded,
    force: bool,
) -> tuple[Intake, list[LevelSummary]]:
    """Write one summary a parent into ``folder``; what came in, and the summaries, the one on top last.

    The one on top goes to ``output`` if there is one. Nothing is written unless every file can be.
    """
    assert choice.roster is not None
    assert choice.unit is not None
    covered, round_ = settled(handed, load, choice, recorded)
    intake = intake_of(covered, slots_below(choice, covered), choice, load)
    planned = levels(choice.roster, choice.unit, counting(covered.filings))
    if round_ is None or round_[1] is None:
        return intake, []
    paths = [folder / name for name in summary_names(round_[1], [level.unit for level in planned])]
    if output is not None and planned:
        paths[-1] = output
    require_no_input((one.file for one in handed), paths)
    for path in paths:
        require_writable(path, force=force)
    made: dict[str, Submission] = {}
    written = []
    for level, path in zip(planned, paths, strict=True):
        own = intake if level is planned[-1] else _intake_below(level.unit, covered, choice, load)
        summary = _summary(level, made, load, own)
        summary = write(summary, path)
        made[level.unit.code] = summary.submission
        written.append(LevelSummary(level.unit, path, summary))
    return intake, written


def _summary(level: Level, made: Mapping[str, Submission], load: Load, intake: Intake) -> Summary:
    members = Members([made[m] if isinstance(m, str) else m for m in level.members], load)
    first = members[0]
    return Summary(add_up(first.form, first.period, level.unit, members), members, intake)


def _intake_below(unit: Unit, covered: Covered, choice: Choice, load: Load) -> Intake:
    """What came in from the units below one parent."""
    assert choice.roster is not None
    codes = {unit.code, *(one.code for one in choice.roster.descendants(unit.code))}
    own = replace(
        covered,
        filings=tuple(filing for filing in covered.filings if filing.unit.code in codes),
        below={file: below for file, below in covered.below.items() if file in _files(covered, codes)},
    )
    return intake_of(own, slots_below(choice, own, unit=unit), choice, load)


def _files(covered: Covered, codes: set[str]) -> set[str]:
    return {filing.handed.file for filing in covered.filings if filing.unit.code in codes}
