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
class Summary:
    """The sum of ``members`` as a submission of its own.

    ``receipts`` lists every file that was given, ``missing`` the units of the roster without one that
    went in, ``duplicates`` groups of files that claim to be the same unit's.
    """

    submission: Submission
    members: tuple[Submission, ...]
    receipts: tuple[Receipt, ...]
    missing: tuple[Unit, ...]
    duplicates: tuple[tuple[str, ...], ...] = ()
