"""The golden workbooks: one blank and one filled of each form, and how to renew them.

``python -m tests.golden.refresh`` writes them anew; look at what changed before committing them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.support.workbooks import FORMS, submission_of
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.submission import Explanation, Submission
from xltools.writing.workbook import render_workbook

FOLDER = Path(__file__).resolve().parent


def filled(form: Form) -> Submission:
    """Figures that pass some rules and fail others, a prefilled row, an explanation and a blank."""
    inputs = {cell.id: number % 7 for number, cell in enumerate(form.inputs)}
    inputs[form.inputs[-1].id] = None  # type: ignore[assignment]
    last = {id_: 3 for instance in form.instances for id_ in instance.previous}
    prefilled = dict.fromkeys(form.prefilling)
    keys = [instance.key for instance in form.instances if instance.rule.severity == "explain"]
    return submission_of(
        form,
        inputs | prefilled,
        previous=last,
        explanations={key: Explanation("经核实无误") for key in keys[:2]},
    )


def golden_submissions() -> dict[str, Submission]:
    """File stem to the submission that the golden workbook holds."""
    found: dict[str, Submission] = {}
    for form in FORMS:
        found[f"{form.id}-blank"] = replace(submission_of(form), values={}, texts={})
        found[f"{form.id}-filled"] = filled(form)
    return found


def main() -> None:
    """Write every golden workbook."""
    for stem, submission in golden_submissions().items():
        path = FOLDER / f"{stem}.xlsx"
        path.write_bytes(render_workbook(plan_workbook(submission)))
        print(path)


if __name__ == "__main__":
    main()
