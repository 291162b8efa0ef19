"""A summary (汇总): many submissions added up, with where every figure came from."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.diagnostics.text import Text
from xltools.model.submission import Submission
from xltools.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file handed in; ``reason`` says why it stayed out (None: it went in)."""

    file: str
    code: str
    name: str
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What came in, whether or not a summary came of it.

    ``receipts`` lists every file that was given, ``missing`` the units of the roster from which nothing
    came, ``due`` how many units of the roster owe a return (None without a roster), ``duplicates``
    groups of files that claim to be the same unit's.
    """

    receipts: tuple[Receipt, ...]
    missing: tuple[Unit, ...] = ()
    due: int | None = None
    duplicates: tuple[tuple[str, ...], ...] = ()

    @property
    def excluded(self) -> tuple[Receipt, ...]:
        """The files that did not go in."""
        return tuple(receipt for receipt in self.receipts if receipt.reason is not None)


@dataclass(frozen=True, slots=True)
class Summary:
    """The sum of ``members`` as a submission of its own, with the intake it was made from."""

    submission: Submission
    members: tuple[Submission, ...]
    intake: Intake
