"""LibreOffice as the referee: recalculates workbooks the way an office suite would.

Its profile is set to always recalculate on load; by default it trusts cached values, and a
comparison would then hold our own numbers against themselves.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_UNO = Path(__file__).with_name("uno_move.py")
_BATCH = 150  # beyond about 250 files a call it drops some and still exits with 0
_EVERY_SHEET_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
"""UTF-8, texts in quotes, numbers in full and without."""
_ALWAYS = """<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="{}" oor:op="fuse"><value>0</value></prop>
</item>
"""
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "".join(_ALWAYS.format(name) for name in ("OOXMLRecalcMode", "ODFRecalcMode"))
    + "</oor:items>\n"
)


def soffice() -> str:
    """The LibreOffice command; in CI it must be there, elsewhere its tests are skipped without it."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("soffice is missing: .ci/run must install LibreOffice")
        pytest.skip("LibreOffice is not installed")
    return found


def make_profile(folder: Path) -> Path:
    """A LibreOffice profile of its own in ``folder``, always recalculating."""
    user = folder / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    return folder


def convert(files: Sequence[Path], output: Path, kind: str = "xlsx") -> list[Path]:
    """Every file loaded, recalculated and saved as ``kind`` into ``output``; none may be lost."""
    _save(files, output, kind)
    saved = [output / f"{file.stem}.{kind}" for file in files]
    lost = [path.name for path in saved if not path.exists()]
    assert not lost, f"LibreOffice lost {lost}"
    return saved


@dataclass(frozen=True)
class Computed:
    """A workbook as LibreOffice computed it, every sheet a CSV file."""

    folder: Path
    name: str

    def sheet(self, name: str) -> list[list[Any]]:
        """The cells, row by row: numbers and texts, an empty text where there is nothing.

        Raises ValueError at an error value.
        """
        with (self.folder / f"{self.name}-{name}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.reader(lines, quoting=csv.QUOTE_NONNUMERIC))


def compute(files: Sequence[Path], output: Path) -> list[Computed]:
    """Every file loaded and recalculated; a third of the time that saving it as a workbook takes."""
    _save(files, output, _EVERY_SHEET_AS_CSV)
    return [Computed(output, file.stem) for file in files]


def _save(files: Sequence[Path], output: Path, kind: str) -> None:
    output.mkdir(parents=True, exist_ok=True)
    command = soffice()
    with tempfile.TemporaryDirectory() as folder:
        profile = make_profile(Path(folder))
        for start in range(0, len(files), _BATCH):
            batch = [str(file) for file in files[start : start + _BATCH]]
            subprocess.run(
                [
                    command,
                    "--headless",
                    "--norestore",
                    f"-env:UserInstallation={profile.as_uri()}",
                    "--convert-to",
                    kind,
                    "--outdir",
                    str(output),
                    *batch,
                ],
                check=True,
                capture_output=True,
                timeout=600,
            )


def office_python() -> str:
    """A Python with ``uno``: the office's own, or the system's."""
    office = Path(soffice()).resolve().parent
    for python in (office / "python", office / "python3", Path("/usr/bin/python3")):
        if python.is_file():
            tried = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return str(python)
    pytest.fail("no Python with uno: install python3-uno (LibreOffice's Python bridge)")


def by_uno(books: Sequence[dict[str, Any]], profile: Path) -> None:
    """Have LibreOffice treat workbooks as ``uno_move.py`` describes."""
    order = {"office": soffice(), "profile": str(make_profile(profile)), "books": list(books)}
    done = subprocess.run(
        [office_python(), str(_UNO)],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


_FILTERS = {"xls": "MS Excel 97", "ods": "calc8"}


def encrypt(source: Path, folder: Path, kind: str, password: str) -> Path:
    """The workbook as LibreOffice saves it with a password to open it."""
    target = folder / f"{source.stem}.{kind}"
    by_uno(
        [{"source": str(source), "target": str(target), "filter": _FILTERS[kind], "password": password}],
        folder / "profile",
    )
    return target
