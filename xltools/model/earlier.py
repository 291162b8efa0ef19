"""What became of the cells of an earlier form: an older version, or the form that this one follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltools.diagnostics.text import Text

ANY = "*"
"""Stands for one part of a cell id: ``t3.*.natural`` is a whole column."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """What became of a cell, or of every cell that ``source`` fits.

    ``target`` is its id now, with the parts that ``*`` stood for in their order; empty where no cell means
    the same any more, and ``why`` then says what to do with its figure.
    """

    source: str
    target: str = ""
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The cells of one earlier form that are not what they were; all others have kept their id.

    ``version`` is empty where it holds for every version of another form.
    """

    form: str
    version: str
    cells: tuple[CellChange, ...]


def fits(pattern: str, cell_id: str) -> tuple[str, ...] | None:
    """What the ``*`` of a pattern stand for in a cell id; None where it does not fit."""
    parts, found = pattern.split("."), cell_id.split(".")
    if len(parts) != len(found):
        return None
    if any(part not in (ANY, name) for part, name in zip(parts, found, strict=True)):
        return None
    return tuple(name for part, name in zip(parts, found, strict=True) if part == ANY)


def _filled_in(pattern: str, names: Sequence[str]) -> str:
    """A pattern with ``names`` in place of its ``*``."""
    given = iter(names)
    return ".".join(next(given) if part == ANY else part for part in pattern.split("."))


def change_of(cell_id: str, changes: Sequence[CellChange]) -> CellChange | None:
    """The change of this one cell, ``*`` filled in; None where it has kept its id.

    Of several that fit, the one with the fewest ``*`` counts, and a cell that is no more before one that
    is elsewhere: ``t3.*.person`` was renamed, but not in a row ``t3.withdrawn.*`` that has gone.
    """
    fitting = [(change, names) for change in changes if (names := fits(change.source, cell_id)) is not None]
    if not fitting:
        return None
    change, names = min(fitting, key=lambda fit: (len(fit[1]), bool(fit[0].target)))
    return CellChange(cell_id, _filled_in(change.target, names) if change.target else "", change.why)


def reversed_changes(changes: Sequence[CellChange]) -> tuple[CellChange, ...]:
    """The same the other way round: a return of the later form in a workbook of the earlier one.

    Cells that the earlier form alone has are not mentioned: no cell of the later one leads there.
    """
    return tuple(CellChange(change.target, change.source) for change in changes if change.target)
