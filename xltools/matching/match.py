"""A workbook of ours to a submission: every value with the place it was read from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import cell_name
from xltools.excel.values import Value, is_number, plain, total
from xltools.layout.blueprint import Blueprint, SheetCells, blueprint
from xltools.layout.identity_sheet import fingerprint
from xltools.layout.ledger_sheets import ledger_range
from xltools.layout.places import IDENTITY_KEYS
from xltools.matching.identity import Identity, as_text, read_identity
from xltools.matching.integrity import check_integrity
from xltools.matching.structure import check_labels, check_protection, same_formula
from xltools.model.form import CODE, LEVEL, PERIOD, UNIT, YES, ZERO_REPORT, Form
from xltools.model.period import Period
from xltools.model.sheet_names import AUDIT_SHEET, COVER_SHEET, LEDGER_SHEET
from xltools.model.submission import Explanation, Source, Submission
from xltools.model.unit import Unit
from xltools.reading.grid import Grid, Sheet

FormFinder = Callable[[str], Form | None]
"""A form id to the form; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Match:
    """What matching gives: a submission (None where the workbook is no form's) and what was noticed."""

    submission: Submission | None
    findings: tuple[Finding, ...]


def match(grid: Grid, find_form: FormFinder) -> Match:
    """Read a workbook as the submission it says it is."""
    found = read_identity(grid)
    if found is None:
        return _unknown("工作簿里没有表式标识", "the workbook carries no identity")
    identity, hidden = found
    form = find_form(identity.form)
    if form is None:
        return _unknown(f"表式 {identity.form} 不在已知表式之内", f"form {identity.form} is not known here")
    if identity.version != form.version:
        return Match(None, (finding("VERSION", found=identity.version, current=form.version),))
    return _Matcher(grid, blueprint(form), identity, hidden).result()


def _unknown(zh: str, en: str) -> Match:
    return Match(None, (finding("NOT-RECOGNISED", detail_zh=zh, detail_en=en),))


class _Matcher:
    """Reads one workbook sheet by sheet, collecting values and findings."""

    def __init__(self, grid: Grid, plan: Blueprint, identity: Identity, hidden: Sheet) -> None:
        self.grid = grid
        self.plan = plan
        self.form = plan.form
        self.identity = identity
        self.hidden = hidden
        self.sheets = {sheet.name: sheet for sheet in grid.sheets}
        self.findings: list[Finding] = list(grid.notes)
        self.values: dict[str, Value] = {}
        self.texts: dict[str, str] = {}
        self.typed: set[str] = set()

    def result(self) -> Match:
        """The submission and every finding about the workbook's structure."""
        for name, cells in self.plan.cells.items():
            sheet = self.sheets.get(name)
            if sheet is None:
                self.findings.append(finding("SHEET-MISSING", CellRef(name), sheet=name))
                continue
            findings, in_place = check_labels(self.plan, name, sheet)
            self.findings += findings
            if in_place:
                self._read(sheet, cells)
                self.findings += check_integrity(self.plan, self.grid, sheet)
        if self.identity.kind == "summary":
            self._read_ledger()
        self.findings += check_protection(self.plan, self.grid)
        unit, period = self._who(), self._when()
        return Match(
            Submission(
                form=self.form,
                period=period,
                unit=unit,
                values=self.values,
                texts=self.texts,
                zero_report=self.texts.get(ZERO_REPORT) == YES,
                explanations=self._explanations(),
                previous=self._previous(),
                kind=self.identity.kind,
                typed_totals=frozenset(self.typed),
                source=Source(self.grid.file, self.grid.sha256),
                places=self.plan.addresses,
            ),
            tuple(self.findings),
        )

    def _read(self, sheet: Sheet, cells: SheetCells) -> None:
        values = sheet.values
        self.values |= {id_: values.get(a1) for a1, id_ in cells.figures}
        for a1, id_ in cells.totals:
            self._read_total(sheet.name, a1, id_, sheet.formulas.get(a1))
        for a1, id_ in cells.texts:
            value = values.get(a1)
            if value is not None:
                self.texts[id_] = as_text(value)

    def _read_total(self, sheet: str, a1: str, id_: str, formula: str | None) -> None:
        expected = self.plan.formulas[id_]
        if formula is None:
            self.typed.add(id_)
        elif not same_formula(formula, expected):
            self.typed.add(id_)
            place = CellRef(sheet, a1, id_, self.form.cells[id_].label)
            self.findings.append(
                finding("FORMULA-CHANGED", place, actual=f"={formula}", expected=f"={expected}", cells=(id_,))
            )

    def _read_ledger(self) -> None:
        """The inputs of a summary are the sums of 分单位明细, computed here anew."""
        ledger = self.sheets.get(LEDGER_SHEET)
        if ledger is None:
            self.findings.append(finding("SHEET-MISSING", CellRef(LEDGER_SHEET), sheet=LEDGER_SHEET))
            return
        for cell in self.form.inputs:
            top, column, bottom, _ = ledger_range(self.form, cell.id, self.identity.units)
            due = total(ledger.values.get(cell_name(row, column)) for row in range(top, bottom + 1))
            read = self.values.get(cell.id)
            if is_number(read) and read != due:
                sheet, a1 = self.plan.addresses[cell.id]
                place = CellRef(sheet, a1, cell.id, cell.label)
                self.findings.append(
                    finding(
                        "LEDGER-CHANGED", place, actual=plain(read), expected=plain(due), cells=(cell.id,)
                    )
                )
            self.values[cell.id] = due

    def _who(self) -> Unit:
        identity, texts = self.identity, self.texts
        issued = {UNIT: identity.name, CODE: identity.code, LEVEL: identity.level}
        for id_, fact in issued.items():
            if fact and COVER_SHEET in self.sheets and texts.get(id_, "") != fact:
                self._differs(id_, texts.get(id_), fact)
        issued_to = Unit(identity.name, identity.code, identity.level)
        issued_for = identity.period if self._is_fixed() else None
        if identity.fingerprint != fingerprint(self.form, identity.kind, issued_for, issued_to):
            self._differs(None, None, None)
        name = identity.name or texts.get(UNIT, "")
        if not name:
            self.findings.append(finding("UNIT-BLANK", self._place(UNIT)))
        unit = Unit(name, identity.code or texts.get(CODE, ""), identity.level or texts.get(LEVEL, ""))
        return Unit(unit.name, unit.code, self.form.level_of(unit))

    def _when(self) -> Period | None:
        shown = self.texts.get(PERIOD, "")
        try:
            period = Period.parse(shown) if shown else None
        except UsageError:
            period = None
        issued = self.identity.period
        if issued is not None and period is not None and period != issued and self._is_fixed():
            self._differs(PERIOD, shown, str(issued))
        found = issued if issued is not None and self._is_fixed() else period
        if found is None or not self.form.covers(found):
            self.findings.append(finding("PERIOD-BLANK", self._place(PERIOD), actual=shown or None))
            return None
        return found

    def _is_fixed(self) -> bool:
        """Whether the period was set when the workbook was issued, not typed on the cover."""
        return cell_name(IDENTITY_KEYS.index("year"), 1) not in self.hidden.formulas

    def _differs(self, id_: str | None, actual: str | None, expected: str | None) -> None:
        label = self.form.cells[id_].label if id_ else ""
        self.findings.append(
            finding(
                "IDENTITY-CHANGED",
                self._place(id_) if id_ else CellRef(),
                actual=actual,
                expected=expected,
                what_zh=f"封面的“{label}”" if id_ else "工作簿的标识",
                what_en=f"{label} on the cover" if id_ else "the identity of the workbook",
            )
        )

    def _place(self, id_: str) -> CellRef:
        sheet, a1 = self.plan.addresses[id_]
        return CellRef(sheet, a1, id_, self.form.cells[id_].label)

    def _explanations(self) -> dict[str, Explanation]:
        sheet = self.sheets.get(AUDIT_SHEET)
        if sheet is None:
            return {}
        values = sheet.values
        return {
            key: Explanation(as_text(values[text]), values.get(left), values.get(right))
            for key, (text, left, right) in self.plan.explanations.items()
            if values.get(text) is not None
        }

    def _previous(self) -> dict[str, Value]:
        values = self.hidden.values
        rows = self.plan.places.previous.items()
        return {id_: value for id_, row in rows if (value := values.get(f"B{row + 1}")) is not None}
