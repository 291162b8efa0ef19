"""What lies behind a figure for machines: the contract of ``xltools trace --json``."""

from __future__ import annotations

from xltools.excel.values import plain
from xltools.merging.trace import Trace, TracedFigure, ends


def trace_json(trace: Trace) -> list[dict[str, object]]:
    """Every figure where the way ends: a unit's return, or a summary that could not be followed.

    ``state`` says what became of the file, ``via`` names the summaries in between, the upper one first.
    The values add up to the figure. ``in_file`` is what stands in the file and ``as_in_file`` whether that
    is the value, both null where it was not read again.
    """
    return [
        {**_figure(above[-1]), "state": above[-1].state.value, "via": [_step(step) for step in above[:-1]]}
        for above in ends(trace.figures)
    ]


def _figure(figure: TracedFigure) -> dict[str, object]:
    return {
        **_named(figure),
        "sha256": figure.sha256,
        "sheet": figure.sheet or None,
        "cell": figure.cell or None,
        **_values(figure),
    }


def _step(figure: TracedFigure) -> dict[str, object]:
    return {**_named(figure), **_values(figure)}


def _values(figure: TracedFigure) -> dict[str, object]:
    return {
        "value": plain(figure.value),
        "in_file": plain(figure.in_file),
        "as_in_file": figure.is_as_in_file if figure.is_read else None,
    }


def _named(figure: TracedFigure) -> dict[str, object]:
    return {"code": figure.unit.code, "name": figure.unit.name, "file": figure.file}
