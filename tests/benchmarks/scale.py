"""``python -m tests.benchmarks.scale 1000 10000``: time and memory of so many returns. Asserts nothing.

The returns are made once in ``--folder`` (default: a temporary one). Every line is a process of its
own; memory is the peak of that process, and after the + that of its largest worker.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.many_files import write_many

_MEASURE = """
import resource, sys, time
from pathlib import Path
from xltools import workflows
folder, out = sys.argv[1:]
def main():
    begin = time.perf_counter()
    {work}
    seconds = time.perf_counter() - begin
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    # not ru_maxrss: a new process begins with the peak of the one that started it
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM:"))
    print(seconds, processor, int(peak) / 1024, used[1].ru_maxrss / 1024)
if __name__ == "__main__":
    main()
"""
_CHECK = (
    "total, results = workflows.iter_check([folder], {options})\n"
    "    for result in results: assert result.status == 'ok', result"
)
_SPOOL = "spool = workflows.spool_check([folder], jobs=2, cache=True)"
_MERGE = "assert workflows.merge([folder], out, force=True, {options}).summary is not None"

WORK = {
    "check, one process": _CHECK.format(options="jobs=1"),
    "check, two processes": _CHECK.format(options="jobs=2"),
    "check, first run with cache, two processes": _CHECK.format(options="jobs=2, cache=True"),
    "check again, nothing changed": _CHECK.format(options="jobs=2, cache=True"),
    "read again into a spool, nothing changed": _SPOOL,
    "merge what was checked, nothing changed": _MERGE.format(options="jobs=2, cache=True"),
    "merge, one process, without cache": _MERGE.format(options="jobs=1"),
}


def rows(count: int, folder: Path, wanted: list[str]) -> Iterator[str]:
    """One line a kind of work."""
    begin = time.perf_counter()
    write_many(count, folder)
    yield f"{count:>7} files made in {time.perf_counter() - begin:.1f} s"
    shutil.rmtree(folder / ".xltools-cache", ignore_errors=True)
    for what, work in WORK.items():
        if wanted and not any(word in what for word in wanted):
            continue
        program = _MEASURE.format(work=work)
        command = [sys.executable, "-c", program, str(folder), str(folder.parent / "汇总.xlsx")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{count:>7} {what:44} failed: {done.stderr.strip().splitlines()[-1]}"
            continue
        seconds, processor, own, workers = map(float, done.stdout.split())
        time_each = f"{seconds:8.1f} s {seconds / count * 1000:6.2f} ms each ({processor:.1f} s of processor)"
        yield f"{count:>7} {what:44} {time_each:48} {own:5.0f} + {workers:.0f} MB"
    cache = sum(path.stat().st_size for path in folder.glob(".xltools-cache/*")) / count / 1024
    yield f"{count:>7} {'size of the cache':44} {cache:8.1f} KB each"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="+", type=int)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="words of the lines wanted")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for count in given.counts:
            for row in rows(count, (given.folder or Path(name)) / str(count), given.only):
                print(row, flush=True)


if __name__ == "__main__":
    main()
