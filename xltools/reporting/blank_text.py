"""Which blank workbooks were written, for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.diagnostics.text import Language, Text
from xltools.model.unit import Unit
from xltools.reporting.words import aligned, unit_words

_MANY_FILES = 10


def blank_text(issued: Sequence[tuple[Unit, Path]], language: Language) -> str:
    """One line a workbook; for many only how many there are and in which folder."""
    if len(issued) > _MANY_FILES:
        folder = issued[0][1].parent
        many = Text(
            f"已生成 {len(issued)} 个空白表：{folder}", f"{len(issued)} blank workbooks written to {folder}"
        )
        return many.in_language(language) + "\n"
    written = Text("已生成", "written").in_language(language)
    rows = [(f"{written}  {unit_words(unit, language)}", str(path)) for unit, path in issued]
    return "\n".join(aligned(rows)) + "\n"
