"""The ready blank beside each definition, for an office that has no roster yet.

``python -m tests.ready_blanks`` (``make blanks``) writes them anew; a test keeps them current.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.cases import ROOT
from xltools.definition.library import built_in_forms
from xltools.definition.load import load_definition
from xltools.layout.workbook import plan_workbook
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.writing.workbook import render_workbook


def ready_blanks() -> dict[Path, bytes]:
    """Path and content of every ready blank: unit and year are typed on the cover."""
    blanks = {}
    for id_, definition in built_in_forms().items():
        form = load_definition(definition)
        name = f"{form.title}（{form.first_year}格式）空白表.xlsx"
        blanks[ROOT / "templates" / id_ / name] = render_workbook(
            plan_workbook(Submission(form, None, Unit(""), {}))
        )
    return blanks


if __name__ == "__main__":
    for path, content in ready_blanks().items():
        path.write_bytes(content)
        print(path.relative_to(ROOT))
