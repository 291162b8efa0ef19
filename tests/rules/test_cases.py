"""Every case of every definition gives exactly its findings, and every rule has both kinds of case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cases import DEFINITIONS, Case, all_cases, cases_in, form_in
from xltools.checking.check import check_submission, in_order
from xltools.model.outcomes import State, outcomes

# What a case leaves out on purpose, and what is inferred from the findings that a case is about.
_IGNORED = {"TEXT-BLANK", "COVER-BLANK", "LIKELY-CULPRIT"}


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.form}: {case.name}")
def test_case_gives_its_findings(case: Case) -> None:
    submission, findings = check_submission(case.submission)
    found = [f"{f.code}[{f.place.id}]" for f in in_order(submission.form, findings) if f.code not in _IGNORED]
    assert found == list(case.expected)


@pytest.mark.parametrize("folder", DEFINITIONS, ids=lambda folder: folder.name)
def test_every_rule_passes_somewhere_and_fails_somewhere(folder: Path) -> None:
    passed: set[str] = set()
    failed: set[str] = set()
    for case in cases_in(folder):
        submission, _ = check_submission(case.submission)
        for outcome in outcomes(submission):
            rule = outcome.instance.rule.id
            if outcome.state is State.PASS:
                passed.add(rule)
            elif outcome.state in (State.FAIL, State.TO_EXPLAIN, State.EXPLAINED, State.NOTICE):
                failed.add(rule)
    rules = {rule.id for rule in form_in(folder).rules}
    assert passed == rules
    assert failed == rules
