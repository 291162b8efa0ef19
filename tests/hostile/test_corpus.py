"""Every dangerous file gives a finding, at little cost, and leaves the file beside it alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.base import good
from tests.hostile.corpus import GROUPS, file_name
from tests.hostile.limits import CPU_SECONDS, MEGABYTES
from tests.support.cases import ROOT


def reports(group: str, folder: Path) -> list[dict[str, object]]:
    """What a child process, under limits, says of every file of a group."""
    sound = folder / "good" / "good.xlsx"
    sound.parent.mkdir()
    sound.write_bytes(good())
    files = []
    for name, build in GROUPS[group].items():
        files.append(folder / file_name(name))
        files[-1].write_bytes(build())
    command = [sys.executable, "-m", "tests.hostile.child", str(sound), *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    names = [file.name for file in files]
    assert done.returncode == 0, f"died at {names[len(found) : len(found) + 1]}: {done.stderr[-3000:]}"
    assert [report["name"] for report in found] == names
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_dangerous_files_are_findings_at_little_cost(group: str, tmp_path: Path) -> None:
    found = reports(group, tmp_path)
    silent = [report["name"] for report in found if report["bare"] or not report["codes"]]
    assert not silent, f"no finding: {silent}"
    assert not [report["name"] for report in found if not report["good"]], "the good file was harmed"
    assert not [r["name"] for r in found if "{" in "".join(map(str, r["texts"]))]  # type: ignore[arg-type]
    slow = [r for r in found if float(str(r["seconds"])) > CPU_SECONDS]
    large = [r for r in found if float(str(r["megabytes"])) > MEGABYTES]
    assert not slow, "\n".join(map(str, slow))
    assert not large, "\n".join(map(str, large))
