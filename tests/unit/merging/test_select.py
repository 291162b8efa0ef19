"""Which of several files counts, and what is said of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.workbooks import FORM_2021, submission_of
from tests.unit.merging.files import WRONG, checked, fates, file_of, handled, merged, same_bytes, total
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Status
from xltools.model.period import Period
from xltools.model.unit import Roster, Unit
from xltools.reporting.merge_text import merge_text

COUNTY = Unit("云山县", "99", "县级政府")
A, B = Unit("甲局", "01", "县级部门", "99"), Unit("乙局", "02", "县级部门", "99")
ROSTER = Roster((COUNTY, A, B))


def test_the_newer_date_inside_counts_and_the_changes_are_told() -> None:
    old = file_of(A, handled(2), file="旧.xlsx", dated="2026-01-10", modified="2026-01-30T10:00:00")
    new = file_of(A, handled(5), file="新.xlsx", dated="2026年1月12日", modified="2026-01-12T10:00:00")
    intake, summary = merged([old, new], COUNTY)
    assert total(summary) == 5
    (left_out,) = intake.excluded
    assert (left_out.file, left_out.fate, left_out.instead) == ("旧.xlsx", "superseded", "新.xlsx")
    changes = {change.id: (change.old, change.new) for change in left_out.changes}
    assert changes["t3.new.natural"] == (2, 5)
    assert "t3.new.total" not in changes
    assert set(changes) == {"t3.new.natural", "t3.granted.natural", "cover.date"}
    assert left_out.changes[1].cell == "D5"
    assert changes["cover.date"] == ("2026-01-10", "2026-01-12")


def test_a_day_is_told_as_a_day_and_not_as_the_number_a_workbook_keeps() -> None:
    old = file_of(A, handled(2), file="旧.xlsx", dated="46032")
    new = file_of(A, handled(5), file="新.xlsx", dated="46034")
    (left_out,) = merged([old, new], COUNTY)[0].excluded
    days = next((change.old, change.new) for change in left_out.changes if change.id == "cover.date")
    assert days == ("2026-01-10", "2026-01-12")
    same = [
        file_of(A, handled(2), file="a.xlsx", dated="46032"),
        file_of(A, handled(2), file="b.xlsx", dated="2026年1月10日"),
    ]
    assert fates(merged(same, COUNTY)[0].receipts) == {"a.xlsx": "counts", "b.xlsx": "same"}


def test_the_files_time_decides_where_no_date_is_written() -> None:
    one = file_of(A, handled(2), file="a.xlsx", dated="", modified="2026-01-30T10:00:00")
    two = file_of(A, handled(5), file="b.xlsx", dated="", modified="2026-01-30T10:00:02")
    assert total(merged([one, two], COUNTY)[1]) == 5
    assert total(merged([two, one], COUNTY)[1]) == 5


def test_a_date_that_has_not_come_yet_is_not_believed() -> None:
    slip = file_of(A, handled(2), file="a.xlsx", dated="2062-01-30", modified="2026-01-10T10:00:00")
    right = file_of(A, handled(5), file="b.xlsx", dated="2026-01-20", modified="2026-01-11T10:00:00")
    assert total(merged([slip, right], COUNTY)[1]) == 5


def test_where_nothing_says_which_is_newer_none_counts() -> None:
    files = [file_of(A, handled(n), file=f"{n}.xlsx") for n in (2, 3)]
    intake, summary = merged([*files, file_of(B, handled(7))], COUNTY)
    assert total(summary) == 7
    assert fates(intake.receipts) == {"2.xlsx": "undecided", "3.xlsx": "undecided", "02.xlsx": "counts"}
    first, second = (receipt for receipt in intake.receipts if receipt.fate == "undecided")
    assert (first.instead, first.changes) == ("", ())
    assert second.instead == "2.xlsx"
    assert {c.id: (c.old, c.new) for c in second.changes}["t3.new.natural"] == (3, 2)
    for language, words in (("zh", "与 2.xlsx 有 2 处不同"), ("en", "2 differ (this file → 2.xlsx)")):
        assert words in merge_text(intake, summary, None, language)


def test_a_newer_file_with_errors_does_not_count_before_an_older_one_that_passes() -> None:
    good = file_of(A, handled(2), file="好.xlsx", dated="2026-01-10")
    bad = file_of(A, WRONG, file="坏.xlsx", dated="2026-01-20")
    intake, summary = merged([good, bad], COUNTY)
    assert total(summary) == 2
    (left_out,) = intake.excluded
    assert (left_out.fate, left_out.instead) == ("invalid", "好.xlsx")
    assert left_out.reason is not None
    assert "newer than 好.xlsx" in left_out.reason.en
    older_bad = file_of(A, WRONG, file="坏.xlsx", dated="2026-01-01")
    (older,) = merged([good, older_bad], COUNTY)[0].excluded
    assert (older.fate, older.instead, bool(older.changes)) == ("invalid", "好.xlsx", True)
    assert older.reason is not None
    assert "newer" not in older.reason.en
    # where none passes, the newest is the one to correct
    both = merged([replace(older_bad, file="a", sha256="a"), file_of(A, {"t3.new.natural": 9})], COUNTY)[0]
    assert fates(both.receipts) == {"a": "superseded", "01.xlsx": "invalid"}


def test_on_duplicate_error_counts_none_of_them() -> None:
    files = [file_of(A, handled(n), file=f"{n}.xlsx", dated=f"2026-01-1{n}") for n in (2, 3)]
    intake, summary = merged([*files, file_of(B, handled(7))], COUNTY, on_duplicate="error")
    assert total(summary) == 7
    assert {r.fate for r in intake.excluded} == {"undecided"}


def test_what_is_excluded_does_not_count_and_is_no_duplicate() -> None:
    files = [file_of(A, handled(n), file=f"{n}.xlsx") for n in (2, 3)]
    intake, summary = merged([*files, file_of(B)], COUNTY, exclude=frozenset({"3.xlsx"}), roster=ROSTER)
    assert total(summary) == 2
    assert fates(intake.receipts)["3.xlsx"] == "excluded"
    assert intake.is_complete


def test_the_same_content_counts_once_whatever_the_bytes() -> None:
    one = file_of(A, handled(2), file="a.xlsx", modified="2026-01-30T10:00:00")
    other = file_of(A, {"t3.new.natural": 2.0, "t3.granted.natural": 2}, file="b.xlsx")
    intake, summary = merged([one, other, same_bytes(one, "c.xlsx")], COUNTY)
    assert total(summary) == 2
    assert fates(intake.receipts) == {"a.xlsx": "counts", "b.xlsx": "same", "c.xlsx": "same"}


def test_a_file_without_a_code_is_not_a_second_unit() -> None:
    coded = file_of(A, handled(2), file="a.xlsx", dated="2026-01-10")
    bare = file_of(replace(A, code="", name="甲　局"), handled(5), file="b.xlsx", dated="2026-01-20")
    for roster in (None, ROSTER):
        intake, summary = merged([coded, bare], COUNTY, roster=roster)
        assert total(summary) == 5
        assert summary is not None
        assert [member.unit.code for member in summary.members] == ["01"]
        assert len(intake.duplicates) == 1


def test_without_a_roster_one_code_under_two_names_is_nobodys() -> None:
    other = file_of(replace(B, code="01"), handled(5), file="b", dated="2026-01-20")
    intake, summary = merged([file_of(A, handled(2)), other], COUNTY)
    assert summary is None
    assert {receipt.fate for receipt in intake.receipts} == {"undecided"}


def test_with_a_roster_the_name_tells_a_code_of_another_unit() -> None:
    intake, summary = merged(
        [file_of(A, handled(2)), file_of(replace(B, code="01"), handled(5), file="b")], COUNTY, roster=ROSTER
    )
    assert total(summary) == 2
    assert fates(intake.receipts)["b"] == "unknown"
    assert [unit.code for unit in intake.missing] == ["02"]


def test_failed_files_come_in_marked_when_asked_for() -> None:
    wrong = file_of(A, WRONG)
    assert wrong.status is Status.ERROR
    broken = CheckedFile("坏.xlsx", None, None, wrong.findings)
    intake, summary = merged([wrong, file_of(B, handled(3)), broken], COUNTY, include_invalid=True)
    assert total(summary) == 4
    marked = [(r.file, r.marked.en) for r in intake.receipts if r.marked]
    assert marked == [("01.xlsx", f"did not pass the check: {len(wrong.findings)} errors")]
    assert [r.file for r in intake.excluded] == ["坏.xlsx"]
    assert not intake.is_complete
    # what passes counts before what does not, even if it is older
    older = file_of(A, handled(9), file="先.xlsx", dated="2026-01-01")
    assert total(merged([wrong, older], COUNTY, include_invalid=True)[1]) == 9


def test_a_file_of_another_period_does_not_count_beside_those_that_pass() -> None:
    old = file_of(A, WRONG, file="去年.xlsx", period=Period(2024))
    intake, summary = merged([old, file_of(B, handled(3))], COUNTY, include_invalid=True)
    assert total(summary) == 3
    assert fates(intake.receipts)["去年.xlsx"] == "other-round"


def test_units_of_another_parent_stay_out() -> None:
    other = Roster((COUNTY, A, Unit("邻县", "88"), Unit("邻县某局", "55", "县级部门", "88")))
    intake, summary = merged(
        [file_of(A, handled(2)), file_of(other.units[3], handled(5))], COUNTY, roster=other
    )
    assert total(summary) == 2
    assert fates(intake.receipts)["55.xlsx"] == "outside"


@pytest.mark.parametrize("roster", [None, ROSTER])
def test_the_order_of_the_files_makes_no_difference(roster: Roster | None) -> None:
    files = [
        file_of(A, handled(2), file="a1", dated="2026-01-10"),
        file_of(A, handled(4), file="a2", dated="2026-01-11"),
        file_of(A, WRONG, file="a3", dated="2026-01-12"),
        file_of(B, handled(3), file="b1", dated="46037"),  # as a workbook keeps 2026-01-15
        file_of(B, handled(5), file="b2", dated="2026-01-14"),
    ]
    one, other = merged(files, COUNTY, roster=roster), merged(files[::-1], COUNTY, roster=roster)
    assert total(one[1]) == total(other[1]) == 7
    assert fates(one[0].receipts) == fates(other[0].receipts)


def test_a_period_that_is_chosen_leaves_files_of_others_out() -> None:
    files = [file_of(A, handled(2)), file_of(B, handled(5), period=Period(2024))]
    with pytest.raises(UsageError, match=r"zfxxgk-2021 2024: 1 \(02.xlsx\)"):
        merged(files, COUNTY)
    intake, summary = merged(files, COUNTY, period=Period(2024), roster=ROSTER)
    assert total(summary) == 5
    assert fates(intake.receipts) == {"01.xlsx": "other-round", "02.xlsx": "counts"}
    assert [unit.code for unit in intake.missing] == ["01"]


def test_files_that_name_no_unit_are_nobodys_and_never_each_others_versions() -> None:
    files = [checked(submission_of(FORM_2021, handled(n), unit=Unit("")), f"{n}.xlsx") for n in (1, 2)]
    blank = replace(files[0], findings=(finding("UNIT-BLANK"),))
    other = replace(files[1], findings=(finding("UNIT-BLANK"),))
    intake, summary = merged([blank, other, file_of(A, handled(4))], COUNTY, include_invalid=True)
    assert total(summary) == 4
    assert fates(intake.receipts) == {"1.xlsx": "unknown", "2.xlsx": "unknown", "01.xlsx": "counts"}


def test_a_file_without_a_period_is_none_of_the_round() -> None:
    submission = replace(submission_of(FORM_2021, handled(1), unit=A), period=None)
    bad = replace(checked(submission, "a.xlsx"), findings=(finding("PERIOD-BLANK"),))
    intake, summary = merged([bad, file_of(B, WRONG)], COUNTY, include_invalid=True)
    assert total(summary) == 1
    assert fates(intake.receipts) == {"a.xlsx": "invalid", "02.xlsx": "counts"}
