"""The made-up reports of ``clean_reports.toml``, and the same with one thing spoilt (``planted.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.workbooks import FORM_2019, FORM_2021, submission_of
from xltools.checking.check import check_submission
from xltools.checking.narrative.check import check_narrative
from xltools.diagnostics.findings import Finding
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Planted:
    """A report with one error: the codes it must give, and no others."""

    name: str
    submission: Submission
    code: str


@cache
def clean_reports() -> tuple[Submission, ...]:
    """The reports in the order of the file."""
    data = tomllib.loads((_HERE / "clean_reports.toml").read_text("utf-8"))
    return tuple(_submission(item) for item in data["report"])


@cache
def planted() -> tuple[Planted, ...]:
    """Every planted error; each names a report and what to write instead of what stands there."""
    data = tomllib.loads((_HERE / "planted.toml").read_text("utf-8"))
    return tuple(_planted(item) for item in data["error"])


def narrative_findings(submission: Submission) -> tuple[Finding, ...]:
    """What is said of the texts, once the totals are computed."""
    return tuple(check_narrative(check_submission(submission)[0]))


def _submission(item: dict[str, Any]) -> Submission:
    year = item["year"]
    form = FORM_2019 if year <= 2020 else FORM_2021
    unit = Unit(item["unit"], "990131001", item["level"])
    unknown = (item["values"].keys() | item["texts"].keys()) - form.cells.keys()
    assert not unknown, (item["unit"], unknown)
    return submission_of(form, item["values"], unit=unit, period=Period(year), texts=item["texts"])


def _planted(item: dict[str, Any]) -> Planted:
    unit, text = item["unit"], item["text"]
    (report,) = [r for r in clean_reports() if r.unit.name == unit and str(r.period) == str(item["year"])]
    before = report.texts[text]
    after = item.get("whole") or before.replace(item["old"], item["new"])
    assert after != before, item
    spoilt = replace(report, texts={**report.texts, text: after})
    return Planted(f"{unit} {item['code']}: {item.get('new') or item['whole']}", spoilt, item["code"])
