"""A report as it was really published, defects included, and the copy in which they are mended."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from xltools.definition.library import data_folder, load_form
from xltools.excel.values import Value
from xltools.model.form import Cell
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

SOURCE = "wenshang-2020.toml"


def published_return(source: Path | None = None) -> Submission:
    """The figures of ``examples/wenshang-2020.toml``: what was published, and nothing else."""
    data = tomllib.loads((source or data_folder("examples") / SOURCE).read_text("utf-8"))
    form = load_form(data["form"])
    published = data["published"]
    rows, blank_rows = set(published["rows"]), set(published["blank_totals"])
    values: dict[str, Value] = {c.id: published["value"] for c in form.inputs if _row(c) in rows}
    return Submission(
        form=form,
        period=Period.parse(data["period"]),
        unit=Unit(**data["unit"]),
        values=values,
        typed_totals=frozenset(cell.id for cell in form.totals if _row(cell) in blank_rows),
    )


def corrected_return(published: Submission) -> Submission:
    """The same return with zeros where nothing happened and every total computed."""
    zeros: dict[str, Value] = {cell.id: 0 for cell in published.form.inputs}
    return replace(published, values={**zeros, **published.values}, typed_totals=frozenset())


def _row(cell: Cell) -> str:
    return f"{cell.table}.{cell.row}"
