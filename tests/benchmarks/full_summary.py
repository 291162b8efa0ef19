"""``python -m tests.benchmarks.full_summary``: what reading the largest summary we write costs.

As many units as a sheet may hold, so many findings each that 审核结果 is full, so many files left out that
报送情况 is. Asserts that it is read back, and prints the cost beside what a hostile file may cost.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import xltools
from tests.benchmarks.timing import peak_memory
from tests.hostile.limits import CPU_SECONDS, MEGABYTES
from tests.support.full_summary import write_full_summary
from tests.support.workbooks import FORM_2021
from xltools.diagnostics.findings import Status
from xltools.layout.ledger import LEDGER_FIRST_COLUMN, MAX_LEDGER_CELLS
from xltools.layout.receipts_sheet import MAX_RECEIPTS

_FINDINGS = 10
_CHECK = "import xltools; xltools.check(sys.argv[1:])"


def main() -> None:
    """Write, check, print."""
    units = MAX_LEDGER_CELLS // (LEDGER_FIRST_COLUMN + len(FORM_2021.figures))
    with tempfile.TemporaryDirectory() as name:
        output, small = Path(name) / "汇总.xlsx", Path(name) / "小.xlsx"
        write_full_summary(output, units=units, left_out=MAX_RECEIPTS, findings=_FINDINGS)
        write_full_summary(small, units=2, left_out=0, findings=0)
        size = output.stat().st_size / 1024 / 1024
        xltools.check([small])
        begin = time.process_time()
        (found,) = xltools.check([output])
        seconds = time.process_time() - begin
        memory = [peak_memory(_CHECK, str(path)) or 0.0 for path in (output, small)]
    assert found.status is Status.OK, found.findings
    print(f"{units} units, {_FINDINGS} findings each, {MAX_RECEIPTS} files left out: {size:.1f} MB")
    print(f"checked in {seconds:.2f} s of processor ({CPU_SECONDS} s allowed)")
    print(f"{memory[0] - memory[1]:.0f} MB above a small one's {memory[1]:.0f} MB ({MEGABYTES} MB allowed)")


if __name__ == "__main__":
    main()
