"""Which return slips were written, for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.checking.result import CheckedFile
from xltools.diagnostics.text import Language, Text
from xltools.reporting.words import joined, labelled


def slip_text(
    written: Sequence[Path], checked: Sequence[CheckedFile], folder: Path, language: Language
) -> str:
    """How many slips lie in ``folder``, and for which files there is none and why."""
    clean = sum(not file.findings for file in checked)
    found = [file.submission for file in checked if file.findings]
    unreadable = found.count(None)
    summaries = sum(submission is not None and submission.kind == "summary" for submission in found)
    parts = [Text(f"{len(written)} 份，在 {folder}", f"{len(written)} in {folder}")]
    if clean:
        parts.append(Text(f"{clean} 个文件没有问题，不退", f"{clean} with nothing to note: none"))
    if unreadable:
        parts.append(Text(f"{unreadable} 个文件读不出，无法退", f"{unreadable} cannot be read: none"))
    if summaries:
        parts.append(
            Text(f"{summaries} 个汇总表请重新汇总，不退", f"{summaries} summaries, to be merged again: none")
        )
    words = [part.in_language(language) for part in parts]
    return labelled(language, Text("退回表", "return slips"), joined(language, words))
