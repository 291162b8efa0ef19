"""The cases of ``cases.toml``: inputs beside a form definition with the findings they must give."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xltools.definition.load import load_definition
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit

ROOT = Path(__file__).resolve().parents[2]
_BESIDE = "shared/samples/wenshang-kejiju-2020.txt"
SAMPLE = next((p / _BESIDE for p in ROOT.parents if (p / _BESIDE).is_file()), ROOT.parent / _BESIDE)
"""A report as it was published: it lies beside the checkout, since its words stay out of it."""
DEFINITIONS = (
    ROOT / "templates/zfxxgk-2019",
    ROOT / "templates/zfxxgk-2021",
    ROOT / "examples/monthly",
)


@dataclass(frozen=True)
class Case:
    """One case; ``expected`` are its findings as ``CODE[cell id]``."""

    form: str
    name: str
    submission: Submission
    expected: tuple[str, ...]


@cache
def form_in(folder: Path) -> Form:
    return load_definition(folder / "form.toml")


@cache
def cases_in(folder: Path) -> tuple[Case, ...]:
    form = form_in(folder)
    data = tomllib.loads((folder / "cases.toml").read_text("utf-8"))
    return tuple(_case(form, item) for item in data["case"])


def all_cases() -> list[Case]:
    return [case for folder in DEFINITIONS for case in cases_in(folder)]


def _case(form: Form, item: dict[str, Any]) -> Case:
    inputs = {cell.id for cell in form.inputs}
    given = {key: None if value == "" else value for key, value in item.get("values", {}).items()}
    values: dict[str, Any] = dict.fromkeys(inputs, item["base"]) if "base" in item else {}
    values |= given
    unit = Unit(item.get("unit", "云山县某局"), "990131001", item.get("level", ""))
    submission = Submission(
        form=form,
        period=Period.parse(str(item["period"])),
        unit=Unit(unit.name, unit.code, form.level_of(unit)),
        values=values,
        texts=item.get("texts", {}),
        zero_report=item.get("zero_report", False),
        explanations={key: _explanation(value) for key, value in item.get("explanations", {}).items()},
        previous=item.get("previous", {}),
        typed_totals=frozenset(key for key in given if key not in inputs),
    )
    return Case(form.id, item["name"], submission, tuple(item["findings"]))


def _explanation(value: str | dict[str, Any]) -> Explanation:
    if isinstance(value, str):
        return Explanation(value)
    return Explanation(value["text"], value.get("left"), value.get("right"))
