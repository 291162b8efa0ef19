"""How every unit of a roster stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.support.workbooks import FORM_2021, submission_of
from tests.unit.merging.files import (
    WRONG,
    checked,
    fates,
    file_of,
    handled,
    merged,
    standing_of,
    standings,
    summary_file,
)
from xltools.checking.result import CheckedFile
from xltools.model.period import Period
from xltools.model.round import Standing, Tally
from xltools.model.unit import Roster, Unit
from xltools.reporting.reminders import reminders
from xltools.reporting.round_words import tally_words
from xltools.reporting.status_text import status_text

COUNTY = Unit("云山县", "99", "县级政府")
UNITS = tuple(Unit(f"单位{n}", f"0{n}", "县级部门", "99") for n in range(1, 7))
ROSTER = Roster((COUNTY, *UNITS))


def test_every_kind_of_standing() -> None:
    files = [
        file_of(UNITS[0], handled(2)),
        file_of(UNITS[1], WRONG),
        file_of(UNITS[2], {"t2_1.normative.issued": 3}),
        checked(replace(submission_of(FORM_2021, unit=UNITS[3], zero_report=True), values={}), "04.xlsx"),
        *(file_of(UNITS[4], handled(n), file=f"{n}.xlsx") for n in (1, 2)),
        CheckedFile("06_单位6.xlsx", None, None, file_of(UNITS[1], WRONG).findings),
        file_of(Unit("外人", "77"), handled(1)),
    ]
    status = standing_of(files, ROSTER)
    assert standings(status) == {
        "99": Standing.COLLECTS,
        "01": Standing.RECEIVED,
        "02": Standing.ERROR,
        "03": Standing.EXPLAIN,
        "04": Standing.ZERO,
        "05": Standing.UNDECIDED,
        "06": Standing.MISSING,
    }
    tally = Tally.of(status.units)
    assert (tally.due, tally.accepted, tally.late) == (6, 2, 0)
    assert {f.handed.file for f in status.strangers} == {"06_单位6.xlsx", "77.xlsx"}
    hint = status.strangers[0]
    assert [unit.code for unit in hint.near] == ["06"]
    assert not status.is_complete


def test_complete() -> None:
    assert standing_of([file_of(unit, handled(1)) for unit in UNITS], ROSTER).is_complete


def test_late_by_the_first_file_and_overdue_where_none_came() -> None:
    files = [
        file_of(UNITS[0], handled(1), dated="2026-01-31"),
        file_of(UNITS[1], handled(1), dated="2026-02-01"),
        # handed in in time and corrected afterwards
        file_of(UNITS[2], WRONG, file="先.xlsx", dated="2026-01-20"),
        file_of(UNITS[2], handled(1), file="后.xlsx", dated="2026-02-02"),
        file_of(UNITS[3], handled(1), dated="", modified="2026-02-02T08:00:00"),
        file_of(UNITS[4], handled(1), dated="2062-01-01", modified="2026-01-02T08:00:00"),
    ]
    status = standing_of(files, ROSTER, deadline="2026-01-31")
    assert {unit.unit.code for unit in status.units if unit.late} == {"02", "04", "06"}
    tally = Tally.of(status.units)
    assert (tally.late, tally.overdue) == (3, 1)
    assert tally_words(tally, "zh") == "应报 6，已报送 5，未报送 1（已逾期 1），迟报 2"
    assert tally_words(tally, "en") == "6 due, 5 received, 1 missing (1 overdue), 2 handed in late"
    assert status.units[3].handed_on == date(2026, 1, 20)
    before = standing_of([], ROSTER, deadline="2026-01-31", today=date(2026, 1, 31))
    assert not any(unit.late for unit in before.units)


def test_a_units_own_deadline_comes_before_its_parents_and_the_rounds() -> None:
    parent = replace(COUNTY, deadline=date(2026, 1, 20))
    roster = Roster((parent, replace(UNITS[0], deadline=date(2026, 3, 1)), UNITS[1], Unit("外", "7")))
    deadlines = {u.unit.code: str(u.deadline) for u in standing_of([], roster, deadline="2026-02-01").units}
    assert deadlines == {"99": "2026-01-20", "01": "2026-03-01", "02": "2026-01-20", "7": "2026-02-01"}


def test_last_years_file_leaves_its_unit_missing() -> None:
    files = [*(file_of(unit, handled(1)) for unit in UNITS[:4])]
    files.append(file_of(UNITS[4], handled(1), file="去年.xlsx", period=Period(2024)))
    status = standing_of(files, ROSTER)
    assert status.period == Period(2025)
    assert standings(status)["05"] is Standing.MISSING
    assert fates(status.units[5].filings) == {"去年.xlsx": "other-round"}


def test_a_summary_made_of_the_folder_makes_nobody_reported() -> None:
    files = [file_of(unit, handled(1)) for unit in UNITS[:2]]
    _, summary = merged(files, COUNTY)
    assert summary is not None
    status = standing_of([*files, summary_file(summary, "汇总.xlsx")], ROSTER)
    assert standings(status)["03"] is Standing.MISSING
    assert fates(status.filings)["汇总.xlsx"] == "own"


CITY = Unit("示例市", "9", "市级政府")
TREE = Roster((CITY, replace(COUNTY, parent="9"), *UNITS[:3]))


def test_a_parents_return_does_not_stand_for_those_of_the_units_below() -> None:
    """Its figures hold theirs, but each still owes its return, or has handed it in."""
    files = [
        file_of(COUNTY, handled(5)),
        file_of(UNITS[1], handled(1)),
        file_of(UNITS[2], WRONG, file="错.xlsx"),
    ]
    status = standing_of(files, TREE)
    assert standings(status) == {
        "9": Standing.COLLECTS,
        "99": Standing.RECEIVED,
        "01": Standing.MISSING,
        "02": Standing.RECEIVED,
        "03": Standing.ERROR,
    }
    assert [unit.covered_by.code if unit.covered_by else "" for unit in status.units[2:]] == ["99"] * 3
    assert [unit.depth for unit in status.units] == [0, 1, 2, 2, 2]
    assert not status.is_complete
    text = status_text(status, "zh")
    assert "未报送：1" in text
    assert "“云山县”报的数里应已包括" in text
    assert "汇总用上级的文件，见下" in text
    assert [reminder.unit.code for reminder in reminders(status, by_file(files), "zh") if reminder.unit] == [
        "01",
        "03",
    ]


def test_who_reports_for_a_unit_is_named_although_a_file_above_holds_both() -> None:
    roster = Roster((CITY, replace(COUNTY, parent="9"), replace(UNITS[0], includes=("02",)), *UNITS[1:3]))
    status = standing_of([file_of(COUNTY, handled(5)), file_of(UNITS[0], handled(1))], roster)
    assert standings(status)["02"] is Standing.COVERED
    assert status.units[3].covered_by == roster.units[2]


def test_who_was_added_up_in_the_summary_of_a_unit_above_has_reported() -> None:
    _, summary = merged([file_of(unit, handled(1)) for unit in UNITS[:2]], COUNTY)
    assert summary is not None
    status = standing_of([summary_file(summary, "县汇总.xlsx")], TREE)
    assert standings(status) == {
        "9": Standing.COLLECTS,
        "99": Standing.RECEIVED,
        "01": Standing.COVERED,
        "02": Standing.COVERED,
        "03": Standing.MISSING,
    }


def by_file(files: list[CheckedFile]) -> Callable[[str], CheckedFile]:
    return {file.file: file for file in files}.__getitem__


def test_who_reports_for_others() -> None:
    roster = Roster((COUNTY, replace(UNITS[0], includes=("02",)), UNITS[1]))
    both = standing_of([file_of(UNITS[0], handled(1))], roster)
    assert standings(both)["02"] is Standing.COVERED
    assert both.units[2].covered_by == roster.units[1]
    none = standing_of([], roster)
    assert [standings(none)[code] for code in ("01", "02")] == [Standing.MISSING, Standing.COVERED]
    assert Tally.of(none.units).due == 1
