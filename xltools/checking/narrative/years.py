"""Another year than the report's, where the text speaks of the report's own year or of the next.

Last year is named for comparison, earlier years for what was founded, issued or revised, the next for
what is planned: none of that is wrong. Wrong is last year's text with its year left in, which shows where
a sentence opens with the year and tells the state of things, the span of the figures or the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltools.checking.cell_refs import cell_ref
from xltools.checking.narrative.sentences import quoted, statements
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.model.form import TextPart
from xltools.model.submission import Submission

_YEAR = re.compile(r"[0-9]{4}年")
_OPENING = re.compile(
    r"^(?:[0-9一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[-—·•◦*●▪]+"
    r"|一是|二是|三是|四是|总的来看，)*(?:(?:针对|对照|结合|围绕)[^，,]{0,30}[，,])?(?:(?:我|本)[校院局厅委办所站队会县市区镇乡街道单位机关中心]{1,3})?(?:在|回顾)?"
    r"([0-9]{4})年(?:度|里|中|间)?(?![0-9初末底以起至到前后的版和及与、—~-])"
)
_STATE = re.compile(
    r"存在|不足|差距|高度重视|认真贯彻|深入贯彻|贯彻落实|全年|取得|稳步|有序|扎实|主动公开|(?:共|累计)(?:收到|受理|公开|发布)"
    r"|坚持|紧紧围绕|深入学习|(?:认真|全面)落实|(?:收到|受理|新收|接到)[^，,]{0,16}申请[^，,]{0,6}[0-9]件"
)
"""What is said of the year that a report is about."""
_LOOKS_BACK = re.compile(
    r"(?<!同)比(?!例)|较(?:上|去|前)|同期|以来|上年|上一年|去年|往年|延续|历史|曾|当时|成立|组建|修订|印发|出台|施行|启用"
    r"|建成|上线|预算|决算|要点|年度报告|年报|整改|反馈|指出|通报|考核|评估|测评|结转|本年|今年|相比|基础上"
)
_TITLES = re.compile(r"《[^》]*》|（[^）]*）|\([^)]*\)")
_FUTURE = re.compile(r"将|拟|计划|下一步|要|力争|争取|继续|打算|力求|努力|加强|推进|提升|完善")
_REPORTED = re.compile(
    r"(?:收到|受理|公开|发布|办结)[^，,]{0,20}?[0-9]+(?:件|条|份|篇|次)|存在[^，,]{0,8}(?:不足|问题)"
)
_PLAN = re.compile(
    r"^[，,]?[^，,]{0,16}?(?:[将要](?:继续|进一步|重点|着力|认真|坚持|围绕|不断|严格|持续|切实|每|全面|全力|加大|加快|加强|推动"
    r"|出台|制定|编制|编印|开展|组织|探索|建立|完善|启动|推出|落实|深化|优化|健全|扩大|提高|提升|增加|实行|推行|聚焦)"
    r"|拟|打算)"
)
_PLAN_LABEL = re.compile(
    r"^[^，,：:]{0,8}(?:下一?步|明年|今后|下一?年度?)[^，,：:]{0,8}[：:](?:[0-9一二三四五]{1,2}[、.]|一是)?([0-9]{4})年"
)
"""下一步打算：2025年…: what follows is a plan, whatever its words."""
_DONE = re.compile(r"了|已|实际|完成|取得|作为|纳入|列为|列入|融入")
"""That it was done, or that 将 stands for 把."""
_AS_FOLLOWS = re.compile(r"现将[^，,]{0,30}?([0-9]{4})年[^，,]{0,30}?(?:报告|公布|公开)如下")
_SPAN = re.compile(
    r"(?:统计|数据|所列|本报告|本年报|报告[^0-9]{0,25}时(?:间|限|段)|报告[^0-9]{0,25}期[限间])[^0-9]{0,25}"
    r"([0-9]{4})年1月1日[^0-9]{0,8}(?:([0-9]{4})年)?12月31日"
)


def check_years(submission: Submission, part: TextPart, sentences: Sequence[str]) -> Iterator[Finding]:
    """A note on every year that should be the report's, and on plans for a year that is over."""
    if submission.period is None or submission.period.month is not None:
        return
    year = submission.period.year
    if not any(_YEAR.search(sentence) for sentence in sentences):
        return
    told = [statement for sentence in sentences for statement in statements(sentence)]
    own_year_told = any(_tells_of_own(sentence, year) for sentence in told)
    next_year_named = any(f"{year + 1}年" in sentence for sentence in told)
    seen: set[int] = set()
    for sentence in told:
        if not _YEAR.search(sentence):
            continue
        for other in _declared(sentence, year):
            if other not in seen:
                seen.add(other)
                yield _finding(submission, part, "TEXT-YEAR", other, year, sentence)
        planned = _planned_for(sentence)
        opened = _OPENING.match(sentence)
        named = int(opened[1]) if opened else year
        if planned is not None and planned <= year:
            if not next_year_named:
                yield _finding(submission, part, "TEXT-PLAN-YEAR", planned, year + 1, sentence)
        elif named != year and named not in seen and not own_year_told and _tells_of(sentence, named, year):
            seen.add(named)
            yield _finding(submission, part, "TEXT-YEAR", named, year, sentence)


def _tells_of_own(sentence: str, year: int) -> bool:
    """Whether a sentence names the report's year, and not for a plan: then others beside it are compared."""
    if f"{year}年" not in _TITLES.sub("", sentence):
        return False
    opened = _OPENING.match(sentence)
    if opened is not None and int(opened[1]) == year:
        return _planned_for(sentence) is None
    return not _FUTURE.search(sentence)


def _planned_for(sentence: str) -> int | None:
    """The year at the opening of a sentence that says what will be done in it."""
    if _DONE.search(sentence):
        return None
    labelled = _PLAN_LABEL.match(sentence)
    if labelled:
        return int(labelled[1])
    opened = _OPENING.match(sentence)
    return int(opened[1]) if opened and _PLAN.match(sentence[opened.end() :]) else None


def _declared(sentence: str, year: int) -> set[int]:
    """Other years that a sentence gives as the year of the report or of its figures."""
    named = [found[1] for found in _AS_FOLLOWS.finditer(sentence)]
    named += [text for found in _SPAN.findall(sentence) for text in found if text]
    return {int(text) for text in named} - {year}


def _tells_of(sentence: str, named: int, year: int) -> bool:
    """Whether a sentence tells of another year what a report tells of its own."""
    if named > year:
        return bool(_REPORTED.search(sentence)) and not _FUTURE.search(sentence)
    plain = _TITLES.sub("", sentence)
    return bool(_STATE.search(plain)) and not _LOOKS_BACK.search(plain)


def _finding(
    submission: Submission, part: TextPart, code: str, named: int, due: int, sentence: str
) -> Finding:
    return finding(
        code,
        cell_ref(submission, part.id),
        actual=named,
        expected=due,
        cells=(part.id,),
        quote=quoted(sentence),
        named=named,
        due=due,
    )
