"""The words beside a figure that change nothing about it: what a clause may hold to be taken at its word.

Nobody can list all that a number may be of (病历复印申请, 答复文书, 医疗纠纷行政复议). So a clause is held
against the tables only where every word of it is known: those of the form's mentions, the unit's own
name, and these, which say when, by whom, that it was done in time, or nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xltools.checking.narrative.names import is_short_for
from xltools.model.form import Form

_WHEN = (
    r"[0-9]{4}年(?:全年|度)?|全年度?|本年度?(?:内|里|中)?|年度(?:内|中)?|年内|一年来|一年中|当年|今年(?:以来)?|上年度?|去年"
    r"|上一年度?|下一?年度?|次年|期间|报告期内?|截至目前|截[至止]|自?1月1日[起至到—-]*(?:[0-9]{4}年)?12月31日止?|12月31日|年[底末]"
)
_WHO = (
    r"[我本](?:[校院局厅委办所站队会县市区州旗盟镇乡]|街道(?:办事处|办)?|单位|机关|部门|中心|系统|公司|集团|管委会)"
    r"|[全局厅委院办](?:局|厅|委|院|办|机关)|公民、?法人(?:和|或|及|或者|以及)?其他组织|社会各界|社会公众|公众|群众|公民|市民"
    r"|居民|村民|当事人|申请人|社会|个人|任何|相关|有关|全[省市县区州旗盟镇乡](?:各级)?(?:行政机关|机关|政府(?:系统)?)?"
    r"|各级(?:行政)?机关|各级政府|我们|名义|来自"
)
_WHAT = (
    r"政府信息|政务公开|信息公开|要求公开|依申请|公开|信息|申请|数量|件数|总数|总量|行政复议|行政诉讼|复议|诉讼|案件|处理决定|决定"
    r"|事项|工作|方面|情况|情形|现象|结果|类型|[和及或](?:举报|投诉|信访|上访|申诉)$"
)
_HOW = (
    r"按时|按期|及时|如期|依法依规|依法|依规|依照|按照|根据|法定|规定|期限|时限|工作日|均|都|全部|全数|已经?|共计?|合计|总计|一共"
    r"|总共|仅|只|其中|包括|包含|含|另外|另有?|此外|同时|以及|继续|完毕|转入|转至|转到|剩余|加上?|连同|通过|书面|形式|人就|关于|实际|正式|予以"
    r"|给予|作出|做出|实施|采取|引发|引起|产生|出现|发生|导致|涉及|提起|提出|属于|占比?|比例|比重|新增|不存在|没有?|任何|应办|或者"
    r"|[度以向对在由于从被因为是有了的和与及或等个件起宗份条例项次所中内上至到入未无再新自者又也则类按经年即约总]"
)
_NUMBER = r"[零一二两三四五六七八九十百千万]+(?=[件起宗份条例项次个])"
_RANK = re.compile("(?:人民政府|办事处|管理委员会)(?:办公室)?$")
_CHINESE = re.compile("[一-龥]+")


@lru_cache(maxsize=16)
def _known_words(form: Form) -> re.Pattern[str]:
    """Every word that may stand beside a figure of the form without making it another's."""
    groups = [group for mention in form.mentions for group in (*mention.words, mention.context)]
    own = sorted({word for group in groups for word in group}, key=len, reverse=True)
    return re.compile("|".join((*map(re.escape, own), _WHEN, _WHO, _WHAT, _NUMBER, _HOW)))


def unknown_words(form: Form, unit: str, clause: str) -> tuple[str, ...]:
    """What a clause holds besides: the words that may make its number another's."""
    rest = _known_words(form).sub(" ", clause.replace(unit, " ") if unit else clause)
    return tuple(word for word in _CHINESE.findall(rest) if not _names(word, unit))


def _names(word: str, unit: str) -> bool:
    """县科技局 and 红岭乡, but not 信访 for 云山县信访局: what a unit deals with is not the unit."""
    ends = (unit[-1:], _RANK.sub("", unit)[-1:])
    return word[-1] in ends and is_short_for(word, unit)
