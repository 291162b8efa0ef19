"""One rule, two targets: Python and LibreOffice say the same of the same filled workbooks.

Every workbook is written with wrong cached values (all zeros and 通过), so that only what LibreOffice
computed itself can agree. It gives the result as CSV, which no reader of ours has to open.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import xltools.layout.audit_sheet as audit
from tests.support.cases import DEFINITIONS, all_cases, cases_in, form_in
from tests.support.office import Computed, compute
from xltools.excel.limits import MAX_EXACT_NUMBER
from xltools.excel.values import Value, is_number
from xltools.layout.audit_sheet import AuditLine, audit_lines, open_points
from xltools.layout.places import AUDIT_DIFFERENCE, AUDIT_LEFT, AUDIT_RIGHT, places
from xltools.layout.workbook import plan_workbook, prefilled_values
from xltools.model.form import Form
from xltools.model.outcomes import with_totals
from xltools.model.period import Period
from xltools.model.sheet_names import AUDIT_SHEET
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit
from xltools.writing.workbook import render_workbook

MADE_FILLS = 75  # a definition, beside its cases
LEAST_EVALUATIONS = 20_000  # over all definitions
_CACHED = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")


@dataclass(frozen=True)
class Disagreement:
    """One place where the two targets differ."""

    workbook: str
    line: str
    python: object
    office: object


def _figures(form: Form) -> st.SearchStrategy[dict[str, Value]]:
    """Fills nobody thought of: mostly small numbers, with everything that goes wrong mixed in."""
    small = st.integers(0, 12)
    odd = st.one_of(
        st.none(),
        st.integers(-5, -1),
        st.integers(0, 10**6),
        st.sampled_from([10**12, 999_999_999_999_999, 1e16, 2.5e18]),
        st.decimals(0, 1000, places=2).map(float),
        st.sampled_from(["无", "/", "—", "12", "１２", "1,234", "三件", " "]),
    )
    ids = [cell.id for cell in form.inputs]

    @st.composite
    def fill(draw: Callable[..., object]) -> dict[str, Value]:
        mood = draw(st.sampled_from(["valid", "valid", "sparse", "broken", "wild"]))
        if mood == "valid":
            return {id_: draw(small) for id_ in ids}
        if mood == "sparse":
            return {id_: draw(small) for id_ in ids if draw(st.booleans())}
        share = 8 if mood == "broken" else 2
        return {id_: draw(odd) if draw(st.integers(0, share)) == 0 else draw(small) for id_ in ids}

    return fill()


def _balance(form: Form, values: dict[str, Value], random: Random) -> dict[str, Value]:
    """Make some columns of table 三 balance, so that rules are also seen to hold."""
    if "t3.new.natural" not in values:
        return values
    table = next(table for table in form.tables if table.id == "t3")
    filled = with_totals(Submission(form, None, Unit(""), values))
    changed = dict(values)
    for column in table.column_leaves[:-1]:
        parts = [filled.get(f"t3.{row}.{column.id}") for row in ("handled", "carried_out", "carried_in")]
        if random.random() < 0.7 and all(is_number(part) and abs(part) < MAX_EXACT_NUMBER for part in parts):  # type: ignore[arg-type]
            handled, out, before = parts
            changed[f"t3.new.{column.id}"] = handled + out - before  # type: ignore[operator]
    return changed


def made_submissions(form: Form, count: int) -> list[Submission]:
    """``count`` submissions with a fixed seed, over all levels, periods and explanations."""
    made: list[Submission] = []
    random = Random(2021)

    @seed(2021)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(values=_figures(form))
    def collect(values: dict[str, Value]) -> None:
        made.append(_submission(form, _balance(form, values, random), random))

    collect()
    return made


def _submission(form: Form, values: dict[str, Value], random: Random) -> Submission:
    level = random.choice([level.label for level in form.levels] + [""])
    year = random.randint(form.first_year, form.last_year or form.first_year + 4)
    period = Period(year, random.randrange(1, 13) if form.period == "month" else None)
    before = sorted({id_ for instance in form.instances for id_ in instance.previous})
    known = random.random() < 0.7
    previous: dict[str, Value] = {id_: random.randrange(0, 12) for id_ in before} if known else {}
    zero = random.random() < 0.15
    submission = Submission(
        form, period, Unit("某单位", "1", level), values, previous=previous, zero_report=zero
    )
    submission = replace(submission, values={**values, **prefilled_values(submission)})
    return replace(submission, explanations=_explanations(submission, random))


def _explanations(submission: Submission, random: Random) -> dict[str, Explanation]:
    complete = replace(submission, values=with_totals(submission))
    found = {}
    for line in audit_lines(complete):
        instance = submission.form.instance_by_key.get(line.key)
        if instance is not None and instance.rule.severity == "explain" and random.random() < 0.5:
            figures = random.choice([(None, None), (line.left, line.right), (line.left, 7)])
            found[line.key] = Explanation(random.choice(["重新清理", "  ", "经核实无误"]), *figures)
    return found


def spoil_cache(data: bytes, target: Path) -> None:
    """Write the workbook with every cached result replaced by 0, so that none can be trusted."""
    source = target.with_suffix(".tmp")
    source.write_bytes(data)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            part = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                part = _CACHED.sub(rb"\1<v>0</v>", part.replace(b' t="str"', b""))
            new.writestr(item.filename, part)
    source.unlink()


def disagreements(submission: Submission, computed: Computed) -> tuple[int, list[Disagreement]]:
    """How many rule lines were compared, and where Python and LibreOffice differ."""
    complete = replace(submission, values=with_totals(submission))
    where = places(submission.form)
    totals = {cell.id: where.cells[cell.id] for cell in submission.form.totals}
    sheets = {name: computed.sheet(name) for name in {AUDIT_SHEET, *(p.sheet for p in totals.values())}}
    audit = sheets[AUDIT_SHEET]
    lines = audit_lines(complete)
    found = []
    for line in lines:
        row = audit[where.audit[line.key]]
        office = (row[0], row[AUDIT_LEFT], row[AUDIT_RIGHT], row[AUDIT_DIFFERENCE])
        if not _agree(line, office):
            found.append(Disagreement(computed.name, line.key, line, office))
    if audit[1][1] != open_points(lines):
        found.append(Disagreement(computed.name, "open points", open_points(lines), audit[1][1]))
    for id_, place in totals.items():
        office_total = sheets[place.sheet][place.row][place.column]
        if not _same(complete.values.get(id_), office_total):
            found.append(Disagreement(computed.name, id_, complete.values.get(id_), office_total))
    return len(lines), found


def _agree(line: AuditLine, office: tuple[object, ...]) -> bool:
    state, left, right, difference = office
    if state != str(line.state) or not _same(line.left, left) or not _same(line.right, right):
        return False
    if line.left is None or line.right is None:
        return difference in (None, "")
    kept = max(1e-6, 1e-14 * max(abs(line.left), abs(line.right)))  # beyond 15 digits all is noise
    return _same(round(line.left - line.right, 6), difference, tolerance=kept)


def _same(ours: Value, theirs: object, tolerance: float = 0.0) -> bool:
    """Equal to the 15 digits a spreadsheet keeps."""
    if ours is None:
        return theirs in (None, "")
    if not isinstance(theirs, (int, float)) or isinstance(theirs, bool) or not isinstance(ours, (int, float)):
        return ours == theirs
    return math.isclose(ours, theirs, rel_tol=1e-14, abs_tol=tolerance)


def submissions_of(folder: Path) -> list[Submission]:
    """All cases of a definition, and as many made ones."""
    return [case.submission for case in cases_in(folder)] + made_submissions(form_in(folder), MADE_FILLS)


def test_enough_is_evaluated() -> None:
    lines = {folder: len(places(form_in(folder)).audit) for folder in DEFINITIONS}
    evaluations = sum(lines[f] * (len(cases_in(f)) + MADE_FILLS) for f in DEFINITIONS)
    assert evaluations >= LEAST_EVALUATIONS


@pytest.mark.libreoffice
@pytest.mark.parametrize("folder", DEFINITIONS, ids=lambda folder: folder.name)
def test_python_and_libreoffice_agree_on_every_rule(folder: Path, tmp_path: Path) -> None:
    submissions = submissions_of(folder)
    files = []
    for number, submission in enumerate(submissions):
        files.append(tmp_path / f"{number:04}.xlsx")
        spoil_cache(render_workbook(plan_workbook(submission)), files[-1])
    computed = compute(files, tmp_path / "out")
    results = [disagreements(s, c) for s, c in zip(submissions, computed, strict=True)]
    differing = [entry for _, found in results for entry in found]
    assert not differing, "\n".join(map(str, differing[:20])) + f"\n… {len(differing)} in all"
    evaluations = sum(count for count, _ in results)
    assert evaluations == len(submissions) * len(places(form_in(folder)).audit)
    print(f"{folder.name}: {evaluations} rule evaluations in {len(files)} workbooks agree")


@pytest.mark.libreoffice
def test_a_wrong_formula_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The referee must be able to say no: with one operand dropped from a formula it does."""
    right = audit.side_formulas

    def wrong(*args: object) -> tuple[str, str, str]:
        left, right_side, difference = right(*args)  # type: ignore[arg-type]
        return left.replace("+", "-", 1), right_side, difference

    monkeypatch.setattr(audit, "side_formulas", wrong)
    of_2021 = [case for case in all_cases() if case.form == "zfxxgk-2021"]
    case = next(case for case in of_2021 if case.submission.values.get("t3.new.natural"))
    submission = replace(case.submission, values={**case.submission.values, "t3.carried_in.natural": 4})
    spoil_cache(render_workbook(plan_workbook(submission)), tmp_path / "wrong.xlsx")
    (computed,) = compute([tmp_path / "wrong.xlsx"], tmp_path / "out")
    _, found = disagreements(submission, computed)
    assert any(entry.line == "T3-BALANCE[natural]" for entry in found)
