"""A workbook without identity: which form its labels are, whose it is and for when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.layout.blueprint import blueprint
from xltools.matching.collect import Collector
from xltools.matching.facts import cover_facts, parse_period, section_texts, titles
from xltools.matching.identity import as_text
from xltools.matching.labels import EXACT
from xltools.matching.placing import Placement, place_tables
from xltools.matching.sheet_texts import SheetTexts, visible_texts
from xltools.matching.units import wrong_units
from xltools.matching.unread_formulas import with_computed_totals
from xltools.model.form import CODE, LEVEL, PERIOD, UNIT, YES, ZERO_REPORT, Form
from xltools.model.period import Period
from xltools.model.submission import Source, Submission
from xltools.model.unit import Unit
from xltools.reading.grid import Grid

_LEAST_SCORE = 0.75
_LEAD = 2 * EXACT
"""How many hundredths of a label one form must explain more than any other."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form held against a workbook: what was found of its tables, and the period of its title."""

    form: Form
    placements: tuple[Placement, ...]
    period: Period | None

    @property
    def gain(self) -> int:
        """What fits, less what is missing from the tables found and what they hold beside."""
        found = [p.seen for p in self.placements if p.seen is not None]
        return sum(2 * f.weight - f.most - EXACT * (len(f.extra) + len(f.rows.split)) for f in found)

    @property
    def score(self) -> float:
        """From 0 to 1: how well the tables found fit."""
        found = [p.seen for p in self.placements if p.seen is not None]
        most = sum(f.most for f in found)
        return sum(f.score * f.most for f in found) / most if most else 0.0

    @property
    def shown(self) -> str:
        """``zfxxgk-2021 98%``."""
        return f"{self.form.id} {round(100 * self.score)}%"


def recognise(grid: Grid, forms: Iterable[Form]) -> tuple[Submission | None, tuple[Finding, ...]]:
    """The submission in a workbook without identity, with findings; None where no form is certain."""
    sheets = visible_texts(grid)
    candidates = [_candidate(form, sheets) for form in forms]
    hopeful = sorted((c for c in candidates if c.gain > 0), key=lambda c: -c.gain)
    ambiguous = [f for c in candidates for p in c.placements if p.located is None for f in p.findings]
    if not hopeful or hopeful[0].score < _LEAST_SCORE:
        if hopeful:
            zh = f"没有表式标识，最接近的是 {hopeful[0].shown}，符合得太少"
            en = f"it carries no identity, and the nearest form, {hopeful[0].shown}, fits too little"
        else:
            zh, en = (
                "没有表式标识，也找不到任何已知表式的表",
                "it carries no identity and no table of any known form",
            )
        # One form's doubt is worth telling, the same doubt of three forms is not.
        return None, (finding("NOT-RECOGNISED", detail_zh=zh, detail_en=en), *_first_of_each(ambiguous))
    close = [c for c in hopeful if c.gain > hopeful[0].gain - _LEAD]
    in_time = [c for c in close if c.period is not None and c.form.covers(c.period)]
    if len(close) > 1 and len(in_time) != 1:
        zh, en = "、".join(c.shown for c in close), ", ".join(c.shown for c in close)
        return None, (finding("AMBIGUOUS-FORM", candidates_zh=zh, candidates_en=en),)
    best = in_time[0] if len(close) > 1 else close[0]
    others = [c for c in hopeful if c is not best]
    return _submission(grid, best, sheets, _recognised(best, others, by_period=len(close) > 1))


def _candidate(form: Form, sheets: Sequence[SheetTexts]) -> Candidate:
    placements = place_tables(form, form.tables, sheets, {})
    return Candidate(form, tuple(placements), _period(form, sheets)[0])


def _first_of_each(findings: Sequence[Finding]) -> list[Finding]:
    return list({found.place: found for found in findings}.values())


def _recognised(best: Candidate, others: Sequence[Candidate], *, by_period: bool) -> Finding:
    other_zh = other_en = ""
    if others:
        other_zh, other_en = f"，其次是 {others[0].shown}", f"; next comes {others[0].shown}"
    if by_period:
        other_zh += f"，由报告期 {best.period} 确定"
        other_en += f"; the period {best.period} decided"
    return finding(
        "RECOGNISED-BY-LABELS",
        form=best.form.id,
        score=round(100 * best.score),
        other_zh=other_zh,
        other_en=other_en,
    )


def _period(form: Form, sheets: Sequence[SheetTexts]) -> tuple[Period | None, str]:
    """The period that labels and titles agree on, and what was read of it."""
    beside = cover_facts(form, sheets).get(PERIOD)
    if beside is not None:
        shown = as_text(beside.value)
        return parse_period(beside.value), shown
    said = {title.period for title in titles(form, sheets)}
    shown = "、".join(map(str, sorted(said, key=str)))
    return (next(iter(said)) if len(said) == 1 else None), shown


def _submission(
    grid: Grid, best: Candidate, sheets: Sequence[SheetTexts], recognised: Finding
) -> tuple[Submission, tuple[Finding, ...]]:
    form = best.form
    read = Collector(blueprint(form), grid)
    read.findings.append(recognised)
    read.findings += wrong_units(form, best.placements, sheets)
    for placement in best.placements:
        read.findings += placement.findings
        if placement.located is not None:
            read.read_table(placement.located)
        elif not placement.findings:
            title = form.title_of(placement.table)
            read.findings.append(finding("TABLE-MISSING", CellRef(label=title), table=title))
    facts = {**cover_facts(form, sheets), **section_texts(form, sheets)}
    for id_, fact in facts.items():
        read.read_text(id_, fact.value, fact.sheet, fact.row, fact.column)
    unit, period = _who(read, sheets), _when(read, sheets)
    submission = Submission(
        form=form,
        period=period,
        unit=unit,
        values=read.values,
        texts=read.texts,
        zero_report=read.texts.get(ZERO_REPORT) == YES,
        source=Source(grid.file, grid.sha256),
        places=read.addresses,
    )
    submission = read.with_totals_judged(submission)
    if not grid.has_formulas:
        submission = with_computed_totals(submission)
    return submission, tuple(read.findings)


def _who(read: Collector, sheets: Sequence[SheetTexts]) -> Unit:
    name = read.texts.get(UNIT, "")
    if not name:
        said = {title.unit for title in titles(read.form, sheets) if title.unit}
        name = said.pop() if len(said) == 1 else ""
    if not name:
        read.findings.append(finding("UNIT-BLANK", CellRef(id=UNIT, label=read.form.cells[UNIT].label)))
    unit = Unit(name, read.texts.get(CODE, ""), read.texts.get(LEVEL, ""))
    return replace(unit, level=read.form.level_of(unit))


def _when(read: Collector, sheets: Sequence[SheetTexts]) -> Period | None:
    period, shown = _period(read.form, sheets)
    if period is None or not read.form.covers(period):
        place = CellRef(id=PERIOD, label=read.form.cells[PERIOD].label)
        read.findings.append(finding("PERIOD-BLANK", place, actual=shown or None))
        return None
    other = {title.period for title in titles(read.form, sheets)} - {period}
    if other:
        said = "、".join(sorted(map(str, other)))
        read.findings.append(
            finding(
                "PERIOD-DIFFERS",
                read.place(PERIOD) if PERIOD in read.texts else CellRef(id=PERIOD),
                actual=str(period),
                expected=said,
                period=str(period),
                title=said,
            )
        )
    return period
