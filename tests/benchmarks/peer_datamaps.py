"""``python -m tests.benchmarks.peer_datamaps DATAMAPS``: the import of datamaps on our returns.

``DATAMAPS`` is the program of an environment of its own (``pip install datamaps``): it pins old
versions of what it needs, and writes to the home folder, so it gets a temporary one.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xltools
from tests.benchmarks.many_files import FORM, write_many
from xltools.layout.places import places

_FILES = 100


def measure(program: str, folder: Path) -> str:
    """One import of all figures of a form into a master workbook."""
    write_many(_FILES, folder / "in")
    form = xltools.load_form(FORM)
    where = places(form).cells
    with (folder / "datamap.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["cell_key", "template_sheet", "cell_reference", "type"])
        for cell in form.figures:
            table.writerow([cell.id, where[cell.id].sheet, where[cell.id].a1, "NUMBER"])
    home = folder / "home"
    home.mkdir()
    command = [program, "import", "templates", "-m", "-d", folder / "datamap.csv"]
    begin = time.perf_counter()
    done = subprocess.run(
        [*command, "--inputdir", folder / "in" / "0000"],
        env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - begin
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    masters = list(home.rglob("*.xlsx"))
    if done.returncode or not masters:
        return f"datamaps gave no master: {(done.stdout + done.stderr).strip()[-500:]}"
    processor = (used.ru_utime + used.ru_stime) / _FILES * 1000
    return (
        f"datamaps, {_FILES} files: {seconds / _FILES * 1000:.1f} ms each"
        f" ({processor:.1f} ms of processor), {used.ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(measure(sys.argv[1], Path(name)))
