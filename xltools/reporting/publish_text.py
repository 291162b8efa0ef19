"""What became of a report to publish, for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.checking.result import CheckedFile
from xltools.diagnostics.text import Language, Text
from xltools.reporting.check_text import file_text
from xltools.reporting.words import labelled

_WRITTEN = Text("已写出", "Written")
_DRAFT = Text(
    "没有通过审核，已写成草稿，不得公布",
    "Did not pass the check; written as a draft, not to be published",
)
_REFUSED = Text(
    "没有通过审核，没有写出。改正或写明原因后再公布；要先看样子，加 --draft。",
    "Did not pass the check, so nothing was written. Correct or explain what is named above;"
    " --draft shows how the report will look.",
)
_UNREADABLE = Text("没有写出。", "Nothing was written.")


def publish_text(checked: CheckedFile, outputs: Sequence[Path], language: Language, *, draft: bool) -> str:
    """The findings of the check, if any, and what was written or why nothing was."""
    blocks = [file_text(checked, language)] if checked.findings else []
    if outputs:
        label = _DRAFT if draft else _WRITTEN
        blocks.append("".join(f"{labelled(language, label, str(path))}\n" for path in outputs))
    else:
        reason = _UNREADABLE if checked.submission is None else _REFUSED
        blocks.append(f"{reason.in_language(language)}\n")
    return "\n".join(blocks)
