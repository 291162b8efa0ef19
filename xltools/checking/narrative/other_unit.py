"""Text left over from another unit: a sentence in which another unit speaks as the one that reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltools.checking.cell_refs import cell_ref
from xltools.checking.narrative.names import is_short_for
from xltools.checking.narrative.sentences import clauses, quoted
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.model.form import TextPart
from xltools.model.submission import Submission

_OFFICE = r"局|委员会|厅|街道办事处|街道办|[镇乡]人民政府|[镇乡]政府"
_DOES = (
    r"(?:是(?:本机关|本单位|我局)的?政府信息公开"
    r"|(?:始终)?(?:高度重视|认真贯彻|深入贯彻|严格贯彻|严格执行|全面贯彻|坚决贯彻)"
    r"|(?:共|累计|全年共?|未|没有)?(?:收到|接到|新收|受理)(?:政府信息公开|依申请公开|信息公开))"
)
"""What only the unit that reports says of itself."""
_SPEAKS = re.compile(rf"^(?:[0-9]{{4}}年度?)?(?P<name>[一-龥]{{2,24}}?(?:{_OFFICE}))(?:办公室)?{_DOES}")
_IS_OFFICE = re.compile(rf"(?:{_OFFICE})$")
_MAY_SPEAK = re.compile(rf"(?:{_OFFICE})(?:办公室)?{_DOES}")
_COMPILED = re.compile(
    r"本(?:年度)?报告由(?P<name>[一-龥]{2,24}?(?:" + _OFFICE + r"))(?:办公室)?(?:编制|负责)"
)
_REPORTS = re.compile(r"现将?(?:公布|发布)?(?P<name>[一-龥]{4,30}?)[0-9]{4}年度?(?:政府|部门)?信息公开")
"""现将某局2024年度政府信息公开工作情况报告如下."""
_KIND = re.compile(r"^.*?(?P<kind>[县旗镇乡](?!镇|村|委)[一-龥]*|街道(?:办事处|办)|区(?!县)[一-龥]{2,})$")
"""What a unit has in common with its like elsewhere; 市 left out, whose like may be its superior."""
_ABOUT = ("信息公开", "政务公开")
_NO_NAME = re.compile(
    r"我|本|该|全|各|其他|有关|相关|上级|下属|所属|根据|按照|依据|依照|在|由|经|与|和|及|向|对|会同|联合|邀请|协助|配合|学习"
    r"|参照|接受|报|督促|指导|为|以|通过|推动|要求|县委|市委|区委|党委|领导|省|部门|原|等|分局|总局|转|政府办"
)
_SCHOOL = re.compile("(?:小学|中学|幼儿园|学院|大学|医院|卫生院)$")
"""Where many stand in one place, each with a name of its own."""
_SHORTEST_KIND = 3
_TITLES = re.compile("《[^》]*》?|“[^”]*”?")
_LEVELS = re.compile(r"^(?:省|市|县|区|州|旗|盟)")
_BARE = re.compile(r"人民政府|政府|街道办事处|街道办|委员会|局|委|厅|镇|乡|街道|[省市县区州旗盟]")


def check_other_unit(submission: Submission, part: TextPart, sentences: Sequence[str]) -> Iterator[Finding]:
    """A note on the first sentence in which another unit acts as the one that reports."""
    unit = submission.unit.name
    if not unit:
        return
    speakers = _speakers if _reports_for_itself(unit) else _reporters
    like = _like(unit)
    for sentence in sentences:
        for name in (*speakers(sentence), *(_its_like(like, sentence) if like else ())):
            if not _NO_NAME.search(name) and not _same(name, unit):
                yield finding(
                    "TEXT-OTHER-UNIT",
                    cell_ref(submission, part.id),
                    actual=name,
                    expected=unit,
                    cells=(part.id,),
                    quote=quoted(sentence),
                    name=name,
                    unit=unit,
                )
                return


def _reports_for_itself(unit: str) -> bool:
    """Not so a government above the townships: its report tells what its departments do."""
    return _IS_OFFICE.search(unit) is not None


def _like(unit: str) -> re.Pattern[str] | None:
    """A clause that begins with a unit of the same kind: 平川县教育局 for 云山县教育局."""
    school = _SCHOOL.search(unit)
    if school:
        return re.compile(rf"^(?:[0-9]{{4}}年度?)?(?P<name>[一-龥]{{2,16}}?{school[0]})(?:办公室)?{_DOES}")
    kind = _KIND.match(unit)
    if kind is None or len(kind["kind"]) < _SHORTEST_KIND:
        return None
    return re.compile(rf"^(?:[0-9]{{4}}年度?)?(?P<name>[一-龥]{{2,8}}?{re.escape(kind['kind'])})")


def _its_like(like: re.Pattern[str], sentence: str) -> Iterator[str]:
    for clause in clauses(_TITLES.sub("", sentence)):
        found = like.match(clause)
        if found:
            yield found["name"]


def _reporters(sentence: str) -> Iterator[str]:
    """Who a sentence says the report is of."""
    found = _REPORTS.search(sentence) if "现" in sentence else None
    if found:
        yield found["name"]


def _speakers(sentence: str) -> Iterator[str]:
    yield from _reporters(sentence)
    compiled = _COMPILED.search(sentence) if "报告由" in sentence else None
    if compiled:
        yield compiled["name"]
    if any(word in sentence for word in _ABOUT) and _MAY_SPEAK.search(sentence):
        for clause in clauses(sentence):
            speaks = _SPEAKS.match(clause)
            if speaks:
                yield speaks["name"]


def _same(name: str, unit: str) -> bool:
    """Whether a name may be the unit's: in full, without its place, or shortened (县科技局)."""
    if is_short_for(name, unit) or unit in name:
        return True
    bare = _LEVELS.sub("", name)
    return is_short_for(bare, unit) or is_short_for(_BARE.sub("", bare), _BARE.sub("", unit))
