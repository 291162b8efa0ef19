"""A checked file as bytes and back: what processes hand each other and what is kept on a disk.

A record is two lines of JSON (the file's name and time; the facts of :class:`Entry`) and a deflated
JSON body.
It is data and nothing else, never a pickle: reading one, whoever wrote it, can give a wrong answer or
``DamagedRecordError`` but cannot run anything. A body is only good for the very form definition it was
made with, whose digest stands in the facts.

Name and time come first and nowhere else, so that a file that was moved or copied needs no new record.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from xltools.checking.result import CheckedFile
from xltools.checking.storage.record_parts import (
    DECODE_ERRORS,
    Identity,
    Json,
    decode_finding,
    decode_submission,
    decode_unit,
    encode_finding,
    encode_submission,
    encode_unit,
    meaning,
    text_in,
    whole,
)
from xltools.diagnostics.findings import Severity, Status
from xltools.diagnostics.text import Text
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.submission import SubmissionKind
from xltools.model.unit import Unit

FORMAT = 3
"""Version of the record; it goes into every key under which one is kept."""
MAX_BODY = 256 * 1024 * 1024
"""Bytes of an inflated body; a file of 64 MB may hold that much text at the very most."""

FindForm = Callable[[str], Form | None]

_NOBODY = Unit("")
_FAST = 1
_ORIGIN = 2
_DUMP = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class DamagedRecordError(Exception):
    """The bytes are no record, or one of another form definition than the one at hand."""


class Counts(NamedTuple):
    """How many findings a file has; ``to_explain`` still want a 说明, ``explained`` have one."""

    errors: int = 0
    to_explain: int = 0
    explained: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """The light facts of a checked file, known without reading its body.

    ``trouble`` is the first of the findings that block, in words.
    ``date`` is the day written on the cover (empty: none), ``content`` a digest that two submissions
    share where form, period, unit, figures, texts and 说明 are the same, ``previous`` that of last
    period's figures it was checked with. Without a submission ``form`` and those three are empty.
    """

    file: str
    sha256: str | None
    status: Status
    counts: Counts
    form: str = ""
    kind: SubmissionKind = "return"
    unit: Unit = _NOBODY
    period: Period | None = None
    date: str = ""
    content: str = ""
    previous: str = ""
    modified: datetime | None = None
    zero_report: bool = False
    sums_up: tuple[str, ...] = ()
    trouble: Text | None = None


def entry_of(checked: CheckedFile, previous: str = "") -> Entry:
    """The light facts of a checked file; ``previous`` is the digest of last period's figures."""
    entry = Entry(
        checked.file,
        checked.sha256,
        checked.status,
        _count(checked),
        modified=checked.modified,
        trouble=next((found.message for found in checked.findings if found.blocks), None),
    )
    submission = checked.submission
    if submission is None:
        return entry
    return replace(
        entry,
        form=submission.form.id,
        kind=submission.kind,
        unit=submission.unit,
        period=submission.period,
        date=submission.dated,
        content=digest(meaning(submission)),
        previous=previous,
        zero_report=submission.zero_report,
        sums_up=submission.sums_up,
    )


def pack(checked: CheckedFile, previous: str = "") -> bytes:
    """The record of a checked file; ``previous`` says which figures of last period it was checked with."""
    submission, entry = checked.submission, entry_of(checked, previous)
    trouble = entry.trouble
    facts: list[Json] = [entry.sha256, entry.status.value, list(entry.counts)]
    facts.append(None if trouble is None else [trouble.zh, trouble.en])
    body: list[Json] = [[encode_finding(found) for found in checked.findings]]
    if submission is not None:
        period = entry.period
        facts += [entry.form, submission.form.digest, entry.kind, encode_unit(entry.unit)]
        facts += [[period.year, period.month] if period else None, entry.date]
        facts += [entry.content, entry.previous, entry.zero_report, list(entry.sums_up)]
        body.append(encode_submission(submission, checked.file))
    return of_file(_bytes(_DUMP(facts) + "\n"), checked.file, checked.modified) + zlib.compress(
        _bytes(_DUMP(body)), _FAST
    )


def read_entry(record: bytes) -> Entry:
    """The light facts; raises DamagedRecordError."""
    return _facts(record)[0]


def unpack(record: bytes, find_form: FindForm) -> CheckedFile:
    """The checked file, with its form from ``find_form``; raises DamagedRecordError."""
    entry, form_digest, rest = _facts(record)
    try:
        findings, *submission = json.loads(_inflated(rest))
        found = tuple(decode_finding(item) for item in findings)
        if not entry.form:
            return CheckedFile(entry.file, entry.sha256, None, found, entry.modified)
        form = find_form(entry.form)
        if form is None or form.digest != form_digest:
            raise DamagedRecordError(f"made with another definition of {entry.form}")
        identity = Identity(entry.kind, entry.unit, entry.period, entry.zero_report, entry.sums_up)
        read = decode_submission(submission[0], form, identity, entry.file)
    except DECODE_ERRORS as error:
        raise DamagedRecordError(repr(error)) from error
    return CheckedFile(entry.file, entry.sha256, read, found, entry.modified)


def of_file(record: bytes, file: str, modified: datetime | None) -> bytes:
    """The same record for a file of another name, or last changed at another time."""
    origin = [file, None if modified is None else modified.isoformat()]
    return _bytes(_DUMP(origin) + "\n") + anonymous(record)


def anonymous(record: bytes) -> bytes:
    """The record without name and time of its file; :func:`of_file` takes it as it takes a whole one."""
    first, _, rest = record.partition(b"\n")
    return rest if len(json.loads(first)) == _ORIGIN else record


def digest(data: Json) -> str:
    """A digest of plain data."""
    return sha256(_bytes(_DUMP(data))).hexdigest()


def _facts(record: bytes) -> tuple[Entry, str, bytes]:
    """The light facts, the digest of the form's definition (empty: none) and the deflated body."""
    try:
        origin, facts, body = record.split(b"\n", 2)
        file, modified = json.loads(origin)
        checksum, status, counts, trouble, *more = json.loads(facts)
        entry = Entry(
            text_in(file),
            None if checksum is None else text_in(checksum),
            Status(status),
            Counts(*map(whole, counts)),
            modified=None if modified is None else datetime.fromisoformat(modified),
            trouble=None if trouble is None else Text(*map(text_in, trouble)),
        )
        return (_with_submission(entry, more), text_in(more[1]), body) if more else (entry, "", body)
    except DECODE_ERRORS as error:
        raise DamagedRecordError(repr(error)) from error


def _with_submission(entry: Entry, more: list[Any]) -> Entry:
    form, _, kind, unit, period, date, content, previous, zero_report, sums_up = more
    if kind not in ("return", "summary"):
        raise ValueError(kind)
    return replace(
        entry,
        form=sys.intern(text_in(form)),  # the same in thousands of files
        kind=kind,
        unit=decode_unit(unit),
        period=Period(whole(period[0]), period[1] and whole(period[1])) if period else None,
        date=text_in(date),
        content=text_in(content),
        previous=sys.intern(text_in(previous)),
        zero_report=bool(zero_report),
        sums_up=tuple(map(text_in, sums_up)),
    )


def _count(checked: CheckedFile) -> Counts:
    severities = [found.severity for found in checked.findings]
    to_explain = sum(found.severity is Severity.EXPLAIN and found.blocks for found in checked.findings)
    return Counts(
        severities.count(Severity.ERROR),
        to_explain,
        severities.count(Severity.EXPLAIN) - to_explain,
        severities.count(Severity.NOTE),
    )


def _inflated(data: bytes) -> bytes:
    """The body; raises ValueError where it ends early or is larger than any can be."""
    inflater = zlib.decompressobj()
    body = inflater.decompress(data, MAX_BODY)
    if not inflater.eof or inflater.unused_data:
        raise ValueError("the body does not end where the record does")
    return body


def _bytes(text: str) -> bytes:
    """UTF-8, halves of surrogate pairs included: names of files on Linux may hold them."""
    return text.encode("utf-8", "surrogatepass")
