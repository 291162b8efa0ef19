"""What was written as data: for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Language, Text
from xltools.reporting.check_text import summary_line
from xltools.reporting.words import labelled

DATA = Text("数据", "Data")
_DICTIONARY = Text("数据字典", "Dictionary")
_INSIDE = Text("在同一文件中（表 dictionary）", "in the same file (table dictionary)")
_UNREADABLE = Text("读不出的文件，数据中没有", "Cannot be read and is not in the data")

Unreadable = Sequence[tuple[str, Text]]
"""Names of files and why they cannot be read."""


def data_text(
    path: Path,
    dictionary: Path | None,
    rows: int,
    files: Mapping[Status, int],
    unreadable: Unreadable,
    language: Language,
) -> str:
    """The files, how many rows of how many files they hold, and what could not be read."""
    count = Text(f"{rows:,} 行", f"{rows:,} row" + ("" if rows == 1 else "s")).in_language(language)
    where = str(dictionary) if dictionary else _INSIDE.in_language(language)
    lines = [
        labelled(language, DATA, f"{path}  {count}"),
        labelled(language, _DICTIONARY, where),
        summary_line(Counter(files), language),
    ]
    if unreadable:
        lines += ["", labelled(language, _UNREADABLE, str(len(unreadable)))]
        for file, reason in unreadable:
            lines += [f"  {file}", f"    {reason.in_language(language)}"]
    return "\n".join(lines) + "\n"


def data_json(
    path: Path,
    dictionary: Path | None,
    rows: int,
    files: Mapping[Status, int],
    unreadable: Unreadable,
    language: Language,
    version: str,
) -> dict[str, object]:
    """The same for machines; ``version`` is that of xltools."""
    return {
        "xltools": version,
        "output": str(path),
        "dictionary": str(dictionary) if dictionary else None,
        "rows": rows,
        "counts": {"files": sum(files.values()), **{str(s): files.get(s, 0) for s in Status}},
        "unreadable": [{"file": f, "message": reason.in_language(language)} for f, reason in unreadable],
    }
