"""Filled workbooks of ours, saved again by LibreOffice as xlsx, xls and ods, read back: nothing is lost.

Also the same under other names: what a file is called does not matter.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

import xltools
from tests.support.office import convert
from tests.support.workbooks import FORMS, MONTHLY_FILE, save, submission_of
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


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The originals, and what LibreOffice made of them, by kind."""
    folder = tmp_path_factory.mktemp("round")
    originals = []
    for form in FORMS:
        for seed in range(3):
            path = folder / f"{form.id}_{seed}.xlsx"
            path.write_bytes(render_workbook(plan_workbook(filled(form, seed))))
            originals.append(path)
    return {"": originals} | {kind: convert(originals, folder / kind, kind) for kind in KINDS}


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
def test_nothing_is_lost(saved: dict[str, list[Path]], kind: str) -> None:
    before = xltools.check(saved[""], forms=[MONTHLY_FILE])
    after = xltools.check(saved[kind], forms=[MONTHLY_FILE])
    for original, again in zip(before, after, strict=True):
        assert facts(original) == facts(again), original.file
        assert sum(f.code == UNREAD for f in again.findings) == (kind == "xls")
        assert original.submission is not None
        assert again.status is original.status


@pytest.mark.libreoffice
def test_explanations_were_part_of_it(saved: dict[str, list[Path]]) -> None:
    found = [file.submission for file in xltools.check(saved["ods"], forms=[MONTHLY_FILE]) if file.submission]
    assert any(submission.explanations for submission in found)
    assert all(not submission.typed_totals for submission in found)


@pytest.mark.libreoffice
def test_every_format_under_every_name(saved: dict[str, list[Path]], tmp_path: Path) -> None:
    path = saved[""][0]
    expected = facts(xltools.check([path])[0])
    for kind in KINDS:
        for name in ("a.xlsx", "a.xls", "a.et", "a.ods", "a.xlsm", "a.zip", "a"):
            target = tmp_path / kind / name
            target.parent.mkdir(exist_ok=True)
            shutil.copy(saved[kind][0], target)
            assert facts(xltools.check([target])[0]) == expected, (kind, name)


@pytest.mark.libreoffice
def test_blanks_without_a_period(tmp_path: Path) -> None:
    """The year such a workbook is for stands on its cover, by a formula that .xls does not give."""
    blanks = sorted(Path("templates").glob("*/*.xlsx"))
    assert blanks
    for kind in KINDS:
        for blank, again in zip(blanks, convert(blanks, tmp_path / kind, kind), strict=True):
            codes = [
                [f.code for f in xltools.check([file])[0].findings if f.code != UNREAD]
                for file in (blank, again)
            ]
            assert codes[0] == codes[1], again


@pytest.mark.libreoffice
def test_a_total_typed_over_in_xls_is_found_by_its_figure(tmp_path: Path) -> None:
    form = FORMS[1]
    submission = filled(form, 0)
    total = form.totals[0].id
    wrong = {**submission.values, total: 99_999}
    parts = {name: getattr(submission, name) for name in ("form", "period", "unit", "texts")}
    changed = Submission(**parts, values=wrong, typed_totals=frozenset({total}))
    path = tmp_path / "a.xlsx"
    path.write_bytes(render_workbook(plan_workbook(changed)))
    checked = xltools.check(convert([path], tmp_path / "out", "xls"))[0]
    assert checked.submission is not None
    assert total in checked.submission.typed_totals
    assert checked.status is Status.ERROR


@pytest.mark.libreoffice
def test_the_same_return_in_three_formats_counts_once(tmp_path: Path) -> None:
    source = save(submission_of(FORMS[1]), tmp_path / "a.xlsx")
    files = [convert([source], tmp_path / kind, kind)[0] for kind in KINDS]
    result = workflows.merge(files, tmp_path / "汇总.xlsx")
    assert [checked.status for checked in result.checked] == [Status.OK] * 3
    assert [len(group) for group in result.intake.duplicates] == [3]
    assert result.summary is not None
    assert len(result.summary.members) == 1
