"""Why a file does not count, in words for whoever handed it in."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text, counted
from xltools.model.period import Period
from xltools.model.round import HandedFile
from xltools.model.unit import Unit

IS_EXCLUDED = Text("由 --exclude 排除", "left out by --exclude")
IS_OWN_SUMMARY = Text(
    "是本单位以前的汇总表，不计入", "is an earlier summary of the same unit and not counted"
)


def not_accepted(handed: HandedFile) -> Text:
    """A file that did not pass its check, or could not be read."""
    if handed.status is Status.UNREADABLE:
        first = handed.trouble or Text("无法读取", "cannot be read")
        return Text(f"无法读取：{first.zh}", f"unreadable: {first.en}")
    if handed.status is Status.ERROR:
        return Text(
            f"未通过审核：{handed.errors} 处错误",
            f"did not pass the check: {counted(handed.errors, 'error')}",
        )
    points, need = counted(handed.to_explain, "point"), "needs" if handed.to_explain == 1 else "need"
    return Text(f"有 {handed.to_explain} 处待说明", f"{points} {need} an explanation")


def of_other_round(handed: HandedFile, form: str, period: Period | None) -> Text:
    """A file of another form or period than the round is of."""
    own, due = _of(handed.form, handed.period), _of(form, period)
    if handed.form == form and handed.period and period:
        own, due = Text(handed.period.label, str(handed.period)), Text(period.label, str(period))
    return Text(f"报的是{own.zh}的数，本轮是{due.zh}", f"it is of {own.en}; the round is of {due.en}")


def outside(unit: Unit) -> Text:
    """A unit of the roster that is not below the one who collects."""
    return Text(f"名录中不是“{unit.name}”的下级单位", f'by the roster it does not report to "{unit.name}"')


def same_as(file: str) -> Text:
    """The same content as another file."""
    return Text(f"与 {file} 内容相同，只计一次", f"the same as {file}, counted once")


def superseded(old: HandedFile, new: HandedFile) -> Text:
    """An older version."""
    counts = Text("，以它为准", ", which counts") if new.status is Status.OK else Text("", "")
    return Text(
        f"同一单位另有较新的文件 {new.file}（{_dated(new).zh}）{counts.zh}；本文件{_dated(old).zh}",
        f"there is a newer file of the unit, {new.file} ({_dated(new).en}){counts.en}; this one:"
        f" {_dated(old).en}",
    )


def undecided(on_duplicate: str) -> Text:
    """Versions among which nothing chooses."""
    if on_duplicate == "error":
        return Text(
            "同一单位有几个内容不同的文件，请只留一个再汇总",
            "several different files of one unit: keep the one that counts and merge again",
        )
    return Text(
        "同一单位有几个内容不同的文件，填报日期和文件时间都分不出先后，请用 --exclude 去掉不用的",
        "several different files of one unit, and neither the date inside nor the file's time says which"
        " is newer: name the wrong ones with --exclude",
    )


def same_code_other_name(unit: Unit) -> Text:
    """One code under several names, and no roster to say whose it is."""
    return Text(
        f"编码 {unit.code} 出现在名称不同的几个文件里，分不清是谁的，都没有计入",
        f"the code {unit.code} stands in files of different names; whose it is cannot be told, none counts",
    )


def included(file: str, name: str) -> Text:
    """A file whose figures another one's hold already."""
    return Text(
        f"已含在“{name}”的 {file} 中，不重复计入",
        f'its figures are in {file} of "{name}" and not counted twice',
    )


def included_otherwise(file: str, name: str) -> Text:
    """A file of a unit that a summary adds up, with other figures than it has for it."""
    return Text(
        f"已含在“{name}”的 {file} 中，不重复计入；但汇总表里不是本文件的数，请与“{name}”核对，由其重新汇总",
        f'its unit is in {file} of "{name}" and not counted twice; but that summary has other figures than'
        f' this file: settle it with "{name}", who should merge again',
    )


def compared(missing: int) -> Text:
    """A parent's own figures beside those of the units below it."""
    if missing:
        return Text(
            f"是汇总单位自己报的数，不与下级的数重复计入；下级还差 {missing} 个，只作不完整的核对",
            f"a parent's own figures, not counted beside those below; {missing} of these are not here yet,"
            " so it is compared with part of the sum",
        )
    return Text(
        "是上级单位自己报的数，下级的文件都在，只与下级合计核对，不重复计入",
        "a parent's own figures: all files below are here, so it is compared with their sum and not"
        " counted twice",
    )


def with_hint(reason: Text, near: Sequence[Unit]) -> Text:
    """The reason of a file that cannot be read, with whose it may be by its name."""
    if not near:
        return reason
    names = _named(near)
    return Text(
        f"{reason.zh}（看文件名可能是{names.zh}的）",
        f"{reason.en} (by its name it may be that of {names.en})",
    )


def with_near(reason: Text | None, near: Sequence[Unit]) -> Text:
    """A reason with the units that may have been meant."""
    reason = reason or Text("认不出是哪个单位", "whose it is cannot be told")
    if not near:
        return reason
    names = _named(near)
    return Text(f"{reason.zh}；名称相近的有：{names.zh}", f"{reason.en}; similar names: {names.en}")


def _named(units: Sequence[Unit]) -> Text:
    return Text(
        "、".join(f"{unit.name}（{unit.code}）" for unit in units),
        ", ".join(f"{unit.name} ({unit.code})" for unit in units),
    )


def _of(form: str, period: Period | None) -> Text:
    return Text(f"{form} {period.label if period else '未填年度'}", f"{form} {period or 'without a period'}")


def _dated(handed: HandedFile) -> Text:
    """The day it is from, and how that is known."""
    if handed.dated is not None:
        return Text(f"填报日期 {handed.dated}", f"dated {handed.dated}")
    if handed.modified is not None:
        shown = f"{handed.modified:%Y-%m-%d %H:%M:%S}"
        return Text(f"文件时间 {shown}", f"file of {shown}")
    return Text("没有日期", "without any date")
