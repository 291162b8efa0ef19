"""The characters of a PDF page as lines of text: what stands beside each other, and apart from each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xltools.reading.documents.pdf_tables import Box
from xltools.reading.documents.shifted_digits import LOWERED, RAISED

_GAP, _SPACE = 1.4, 0.22
"""Parts of a line stand further apart than this, words than that, in heights of their characters."""
_WIDE_SPACE = 0.6
"""Between Chinese and Latin characters setters leave a narrow gap that is no space."""
_SHIFT = 0.12
"""A character whose baseline is so much higher or lower, in sizes of its neighbours, is off their line."""


@dataclass(frozen=True, slots=True)
class Char:
    """A character with its box, the height of its baseline and its size in points."""

    text: str
    box: Box
    baseline: float
    size: float

    @property
    def height(self) -> float:
        """How high its box is; never nothing."""
        return max(self.box[3] - self.box[1], 1.0)

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(slots=True)
class Line:
    """A line of text: its parts with the box of each."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    height: float = 1.0

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.boxes[0][0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.boxes[-1][2]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return max(box[3] for box in self.boxes)


def text_lines(chars: Sequence[Char]) -> Iterator[Line]:
    """Characters to lines from top to bottom, each in parts that stand apart."""
    rows: list[list[Char]] = []
    low = high = 0.0
    for char in sorted(chars, key=lambda c: -c.middle):
        # quotation marks and dots are lower than other characters: what they share with the line counts
        shared = min(high, char.box[3]) - max(low, char.box[1])
        if rows and shared >= min(high - low, char.height) / 2:
            rows[-1].append(char)
            low, high = min(low, char.box[1]), max(high, char.box[3])
        else:
            rows.append([char])
            low, high = char.box[1], char.box[3]
    for row in rows:
        line = _line(sorted(row, key=lambda c: c.box[0]))
        if line.parts:
            yield line


def _line(chars: Sequence[Char]) -> Line:
    height = max(char.height for char in chars)
    parts: list[list[Char]] = []
    for char in chars:
        if char.text.isspace():
            continue
        if parts and char.box[0] - _right(parts[-1]) <= _GAP * height:
            parts[-1].append(char)
        else:
            parts.append([char])
    return Line([_text(part, height) for part in parts], [_around(part) for part in parts], height)


def _text(part: Sequence[Char], height: float) -> str:
    """The characters of a part with spaces where there are gaps, digits off the line as such."""
    largest = max(char.size for char in part)
    level = Counter(char.baseline for char in part if char.size == largest).most_common(1)[0][0]
    text, right, before = "", part[0].box[0], part[0]
    for char in part:
        latin = before.text.isascii() and char.text.isascii()
        is_space = char.box[0] - right > (_SPACE if latin else _WIDE_SPACE) * height
        text += (" " if is_space else "") + _shifted(char, (char.baseline - level) / largest)
        right, before = max(right, char.box[2]), char
    return text


def _shifted(char: Char, shift: float) -> str:
    """A digit above or below the line as the character for that: a note's mark is no digit of a figure."""
    if abs(shift) < _SHIFT:
        return char.text
    return char.text.translate(RAISED if shift > 0 else LOWERED)


def _right(part: Sequence[Char]) -> float:
    return max(char.box[2] for char in part)


def _around(part: Sequence[Char]) -> Box:
    return (
        part[0].box[0],
        min(char.box[1] for char in part),
        _right(part),
        max(char.box[3] for char in part),
    )
