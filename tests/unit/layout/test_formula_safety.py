"""No formula can be bent by cutting an input, or seen as a circle; only functions all suites share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.checked_files import merge_checked
from tests.support.formulas import Spot, formulas, functions, open_spots, references
from tests.support.workbooks import FORMS, LAST_PERIOD, submission_of
from xltools.checking.check import check_submission
from xltools.checking.result import CheckedFile
from xltools.excel.limits import MAX_FORMULA
from xltools.excel.values import Value
from xltools.layout.ledger import Ledger
from xltools.layout.plan import PlannedCell, WorkbookPlan
from xltools.layout.styles import Style
from xltools.layout.summary_workbook import plan_summary
from xltools.layout.workbook import plan_workbook
from xltools.merging.history import past_periods
from xltools.model.form import Form
from xltools.model.sheet_names import CHARTS_SHEET, COMPARISON_SHEETS
from xltools.model.submission import Submission
from xltools.model.unit import Unit

ALLOWED = set(
    "SUM IF AND OR NOT COUNT COUNTA COUNTIF COUNTBLANK ROUND INDEX ABS TRIM HYPERLINK".split()  # noqa: SIM905
)


def summary_plan(form: Form) -> WorkbookPlan:
    """Three units with figures of the period before, so that every sheet is there."""
    files = []
    before: dict[str, Value] = {cell.id: 1 for cell in form.figures}
    for number in range(3):
        unit = Unit(f"单位{number}", f"00{number}", form.levels[0].label)
        figures: dict[str, Value] = {cell.id: number + 2 for cell in form.inputs}
        zero = submission_of(form, figures, unit=unit, previous=before)
        files.append(CheckedFile(f"{number}.xlsx", "0", check_submission(zero)[0], ()))
    summary = merge_checked(files, Unit("汇总", "9"))[1]
    assert summary is not None
    past = past_periods(summary)
    summary = replace(summary, submission=replace(summary.submission, history=past))
    plan = plan_summary(Ledger(summary, Path()))
    assert {CHARTS_SHEET, COMPARISON_SHEETS[form.period]} <= {sheet.name for sheet in plan.sheets}
    return plan


def plans(form: Form) -> Iterator[tuple[str, WorkbookPlan]]:
    """Open, issued, prefilled, filled and summary workbooks of a form."""
    yield "open", plan_workbook(Submission(form, None, Unit(""), {}))
    issued = replace(submission_of(form), values={}, texts={})
    yield "issued", plan_workbook(issued)
    last = {id_: 1 for instance in form.instances for id_ in instance.previous}
    yield "prefilled", plan_workbook(replace(issued, previous=last))
    yield "filled", plan_workbook(submission_of(form))
    yield "summary", summary_plan(form)


ALL_PLANS = [pytest.param(plan, id=f"{form.id} {name}") for form in FORMS for name, plan in plans(form)]


def unsafe(plan: WorkbookPlan) -> list[str]:
    """Formulas that cutting and pasting an open cell would rewrite."""
    open_ = set().union(*(open_spots(sheet) for sheet in plan.sheets))
    found = []
    for spot, formula in formulas(plan).items():
        for reference in references(formula, spot[0]):
            if reference.corners & open_:
                found.append(f"{spot}: {reference} in {formula[:120]}")
    return found


def circle(plan: WorkbookPlan) -> object:
    """A circle of formulas, counting every cell of every range; None where there is none."""
    all_formulas = formulas(plan)
    graph: dict[Spot, set[Spot]] = {
        spot: {s for r in references(formula, spot[0]) for s in r.spots if s in all_formulas}
        for spot, formula in all_formulas.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return None


@pytest.mark.parametrize("plan", ALL_PLANS)
def test_every_reference_begins_and_ends_in_a_locked_cell(plan: WorkbookPlan) -> None:
    assert len(formulas(plan)) > 50
    assert unsafe(plan) == []


@pytest.mark.parametrize("plan", ALL_PLANS)
def test_open_cells_are_reached_through_index_or_whole_ranges_only(plan: WorkbookPlan) -> None:
    open_ = set().union(*(open_spots(sheet) for sheet in plan.sheets))
    reached = 0
    for spot, formula in formulas(plan).items():
        for reference in references(formula, spot[0]):
            if open_.intersection(reference.spots):
                assert reference.is_range, (spot, formula)
                reached += reference.in_index
    assert reached > 0 or not any("INDEX" in formula for formula in formulas(plan).values())


@pytest.mark.parametrize("plan", ALL_PLANS)
def test_no_formula_depends_on_itself_even_through_whole_ranges(plan: WorkbookPlan) -> None:
    assert circle(plan) is None


@pytest.mark.parametrize("plan", ALL_PLANS)
def test_formulas_use_only_functions_on_which_all_suites_agree(plan: WorkbookPlan) -> None:
    used = set().union(*(functions(formula) for formula in formulas(plan).values()))
    assert used <= ALLOWED
    assert {"SUM", "IF", "COUNT", "INDEX"} <= used


@pytest.mark.parametrize("plan", ALL_PLANS)
def test_formulas_keep_to_excels_limits(plan: WorkbookPlan) -> None:
    for spot, formula in formulas(plan).items():
        assert len(formula) < MAX_FORMULA, spot
        assert nesting(formula) <= 64, spot


def nesting(formula: str) -> int:
    """How deep functions stand in functions."""
    depth = deepest = 0
    for character in formula:
        depth += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, depth)
    return deepest


def with_formula(plan: WorkbookPlan, sheet: str, cell: PlannedCell) -> WorkbookPlan:
    return replace(
        plan,
        sheets=tuple(replace(s, cells=(*s.cells, cell)) if s.name == sheet else s for s in plan.sheets),
    )


def test_the_guards_can_fail() -> None:
    plan = plan_workbook(submission_of(FORMS[1], period=LAST_PERIOD[FORMS[1].id]))
    direct = with_formula(plan, "三", PlannedCell(60, 0, Style.TOTAL, 0, "SUM($D$5,$E$5)"))
    assert len(unsafe(direct)) == 2
    ranged = with_formula(plan, "三", PlannedCell(60, 0, Style.TOTAL, 0, "SUM($D$5:$I$5)"))
    assert len(unsafe(ranged)) == 1
    whole = with_formula(plan, "三", PlannedCell(60, 0, Style.TOTAL, 0, "INDEX('三'!$A$1:$A$70,2)"))
    assert circle(whole) is not None
    assert functions('SUMPRODUCT((A1:A2="SUM(")*1)') == {"SUMPRODUCT"}
