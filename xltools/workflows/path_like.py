"""Paths as callers of the library give them."""

from __future__ import annotations

from pathlib import Path

PathLike = Path | str


def as_path(given: PathLike | None) -> Path | None:
    """The path; None where none was given."""
    return None if given is None else Path(given)
