"""Two submissions held against each other: figure by figure, text by text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from xltools.checking.unread import unread_figures
from xltools.diagnostics.findings import Finding
from xltools.excel.values import Value
from xltools.matching.unread_formulas import is_same_figure
from xltools.model.bare_text import bare_text
from xltools.model.outcomes import stated_figures
from xltools.model.submission import Submission

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?")
_BULLET = re.compile(r"^[◦•●○▪■◆▶►·*※\-–—]{1,2}\s+")
_MOST_MEASURED = 2_000
"""Characters of two texts in one place that are compared letter by letter."""

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """A cell whose figures differ; ``None`` is a blank. Places are sheet and cell in each file.

    Where a side was not ``read``, its figure is not known: what stands there is no number (and is given
    here as it stands), or the place was not found (then it has none).
    """

    id: str
    label: str
    left: Value
    right: Value
    left_place: Place | None
    right_place: Place | None
    left_read: bool = True
    right_read: bool = True


@dataclass(frozen=True, slots=True)
class TextDifference:
    """A text that differs: how alike both are (0 to 1), and what only one of them says.

    ``changes`` are pairs of sentences, left and right, in reading order; one of a pair may be empty.
    """

    id: str
    label: str
    similarity: float
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two submissions.

    ``compared`` is how many figures could be read on both sides, ``unread`` are those that could not;
    ``only_left`` and ``only_right`` are ids of figures that the form of one side does not have and that were
    therefore not compared. ``left_findings`` and ``right_findings`` say what was not, or not surely, read.
    """

    left: Submission
    right: Submission
    compared: int
    figures: tuple[FigureDifference, ...]
    unread: tuple[FigureDifference, ...]
    texts: tuple[TextDifference, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    left_findings: tuple[Finding, ...] = ()
    right_findings: tuple[Finding, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether every figure that both forms have was read on both sides and is the same."""
        return not self.figures and not self.unread


def compare(
    left: Submission,
    right: Submission,
    left_findings: Iterable[Finding] = (),
    right_findings: Iterable[Finding] = (),
) -> Comparison:
    """Compare what has the same cell id, be it in another form or for another period.

    The submissions are as they were read, with what was found in reading them; of that, what blocks is
    kept. A blank is not the same as 0, except in a 零报告, which says that every blank is one. What was not
    read is the same as nothing.
    """
    values = stated_figures(left), stated_figures(right)
    unread = unread_figures(left), unread_figures(right)
    shared = [id_ for id_ in values[0] if id_ in values[1]]
    known = [id_ for id_ in shared if id_ not in unread[0] and id_ not in unread[1]]
    return Comparison(
        left=left,
        right=right,
        compared=len(known),
        figures=tuple(_differing(left, right, known, *values)),
        unread=tuple(_unread(left, right, id_, *unread) for id_ in shared if id_ in unread[0] | unread[1]),
        texts=tuple(_differing_texts(left, right)),
        only_left=tuple(id_ for id_ in values[0] if id_ not in values[1]),
        only_right=tuple(id_ for id_ in values[1] if id_ not in values[0]),
        left_findings=tuple(found for found in left_findings if found.blocks),
        right_findings=tuple(found for found in right_findings if found.blocks),
    )


def _differing(
    left: Submission,
    right: Submission,
    ids: Sequence[str],
    one: Mapping[str, Value],
    other: Mapping[str, Value],
) -> Iterator[FigureDifference]:
    for id_ in ids:
        if not is_same_figure(one[id_], other[id_]) and one[id_] != other[id_]:
            yield FigureDifference(
                id_,
                left.form.cells[id_].label,
                one[id_],
                other[id_],
                left.places.get(id_),
                right.places.get(id_),
            )


def _unread(
    left: Submission, right: Submission, id_: str, not_left: frozenset[str], not_right: frozenset[str]
) -> FigureDifference:
    return FigureDifference(
        id_,
        left.form.cells[id_].label,
        left.values.get(id_),
        right.values.get(id_),
        left.places.get(id_) if id_ in left.values else None,
        right.places.get(id_) if id_ in right.values else None,
        left_read=id_ not in not_left,
        right_read=id_ not in not_right,
    )


def _differing_texts(left: Submission, right: Submission) -> Iterator[TextDifference]:
    parts = {part.id for section in right.form.sections for part in section.texts}
    for section in left.form.sections:
        for part in section.texts:
            one, other = left.texts.get(part.id, ""), right.texts.get(part.id, "")
            if part.id in parts and _bare(one) != _bare(other):
                similarity, changes = _changes(one, other)
                yield TextDifference(part.id, part.label, similarity, changes)


def _changes(one: str, other: str) -> tuple[float, tuple[tuple[str, str], ...]]:
    """How alike two texts are, and the sentences in which they differ."""
    left, right = _sentences(one), _sentences(other)
    matcher = SequenceMatcher(None, list(map(_bare, left)), list(map(_bare, right)))
    changes: list[tuple[str, str]] = []
    alike = 0.0
    for tag, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(left[a:b]), "".join(right[c:d])
        if tag == "equal":
            alike += len(gone) + len(come)
            continue
        changes.append((gone, come))
        if len(gone) <= _MOST_MEASURED and len(come) <= _MOST_MEASURED:
            alike += SequenceMatcher(None, gone, come, autojunk=False).ratio() * (len(gone) + len(come))
    total = sum(map(len, left)) + sum(map(len, right))
    return (alike / total if total else 1.0), tuple(changes)


def _sentences(text: str) -> list[str]:
    lines = (_BULLET.sub("", line.strip()) for line in text.split("\n"))
    return [part for line in lines for found in _SENTENCE.findall(line) if (part := found.strip())]


def _bare(text: str) -> str:
    """A text without spaces, bullets and the width of its characters."""
    lines = (_BULLET.sub("", line.strip()) for line in text.split("\n"))
    return bare_text("".join(lines))
