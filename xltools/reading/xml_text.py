"""XML parts as text and as flat lists of elements; markup that can expand is refused.

Sources: ECMA-376 part 2, 8.1.4 (parts are UTF-8 or UTF-16 and must not declare a DTD); XML 1.0.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import NamedTuple, ParamSpec, TypeVar
from xml.parsers import expat

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading.package import damaged, unsafe

MAX_DEPTH = 64
MAX_ELEMENTS = 100_000
"""Elements of one part that are looked at one by one; a return has some thousands."""
MAX_MARKUP = 1024 * 1024
"""Characters from one "<" to the next: room for all text a cell can hold, none for masses of attributes."""
MAX_DECODED = 32 * 1024 * 1024
"""Bytes of a part in memory: one rare character makes every other take four bytes."""
REMEMBERED_TEXTS, REMEMBERED_LENGTH = 64, 128 * 1024
"""How many results are kept, and for texts of how many characters: some megabytes at most."""
MAIN_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Transitional and strict SpreadsheetML."""
RELATIONSHIP_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OURS = tuple(f"{uri} " for uri in (*MAIN_NAMESPACES, RELATIONSHIP_NAMESPACE))

_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARED = re.compile(r"""\A<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']""", re.ASCII)
# LibreOffice writes quotes and the line breaks of cells as references, XlsxWriter and Excel do not
_SELDOM = (("&quot;", '"'), ("&apos;", "'"), ("&#10;", "\n"), ("&#13;", "\r"), ("&#9;", "\t"))
_LONG_MARKUP = re.compile("<[^<]{%d}" % MAX_MARKUP)  # noqa: UP031 - braces
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


T = TypeVar("T")
P = ParamSpec("P")


class Element(NamedTuple):
    """One element: its path of local names (``workbook/sheets/sheet``), attributes and own text.

    Attributes without prefix keep their name; prefixed ones read ``namespace name``.
    """

    path: str
    attributes: dict[str, str]
    text: str


def remember(function: Callable[P, T]) -> Callable[P, T]:
    """``function`` (pure, of texts only), its latest results kept for texts of moderate length.

    The returns of one round share most of their parts to the byte: formulas, styles, names, set-up.
    What it gives is shared between callers and must not be changed.
    """
    cached = lru_cache(maxsize=REMEMBERED_TEXTS)(function)

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        if kwargs or sum([len(str(text)) for text in args]) > REMEMBERED_LENGTH:
            return function(*args, **kwargs)
        return cached(*args)

    return call


def decode(data: bytes, part: str) -> str:
    """The text of an XML part, without byte order mark.

    Raises:
        UnreadableFileError: neither UTF-8 nor UTF-16, or a NUL character.
    """
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16")
        elif data[:4] in (b"<\0?\0", b"\0<\0?"):
            text = data.decode("utf-16-le" if data[0] else "utf-16-be")
        else:
            text = data.decode("utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "utf-8")
    except UnicodeDecodeError:
        raise damaged(f"部件 {part} 的文字编码有误", f"the text of part {part} is wrongly encoded") from None
    if sys.getsizeof(text) > MAX_DECODED + 100:
        raise unsafe(f"部件 {part} 的文字过多", f"part {part} holds too much text")
    if "\0" in text:  # the readers use it to join texts
        raise damaged(f"部件 {part} 含有控制字符", f"part {part} contains control characters")
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf-16", "us-ascii", "utf8"):
        raise damaged(f"部件 {part} 不是 UTF-8 编码", f"part {part} is neither UTF-8 nor UTF-16")
    return text


def new_parser() -> expat.XMLParserType:
    """A namespace-aware parser whose names read ``namespace local``."""
    parser = expat.ParserCreate("UTF-8", " ")
    parser.buffer_text = True
    return parser


def parse(parser: expat.XMLParserType, text: str, part: str) -> None:
    """Run ``parser`` over the whole text.

    Raises:
        UnreadableFileError: not well-formed, or with a DOCTYPE (and so possibly entities that expand).
    """

    def refuse(*_: object) -> None:
        raise unsafe(f"部件 {part} 含有 DOCTYPE 声明", f"part {part} contains a DOCTYPE declaration")

    parser.StartDoctypeDeclHandler = refuse
    # the parser makes a table of all attributes of an element before anybody can look at them
    if len(text) > MAX_MARKUP and _LONG_MARKUP.search(text):
        raise unsafe(f"部件 {part} 的标记过长", f"part {part} has a tag or text that is too long")
    try:
        parser.Parse(text, True)  # noqa: FBT003 - positional in the standard library
    except expat.ExpatError as error:
        raise damaged(
            f"部件 {part} 第 {error.lineno} 行的标记有误",
            f"part {part} is not well-formed at line {error.lineno}",
        ) from None


def local_name(name: str) -> str:
    """The local name of an element of SpreadsheetML or of relationships; others keep their namespace."""
    return name[len(uri) :] if (uri := next(filter(name.startswith, _OURS), "")) else name


def elements(text: str, part: str) -> list[Element]:
    """All elements of a small part, each after its children.

    Raises:
        UnreadableFileError: not well-formed, nested too deeply, or too many elements.
    """
    found: list[Element] = []
    paths = [""]
    attributes: list[dict[str, str]] = []
    texts: list[list[str]] = [[]]

    def start(name: str, given: dict[str, str]) -> None:
        if len(paths) > MAX_DEPTH or len(found) > MAX_ELEMENTS:
            raise unsafe(
                f"部件 {part} 的标记过多或嵌套过深", f"part {part} has too many or too deep elements"
            )
        paths.append(f"{paths[-1]}/{local_name(name)}" if paths[-1] else local_name(name))
        attributes.append(given)
        texts.append([])

    def end(_name: str) -> None:
        found.append(Element(paths.pop(), attributes.pop(), "".join(texts.pop())))

    def data(piece: str) -> None:
        texts[-1].append(piece)

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parse(parser, text, part)
    return found


def check_well_formed(text: str, part: str) -> None:
    """Raise UnreadableFileError where the text is not well-formed XML."""
    parse(new_parser(), text, part)


def is_well_formed(text: str) -> bool:
    """Whether the text is well-formed XML without DOCTYPE."""
    try:
        check_well_formed(text, "")
    except UnreadableFileError:
        return False
    return True


def decode_escapes(text: str) -> str:
    """``_x000D_`` as the character it stands for (ECMA-376 part 1, 22.9.2.19, ST_Xstring)."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if plain.isascii():
        return plain
    # two escapes may form one character outside the BMP; a lone half could never be written again
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def unescape(text: str) -> str | None:
    """Text with the named entities and line ends replaced; None where any other reference stands in it."""
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    plain = text.replace("&amp;", "&")
    if len(text) - len(plain) == 4 * text.count("&"):
        return plain
    for reference, character in _SELDOM:
        text = text.replace(reference, character)
    plain = text.replace("&amp;", "&")
    return plain if len(text) - len(plain) == 4 * text.count("&") else None


def has_controls(text: str) -> bool:
    """Whether a character stands in the text that XML 1.0 does not allow."""
    return _CONTROL.search(text) is not None


def is_true(value: str | None) -> bool:
    """An ``xsd:boolean`` attribute; absent is false."""
    return value in ("1", "true", "on")
