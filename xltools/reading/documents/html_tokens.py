"""A web page as a stream of tags and texts, in one pass whose cost grows with the page and nothing else.

The libraries at hand were measured on hostile pages and could not be used as they are: Lexbor (selectolax)
takes 94 s for one tag with 200,000 attributes and 21 s for 100,000 nested elements, libxml2 (lxml) leaves
out what is nested deeper than 254 levels without a word, and ``html.parser`` rescans the rest of the page
for every tag that is not closed. The tests hold this reader against Lexbor on pages that harm neither.

Source: HTML Living Standard 13.2.5 (tokenization), as far as tables and texts need it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from xltools.reading.package import unsafe

MAX_TAGS = 200_000
MAX_TAG = 64 * 1024
"""Characters of one tag: Word writes long styles, nobody writes this much."""

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:_-]{0,40})")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][a-zA-Z-]{0,20})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
_WANTED = frozenset(
    {"rowspan", "colspan", "style", "hidden", "charset", "content", "type", "value", "selected"}
)
_BARE = re.compile(r"(?<=\s)(hidden|selected)(?=[\s/]|$)", re.IGNORECASE)
"""Attributes that need no value."""
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
"""Elements whose content is text up to their own end tag, whatever stands in it."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; of its attributes only those that matter here."""

    name: str
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(page: str) -> Iterator[Tag | str]:
    """The tags and texts of a page, texts with their character references replaced.

    Raises UnreadableFileError where there are too many tags, or one is far too long.
    """
    at, count = 0, 0
    while at < len(page):
        start = page.find("<", at)
        if start < 0:
            yield unescaped(page[at:])
            return
        if start > at:
            yield unescaped(page[at:start])
        count += 1
        if count > MAX_TAGS:
            raise unsafe("网页的标记过多", "the page has too many tags")
        found = _TAG.match(page, start)
        if found is None:
            text, at = _other_markup(page, start)
            if text:
                yield text
            continue
        end = _tag_end(page, found.end())
        name, closing = found[1].lower(), page[start + 1] == "/"
        yield Tag(name, closing, {} if closing else _attributes(page[found.end() : end]))
        at = end + 1
        if name in _RAW and not closing:
            stop = _raw_end(page, at, name)
            if name in ("title", "textarea"):
                yield unescaped(page[at:stop])
            at = stop


def _other_markup(page: str, start: int) -> tuple[str, int]:
    """What a "<" that begins no tag is: the text it stands for, and where the page goes on."""
    if page.startswith("<!--", start):
        end = page.find("-->", start + 2)
        # a comment that is never closed goes to the end of the page, as in a browser
        return "", len(page) if end < 0 else end + 3
    if page.startswith(("<!", "<?", "</"), start):
        end = page.find(">", start)
        return "", len(page) if end < 0 else end + 1
    return "<", start + 1


def unescaped(text: str) -> str:
    """The text with its character references replaced; a number no character has is the mark for that."""
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text


def _tag_end(page: str, at: int) -> int:
    """Where the ">" of a tag stands; one in a quoted value does not count."""
    end = page.find(">", at, at + MAX_TAG)
    if end >= 0 and not any(page.count(quote, at, end) % 2 for quote in "\"'"):
        return end
    quote = ""
    for position in range(at, min(len(page), at + MAX_TAG)):
        character = page[position]
        if quote:
            quote = "" if character == quote else quote
        elif character == ">":
            return position
        elif character in "\"'" and page[position - 1] in "= \t\n":
            quote = character
    if at + MAX_TAG < len(page):
        raise unsafe("网页的标记过长", "the page has a tag that is too long")
    return len(page)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if "=" in text:
        for match in _ATTRIBUTE.finditer(text):
            name = match[1].lower()
            if name in _WANTED:
                found.setdefault(name, unescaped(match[2] or match[3] or match[4] or ""))
    if _BARE.search(text):
        bare = _ATTRIBUTE.sub(" ", text)
        found |= {match[1].lower(): "" for match in _BARE.finditer(bare)}
    return found


def _raw_end(page: str, at: int, name: str) -> int:
    """Where the end tag of an element with raw text begins; the end of the page where there is none."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, at)
    return found.start() if found else len(page)
