"""What is read of a workbook on the way to a submission: values, texts, places, findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import cell_name, quote_sheet
from xltools.excel.values import Value, as_text, date_text, is_blank, is_number, plain
from xltools.layout.blueprint import Blueprint, SheetCells
from xltools.matching.integrity import SHOWN_FORMULA, check_hidden, check_inputs
from xltools.matching.numbers import Converted, figure_in
from xltools.matching.structure import same_formula
from xltools.matching.unread_formulas import with_computed_totals
from xltools.model.outcomes import due_totals
from xltools.model.submission import Submission
from xltools.reading.grid import Grid, Sheet

if TYPE_CHECKING:
    from xltools.matching.tables.located_table import LocatedTable


class Collector:
    """Gathers what the sheets of one workbook hold. Figures written as text are taken for figures here."""

    def __init__(self, plan: Blueprint, grid: Grid, *, is_return: bool = True) -> None:
        self.plan = plan
        self.is_return = is_return
        self.grid = grid
        self.form = plan.form
        self.findings: list[Finding] = list(grid.notes)
        self.values: dict[str, Value] = {}
        self.texts: dict[str, str] = {}
        self.typed: set[str] = set()
        self.computed: set[str] = set()
        self.moved: dict[str, tuple[str, str]] = {}

    @property
    def addresses(self) -> Mapping[str, tuple[str, str]]:
        """Where each cell was read, or would stand; the form's own mapping where nothing moved."""
        return {**self.plan.addresses, **self.moved} if self.moved else self.plan.addresses

    def read_sheet(self, sheet: Sheet, name: str, cells: SheetCells) -> None:
        """Read a sheet whose cells stand where they were issued; ``name`` is the form's name for it."""
        values = sheet.values
        found = {id_: values.get(a1) for a1, id_ in cells.figures} | self._dates(sheet, cells.figures)
        self.values |= found
        if sheet.name != name:
            self.moved |= {id_: (sheet.name, a1) for a1, id_ in (*cells.figures, *cells.texts)}
        if self.is_return:  # the inputs of a summary are locked formulas
            self.findings += check_inputs(self.form, self.grid, sheet, cells.figures)
        for a1, id_ in cells.totals:
            self._read_total(sheet, name, a1, id_)
        for a1, id_ in cells.texts:
            value = values.get(a1)
            if value is not None:
                self.texts[id_] = as_text(value)
        if str in map(type, found.values()):
            self._convert(found)

    def read_table(self, located: LocatedTable) -> None:
        """Read a table that was found by its labels.

        The formulas of its totals cannot be compared with the form's, so their results count as
        figures of their own until :meth:`with_totals_judged` has compared those.
        """
        texts, sheet = located.texts, located.texts.sheet
        spots = {id_: cell_name(*cell) for id_, cell in located.cells.items()}
        self.moved |= {id_: texts.place(*cell) for id_, cell in located.cells.items()}
        found = {id_: sheet.values.get(a1) for id_, a1 in spots.items()}
        found |= self._dates(sheet, ((a1, id_) for id_, a1 in spots.items()))
        self.values |= found
        self.findings += check_hidden(sheet, located.rows.at.values(), located.columns.at.values())
        if self.is_return:
            figures = tuple((a1, id_) for id_, a1 in spots.items())
            self.findings += check_inputs(self.form, self.grid, sheet, figures)
        for id_, cell in located.cells.items():
            # a total that a document does not have is no figure of its own: the workbook computes it
            if self.form.cells[id_].kind == "total" and texts.exists(*cell):
                (self.computed if spots[id_] in sheet.formulas else self.typed).add(id_)
        self._convert(found)

    def _dates(self, sheet: Sheet, figures: Iterable[tuple[str, str]]) -> dict[str, Value]:
        """Inputs that their cells show as dates, as the text that is shown: a date is no figure.

        Totals are left out: a suite shows a sum as a date where one of its parts is one.
        """
        if self.grid.date_styles.isdisjoint(sheet.styles.values()):
            return {}
        inputs = ((a1, id_) for a1, id_ in figures if self.form.cells[id_].kind == "input")
        return {id_: shown for a1, id_ in inputs if (shown := date_shown(self.grid, sheet, a1)) is not None}

    def read_text(self, id_: str, value: Value, place: tuple[str, str]) -> None:
        """Take a text or cover field that was found by its label."""
        self.texts[id_] = as_text(value)
        self.moved[id_] = place

    def place(self, id_: str) -> CellRef:
        """The place of a cell for a finding."""
        spot = self.moved.get(id_) or self.plan.addresses[id_]
        return CellRef(*spot, id_, self.form.cells[id_].label)

    def with_totals_judged(self, submission: Submission) -> Submission:
        """The submission with its typed totals: by their formulas, by their figures where none were read."""
        judged = self._judged_by_formulas(submission)
        return judged if self.grid.has_formulas else with_computed_totals(judged)

    def _judged_by_formulas(self, submission: Submission) -> Submission:
        """With the totals that are typed, and those whose own formula gives something else."""
        if not self.computed:
            return replace(submission, typed_totals=frozenset(self.typed))
        judged = with_computed_totals(replace(submission, typed_totals=frozenset(self.computed)))
        own = [id_ for id_ in judged.typed_totals if not is_blank(submission.values.get(id_))]
        self.findings += self._wrong_formulas(submission, own)
        return replace(submission, typed_totals=frozenset((*self.typed, *own)))

    def _wrong_formulas(self, submission: Submission, ids: Collection[str]) -> Iterator[Finding]:
        due = due_totals(submission)
        for id_ in (id_ for id_ in self.form.cells if id_ in ids):
            name, a1 = self.moved[id_]
            sheet = self.grid.sheet(name)
            yield finding(
                "FORMULA-WRONG",
                self.place(id_),
                actual=plain(submission.values.get(id_)),
                expected=plain(due[id_]),
                cells=(id_,),
                formula=sheet.formulas[a1][:SHOWN_FORMULA] if sheet else "",
            )

    def _read_total(self, sheet: Sheet, name: str, a1: str, id_: str) -> None:
        formula, expected = sheet.formulas.get(a1), self.plan.formulas[id_]
        if formula is None:
            self.typed.add(id_)
        elif not same_formula(_renamed(formula, sheet.name, name), expected):
            self.typed.add(id_)
            self.findings.append(
                finding(
                    "FORMULA-CHANGED",
                    self.place(id_),
                    actual=f"={formula}",
                    expected=f"={expected}",
                    cells=(id_,),
                )
            )

    def _convert(self, found: dict[str, Value]) -> None:
        for id_, value in found.items():
            if not isinstance(value, str) or not value:
                continue
            cell = self.form.cells[id_]
            converted = figure_in(value, cell) if cell.kind == "input" or id_ in self.typed else None
            if converted is None:
                continue
            self.values[id_] = converted.figure
            self.findings.append(said_converted(value, converted, self.place(id_), id_))


def said_converted(text: str, converted: Converted, place: CellRef, id_: str) -> Finding:
    """The note on a text that was taken for a figure."""
    figure = plain(converted.figure)
    return finding(
        "TEXT-CONVERTED",
        place,
        actual=text,
        expected=figure,
        cells=(id_,),
        text=" ".join(text.split()),
        figure=figure,
        how_zh=converted.how.zh,
        how_en=converted.how.en,
    )


def date_shown(grid: Grid, sheet: Sheet, a1: str) -> str | None:
    """The date that a cell shows in place of its number; None where it shows none."""
    value = sheet.values.get(a1)
    if sheet.styles.get(a1) not in grid.date_styles or not isinstance(value, (int, float)):
        return None
    return date_text(value, date_1904=grid.date_1904) if is_number(value) else None


def _renamed(formula: str, found: str, name: str) -> str:
    """A formula as it would be if its sheet still had the form's name."""
    if found == name:
        return formula
    for spelt in (quote_sheet(found), found):
        formula = formula.replace(f"{spelt}!", f"{quote_sheet(name)}!")
    return formula
