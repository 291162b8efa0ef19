"""节点检查: what a parent reports itself against the sum of the units below it, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.checking.places import cell_ref
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.excel.values import COMPARE_DECIMALS, difference, plain, round_half_away, total
from xltools.merging.adding import add_up
from xltools.merging.coverage import Covered
from xltools.merging.members import Members
from xltools.merging.select import Load
from xltools.model.round import Filing, NodeCheck
from xltools.model.submission import Submission


def check_nodes(covered: Covered, load: Load) -> tuple[NodeCheck, ...]:
    """A check for every parent whose own file is here beside all files below it."""
    by_file = {filing.handed.file: filing for filing in covered.filings}
    return tuple(_check(by_file[file], below, load) for file, below in covered.below.items())


def _check(filing: Filing, below: Sequence[Filing], load: Load) -> NodeCheck:
    own = load(filing.handed.file)
    due = add_up(own.form, own.period, own.unit, Members(below, load))
    return NodeCheck(filing.unit, filing.handed.file, len(below), node_findings(own, due, len(below)))


def node_findings(own: Submission, due: Submission, count: int) -> tuple[Finding, ...]:
    """A finding for every figure of a parent that is not ``due``, the sum of its ``count`` units.

    Totals only where every figure they add up agrees: else they say the same once more.
    """
    wrong = {cell.id for cell in own.form.inputs if _differs(own, due, cell.id)}
    typed = {id_ for id_ in own.typed_totals if _differs(own, due, id_)} if not wrong else set()
    return tuple(_finding(own, due, cell.id, count) for cell in own.form.figures if cell.id in wrong | typed)


def _differs(own: Submission, due: Submission, id_: str) -> bool:
    return round_half_away(_by(own, due, id_), COMPARE_DECIMALS) != 0


def _by(own: Submission, due: Submission, id_: str) -> int | float:
    """How far a figure is from the sum; a blank is nothing."""
    return difference(*(total((submission.values.get(id_),)) for submission in (own, due)))


def _finding(own: Submission, due: Submission, id_: str, count: int) -> Finding:
    return finding(
        "NODE-DIFFERS",
        cell_ref(own, id_),
        actual=plain(own.values.get(id_)),
        expected=plain(due.values.get(id_)),
        cells=(id_,),
        count=count,
        difference=f"{plain(_by(own, due, id_)):+}",
    )
