"""The sheet 节点检查: every figure of a parent that is not the sum of the files below it, with both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import PurePath

from xltools.diagnostics.findings import CellRef, Finding
from xltools.diagnostics.text import Language, Text, counted
from xltools.excel.values import Value
from xltools.layout.plan import SheetPlan
from xltools.layout.problem_sheet import ListColumn, ListEntry, list_sheet
from xltools.layout.text_size import clipped
from xltools.model.round import NodeCheck
from xltools.model.sheet_names import NODES_SHEET
from xltools.reporting.finding_groups import group_of
from xltools.reporting.node_words import node_numbers
from xltools.reporting.problem_lines import headings, problem_line
from xltools.reporting.words import CODE, FILE, UNIT

MAX_NODE_LINES = 3_000
"""Lines of the sheet: what is left over is counted, the least pressing first."""
_LONGEST_NAME = 200
_NOTE = Text(
    "上级自己报的数与下级各文件合计不同的，逐格列出；哪个对要核对后才知道。下级不全的，合计只含已到的文件。",
    "Every figure that a parent reports and that is not the sum of the files below it; which of the two is"
    " right is to be found out. Where not all units are here, the sum is partial.",
)
_PLACE_COLUMN = 2
Links = Callable[[CellRef], str | None]
"""By the place of a finding, the place of the same figure in the workbook (None: it has none)."""


def nodes_sheet(
    nodes: Sequence[NodeCheck], language: Language, link: Links | None = None
) -> SheetPlan | None:
    """The plan of 节点检查, what is to be settled first; None where nothing differs."""
    count = sum(len(node.findings) for node in nodes)
    if not count:
        return None
    lines = [*islice(chain(_lines(nodes, blocking=True), _lines(nodes, blocking=False)), MAX_NODE_LINES)]
    entries = [_entry(node, found, language, link) for node, found in lines]
    settle = sum(found.blocks for node in nodes for found in node.findings)
    note = Text(
        f"{count} 处，其中须核实 {settle} 处。{_NOTE.zh}",
        f"{counted(count, 'figure')}, {settle} of them to be settled. {_NOTE.en}",
    )
    if count > len(entries):
        note = Text(
            f"{note.zh}只列出前 {len(entries)} 处。", f"{note.en} Only the first {len(entries)} are listed."
        )
    title = Text(NODES_SHEET, "Parents").in_language(language)
    return list_sheet(title, title, note.in_language(language), _columns(language), entries, filtered=True)


def _lines(nodes: Sequence[NodeCheck], *, blocking: bool) -> Iterator[tuple[NodeCheck, Finding]]:
    for node in nodes:
        yield from ((node, found) for found in node.findings if found.blocks is blocking)


def _columns(language: Language) -> list[ListColumn]:
    h = headings(language)
    own, below = Text("上级报", "Parent"), Text("下级合计", "Sum below")
    by, what = Text("差", "Difference"), Text("已到的下级文件", "Files below")
    return [
        ListColumn(UNIT.in_language(language), 24.0),
        ListColumn(CODE.in_language(language), 14.0, wrapped=False),
        ListColumn(h.place, 11.0, wrapped=False),
        ListColumn(h.item, 40.0),
        *(ListColumn(heading.in_language(language), 12.0) for heading in (own, below, by)),
        ListColumn(h.nature, 12.0, wrapped=False),
        ListColumn(what.in_language(language), 26.0),
        ListColumn(FILE.in_language(language), 34.0),
    ]


def _entry(node: NodeCheck, found: Finding, language: Language, link: Links | None) -> ListEntry:
    line = problem_line(found, language)
    below = Text(f"{node.below} 个，都在", f"{node.below}, all are here")
    if node.lacking:
        below = Text(
            f"{node.below} 个，还缺 {node.lacking} 个单位",
            f"{node.below}, {counted(node.lacking, 'unit')} lacking",
        )
    values: tuple[Value, ...] = (
        clipped(node.unit.name, _LONGEST_NAME),
        clipped(node.unit.code, _LONGEST_NAME),
        line.address,
        line.label,
        *node_numbers(found),
        group_of(found).name.in_language(language),
        below.in_language(language),
        clipped(PurePath(node.file).name, _LONGEST_NAME),
    )
    target = link(found.place) if link else None
    return ListEntry(values, ((_PLACE_COLUMN, target),) if target else ())
