"""A document, or a workbook without identity: which form its labels are, whose it is and for when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.layout.blueprint import blueprint
from xltools.matching.collect import Collector
from xltools.matching.documents.flow import Paragraph, paragraphs
from xltools.matching.labelled_values import cover_facts, section_texts, titles
from xltools.matching.labels import EXACT
from xltools.matching.stated_identity import StatedIdentity, stated_by_document, stated_by_workbook
from xltools.matching.tables.money_units import wrong_units
from xltools.matching.tables.placing import Placement, place_tables
from xltools.matching.tables.sheet_texts import SheetTexts, visible_texts
from xltools.model.form import CODE, LEVEL, PERIOD, UNIT, YES, ZERO_REPORT, Form
from xltools.model.period import Period
from xltools.model.submission import Source, Submission
from xltools.model.unit import Unit
from xltools.reading.grid import Grid

_LEAST_SCORE = 0.75
_LEAD = 2 * EXACT
"""How many hundredths of a label one form must explain more than any other."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller knows better than the file: the period and the unit it is for, as far as given."""

    period: Period | None = None
    unit: Unit | None = None

    def before(self, said: StatedIdentity) -> StatedIdentity:
        """What the file says, with the given period in place of its own."""
        return said if self.period is None else replace(said, period=self.period, shown=str(self.period))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form held against a file: what was found of its tables, and what the file says of unit and period.

    ``sheets`` are what labels are looked for on, ``rest`` the lines of a document that are in no table,
    ``findings`` what was noticed of its pages.
    """

    form: Form
    placements: tuple[Placement, ...]
    said: StatedIdentity
    sheets: Sequence[SheetTexts]
    rest: tuple[Paragraph, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def period(self) -> Period | None:
        """The period the file is for."""
        return self.said.period

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


def recognise(
    grid: Grid, forms: Iterable[Form], known: Known | None = None
) -> tuple[Submission | None, tuple[Finding, ...]]:
    """The submission in a document or in a workbook without identity; None where no form is certain."""
    known = known or Known()
    sheets = [] if grid.flow else visible_texts(grid)
    candidates = [_candidate(form, grid, sheets, known) for form in forms]
    hopeful = sorted((c for c in candidates if c.gain > 0), key=lambda c: -c.gain)
    if not hopeful or hopeful[0].score < _LEAST_SCORE:
        return None, (_not_recognised(hopeful), *_doubts(candidates))
    close = [c for c in hopeful if c.gain > hopeful[0].gain - _LEAD]
    in_time = [c for c in close if c.period is not None and c.form.covers(c.period)]
    if len(close) > 1 and len(in_time) != 1:
        zh, en = "、".join(c.shown for c in close), ", ".join(c.shown for c in close)
        return None, (finding("AMBIGUOUS-FORM", candidates_zh=zh, candidates_en=en),)
    best = in_time[0] if len(close) > 1 else close[0]
    others = [c for c in hopeful if c is not best]
    return _submission(grid, best, known, _recognised(best, others, by_period=len(close) > 1))


def _candidate(form: Form, grid: Grid, sheets: Sequence[SheetTexts], known: Known) -> Candidate:
    if grid.flow:
        from xltools.matching.documents.document_tables import document_tables  # noqa: PLC0415 - most files are workbooks

        found = document_tables(form, grid)
        rest = tuple(paragraphs(found.rest))
        said = known.before(stated_by_document(form, found.sheets, rest))
        return Candidate(form, found.placements, said, found.sheets, rest, found.findings)
    placements = place_tables(form, form.tables, sheets, {})
    return Candidate(form, tuple(placements), known.before(stated_by_workbook(form, sheets)), sheets)


def _not_recognised(hopeful: Sequence[Candidate]) -> Finding:
    if hopeful:
        zh = f"没有表式标识，最接近的是 {hopeful[0].shown}，符合得太少"
        en = f"it carries no identity, and the nearest form, {hopeful[0].shown}, fits too little"
    else:
        zh = "没有表式标识，也找不到任何已知表式的表"
        en = "it carries no identity and no table of any known form"
    return finding("NOT-RECOGNISED", detail_zh=zh, detail_en=en)


def _doubts(candidates: Sequence[Candidate]) -> list[Finding]:
    """Why tables were not found: one form's doubt about a place is worth telling, that of three is not."""
    found = [f for c in candidates for p in c.placements if p.located is None for f in p.findings]
    return list({doubt.place: doubt for doubt in found}.values())


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


def _submission(
    grid: Grid, best: Candidate, known: Known, recognised: Finding
) -> tuple[Submission, tuple[Finding, ...]]:
    form = best.form
    read = Collector(blueprint(form), grid)
    read.findings.append(recognised)
    read.findings += wrong_units(form, best.placements, best.sheets)
    read.findings += best.findings
    for placement in best.placements:
        read.findings += placement.findings
        if placement.located is not None:
            read.read_table(placement.located)
        elif not placement.findings:
            title = form.title_of(placement.table)
            read.findings.append(finding("TABLE-MISSING", CellRef(label=title), table=title))
    facts = best.said.facts(form) | cover_facts(form, best.sheets)
    read.findings += best.said.findings
    if grid.flow:
        from xltools.matching.documents.narrative import read_narrative  # noqa: PLC0415 - as above

        narrative = read_narrative(form, best.rest, best.said.unit, best.said.titles)
        facts |= narrative.texts
        read.findings += narrative.findings
    else:
        facts |= section_texts(form, best.sheets)
    for id_, fact in facts.items():
        read.read_text(id_, fact.value, fact.place)
    unit, period = _who(read, best.said.unit, known.unit), _when(read, best)
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
    return read.with_totals_judged(submission), tuple(read.findings)


def _who(read: Collector, titled: str, known: Unit | None) -> Unit:
    given = known or Unit("")
    name = given.name or read.texts.get(UNIT, "") or titled
    if not name:
        read.findings.append(finding("UNIT-BLANK", CellRef(id=UNIT, label=read.form.cells[UNIT].label)))
    unit = Unit(name, given.code or read.texts.get(CODE, ""), given.level or read.texts.get(LEVEL, ""))
    return replace(unit, level=read.form.level_of(unit))


def _when(read: Collector, best: Candidate) -> Period | None:
    if best.period is None or not read.form.covers(best.period):
        place = CellRef(id=PERIOD, label=read.form.cells[PERIOD].label)
        read.findings.append(finding("PERIOD-BLANK", place, actual=best.said.shown or None))
        return None
    if not read.grid.flow:
        read.findings += _other_periods(read, best)
    return best.period


def _other_periods(read: Collector, best: Candidate) -> Iterator[Finding]:
    """Titles of a workbook that say another period than it is read for."""
    other = {title.period for title in titles(read.form, best.sheets)} - {best.period}
    if other:
        said = "、".join(sorted(map(str, other)))
        yield finding(
            "PERIOD-DIFFERS",
            read.place(PERIOD) if PERIOD in read.texts else CellRef(id=PERIOD),
            actual=str(best.period),
            expected=said,
            period=str(best.period),
            title=said,
        )
