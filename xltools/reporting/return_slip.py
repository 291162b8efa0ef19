"""A checked file to the plan of its return slip (退回表): in the words of the form, always Chinese."""

from __future__ import annotations

from dataclasses import replace

from xltools.checking.reissue import after_reissue
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import CATALOG
from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Language
from xltools.layout.plan import WorkbookPlan
from xltools.layout.problem_sheet import ProblemLine
from xltools.layout.slip import SlipPoint, plan_slip
from xltools.layout.styles import Emphasis
from xltools.layout.text_size import clipped
from xltools.model.form import IDENTITY_IDS
from xltools.model.submission import Submission
from xltools.reporting.finding_groups import by_weight, group_of
from xltools.reporting.problem_lines import headings, problem_line
from xltools.reporting.words import EXPLAINED, FIX, figure_words, labelled

_LANGUAGE: Language = "zh"
_LONGEST_COMMENT = 900
_MENDED = "已恢复"
_IN_PLACE = ("LABEL-CHANGED",)
"""Findings about no cell of the form whose address is the same in the slip as in the file sent in."""
_FORMULA_IS_BACK = "合计的公式已在本表恢复，自动算出，不必再改。"
_FORM_IS_BACK = "本表已按表样恢复，这一条不必再改。"


def slip_plan(checked: CheckedFile) -> WorkbookPlan:
    """The slip of a readable file: what is to be done first, then notes, then what the slip has mended.

    Raises ValueError for a file without a submission.
    """
    submission = checked.submission
    again = after_reissue(checked)
    assert submission is not None
    points = [_standing(finding) for finding in by_weight(again.standing)]
    points += [_mended(finding, submission) for finding in again.mended]
    h = headings(_LANGUAGE)
    columns = (h.number, h.message, h.place, h.item, h.actual, h.expected, h.fix, h.nature, h.code)
    doubtful = any(f.code == "IDENTITY-CHANGED" and f.place.id is None for f in again.standing)
    return plan_slip(submission, points, columns, doubtful=doubtful)


def _standing(finding: Finding) -> SlipPoint:
    line = problem_line(finding, _LANGUAGE)
    if finding.explanation is not None:
        line = replace(line, fix=labelled(_LANGUAGE, EXPLAINED, line.explanation))
    own_words = finding.code in CATALOG
    return SlipPoint(
        line=line,
        comment=_comment(finding, line),
        emphasis=Emphasis.ACT if finding.blocks else Emphasis.NOTICE,
        id=finding.place.id,
        # A rule's cells are all those it adds up; only the one it points to is in question.
        framed=finding.cells if own_words else (),
        reopened=finding.code == "IDENTITY-CHANGED" and finding.place.id in IDENTITY_IDS,
        typed=finding.actual,
    )


def _mended(finding: Finding, submission: Submission) -> SlipPoint:
    fix = _FORMULA_IS_BACK if finding.place.id in submission.typed_totals else _FORM_IS_BACK
    line = replace(problem_line(finding, _LANGUAGE), fix=fix, nature=_MENDED)
    if finding.place.id is None and finding.code not in _IN_PLACE:
        line = replace(line, cell="")
    return SlipPoint(line, _comment(finding, line), Emphasis.NOTICE, finding.place.id)


def _comment(finding: Finding, line: ProblemLine) -> str:
    """What stands at the cell: kind and message, what is and what should be, what to do, the code."""
    kind = line.nature if line.nature == _MENDED else group_of(finding).heading.in_language(_LANGUAGE)
    kind = kind.partition("：")[0]
    parts = [f"【{kind}】{line.message}", figure_words(finding, _LANGUAGE)]
    if finding.explanation is None:
        parts.append(labelled(_LANGUAGE, FIX, line.fix))
    else:
        parts.append(line.fix)
    parts.append(f"[{line.code}]")
    return clipped("\n".join(part for part in parts if part), _LONGEST_COMMENT)
