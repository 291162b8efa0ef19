"""Filled workbooks of ours, saved again by LibreOffice as xlsx, xls and ods, read back: nothing is lost.

Also the same under other names: what a file is called does not matter.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import xltools
from tests.support.office import convert
from tests.support.workbooks import FORMS, MONTHLY_FILE, submission_of
from xltools import workflows
from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import Status
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.outcomes import State, due_totals, outcomes
from xltools.model.submission import Explanation, Submission
from xltools.writing.workbook import render_workbook

KINDS = ("xlsx", "xls", "ods")
UNREAD = "FILE-CELLS-SKIPPED"  # the note on .xls that formulas could not be read


def filled(form: Form, seed: int) -> Submission:
    """Random figures, totals as due, an explanation for every line that asks for one."""
    dice = random.Random(seed)
    values = {cell.id: dice.choice((0, 0, 1, dice.randrange(2_000))) for cell in form.inputs}
    submission = submission_of(form, values)
    submission = Submission(
        **{name: getattr(submission, name) for name in ("form", "period", "unit", "texts")},
        values=due_totals(submission),
    )
    explained = {
        outcome.instance.key: Explanation(f"说明：{seed}，已核实", outcome.left, outcome.right)
        for outcome in outcomes(submission)
        if outcome.state is State.TO_EXPLAIN
    }
    return Submission(
        **{name: getattr(submission, name) for name in ("form", "period", "unit", "texts", "values")},
        explanations=explained,
    )


def typed_over(form: Form) -> Submission:
    """A return with one total replaced by a figure that somebody typed in."""
    submission = filled(form, 0)
    total = form.totals[0].id
    parts = {name: getattr(submission, name) for name in ("form", "period", "unit", "texts")}
    wrong = {**submission.values, total: 99_999}
    return Submission(**parts, values=wrong, typed_totals=frozenset({total}))


@dataclass(frozen=True)
class Saved:
    """Workbooks as they were, and what LibreOffice made of them, by kind; ``""`` are the originals.

    The last of the returns has nothing wrong with it.
    """

    returns: dict[str, list[Path]]
    blanks: dict[str, list[Path]]
    typed_over: dict[str, Path]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """All that the tests look at, in one call of LibreOffice a kind."""
    folder = tmp_path_factory.mktemp("round")
    returns = [
        write(filled(form, seed), folder / f"{form.id}_{seed}.xlsx") for form in FORMS for seed in range(3)
    ]
    returns.append(write(submission_of(FORMS[1]), folder / "sound.xlsx"))
    blanks = sorted(Path("templates").glob("*/*.xlsx"))
    assert blanks
    originals = [*returns, *blanks, write(typed_over(FORMS[1]), folder / "typed.xlsx")]
    files = {"": originals} | {kind: convert(originals, folder / kind, kind) for kind in KINDS}
    count = len(returns)
    return Saved(
        {kind: found[:count] for kind, found in files.items()},
        {kind: found[count:-1] for kind, found in files.items()},
        {kind: found[-1] for kind, found in files.items()},
    )


def write(submission: Submission, path: Path) -> Path:
    path.write_bytes(render_workbook(plan_workbook(submission)))
    return path


def facts(checked: CheckedFile) -> dict[str, object]:
    """Everything that was reported, and every finding but the note on unread formulas."""
    submission = checked.submission
    assert submission is not None, checked.findings
    found = [(f.code, f.severity, f.place, f.actual, f.expected, f.explanation) for f in checked.findings]
    names = ("period", "unit", "texts", "explanations", "zero_report", "typed_totals", "kind")
    return {
        **{name: getattr(submission, name) for name in names},
        "values": {key: value for key, value in submission.values.items() if value not in (None, "")},
        "findings": [item for item in found if item[0] != UNREAD],
    }


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost(saved: Saved, kind: str) -> None:
    before = xltools.check(saved.returns[""], forms=[MONTHLY_FILE])
    after = xltools.check(saved.returns[kind], forms=[MONTHLY_FILE])
    for original, again in zip(before, after, strict=True):
        assert facts(original) == facts(again), original.file
        assert sum(f.code == UNREAD for f in again.findings) == (kind == "xls")
        assert original.submission is not None
        assert again.status is original.status


@pytest.mark.libreoffice
def test_explanations_were_part_of_it(saved: Saved) -> None:
    found = [
        file.submission
        for file in xltools.check(saved.returns["ods"], forms=[MONTHLY_FILE])
        if file.submission
    ]
    assert any(submission.explanations for submission in found)
    assert all(not submission.typed_totals for submission in found)


@pytest.mark.libreoffice
def test_every_format_under_every_name(saved: Saved, tmp_path: Path) -> None:
    path = saved.returns[""][0]
    expected = facts(xltools.check([path])[0])
    for kind in KINDS:
        for name in ("a.xlsx", "a.xls", "a.et", "a.ods", "a.xlsm", "a.zip", "a"):
            target = tmp_path / kind / name
            target.parent.mkdir(exist_ok=True)
            shutil.copy(saved.returns[kind][0], target)
            assert facts(xltools.check([target])[0]) == expected, (kind, name)


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", KINDS)
def test_blanks_without_a_period(saved: Saved, kind: str) -> None:
    """The year such a workbook is for stands on its cover, by a formula that .xls does not give."""
    for blank, again in zip(saved.blanks[""], saved.blanks[kind], strict=True):
        codes = [
            [f.code for f in xltools.check([file])[0].findings if f.code != UNREAD] for file in (blank, again)
        ]
        assert codes[0] == codes[1], again


@pytest.mark.libreoffice
def test_a_total_typed_over_in_xls_is_found_by_its_figure(saved: Saved) -> None:
    checked = xltools.check([saved.typed_over["xls"]])[0]
    assert checked.submission is not None
    assert FORMS[1].totals[0].id in checked.submission.typed_totals
    assert checked.status is Status.ERROR


@pytest.mark.libreoffice
def test_the_same_return_in_three_formats_counts_once(saved: Saved, tmp_path: Path) -> None:
    result = workflows.merge([saved.returns[kind][-1] for kind in KINDS], tmp_path / "汇总.xlsx")
    assert [checked.status for checked in result.checked] == [Status.OK] * 3
    assert [len(group) for group in result.intake.duplicates] == [3]
    assert result.summary is not None
    assert len(result.summary.members) == 1
