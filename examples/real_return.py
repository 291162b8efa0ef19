"""Put the figures of a really published report into a workbook, and mend them in a second one.

Usage: python examples/real_return.py FOLDER

Writes two workbooks of the form zfxxgk-2019 for report year 2020: the figures of wenshang-2020.toml
as they were published (rows left blank, the total of all results missing, table 四 never filled) and
the corrected copy. Check both: the first is refused with reasons, the second passes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import xltools
from xltools.demo.real_return import corrected_return, published_return


def main(folder: Path) -> None:
    """Write both workbooks into ``folder`` and say what a check finds in each."""
    folder.mkdir(parents=True, exist_ok=True)
    published = published_return(Path(__file__).with_name("wenshang-2020.toml"))
    corrected = corrected_return(published)
    for name, submission in (("as-published", published), ("corrected", corrected)):
        path = xltools.write(submission, folder / f"汶上县科学技术局_2020_{name}.xlsx", force=True)
        (result,) = xltools.check([path])
        print(f"{path.name}: {result.status}, {len(result.findings)} findings")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
