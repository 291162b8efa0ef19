"""Every dangerous report gives a finding, at little cost; and no mutation of a good one raises."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.base import unpacked
from tests.hostile.corpus_reports import REPORTS, report_page, report_text
from tests.hostile.limits import CPU_SECONDS, MEGABYTES
from tests.hostile.mutate import mutated_bytes, mutated_markup
from tests.support.cases import ROOT
from tests.support.reports import as_docx, numbered
from tests.support.workbooks import FORM_2021, submission_of
from xltools.workflows.importing import read_source

OF_CHILD = 10
"""Seconds that the process may take which reads PDF: it is ended then, see pdf_child.py."""


def reports(group: str, folder: Path) -> list[dict[str, object]]:
    good = folder / "good.txt"
    good.write_text(report_text(), "utf-8")
    files = []
    for name, build in REPORTS[group].items():
        files.append(folder / name)
        files[-1].write_bytes(build())
    command = [sys.executable, "-m", "tests.hostile.child_reports", str(good), *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    names = [file.name for file in files]
    assert done.returncode == 0, f"died at {names[len(found) : len(found) + 1]}: {done.stderr[-3000:]}"
    return found


@pytest.mark.parametrize("group", REPORTS)
def test_dangerous_reports_are_findings_at_little_cost(group: str, tmp_path: Path) -> None:
    found = reports(group, tmp_path)
    assert len(found) == len(REPORTS[group])
    assert not [report["name"] for report in found if not report["codes"]]
    assert not [r["name"] for r in found if "{" in "".join(map(str, r["texts"]))]  # type: ignore[arg-type]
    slow = [r for r in found if float(str(r["seconds"])) > CPU_SECONDS]
    slow += [r for r in found if float(str(r["seconds_of_children"])) > OF_CHILD]
    large = [r for r in found if float(str(r["megabytes"])) > MEGABYTES]
    assert not slow, "\n".join(map(str, slow))
    assert not large, "\n".join(map(str, large))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", ["txt", "html", "docx"])
def test_no_mutation_of_a_report_raises(kind: str, seed: int, tmp_path: Path) -> None:
    dice = random.Random(f"{kind} {seed}")
    good = {
        "txt": report_text().encode(),
        "html": report_page().encode(),
        "docx": as_docx(submission_of(FORM_2021, numbered(FORM_2021))),
    }[kind]
    path = tmp_path / f"报告.{kind}"
    for number in range(12):
        by_markup = kind == "docx" and number % 2
        path.write_bytes(
            mutated_markup(unpacked(good), dice) if by_markup else mutated_bytes(good, good, dice)
        )
        result = read_source(path)
        assert result.findings
