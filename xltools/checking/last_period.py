"""Last period's figures as they are known now, against those a workbook was issued with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.excel.values import Value, is_blank, plain
from xltools.model.form import in_words
from xltools.model.outcomes import FAILED_STATES, State, outcomes, with_totals
from xltools.model.submission import Submission

_LAST_PERIOD = "上期"


def with_last_period(
    submission: Submission, before: Mapping[str, Value], who: str
) -> tuple[Submission, tuple[Finding, ...]]:
    """The submission with last period's figures ``before``, and a note for each that was corrected since.

    A figure that the workbook carries otherwise was corrected after it was issued, by ``who``. That is
    no error of this period: a rule that holds with the figure carried is judged by that one. A blank says
    nothing: it corrects no figure, and is none that could be corrected.
    """
    carried = {id_: value for id_, value in submission.previous.items() if not is_blank(value)}
    previous = carried | {id_: value for id_, value in before.items() if not is_blank(value)}
    corrected = {id_: old for id_, old in carried.items() if plain(previous[id_]) != plain(old)}
    if not corrected:
        return replace(submission, previous=previous), ()
    kept = _joined_on_to_the_old(replace(submission, previous=previous), corrected)
    previous |= {id_: carried[id_] for id_ in kept}
    notes = tuple(
        _note(submission, cell.id, carried[cell.id], before[cell.id], who)
        for cell in submission.form.figures
        if cell.id in corrected
    )
    return replace(submission, previous=previous), notes


def _joined_on_to_the_old(submission: Submission, carried: Mapping[str, Value]) -> set[str]:
    """The corrected ids of which a rule fails with the new figure, and holds with the one carried."""
    new = replace(submission, values=with_totals(submission))
    old = replace(new, previous={**submission.previous, **carried})
    held = {outcome.instance.key for outcome in outcomes(old) if outcome.state is State.PASS}
    failing = (o.instance for o in outcomes(new) if o.state in FAILED_STATES and o.instance.key in held)
    return {id_ for instance in failing for id_ in instance.previous if id_ in carried}


def _note(submission: Submission, id_: str, old: Value, new: Value, who: str) -> Finding:
    label = in_words(_LAST_PERIOD, submission.form.cells[id_].label)
    # Old and new stand in the sentence alone: as actual and expected they would read like an error.
    return finding("PREVIOUS-CORRECTED", CellRef(label=label), old=plain(old), new=plain(new), who=who)
