"""The sheet 审核结果 of a summary: what was found in every file that came in, always in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from xltools.checking.result import CheckedFile
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.values import Value
from xltools.layout.places import Place, places
from xltools.layout.plan import SheetPlan
from xltools.layout.problem_sheet import ListColumn, ListEntry, list_sheet
from xltools.layout.receipts_sheet import receipt_places
from xltools.layout.text_size import clipped
from xltools.model.sheet_names import RESULTS_SHEET
from xltools.model.summary import Summary
from xltools.reporting.finding_groups import by_weight
from xltools.reporting.nodes_sheet import nodes_sheet
from xltools.reporting.problem_lines import headings, problem_line
from xltools.reporting.words import UNIT

MAX_RESULTS = 3_000
"""Lines of the sheet: what is left over is counted, the least pressing first."""
_LONGEST_NAME = 200
_NOTE = "未汇总的文件在前，然后是已汇总的文件里已说明的和提示的。点“位置”转到汇总数，点“单位”转到报送情况。"
_PLACE_COLUMN, _UNIT_COLUMN = 4, 1


def results_sheets(summary: Summary, checked: Iterable[CheckedFile]) -> tuple[SheetPlan, ...]:
    """What was found: in the files (审核结果), and between parents and what is below them (节点检查)."""
    cells = places(summary.submission.form).cells

    def total_of(place: CellRef) -> str | None:
        own = cells.get(place.id or "")
        return own.link if own is not None else None

    sheets = (results_sheet(summary, checked), nodes_sheet(summary.intake.nodes, "zh", total_of))
    return tuple(sheet for sheet in sheets if sheet is not None)


def results_sheet(summary: Summary, checked: Iterable[CheckedFile]) -> SheetPlan | None:
    """The plan of 审核结果; None where nothing was found in any of the files, which are not kept.

    Files that were left out come first, then what the others explained, then notes. The place leads to
    the total the figure went into, the unit to its line of 报送情况.
    """
    included = {receipt.file for receipt in summary.intake.receipts if receipt.reason is None}
    count, lines = _most_pressing(checked, included)
    if not count:
        return None
    shown = list(_entries(summary, lines, included))
    note = f"{count} 条。{_NOTE}"
    if count > len(shown):
        note += f"只列出前 {len(shown)} 条。"
    return list_sheet(RESULTS_SHEET, RESULTS_SHEET, note, _columns(), shown, filtered=True)


@dataclass(frozen=True, slots=True)
class _Line:
    """One finding and what is shown of its file."""

    file: str
    unit: str
    finding: Finding


def _most_pressing(checked: Iterable[CheckedFile], included: set[str]) -> tuple[int, Iterable[_Line]]:
    """How many findings there are, and those of them that have room: of each weight no more than that."""
    count = 0
    by_weights: dict[tuple[bool, ...], list[_Line]] = {}
    for file in checked:
        unit = file.submission.unit.name if file.submission else ""
        for found in by_weight(file.findings):
            count += 1
            weight = (file.file in included, not found.blocks, found.explanation is None)
            lines = by_weights.setdefault(weight, [])
            if len(lines) < MAX_RESULTS:
                lines.append(_Line(file.file, unit, found))
    in_order = chain.from_iterable(by_weights[weight] for weight in sorted(by_weights))
    return count, islice(in_order, MAX_RESULTS)


def _columns() -> tuple[ListColumn, ...]:
    h = headings("zh")
    return (
        ListColumn(h.message, 44.0),
        ListColumn(UNIT.zh, 24.0),
        ListColumn("结果", 9.0, wrapped=False),
        ListColumn(h.nature, 12.0, wrapped=False),
        ListColumn(h.place, 11.0, wrapped=False),
        ListColumn(h.item, 30.0),
        ListColumn(h.actual, 12.0),
        ListColumn(h.expected, 12.0),
        ListColumn(h.explanation, 30.0),
        ListColumn(h.code, 16.0, wrapped=False),
    )


def _entries(summary: Summary, lines: Iterable[_Line], included: set[str]) -> Iterator[ListEntry]:
    receipts = receipt_places(summary)
    for one in lines:
        line = problem_line(one.finding, "zh")
        values: tuple[Value, ...] = (
            line.message,
            clipped(one.unit or one.file, _LONGEST_NAME),
            "已汇总" if one.file in included else "未汇总",
            line.nature,
            line.address,
            line.label,
            line.actual,
            line.expected,
            line.explanation,
            line.code,
        )
        yield ListEntry(values, tuple(_links(summary, one, receipts)))


def _links(summary: Summary, one: _Line, receipts: dict[str, Place]) -> Iterator[tuple[int, str]]:
    if one.file in receipts:
        yield _UNIT_COLUMN, receipts[one.file].link
    own = places(summary.submission.form).cells.get(one.finding.place.id or "")
    if own is not None:
        yield _PLACE_COLUMN, own.link
