"""Who reports and for when, as a file without identity says it: beside labels, else in titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.values import as_text
from xltools.matching.documents.flow import Paragraph
from xltools.matching.labelled_values import LabelledValue, cover_facts, parse_period, titles
from xltools.matching.tables.sheet_texts import SheetTexts
from xltools.model.bare_text import bare_text
from xltools.model.days import parse_day
from xltools.model.form import PERIOD, Form
from xltools.model.period import Period

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class StatedIdentity:
    """The unit of the titles (empty: none), the period (None: not said clearly) and what was read of it.

    ``titles`` are the places of a document's titles, and of those that it links to; ``date`` is what stands
    in brackets below the first.
    """

    unit: str
    period: Period | None
    shown: str
    findings: tuple[Finding, ...] = ()
    titles: frozenset[tuple[str, str]] = frozenset()
    date: LabelledValue | None = None

    def facts(self, form: Form) -> dict[str, LabelledValue]:
        """What the title gives for the cover: the date of the report."""
        field = form.date_field
        return {field: self.date} if field and self.date is not None else {}


def stated_by_workbook(form: Form, sheets: Sequence[SheetTexts]) -> StatedIdentity:
    """What the sheets of a workbook say; titles that differ say nothing."""
    found = titles(form, sheets)
    units = {title.unit for title in found if title.unit}
    said = {title.period for title in found}
    period = next(iter(said)) if len(said) == 1 else None
    shown = "、".join(map(str, sorted(said, key=str)))
    return _with_label(form, sheets, StatedIdentity(units.pop() if len(units) == 1 else "", period, shown))


def stated_by_document(
    form: Form, sheets: Sequence[SheetTexts], lines: Sequence[Paragraph]
) -> StatedIdentity:
    """What a document says: of several titles the one above the first heading counts."""
    from xltools.matching.documents.report_title import report_titles  # noqa: PLC0415 - most files are workbooks

    found, links = report_titles(form, lines)
    linked = frozenset(place for title in links for place in title.places)
    if not found:
        return _with_label(form, sheets, StatedIdentity("", None, "", titles=linked))
    best = found[0]
    others = list(
        dict.fromkeys(
            other.text
            for other in found
            if other.title.period != best.title.period
            or (other.title.unit and best.title.unit and other.title.unit != best.title.unit)
        )
    )
    notes = []
    if others:
        where = CellRef(*best.place)
        notes = [finding("TITLES-DIFFER", where, chosen=best.text, others="；".join(others[:_SHOWN]))]
    period = best.title.period
    date = _date_below(lines, best.line)
    places = linked.union(*(title.places for title in found), [date.place] if date else [])
    said = StatedIdentity(best.title.unit, period, str(period), tuple(notes), places, date)
    return _with_label(form, sheets, said)


def _date_below(lines: Sequence[Paragraph], title: int) -> LabelledValue | None:
    """The date of a report as official documents give it: in brackets below the title."""
    if title + 1 >= len(lines):
        return None
    below = lines[title + 1]
    bare = bare_text(below.text)
    day = parse_day(bare[1:-1]) if bare.startswith("(") and bare.endswith(")") else None
    return None if day is None else LabelledValue(day.isoformat(), below.place)


def _with_label(form: Form, sheets: Sequence[SheetTexts], said: StatedIdentity) -> StatedIdentity:
    """The same with the period that stands beside its label, which counts before any title."""
    beside = cover_facts(form, sheets).get(PERIOD)
    if beside is None:
        return said
    shown = as_text(beside.value)
    return replace(said, period=parse_period(beside.value), shown=shown)
