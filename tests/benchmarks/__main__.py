"""``make bench``: what a check costs beside the targets of the design. Prints a table, asserts nothing.

Ratios are of calls that ran in the same rounds; they hold better than milliseconds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import openpyxl
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

import xltools
from tests.benchmarks.timing import medians, peak_memory, process
from tests.benchmarks.workbooks import copies, resave, write_returns
from xltools.demo.county import county_returns
from xltools.layout.workbook import plan_workbook
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.last_period import figures_before, read_previous
from xltools.writing.files import write_whole
from xltools.writing.strict import ProtectedWorkbook
from xltools.writing.workbook import render_workbook

_FILES, _FEW = 200, 10
_ROSTER, _WITH_PREVIOUS = 1_000, 200
_FORM, _YEAR = "zfxxgk-2021", 2025


_DATA_OUT = """
import itertools, sys, xltools
checked = xltools.check(sys.argv[1:2])
xltools.write_data(itertools.islice(itertools.cycle(checked), {count}), sys.argv[2], force=True)
"""


class Row(NamedTuple):
    """One line of the table."""

    what: str
    measured: str
    target: str


def calamine(paths: Sequence[Path]) -> None:
    """The bare read of all sheets: values only."""
    for path in paths:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


def openpyxl_twice(paths: Sequence[Path]) -> None:
    """Formulas and values, which openpyxl reads in two loads."""
    for path in paths:
        openpyxl.load_workbook(path)
        openpyxl.load_workbook(path, data_only=True)


def check_rows(kind: str, files: list[Path], folder: Path) -> Iterable[Row]:
    """Reading, matching and all checks: one file a call, and many files in one call."""
    one = files[0]
    (checked,) = xltools.check([one])
    yield Row(kind, f"{one.stat().st_size / 1024:.1f} KB, {checked.status}", "")
    few = medians({"check": lambda: xltools.check([one]), "calamine": lambda: calamine([one])}, rounds=200)
    yield _against("  check, one file a call", "calamine", few["check"], few["calamine"])
    many = copies(files, _FILES, folder)
    all_ = medians({"check": lambda: xltools.check(many), "calamine": lambda: calamine(many)}, rounds=7)
    yield _against(
        f"  check, {_FILES} files a call, per file",
        "calamine",
        all_["check"] / _FILES,
        all_["calamine"] / _FILES,
    )
    some = files[:_FEW]
    slow = medians({"check": lambda: xltools.check(some), "openpyxl": lambda: openpyxl_twice(some)}, rounds=5)
    yield Row(
        f"  openpyxl's two loads, {_FEW} files in turn, per file",
        f"{slow['openpyxl'] / _FEW:8.2f} ms  {slow['openpyxl'] / slow['check']:5.1f} x check"
        f" ({slow['check'] / _FEW:.2f} ms)",
        ">= 40 x",
    )


def _against(what: str, peer: str, ours: float, theirs: float) -> Row:
    return Row(what, f"{ours:8.2f} ms  {ours / theirs:5.2f} x {peer} ({theirs:.2f} ms)", "<= 2.5 x")


def issue_rows(folder: Path) -> Iterable[Row]:
    """Blank workbooks for a roster, beside XlsxWriter once for each; on the disk, as users get them."""
    units = [Unit(f"云山县第{number}局", f"9901{number:05}", "县级部门") for number in range(_ROSTER)]
    yield _issued("issue", units, folder / "blanks", previous=None)
    last = Period(_YEAR - 1)
    form = xltools.load_form(_FORM)
    (folder / "last").mkdir()
    for submission in county_returns(form, last, units[:_WITH_PREVIOUS], seed=_YEAR):
        xltools.write(submission, folder / "last" / f"{submission.unit.code}.xlsx")
    yield _issued(
        "issue with last year's", units[:_WITH_PREVIOUS], folder / "filled", previous=folder / "last"
    )


def _issued(what: str, units: Sequence[Unit], folder: Path, *, previous: Path | None) -> Row:
    last = read_previous(previous, FormRegistry.of([])) if previous else {}
    form = xltools.load_form(_FORM)
    period = Period(_YEAR)

    def each() -> None:
        for unit in units[:_FEW]:
            before = figures_before(last, form, period, unit)
            plan = plan_workbook(Submission(form, period, unit, {}, previous=before))
            with patch.object(ProtectedWorkbook, "worksheet_class", Worksheet):  # XlsxWriter as it comes
                write_whole(folder / f"{unit.code}.xlsx", render_workbook(plan), force=True)

    def all_() -> None:
        xltools.issue(form, period, units, folder, previous=previous, force=True)

    reading = (
        medians({"read": lambda: read_previous(previous, FormRegistry.of([]))}, 1)["read"] if previous else 0
    )
    found = medians({"issue": all_, "XlsxWriter": each}, rounds=3)
    ours, theirs = (found["issue"] - reading) / len(units), found["XlsxWriter"] / _FEW
    return Row(
        f"  {what} {len(units):,} blanks, per file",
        f"{ours:8.2f} ms  {theirs / ours:5.1f} x faster than XlsxWriter each ({theirs:.1f} ms)",
        "" if previous else ">= 30 x",
    )


def data_rows(files: list[Path], folder: Path) -> Iterable[Row]:
    """Data out of submissions already checked: time a submission, and the most memory for few and many."""
    for suffix in (".csv", ".sqlite", ".parquet"):
        measured = []
        for count in (1_000, 5_000):
            work = _DATA_OUT.format(count=count)
            seconds = medians({"": process("-c", work, str(files[0]), str(folder / f"a{suffix}"))}, 1)[""]
            peak = peak_memory(work, str(files[0]), str(folder / f"a{suffix}"))
            memory = "" if peak is None else f", {peak:.0f} MB"
            measured.append(f"{count:,}: {seconds / count:.2f} ms each{memory}")
        yield Row(f"  data out, {suffix}", "; ".join(measured), "flat")


def start_rows(one: Path, byte_code: Path) -> Iterable[Row]:
    """Whole processes beyond a bare interpreter."""
    run = "import sys; from xltools.cli.app import main; sys.exit(main())"
    found = medians(
        {
            "bare": process("-c", "pass", byte_code=byte_code),
            "version": process("-c", run, "--version", byte_code=byte_code),
            "check": process("-c", run, "check", str(one), byte_code=byte_code),
        },
        rounds=15,
    )
    yield Row("bare interpreter", f"{found['bare']:8.1f} ms", "")
    yield Row("  xltools --version, beyond that", f"{found['version'] - found['bare']:8.1f} ms", "<= 100 ms")
    yield Row("  xltools check FILE, beyond that", f"{found['check'] - found['bare']:8.1f} ms", "<= 250 ms")


def memory_row(folder: Path) -> Row:
    """The most memory a check of many files needs, results included."""
    what = f"peak memory, check of {_FILES} files"
    bare = peak_memory("")
    peak = peak_memory("import xltools; found = xltools.check(sys.argv[1:])", str(folder))
    if bare is None or peak is None:
        return Row(what, "not measured: no /proc", "")
    return Row(what, f"{peak:8.1f} MB (bare interpreter {bare:.1f} MB)", "< 300 MB")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = write_returns(folder / "ours")
        rows = [*check_rows("as xltools writes it", ours, folder / "many")]
        saved = resave(ours, folder / "saved")
        if saved:
            rows += check_rows("as LibreOffice saves it", saved, folder / "many-saved")
        else:
            rows.append(Row("as LibreOffice saves it", "not measured: no soffice", ""))
        rows += issue_rows(folder)
        rows += data_rows(ours, folder)
        rows += start_rows(ours[0], folder / "byte-code")
        rows.append(memory_row(folder / "many"))
    width = max(len(row.what) for row in rows)
    wide = max(len(row.measured) for row in rows)
    for row in rows:
        print(f"{row.what:{width}}  {row.measured:{wide}}  {row.target}".rstrip())


if __name__ == "__main__":
    main()
