"""A round (one period's collection): what was handed in, what became of it, how every unit stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from xltools.diagnostics.findings import Finding, Status
from xltools.diagnostics.text import Text
from xltools.excel.values import Value
from xltools.model.period import Period
from xltools.model.submission import SubmissionKind
from xltools.model.unit import Unit


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file that was handed in, as far as choosing among files needs it.

    ``unit`` is whose it says it is, ``title`` the form's title, ``dated`` the day written inside,
    ``modified`` when the file was last changed (local time; None: nobody says), ``sums_up`` the units
    (code, else name) that a summary adds up, ``errors`` and ``to_explain`` how many points block,
    ``trouble`` the first of them in words. Of a file that cannot be read ``form`` is empty.
    """

    file: str
    status: Status
    unit: Unit
    form: str = ""
    title: str = ""
    period: Period | None = None
    kind: SubmissionKind = "return"
    zero_report: bool = False
    dated: date | None = None
    modified: datetime | None = None
    sha256: str | None = None
    sums_up: tuple[str, ...] = ()
    errors: int = 0
    to_explain: int = 0
    trouble: Text | None = None

    @property
    def day(self) -> date | None:
        """The day it is from: the one written inside, else the file's."""
        return self.dated or (self.modified.date() if self.modified else None)


class Fate(StrEnum):
    """What became of a file."""

    COUNTS = "counts"
    INVALID = "invalid"
    UNREADABLE = "unreadable"
    SAME = "same"
    SUPERSEDED = "superseded"
    UNDECIDED = "undecided"
    INCLUDED = "included"
    COMPARED = "compared"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    OTHER_ROUND = "other-round"
    OWN = "own"
    EXCLUDED = "excluded"


SETTLED = (Fate.COUNTS, Fate.COMPARED, Fate.OWN, Fate.EXCLUDED)
"""What leaves nothing to do: nobody need look at the file again."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell (or text) that two versions of a return have differently; ``label`` in the form's words."""

    id: str
    label: str
    sheet: str | None
    cell: str | None
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Filing:
    """A file with what became of it.

    ``unit`` is the roster's unit where it was recognised, else what the file says. ``reason`` says why it
    does not count (None: it does), ``note`` what else is to know of it: how the unit was recognised, or,
    of a file that counts although it did not pass, what is wrong. ``near`` are units of similar names,
    ``instead`` the file that counts in its place (of several in doubt the first), ``changes`` what that
    one has differently.
    """

    handed: HandedFile
    unit: Unit
    fate: Fate
    reason: Text | None = None
    note: Text | None = None
    near: tuple[Unit, ...] = ()
    instead: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def marked(self) -> bool:
        """Whether it counts although it did not pass the check."""
        return self.fate is Fate.COUNTS and self.handed.status is not Status.OK


class Standing(StrEnum):
    """How a unit stands in the round."""

    RECEIVED = "received"
    ZERO = "zero"
    EXPLAIN = "explain"
    ERROR = "error"
    UNDECIDED = "undecided"
    MISSING = "missing"
    COVERED = "covered"
    COLLECTS = "collects"


ACCEPTED = (Standing.RECEIVED, Standing.ZERO)
OWING = (Standing.ERROR, Standing.EXPLAIN, Standing.UNDECIDED, Standing.MISSING)
"""Standings that still ask the unit to do something."""


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit of the roster: ``depth`` in the tree (0: top), every file of its, and whether it is late.

    ``handed_on`` is the day of its first file of the round, ``best_on`` that of the file its standing comes
    from. ``covered_by`` is the unit whose figures hold its own: who reports for it, or a unit above whose
    own file counts (that alone is no return of it). ``late`` also says that nothing came and the deadline
    has passed.
    """

    unit: Unit
    depth: int
    standing: Standing
    late: bool = False
    deadline: date | None = None
    handed_on: date | None = None
    covered_by: Unit | None = None
    filings: tuple[Filing, ...] = ()
    best_on: date | None = None

    @property
    def best(self) -> Filing | None:
        """The file the standing comes from: the one that counts, else the newest that does not pass."""
        for fate in (Fate.COUNTS, Fate.COMPARED, Fate.INCLUDED, Fate.INVALID):
            for filing in self.filings:
                if filing.fate is fate:
                    return filing
        return None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units stand how; ``late`` of them are late, ``overdue`` of these have handed in nothing.

    Units that only collect are not due, nor are those that another one reports for.
    """

    standings: Mapping[Standing, int]
    late: int
    overdue: int

    @classmethod
    def of(cls, units: tuple[UnitStanding, ...]) -> Tally:
        """The tally of some units."""
        late = Counter(unit.standing for unit in units if unit.late)
        return cls(Counter(unit.standing for unit in units), late.total(), late[Standing.MISSING])

    @property
    def due(self) -> int:
        """Units that owe a return of their own."""
        return sum(self.standings.get(standing, 0) for standing in (*ACCEPTED, *OWING))

    @property
    def accepted(self) -> int:
        """Units whose return has passed."""
        return sum(self.standings.get(standing, 0) for standing in ACCEPTED)


@dataclass(frozen=True, slots=True)
class NodeCheck:
    """A unit's own figures against the sum of the units below it; ``findings`` where they differ.

    ``file`` holds its own figures, ``below`` says how many files were added up, ``lacking`` how many units
    at the ends of the tree none of these holds: with any, the sum is partial.
    """

    unit: Unit
    file: str
    below: int
    findings: tuple[Finding, ...]
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """How a round stands: every unit in the order of the tree, every file, the checks of the nodes.

    ``form``, ``title`` and ``period`` are what the files are of (empty or None where none says), ``unread``
    names files beside them that are no workbooks.
    """

    form: str
    title: str
    period: Period | None
    today: date
    units: tuple[UnitStanding, ...]
    filings: tuple[Filing, ...]
    nodes: tuple[NodeCheck, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def strangers(self) -> tuple[Filing, ...]:
        """Files that are no unit's of the roster."""
        return tuple(f for f in self.filings if f.fate in (Fate.UNKNOWN, Fate.UNREADABLE))

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return (
            not any(unit.standing in OWING for unit in self.units)
            and not self.strangers
            and not any(found.blocks for node in self.nodes for found in node.findings)
        )
