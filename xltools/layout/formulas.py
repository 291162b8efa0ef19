"""The live formulas of a workbook: the Excel side of ``model.outcomes``.

Every reference to an open cell goes through INDEX into a strip with locked ends (see ``places.Strip``).
"""

from __future__ import annotations

from functools import lru_cache

from xltools.diagnostics.findings import Severity
from xltools.excel.a1 import absolute, absolute_range, quote_sheet
from xltools.excel.limits import MAX_FORMULA
from xltools.excel.values import COMPARE_DECIMALS
from xltools.expr.nodes import Attribute, Figure, Node
from xltools.expr.to_excel import compare_formula, to_excel
from xltools.layout.places import (
    AUDIT_GUARD,
    AUDIT_LEFT,
    AUDIT_RIGHT,
    AUDIT_TEXT,
    AUDIT_TEXT_LEFT,
    AUDIT_TEXT_RIGHT,
    Place,
    Places,
    TablePlace,
    identity_reference,
    previous_reference,
)
from xltools.model.form import LEVEL, YES, ZERO_REPORT, Form, RuleInstance
from xltools.model.outcomes import OPEN_STATES, State, total_parts
from xltools.model.sheet_names import AUDIT_SHEET

GUARD_READY, GUARD_BLANK, GUARD_NOT_APPLICABLE = 0, 1, 2
_KEPT = 4_096
"""Formulas of a rule are the same in every workbook of its form, and are kept for some forms."""
_ATTRIBUTE_KEYS = {"period.year": "year", "period.month": "month"}


def locate(places: Places, node: Figure | Attribute) -> str:
    """Where the workbook holds what a rule reads."""
    if isinstance(node, Figure):
        return previous_reference(places, node.id) if node.previous else places.of(node.id)
    key = _ATTRIBUTE_KEYS.get(node.name)
    return identity_reference(key) if key else places.of(LEVEL)


def _is_zero_report(places: Places) -> str:
    """Whether the cover says 零报告."""
    return f'{places.of(ZERO_REPORT)}="{YES}"'


@lru_cache(maxsize=_KEPT)
def total_formula(places: Places, instance: RuleInstance) -> str:
    """The sum of a total's parts, blank while none of them is filled."""
    parts = ",".join(places.of(id_) for id_ in total_parts(instance))
    return _checked(f'IF(COUNT({parts})=0,IF({_is_zero_report(places)},0,""),SUM({parts}))')


def unfilled_formula(places: Places, ids: tuple[str, ...]) -> str:
    """How many of these cells hold no number (with 零报告 a blank does not count)."""
    cells = ",".join(places.of(id_) for id_ in ids)
    return f"IF({_is_zero_report(places)},COUNTA({cells})-COUNT({cells}),{len(ids)}-COUNT({cells}))"


@lru_cache(maxsize=_KEPT)
def guard_formula(places: Places, instance: RuleInstance) -> str:
    """Whether a rule can be judged: 0 yes, 1 a cell is not filled, 2 it does not apply."""
    formula = f"IF({unfilled_formula(places, instance.cells)}>0,{GUARD_BLANK},{GUARD_READY})"
    unknown = []
    if instance.previous:
        cells = ",".join(previous_reference(places, id_) for id_ in instance.previous)
        unknown.append(f"COUNT({cells})<{len(instance.previous)}")
    unknown += [f'{locate(places, Attribute(name))}=""' for name in instance.attributes]
    for condition in reversed(unknown):
        formula = f"IF({condition},{GUARD_NOT_APPLICABLE},{formula})"
    return _checked(formula)


@lru_cache(maxsize=_KEPT)
def side_formulas(places: Places, instance: RuleInstance, row: int) -> tuple[str, str, str]:
    """Left figure, right figure and their difference, blank where the rule cannot be judged."""

    def side(node: Node) -> str:
        formula = to_excel(node, lambda ref: locate(places, ref))
        return _checked(f'IF({absolute(row, AUDIT_GUARD)}={GUARD_READY},{formula},"")')

    left, right = absolute(row, AUDIT_LEFT), absolute(row, AUDIT_RIGHT)
    difference = f'IF({absolute(row, AUDIT_GUARD)}={GUARD_READY},ROUND({left}-{right},{COMPARE_DECIMALS}),"")'
    return side(instance.comparison.left), side(instance.comparison.right), difference


@lru_cache(maxsize=_KEPT)
def state_formula(places: Places, instance: RuleInstance, row: int) -> str:
    """The state of a rule line in words."""
    left, right = absolute(row, AUDIT_LEFT), absolute(row, AUDIT_RIGHT)
    if instance.expression is instance.comparison:
        condition = compare_formula(instance.comparison, left, right)
    else:
        condition = to_excel(instance.expression, lambda ref: locate(places, ref))
    guard = absolute(row, AUDIT_GUARD)
    return _checked(
        f'IF({guard}={GUARD_NOT_APPLICABLE},"{State.NOT_APPLICABLE}",IF({guard}={GUARD_BLANK},"{State.BLANK}",'
        f'IF({condition},"{State.PASS}",{_failed(places, instance, row)})))'
    )


def _failed(places: Places, instance: RuleInstance, row: int) -> str:
    if instance.rule.severity is Severity.ERROR:
        return f'"{State.FAIL}"'
    if instance.rule.severity is Severity.NOTE:
        return f'"{State.NOTICE}"'
    text = places.audit_input(AUDIT_TEXT, row)
    left, right = places.audit_input(AUDIT_TEXT_LEFT, row), places.audit_input(AUDIT_TEXT_RIGHT, row)
    same = f"AND({left}={absolute(row, AUDIT_LEFT)},{right}={absolute(row, AUDIT_RIGHT)})"
    return (
        f'IF(TRIM({text})="","{State.TO_EXPLAIN}",'
        f'IF(COUNTA({left},{right})=0,"{State.EXPLAINED}",IF({same},"{State.EXPLAINED}","{State.TO_EXPLAIN}")))'
    )


def completeness_formulas(place: TablePlace, row: int) -> tuple[str, str]:
    """Filled cells of a table, and the state of its completeness line."""
    top, bottom = place.first_row, place.last_row
    counts = (
        f"{quote_sheet(place.sheet)}!{absolute_range(top, place.count_column, bottom, place.count_column)}"
    )
    needed, filled = absolute(row, AUDIT_RIGHT), absolute(row, AUDIT_LEFT)
    return f"{needed}-SUM({counts})", f'IF({filled}={needed},"{State.PASS}","{State.BLANK}")'


def zero_report_formulas(form: Form, places: Places, row: int) -> tuple[str, str]:
    """How many figures are not zero, and the state of the 零报告 line."""
    areas = []
    for section in form.sections:
        if section.tables:
            # One row more than is printed: the last row may be open, and a corner must not be cut.
            top, left, bottom, right = places.areas[section.sheet]
            areas.append(f"{quote_sheet(section.sheet)}!{absolute_range(top, left, bottom + 1, right)}")
    counts = "+".join(f'COUNTIF({area},">0")+COUNTIF({area},"<0")' for area in areas)
    count = absolute(row, AUDIT_LEFT)
    return counts, (
        f'IF({_is_zero_report(places)},IF({count}=0,"{State.PASS}","{State.FAIL}"),"{State.NOT_APPLICABLE}")'
    )


def difference_formula(row: int) -> str:
    """Left figure less right figure of a line that always has both."""
    return f"{absolute(row, AUDIT_LEFT)}-{absolute(row, AUDIT_RIGHT)}"


def row_mark_formula(places: Places, place: TablePlace, row: int, lines: tuple[str, ...]) -> str:
    """What stands at the end of a row: how many cells are missing, else the state of its rules."""
    missing = absolute(row, place.count_column)
    return f'IF({missing}>0,"缺"&{missing}&"格",{_worst(places, lines)})'


def column_mark_formula(places: Places, lines: tuple[str, ...]) -> str:
    """What stands below a column: the state of its rules."""
    return _worst(places, lines)


def _worst(places: Places, lines: tuple[str, ...]) -> str:
    formula = '"√"'
    for state in reversed(OPEN_STATES):
        hits = [f'{_audit_state(places, key)}="{state}"' for key in lines]
        if hits:
            condition = hits[0] if len(hits) == 1 else f"OR({','.join(hits)})"
            formula = f'IF({condition},"{state}",{formula})'
    return formula


def _audit_state(places: Places, key: str) -> str:
    """The locked cell of 审核 with the state of one line."""
    return Place(AUDIT_SHEET, places.audit[key], 0).absolute


def open_points_formula(places: Places) -> str:
    """How many lines of 审核 still ask for something."""
    rows = places.audit.values()
    states = f"{quote_sheet(AUDIT_SHEET)}!{absolute_range(min(rows), 0, max(rows), 0)}"
    return "+".join(f'COUNTIF({states},"{state}")' for state in OPEN_STATES)


def is_open_formula(row: int) -> str:
    """1 where the line of this row asks for something, plus all such lines above it."""
    state = absolute(row, 0)
    conditions = ",".join(f'{state}="{word}"' for word in OPEN_STATES)
    return f"IF(OR({conditions}),1,0)"


@lru_cache(maxsize=_KEPT)
def lines_of(form: Form, table_id: str, axis: str, scope: str) -> tuple[str, ...]:
    """Keys of the rule lines whose state belongs at the end of one row or column."""
    return tuple(
        instance.key
        for instance in form.instances
        if instance.line == (table_id, axis)
        and (instance.scope == scope or (axis == "row" and _in_only_row(instance, table_id, scope)))
    )


def _in_only_row(instance: RuleInstance, table_id: str, row_id: str) -> bool:
    """A rule for a group of columns belongs to the row it is evaluated in."""
    return instance.anchor.startswith(f"{table_id}.{row_id}.")


def _checked(formula: str) -> str:
    if len(formula) >= MAX_FORMULA:
        raise ValueError(f"formula of {len(formula)} characters is over the limit: {formula[:80]}…")
    return formula
