"""Numbers in the text against the tables: which words speak of which figure is said by the form.

Only a clause with one number, and no word that may make it another's, is taken at its word. What
compares, plans, adds up years or speaks of a part (of the applicants, the channels, the months) is
passed over: better silent than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xltools.checking.cell_refs import cell_ref
from xltools.checking.narrative.plain_words import unknown_words
from xltools.checking.narrative.sentences import (
    Percentage,
    clauses,
    counts,
    percentages,
    quoted,
    says_how_many,
    statements,
)
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.excel.values import Number, is_number, plain
from xltools.expr.evaluate import Facts, number_function
from xltools.expr.nodes import Node, figures
from xltools.model.form import Form, TextPart
from xltools.model.mention import Mention
from xltools.model.outcomes import total_parts
from xltools.model.submission import Submission

_YEAR = re.compile(r"([0-9]{4})年")
_NOT_THE_YEAR = re.compile(
    r"将|拟|计划|下一步|力争|争取|确保|避免|防止|杜绝|预防|目标|打算|(?<![转至到入])(?:明年|下一年)|今后|未来"
    r"|上半年|下半年|季度|(?<![0-9])(?!1月1日|12月31日)[0-9]{1,2}(?:至|-|—|~)?[0-9]*月"
)
"""In a statement: plans, and parts of the year."""
_COMPARED_YEAR = re.compile(r"(?:比|较|与|同|和|相比)[^，,]{0,4}[0-9]{4}年")
_ASIDE = re.compile(r"[（(][^（）()]*[)）]")
_CARRIED = re.compile(r"(?P<in>[0-9]{4})年度?(?:末|底)?(?=结转)|结转(?:至|到|入)?(?P<out>[0-9]{4})年度?")
_GOES_ON = re.compile(
    r"^(?:其中|具体|按|从|经审查|另|办理结果|予以公开|部分公开|不予公开|(?:已|均|全部|共|按[时期])*(?:答复|办结))"
)
"""A sentence that goes on about what the one before spoke of."""
_NOT_ABOUT = re.compile(
    r"(?:非|不属于?|不涉及|未涉及)(?:政府)?信息公开|(?:政府)?信息公开(?:工作|申请)?(?:无关|没有关系)"
)
"""公安行政诉讼9件，均非信息公开类: words that are no context."""
_BESIDE = re.compile(
    r"比(?!例)|较(?!大|多|少|好|高|低|强|为)|增|减|降|升|上年|上一年|去年|往年|历年|累计|以来|近.年|平均|分别"
    r"|逾期|超期|超时|系统|辖区|辖内|下辖|所属|直属|代(?!表)(?:为|[^，,]{0,8}(?:政府|局|委|厅|办))|委托|协助|配合|指导"
    r"|自然人|法人|企业|科研|社会组织|律师|网|信函|邮|当面|现场|窗口|传真|平台|转送|转来|转办|本级|其他机关|下属"
)
"""In a clause, beside the words of the mention: comparisons, parts of the whole, what was done for others."""
_COMPARES = re.compile("比|较|增|减|降|升|持平")
_RECEIVES = re.compile("收到|新收|接到|接收|受理|登记|答复|办结|办理")
_OTHER_BUSINESS = re.compile(
    "(?:信访|投诉|举报|咨询|来信|来访|来电|热线|工单|诉求|留言|建议|提案|查询|许可|登记)(?!、?(?:信访|举报|投诉|咨询|类))"
)
"""What else a unit receives and answers, but not where it is a kind of application: 信访举报类2件."""
_WITHIN = "\0"
"""For 、 within a word, where nothing may be cut."""
_EVERYBODY = re.compile(r"公民、?法人(?:和|或|及|或者|以及)?其他组织|群众|当事人|申请人")
_WHOLE_AREA = re.compile(
    r"全[省市县区州旗盟镇乡]|各级|各部门|各单位|各镇|各乡|我[省市县区州旗盟镇乡][^，,]{0,8}(?:部门|单位|机关)"
)
_ONE_OFFICE = re.compile(r"办公室|局|委(?!托)|厅|本级")
"""What one office did is not what the return of a whole area adds up."""
_NONE = re.compile(
    r"(?:没有|没|未|无)(?:新?收|接[到收]|受理|发生|出现|产生|引[发起]|被|因|涉及|制|出台|印发|废止|作出|有|一|任何|公民|公众|社会"
    r"|群众|人|政府信息|信息公开|依申请|申请|公开申请|部分|不予公开|不予处理|无法提供|其他处理|行政|复议|诉讼)"
    r"|不存在|零(?=(?:行政)?(?:复议|诉讼)|申请)"
)
"""That there was none; 未办结, 未经, 无正当理由 and the like say something else."""
_ALL_ZERO = re.compile(r"(?:均|都|数量?|件数|总数)(?:为|是)(?:0|零)(?:件|起|宗|次|例)?$")
"""The same at the end of a clause: 行政复议、行政诉讼的数量均为0."""
_ALIKE = re.compile("均|都")
_JOINT = re.compile("、[^、]*(?:共|合计|总计|一共)(?:有|为)?[0-9]")
"""One number for several together: 予以公开、部分公开共6件."""
_OF_ALL = re.compile("^[^、]*?[因由][^、]*?(?:引发|引起|产生|导致|提起|申请)的")
"""What is said once of all that is counted one after another: 因行政处罚引发的行政复议3件、行政诉讼1件."""
_SHARE = re.compile(r"^(?:约)?(?:占|比例|比重|占比)")
_ROUGH_SHARE = re.compile(r"约|近|超|左右")
_GOVERNMENT = "政府"
"""How the levels of whole areas end: their returns add up what their departments did."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """An expression of the form as a function, with the cells it needs and those that these add up."""

    value: Callable[[Facts], Number]
    cells: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A mention as patterns and functions."""

    mention: Mention
    words: tuple[re.Pattern[str], ...]
    without: re.Pattern[str] | None
    context: re.Pattern[str] | None
    figures: tuple[_Figure, ...]
    shares: tuple[_Figure, ...]


@lru_cache(maxsize=16)
def _spoken(form: Form) -> tuple[re.Pattern[str] | None, tuple[_Spoken, ...]]:
    """Every mention of a form, and the words of which a sentence needs one to be looked at."""
    mentions = tuple(
        _Spoken(
            mention,
            tuple(re.compile(_any(group)) for group in mention.words),
            re.compile(_any(mention.without)) if mention.without else None,
            re.compile(_any(mention.context)) if mention.context else None,
            tuple(_figure(form, node) for node in mention.figures),
            tuple(_figure(form, node) for node in mention.share_of),
        )
        for mention in form.mentions
    )
    words = sorted({word for mention in form.mentions for word in mention.words[-1]})
    return (re.compile(_any(tuple(words))) if words else None), mentions


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words))


def _figure(form: Form, node: Node) -> _Figure:
    cells = figures(node)
    return _Figure(number_function(node), cells, tuple(_parts(form, cells)))


def _parts(form: Form, ids: Sequence[str]) -> Iterator[str]:
    for id_ in ids:
        parts = total_parts(form.computing[id_]) if id_ in form.computing else ()
        yield from parts
        yield from _parts(form, parts)


def check_mentions(submission: Submission, part: TextPart, sentences: Sequence[str]) -> Iterator[Finding]:
    """A note on every number that is not the table's, and every share that does not follow from it.

    Either may be the wrong one, so nothing is said to be due.
    """
    wanted, mentions = _spoken(submission.form)
    if wanted is None:
        return
    facts = Facts(submission.values, submission.previous, submission.attributes)
    said: set[tuple[str, object]] = set()
    last: _Spoken | None = None
    for clause, read, spoken_of in _told(submission, part, sentences, wanted, mentions):
        for number, spoken in _stated(spoken_of, read):
            if (spoken.mention.label, number) not in said:
                said.add((spoken.mention.label, number))
                yield from _compare(submission, part, facts, spoken, number, clause)
        about = spoken_of[0] if spoken_of else None
        if _SHARE.match(clause):
            about = last
        if about is not None:
            yield from _shares(submission, part, facts, about, clause)
        last = about


def _told(
    submission: Submission,
    part: TextPart,
    sentences: Sequence[str],
    wanted: re.Pattern[str],
    mentions: Sequence[_Spoken],
) -> Iterator[tuple[str, str, Sequence[_Spoken]]]:
    """Every clause as it is written and as it is read, with what it speaks of.

    Where a number of something else comes before, only what is named by its full name is spoken of.
    """
    before = ""
    elsewhere = most = 0
    for sentence in sentences:
        earlier, before = before, sentence
        goes_on = _GOES_ON.match(sentence) is not None
        if not (goes_on and elsewhere > most):
            elsewhere = 0
        if not (says_how_many(sentence) and wanted.search(sentence)):
            continue
        around = part.label + _NOT_ABOUT.sub("", earlier + sentence if goes_on else sentence)
        whole = _as_read(submission, sentence)
        possible = [spoken for spoken in mentions if _may_speak(spoken, whole, around)]
        for clause, read, own in _clauses(submission, sentence):
            spoken_of: list[_Spoken] = []
            if own and not _JOINT.search(read):
                spoken_of = [
                    s for s in possible if _speaks(s, read) and _is_meant(s, read, named=elsewhere > 0)
                ]
            known = own
            if known and (spoken_of or counts(read) != []):
                known = not unknown_words(submission.form, submission.unit.name, read)
            if not known:
                spoken_of = []
            if spoken_of:
                elsewhere = 0
                most = max(most, *(number for number, _ in _stated(spoken_of, read)), 0)
            elif not known or _OTHER_BUSINESS.search(read):
                elsewhere = _counted_elsewhere(read, own=own, most=most) or elsewhere
            yield clause, read, spoken_of


def _clauses(submission: Submission, sentence: str) -> Iterator[tuple[str, str, bool]]:
    """The clauses about the whole year: as they are written, as they are read, whether of the unit itself.

    Where a clause names another year, and not to compare, those after it are of that year too, until
    the own one is named. What is counted one after another (、) is counted apart, unless all of it has
    one number (均).
    """
    whole = submission.unit.level.endswith(_GOVERNMENT)
    year = submission.period.year if submission.period else None
    of_own_year = True
    whole_words = _EVERYBODY.sub(lambda found: found[0].replace("、", _WITHIN), sentence)
    for statement in statements(_without_asides(whole_words, year)):
        if _NOT_THE_YEAR.search(statement):
            continue
        for clause in clauses(statement):
            read = _as_read(submission, clause)
            years = {int(named) for named in _YEAR.findall(_COMPARED_YEAR.sub("", read))}
            of_own_year = years <= {year} if years else of_own_year
            if not of_own_year:
                continue
            own = (_ONE_OFFICE if whole else _WHOLE_AREA).search(clause) is None
            if "、" not in clause or any(one.search(clause) for one in (_ALIKE, _NONE, _ALL_ZERO, _JOINT)):
                yield clause.replace(_WITHIN, "、"), read, own
                continue
            of_all = _OF_ALL.match(clause)
            for one in filter(None, clause.split("、")):
                qualified = f"{of_all[0]}{one}" if of_all and not clause.startswith(one) else one
                yield one.replace(_WITHIN, "、"), _as_read(submission, qualified), own


def _without_asides(sentence: str, own: int | None) -> str:
    """Without brackets that name another year: what follows them is of the own year again."""

    def keep(aside: re.Match[str]) -> str:
        return aside[0] if all(int(year) == own for year in _YEAR.findall(aside[0])) else ""

    return _ASIDE.sub(keep, sentence)


def _as_read(submission: Submission, clause: str) -> str:
    """A clause without the public that applies, and with 2024年结转 as 上年结转 where that is the year."""
    clause = _EVERYBODY.sub("", clause.replace(_WITHIN, "、"))
    if "结转" not in clause or submission.period is None:
        return clause
    own = submission.period.year

    def said(found: re.Match[str]) -> str:
        if found["in"]:
            return "上年" if int(found["in"]) == own - 1 else found[0]
        return "结转下年" if int(found["out"]) == own + 1 else found[0]

    return _CARRIED.sub(said, clause)


def _may_speak(spoken: _Spoken, sentence: str, around: str) -> bool:
    """Whether a clause of the sentence may speak of it, which spares the others the look."""
    if not all(word.search(sentence) for word in spoken.words):
        return False
    return spoken.context is None or spoken.context.search(around) is not None


def _speaks(spoken: _Spoken, clause: str) -> bool:
    if not all(word.search(clause) for word in spoken.words):
        return False
    rest = clause
    for word in spoken.words:
        rest = word.sub("", rest)
    return not (_BESIDE.search(rest) or (spoken.without is not None and spoken.without.search(clause)))


def _counted_elsewhere(clause: str, *, own: bool, most: int) -> int:
    """The number of something else that a clause gives, which those after it may be about; 0 for none.

    A comparison is none, nor a part of the ``most`` that was counted, unless it was received or answered
    apart. More than ``most`` stands for what cannot be a part.
    """
    found = counts(clause)
    if found == [] or _COMPARES.search(clause):
        return 0
    if found is None or _OTHER_BUSINESS.search(clause):
        return most + max(found or (1,)) + 1
    return max(found) if max(found) > most or not own or _RECEIVES.search(clause) else 0


def _is_meant(spoken: _Spoken, clause: str, *, named: bool) -> bool:
    """Whether it is spoken of: where the clauses before counted something else, only if it is named."""
    return not named or spoken.context is None or spoken.context.search(clause) is not None


def _stated(spoken_of: Sequence[_Spoken], clause: str) -> Iterator[tuple[int, _Spoken]]:
    """The one number a clause gives, for what it speaks of first; none at all, for all it speaks of."""
    if not spoken_of:
        return
    found = counts(clause)
    for spoken in spoken_of:
        if _denies(spoken, clause):
            if found is not None and set(found) <= {0, 1}:  # 未收到一件申请
                yield 0, spoken
        elif found == [0]:
            yield 0, spoken
        elif found is not None and len(found) == 1 and spoken is spoken_of[0]:
            yield found[0], spoken


def _denies(spoken: _Spoken, clause: str) -> bool:
    """Whether a clause says that there was none: 未, 没有 or 无 before what it speaks of."""
    if _ALL_ZERO.search(clause):
        return True
    none = _NONE.search(clause)
    last = max(match.end() for word in spoken.words for match in word.finditer(clause))
    return none is not None and none.start() < last


def _known(submission: Submission, figure: _Figure) -> bool:
    values = submission.values
    return all(is_number(values.get(id_)) or submission.zero_report for id_ in figure.cells)


def _without_gap(submission: Submission, figures: Sequence[_Figure]) -> bool:
    """Whether nothing that they add up is what no sum takes in: 约15 for a number."""
    values = submission.values
    parts = (values.get(id_) for figure in figures for id_ in figure.parts)
    return all(value is None or is_number(value) for value in parts)


def _compare(
    submission: Submission, part: TextPart, facts: Facts, spoken: _Spoken, number: int, clause: str
) -> Iterator[Finding]:
    due = [figure.value(facts) for figure in spoken.figures if _known(submission, figure)]
    if not due or number in due or not _known(submission, spoken.figures[0]):
        return
    if _without_gap(submission, spoken.figures):
        yield finding(
            "TEXT-FIGURE",
            cell_ref(submission, part.id),
            actual=number,
            cells=(part.id, *spoken.figures[0].cells),
            quote=quoted(clause),
            number=number,
            what=spoken.mention.label,
            figure=plain(due[0]),
        )


def _shares(
    submission: Submission, part: TextPart, facts: Facts, spoken: _Spoken, clause: str
) -> Iterator[Finding]:
    given = percentages(clause) if "占" in clause or _SHARE.match(clause) else []
    if len(given) != 1 or not all(_known(submission, f) for f in (*spoken.figures, *spoken.shares)):
        return
    wholes = [whole for figure in spoken.shares if (whole := figure.value(facts))]
    due = [100 * figure.value(facts) / whole for figure in spoken.figures for whole in wholes]
    rough = bool(_ROUGH_SHARE.search(clause))
    if not due or any(_fits(given[0], share, rough=rough) for share in due):
        return
    if _without_gap(submission, (*spoken.figures, *spoken.shares)):
        yield finding(
            "TEXT-SHARE",
            cell_ref(submission, part.id),
            actual=given[0].value,
            cells=(part.id, *spoken.figures[0].cells, *spoken.shares[0].cells),
            quote=quoted(clause),
            what=spoken.mention.label,
            number=f"{given[0].value:g}",
            figure=f"{due[0]:.{given[0].decimals}f}",
        )


def _fits(given: Percentage, due: float, *, rough: bool) -> bool:
    """Rounded or cut off at its own decimals; with 约 to the nearest whole or so."""
    return abs(given.value - due) < (1.5 if rough else 10.0**-given.decimals)
