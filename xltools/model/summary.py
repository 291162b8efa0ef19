"""A summary (汇总): many submissions added up, with where every figure came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xltools.diagnostics.text import Text
from xltools.model.round import SETTLED, Change, Fate, NodeCheck
from xltools.model.submission import Submission, SubmissionKind
from xltools.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file handed in; ``reason`` says why it stayed out (None: it went in).

    ``marked`` says of a file that went in although it did not pass what is wrong with it, ``note`` how
    its unit was recognised, ``instead`` which file counts in its place and ``changes`` what that one has
    differently.
    """

    file: str
    code: str
    name: str
    reason: Text | None = None
    fate: Fate = Fate.COUNTS
    marked: Text | None = None
    note: Text | None = None
    instead: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Takeover:
    """A parent's own file in a summary, in the place of the units below it (上级代下级).

    ``kind`` is that of the file: the parent's own return, or a summary. ``units`` owe the figures it holds,
    at the ends of the tree; ``lacking`` are those of them without a usable file, which is why the sum of
    the units does not count; ``files`` below it are here and do not count because of it.
    """

    unit: Unit
    file: str
    kind: SubmissionKind
    units: tuple[Unit, ...]
    lacking: tuple[Unit, ...] = ()
    files: int = 0


@dataclass(frozen=True, slots=True)
class Intake:
    """What came in, whether or not a summary came of it.

    ``receipts`` lists every file that was given, ``missing`` the units of the roster from which nothing
    came, ``due`` how many units of the roster owe a return (None without a roster) and ``counted`` how
    many of those the totals hold (None: as many as there are members), ``duplicates`` groups of files
    that claim to be the same unit's. ``covered`` are units without a file of their own that counts,
    each with the one that reports for it; ``takeovers`` are the parents' files that stand for the units
    below them; ``nodes`` compare reported figures with the sum below.
    """

    receipts: tuple[Receipt, ...]
    missing: tuple[Unit, ...] = ()
    due: int | None = None
    duplicates: tuple[tuple[str, ...], ...] = ()
    counted: int | None = None
    covered: tuple[tuple[Unit, Unit], ...] = ()
    takeovers: tuple[Takeover, ...] = ()
    nodes: tuple[NodeCheck, ...] = ()

    @property
    def excluded(self) -> tuple[Receipt, ...]:
        """The files that did not go in."""
        return tuple(receipt for receipt in self.receipts if receipt.reason is not None)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing, in doubt, or left out that somebody has to look at."""
        return not (
            self.missing
            or self.duplicates
            or any(receipt.marked or receipt.fate not in SETTLED for receipt in self.receipts)
            or any(found.blocks for node in self.nodes for found in node.findings)
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """The sum of ``members`` as a submission of its own, with the intake it was made from.

    ``members`` are only gone through from first to last: they may be read again each time.
    """

    submission: Submission
    members: Sequence[Submission]
    intake: Intake

    @property
    def counted(self) -> int:
        """How many units the totals hold, through all levels."""
        return len(self.members) if self.intake.counted is None else self.intake.counted


@dataclass(frozen=True, slots=True)
class LevelSummary:
    """The summary of one parent and the file it was written to."""

    unit: Unit
    path: Path
    summary: Summary
