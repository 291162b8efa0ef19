"""What two folders of returns and reports say of the same units, held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from xltools.checking.compare import Comparison, FigureDifference, TextDifference
from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Text
from xltools.model.period import Period
from xltools.model.unit import Unit

Side = Literal["a", "b"]


class Outcome(StrEnum):
    """What became of a unit."""

    SAME = "same"
    TEXTS = "texts"
    DIFFERS = "differs"
    UNREAD = "unread"
    SEVERAL = "several"
    ONLY_A = "only-a"
    ONLY_B = "only-b"


AGREEING = (Outcome.SAME, Outcome.TEXTS)
"""No figure differs."""


@dataclass(frozen=True, slots=True)
class FilePair:
    """What differs between two files of a unit.

    ``compared`` is how many figures both have, ``uncompared`` how many only one has, because the files
    are of different forms; ``unread`` are those that could not be read on both sides. The findings say what
    was not, or not surely, read of either file.
    """

    left: str
    right: str
    compared: int
    uncompared: int
    figures: tuple[FigureDifference, ...]
    unread: tuple[FigureDifference, ...]
    texts: tuple[TextDifference, ...]
    left_findings: tuple[Finding, ...]
    right_findings: tuple[Finding, ...]

    @classmethod
    def of(cls, left: str, right: str, found: Comparison) -> FilePair:
        """The differences without the returns that were compared, so that many can be held."""
        uncompared = len(found.only_left) + len(found.only_right)
        return cls(
            left,
            right,
            found.compared,
            uncompared,
            found.figures,
            found.unread,
            found.texts,
            found.left_findings,
            found.right_findings,
        )

    @property
    def agrees(self) -> bool:
        """Whether all figures are on both sides, could be read and are the same."""
        return not self.figures and not self.uncompared and not self.unread


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """A unit's files for a period on either side, and what differs between each two that were compared.

    ``left_out`` is how many more pairs of files there are that were not compared. ``near`` are units of
    similar names that have files on the other side only.
    """

    unit: Unit
    period: Period | None
    left: tuple[str, ...]
    right: tuple[str, ...]
    pairs: tuple[FilePair, ...] = ()
    left_out: int = 0
    near: tuple[Unit, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Several files of a side do no harm as long as no two that were compared disagree."""
        if not self.right:
            return Outcome.ONLY_A
        if not self.left:
            return Outcome.ONLY_B
        if self.left_out or not all(pair.agrees for pair in self.pairs):
            return self._disagreement()
        return Outcome.TEXTS if any(pair.texts for pair in self.pairs) else Outcome.SAME

    def _disagreement(self) -> Outcome:
        if len(self.pairs) + self.left_out > 1:
            return Outcome.SEVERAL
        (pair,) = self.pairs
        return Outcome.DIFFERS if pair.figures or pair.uncompared else Outcome.UNREAD


@dataclass(frozen=True, slots=True)
class OtherFile:
    """A file that belongs to no unit, with the reason."""

    side: Side
    file: str
    reason: Text


@dataclass(frozen=True, slots=True)
class FolderComparison:
    """Every unit of either side, the files that say no unit, and those that cannot be read."""

    left: str
    right: str
    units: tuple[UnitComparison, ...]
    unknown: tuple[OtherFile, ...]
    unreadable: tuple[OtherFile, ...]

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many units came to what."""
        found = Counter(unit.outcome for unit in self.units)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def agrees(self) -> bool:
        """Whether every unit is on both sides with the same figures and every file is some unit's."""
        everyone = all(unit.outcome in AGREEING for unit in self.units)
        return everyone and not self.unknown and not self.unreadable
