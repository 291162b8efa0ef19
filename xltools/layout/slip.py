"""The return slip: a submission's workbook again, every finding marked at its cell and listed.

It is a workbook of the form like any other: filled in and sent back, it checks like any other.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xltools.excel.a1 import parse_cell
from xltools.excel.values import Value
from xltools.layout.places import IDENTITY_KEYS, Place, Places, places
from xltools.layout.plan import PlannedCell, SheetPlan, WorkbookPlan
from xltools.layout.problem_sheet import ListColumn, ListEntry, ProblemLine, list_sheet
from xltools.layout.styles import Emphasis, Style
from xltools.layout.workbook import plan_workbook, prefilled_values
from xltools.model.sheet_names import IDENTITY_SHEET, PROBLEMS_SHEET
from xltools.model.submission import Submission

_NOTICE_ROW = 3
_WIDTHS = (6.0, 34.0, 10.0, 26.0, 12.0, 12.0, 36.0, 10.0, 16.0)
_SHORT = (0, 2, 7)
"""Columns with a word or a number each; texts of links do not wrap everywhere."""
_LINK_COLUMN = 2
_NOTE = (
    "点“位置”即转到该格。粗框的格要处理，虚框的格仅供查看；格上的批注写着同样的话。"
    "改完后原样报回本工作簿，不必另做。"
)
_Spot = tuple[str, int, int]
"""Sheet, row and column."""


@dataclass(frozen=True, slots=True)
class SlipPoint:
    """One finding as the slip shows it.

    ``id`` is the cell it points to, ``framed`` ids of further cells concerned, ``comment`` what stands
    at the cell. ``typed`` is what somebody had put into a locked cell of the cover: it stands there
    again, open, so that they decide what is right (``reopened``).
    """

    line: ProblemLine
    comment: str
    emphasis: Emphasis
    id: str | None = None
    framed: tuple[str, ...] = ()
    reopened: bool = False
    typed: Value = None


@dataclass(slots=True)
class _Mark:
    """What is added to one cell."""

    comments: list[str] = field(default_factory=list)
    emphasis: Emphasis = Emphasis.NOTICE
    change: PlannedCell | None = None


def reissued(submission: Submission) -> Submission:
    """What the slip of a submission holds: totals computed again, cells the tool fills filled in."""
    totals = {cell.id for cell in submission.form.totals}
    values = {id_: value for id_, value in submission.values.items() if id_ not in totals}
    values |= prefilled_values(submission)
    return replace(submission, values=values, typed_totals=frozenset(), places={})


def plan_slip(
    submission: Submission, points: Sequence[SlipPoint], headings: Sequence[str], *, doubtful: bool = False
) -> WorkbookPlan:
    """The plan of the slip: ``points`` in the order of the list, ``headings`` those of its columns.

    ``doubtful``: the workbook's identity had been altered. The slip must not make a true one of it, so
    it carries none and gives the same finding until a fresh workbook is issued.
    """
    plan = plan_workbook(reissued(submission))
    where = places(submission.form)
    cells = {(s.name, c.row, c.column): c for s in plan.sheets for c in s.cells}
    marks = _marks(where, points, cells)
    if doubtful:
        spot = (IDENTITY_SHEET, IDENTITY_KEYS.index("fingerprint"), 1)
        marks[spot] = _Mark(change=replace(cells[spot], value=None))
    sheets = [_marked(sheet, marks) for sheet in plan.sheets]
    sheets[0] = _with_notice(sheets[0], points)
    sheets.insert(1, _problems(points, headings, where, cells))
    return replace(plan, sheets=tuple(sheets))


def _spot(point: SlipPoint, where: Places, cells: Mapping[_Spot, PlannedCell]) -> _Spot | None:
    """Where a finding stands in the slip; None where it is about no cell of it."""
    place = where.cells.get(point.id or "")
    if place is not None:
        return place.sheet, place.row, place.column
    try:
        spot = (point.line.sheet, *parse_cell(point.line.cell))
    except ValueError:
        return None
    return spot if spot in cells else None


def _marks(
    where: Places, points: Sequence[SlipPoint], cells: Mapping[_Spot, PlannedCell]
) -> dict[_Spot, _Mark]:
    marks: dict[_Spot, _Mark] = {}
    for point in points:
        spot = _spot(point, where, cells)
        framed = [where.cells[id_] for id_ in point.framed if id_ in where.cells]
        if spot is not None:
            marks.setdefault(spot, _Mark()).comments.append(point.comment)
        for at in dict.fromkeys([*([spot] if spot else []), *((p.sheet, p.row, p.column) for p in framed)]):
            mark = marks.setdefault(at, _Mark())
            if point.emphasis is Emphasis.ACT:
                mark.emphasis = Emphasis.ACT
                mark.change = mark.change or _opened(cells[at])
        if spot is not None and point.reopened:
            marks[spot].change = replace(cells[spot], value=point.typed, style=Style.INPUT_FIELD)
    return marks


def _opened(cell: PlannedCell) -> PlannedCell | None:
    """A cell that the tool fills in, open: where it is in question, somebody must be able to correct it."""
    if cell.style is not Style.FIXED:
        return None
    return replace(cell, style=Style.INPUT_DECIMAL)


def _marked(sheet: SheetPlan, marks: Mapping[_Spot, _Mark]) -> SheetPlan:
    """A sheet with its marks; live highlights leave the frames alone, which belong to the marks."""
    cells = []
    for planned in sheet.cells:
        mark = marks.get((sheet.name, planned.row, planned.column))
        if mark is None:
            cells.append(planned)
            continue
        changed = mark.change or planned
        comment = "\n\n".join(dict.fromkeys(mark.comments)) or None
        emphasis = None if sheet.hidden else mark.emphasis
        cells.append(replace(changed, comment=comment, emphasis=emphasis))
    highlights = tuple(
        replace(highlight, style=Style.FAIL_UNFRAMED) if highlight.style is Style.FAIL else highlight
        for highlight in sheet.highlights
    )
    return replace(sheet, cells=tuple(cells), highlights=highlights)


def _with_notice(cover: SheetPlan, points: Sequence[SlipPoint]) -> SheetPlan:
    """The cover says that this is a slip and leads to the list."""
    count = sum(point.emphasis is Emphasis.ACT for point in points)
    text = (
        f"本件为退回件：{count} 处须处理，见“{PROBLEMS_SHEET}”"
        if count
        else f"本件为退回件：见“{PROBLEMS_SHEET}”"
    )
    link = Place(PROBLEMS_SHEET, 0, 0).link
    notice = PlannedCell(
        _NOTICE_ROW, 1, Style.LINK, text, columns=4, link=link, emphasis=Emphasis.ACT if count else None
    )
    heights = {**cover.heights, _NOTICE_ROW: 30.0}
    return replace(cover, cells=(*cover.cells, notice), heights=heights)


def _problems(
    points: Sequence[SlipPoint],
    headings: Sequence[str],
    where: Places,
    cells: Mapping[_Spot, PlannedCell],
) -> SheetPlan:
    columns = [
        ListColumn(heading, width, wrapped=number not in _SHORT)
        for number, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True))
    ]
    sheets = {name for name, _, _ in cells}
    entries = []
    for number, point in enumerate(points, 1):
        line = point.line
        address, link = _target(point, where, cells, sheets)
        values = (number, line.message, address, line.label, line.actual, line.expected, line.fix)
        links = ((_LINK_COLUMN, link),) if link else ()
        entries.append(ListEntry((*values, line.nature, line.code), links))
    count = sum(point.emphasis is Emphasis.ACT for point in points)
    title = f"{PROBLEMS_SHEET}（{count} 处须处理）" if count else PROBLEMS_SHEET
    return list_sheet(PROBLEMS_SHEET, title, _NOTE, columns, entries)


def _target(
    point: SlipPoint, where: Places, cells: Mapping[_Spot, PlannedCell], sheets: Container[str]
) -> tuple[str, str | None]:
    """How the place of a finding reads, short enough for one line, and where its link leads."""
    spot = _spot(point, where, cells)
    if spot is not None:
        place = Place(*spot)
        return f"{place.sheet}!{place.a1}", place.link
    sheet = point.line.sheet
    return point.line.address, Place(sheet, 0, 0).link if sheet in sheets else None
