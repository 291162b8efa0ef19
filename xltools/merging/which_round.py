"""Which round files belong to: one form and one period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Text
from xltools.merging.select import Choice, RoundOf, passes
from xltools.model.round import Fate, Filing, HandedFile

_MOST_NAMED = 3
_HOW = Text(
    "请用 --period 指定本轮，或用 --exclude 去掉不用的文件。",
    "Name the round with --period, or leave files out with --exclude.",
)


def usual_round(filings: Sequence[Filing], choice: Choice) -> RoundOf | None:
    """The form and period of most files; of two as frequent ones the later."""
    return _most(filing.handed for filing in filings if _is_of(filing.handed, choice))


def only_round(filings: Sequence[Filing], choice: Choice) -> RoundOf | None:
    """The form and period of all files that may count; raises UsageError where they have several.

    With a period chosen only files of that period may; None where there is no file.
    """
    able = [f.handed for f in filings if f.fate is Fate.COUNTS and passes(f.handed, choice)]
    accepted = [one for one in able if one.status is Status.OK] or able
    if choice.period is not None:
        accepted = [one for one in accepted if one.period == choice.period]
    accepted = [one for one in accepted if one.period is not None] or accepted
    kinds: dict[RoundOf, list[str]] = {}
    for one in accepted:
        kinds.setdefault((one.form, one.period), []).append(one.file)
    if len(kinds) > 1:
        raise _several(kinds)
    return next(iter(kinds), None)


def _is_of(handed: HandedFile, choice: Choice) -> bool:
    if not handed.form or handed.period is None:
        return False
    return choice.period is None or handed.period == choice.period


def _most(handed: Iterable[HandedFile]) -> RoundOf | None:
    counts = Counter((one.form, one.period) for one in handed)
    return max(counts, key=lambda kind: (counts[kind], str(kind[1]), kind[0]), default=None)


def _several(kinds: dict[RoundOf, list[str]]) -> UsageError:
    """What there is of each, the rarest with the names of its files."""
    zh, en = [], []
    for (form, period), files in sorted(kinds.items(), key=lambda kind: (-len(kind[1]), str(kind[0]))):
        named = "、".join(files[:_MOST_NAMED]) + ("……" if len(files) > _MOST_NAMED else "")
        zh.append(f"  {form} {period or '未填年度'}：{len(files)} 个文件（{named}）")
        en.append(f"  {form} {period or 'without a period'}: {len(files)} ({named})")
    return UsageError(
        Text(
            "\n".join(["文件属于不同的表式或报告期，不能加在一起。", *zh, _HOW.zh]),
            "\n".join(["the files are of several forms or periods and cannot be added up.", *en, _HOW.en]),
        )
    )
