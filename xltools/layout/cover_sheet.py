"""The cover (封面): who reports, for when, who signs, and how many points are still open."""

from __future__ import annotations

from collections.abc import Mapping

from xltools.excel.a1 import absolute
from xltools.excel.limits import MAX_INPUT_MESSAGE
from xltools.layout.formulas import open_points_formula
from xltools.layout.places import COVER_FIRST_ROW, COVER_VALUE_COLUMN, Place, Places
from xltools.layout.plan import Highlight, PlannedCell, PrintSetup, SheetPlan, Validation
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height
from xltools.model.form import CODE, IDENTITY_IDS, LEVEL, NO, PERIOD, UNIT, YES, ZERO_REPORT, Form
from xltools.model.sheet_names import AUDIT_SHEET, COVER_SHEET
from xltools.model.submission import Submission

_LABEL_COLUMN = 1
_LAST_COLUMN = 4
_MAX_NAME = 100
_SEAL_ROWS = 6
_WIDTHS = (3.0, 22.0, 22.0, 18.0, 18.0)


def cover_sheet(
    submission: Submission, places: Places, open_points: int, line: str | None = None
) -> SheetPlan:
    """The plan of the cover; ``open_points`` is the cached number of open lines of 审核.

    ``line`` replaces what stands below the title, in a summary.
    """
    fields = {id_: place for id_, place in places.cells.items() if place.sheet == COVER_SHEET}
    last = COVER_FIRST_ROW + len(fields)
    field_cells, validations = _fields(submission, fields)
    seal = PlannedCell(last + 4, _LABEL_COLUMN + 2, Style.SEAL, "（单位盖章处）", rows=_SEAL_ROWS, columns=2)
    count = absolute(last + 1, COVER_VALUE_COLUMN)
    return SheetPlan(
        name=COVER_SHEET,
        cells=(*_titles(submission, line), *field_cells, *_audit_lines(places, last + 1, open_points), seal),
        print_setup=PrintSetup((0, _LABEL_COLUMN, last + 4 + _SEAL_ROWS, _LAST_COLUMN)),
        widths=dict(enumerate(_WIDTHS)),
        heights={0: 48.0, 1: max(26.0, needed_height(line or "", sum(_WIDTHS[_LABEL_COLUMN:]))), 2: 20.0}
        | dict.fromkeys((*range(COVER_FIRST_ROW, last), last + 1), 30.0),
        validations=validations,
        highlights=(Highlight(count, f"{count}>0", Style.WARN),),
        first_cell=(COVER_FIRST_ROW + len(IDENTITY_IDS), COVER_VALUE_COLUMN),
    )


def _titles(submission: Submission, line: str | None) -> list[PlannedCell]:
    form, period = submission.form, submission.period
    usual = f"{period.label if period else ''}　{submission.unit.name}".strip("　")
    lines = (
        (Style.TITLE, form.title),
        (Style.SUBTITLE, usual) if line is None else (Style.SUBTITLE_LINED, line),
        (Style.NOTE, f"格式：{form.document}　报送表 {form.id} 第 {form.version} 版"),
    )
    return [
        PlannedCell(row, _LABEL_COLUMN, style, text, columns=4) for row, (style, text) in enumerate(lines)
    ]


def _fields(
    submission: Submission, fields: Mapping[str, Place]
) -> tuple[list[PlannedCell], tuple[Validation, ...]]:
    """Label and value of every field; what the tool knows is locked, the rest is open and validated."""
    form, unit, period = submission.form, submission.unit, submission.period
    shown = {
        UNIT: unit.name,
        CODE: unit.code,
        LEVEL: unit.level,
        PERIOD: "" if period is None else str(period),
        ZERO_REPORT: YES if submission.zero_report else NO,
    }
    cells = []
    validations = []
    for id_, place in fields.items():
        value: str | int | None = shown.get(id_) or submission.texts.get(id_) or None
        style = _style(form, id_, locked=_is_locked(submission, id_, shown.get(id_)))
        if style is Style.INPUT_DATE and isinstance(value, str) and value.isascii() and value.isdecimal():
            value = int(value)  # a date as a workbook keeps it: the number of its day
        cells.append(PlannedCell(place.row, _LABEL_COLUMN, Style.HEAD, form.cells[id_].label))
        cells.append(PlannedCell(place.row, COVER_VALUE_COLUMN, style, value, columns=3))
        if style is not Style.LOCKED_TEXT:
            validations.append(_validation(form, id_, place))
    return cells, tuple(validations)


def _audit_lines(places: Places, row: int, open_points: int) -> list[PlannedCell]:
    target = Place(AUDIT_SHEET, 0, 0).link
    return [
        PlannedCell(row, _LABEL_COLUMN, Style.HEAD, "审核未通过处数"),
        PlannedCell(row, COVER_VALUE_COLUMN, Style.TOTAL, open_points, open_points_formula(places)),
        PlannedCell(row, COVER_VALUE_COLUMN + 1, Style.LINK, "查看“审核”表", columns=2, link=target),
        PlannedCell(
            row + 1,
            _LABEL_COLUMN,
            Style.NOTE,
            "本数为 0 时方可报送；“审核”表逐条列出还要填、要改、要说明的地方。",
            columns=4,
        ),
    ]


def _is_locked(submission: Submission, id_: str, value: object) -> bool:
    if submission.kind == "summary" and id_ == ZERO_REPORT:
        return True
    return id_ in IDENTITY_IDS and bool(value)


def _style(form: Form, id_: str, *, locked: bool) -> Style:
    if locked:
        return Style.LOCKED_TEXT
    if any(field.id == id_ and field.type == "date" for field in form.cover):
        return Style.INPUT_DATE
    if id_ == PERIOD and form.period == "year":
        return Style.INPUT_CENTERED
    return Style.INPUT_CENTERED if id_ in (ZERO_REPORT, LEVEL) else Style.INPUT_FIELD


def _validation(form: Form, id_: str, place: Place) -> Validation:
    cell = form.cells[id_]
    if id_ == ZERO_REPORT:
        return Validation(
            place.a1,
            "list",
            cell.label,
            "全年各项数字都是 0 时选“是”，空格即按 0 计；有任何不是 0 的数字时选“否”。",
            choices=(YES, NO),
            error="只能选“是”或“否”。",
        )
    if id_ == LEVEL and form.levels:
        labels = tuple(level.label for level in form.levels)
        return Validation(
            place.a1, "list", cell.label, "从列表中选。", choices=labels, error="请从列表中选择级别。"
        )
    if id_ == PERIOD:
        last = form.last_year or 9999
        return Validation(
            place.a1,
            "integer",
            cell.label,
            "填四位数的年份，如 2025。",
            minimum=form.first_year,
            maximum=last,
            error=f"本表适用于 {form.first_year} 年{'起' if form.last_year is None else f'至 {last} 年'}。",
        )
    field = next((field for field in form.cover if field.id == id_), None)
    prompt = (field.hint if field else "") or f"请填{cell.label}。"
    if field is not None and field.type == "date":
        return Validation(
            place.a1,
            "date",
            cell.label,
            f"{prompt}按 2026-01-15 的样子填。",
            error="请填日期，如 2026-01-15。",
        )
    return Validation(
        place.a1,
        "length",
        cell.label,
        prompt[:MAX_INPUT_MESSAGE],
        maximum=_MAX_NAME,
        error=f"不超过 {_MAX_NAME} 个字。",
    )
