"""All checks of the texts, one text after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from xltools.checking.narrative.mentions import check_mentions
from xltools.checking.narrative.other_unit import check_other_unit
from xltools.checking.narrative.sentences import sentences
from xltools.checking.narrative.silence import check_substance, check_topics
from xltools.checking.narrative.years import check_years
from xltools.diagnostics.findings import Finding
from xltools.model.form import TextPart
from xltools.model.submission import Submission

TextCheck = Callable[[Submission, TextPart, Sequence[str]], Iterator[Finding]]

TEXT_CHECKS: tuple[TextCheck, ...] = (
    check_years,
    check_mentions,
    check_other_unit,
    check_substance,
    check_topics,
)
"""Every check of a text. Each sees one text that is not blank, cut into sentences."""


_MOST = 20
"""Findings of one check about one text: no text can flood a report."""


def check_narrative(submission: Submission) -> Iterator[Finding]:
    """What a careful reader would notice in the texts: notes, since no text is an error to a summary."""
    texts = submission.texts
    for part in submission.form.text_parts:
        told = sentences(texts[part.id]) if texts.get(part.id) else ()
        if told:
            for check in TEXT_CHECKS:
                yield from islice(check(submission, part, told), _MOST)
