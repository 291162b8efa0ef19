"""A summary of as many units, files and findings as wanted, written without a file of any of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.support.checked_files import merge_checked
from tests.support.summaries import county, figures, unit
from tests.support.workbooks import FORM_2021, submission_of
from xltools.checking.check import check_submission
from xltools.checking.result import CheckedFile
from xltools.checking.storage.record import pack
from xltools.checking.storage.spool import Spool
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.model.period import Period
from xltools.model.submission import Source
from xltools.workflows.summary_file import write_summary


def write_full_summary(output: Path, *, units: int, left_out: int, findings: int) -> None:
    """Write the summary of ``units`` returns, each with so many findings, beside files left out."""
    checked = [*_checked(units, findings), *_left_out(left_out, findings)]
    _, summary = merge_checked(checked, county(1))
    assert summary is not None
    with Spool({FORM_2021.id: FORM_2021}.get) as spool:
        for file in checked:
            spool.append(pack(file))
        write_summary(summary, output, checked=spool, last={})


def _checked(units: int, findings: int) -> Iterator[CheckedFile]:
    for number in range(units):
        file, digest = f"{number:06}.xlsx", f"{number:064x}"
        source = Source(file, digest)
        given = submission_of(
            FORM_2021, figures(number), unit=unit(number), period=Period(2025), source=source
        )
        submission, _ = check_submission(given)
        yield CheckedFile(file, digest, submission, _findings(number, findings))


def _left_out(count: int, findings: int) -> Iterator[CheckedFile]:
    for number in range(count):
        yield CheckedFile(f"坏{number:06}.xlsx", f"{number:064x}", None, _findings(number, findings))


def _findings(number: int, count: int) -> tuple[Finding, ...]:
    """Notes, each with words of its own."""
    place = CellRef("三", "D5", "t3.new.natural", "本年新收 自然人")
    return tuple(
        finding("PREVIOUS-CORRECTED", place, old=number, new=each, who=f"单位{number}")
        for each in range(count)
    )
