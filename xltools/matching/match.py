"""A workbook of ours to a submission: every value with the place it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.a1 import cell_name
from xltools.excel.values import ColumnSums, Value, as_text, is_number, plain
from xltools.layout.blueprint import Blueprint, blueprint
from xltools.layout.identity_sheet import KEYED, fingerprint
from xltools.layout.ledger import LEDGER_FIRST_COLUMN
from xltools.layout.past_figures import read_coverage, read_past_figures, read_written
from xltools.layout.places import IDENTITY_KEYS
from xltools.matching.collect import Collector
from xltools.matching.identity import Identity, read_identity
from xltools.matching.integrity import check_integrity
from xltools.matching.ledger import adds_up_a_unit, ledger_rows
from xltools.matching.loose_rows import read_loose_rows
from xltools.matching.structure import check_labels, check_protection
from xltools.matching.unread_formulas import is_same_figure
from xltools.model.form import CODE, LEVEL, PERIOD, UNIT, YES, ZERO_REPORT, Form
from xltools.model.period import Period
from xltools.model.sheet_names import AUDIT_SHEET, COVER_SHEET, LEDGER_SHEET
from xltools.model.submission import Explanation, Source, Submission
from xltools.model.unit import Unit
from xltools.reading.grid import Grid, Sheet

if TYPE_CHECKING:
    from xltools.matching.recognise import Known

_TITLE = "A1"

FormFinder = Callable[[str], Form | None]
"""A form id to the form; None where it is not known."""
KnownForms = Callable[[], Iterable[Form]]
"""Every form a workbook without identity may be of; only called for such a workbook."""


@dataclass(frozen=True, slots=True)
class Match:
    """What matching gives: a submission (None where the workbook is no form's) and what was noticed."""

    submission: Submission | None
    findings: tuple[Finding, ...]


def match(
    grid: Grid,
    find_form: FormFinder,
    known_forms: KnownForms | None = None,
    known: Known | None = None,
) -> Match:
    """Read a workbook as the submission it says it is; without identity, as what its labels say.

    ``known_forms`` enumerates the forms to try by their labels (None: none is tried); ``known`` is what
    the caller knows of a workbook without identity.
    """
    found = read_identity(grid)
    if found is None and known_forms is not None:
        from xltools.matching.recognise import recognise  # noqa: PLC0415 - most files have an identity

        return Match(*recognise(grid, known_forms(), known))
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
        self.read = Collector(plan, grid, is_return=identity.kind == "return")
        self.findings = self.read.findings
        self.values = self.read.values
        self.texts = self.read.texts
        self.sums_up: list[str] = []

    def result(self) -> Match:
        """The submission and every finding about the workbook's structure."""
        self._read_sheets()
        is_summary = self.identity.kind == "summary"
        if is_summary:
            self._read_ledger()
        self.findings += check_protection(self.plan, self.grid)
        unit, period = self._who(), self._when()
        submission = Submission(
            form=self.form,
            period=period,
            unit=unit,
            values=self.values,
            texts=self.texts,
            zero_report=self.texts.get(ZERO_REPORT) == YES,
            explanations=self._explanations(),
            previous=self._previous(),
            kind=self.identity.kind,
            seal=self.identity.fingerprint if self._is_keyed() else "",
            typed_totals=frozenset(self.read.typed),
            source=Source(self.grid.file, self.grid.sha256),
            places=self.read.addresses,
            sums_up=tuple(self.sums_up),
            coverage=read_coverage(self.hidden.values) if is_summary else None,
            history=read_past_figures(self.form, self.hidden.values) if is_summary else (),
        )
        return Match(self.read.with_totals_judged(submission), tuple(self.findings))

    def _read_sheets(self) -> None:
        """Every sheet of the form, be it where it was issued or elsewhere."""
        misplaced: dict[str, Finding] = {}
        for name, cells in self.plan.cells.items():
            sheet = self._sheet(name)
            if sheet is None:
                misplaced[name] = finding("SHEET-MISSING", CellRef(name), sheet=name)
                continue
            findings, in_place = check_labels(self.plan, name, sheet)
            if in_place:
                self.findings += findings
                self.read.read_sheet(sheet, name, cells)
                read_loose_rows(self.read, sheet, name)
                self.findings += check_integrity(self.plan, self.grid, sheet, name)
            else:
                misplaced[name] = findings[0]
        if misplaced:
            from xltools.matching.misplaced_sheets import read_misplaced  # noqa: PLC0415 - hardly any file has one

            read_misplaced(self.read, self.grid, misplaced)

    def _sheet(self, name: str) -> Sheet | None:
        """A sheet of the form; that of a summary without the line below its title."""
        sheet = self.sheets.get(name)
        title = sheet.values.get(_TITLE) if sheet else None
        if sheet is None or self.identity.kind == "return" or not isinstance(title, str) or not title:
            return sheet
        return replace(sheet, values={**sheet.values, _TITLE: title.splitlines()[0]})

    def _read_ledger(self) -> None:
        """The inputs of a summary are the sums of 分单位明细, computed here anew."""
        rows = ledger_rows(self.grid, self.identity.units)
        if rows is None:
            self.findings.append(finding("SHEET-MISSING", CellRef(LEDGER_SHEET), sheet=LEDGER_SHEET))
            return
        sums = ColumnSums(len(self.form.figures))
        for row in rows:
            if adds_up_a_unit(row):
                self.sums_up.append(as_text(row[0]) or as_text(row[1]))
            sums.add(row[LEDGER_FIRST_COLUMN : LEDGER_FIRST_COLUMN + len(self.form.figures)])
        written = read_written(self.form, self.hidden.values)
        for cell, due in zip(self.form.figures, sums.totals(), strict=True):
            if cell.kind != "input":
                continue
            read = self.values.get(cell.id)
            if is_number(read) and not is_same_figure(read, due):
                self._wrong_sum("LEDGER-CHANGED", cell.id, read, due)
            elif not is_same_figure(written.get(cell.id, due), due):
                self._wrong_sum("LEDGER-EDITED", cell.id, due, written[cell.id])
            self.values[cell.id] = due

    def _wrong_sum(self, code: str, id_: str, actual: Value, expected: Value) -> None:
        place = self.read.place(id_)
        self.findings.append(
            finding(code, place, actual=plain(actual), expected=plain(expected), cells=(id_,))
        )

    def _who(self) -> Unit:
        identity, texts = self.identity, self.texts
        issued = {UNIT: identity.name, CODE: identity.code, LEVEL: identity.level}
        for id_, fact in issued.items():
            if fact and COVER_SHEET in self.sheets and texts.get(id_, "") != fact:
                self._differs(id_, texts.get(id_), fact)
        issued_to = Unit(identity.name, identity.code, identity.level)
        issued_for = identity.period if self._is_fixed() else None
        plain_one = fingerprint(self.form, identity.kind, issued_for, issued_to)
        if not self._is_keyed() and identity.fingerprint != plain_one:
            self._differs(None, None, None)
        name = identity.name or texts.get(UNIT, "")
        if not name:
            self.findings.append(finding("UNIT-BLANK", self.read.place(UNIT)))
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
            self.findings.append(finding("PERIOD-BLANK", self.read.place(PERIOD), actual=shown or None))
            return None
        return found

    def _is_keyed(self) -> bool:
        """Whether the workbook was issued with a key; only who has the key can say more."""
        return self.identity.fingerprint.startswith(KEYED)

    def _is_fixed(self) -> bool:
        """Whether the period was set when the workbook was issued, not typed on the cover."""
        if not self.grid.has_formulas:
            identity = self.identity
            unit = Unit(identity.name, identity.code, identity.level)
            plain_one = fingerprint(self.form, identity.kind, identity.period, unit)
            return self._is_keyed() or identity.fingerprint == plain_one
        return cell_name(IDENTITY_KEYS.index("year"), 1) not in self.hidden.formulas

    def _differs(self, id_: str | None, actual: str | None, expected: str | None) -> None:
        label = self.form.cells[id_].label if id_ else ""
        self.findings.append(
            finding(
                "IDENTITY-CHANGED",
                self.read.place(id_) if id_ else CellRef(),
                actual=actual,
                expected=expected,
                what_zh=f"封面的“{label}”" if id_ else "工作簿的标识",
                what_en=f"{label} on the cover" if id_ else "the identity of the workbook",
            )
        )

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
