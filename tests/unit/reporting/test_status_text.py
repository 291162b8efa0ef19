"""The status for people: every file of a round stands in exactly one list of the text."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.unit.merging.files import WRONG, file_of, handled, merged, standing_of, summary_file
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding
from xltools.model.period import Period
from xltools.model.round import RoundStatus
from xltools.model.unit import Roster, Unit
from xltools.reporting import merge_text as merge_module
from xltools.reporting import status_text as module
from xltools.reporting.merge_text import merge_text
from xltools.reporting.status_files import FileList, lists_of_files
from xltools.reporting.status_text import status_text

CITY = Unit("示例市", "9", "市级政府")
C1, C2 = (Unit(f"{n}县", f"9{n}", "县级政府", "9") for n in (1, 2))
A1 = Unit("一县科技局", "911", "县级部门", "91", includes=("912",))
A2, A3 = Unit("一县地震局", "912", "县级部门", "91"), Unit("一县公安局", "913", "县级部门", "91")
B1, B2 = (Unit(f"二县{n}局", f"92{n}", "县级部门", "92") for n in (1, 2))
UNITS = (CITY, C1, A1, A2, A3, C2, B1, B2)
ROSTER = Roster(UNITS)


def lines_with(status: RoundStatus, file: str, language: str = "zh") -> list[str]:
    """The lines of the text that list a file: not those that name it as a reason about another one."""
    reasons = {f.reason.in_language(language) for f in status.filings if f.reason}  # type: ignore[arg-type]
    lines = status_text(status, language).splitlines()  # type: ignore[arg-type]
    return [line for line in lines if file in line and line.strip() not in reasons]


def test_a_file_of_another_units_name_that_did_not_pass_is_listed() -> None:
    """Beside its parent's own file, which counts: the unit was taken for one that owes nothing."""
    stranger = Unit("白马县统计局", A3.code, "县级部门")
    files = [file_of(C1, handled(3), file="一县.xlsx"), file_of(stranger, WRONG, file="白马.xlsx")]
    status = standing_of(files, ROSTER)
    (line,) = lines_with(status, "白马.xlsx")
    assert line.split()[:2] == ["913", "一县公安局"]
    assert "有错误，须退回更正：1" in status_text(status, "zh")


def test_a_file_of_a_unit_that_another_reports_for_is_listed_though_it_did_not_pass() -> None:
    files = [file_of(A1, handled(3)), file_of(A2, WRONG, file="地震.xlsx")]
    assert lines_with(standing_of(files, ROSTER), "地震.xlsx") == ["    一县地震局（912）  地震.xlsx"]


def test_units_added_up_in_a_countys_summary_are_counted_beside_those_that_are_due() -> None:
    """A county of which all is in its summary stood there with 0 due and nothing else."""
    _, summary = merged([file_of(B1, handled(2)), file_of(B2, handled(3))], C2, roster=ROSTER)
    assert summary is not None
    text = status_text(standing_of([summary_file(summary, "二县汇总.xlsx")], ROSTER), "zh")
    assert "应报 3，已报送 1，未报送 2；另有 3 个由别的单位代报" in text
    rows = [line.split() for line in text.splitlines() if line.strip().startswith(("上级", "2县"))]
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("上级", "应报", "代报（不在应报内）"),
        ("2县", "0", "2"),
    ]


def files_of(random: Random) -> list[CheckedFile]:
    """A folder as it comes: units once, twice or never, wrong, misnamed, unknown, old, unreadable."""
    files: list[CheckedFile] = []

    def add(unit: Unit, **more: object) -> None:
        values = WRONG if random.random() < 0.25 else handled(random.randint(1, 3))
        dated = f"2026-01-{random.choice((15, 15, 16)):02}"
        files.append(file_of(unit, values, file=f"f{len(files):03}.xlsx", dated=dated, **more))  # type: ignore[arg-type]

    for unit in UNITS:
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            odd = random.random()
            if odd < 0.1:
                add(Unit("另一个名字", unit.code, unit.level))
            elif odd < 0.2:
                add(Unit(unit.name, "", unit.level))
            elif odd < 0.25:
                add(Unit(random.choice(UNITS).name, unit.code, unit.level))
            else:
                add(unit, period=Period(2024 if odd > 0.95 else 2025))
    if random.random() < 0.5:
        _, summary = merged([file_of(unit, handled(1)) for unit in (A1, A3)[: random.randint(1, 2)]], C1)
        assert summary is not None
        files.append(summary_file(summary, "汇总甲.xlsx"))
    add(Unit("谁也不是", "777", "县级部门"))
    files.append(
        CheckedFile("坏的.xlsx", "", None, (finding("FILE-UNSAFE", detail_zh="坏", detail_en="bad"),))
    )
    return files


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", range(30))
def test_every_file_stands_in_exactly_one_list(seed: int, language: str) -> None:
    random = Random(seed)
    files = files_of(random)
    left_out = frozenset(f.file for f in files if random.random() < 0.05)
    duplicates = random.choice(("newest", "error"))
    status = standing_of(files, ROSTER, on_duplicate=duplicates, exclude=left_out)
    lists = lists_of_files(status)
    assert set(lists) == {file.file for file in files}
    for file in files:
        assert len(lines_with(status, file.file, language)) == 1, (file.file, lists[file.file])


def test_a_great_many_received_are_only_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_RECEIVED", 1)
    status = standing_of([file_of(A1, handled(1)), file_of(B1, handled(1)), file_of(B2, WRONG)], ROSTER)
    text = status_text(status, "zh")
    assert "已报送：2（逐个列出请用 --format xlsx 或 --json）" in text
    assert "911.xlsx" not in text
    assert "922.xlsx" in text
    assert lists_of_files(status)["911.xlsx"] is FileList.OWN_ROW


def test_a_great_many_late_or_reported_for_are_only_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A province's counties add up thousands: nobody reads a line for each of their units."""
    monkeypatch.setattr(module, "_MOST_RECEIVED", 1)
    monkeypatch.setattr(merge_module, "_MOST_TAKEOVERS", 1)
    files = []
    for county, units in ((C1, (A1, A2, A3)), (C2, (B1, B2))):
        _, summary = merged([file_of(unit, handled(1)) for unit in units], county, roster=ROSTER)
        assert summary is not None
        late = replace(summary, submission=replace(summary.submission, texts={"cover.date": "2026-02-02"}))
        files.append(summary_file(late, f"{county.code}汇总.xlsx"))
    text = status_text(standing_of(files, ROSTER, deadline="2026-01-31"), "zh")
    for heading in ("逾期报送：2", "由别的单位代报：5", "已报送：2"):
        assert f"  {heading}（逐个列出请用 --format xlsx 或 --json）\n" in text
    intake, top = merged(files, CITY, roster=ROSTER)
    assert "……另有 1 个，见汇总表的“报送情况”" in merge_text(intake, top, None, "zh")
