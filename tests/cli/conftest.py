"""The command line in one process, and filled workbooks to run it on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from xltools.cli.app import main
from xltools.definition.library import load_form
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.outcomes import due_totals
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit
from xltools.writing.workbook import render_workbook


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """``run("check", path, "--json")``, in English unless asked otherwise."""
    monkeypatch.setenv("XLTOOLS_LANG", "en")

    def call(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return call


@pytest.fixture
def fill(tmp_path: Path) -> Callable[..., Path]:
    """``fill("报送/教育局.xlsx", values)``: a workbook with these figures, 0 in every other input."""

    def write(
        name: str,
        values: dict[str, float | str | None] | None = None,
        *,
        unit: Unit | None = None,
        form: Form | str = "zfxxgk-2021",
        period: str = "2025",
        explanations: dict[str, str] | None = None,
    ) -> Path:
        loaded = load_form(form) if isinstance(form, str) else form
        unit = unit or Unit("云山县教育局", "990131002", loaded.levels[-1].label)
        figures: dict[str, Any] = dict.fromkeys((cell.id for cell in loaded.inputs), 0)
        texts = {cell.id: "已写明。" for cell in loaded.cells.values() if cell.kind == "text"}
        submission = Submission(
            loaded,
            Period.parse(period),
            unit,
            {**figures, **(values or {})},
            texts=texts,
            explanations={key: Explanation(text) for key, text in (explanations or {}).items()},
        )
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render_workbook(plan_workbook(with_due_totals(submission))))
        return path

    return write


def with_due_totals(submission: Submission) -> Submission:
    return replace(submission, values=due_totals(submission))
