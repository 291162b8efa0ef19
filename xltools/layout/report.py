"""The published report as plain data: headings, paragraphs and tables in the official order.

What a unit publishes follows from its form and its submission alone. Word file and web page are two
renderings of the same ``Report``, so their content cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xltools.layout.report_pictures import Picture, report_pictures
from xltools.layout.report_table import ReportTable, report_table
from xltools.layout.report_text import DRAFT_MARK, clean, numeral, paragraphs, without_number, written_date
from xltools.model.form import Section
from xltools.model.submission import Submission


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section (level 1) or of one of its parts (level 2)."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    text: str


ReportPart = Heading | Paragraph | ReportTable | Picture


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report; ``title`` has a line for the unit, if known, and one for what it reports.

    ``date`` and ``mark`` stand below the title; each is empty where there is none. ``subject`` is the
    document that sets the format, ``author`` the unit.
    """

    title: tuple[str, ...]
    date: str
    mark: str
    parts: tuple[ReportPart, ...]
    subject: str
    author: str


def report(submission: Submission, *, date: str = "", draft: bool = False, pictures: bool = False) -> Report:
    """The report of a submission whose totals are computed.

    ``date`` is the day to print, by default the date field of the cover. A ``draft`` says so below the title.
    With ``pictures`` the form's bar charts stand below the tables that their figures are from, numbered.
    """
    drawn = report_pictures(submission) if pictures else ()
    numbered = tuple(replace(p, title=f"图{n}　{p.title}") for n, p in enumerate(drawn, 1))
    form, unit = submission.form, clean(submission.unit.name)
    day = written_date(date or submission.dated)
    return Report(
        title=tuple(line for line in (unit, _in_period(submission, form.title)) if line),
        date=f"（{day}）" if day else "",
        mark=f"（{DRAFT_MARK}）" if draft else "",
        parts=tuple(part for section in form.sections for part in _section(section, submission, numbered)),
        subject=clean(form.document),
        author=unit,
    )


def _section(section: Section, submission: Submission, pictures: Sequence[Picture]) -> Iterator[ReportPart]:
    """The heading to the letter, texts (under headings of their own where there are several), tables."""
    yield Heading(1, clean(section.title))
    for number, part in enumerate(section.texts, 1):
        if len(section.texts) > 1:
            yield Heading(2, clean(f"（{numeral(number)}）{part.label}"))
        yield from map(Paragraph, paragraphs(submission.texts.get(part.id, "")))
    if section.tables:
        yield report_table(section, submission, _in_period(submission, without_number(section.title)))
    tables = {table.id for table in section.tables}
    yield from (picture for picture in pictures if picture.table in tables)


def _in_period(submission: Submission, title: str) -> str:
    """A title with what it is for before it: ``2025年主动公开政府信息情况``."""
    return clean(f"{submission.period.label if submission.period else ''}{title}")
