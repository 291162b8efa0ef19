"""节点检查: what a parent reports itself against the sum of the units below it, cell by cell."""

from __future__ import annotations

from xltools.checking.cell_refs import cell_ref
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.excel.values import COMPARE_DECIMALS, difference, plain, round_half_away, total
from xltools.merging.adding import add_up
from xltools.merging.coverage import Below, Covered
from xltools.merging.members import Members
from xltools.merging.select import Load
from xltools.model.round import Filing, NodeCheck
from xltools.model.submission import Submission


def check_nodes(covered: Covered, load: Load) -> tuple[NodeCheck, ...]:
    """A check for every parent whose own file is here beside files below it."""
    by_file = {filing.handed.file: filing for filing in covered.filings}
    return tuple(_check(by_file[file], below, load) for file, below in covered.below.items() if below.filings)


def _check(filing: Filing, below: Below, load: Load) -> NodeCheck:
    own, count, lacking = load(filing.handed.file), len(below.filings), len(below.lacking)
    due = add_up(own.form, own.period, own.unit, Members(below.filings, load))
    findings = node_findings(own, due, count, lacking)
    if filing.handed.sums_up:  # it says unit by unit what it holds: that it holds more needs no line a figure
        findings = tuple(found for found in findings if found.code != "NODE-PARTIAL")
    return NodeCheck(filing.unit, filing.handed.file, count, findings, lacking)


def node_findings(own: Submission, due: Submission, count: int, lacking: int = 0) -> tuple[Finding, ...]:
    """A finding for every figure of a parent that is not ``due``, the sum of ``count`` files below it.

    Where units are ``lacking`` in the sum, only a figure below it is sure to be wrong: the others are to
    be known. Totals only where every figure they add up agrees: else they say the same once more.
    """
    wrong = {cell.id for cell in own.form.inputs if _differs(own, due, cell.id)}
    typed = {id_ for id_ in own.typed_totals if _differs(own, due, id_)} if not wrong else set()
    return tuple(
        _finding(own, due, cell.id, count, lacking) for cell in own.form.figures if cell.id in wrong | typed
    )


def _differs(own: Submission, due: Submission, id_: str) -> bool:
    return round_half_away(_by(own, due, id_), COMPARE_DECIMALS) != 0


def _by(own: Submission, due: Submission, id_: str) -> int | float:
    """How far a figure is from the sum; a blank is nothing."""
    return difference(*(total((submission.values.get(id_),)) for submission in (own, due)))


def _finding(own: Submission, due: Submission, id_: str, count: int, lacking: int) -> Finding:
    by = _by(own, due, id_)
    code = "NODE-DIFFERS" if not lacking else "NODE-BELOW-SUM" if by < 0 else "NODE-PARTIAL"
    own_figure, sum_below = plain(own.values.get(id_)), plain(due.values.get(id_))
    return finding(
        code,
        cell_ref(own, id_),
        actual=own_figure,
        expected=sum_below,
        cells=(id_,),
        count=count,
        lacking=lacking,
        own=own_figure or 0,
        sum=sum_below or 0,
        difference=plain(abs(by)),
    )
