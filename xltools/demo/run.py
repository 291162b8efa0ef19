"""The whole round in front of the user's eyes: issue, check, correct, merge, one level up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from xltools.checking.result import CheckedFile
from xltools.definition.library import data_folder
from xltools.demo.county import MISTAKES, county_returns, with_mistakes
from xltools.demo.real_return import corrected_return, published_return
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text
from xltools.model.submission import Submission
from xltools.model.unit import Roster, Unit
from xltools.reading.roster import read_roster
from xltools.reporting.check_text import check_text
from xltools.reporting.status_text import status_text
from xltools.workflows import check, issue, merge, publish, status, write
from xltools.writing.files import require_folder, safe_file_name, write_whole

Say = Callable[[Text], None]

ROSTER = "county-roster.csv"
_CITY = Unit("示例市", "990100000", "市级政府")
_NEIGHBOUR = ("云山县", "临水县", "99013", "99014")
_SEEDS = (2020, 2021)
_BACK = "02-收回的报表"
_CORRECTED = "03-更正后"


def run_demo(folder: Path, say: Say) -> None:
    """Play a round in ``folder`` (made if missing), saying each step through ``say``.

    Raises UsageError where the folder is not empty: nothing of the user's is overwritten.
    """
    require_folder(folder, empty=True)
    _real_return(folder, say)
    roster = _county_roster()
    county = _county(folder / "云山县", roster, _SEEDS[0], say, with_real=True)
    neighbour = _county(folder / "临水县", _neighbour(roster), _SEEDS[1], say, with_real=False)
    city = folder / "示例市汇总_2020.xlsx"
    merge([county, neighbour], city, unit=_CITY)
    (checked,) = check([city])
    say(
        Text(
            f"\n两个县的汇总表再汇总成全市一张：{city.name}，审核结果：{_words(checked).zh}。",
            f"\nThe two county summaries merged into the city's: {city.name}; check: {_words(checked).en}.",
        )
    )
    _what_to_open(folder, county, city, say)


def _real_return(folder: Path, say: Say) -> None:
    published = published_return()
    wrong = write(published, folder / "汶上县科学技术局_2020_按公布的数字.xlsx")
    right = write(corrected_return(published), folder / "汶上县科学技术局_2020_更正.xlsx")
    results = check([wrong])
    say(
        Text(
            "一份真实公布过的报告，数字原样填进工作簿，审核指出公布稿里的毛病：\n",
            "A report as it was really published. The check says what is wrong with it:\n",
        )
    )
    say(_report(results))
    (checked,) = check([right])
    words = _words(checked)
    reports = [folder / f"汶上县科学技术局_2020_年度报告{ending}" for ending in (".docx", ".html")]
    publish(right, reports)
    names = "、".join(report.name for report in reports)
    say(
        Text(
            f"更正后的一份：{words.zh}；按官方格式公布：{names}。",
            f"The corrected copy: {words.en}; published in the official layout: {names}.",
        )
    )


def _county(folder: Path, roster: Roster, seed: int, say: Say, *, with_real: bool) -> Path:
    top = roster.units[0]
    units = roster.units[1:]
    say(
        Text(
            f"\n{top.name}：向 {len(units)} 个单位发空白表。", f"\n{top.name}: blanks for {len(units)} units."
        )
    )
    issue("zfxxgk-2019", 2020, units, folder / "01-空白表")
    roster_file = folder / "单位名录.csv"
    write_whole(roster_file, _roster_csv(roster))
    returns = _returns(units, seed, with_real=with_real)
    _hand_in(with_mistakes(returns), folder / _BACK)
    results = check([folder / _BACK])
    write_whole(folder / "审核结果.txt", _report(results).zh.encode("utf-8-sig"))
    passed = sum(result.status is Status.OK for result in results)
    say(
        Text(
            f"收回 {len(results)} 份，通过 {passed} 份；每份错在哪里，见 {folder.name}/审核结果.txt。",
            f"{len(results)} came back, {passed} pass. What is wrong: {folder.name}/审核结果.txt",
        )
    )
    _first_summary(folder, top, roster_file, say)
    _hand_in(_mended(returns), folder / _CORRECTED)
    return _whole_summary(folder, top, roster_file, say)


def _first_summary(folder: Path, top: Unit, roster_file: Path, say: Say) -> None:
    """Who has handed in, and the summary of what passes."""
    standing = status([folder / _BACK], roster_file).round
    write_whole(folder / "报送进度.txt", status_text(standing, "zh").encode("utf-8-sig"))
    first = folder / f"{top.name}汇总_2020_第一次.xlsx"
    merged = merge([folder / _BACK], first, roster=roster_file)
    excluded = len(merged.intake.excluded)
    say(
        Text(
            f"先汇总通过的：{first.name}（{excluded} 份没有汇总，表内“报送情况”列明原因）。",
            f"Merged what passes: {first.name} ({excluded} left out, for reasons see 报送情况).",
        )
    )


def _whole_summary(folder: Path, top: Unit, roster_file: Path, say: Say) -> Path:
    """The summary of the corrected returns."""
    whole = folder / f"{top.name}汇总_2020.xlsx"
    merge([folder / _CORRECTED], whole, roster=roster_file)
    (checked,) = check([whole])
    words = _words(checked)
    say(
        Text(
            f"退回更正后全部汇总：{whole.name}，审核结果：{words.zh}。",
            f"After the corrections all are merged: {whole.name}; check: {words.en}.",
        )
    )
    return whole


def _returns(units: Sequence[Unit], seed: int, *, with_real: bool) -> list[Submission]:
    published = published_return()
    assert published.period is not None
    made_for = [unit for unit in units if unit.code != published.unit.code]
    returns = county_returns(published.form, published.period, made_for, seed)
    return [*returns, corrected_return(published)] if with_real else returns


def _mended(returns: Sequence[Submission]) -> list[Submission]:
    """Everything right, but for the case that is right with its explanation."""
    explained = len(MISTAKES) - 1
    return [*returns[:explained], MISTAKES[explained](returns[explained]), *returns[explained + 1 :]]


def _hand_in(returns: Sequence[Submission], folder: Path) -> None:
    require_folder(folder)
    for submission in returns:
        name = safe_file_name(f"{submission.unit.code}_{submission.unit.name}_{submission.period}")
        write(submission, folder / f"{name}.xlsx")


def _county_roster() -> Roster:
    roster = read_roster(data_folder("examples") / ROSTER)
    return Roster((*roster.units, published_return().unit))


def _neighbour(roster: Roster) -> Roster:
    name, other, code, other_code = _NEIGHBOUR
    return Roster(
        tuple(
            replace(
                unit,
                name=unit.name.replace(name, other),
                code=unit.code.replace(code, other_code),
                parent=unit.parent.replace(code, other_code),
            )
            for unit in roster.units
            if name in unit.name
        )
    )


def _roster_csv(roster: Roster) -> bytes:
    lines = ["编码,名称,级别,上级"]
    lines += [",".join((unit.code, unit.name, unit.level, unit.parent)) for unit in roster.units]
    return "\r\n".join(lines).encode("utf-8-sig")


def _report(results: Sequence[CheckedFile]) -> Text:
    return Text("".join(check_text(results, "zh")), "".join(check_text(results, "en")))


def _words(result: CheckedFile) -> Text:
    return Text("通过", "passes") if result.status is Status.OK else Text("未通过", "does not pass")


def _what_to_open(folder: Path, county: Path, city: Path, say: Say) -> None:
    inside = county.parent.relative_to(folder)
    rows = (
        (f"{inside}/01-空白表/", "发给各单位的空白表", "the blank workbooks"),
        (f"{inside}/{_BACK}/", "收回的报表，打开看“审核”表", "what came back: open the sheet 审核"),
        (f"{inside}/审核结果.txt", "可转发给各单位的审核结果", "findings, ready to forward"),
        (f"{inside}/报送进度.txt", "谁报了、谁要更正、谁没报", "who has handed in, and who has not"),
        (
            f"{inside}/{county.name}",
            "县汇总：表、分单位明细、报送情况、审核结果、同比、图表",
            "the county summary, with findings, comparison and charts",
        ),
        (city.name, "市汇总", "the city summary"),
        ("汶上县科学技术局_2020_年度报告.docx", "公布的报告（Word、网页）", "a published report (Word, web)"),
    )
    say(Text(f"\n都在 {folder.resolve()}，请打开：", f"\nEverything is in {folder.resolve()}. Open:"))
    for name, zh, en in rows:
        say(Text(f"  {name}　{zh}", f"  {name}  {en}"))
