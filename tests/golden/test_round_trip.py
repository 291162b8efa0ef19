"""A workbook that LibreOffice opened and saved says the same as before, in values and in findings."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.golden.refresh import filled
from tests.support.office import convert, soffice
from tests.support.workbooks import FORMS, MONTHLY_FILE, UNIT, fill, save, submission_of, zeros
from xltools.checking.result import CheckedFile
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.model.unit import Unit

KINDS = ("open", "blank", "written", "openpyxl", "prefilled", "zero", "summary")
NAMES = [f"{form.id}-{kind}" for form in FORMS for kind in KINDS]


@dataclass(frozen=True)
class RoundTrip:
    """One workbook before and after LibreOffice saved it."""

    before: Path
    after: Path


def workbooks(form: Form, folder: Path) -> Iterator[Path]:
    """A workbook of every kind; not all of them right, so that findings can be compared as well."""
    empty = replace(submission_of(form), values={}, texts={})
    last = {id_: 2 for instance in form.instances for id_ in instance.previous}
    yield save(Submission(form, None, Unit(""), {}), folder / f"{form.id}-open.xlsx")
    blank = save(empty, folder / f"{form.id}-blank.xlsx")
    yield blank
    yield xltools.write(filled(form), folder / f"{form.id}-written.xlsx")
    typed: dict[str, object] = {cell.id: number % 3 for number, cell in enumerate(form.inputs)}
    ids = (cell.id for cell in form.inputs)
    odd = dict(zip(ids, ("若干", "１２", -3, 2.5, 10**16, "#DIV/0!", None), strict=False))
    key = next((i.key for i in form.instances if i.rule.severity == "explain"), None)
    yield fill(
        blank,
        folder / f"{form.id}-openpyxl.xlsx",
        zeros(form) | typed | odd | {"cover.phone": "0531-00 12", "cover.date": datetime.date(2026, 1, 15)},
        form=form,
        explanations={key: ("多行\n说明", 1, 2.5)} if key else {},
    )
    yield save(replace(empty, previous=last), folder / f"{form.id}-prefilled.xlsx")
    yield save(replace(empty, zero_report=True), folder / f"{form.id}-zero.xlsx")
    parts = folder / f"parts-{form.id}"
    for number in range(2):
        unit = replace(UNIT, name=f"单位{number}", code=f"00{number}")
        save(submission_of(form, unit=unit), parts / f"{number}.xlsx")
    output = folder / f"{form.id}-summary.xlsx"
    xltools.merge([parts], output, unit=Unit("汇总", "9", form.levels[0].label), forms=[MONTHLY_FILE])
    yield output


@pytest.fixture(scope="module")
def trips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RoundTrip]:
    soffice()
    folder = tmp_path_factory.mktemp("trips")
    files = [path for form in FORMS for path in workbooks(form, folder)]
    saved = convert(files, folder / "saved")
    return {one.stem: RoundTrip(one, other) for one, other in zip(files, saved, strict=True)}


def check(path: Path) -> CheckedFile:
    (result,) = xltools.check([path], forms=[MONTHLY_FILE])
    return result


def facts(submission: Submission | None) -> dict[str, object]:
    assert submission is not None
    return {
        "form": submission.form.id,
        "period": submission.period,
        "unit": submission.unit,
        "kind": submission.kind,
        "zero report": submission.zero_report,
        "values": {id_: value for id_, value in submission.values.items() if value is not None},
        "texts": dict(submission.texts),
        "explanations": dict(submission.explanations),
        "previous": dict(submission.previous),
        "typed totals": submission.typed_totals,
    }


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_changes_nothing_that_is_read(name: str, trips: dict[str, RoundTrip]) -> None:
    before, after = check(trips[name].before), check(trips[name].after)
    assert facts(after.submission) == facts(before.submission)
    assert after.findings == before.findings
    assert after.status == before.status


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith("-openpyxl")])
def test_every_cached_result_is_what_libreoffice_computes(name: str, trips: dict[str, RoundTrip]) -> None:
    formulas = openpyxl.load_workbook(trips[name].before)
    cached = openpyxl.load_workbook(trips[name].before, data_only=True)
    computed = openpyxl.load_workbook(trips[name].after, data_only=True)
    compared = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours = cached[sheet.title][cell.coordinate].value
                    theirs = computed[sheet.title][cell.coordinate].value
                    assert (ours or None) == (theirs or None), f"{sheet.title}!{cell.coordinate} {cell.value}"
                    compared += 1
    assert compared > 100


@pytest.mark.libreoffice
def test_the_comparison_is_of_workbooks_with_something_to_say(trips: dict[str, RoundTrip]) -> None:
    result = check(trips["zfxxgk-2021-openpyxl"].after)
    found = {finding.code for finding in result.findings}
    wrong = {"TEXT-IN-NUMBER", "NEGATIVE", "NOT-INTEGER", "TOO-LARGE", "ERROR-VALUE", "BLANK"}
    assert {*wrong, "TEXT-CONVERTED"} <= found
    assert result.submission is not None
    assert result.submission.texts["cover.phone"] == "0531-00 12"
    assert check(trips["zfxxgk-2021-written"].after).submission.explanations  # type: ignore[union-attr]
    assert check(trips["zfxxgk-2021-prefilled"].after).submission.previous  # type: ignore[union-attr]
    assert check(trips["zfxxgk-2021-summary"].after).submission.kind == "summary"  # type: ignore[union-attr]
