"""What became of data that workbooks were to be filled from: for people and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Language, Text, counted
from xltools.model.unit import Unit
from xltools.reporting.check_json import finding_json
from xltools.reporting.finding_groups import by_weight, count_words
from xltools.reporting.words import FIX, joined, labelled

Written = Sequence[tuple[Unit, Path]]
"""The units whose workbooks were written, and where."""
_NOTHING = Text("没有写出工作簿，请先改正数据", "no workbook was written: correct the data first")


def fill_text(written: Written, findings: Sequence[Finding], language: Language) -> str:
    """How many workbooks there are and in which folder, then every finding, those that block first."""
    count = len(written)
    if written:
        folder = written[0][1].parent
        head = Text(
            f"已写出 {count} 个填好的工作簿：{folder}",
            f"{counted(count, 'filled workbook')} written to {folder}",
        ).in_language(language)
    else:
        head = _NOTHING.in_language(language)
    counts = count_words(findings, language)
    lines = [f"{head} — {joined(language, counts)}" if counts else head]
    for code, alike in groupby(by_weight(findings), key=lambda found: found.code):
        group = list(alike)
        lines += ["", *(f"  {found.message.in_language(language)}" for found in group)]
        lines[-len(group)] += f"  [{code}]"
        lines.append("  " + labelled(language, FIX, group[0].fix.in_language(language)))
    return "\n".join(lines) + "\n"


def fill_json(
    form_id: str, written: Written, findings: Sequence[Finding], language: Language, version: str
) -> dict[str, object]:
    """The same for machines; ``version`` is that of xltools."""
    return {
        "xltools": version,
        "form": form_id,
        "files": [{"file": str(path), "code": unit.code, "name": unit.name} for unit, path in written],
        "findings": [finding_json(finding, language) for finding in findings],
    }
