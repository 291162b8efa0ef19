"""Official labels in their order against the texts of a sheet in theirs: what must be what.

Labels repeat (总计, 其他), so each text alone says little; the order of all of them says nearly
everything. The best alignment is the one that keeps the order and matches most. A label is certain
only where every best alignment puts it into the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Weigh = Callable[[int, int], int]
"""How well a label (by index) fits a text (by index); 0 where it does not."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """For every label the index of its text (None: none) and whether that is certain; total weight."""

    texts: tuple[int | None, ...]
    certain: tuple[bool, ...]
    weight: int


def align(labels: int, places: Sequence[int], weigh: Weigh) -> Aligned:
    """Align ``labels`` labels with texts standing in ``places`` (rows, or columns).

    Texts in one place are the same place: choosing between them is no doubt.
    """
    weights = [[weigh(label, text) for text in range(len(places))] for label in range(labels)]
    ahead = _table(weights, labels, len(places))
    turned = [row[::-1] for row in reversed(weights)]
    behind = _table(turned, labels, len(places))
    best = ahead[labels][len(places)]
    texts: list[int | None] = []
    certain: list[bool] = []
    for label in range(labels):
        before, after = ahead[label], behind[labels - label - 1]
        hits = [
            text
            for text in range(len(places))
            if (weight := weights[label][text])
            and before[text] + weight + after[len(places) - text - 1] == best
        ]
        skipped = any(before[cut] + after[len(places) - cut] == best for cut in range(len(places) + 1))
        texts.append(hits[0] if hits else None)
        certain.append(not hits or (len({places[text] for text in hits}) == 1 and not skipped))
    return Aligned(tuple(texts), tuple(certain), best)


def _table(weights: Sequence[Sequence[int]], labels: int, texts: int) -> list[list[int]]:
    """``table[l][t]``: the most weight that the first ``l`` labels and ``t`` texts can give."""
    table = [[0] * (texts + 1)]
    for label in range(labels):
        above, line = table[-1], [0]
        row = weights[label]
        for text in range(texts):
            most = above[text + 1]
            most = max(most, line[text])
            if row[text]:
                most = max(most, above[text] + row[text])
            line.append(most)
        table.append(line)
    return table
