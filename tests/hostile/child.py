"""``python -m tests.hostile.child GOOD FILE...``: checks each file beside a good one, within limits.

Prints one line of JSON a file: what was said, processor time as on an ordinary machine, and how far
memory rose above that of a process that has checked the good file.
"""

from __future__ import annotations

import ctypes
import gc
import json
import resource
import sys
import time
from pathlib import Path

import xltools
from tests.hostile.limits import CPU_SECONDS, MEGABYTES, slowness
from xltools.checking.result import CheckedFile

_MEGABYTE = 1024 * 1024
_SPARE_SECONDS, _SPARE_MEGABYTES = 10, 150
"""What the kernel leaves beyond the limits, so that what exceeds them is reported and not only killed."""


def main(arguments: list[str]) -> int:
    good, *files = map(Path, arguments)
    xltools.check([good])
    limit = resource.RLIMIT_CPU, int(CPU_SECONDS * len(files)) + _SPARE_SECONDS
    resource.setrlimit(limit[0], (limit[1], limit[1] + 5))
    space = kilobytes("VmSize") * 1024 + (MEGABYTES + _SPARE_MEGABYTES) * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    forget_peak()
    idle = kilobytes("VmRSS")
    for file in files:
        before = slowness()
        forget_peak()
        started = time.process_time()
        results = xltools.check([file, good])
        seconds = time.process_time() - started
        grown = kilobytes("VmHWM") - idle
        seconds /= max(before, slowness())
        print(json.dumps(_report(file, good, results, seconds, grown)), flush=True)
    return 0


def _report(
    file: Path, good: Path, results: tuple[CheckedFile, ...], seconds: float, grown: int
) -> dict[str, object]:
    others = [result for result in results if result.file != str(good)]
    unharmed = [result.status.value for result in results if result.file == str(good)]
    return {
        "name": file.name,
        "statuses": sorted({result.status.value for result in others}),
        "codes": sorted({found.code for result in others for found in result.findings}),
        "texts": [found.message.en[:300] for result in others for found in result.findings][:5],
        "good": unharmed == ["ok"] and bool(others),
        "bare": [result.file for result in others if not result.findings],
        "seconds": round(seconds, 3),
        "megabytes": round(grown / 1024, 1),
    }


def forget_peak() -> None:
    """Give freed memory back and count the peak from here on."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def kilobytes(field: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
