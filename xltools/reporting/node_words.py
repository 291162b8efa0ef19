"""节点检查 in words: a parent's figures beside the sum below it, and neither called the right one."""

from __future__ import annotations

from xltools.diagnostics.findings import Finding, Shown
from xltools.diagnostics.text import Language, Text, counted
from xltools.excel.a1 import full_address
from xltools.excel.values import difference, plain, total
from xltools.model.round import NodeCheck
from xltools.reporting.words import aligned, labelled, unit_words

_DIFFERS = Text("上级所报与下级合计不符", "Reported by the parent, and not the sum below")
_PARTIAL = Text("上级所报与下级已到的合计", "Reported by the parent, beside a partial sum below")
_MOST_LINES = 20
"""Lines of a node check on a screen: the workbook and the JSON have more."""


def node_lines(node: NodeCheck, language: Language) -> list[str]:
    """A parent's figures that are not the sum below it: one line a cell, with both.

    Where the sum is partial, only those that are less than it, and how many others there are.
    """
    open_ones = [found for found in node.findings if found.blocks]
    head = labelled(language, _DIFFERS if open_ones else _PARTIAL, unit_words(node.unit, language))
    rows = [
        (
            full_address(found.place.sheet, found.place.cell),
            found.place.label or "",
            _node_figures(found, language),
        )
        for found in open_ones[:_MOST_LINES]
    ]
    partial = Text(
        f"下级不全：合计只含已到的 {node.below} 个文件，还缺 {node.lacking} 个单位",
        f"the sum is partial: {counted(node.below, 'file')} here, {counted(node.lacking, 'unit')} lacking",
    )
    lines = [head, *(["  " + partial.in_language(language)] if node.lacking else [])]
    lines += [f"  {line}" for line in aligned(rows)]
    more, known = len(open_ones) - len(rows), len(node.findings) - len(open_ones)
    rest = []
    if more:
        where = Text("工作簿的“节点检查”表里都有", "all of them are on sheet 节点检查 of the workbook")
        rest.append(Text(f"……另有 {more} 处，{where.zh}", f"... and {more} more; {where.en}"))
    if known:
        rest.append(
            Text(
                f"{'另' if open_ones else ''}有 {known} 处上级的数大于下级已到的合计，差额应是所缺单位的数",
                f"{counted(known, 'other figure' if open_ones else 'figure')} of the parent"
                f" {'is' if known == 1 else 'are'} more than the partial sum: the rest should be that of the"
                " units that are lacking",
            )
        )
    return [*lines, *(f"  {words.in_language(language)}" for words in rest)]


def _node_figures(found: Finding, language: Language) -> str:
    """Both figures of a node check and how far they are from each other: neither is known to be right."""
    own, due, by = node_numbers(found)
    return Text(
        f"上级报 {own}，下级合计 {due}，差 {by}", f"parent {own}, sum below {due}, difference {by}"
    ).in_language(language)


def node_numbers(found: Finding) -> tuple[Shown, Shown, Shown]:
    """A parent's figure, the sum below it and their difference, each as it is shown; a blank is nothing."""
    own, due = found.actual, found.expected
    by = difference(*(total((value,)) for value in (own, due)))
    return own or 0, due or 0, plain(abs(by))
