"""The likely culprit as a finding: a note that says which figure to look at first, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltools.checking.cell_refs import cell_ref
from xltools.checking.culprit import Culprit, Repair, likely_culprits
from xltools.checking.typing_errors import Slip
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding, Severity
from xltools.diagnostics.text import Text
from xltools.excel.values import is_blank, plain
from xltools.model.outcomes import outcomes
from xltools.model.submission import Submission

SLIP_WORDS: dict[Slip | None, Text] = {
    Slip.TRANSPOSED: Text("相邻两位数字写颠倒", "two digits swapped"),
    Slip.MISSING_DIGIT: Text("漏了一位数字", "a digit missing"),
    Slip.DOUBLED_DIGIT: Text("一位数字重复", "a digit written twice"),
    Slip.SIGN: Text("正负号错", "wrong sign"),
    Slip.NEIGHBOUR: Text("填到了相邻的格", "written into the neighbouring cell"),
    Slip.EXCHANGED: Text("总计与其中一项填反", "a total and one of its parts exchanged"),
    Slip.NO_NUMBER: Text("没有填数字", "no number entered"),
    None: Text("看不出是哪种笔误", "no known kind of slip"),
}
_BLANK = Text("空", "blank")
_CHANGE = Text("“{label}”{read}，改为 {due}", '"{label}" {read}, to be {due}')
_ONE = Text("{changes}（{slips}）", "{changes} ({slips})")


def check_culprit(submission: Submission, findings: Sequence[Finding]) -> Iterator[Finding]:
    """One note on the figures that would mend every failing equality, where some stand out.

    ``findings`` are those of the other checks: where no rule of the form fails as an error there is
    nothing to look for, and nothing is computed. The figures of a summary are nobody's slips.
    """
    rules = {rule.id for rule in submission.form.rules if rule.severity is Severity.ERROR}
    if submission.kind == "return" and any(found.code in rules for found in findings):
        culprits = likely_culprits(submission, outcomes(submission))
        if culprits and not _already_said(culprits, findings):
            yield _finding(submission, culprits)


def _already_said(culprits: Sequence[Culprit], findings: Sequence[Finding]) -> bool:
    """Whether the one rule that fails says by itself what its cell should be, and no slip is known."""
    (culprit, *others) = culprits
    (repair, *more) = culprit.cells
    return not (others or more or repair.slip or len(culprit.mends) > 1) and any(
        found.place.id == repair.cell_id and found.expected == repair.due and not found.sides
        for found in findings
    )


def _finding(submission: Submission, culprits: Sequence[Culprit]) -> Finding:
    first = culprits[0].cells[0]
    alone = len(culprits) == 1
    told = [_told(submission, culprit) for culprit in culprits]
    rules = list(dict.fromkeys(key.partition("[")[0] for key in culprits[0].mends))
    count = len(culprits[0].mends)
    return finding(
        "LIKELY-CULPRIT",
        cell_ref(submission, first.cell_id),
        # Of several none is said to be the one.
        actual=plain(first.read) if alone else None,
        expected=plain(first.due) if alone else None,
        cells=tuple(dict.fromkeys(repair.cell_id for culprit in culprits for repair in culprit.cells)),
        rules_zh=f"{'、'.join(rules)}，共 {count} 处",
        rules_en=f"{', '.join(rules)}: {count} line{'s' if count > 1 else ''}",
        detail_zh=("" if alone else "下列之一，可能性大的在前：") + "；或者".join(text.zh for text in told),
        detail_en=("" if alone else "one of these, the likeliest first: ")
        + "; or ".join(text.en for text in told),
    )


def _told(submission: Submission, culprit: Culprit) -> Text:
    changes = [_change(submission, repair) for repair in culprit.cells]
    slips = [SLIP_WORDS[slip] for slip in dict.fromkeys(repair.slip for repair in culprit.cells)]
    return Text(
        _ONE.zh.format(changes="，".join(c.zh for c in changes), slips="、".join(s.zh for s in slips)),
        _ONE.en.format(changes=" and ".join(c.en for c in changes), slips=", ".join(s.en for s in slips)),
    )


def _change(submission: Submission, repair: Repair) -> Text:
    label = submission.form.cells[repair.cell_id].label
    read = _BLANK if is_blank(repair.read) else Text(str(plain(repair.read)), str(plain(repair.read)))
    return Text(
        _CHANGE.zh.format(label=label, read=read.zh, due=plain(repair.due)),
        _CHANGE.en.format(label=label, read=read.en, due=plain(repair.due)),
    )
