"""Levels: no figure twice, node checks, units that report for others, a summary a parent."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.checked_files import handed_in, loader_of
from tests.unit.merging.files import fates, file_of, handled, merged, summary_file, total
from xltools.checking.result import CheckedFile
from xltools.merging.levels import levels
from xltools.merging.merge import settled
from xltools.merging.select import Choice, counting
from xltools.model.round import Filing
from xltools.model.submission import Submission
from xltools.model.summary import Intake
from xltools.model.unit import Roster, Unit

CITY = Unit("示例市", "9", "市级政府")
C1, C2 = (Unit(f"{n}县", f"9{n}", "县级政府", "9") for n in (1, 2))
A1, A2, A3 = (Unit(f"一县{n}局", f"91{n}", "县级部门", "91") for n in (1, 2, 3))
B1, B2 = (Unit(f"二县{n}局", f"92{n}", "县级部门", "92") for n in (1, 2))
ROSTER = Roster((CITY, C1, A1, A2, A3, C2, B1, B2))
LEAVES = {unit.code: file_of(unit, handled(10**n)) for n, unit in enumerate((A1, A2, A3, B1, B2))}


def county(unit: Unit, *codes: str) -> CheckedFile:
    """The summary that a county made of some of its agencies."""
    _, summary = merged([LEAVES[code] for code in codes], unit)
    assert summary is not None
    return summary_file(summary, f"{unit.code}汇总.xlsx")


def test_leaves_alone_are_added_up_through_all_levels() -> None:
    intake, summary = merged([*LEAVES.values()], CITY, roster=ROSTER)
    assert total(summary) == 11111
    assert (intake.due, intake.counted, intake.missing) == (5, 5, ())


def test_a_parents_summary_stands_for_its_units() -> None:
    files = [county(C1, "911", "912", "913"), LEAVES["921"]]
    intake, summary = merged(files, CITY, roster=ROSTER)
    assert total(summary) == 1111
    assert [unit.code for unit in intake.missing] == ["922"]
    assert (intake.due, intake.counted) == (5, 4)  # how many are due does not depend on what came in
    (takeover,) = intake.takeovers
    assert (takeover.unit, takeover.kind, takeover.files) == (C1, "summary", 0)
    assert takeover.units == takeover.lacking == (A1, A2, A3)


def test_a_parents_summary_beside_all_its_units_is_compared_and_not_added() -> None:
    files = [county(C1, "911", "912", "913"), *LEAVES.values()]
    intake, summary = merged(files, CITY, roster=ROSTER)
    assert total(summary) == 11111
    assert fates(intake.receipts)["91汇总.xlsx"] == "compared"
    (node,) = intake.nodes
    assert (node.unit.code, node.below, node.findings) == ("91", 3, ())
    assert intake.is_complete


def test_a_parents_summary_that_holds_more_than_is_here_counts_instead_of_the_rest() -> None:
    files = [county(C1, "911", "912", "913"), LEAVES["911"], LEAVES["912"]]
    intake, summary = merged(files, CITY, roster=ROSTER)
    assert total(summary) == 111
    assert fates(intake.receipts) == {"91汇总.xlsx": "counts", "911.xlsx": "included", "912.xlsx": "included"}


def test_an_earlier_summary_that_holds_less_than_is_here_gives_way() -> None:
    files = [county(C1, "911", "912"), LEAVES["911"], LEAVES["912"], LEAVES["913"]]
    intake, summary = merged(files, CITY, roster=ROSTER)
    assert total(summary) == 111
    assert fates(intake.receipts)["91汇总.xlsx"] == "compared"


def blocking(intake: Intake) -> list[str]:
    return [found.code for node in intake.nodes for found in node.findings if found.blocks]


def test_without_a_roster_a_summary_says_itself_what_it_adds_up() -> None:
    earlier = county(Unit("云山县汇总0203", "云山县汇总0203"), "911", "912", "913")
    other_name = Unit("云山县汇总0204", "云山县汇总0204")
    intake, summary = merged([earlier, *LEAVES.values()], other_name)
    assert total(summary) == 11111
    assert fates(intake.receipts)[earlier.file] == "compared"
    intake, summary = merged([earlier, LEAVES["911"]], other_name)
    assert total(summary) == 111
    assert fates(intake.receipts)["911.xlsx"] == "included"


def test_summaries_of_three_levels_in_one_folder() -> None:
    one, two = county(C1, "911", "912", "913"), county(C2, "921", "922")
    _, city = merged([one, two], CITY)
    assert city is not None
    province = Unit("示例省", "P", "省级政府")
    every = [summary_file(city, "市.xlsx"), one, two, *LEAVES.values()]
    top = Roster((province, replace(CITY, parent="P"), *ROSTER.units[1:]))
    for files in (every, every[::-1], every[:3], every[:1], every[:2], every[1:]):
        for roster in (None, top):
            intake, summary = merged(files, province, roster=roster)
            assert total(summary) == 11111
            assert not blocking(intake)
    # a summary of summaries does not say what those add up; the roster does
    assert total(merged([every[0], *every[3:]], province, roster=top)[1]) == 11111


def test_what_a_parent_reports_otherwise_is_found_cell_by_cell() -> None:
    own = file_of(C1, handled(100), file="一县自报.xlsx")
    intake, summary = merged([own, *LEAVES.values()], CITY, roster=ROSTER)
    assert total(summary) == 11111
    (node,) = intake.nodes
    found = [(f.code, f.place.id, f.place.cell, f.actual, f.expected) for f in node.findings]
    assert found == [
        ("NODE-DIFFERS", "t3.new.natural", "D5", 100, 111),
        ("NODE-DIFFERS", "t3.granted.natural", "D7", 100, 111),
    ]
    message = node.findings[0].message
    assert message.zh == "上级报 100，下级 3 个文件合计 111，差 11。"
    assert message.en == "the parent reports 100, the 3 files below it add up to 111: they differ by 11"
    assert not intake.is_complete


def test_a_parents_return_that_takes_the_place_of_its_units_is_named_with_its_reason() -> None:
    own = file_of(C1, handled(100), file="一县自报.xlsx")
    intake, summary = merged([own, LEAVES["911"]], CITY, roster=ROSTER)
    assert total(summary) == 100
    assert fates(intake.receipts) == {"一县自报.xlsx": "counts", "911.xlsx": "included"}
    (takeover,) = intake.takeovers
    assert (takeover.unit, takeover.file, takeover.kind, takeover.files) == (C1, own.file, "return", 1)
    assert (takeover.units, takeover.lacking) == ((A1, A2, A3), (A2, A3))
    assert (intake.due, intake.counted) == (5, 3)
    (node,) = intake.nodes
    assert (node.below, node.lacking) == (1, 2)
    assert [(f.code, f.actual, f.expected) for f in node.findings] == [("NODE-PARTIAL", 100, 1)] * 2
    assert not blocking(intake)


def test_a_parents_figure_below_that_of_its_units_is_found_although_some_are_missing() -> None:
    own = file_of(C1, handled(1), file="一县自报.xlsx")
    intake, summary = merged([own, LEAVES["912"], LEAVES["913"]], CITY, roster=ROSTER)
    assert total(summary) == 1
    (node,) = intake.nodes
    assert [(f.code, f.actual, f.expected) for f in node.findings] == [("NODE-BELOW-SUM", 1, 110)] * 2
    assert node.findings[0].message.zh == (
        "上级报 1，下级已到的 2 个文件合计就有 110，少 109（下级还缺 1 个单位）。"
    )
    assert blocking(intake)


def test_a_doubled_unit_is_why_its_parent_takes_over() -> None:
    """The files of one unit are in doubt: what that does to all others below its parent is said."""
    own = file_of(C1, handled(1), file="一县自报.xlsx")
    again = file_of(A2, handled(7), file="912更正.xlsx", dated="2026-01-16")
    files = [own, *LEAVES.values(), again]
    intake, summary = merged(files, CITY, roster=ROSTER, on_duplicate="error")
    assert total(summary) == 11001
    assert (intake.due, intake.counted, intake.missing) == (5, 5, ())
    assert [(t.units, t.lacking, t.files) for t in intake.takeovers] == [((A1, A2, A3), (A2,), 2)]
    assert {f.code for f in intake.nodes[0].findings} == {"NODE-BELOW-SUM"}
    intake, summary = merged(files, CITY, roster=ROSTER)  # the newest counts: everything is here
    assert (intake.takeovers, total(summary)) == ((), 11108)


def test_a_summary_of_units_that_the_roster_does_not_know_holds_what_is_below_its_parent() -> None:
    others = [file_of(Unit(f"另编{n}", f"x{n}", "县级部门"), handled(1)) for n in range(3)]
    _, summary = merged(others, C1)
    assert summary is not None
    intake, summary = merged([summary_file(summary, "一县汇总.xlsx"), LEAVES["911"]], CITY, roster=ROSTER)
    assert total(summary) == 3
    assert (intake.due, intake.counted) == (5, 3)


def test_a_parent_that_reports_for_others_is_not_left_out_with_their_figures() -> None:
    """Its own file is the only one that holds them."""
    for includes in (("913",), ("921",)):
        parent = replace(C1, includes=includes)
        roster = Roster((CITY, parent, A1, A2, A3, C2, B1, B2))
        own = file_of(parent, handled(500), file="一县自报.xlsx")
        here = [LEAVES[code] for code in ("911", "912", "913", "922") if code not in includes]
        intake, summary = merged([own, *here], CITY, roster=roster)
        assert total(summary) == 10500
        assert fates(intake.receipts)[own.file] == "counts"


def test_the_collectors_own_return_is_never_a_member() -> None:
    own = file_of(C1, handled(100), file="本级.xlsx")
    for roster in (None, ROSTER):
        intake, summary = merged([own, LEAVES["911"], LEAVES["912"]], C1, roster=roster)
        assert total(summary) == 11
        assert fates(intake.receipts)["本级.xlsx"] == "compared"


def test_units_that_report_for_others_count_for_them_and_once() -> None:
    office = Unit("一县1局", "911", "县级部门", "91", includes=("912",))
    roster = Roster((C1, office, A2, A3))
    for_both = file_of(office, handled(20))
    intake, summary = merged([for_both, LEAVES["913"]], C1, roster=roster)
    assert (total(summary), intake.missing, intake.due, intake.counted) == (120, (), 3, 3)
    assert [(u.code, by.code) for u, by in intake.covered] == [("912", "911")]
    # the one reported for hands in all the same: named, and counted once
    intake, summary = merged([for_both, LEAVES["912"], LEAVES["913"]], C1, roster=roster)
    assert total(summary) == 120
    assert fates(intake.receipts)["912.xlsx"] == "included"
    assert not intake.is_complete
    # whoever should report for it has not: its own file counts, and only the other one is missing
    intake, summary = merged([LEAVES["912"], LEAVES["913"]], C1, roster=roster)
    assert (total(summary), [u.code for u in intake.missing]) == (110, ["911"])
    intake, _ = merged([LEAVES["913"]], C1, roster=roster)
    assert ([u.code for u in intake.missing], intake.due, intake.counted) == (["911"], 3, 1)


def test_a_summary_for_every_parent_from_the_bottom_up() -> None:
    files = [LEAVES["911"], LEAVES["913"], county(C2, "921", "922")]
    choice = Choice(roster=ROSTER, unit=CITY)
    covered, _ = settled(handed_in(files), loader_of(files), choice)
    made = levels(ROSTER, CITY, counting(covered.filings))
    shown = [
        (level.unit.code, [m.unit.code if isinstance(m, Filing) else f"<{m}>" for m in level.members])
        for level in made
    ]
    assert shown == [("91", ["911", "913"]), ("9", ["<91>", "92"])]


def test_levels_of_any_depth() -> None:
    chain = [Unit(f"{n}级", f"d{n}", parent=f"d{n - 1}" if n else "") for n in range(6)]
    leaf, side = Unit("末级", "x", "县级部门", "d5"), Unit("旁支", "y", "县级部门", "d3")
    roster = Roster((*chain, leaf, side))
    files = [file_of(leaf, handled(1)), file_of(side, handled(2))]
    choice = Choice(roster=roster, unit=chain[0])
    covered, _ = settled(handed_in(files), loader_of(files), choice)
    made = levels(roster, chain[0], counting(covered.filings))
    assert [level.unit.code for level in made] == ["d5", "d4", "d3", "d2", "d1", "d0"]
    assert [len(level.members) for level in made] == [1, 1, 2, 1, 1, 1]
    assert total(merged(files, chain[0], roster=roster)[1]) == 3


def test_two_summaries_of_the_same_leaves_are_not_both_added() -> None:
    """The city's was made of agencies, the county's of some of these; no agency's file is here."""
    whole, part = county(CITY, "911", "912", "921"), county(C1, "911", "912")
    province = Unit("省", "P")
    top = Roster((province, replace(CITY, parent="P"), *ROSTER.units[1:]))
    for roster in (None, top):
        for files in ([whole, part], [part, whole]):
            intake, summary = merged(files, province, roster=roster)
            assert total(summary) == 1011
            assert fates(intake.receipts) == {"9汇总.xlsx": "counts", "91汇总.xlsx": "included"}


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Roster, set[str], set[str]]:
    """A tree of units, the leaves that have handed in, and the parents whose whole summary is here."""
    parents = draw(st.lists(st.integers(0, 5), min_size=3, max_size=8))
    units = [CITY]
    for number, parent in enumerate(parents, 1):
        units.append(Unit(f"单位{number}", f"u{number}", "县级部门", units[parent % len(units)].code))
    roster = Roster(tuple(units))
    leaves = [unit.code for unit in units if not roster.children(unit.code)]
    nodes = [unit.code for unit in units[1:] if roster.children(unit.code)]
    handed = {code for code in leaves if draw(st.booleans())}
    return roster, handed, {code for code in nodes if draw(st.booleans())}


@settings(max_examples=60, deadline=None)
@given(rounds(), st.sampled_from(("summary", "return")), st.randoms(use_true_random=False))
def test_no_figure_is_ever_counted_twice_or_lost(
    made: tuple[Roster, set[str], set[str]], kind: str, random: Random
) -> None:
    roster, handed, reported = made
    units = roster.by_code()
    leaves = [unit for unit in roster.units if not roster.children(unit.code)]
    amounts = {unit.code: 2**number for number, unit in enumerate(leaves)}
    files = [file_of(units[code], handled(amounts[code])) for code in sorted(handed)]
    for code in sorted(reported):
        below = [unit for unit in roster.descendants(code) if unit.code in amounts]
        if kind == "summary":
            _, summary = merged([file_of(u, handled(amounts[u.code])) for u in below], units[code])
            assert summary is not None
            files.append(summary_file(summary, f"{code}汇总.xlsx"))
        else:
            whole = sum(amounts[unit.code] for unit in below)
            files.append(file_of(units[code], handled(whole), file=f"{code}自报.xlsx"))
    random.shuffle(files)
    held = set(handed) | {
        unit.code for code in reported for unit in roster.descendants(code) if unit.code in amounts
    }
    intake, summary = merged(files, CITY, roster=roster)
    assert (total(summary) or 0) == sum(amounts[code] for code in held)
    assert not blocking(intake)
    assert not {unit.code for unit in intake.missing} & held
    assert (intake.due, intake.counted) == (len(leaves), len(held))
    assert sum(len(takeover.units) for takeover in intake.takeovers) == len(held) - len(
        {r.code for r in intake.receipts if r.fate == "counts"} & held
    )
    assert by_levels(files, roster) == (total(summary) or 0)


def test_parents_that_all_add_up_the_same_units_are_each_held_against_one_of_the_others() -> None:
    """Each level added up the lowest one, so that none of their summaries names another."""
    chain = [Unit(f"单位{n}", f"u{n}", "县级部门", f"u{n - 1}" if n > 1 else CITY.code) for n in range(1, 5)]
    *parents, last = chain
    files = []
    for parent in parents:
        _, summary = merged([file_of(last, handled(5))], parent)
        assert summary is not None
        files.append(summary_file(summary, f"{parent.code}.xlsx"))
    intake, top = merged(files, CITY, roster=Roster((CITY, *chain)))
    assert total(top) == 5
    assert [(node.below, node.findings) for node in intake.nodes] == [(1, ()), (1, ())]


def test_parents_that_share_a_unit_do_not_replace_the_file_above_them() -> None:
    """None of the two gives all, and their sum has one unit twice."""
    names = "abc"
    one, two, whole = (Unit(name, name, "县级部门", CITY.code) for name in ("一", "二", "全"))
    units = [Unit(name, name, "县级部门", whole.code) for name in names]
    leaves = dict(zip(names, units, strict=True))
    files = []
    for parent, below in ((one, "ab"), (two, "bc"), (whole, "abc")):
        _, summary = merged([file_of(leaves[name], handled(1)) for name in below], parent)
        assert summary is not None
        files.append(summary_file(summary, f"{parent.code}.xlsx"))
    intake, top = merged(files, CITY, roster=Roster((CITY, one, two, whole, *units)))
    assert total(top) == 3
    assert not blocking(intake)


def by_levels(files: list[CheckedFile], roster: Roster) -> int:
    """What the summaries of all parents, one made of the other, come to at the top."""
    choice, load = Choice(roster=roster, unit=CITY), loader_of(files)
    covered, _ = settled(handed_in(files), load, choice)
    made: dict[str, int] = {}
    for level in levels(roster, CITY, counting(covered.filings)):
        made[level.unit.code] = sum(
            made[member] if isinstance(member, str) else figure(load(member.handed.file))
            for member in level.members
        )
    return made.get(CITY.code, 0)


def figure(submission: Submission) -> int:
    value = submission.values["t3.new.natural"]
    assert isinstance(value, int)
    return value


def test_files_that_count_beside_a_parents_summary_go_into_the_summary_above() -> None:
    """The county's was made before the last agency handed in."""
    files = [county(C1, "911", "912"), LEAVES["913"], LEAVES["921"]]
    intake, summary = merged(files, CITY, roster=ROSTER)
    assert (total(summary), intake.due, intake.counted) == (1111, 5, 4)
    assert by_levels(files, ROSTER) == 1111
