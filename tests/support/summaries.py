"""Summaries for the tests: returns on the disk, merged as users merge them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import xltools
from tests.support.workbooks import FORM_2021, save, submission_of
from xltools.excel.values import Value
from xltools.model.period import Period
from xltools.model.unit import Unit
from xltools.workflows import MergeResult

LEVEL = "县级部门"


def unit(number: int) -> Unit:
    return Unit(f"单位{number}", f"{number:03}", LEVEL)


def figures(number: int) -> dict[str, Value]:
    """A return that agrees in every rule, other figures for every unit, decimals among them."""
    return {
        "t2_5.licensing.decisions": 100 + number,
        "t2_8.fees.amount": number / 10,
        "t3.new.natural": 3 * number,
        "t3.granted.natural": 2 * number,
        "t3.partly.natural": number,
        "t3.new.business": number + 1,
        "t3.refused_secret.business": number,
        "t3.carried_out.business": 1,
        "t4.cases.review_upheld": number % 2,
    }


def returns(
    folder: Path,
    numbers: Sequence[int],
    *,
    year: int = 2025,
    changes: Mapping[str, Value] | None = None,
    **more: object,
) -> Path:
    """Returns of these units in a folder."""
    for number in numbers:
        given = submission_of(
            FORM_2021,
            {**figures(number), **(changes or {})},
            unit=unit(number),
            period=Period(year),
            **more,  # type: ignore[arg-type]
        )
        save(given, folder / f"{number:03}.xlsx")
    return folder


def county(number: int) -> Unit:
    return Unit(f"县{number}", f"C{number}", "县级政府")


def merged(inputs: Path | Sequence[Path], output: Path, whose: Unit, **more: object) -> MergeResult:
    """The summary of a folder or of files; something must have come of it."""
    paths = [inputs] if isinstance(inputs, Path) else list(inputs)
    done = xltools.merge(paths, output, unit=whose, **more)  # type: ignore[arg-type]
    assert done.summary is not None, done.intake
    return done
