"""What lies behind a figure for machines: the contract of ``xltools trace --json``."""

from __future__ import annotations

from xltools.excel.values import plain
from xltools.merging.trace import Trace, TracedFigure, ends


def trace_json(trace: Trace) -> list[dict[str, object]]:
    """Every figure where the way ends: a unit's return, or a summary that could not be followed.

    ``state`` says what became of the file, ``via`` names the summaries in between, the upper one first.
    The values add up to the figure.
    """
    return [
        {**_figure(above[-1]), "state": above[-1].state.value, "via": [_named(step) for step in above[:-1]]}
        for above in ends(trace.figures)
    ]


def _figure(figure: TracedFigure) -> dict[str, object]:
    return {
        **_named(figure),
        "sha256": figure.sha256,
        "sheet": figure.sheet or None,
        "cell": figure.cell or None,
        "value": plain(figure.value),
    }


def _named(figure: TracedFigure) -> dict[str, object]:
    return {"code": figure.unit.code, "name": figure.unit.name, "file": figure.file}
