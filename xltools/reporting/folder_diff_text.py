"""What differs between two folders, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xltools.diagnostics.text import Language, Text, counted
from xltools.merging.folder_comparison import (
    FilePair,
    FolderComparison,
    OtherFile,
    Outcome,
    UnitComparison,
)
from xltools.reporting.diff_text import READING, figure_lines, reading_lines, text_lines
from xltools.reporting.words import aligned, joined, labelled, period_words, unit_words

OUTCOME_WORDS: dict[Outcome, Text] = {
    Outcome.SAME: Text("完全一致", "the same"),
    Outcome.TEXTS: Text("仅文字不同", "only texts differ"),
    Outcome.DIFFERS: Text("数字不同", "figures differ"),
    Outcome.UNREAD: Text("有数字未能读取", "some figures could not be read"),
    Outcome.SEVERAL: Text("有几个文件，数字不一", "several files that disagree"),
    Outcome.ONLY_A: Text("只在 A 有", "only in A"),
    Outcome.ONLY_B: Text("只在 B 有", "only in B"),
}
_UNKNOWN = Text("认不出单位的文件", "files of no unit")
_UNREADABLE = Text("无法读取的文件", "files that cannot be read")
_NEAR = Text("名称相近的：{}", "similar names: {}")


def folder_diff_text(found: FolderComparison, language: Language) -> str:
    """How many units agree, then every one that does not, with all that differs, then all others."""
    lines = [_summary(found).in_language(language)]
    lines += [labelled(language, Text(side, side), path) for side, path in _sides(found)]
    for outcome in (Outcome.DIFFERS, Outcome.UNREAD, Outcome.SEVERAL, Outcome.TEXTS):
        lines += _list(found, outcome, language, lambda unit: _differences(unit, language))
    for outcome in (Outcome.ONLY_A, Outcome.ONLY_B):
        lines += _list(found, outcome, language, lambda unit: _alone(unit, language))
    for heading, files in ((_UNKNOWN, found.unknown), (_UNREADABLE, found.unreadable)):
        lines += _files(heading, files, language)
    lines += _list(found, Outcome.SAME, language, lambda unit: [_title(unit, language)])
    return "\n".join([*lines, ""])


def _sides(found: FolderComparison) -> tuple[tuple[str, str], ...]:
    return ("A", found.left), ("B", found.right)


def _summary(found: FolderComparison) -> Text:
    """``34 units: 32 the same, 1 figures differ, 1 only in A``."""
    counts = [(OUTCOME_WORDS[outcome], count) for outcome, count in found.counts.items() if count]
    counts += [
        (heading, len(files))
        for heading, files in ((_UNKNOWN, found.unknown), (_UNREADABLE, found.unreadable))
        if files
    ]
    units = len(found.units)
    zh = joined("zh", [f"{word.zh} {count}" for word, count in counts])
    en = joined("en", [f"{word.en} {count}" for word, count in counts])
    return Text(f"共 {units} 个单位：{zh}。", f"{counted(units, 'unit')}: {en}")


def _list(
    found: FolderComparison,
    outcome: Outcome,
    language: Language,
    lines_of: Callable[[UnitComparison], Sequence[str]],
) -> list[str]:
    units = [unit for unit in found.units if unit.outcome is outcome]
    lines = ["", labelled(language, OUTCOME_WORDS[outcome], str(len(units)))]
    for unit in units:
        lines += [f"  {line}" for line in lines_of(unit)]
    return lines if units else []


def _title(unit: UnitComparison, language: Language) -> str:
    return f"{unit_words(unit.unit, language)} · {period_words(unit.period, language)}"


def _differences(unit: UnitComparison, language: Language) -> list[str]:
    lines = [f"■ {_title(unit, language)}"]
    several = len(unit.pairs) > 1
    for pair in unit.pairs:
        lines += [f"  A {pair.left}", f"  B {pair.right}", f"  {_count(pair).in_language(language)}"]
        lines += [] if several else [f"    {line}" for line in _both(pair, language)]
    if unit.left_out:
        more = Text(f"另有 {unit.left_out} 组没有比较", f"{unit.left_out} more pairs were not compared")
        lines.append(f"  {more.in_language(language)}")
    return lines


def _both(pair: FilePair, language: Language) -> Iterator[str]:
    for side, findings in (("A", pair.left_findings), ("B", pair.right_findings)):
        if findings:
            yield READING[side].in_language(language)
            yield from reading_lines(findings, language)
    yield from figure_lines(pair.unread, language)
    yield from figure_lines(pair.figures, language)
    yield from text_lines(pair.texts, language)


def _count(pair: FilePair) -> Text:
    figures, texts = len(pair.figures), len(pair.texts)
    zh = [f"数字 {figures} 个不同" if figures else f"{pair.compared} 个数字相同"]
    en = [
        ("1 figure differs" if figures == 1 else f"{figures} figures differ")
        if figures
        else "figures the same"
    ]
    if pair.uncompared:
        zh.append(f"表式不同，{pair.uncompared} 个数字没有比较")
        en.append(f"the forms differ, {pair.uncompared} figures were not compared")
    if pair.unread:
        zh.append(f"{len(pair.unread)} 个未能读取，没有比较")
        en.append(f"{len(pair.unread)} could not be read")
    zh.append(f"文字 {texts} 部分不同" if texts else "文字相同")
    en.append(("1 text differs" if texts == 1 else f"{texts} texts differ") if texts else "texts the same")
    return Text(joined("zh", zh), joined("en", en))


def _alone(unit: UnitComparison, language: Language) -> list[str]:
    lines = [_title(unit, language), *(f"  {file}" for file in (*unit.left, *unit.right))]
    if unit.near:
        names = "、".join(unit_words(near, language) for near in unit.near)
        lines.append(f"  {_NEAR.in_language(language).format(names)}")
    return lines


def _files(heading: Text, files: Sequence[OtherFile], language: Language) -> list[str]:
    rows = [(file.side.upper(), file.file, file.reason.in_language(language)) for file in files]
    lines = ["", labelled(language, heading, str(len(files))), *(f"  {row}" for row in aligned(rows))]
    return lines if files else []
