"""What became of a report to publish, for machines: the contract of ``xltools publish --json``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.checking.result import CheckedFile
from xltools.diagnostics.text import Language
from xltools.reporting.check_json import file_json


def publish_json(
    checked: CheckedFile, outputs: Sequence[Path], language: Language, version: str, *, draft: bool
) -> dict[str, object]:
    """The file as ``check --json`` has it, and the files written; ``version`` is that of xltools."""
    return {
        "xltools": version,
        **file_json(checked, language),
        "outputs": [str(path) for path in outputs],
        "draft": draft,
    }
