"""Checked files as the few facts that choosing among files needs; their figures are not kept."""

from __future__ import annotations

from xltools.checking.storage.record import Entry
from xltools.checking.storage.spool import Spool
from xltools.model.days import parse_day
from xltools.model.round import HandedFile


def handed_files(spool: Spool) -> list[HandedFile]:
    """What choosing needs to know of every file of a spool, none of which is read again."""
    titles = {"": ""}
    for entry in spool.entries:
        if entry.form not in titles:
            form = spool.find_form(entry.form)
            titles[entry.form] = form.title if form else ""
    return [handed_of(entry, titles[entry.form]) for entry in spool.entries]


def handed_of(entry: Entry, title: str) -> HandedFile:
    """What choosing needs to know of one; a day on the cover that is none is not ``dated``."""
    return HandedFile(
        file=entry.file,
        status=entry.status,
        unit=entry.unit,
        form=entry.form,
        title=title,
        period=entry.period,
        kind=entry.kind,
        zero_report=entry.zero_report,
        dated=parse_day(entry.date),
        modified=entry.modified,
        sha256=entry.sha256,
        sums_up=entry.sums_up,
        errors=entry.counts.errors,
        to_explain=entry.counts.to_explain,
        trouble=entry.trouble,
    )
