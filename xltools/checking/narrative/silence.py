"""Texts that say nothing where something is due: 无 for an answer, a model text's blanks, no word of fees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xltools.checking.cell_refs import cell_ref
from xltools.checking.narrative.sentences import quoted
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import Finding
from xltools.excel.values import is_number, plain
from xltools.model.form import TextPart
from xltools.model.submission import Submission

_NOTHING = re.compile(
    r"(?:目前|暂|本年度?)?(?:无|没有|暂无|不存在|未发现)(?:存在的?)?(?:主要)?(?:问题|内容|情况)?(?:及改进情况)?[.]?"
)
_UNFILLED = re.compile(
    r"[XxＸ×＊*_]{2,12}(?=年|局|县|市|区|镇|乡|街道|委|厅|单位|件|条|次|份|人|月|日|家|篇|期|场|个|项|名|户|万|元|%)|[ＸX×](?=件|条|份|年)"
    r"|此处(?:填写|填报|插入)|[（(](?:单位|部门|机关)名称[)）]|请在此|[（(]?待补充[)）]?"
)
_MAY_BE_UNFILLED = re.compile("[XxＸ×＊*_]|此处|名称|请在此|待补充")


def check_substance(submission: Submission, part: TextPart, sentences: Sequence[str]) -> Iterator[Finding]:
    """A note on 无 where the form asks for more, and on blanks that a model text left."""
    if part.substantial and len(sentences) == 1 and _NOTHING.fullmatch(sentences[0]):
        yield finding("TEXT-NOTHING", cell_ref(submission, part.id), cells=(part.id,), quote=sentences[0])
    for sentence in sentences:
        left = _UNFILLED.search(sentence) if _MAY_BE_UNFILLED.search(sentence) else None
        if left:
            quote = quoted(sentence[max(0, left.start() - 10) :])
            yield finding("TEXT-UNFILLED", cell_ref(submission, part.id), cells=(part.id,), quote=quote)
            return


def check_topics(submission: Submission, part: TextPart, sentences: Sequence[str]) -> Iterator[Finding]:
    """A note where a figure asks for a word in this text and there is none."""
    for topic in submission.form.topics:
        if topic.text != part.id or any(word in line for line in sentences for word in topic.words):
            continue
        for id_ in topic.figures:
            value = submission.values.get(id_)
            if is_number(value) and value:
                yield finding(
                    "TEXT-SILENT",
                    cell_ref(submission, part.id),
                    cells=(part.id, id_),
                    topic=topic.label,
                    label=submission.form.cells[id_].label,
                    figure=plain(value),
                )
                break
