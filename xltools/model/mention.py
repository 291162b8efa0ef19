"""What the texts of a form say of its tables: data of the definition, read by the narrative checks."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.expr.nodes import Node


@dataclass(frozen=True, slots=True)
class Mention:
    """A way to speak of a figure.

    A clause speaks of it that has one word of each group in ``words``, none of ``without``, and stands
    in a sentence with one of ``context``, or under a heading with one of them (if there are any). The
    number it gives must be one of ``figures``; a percentage beside it, a share in one of ``share_of``.
    """

    id: str
    label: str
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    context: tuple[str, ...]
    figures: tuple[Node, ...]
    share_of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What the text ``text`` must speak of (in one of ``words``) where one of ``figures`` is not 0."""

    text: str
    label: str
    words: tuple[str, ...]
    figures: tuple[str, ...]
