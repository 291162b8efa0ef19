"""The library end to end: issue, fill in, check, merge, read, write."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import xltools
from tests.support.workbooks import (
    FORM_2019,
    FORM_2021,
    MONTHLY,
    MONTHLY_FILE,
    UNIT,
    fill,
    save,
    submission_of,
    zeros,
)
from xltools.diagnostics.exceptions import DefinitionError, UnreadableFileError, UsageError
from xltools.diagnostics.findings import Status
from xltools.layout import ledger as ledger_module
from xltools.model.period import Period
from xltools.model.unit import Unit

OTHER = Unit("云山县另一局", "990131002", "县级部门")
ROSTER = "编码,名称,级别,上级\n99,云山县,县级政府,\n" + "".join(
    f"{unit.code},{unit.name},{unit.level},99\n" for unit in (UNIT, OTHER)
)


def issued(folder: Path, *units: Unit, year: int = 2025, **more: object) -> list[Path]:
    form = "zfxxgk-2021" if year > 2020 else "zfxxgk-2019"
    return [file.path for file in xltools.issue(form, year, units, folder, **more)]  # type: ignore[arg-type]


def codes(result: object) -> list[str]:
    """Findings but for what is inferred from them (tested in ``test_culprit``)."""
    found = [f for f in result.findings if f.code != "LIKELY-CULPRIT"]  # type: ignore[attr-defined]
    return [f"{f.code}[{f.place.id}]" for f in found]


def test_issue_fill_check_merge_and_check_the_summary(tmp_path: Path) -> None:
    blanks = issued(tmp_path / "下发", UNIT, OTHER)
    assert [path.name for path in blanks] == [
        "990131001_云山县某局_2025.xlsx",
        "990131002_云山县另一局_2025.xlsx",
    ]
    figures = {"t3.new.natural": 12, "t3.granted.natural": 12}
    for blank in blanks:
        fill(blank, tmp_path / "报送" / blank.name, zeros(FORM_2021) | figures)
    results = xltools.check([tmp_path / "报送"])
    assert [(Path(r.file).name, r.status, r.findings) for r in results] == [
        (b.name, Status.OK, ()) for b in blanks
    ]
    (tmp_path / "名录.csv").write_text(ROSTER, "utf-8")
    done = xltools.merge([tmp_path / "报送"], tmp_path / "汇总.xlsx", roster=tmp_path / "名录.csv")
    assert done.summary is not None
    assert done.output == tmp_path / "汇总.xlsx"
    assert done.summary.submission.unit.name == "云山县"
    (again,) = xltools.check([tmp_path / "汇总.xlsx"])
    assert again.submission is not None
    assert again.submission.values["t3.handled.total"] == 24
    assert not [f for f in again.findings if f.blocks]


def test_a_ledger_changed_by_hand_is_found_though_the_totals_follow(tmp_path: Path) -> None:
    save(submission_of(FORM_2021), tmp_path / "a.xlsx")
    xltools.merge([tmp_path / "a.xlsx"], tmp_path / "汇总.xlsx", unit=Unit("云山县", "99", "县级政府"))
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    ledger = book["分单位明细"]
    column = ledger_module.ledger_columns(FORM_2021)["t2_5.licensing.decisions"] + 1
    ledger.cell(6, column).value = 5
    book["二"]["B8"] = 5
    book.save(tmp_path / "改.xlsx")
    (found,) = (f for f in xltools.check([tmp_path / "改.xlsx"])[0].findings if f.blocks)
    assert (found.code, found.place.cell, found.actual, found.expected) == ("LEDGER-EDITED", "B8", 5, 0)
    for row in book["_xltools"].iter_rows(min_col=11, max_col=11):  # as summaries were written before
        row[0].value = None
    book.save(tmp_path / "旧.xlsx")
    assert not [f for f in xltools.check([tmp_path / "旧.xlsx"])[0].findings if f.blocks]


def test_a_summary_changed_by_hand_is_found(tmp_path: Path) -> None:
    save(submission_of(FORM_2021), tmp_path / "a.xlsx")
    xltools.merge([tmp_path / "a.xlsx"], tmp_path / "汇总.xlsx", unit=Unit("云山县", "99", "县级政府"))
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    book["三"]["D5"] = 5
    book.save(tmp_path / "改.xlsx")
    (result,) = xltools.check([tmp_path / "改.xlsx"])
    (found,) = (f for f in result.findings if f.blocks)
    assert (found.code, found.place.cell, found.actual, found.expected) == ("LEDGER-CHANGED", "D5", 5, 0)
    assert result.submission is not None
    assert result.submission.values["t3.new.natural"] == 0


def test_read_gives_what_write_wrote(tmp_path: Path) -> None:
    given = submission_of(FORM_2021, {"t3.new.natural": 3, "t3.granted.natural": 3, "t2_8.fees.amount": 1.25})
    path = xltools.write(given, tmp_path / "a.xlsx")
    read = xltools.read(path)
    assert (read.unit, read.period, read.form.id) == (given.unit, given.period, given.form.id)
    assert {id_: read.values[id_] for id_ in given.values} == given.values
    assert read.values["t3.new.total"] == 3
    assert {k: read.texts[k] for k in given.texts} == given.texts


def test_a_wrong_figure_is_named_with_its_place(tmp_path: Path) -> None:
    (blank,) = issued(tmp_path / "下发", UNIT)
    path = fill(
        blank, tmp_path / "a.xlsx", zeros(FORM_2021) | {"t3.new.natural": 12, "t3.granted.natural": "若干件"}
    )
    (result,) = xltools.check([path])
    assert result.status is Status.ERROR
    assert codes(result) == [
        "T3-BALANCE[t3.new.natural]",
        "T3-BALANCE[t3.new.total]",
        "TEXT-IN-NUMBER[t3.granted.natural]",
    ]
    assert (result.findings[2].place.sheet, result.findings[2].place.cell) == ("三", "D7")


LAST = {
    "t2_1.normative.issued": 10,
    "t2_1.normative.in_force": 10,
    "t3.new.natural": 4,
    "t3.granted.natural": 1,
    "t3.carried_out.natural": 3,
}


def test_last_years_figures_are_filled_in_locked_and_judged(tmp_path: Path) -> None:
    last = save(submission_of(FORM_2021, dict(LAST), period=Period(2024)), tmp_path / "2024.xlsx")
    (blank,) = issued(tmp_path / "下发", UNIT, previous=last)
    sheet = openpyxl.load_workbook(blank)["三"]
    assert [sheet[f"{letter}6"].value for letter in "DEFGHI"] == [3, 0, 0, 0, 0, 0]
    assert all(sheet[f"{letter}6"].protection.locked for letter in "DEFGHI")
    assert not sheet["D5"].protection.locked
    carried = {
        f"t3.carried_in.{c}" for c in ("natural", "business", "research", "welfare", "legal", "other_org")
    }
    given = {id_: value for id_, value in zeros(FORM_2021).items() if id_ not in carried}
    given |= {"t3.granted.natural": 3, "t2_1.normative.issued": 2, "t2_1.normative.in_force": 11}
    (result,) = xltools.check([fill(blank, tmp_path / "a.xlsx", given)])
    assert codes(result) == ["T2-IN-FORCE[t2_1.normative.in_force]"]
    assert (result.findings[0].actual, result.findings[0].expected) == (11, 12)
    given["t2_1.normative.in_force"] = 12
    (right,) = xltools.check([fill(blank, tmp_path / "b.xlsx", given)])
    assert right.findings == ()


def test_last_years_figures_cross_from_one_format_to_the_next(tmp_path: Path) -> None:
    last = {"t3.new.natural": 3, "t3.carried_out.natural": 3}
    save(submission_of(FORM_2019, last, period=Period(2020)), tmp_path / "上年" / "a.xlsx")
    (blank,) = issued(tmp_path / "下发", UNIT, year=2021, previous=tmp_path / "上年")
    book = openpyxl.load_workbook(blank)
    assert book["三"]["D6"].value == 3
    (result,) = xltools.check(
        [fill(blank, tmp_path / "b.xlsx", zeros(FORM_2021) | {"t3.carried_in.natural": 2})]
    )
    assert "T3-CARRIED-IN[t3.carried_in.natural]" in codes(result)
    assert not [code for code in codes(result) if code.startswith("T2-IN-FORCE[")]


def test_last_year_given_to_check_judges_a_workbook_that_carries_nothing_of_it(tmp_path: Path) -> None:
    last = save(submission_of(FORM_2021, dict(LAST), period=Period(2024)), tmp_path / "2024.xlsx")
    now = save(submission_of(FORM_2021), tmp_path / "2025.xlsx")
    assert codes(xltools.check([now])[0]) == []
    assert "T3-CARRIED-IN[t3.carried_in.natural]" in codes(xltools.check([now], previous=last)[0])


def test_a_correction_of_last_year_is_told_as_one_and_blames_nobody(tmp_path: Path) -> None:
    last = save(submission_of(FORM_2021, dict(LAST), period=Period(2024)), tmp_path / "2024.xlsx")
    (blank,) = issued(tmp_path / "下发", UNIT, previous=last)
    given = {id_: value for id_, value in zeros(FORM_2021).items() if not id_.startswith("t3.carried_in.")}
    given |= {"t3.granted.natural": 3, "t2_1.normative.in_force": 10}
    now = fill(blank, tmp_path / "2025.xlsx", given)
    assert xltools.check([now], previous=last)[0].findings == ()
    changed = {**LAST, "t3.granted.natural": 0, "t3.carried_out.natural": 4}
    corrected = save(submission_of(FORM_2021, changed, period=Period(2024)), tmp_path / "更正.xlsx")
    (result,) = xltools.check([now], previous=corrected)
    assert result.status is Status.OK
    notes = [(f.code, f.place.label) for f in result.findings]
    assert notes[0] == ("PREVIOUS-CORRECTED", "上期 › 四、结转下年度继续办理 › 申请人情况 › 自然人")
    assert {note[0] for note in notes} == {"PREVIOUS-CORRECTED"}
    assert "3 before, 4 now (云山县某局" in result.findings[0].message.en
    assert "更正.xlsx" in result.findings[0].message.en
    # whoever joins on to neither figure is still told so
    wrong = fill(now, tmp_path / "错.xlsx", {"t3.carried_in.natural": 7, "t3.granted.natural": 7})
    found = codes(xltools.check([wrong], previous=corrected)[0])
    assert "T3-CARRIED-IN[t3.carried_in.natural]" in found


def test_a_summary_of_last_year_fills_in_every_unit_it_adds_up(tmp_path: Path) -> None:
    units = [Unit(f"单位{n}", f"0{n}", "县级部门") for n in (1, 2)]
    for number, unit in enumerate(units, 1):
        values = {"t3.new.natural": number, "t3.carried_out.natural": number}
        save(
            submission_of(FORM_2021, values, unit=unit, period=Period(2024)),
            tmp_path / "去年" / f"{number}.xlsx",
        )
    county = Unit("云山县", "99", "县级政府")
    summary = xltools.merge([tmp_path / "去年"], tmp_path / "汇总.xlsx", unit=county).output
    assert summary is not None
    written = xltools.issue("zfxxgk-2021", 2025, [*units, county], tmp_path / "下发", previous=summary)
    assert [carried_in(file.path) for file in written] == [1, 2, 3]
    # a unit's own return counts before its line in the summary
    own = submission_of(
        FORM_2021, {"t3.new.natural": 9, "t3.carried_out.natural": 9}, unit=units[0], period=Period(2024)
    )
    save(own, tmp_path / "两样" / "甲.xlsx")
    summary.rename(tmp_path / "两样" / "汇总.xlsx")
    (file,) = xltools.issue("zfxxgk-2021", 2025, [units[0]], tmp_path / "再发", previous=tmp_path / "两样")
    assert carried_in(file.path) == 9


def carried_in(path: Path) -> object:
    """上年结转, as it stands in a workbook."""
    return openpyxl.load_workbook(path)["三"]["D6"].value


def test_a_summary_whose_units_moved_to_a_data_file_fills_them_in_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "MAX_LEDGER_CELLS", 100)
    units = [Unit(f"单位{n}", f"0{n}", "县级部门") for n in (1, 2)]
    for number, unit in enumerate(units, 1):
        values = {"t3.new.natural": number, "t3.carried_out.natural": number}
        given = submission_of(FORM_2021, values, unit=unit, period=Period(2024))
        save(given, tmp_path / "去年" / f"{number}.xlsx")
    county = Unit("云山县", "99", "县级政府")
    xltools.merge([tmp_path / "去年"], tmp_path / "汇总.xlsx", unit=county)
    data = tmp_path / "汇总.明细.csv"

    def issued_from(summary: Path, output: str) -> list[object]:
        written = xltools.issue("zfxxgk-2021", 2025, [*units, county], tmp_path / output, previous=summary)
        return [carried_in(file.path) for file in written]

    assert issued_from(tmp_path / "汇总.xlsx", "下发") == [1, 2, 3]
    whole = data.read_bytes()
    data.write_bytes(whole.replace("单位1".encode(), "单位9".encode()))
    with pytest.raises(UsageError, match="not the one it was written with; put the original"):
        issued_from(tmp_path / "汇总.xlsx", "改动")
    data.unlink()
    with pytest.raises(UsageError, match="not beside the summary"):
        issued_from(tmp_path / "汇总.xlsx", "缺少")
    assert not (tmp_path / "缺少").exists()


def test_a_monthly_form_goes_the_whole_way_without_a_line_of_python(tmp_path: Path) -> None:
    forms = [MONTHLY_FILE]
    month, before = Period(2018, 3), Period(2018, 2)
    each = {cell.id: 2 for cell in MONTHLY.inputs if cell.id.endswith("cumulative")}
    last = xltools.write(submission_of(MONTHLY, dict(each), period=before), tmp_path / "02.xlsx")
    (blank,) = xltools.issue(str(MONTHLY_FILE), month, [UNIT], tmp_path / "下发", previous=last)
    assert blank.path.name == "990131001_云山县某局_2018-03.xlsx"
    figures = {cell.id: 3 if cell.id.endswith("cumulative") else 1 for cell in MONTHLY.inputs}
    good = fill(blank.path, tmp_path / "报送" / "a.xlsx", zeros(MONTHLY) | figures)
    (result,) = xltools.check([good], forms=forms)
    assert (result.status, codes(result)) == (Status.OK, [])
    bad = fill(blank.path, tmp_path / "错.xlsx", zeros(MONTHLY) | figures | {"m.r01.cumulative": 5})
    assert codes(xltools.check([bad], forms=forms)[0]) == ["M-CUMULATIVE[m.r01.cumulative]"]
    (unknown,) = xltools.check([good])
    assert unknown.status is Status.UNREADABLE
    done = xltools.merge(
        [tmp_path / "报送"], tmp_path / "汇总.xlsx", forms=forms, unit=Unit("某市", "9", "市级政府")
    )
    assert done.summary is not None
    assert done.summary.submission.values["m.r10.cumulative"] == 18
    (again,) = xltools.check([tmp_path / "汇总.xlsx"], forms=forms)
    assert not [f for f in again.findings if f.blocks]


@pytest.mark.parametrize(
    ("form", "period", "words"),
    [
        ("zfxxgk-2O21", 2025, "zfxxgk-2021"),
        ("zfxxgk-2021", 2019, "zfxxgk-2019"),
        ("zfxxgk-2021", "去年", "2020"),
    ],
)
def test_a_wrong_form_or_period_is_refused_and_nothing_is_written(
    tmp_path: Path, form: str, period: str | int, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        xltools.issue(form, period, [UNIT], tmp_path / "下发")
    assert list(tmp_path.iterdir()) == []


def test_issuing_writes_nothing_unless_everything_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "990131002_云山县另一局_2025.xlsx").write_bytes(b"old")
    with pytest.raises(UsageError, match="--force"):
        issued(tmp_path, UNIT, OTHER)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "990131002_云山县另一局_2025.xlsx": b"old"
    }
    assert len(issued(tmp_path, UNIT, OTHER, force=True)) == 2


def test_units_with_the_same_name_get_files_of_their_own(tmp_path: Path) -> None:
    names = [path.name for path in issued(tmp_path, Unit("A局"), Unit("a局"), Unit("A:局"))]
    assert names == ["A局_2025.xlsx", "a局_2025_2.xlsx", "A_局_2025.xlsx"]


def test_previous_data_that_cannot_serve_is_refused(tmp_path: Path) -> None:
    old = save(submission_of(FORM_2021, period=Period(2023)), tmp_path / "上年" / "2023.xlsx")
    with pytest.raises(UsageError, match="no return for 2024"):
        issued(tmp_path / "下发", UNIT, previous=old)
    other = submission_of(FORM_2021, {"t3.new.natural": 1}, period=Period(2023))
    save(other, tmp_path / "上年" / "副本.xlsx")
    with pytest.raises(UsageError, match="two different files"):
        issued(tmp_path / "下发", UNIT, previous=tmp_path / "上年")
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    with pytest.raises(UsageError, match="identity"):
        issued(tmp_path / "下发", UNIT, previous=tmp_path / "别的.xlsx")
    assert not (tmp_path / "下发").exists()


def test_merging_into_a_file_that_exists_or_several_years_leaves_it_alone(tmp_path: Path) -> None:
    save(submission_of(FORM_2021), tmp_path / "in" / "a.xlsx")
    (tmp_path / "out.xlsx").write_bytes(b"old")
    with pytest.raises(UsageError, match="--force"):
        xltools.merge([tmp_path / "in"], tmp_path / "out.xlsx")
    save(submission_of(FORM_2021, unit=OTHER, period=Period(2024)), tmp_path / "in" / "b.xlsx")
    with pytest.raises(UsageError, match="several forms or periods"):
        xltools.merge([tmp_path / "in"], tmp_path / "out.xlsx", force=True)
    assert (tmp_path / "out.xlsx").read_bytes() == b"old"


def test_merging_again_does_not_take_in_the_summary_of_the_last_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(submission_of(FORM_2021, {"t3.new.natural": 1, "t3.granted.natural": 1}), tmp_path / "a.xlsx")
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        done = xltools.merge([tmp_path], "汇总.xlsx", force=True)
        assert done.summary is not None
        assert done.summary.submission.values["t3.new.total"] == 1
        assert [Path(result.file).name for result in done.checked] == ["a.xlsx"]


def test_merging_files_none_of_which_passes_writes_nothing(tmp_path: Path) -> None:
    save(submission_of(FORM_2021, {"t3.new.natural": 1}), tmp_path / "a.xlsx")
    done = xltools.merge([tmp_path / "a.xlsx"], tmp_path / "汇总.xlsx")
    assert (done.summary, done.output) == (None, None)
    assert not (tmp_path / "汇总.xlsx").exists()


def test_what_is_nothing_to_check_is_refused(tmp_path: Path) -> None:
    for paths in ([], [tmp_path], [tmp_path / "missing.xlsx"]):
        with pytest.raises(UsageError):
            xltools.check(paths)
    (tmp_path / "form.toml").write_text("id = 1")
    with pytest.raises(DefinitionError):
        xltools.check([MONTHLY_FILE], forms=[tmp_path / "form.toml"])


def test_a_file_that_cannot_be_read_is_a_result_of_check_and_an_error_of_read(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    (result,) = xltools.check([tmp_path])
    assert (result.status, result.submission) == (Status.UNREADABLE, None)
    assert result.sha256 is not None
    with pytest.raises(UnreadableFileError):
        xltools.read(tmp_path / "a.xlsx")
    openpyxl.Workbook().save(tmp_path / "b.xlsx")
    with pytest.raises(UnreadableFileError, match="identity"):
        xltools.read(tmp_path / "b.xlsx")


def test_blanks_of_a_roster_appear_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = [Unit(f"第{number}局", str(number), "县级部门") for number in range(5)]
    steps: list[int] = []

    def stop_at_the_third(total: int) -> None:
        assert total == 5
        steps.append(len(steps))
        if len(steps) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        xltools.issue("zfxxgk-2021", 2025, units, tmp_path / "空白表", step=stop_at_the_third)
    assert list((tmp_path / "空白表").iterdir()) == []
    steps.clear()
    issued = xltools.issue("zfxxgk-2021", 2025, units, tmp_path / "空白表", step=steps.append)
    assert steps == [5] * 5
    for item in issued:
        alone = xltools.issue("zfxxgk-2021", 2025, item.unit, tmp_path / f"{item.unit.code}.xlsx")[0]
        assert item.path.read_bytes() == alone.path.read_bytes()
