"""Mutations of sound workbooks: of the file's bytes, and of the markup before it is zipped again."""

from __future__ import annotations

import random
import re

from tests.hostile.base import Parts, packed

_TOKENS = (
    *(
        b"",
        b"<",
        b">",
        b'"',
        b"&",
        b"</c>",
        b"<c>",
        b"<v>",
        b"\0",
        b"\xff",
        b"<!--",
        b"]]>",
        b"&#0;",
        b"&lt;",
    ),
    *(b"_x0000_", b"<![CDATA[", b"<?x?>", b'xmlns=""', b"\r", b"\xef\xbb\xbf", b"<row>", b"<f>", b"#REF!"),
)
_NUMBERS = (
    *(b"0", b"-1", b"1e309", b"-1e308", b"99999999999999999999", b"1048577", b"16385", b"0.5", b"nan"),
    *(b"4294967296", b"", b"1" * 400, "１２".encode(), b"2147483648", b"65536"),
)
_TEXTS = (
    *("=1+1", "无", "/", "１２", "251000元", "五千", "x" * 33_000, "\u202e", "😀", "2025年", "总计"),
    *("'", "&amp;", "-", "1,000", "NaN", "TRUE", "#N/A", "2025-13", "12 34", "—", "\ufdfa" * 40),
)
_TAG = re.compile(rb"<[^<>]+>")
_ATTRIBUTE = re.compile(rb'([A-Za-z:]+)="([^"]*)"')
_NUMBER = re.compile(rb"(?<=[>\"])[0-9.]+(?=[<\"])")
_TEXT = re.compile(rb"(?<=>)[^<>]+(?=<)")


def mutated_bytes(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """The file with bits flipped, pieces cut, doubled, or taken from another file."""
    changed = bytearray(data)
    match dice.choice(("flip", "flip", "truncate", "splice", "double", "zero", "directory")):
        case "flip":
            for _ in range(dice.choice((1, 2, 8, 64))):
                changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        case "truncate":
            del changed[dice.randrange(len(changed)) :]
        case "splice":
            at, start = dice.randrange(len(changed)), dice.randrange(len(other))
            length = dice.choice((1, 16, 512, 4096))
            changed[at : at + length] = other[start : start + length]
        case "double":
            at, length = dice.randrange(len(changed)), dice.choice((1, 30, 46, 2000))
            changed[at:at] = changed[at : at + length]
        case "zero":
            at, length = dice.randrange(len(changed)), dice.choice((1, 4, 512))
            changed[at : at + length] = bytes(length)
        case "directory":  # the records that say where everything is
            start = max(changed.rfind(b"PK\x01\x02", 0, dice.randrange(4, len(changed))), 0)
            for _ in range(dice.choice((1, 2, 4))):
                changed[min(start + dice.randrange(46), len(changed) - 1)] = dice.choice(
                    (0, 1, 8, 255, dice.randrange(256))
                )
    return bytes(changed)


def mutated_markup(members: Parts, dice: random.Random) -> bytes:
    """The workbook with some of its parts changed, exchanged or gone, zipped again with right checksums."""
    changed = dict(members)
    for _ in range(dice.choice((1, 1, 2, 4))):
        name = dice.choice([name for name in changed if _is_read(name)] or list(changed))
        kind = dice.choice(("markup",) * 12 + ("drop", "exchange", "rename"))
        if kind == "markup":
            changed[name] = _edited(changed[name], dice)
        elif kind == "drop" and len(changed) > 2:
            del changed[name]
        elif kind == "exchange":
            changed[name] = changed[dice.choice(list(changed))]
        else:
            changed[dice.choice((name.upper(), f"/{name}", f"{name}.xml"))] = changed.pop(name)
    return packed(changed)


def _edited(text: bytes, dice: random.Random) -> bytes:
    kind = dice.choice(
        ("token", "number", "number", "text", "text", "attribute", "attribute", "swap", "cut", "double")
    )
    if kind == "token":
        at = dice.randrange(len(text) + 1)
        return text[:at] + dice.choice(_TOKENS) + text[at + dice.choice((0, 1, 4)) :]
    if kind in ("number", "text"):
        pattern, choices = (_NUMBER, _NUMBERS) if kind == "number" else (_TEXT, [t.encode() for t in _TEXTS])
        for _ in range(dice.choice((1, 1, 3, 20))):
            text = _replaced(text, pattern, dice.choice(choices), dice)
        return text
    if kind == "attribute":
        found = list(_ATTRIBUTE.finditer(text))
        if not found:
            return text
        one, other = dice.choice(found), dice.choice(found)
        value = dice.choice((other[2], *_NUMBERS, b"A1:XFD1048576", b"../../x.xml", b""))
        return text[: one.start(2)] + value + text[one.end(2) :]
    return _moved(text, kind, dice)


def _replaced(text: bytes, pattern: re.Pattern[bytes], by: bytes, dice: random.Random) -> bytes:
    """One match, found from a random place on, replaced."""
    match = pattern.search(text, dice.randrange(len(text) + 1)) or pattern.search(text)
    return text if match is None else text[: match.start()] + by + text[match.end() :]


def _moved(text: bytes, kind: str, dice: random.Random) -> bytes:
    """A stretch from one tag to another left out, doubled, or put elsewhere."""
    places = sorted({match.start() for match in _TAG.finditer(text)})
    if len(places) < 2:
        return text
    first = dice.randrange(len(places) - 1)
    last = min(first + dice.choice((1, 1, 2, 3, 20)), len(places) - 1)
    start, end = places[first], places[last]
    if kind == "cut":
        return text[:start] + text[end:]
    if kind == "double":
        return text[:end] + text[start:end] + text[end:]
    at = dice.choice(places)
    return text[:at] + text[start:end] + text[at:]


def _is_read(name: str) -> bool:
    """Whether the part is one that is read, so that mutations do not fall on the others."""
    small = name.lower()
    return small.endswith((".xml", ".rels")) and not small.startswith(("docprops", "xl/theme", "xl/drawings"))
