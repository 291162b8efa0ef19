"""Interleaved timing: every round runs each call once, so that a busy moment hits all of them alike."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

_PEAK = """
import sys
from pathlib import Path
{work}
for line in Path("/proc/self/status").read_text().splitlines():
    if line.startswith("VmHWM:"):
        print(int(line.split()[1]) / 1024)
"""


def medians(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Milliseconds of each call: the median of ``rounds``, after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, call in calls.items():
                start = time.perf_counter()
                call()
                times[name].append((time.perf_counter() - start) * 1000)
            gc.collect()
    finally:
        gc.enable()
    return {name: median(found) for name, found in times.items()}


def process(*arguments: str, byte_code: Path | None = None) -> Callable[[], object]:
    """A call that runs this interpreter with ``arguments`` as a whole process.

    Compiled modules are kept in the folder ``byte_code`` (default: beside their source), as an
    installation has them.
    """
    command = [sys.executable, *arguments]
    environment = dict(os.environ)
    if byte_code is not None:
        environment["PYTHONPYCACHEPREFIX"] = str(byte_code)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def peak_memory(work: str, *arguments: str) -> float | None:
    """Peak megabytes of a fresh process that runs the statements ``work``; None where Linux does not tell."""
    if not Path("/proc/self/status").exists():
        return None
    command = [sys.executable, "-c", _PEAK.format(work=work), *arguments]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
