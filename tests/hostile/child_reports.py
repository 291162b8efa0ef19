"""``python -m tests.hostile.child_reports GOOD FILE...``: reads reports within limits, a JSON line each."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from tests.hostile.child import forget_peak, kilobytes
from tests.hostile.limits import CPU_SECONDS, MEGABYTES, slowness
from xltools.workflows.importing import read_source

_MEGABYTE = 1024 * 1024
_SPARE_SECONDS, _SPARE_MEGABYTES = 10, 150


def main(arguments: list[str]) -> int:
    good, *files = map(Path, arguments)
    read_source(good)
    seconds = int(CPU_SECONDS * len(files)) + _SPARE_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    space = kilobytes("VmSize") * 1024 + (MEGABYTES + _SPARE_MEGABYTES) * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (space, resource.RLIM_INFINITY))
    forget_peak()
    idle = kilobytes("VmRSS")
    for file in files:
        before = slowness()
        forget_peak()
        started, of_children = time.process_time(), _children()
        result = read_source(file)
        seconds = time.process_time() - started
        grown = kilobytes("VmHWM") - idle
        report = {
            "name": file.name,
            "codes": sorted({found.code for found in result.findings}),
            "texts": [found.message.en[:200] for found in result.findings][:3],
            "read": result.submission is not None,
            "seconds": round(seconds / max(before, slowness()), 3),
            "seconds_of_children": round(_children() - of_children, 3),
            "megabytes": round(grown / 1024, 1),
        }
        print(json.dumps(report), flush=True)
    return 0


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
