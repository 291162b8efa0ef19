"""What a workbook says about itself: sheets, names, protection, styles, shared strings.

Sources: ECMA-376 part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles); part 2, 9.3
(relationships). Strict and transitional namespaces are both understood.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from xltools.reading.package import Package, damaged, read_part, unsafe
from xltools.reading.xml_text import (
    MAIN_NAMESPACES,
    Element,
    check_well_formed,
    decode,
    decode_escapes,
    elements,
    has_controls,
    is_true,
    is_well_formed,
    remember,
    unescape,
)

MAX_NAMES = 100_000
MAX_SHEETS = 1_000
MAX_RUNS = 100_000
"""Formats of text runs that are read the quick way, which keeps all of them in memory at once."""

_ATTRIBUTES = r'(?: [A-Za-z]+="[^"<>&]*+")*+'
_NAMES = re.compile(r"<definedNames>((?:<definedName [^<]*+</definedName>)*+)</definedNames>")
_NAME = re.compile(
    r'<definedName(?: (?:function|hidden|vbProcedure)="[a-z01]*")*+( localSheetId="[0-9]+")?'
    rf' name="([^"<>&]+)"({_ATTRIBUTES})>([^<]*+)</definedName>'
)
_FORMATS = re.compile(rf"<cellXfs{_ATTRIBUTES}>(.*)</cellXfs>", re.DOTALL)
_FORMAT = re.compile(
    rf"<xf{_ATTRIBUTES}(?:/>|>(?:<alignment{_ATTRIBUTES}/>)?(?:<protection({_ATTRIBUTES})/>)?</xf>)"
)
_UNLOCKED = re.compile(r' locked="(?:0|false|off)"')
_HEAD = rf'\s*(?:<\?xml [^<>]*\?>\s*)?<%s xmlns="(?:{"|".join(map(re.escape, MAIN_NAMESPACES))})"'
_STRINGS_HEAD = re.compile(_HEAD % "sst" + _ATTRIBUTES + ">")
_STYLES_HEAD = re.compile(_HEAD % "styleSheet")
_WORKBOOK_HEAD = re.compile(_HEAD % "workbook")
_PHONETIC = r'(?:<phoneticPr fontId="[0-9]+"(?: type="[A-Za-z]+")?(?: alignment="[A-Za-z]+")?/>)?+'
_RUN_FORMAT = re.compile(rf"(?:<[A-Za-z]+{_ATTRIBUTES}/>)*+")
# control characters, which XML forbids, mark what was simplified: a format of a run, a joint of runs
_RUN_MARK, _JOINT = "\x01", "\x02"
_STRING = re.compile(
    # two groups: the text of a plain string, or of a rich one
    rf"<si>(?:<t>([^<\x01\x02]*+)</t>|<r>\x01?<t>([^<\x01]*+)</t></r>){_PHONETIC}</si>"
)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: its name, visibility and relationship id."""

    name: str
    visibility: str
    relation: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: the last word of its type (``worksheet``) and its part name."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What ``workbook.xml`` says."""

    sheets: tuple[SheetEntry, ...]
    names: Mapping[str, str]
    structure_protected: bool
    date_1904: bool


def read_relations(package: Package, part: str) -> dict[str, Relation]:
    """The internal relationships of a part by id (empty where there are none); raises UnreadableFileError."""
    folder, name = posixpath.split(part)
    rels_part = posixpath.join(folder, "_rels", f"{name}.rels")
    data = read_part(package, rels_part)
    if data is None:
        return {}
    return _relations(decode(data, rels_part), rels_part, folder)


@remember
def _relations(text: str, part: str, folder: str) -> dict[str, Relation]:
    relations: dict[str, Relation] = {}
    for element in elements(text, part):
        given = element.attributes
        # an external target (a link to another file or the web) is never followed
        if element.path != "Relationships/Relationship" or given.get("TargetMode") == "External":
            continue
        target = given.get("Target", "").replace("\\", "/")
        # a leading slash makes the target absolute; otherwise it counts from the part's folder
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        relations[given.get("Id", "")] = Relation(given.get("Type", "").rpartition("/")[2], target)
    return relations


@remember
def read_workbook_part(text: str, part: str) -> WorkbookParts:
    """Sheets in order, workbook-level names, protection and date system; raises UnreadableFileError."""
    names, rest = _fast_names(text)
    found = elements(rest, part)
    if names:
        check_well_formed(text, part)
        if not any(element.path == "workbook/definedNames" for element in found):  # it stands elsewhere
            names, found = {}, elements(text, part)
    sheets: list[SheetEntry] = []
    locked = date_1904 = False
    for element in found:
        given = element.attributes
        match element.path:
            case "workbook/sheets/sheet":
                relation = next((value for key, value in given.items() if key.endswith(" id")), "")
                sheets.append(SheetEntry(given.get("name", ""), given.get("state", "visible"), relation))
            case "workbook/definedNames/definedName":
                _add_name(names, element)
            case "workbook/workbookProtection":
                locked = is_true(given.get("lockStructure"))
            case "workbook/workbookPr":
                date_1904 = is_true(given.get("date1904"))
    if len(names) > MAX_NAMES or len(sheets) > MAX_SHEETS:
        raise unsafe("名称或工作表过多", "it has too many defined names or sheets")
    if not sheets:
        raise damaged("工作簿里没有工作表", "it contains no sheets")
    return WorkbookParts(tuple(sheets), names, locked, date_1904)


def _add_name(names: dict[str, str], element: Element) -> None:
    """Keep a workbook-level name that is not built in; the first of two with one name counts."""
    name = element.attributes.get("name", "")
    if "localSheetId" not in element.attributes and name and not name.startswith("_xlnm"):
        names.setdefault(name, element.text)


def _fast_names(text: str) -> tuple[dict[str, str], str]:
    """The names where their list is plain, and the text without that list; else none and the whole text.

    A return has a name for every cell, so that this is most of the part.
    """
    is_plain = _is_plain(text, _WORKBOOK_HEAD) and text.count("<definedNames") == 1
    block = _NAMES.search(text) if is_plain else None
    if block is None or "\r" in block[1]:
        return {}, text
    pieces = _NAME.split(block[1])
    formulas = unescape("\0".join(pieces[4::5]))
    if any(pieces[::5]) or formulas is None:
        return {}, text
    names: dict[str, str] = {}
    for local, name, more, formula in zip(
        pieces[1::5], pieces[2::5], pieces[3::5], formulas.split("\0"), strict=False
    ):
        if not local and not name.startswith("_xlnm") and " localSheetId=" not in more:
            names.setdefault(name, formula)
    return names, f"{text[: block.start()]}<definedNames/>{text[block.end() :]}"


def _is_plain(text: str, head: re.Pattern[str]) -> bool:
    """Whether names of elements can be searched as text: one namespace, no comments, no CDATA."""
    return head.match(text) is not None and text.count(' xmlns="') == 1 and "<!" not in text


_DATE_FORMATS = frozenset(map(str, (*range(14, 18), 22, *range(27, 32), 36, *range(50, 59))))
"""Built-in number formats with a date, those of Chinese suites included."""
_LITERALS = re.compile(r'"[^"]*"|\\[^\n]|\[[^\[\]]*\]|_.|\*.')


@remember
def read_unlocked_styles(text: str, part: str) -> frozenset[int]:
    """Indexes of the cell formats (``cellXfs``) whose own protection says ``locked="0"``.

    Excel looks at the cell format only; ``applyProtection`` and the named style do not matter.
    Raises UnreadableFileError where the part is not well-formed.
    """
    fast = _fast_unlocked(text)
    if fast is not None:
        check_well_formed(text, part)
        return fast
    index = 0
    unlocked: set[int] = set()
    for element in elements(text, part):  # a format comes after its protection
        if element.path == "styleSheet/cellXfs/xf/protection" and _is_false(element.attributes.get("locked")):
            unlocked.add(index)
        elif element.path == "styleSheet/cellXfs/xf":
            index += 1
    return frozenset(unlocked)


@remember
def read_date_styles(text: str, part: str) -> frozenset[int]:
    """Indexes of the cell formats that show a number as a date (ECMA-376 part 1, 18.8.30 numFmt).

    Raises UnreadableFileError where the part is not well-formed.
    """
    formats: dict[str, bool] = {}
    dates: set[int] = set()
    index = 0
    for element in elements(text, part):
        given = element.attributes
        if element.path == "styleSheet/numFmts/numFmt":
            formats[given.get("numFmtId", "")] = _shows_date(given.get("formatCode", ""))
        elif element.path == "styleSheet/cellXfs/xf":
            number = given.get("numFmtId", "")
            if formats.get(number, number in _DATE_FORMATS):
                dates.add(index)
            index += 1
    return frozenset(dates)


def _shows_date(code: str) -> bool:
    """Whether a number format has a year or a day outside quotes, brackets and escapes."""
    return any(letter in "yYdD" for letter in _LITERALS.sub("", code))


def _fast_unlocked(text: str) -> frozenset[int] | None:
    """The unlocked formats where their list is plain, else None."""
    # counted first: searching from each of a million beginnings would never end
    is_plain = _is_plain(text, _STYLES_HEAD) and text.count("<cellXfs") == 1
    block = _FORMATS.search(text) if is_plain else None
    # what stands before is balanced: the list is a child of the root
    if block is None or not is_well_formed(text[: block.start()] + "</styleSheet>"):
        return None
    pieces = _FORMAT.split(block[1])
    if any(pieces[::2]):
        return None
    return frozenset(
        index for index, given in enumerate(pieces[1::2]) if given and _UNLOCKED.search(given) is not None
    )


def _is_false(value: str | None) -> bool:
    return value in ("0", "false", "off")


def read_shared_strings(text: str, part: str) -> list[str]:
    """The shared strings in order: runs joined, phonetic guides left out; raises UnreadableFileError."""
    fast = _fast_strings(text)
    if fast is not None:
        return fast
    strings: list[str] = []
    runs: list[str] = []
    for element in elements(text, part):
        if element.path in ("sst/si/t", "sst/si/r/t"):
            runs.append(element.text)
        elif element.path == "sst/si":
            strings.append(decode_escapes("".join(runs)))
            runs.clear()
    return strings


def _fast_strings(text: str) -> list[str] | None:
    """The strings where every byte of the part fits the plain grammar, else None."""
    head = _STRINGS_HEAD.match(text)
    body = text.rstrip(" \t\r\n")
    if head is None or not body.endswith("</sst>"):
        return None
    body = body[head.end() : -len("</sst>")]
    if "\r" in body or "]]>" in body or body.count("<rPr>") > MAX_RUNS:
        return None
    plain = _without_formats(body)
    if plain is None:
        return None
    plain = plain.replace('<t xml:space="preserve">', "<t>")
    for between in (f"</t></r><r>{_RUN_MARK}<t>", "</t></r><r><t>"):
        plain = plain.replace(between, _JOINT)
    pieces = _STRING.split(plain)
    if any(pieces[::3]) or len(pieces) == 1:
        return None
    joined = unescape(
        "\0".join([a if b is None else b for a, b in zip(pieces[1::3], pieces[2::3], strict=True)])
    )
    if joined is None:
        return None
    strings = joined.replace(_JOINT, "").split("\0")
    return [decode_escapes(string) for string in strings] if "_x" in joined else strings


def _without_formats(body: str) -> str | None:
    """The strings with marks for the formats of their runs; None where one is not plain.

    LibreOffice makes runs of every text that mixes scripts, with the same few formats again and again.
    """
    first, *rest = body.split("<rPr>")
    parts = [piece.partition("</rPr>") for piece in rest]
    formats = {part[0] for part in parts}
    if not all(map(_RUN_FORMAT.fullmatch, formats)) or not is_well_formed(f"<a>{''.join(formats)}</a>"):
        return None
    texts = [first, *[part[2] for part in parts]]
    if not all(part[1] for part in parts) or has_controls("".join(texts)):
        return None
    return _RUN_MARK.join(texts)
