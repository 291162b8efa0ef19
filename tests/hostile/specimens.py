"""Sound workbooks to be mutated, built once."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from tests.golden.refresh import filled
from tests.hostile.base import good, packed, unpacked, with_sheet
from tests.hostile.corpus_returns import summary
from tests.support.office import convert, soffice
from tests.support.workbooks import FORM_2021, submission_of
from xltools.layout.workbook import plan_workbook
from xltools.model.sheet_names import IDENTITY_SHEET
from xltools.writing.workbook import render_workbook

SMALL = '<row r="1"><c r="A1" t="inlineStr"><is><t>总计</t></is></c><c r="B1"><f>1+1</f><v>2</v></c></row>'


@cache
def specimen(name: str) -> bytes:
    """A sound workbook by its name; skips the test where LibreOffice is needed and not there."""
    match name:
        case "small":
            return with_sheet(SMALL * 5)
        case "blank":
            return render_workbook(plan_workbook(submission_of(FORM_2021, texts={})))
        case "filled":
            return render_workbook(plan_workbook(filled(FORM_2021)))
        case "summary":
            return summary()
        case "retyped":  # without identity: recognised by its labels
            members = unpacked(good())
            text = members["xl/workbook.xml"].decode().replace(IDENTITY_SHEET, "Sheet9")
            return packed(members | {"xl/workbook.xml": text.encode()})
        case _:
            return _saved(name.rpartition(".")[2])


def _saved(kind: str) -> bytes:
    soffice()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.xlsx")
        source.write_bytes(specimen("filled"))
        return convert([source], Path(folder, "out"), kind)[0].read_bytes()
