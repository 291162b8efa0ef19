"""Submissions to publish: every figure another one, texts of several paragraphs."""

from __future__ import annotations

from tests.support.workbooks import submission_of, texts_of
from xltools.checking.check import check_submission
from xltools.layout.report import Report, report
from xltools.layout.report_text import figure_text
from xltools.model.form import Form
from xltools.model.submission import Submission

PROSE = "2020年，主动公开“三安全一稳定”信息1,234条。\n　　其中：政策文件5件，占0.4%。"


def telling(form: Form) -> Submission:
    """A submission in which no two figures are alike, so that none can stand in another's place."""
    values: dict[str, int | float] = {
        cell.id: 1000 + number if cell.type == "integer" else number + 0.25
        for number, cell in enumerate(form.inputs)
    }
    texts = {id_: text if id_.startswith("cover") else PROSE for id_, text in texts_of(form).items()}
    return check_submission(submission_of(form, values, texts=texts))[0]


def telling_report(form: Form) -> Report:
    return report(telling(form))


def figures_due(submission: Submission) -> dict[str, str]:
    return {cell.id: figure_text(submission.values[cell.id]) for cell in submission.form.figures}
