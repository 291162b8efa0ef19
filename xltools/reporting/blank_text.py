"""Which blank workbooks were written, for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.diagnostics.text import Language, Text
from xltools.layout.coverage_words import names_of
from xltools.model.unit import Unit
from xltools.reporting.words import aligned, unit_words

_MANY_FILES = 10


def blank_text(
    issued: Sequence[tuple[Unit, Path]], language: Language, without_previous: Sequence[Unit] = ()
) -> str:
    """One line a workbook; for many only how many there are and in which folder.

    ``without_previous`` are units whose last period was asked for and is not known.
    """
    unknown = _unknown(without_previous).in_language(language) + "\n" if without_previous else ""
    if len(issued) > _MANY_FILES:
        folder = issued[0][1].parent
        many = Text(
            f"已生成 {len(issued)} 个空白表：{folder}", f"{len(issued)} blank workbooks written to {folder}"
        )
        return many.in_language(language) + "\n" + unknown
    written = Text("已生成", "written").in_language(language)
    rows = [(f"{written}  {unit_words(unit, language)}", str(path)) for unit, path in issued]
    return "\n".join(aligned(rows)) + "\n" + unknown


def _unknown(units: Sequence[Unit]) -> Text:
    """A summary that was made of summaries names only these: their units' figures are in those below."""
    names = names_of(units)
    return Text(
        f"其中 {len(units)} 个单位没有上期数，没有预填：{names.zh}。"
        "上期的汇总表如果是由下级的汇总表汇成的，请把各级汇总表放在一个文件夹里，给 --previous。",
        f"{len(units)} of them without figures of last period, so nothing is filled in: {names.en}."
        " If last period's summary was made of summaries, put those of all levels into one folder and give"
        " that as --previous.",
    )
