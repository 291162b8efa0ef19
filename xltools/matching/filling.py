"""Rows of data to submissions: what belongs into which cell, and every row that fits nowhere. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import CellRef, Finding
from xltools.diagnostics.text import Text
from xltools.excel.values import Value
from xltools.matching.data_fields import (
    CELL,
    FORM,
    LEVEL,
    SOURCE,
    TEXT,
    UNIT_CODE,
    UNIT_NAME,
    USED,
    VALUE,
    figure_of,
    is_storable,
    meaning_of,
    period_of,
    text_of,
)
from xltools.model.form import YES, ZERO_REPORT, Form
from xltools.model.outcomes import due_totals
from xltools.model.period import Period
from xltools.model.submission import Explanation, Submission
from xltools.model.tidy import PREVIOUS_PREFIX, Datum
from xltools.model.unit import Roster, Unit

_LONGEST = 100
Row = tuple[int, Mapping[str, Datum]]
"""A row of data: its number, and what is not blank in it by column name."""


@dataclass(slots=True)
class _Filled:
    """What the rows of one unit have given so far; ``given`` has the row and content of every cell."""

    unit: Unit
    given: dict[str, tuple[int, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filling:
    """Submissions made from data, the period they are for, and what is to be said of the rows."""

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]


def fill_form(form: Form, rows: Iterable[Row], period: Period | None, roster: Roster | None) -> Filling:
    """A submission for every unit in the rows, in the order in which they come.

    Rows are tidy (a row a cell: ``unit_code``, ``cell``, ``value``, as ``write_data`` writes them) or
    wide (a row a unit, a column a cell id). Rows of other forms and of summaries are passed over, with
    ``period`` those of other periods too. With a ``roster`` units are the roster's, known by code, else
    by name.

    Raises UsageError where no row names a cell.
    """
    filler = _Filler(form, period, roster)
    for number, fields in rows:
        filler.take(number, {meaning_of(name): datum for name, datum in fields.items()})
    return filler.result()


class _Filler:
    """Collects what the rows give, unit by unit."""

    def __init__(self, form: Form, period: Period | None, roster: Roster | None) -> None:
        self.form = form
        self.wanted = period
        self.period = period
        self.findings: list[Finding] = []
        self._filled: dict[str, _Filled] = {}
        self._known: dict[tuple[str, str, str], _Filled] = {}
        self._skipped: list[tuple[int, str]] = []
        self._roster = roster
        self._by_code = roster.by_code() if roster else {}
        self._by_name = _unique_names(roster) if roster else {}
        self._nearest: dict[str, Text] = {}
        self._columns: dict[str, None] = {}

    def take(self, number: int, fields: Mapping[str, Datum]) -> None:
        """Take in one row."""
        self._columns.update(dict.fromkeys(fields))
        named = fields.get(FORM)
        if named is not None and named != self.form.id:
            self._skipped.append((number, str(named)))
        elif fields.get(SOURCE) == "summary":
            self._skipped.append((number, "summary"))
        elif self._is_due(number, fields):
            filled = self._unit(number, fields)
            if filled is not None:
                for cell, content in self._contents(fields):
                    self._put(number, filled, cell, content)

    def result(self) -> Filling:
        """The submissions of all units; raises UsageError where no row named a cell."""
        tidy = CELL in self._columns
        if self._columns and not tidy and not any(name in self.form.cells for name in self._columns):
            raise UsageError(
                Text(
                    "数据中没有 cell 列（单元格编号），也没有以单元格编号为名的列。",
                    "the data has neither a column cell nor columns named after cells.",
                )
            )
        if self._skipped:
            row, what = self._skipped[0]
            self.findings.append(finding("DATA-SKIPPED", count=len(self._skipped), row=row, what=what))
        unused = [name for name in self._columns if name not in USED and (tidy or "." not in name)]
        if unused:
            self.findings.append(finding("DATA-COLUMNS-UNUSED", columns=", ".join(unused)))
        submissions = tuple(self._submission(filled) for filled in self._filled.values())
        return Filling(submissions, tuple(self.findings))

    def _is_due(self, number: int, fields: Mapping[str, Datum]) -> bool:
        """Whether a row is of the period to fill: the one asked for, else that of the first row."""
        said, period = period_of(fields)
        if not said:
            if self.period is None:
                self._wrong_period(number, Text("没有报告期", "no period is given"))
            return self.period is not None
        if period is None or not self.form.covers(period):
            form = self.form.id
            self._wrong_period(
                number, Text(f"报告期 {said} 不适用于表式 {form}", f"{said} is no period of form {form}")
            )
            return False
        if self.wanted is not None and period != self.wanted:
            self._skipped.append((number, said))
            return False
        if self.period is None:
            self.period = period
        if period != self.period:
            first = self.period
            self._wrong_period(
                number,
                Text(f"报告期 {said} 与前面的 {first} 不同", f"period {said} differs from {first} before"),
            )
        return period == self.period

    def _wrong_period(self, number: int, why: Text) -> None:
        self.findings.append(finding("DATA-NO-PERIOD", row=number, why_zh=why.zh, why_en=why.en))

    def _unit(self, number: int, fields: Mapping[str, Datum]) -> _Filled | None:
        said = (text_of(fields.get(UNIT_CODE)), text_of(fields.get(UNIT_NAME)), text_of(fields.get(LEVEL)))
        if said not in self._known:
            filled = self._find_unit(number, *said)
            if filled is None:
                return None
            self._known[said] = filled
        return self._known[said]

    def _find_unit(self, number: int, code: str, name: str, level: str) -> _Filled | None:
        """What is filled for a unit that a row names for the first time in this way."""
        if not code and not name:
            self.findings.append(finding("DATA-NO-UNIT", row=number))
            return None
        if not is_storable(code + name):
            self._unusable(number, UNIT_NAME)
            return None
        unit = Unit(name, code, self.form.level_of(Unit(name, code, level)))
        if self._roster is not None:
            known = self._by_code.get(code.strip()) if code else self._by_name.get(name.strip())
            if known is None:
                said, near = code or name, self._near(code or name, [*self._by_code, *self._by_name])
                self.findings.append(
                    finding("DATA-UNKNOWN-UNIT", row=number, unit=said, near_zh=near.zh, near_en=near.en)
                )
                return None
            unit = known
        filled = self._filled.setdefault(unit.code or unit.name, _Filled(unit))
        if (unit.name, unit.level) != (filled.unit.name, filled.unit.level):
            found, first = (f"{u.name} {u.level}".strip() for u in (unit, filled.unit))
            self.findings.append(
                finding("DATA-UNIT-DIFFERS", row=number, unit=unit.code, found=found, first=first)
            )
        return filled

    def _unusable(self, number: int, what: str) -> None:
        self.findings.append(finding("DATA-TEXT-UNUSABLE", row=number, what=what))

    def _contents(self, fields: Mapping[str, Datum]) -> list[tuple[str, Datum]]:
        """Cell ids with what they are to hold: one in a tidy row, many in a wide one."""
        cell = fields.get(CELL)
        if cell is not None:
            value = fields.get(VALUE)
            return [(str(cell), fields.get(TEXT) if value is None else value)]
        return [(name, datum) for name, datum in fields.items() if "." in name]

    def _put(self, number: int, filled: _Filled, cell: str, content: Datum) -> None:
        """Take in the content of one cell of one unit."""
        target = cell.removeprefix(PREVIOUS_PREFIX)
        known = self.form.cells.get(target)
        if (known is None or known.kind == "identity") and cell not in self.form.instance_by_key:
            near = self._near(cell, self.form.cells)
            self.findings.append(
                finding(
                    "DATA-UNKNOWN-CELL",
                    row=number,
                    form=self.form.id,
                    cell=cell,
                    near_zh=near.zh,
                    near_en=near.en,
                )
            )
        elif known is not None and known.table is not None:
            figure = figure_of(content)
            if figure is None and content is not None:
                place = CellRef(id=target, label=known.label)
                self.findings.append(
                    finding("DATA-NOT-NUMBER", place, row=number, cell=cell, text=text_of(content))
                )
            else:
                self._give(number, filled, cell, figure)
        else:
            text = None if content is None else text_of(content)
            if text is not None and not is_storable(text):
                self._unusable(number, cell)
            else:
                self._give(number, filled, cell, text)

    def _give(self, number: int, filled: _Filled, cell: str, value: Value) -> None:
        """Let a cell of a unit hold a value, unless another row gave it another one."""
        first, before = filled.given.setdefault(cell, (number, value))
        if before != value:
            self.findings.append(
                finding(
                    "DATA-TWICE",
                    row=number,
                    first=first,
                    cell=cell,
                    unit=filled.unit.name,
                    before=_shown(before),
                    now=_shown(value),
                )
            )

    def _near(self, wanted: str, known: Iterable[str]) -> Text:
        """The nearest name there is, as the end of a sentence; looked for once, however many rows have it."""
        if wanted not in self._nearest:
            near = difflib.get_close_matches(wanted[:_LONGEST], known, n=1, cutoff=0.75)
            self._nearest[wanted] = (
                Text(f"（是不是 {near[0]}？）", f" (did you mean {near[0]}?)") if near else Text("", "")
            )
        return self._nearest[wanted]

    def _submission(self, filled: _Filled) -> Submission:
        given = {cell: value for cell, (_, value) in filled.given.items() if value is not None}
        figures = {cell.id: given.get(cell.id) for cell in self.form.inputs}
        texts = {
            cell.id: str(given[cell.id])
            for cell in self.form.cells.values()
            if cell.table is None and cell.id in given and cell.id != ZERO_REPORT
        }
        previous = {
            cell.removeprefix(PREVIOUS_PREFIX): value
            for cell, value in given.items()
            if cell.startswith(PREVIOUS_PREFIX)
        }
        submission = Submission(
            form=self.form,
            period=self.period,
            unit=replace(filled.unit, level=self.form.level_of(filled.unit)),
            values=figures,
            texts=texts,
            zero_report=given.get(ZERO_REPORT) == YES,
            explanations={
                key: Explanation(str(given[key])) for key in self.form.instance_by_key if key in given
            },
            previous=previous,
        )
        self._compare_totals(filled, due_totals(submission))
        return submission

    def _compare_totals(self, filled: _Filled, due: Mapping[str, Value]) -> None:
        for cell in self.form.totals:
            row, now = filled.given.get(cell.id, (0, None))
            if now is not None and now != due[cell.id]:
                self.findings.append(
                    finding(
                        "DATA-TOTAL-DIFFERS",
                        CellRef(id=cell.id, label=cell.label),
                        row=row,
                        cell=cell.id,
                        unit=filled.unit.name,
                        now=_shown(now),
                        due=_shown(due[cell.id]),
                    )
                )


def _unique_names(roster: Roster) -> dict[str, Unit]:
    """Units by name, as far as the name is that of one unit only."""
    names = [unit.name for unit in roster.units]
    return {unit.name: unit for unit in roster.units if names.count(unit.name) == 1}


def _shown(value: Value) -> str:
    return "空" if value is None else str(value)
