"""A workbook whose figures are to be moved: everything that was entered in it, with its id and label.

It may be of a version whose definition is no longer there. Then the defined names of its cells, which
are their ids, say what a figure means; where names were dropped, the labels of the form as it is now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import cell_name, parse_cell
from xltools.excel.values import Value, as_text, is_blank, is_number
from xltools.layout.audit_sheet import audit_place
from xltools.layout.blueprint import blueprint
from xltools.layout.places import AUDIT_HEADER_ROW, AUDIT_TEXT, AUDIT_TEXT_LEFT, AUDIT_TEXT_RIGHT
from xltools.matching.collect import date_shown
from xltools.matching.identity import Identity
from xltools.matching.labelled_values import cover_facts, parse_period, section_texts
from xltools.matching.labels import money_unit
from xltools.matching.migration.nearby_labels import NearbyLabels, Spot
from xltools.matching.tables.placing import place_tables
from xltools.matching.tables.sheet_texts import visible_texts
from xltools.model.form import CODE, IDENTITY_IDS, LEVEL, PERIOD, UNIT, YES, ZERO_REPORT, Form
from xltools.model.period import Period
from xltools.model.sheet_names import AUDIT_SHEET, COVER_SHEET, RESERVED_SHEETS
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit
from xltools.reading.grid import Grid, Sheet

_CELL_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){1,2}")
_MOST_AUDIT_ROWS = 2_000
_MOST_LABELLED = 300
"""So many cells beside the form are named in words; a sheet full of numbers is only listed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell holds.

    ``id`` is its cell id, with ``current`` in the form as it is now, else in the workbook's version; empty
    for something that stands in no cell of the form. ``computed`` is a total that its formula gave, and
    ``unit`` the unit of its figure as far as the workbook or the form says so.
    """

    id: str
    place: CellRef
    value: Value
    computed: bool = False
    current: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A 说明 that was written beside a rule, ``key`` the rule line's (empty: it is none of the form's)."""

    key: str
    place: CellRef
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class EarlierReturn:
    """A workbook to be moved; ``form`` is None where its definition is not known at all.

    ``version`` is that of the workbook, which ``form`` has only where ``is_known``; ``is_issued`` is False
    for a workbook without identity.
    """

    form_id: str
    version: str
    form: Form | None
    is_known: bool
    unit: Unit
    period: Period | None
    zero_report: bool
    entries: tuple[Entry, ...]
    reasons: tuple[Reason, ...] = ()
    previous: Mapping[str, Value] = field(default_factory=dict)
    is_issued: bool = True
    findings: tuple[Finding, ...] = ()


class _Found(NamedTuple):
    """Where a cell stands; ``current`` is whether its id is that of the form as it is now."""

    sheet: str
    a1: str
    current: bool

    @property
    def spot(self) -> tuple[str, str]:
        """Sheet and A1."""
        return self.sheet, self.a1


def of_submission(
    submission: Submission, grid: Grid, findings: tuple[Finding, ...], *, is_issued: bool
) -> EarlierReturn:
    """A workbook of a form that is known, as it was read."""
    form, plan = submission.form, blueprint(submission.form)
    entries = []
    for id_, cell in form.cells.items():
        value = submission.values.get(id_) if cell.table else submission.texts.get(id_)
        if is_blank(value) or id_ in (*IDENTITY_IDS, ZERO_REPORT):
            continue
        place = CellRef(*submission.places[id_], id_, cell.label)
        computed = cell.kind == "total" and id_ not in submission.typed_totals
        entries.append(Entry(id_, place, value, computed, unit=cell.unit))
    reasons = [
        Reason(key, CellRef(AUDIT_SHEET, plan.explanations[key][0], label=key), explanation)
        for key, explanation in submission.explanations.items()
    ]
    return EarlierReturn(
        form.id,
        form.version,
        form,
        is_known=True,
        unit=submission.unit,
        period=submission.period,
        zero_report=submission.zero_report,
        entries=(*entries, *_beside_the_cells(grid, set(submission.places.values()))),
        reasons=tuple(reasons),
        previous=submission.previous,
        is_issued=is_issued,
        findings=findings,
    )


def of_other_version(grid: Grid, identity: Identity, hidden: Sheet, form: Form | None) -> EarlierReturn:
    """A workbook of a version that is not known; ``form`` is the form as it is now, if it is."""
    named = _named(grid)
    found = named | (_by_labels(grid, form, named) if form else {})
    spots = {cell.spot for cell in found.values()}
    order = {sheet.name: number for number, sheet in enumerate(grid.sheets)}
    entries = sorted(_entries(grid, found), key=lambda entry: _position(entry.place, order))
    entries += _beside_the_cells(grid, spots)
    texts = {entry.id: as_text(entry.value) for entry in entries}
    unit = Unit(
        identity.name or texts.get(UNIT, ""),
        identity.code or texts.get(CODE, ""),
        identity.level or texts.get(LEVEL, ""),
    )
    period = identity.period or parse_period(texts.get(PERIOD, ""))
    said = {UNIT: unit.name, CODE: unit.code, LEVEL: unit.level, PERIOD: str(period or "")}
    differing = [e for e in entries if e.id in said and as_text(e.value) != said[e.id]]
    kept = tuple(e for e in entries if e.id not in (*IDENTITY_IDS, ZERO_REPORT))
    return EarlierReturn(
        identity.form,
        identity.version,
        form,
        is_known=False,
        unit=unit,
        period=period,
        zero_report=texts.get(ZERO_REPORT) == YES,
        entries=kept,
        reasons=tuple(_reasons(grid, form)),
        previous=_previous(hidden),
        findings=(*grid.notes, *(_not_as_issued(entry, said[entry.id]) for entry in differing)),
    )


def _position(place: CellRef, order: Mapping[str, int]) -> tuple[int, Spot]:
    return order[place.sheet or ""], parse_cell(place.cell or "A1")


def _named(grid: Grid) -> dict[str, _Found]:
    """Every cell by its defined name, which is its id; each cell once."""
    names = {sheet.name for sheet in grid.sheets}
    found: dict[str, _Found] = {}
    taken: set[tuple[str, str]] = set()
    for id_, reference in grid.names.items():
        sheet, _, cell = reference.rpartition("!")
        sheet = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
        spot = (sheet, cell.replace("$", ""))
        if sheet not in names or spot in taken or not _CELL_ID.fullmatch(id_) or not _is_cell(spot[1]):
            continue
        taken.add(spot)
        found[id_] = _Found(*spot, current=False)
    return found


def _is_cell(name: str) -> bool:
    try:
        parse_cell(name)
    except ValueError:
        return False
    return True


def _by_labels(grid: Grid, form: Form, named: Mapping[str, _Found]) -> dict[str, _Found]:
    """Cells without a name of their own: totals, and all of them where a program dropped the names.

    They are found by the labels of the form as it is now, and so by the ids it has now.
    """
    sheets = visible_texts(grid, without={*RESERVED_SHEETS} - {COVER_SHEET})
    own = {table.id: section.sheet for section in form.sections for table in section.tables}
    found: dict[str, tuple[str, str]] = {}
    for placement in place_tables(form, form.tables, sheets, own):
        if placement.located is not None:
            texts = placement.located.texts
            found |= {id_: texts.place(*cell) for id_, cell in placement.located.cells.items()}
    for id_, fact in {**cover_facts(form, sheets), **section_texts(form, sheets)}.items():
        found[id_] = fact.place
    taken = {cell.spot for cell in named.values()}
    return {
        id_: _Found(*spot, current=True)
        for id_, spot in found.items()
        if spot not in taken and id_ not in named
    }


def _entries(grid: Grid, found: Mapping[str, _Found]) -> Iterator[Entry]:
    spots: dict[str, set[Spot]] = {}
    for cell in found.values():
        spots.setdefault(cell.sheet, set()).add(parse_cell(cell.a1))
    around = {s.name: NearbyLabels(s, spots[s.name]) for s in grid.sheets if s.name in spots}
    for id_, (name, a1, current) in found.items():
        sheet = around[name].sheet
        value = sheet.values.get(a1)
        if is_blank(value):
            continue
        if id_.count(".") == 2:
            value = date_shown(grid, sheet, a1) or value
        label = around[name].words(*parse_cell(a1))
        computed = current and (a1 in sheet.formulas or not grid.has_formulas)
        yield Entry(id_, CellRef(name, a1, id_, label or None), value, computed, current, money_unit(label))


def _beside_the_cells(grid: Grid, known: set[tuple[str, str]]) -> Iterator[Entry]:
    """What else somebody typed: numbers anywhere on the sheets of the form, texts in cells left open."""
    count = 0
    for sheet in grid.sheets:
        if sheet.visibility != "visible" or sheet.name in RESERVED_SHEETS:
            continue
        around = NearbyLabels(sheet, ())
        for a1, value in sheet.values.items():
            if (sheet.name, a1) in known or a1 in sheet.formulas or is_blank(value):
                continue
            is_open = sheet.protected and sheet.styles.get(a1) in grid.unlocked_styles
            # Where formulas cannot be read, a number in a locked cell is most likely the result of one.
            if is_open or (is_number(value) and (grid.has_formulas or not sheet.protected)):
                count += 1
                label = around.words(*parse_cell(a1)) if count <= _MOST_LABELLED else ""
                yield Entry("", CellRef(sheet.name, a1, label=label or None), value)


def _reasons(grid: Grid, form: Form | None) -> Iterator[Reason]:
    sheet = grid.sheet(AUDIT_SHEET)
    if sheet is None:
        return
    keys = {audit_place(form, i): i.key for i in form.instances} if form else {}
    values = sheet.values
    for row in range(AUDIT_HEADER_ROW + 1, _MOST_AUDIT_ROWS):
        text = values.get(cell_name(row, AUDIT_TEXT))
        if is_blank(text):
            continue
        where = (as_text(values.get(cell_name(row, 1))), as_text(values.get(cell_name(row, 2))))
        left, right = (values.get(cell_name(row, c)) for c in (AUDIT_TEXT_LEFT, AUDIT_TEXT_RIGHT))
        place = CellRef(AUDIT_SHEET, cell_name(row, AUDIT_TEXT), label=" ".join(where))
        yield Reason(keys.get(where, ""), place, Explanation(as_text(text), left, right))


def _previous(hidden: Sheet) -> dict[str, Value]:
    """Last period's figures on the hidden sheet: cell ids in column A, figures beside them."""
    found: dict[str, Value] = {}
    for a1, value in hidden.values.items():
        if a1.startswith("A") and isinstance(value, str) and value.count(".") == 2:
            figure = hidden.values.get(f"B{a1[1:]}")
            if figure is not None:
                found[value] = figure
    return found


def _not_as_issued(entry: Entry, issued: str) -> Finding:
    label = entry.place.label or entry.id
    return finding(
        "IDENTITY-CHANGED",
        entry.place,
        actual=as_text(entry.value),
        expected=issued,
        what_zh=f"封面的“{label}”",
        what_en=f"{label} on the cover",
    )
