"""What a web page shows: elements that hide what is in them, strike it out, or set it higher or lower.

What is struck out is no longer part of the text; readings of characters stand beside it.

Source: HTML Living Standard 15.3 (rendering), CSS 2 (display, visibility, vertical-align).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xltools.reading.documents.html_tokens import Tag
from xltools.reading.documents.shifted_digits import LEVEL, LOWERED, RAISED

CELLS = frozenset(("td", "th"))
ROW_GROUPS = frozenset(("tbody", "thead", "tfoot"))
TABLE_TAGS = CELLS | ROW_GROUPS | {"table", "tr"}

_SKIPPED = frozenset(
    ["template", "svg", "figcaption", "math", "select", "object", "audio", "video", "canvas"]
)
_NO_TEXT = frozenset(
    [
        "hidden",
        "checkbox",
        "radio",
        "submit",
        "reset",
        "button",
        "image",
        "file",
        "password",
        "color",
        "range",
    ]
)
"""Fields of a form whose value is not to be read."""
_STRUCK = frozenset(["del", "s", "strike"])
_READINGS = frozenset(["rt", "rp"])
_HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)"
    r"|mso-hide\s{0,9}:\s{0,9}all|text-decoration(?:-line)?\s{0,9}:[^;]{0,60}line-through)",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(
    r"(?:^|[;\s])font-size\s{0,9}:\s{0,9}0{1,3}(?:\.0{1,3})?(?:[a-z]{1,4}|%)?\s{0,9}(?:[;!]|$)", re.IGNORECASE
)
_PHRASES = frozenset(["span", "font", "b", "strong", "i", "em", "u", "a", "sup", "sub"])
"""Larger elements are given no size to close the gaps between what they hold."""
_SHIFTED = {"super": RAISED, "sup": RAISED, "sub": LOWERED}
_ALIGN = re.compile(r"(?:^|[;\s])vertical-align\s{0,9}:\s{0,9}(super|sub)(?![a-z-])", re.IGNORECASE)
_VOID = frozenset(
    ["br", "hr", "img", "input", "link", "meta", "col", "area", "base", "embed", "source", "wbr"]
)
_NEVER_HIDDEN = _VOID | ROW_GROUPS | {"tr", "body", "html"}
"""Void elements, which nothing closes, and parts of tables, without which the columns would shift."""
_CLOSED_BY_NEXT = ("p", "li", "dd", "dt")


def is_hidden(tag: Tag) -> bool:
    """Whether the content of an element is not shown, or struck out."""
    if tag.name in _SKIPPED | _STRUCK | _READINGS:
        return True
    has_no_size = _NO_SIZE.search(tag.attributes.get("style", "")) is not None
    is_gone = is_set_hidden(tag) or (tag.name in _PHRASES and has_no_size)
    return is_gone and tag.name not in _NEVER_HIDDEN


def is_set_hidden(tag: Tag) -> bool:
    """Whether an element says of itself that it is not shown."""
    return "hidden" in tag.attributes or _HIDDEN.search(tag.attributes.get("style", "")) is not None


def shown_value(tag: Tag) -> str:
    """What the field of a form shows that is filled in; nothing where it is none, or not shown."""
    given = tag.attributes
    is_text = tag.name == "input" and given.get("type", "text").strip().lower() not in _NO_TEXT
    return given.get("value", "") if is_text and not is_set_hidden(tag) else ""


@dataclass(slots=True)
class Choice:
    """A list to choose from while its options come: it shows the one that is chosen, else the first."""

    options: list[list[str]] = field(default_factory=list)
    chosen: int = 0

    def option(self, tag: Tag) -> None:
        """An option begins."""
        if "selected" in tag.attributes:
            self.chosen = len(self.options)
        self.options.append([])

    def text(self, text: str) -> None:
        """A text; outside of options there is none."""
        if self.options:
            self.options[-1].append(text)

    @property
    def shown(self) -> str:
        """What is to be seen of it."""
        return "".join(self.options[self.chosen]) if self.options else ""


def digits_in(tag: Tag) -> dict[int, int]:
    """How the digits in an element are written: :data:`RAISED`, :data:`LOWERED` or as they are."""
    if tag.name not in _PHRASES:
        return LEVEL
    align = _ALIGN.search(tag.attributes.get("style", ""))
    return _SHIFTED.get(align[1].lower() if align else tag.name, LEVEL)


@dataclass(slots=True)
class Stretch:
    """From a tag to where it ends: at its own end tag, or with the cell that it stands in."""

    name: str = ""
    in_cell: bool = False
    depth: int = 1
    tables: int = 0

    def __bool__(self) -> bool:
        return bool(self.name)

    def goes_on(self, tag: Tag) -> bool:
        """Whether it goes on behind a tag that comes in it."""
        name = tag.name
        if self._is_left(tag):
            return False
        if name == self.name:
            self.depth += -1 if tag.closing else 1
        if name == "table":
            self.tables += -1 if tag.closing else 1
        return self.depth > 0

    def _is_left(self, tag: Tag) -> bool:
        if (
            tag.name in TABLE_TAGS
            and self.in_cell
            and not self.tables
            and (tag.closing or tag.name != "table")
        ):
            return True
        if self.name in _READINGS:
            return tag.name in _READINGS or (tag.closing and tag.name == "ruby")
        return self.name in _CLOSED_BY_NEXT and tag.name == self.name and not tag.closing
