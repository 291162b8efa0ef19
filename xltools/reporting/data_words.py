"""What was written as data: for people and for machines."""

from __future__ import annotations

from collections import Counter

from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Language, Text
from xltools.model.tidy import DataResult
from xltools.reporting.check_text import summary_line
from xltools.reporting.words import labelled

DATA = Text("数据", "Data")
_DICTIONARY = Text("数据字典", "Dictionary")
_INSIDE = Text("在同一文件中（表 dictionary）", "in the same file (table dictionary)")
_UNREADABLE = Text("读不出的文件，数据中没有", "Cannot be read and is not in the data")


def data_text(result: DataResult, language: Language) -> str:
    """The files, how many rows of how many files they hold, and what could not be read."""
    count = Text(
        f"{result.rows:,} 行", f"{result.rows:,} row" + ("" if result.rows == 1 else "s")
    ).in_language(language)
    where = str(result.dictionary) if result.dictionary else _INSIDE.in_language(language)
    lines = [
        labelled(language, DATA, f"{result.path}  {count}"),
        labelled(language, _DICTIONARY, where),
        summary_line(Counter(result.files), language),
    ]
    if result.unreadable:
        lines += ["", labelled(language, _UNREADABLE, str(len(result.unreadable)))]
        for file, reason in result.unreadable:
            lines += [f"  {file}", f"    {reason.in_language(language)}"]
    return "\n".join(lines) + "\n"


def data_json(result: DataResult, language: Language, version: str) -> dict[str, object]:
    """The same for machines; ``version`` is that of xltools."""
    return {
        "xltools": version,
        "output": str(result.path),
        "dictionary": str(result.dictionary) if result.dictionary else None,
        "rows": result.rows,
        "counts": {"files": sum(result.files.values()), **{str(s): result.files.get(s, 0) for s in Status}},
        "unreadable": [
            {"file": f, "message": reason.in_language(language)} for f, reason in result.unreadable
        ],
    }
