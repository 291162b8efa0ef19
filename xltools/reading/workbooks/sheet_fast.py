"""One worksheet through one regular expression: the quick way for what the usual suites write.

Every byte of ``<sheetData>`` must fit the grammar below; otherwise the answer is None and
``sheet_tree`` reads the part. Where both read a part, they give the same (tested).
Source: ECMA-376 part 1, 18.3 (worksheets).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress
from typing import Any

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.excel.values import Value
from xltools.reading.workbooks.cell_values import to_number, to_value
from xltools.reading.workbooks.sheet_parts import MAX_MERGES, SheetContent, hidden_column_numbers
from xltools.reading.xml_text import MAIN_NAMESPACES, decode, has_controls, is_well_formed, remember, unescape

MAX_TEXT = 4 * 1024 * 1024
"""Characters of a part beyond which the parser, which streams, is used."""

# Possessive quantifiers (*+) make a failing match fail at once instead of trying every split.
_ATTRIBUTES = r'(?: [A-Za-z0-9:]++="[^"<>&]*+")*+'
_HEAD = re.compile(
    rf'\s*(?:<\?xml [^<>]*\?>\s*)?<worksheet xmlns="(?:{"|".join(map(re.escape, MAIN_NAMESPACES))})"'
)
_CELL = (
    # at most ZZ999999, which every sheet has; three groups: reference, style, type
    r'<c r="([A-Z]{1,2}+[1-9][0-9]{0,5}+)"(?: s="([0-9]{1,9}+)")?+(?: t="([a-z]{1,3}+)")?+'
    # formula, plain number, any other text
    r'(?:/>|>(?:<f(?: aca="false")?+>([^<]*+)</f>)?+(?:<v(?: xml:space="preserve")?+>'
    r"(?:(-?+[0-9]{1,15}+(?:\.[0-9]{1,17}+)?+)(?=<)|([^<]*+))</v>)?+</c>)(?=<c |</row>)"
)
# each attribute at most once, in the schema's order, which Excel, WPS, LibreOffice and XlsxWriter keep
_ROW_ATTRIBUTES = "".join(
    f'(?: {name}="[-0-9A-Za-z:. ]*+")?+'
    for name in (
        *("spans", "s", "customFormat", "ht", "hidden", "customHeight"),
        *("outlineLevel", "collapsed", "thickTop", "thickBot", "ph"),
    )
)


def _token(row_attributes: str) -> re.Pattern[str]:
    """The grammar of the cells; each token also asks for what may follow it.

    The end of a row and the beginning of the next are one token: fewer tokens are quicker.
    """
    row = rf'(?:</row>)?+<row r="[1-9][0-9]{{0,5}}+"{row_attributes}(?:/>(?=<row |\Z)|>(?=<c |</row>))'
    return re.compile(rf"{_CELL}|{row}|</row>\Z")


_TOKEN = _token(_ROW_ATTRIBUTES)
_TOKEN_OF_EXCEL = _token(_ROW_ATTRIBUTES + r'(?: x14ac:dyDescent="[-0-9.E]*+")?+')
"""Where the prefix of Excel's own attribute is declared."""
_GROUPS = 7
"""Strings per token in the result of split: what stands between tokens, then the six groups."""
_HIDDEN_ROW = re.compile(r'<row r="([0-9]+)"[^<>]* hidden="(?:1|true|on)"')
_COLS = re.compile(rf"<cols>((?:<col{_ATTRIBUTES}/>)*+)</cols>\Z")
_COL = re.compile(r"<col([^<>]*)/>")
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_AFTER = re.compile(
    rf"(?:<sheetCalcPr{_ATTRIBUTES}/>)?(?:<sheetProtection({_ATTRIBUTES})/>)?(?:<autoFilter{_ATTRIBUTES}/>)?"
    rf"(?:<mergeCells{_ATTRIBUTES}>((?:<mergeCell ref=\"[A-Z0-9:$]+\"/>)*+)</mergeCells>)?"
)
_BLANKS = " \t\r\n"
_MERGE = re.compile(r'ref="([^"]*)"')
_PROTECTED = re.compile(r' sheet="(?:1|true|on)"')


def read_fast(part: bytes, strings: Sequence[str]) -> SheetContent | None:
    """The content of a plainly written worksheet part; None for any other, well-formed or not.

    The markup is ASCII. Bytes are therefore taken for characters of their own (Latin-1, which copies
    them) and only what stands in formulas and texts is decoded, mostly from what is remembered.
    """
    text = part.decode("latin-1")
    start = text.find("<sheetData>")
    end = text.rfind("</sheetData>")
    if len(text) > MAX_TEXT or start < 0 or end < start or not _HEAD.match(text):
        return None
    head, data, tail = text[:start], text[start + len("<sheetData>") : end], text[end + len("</sheetData>") :]
    around = _around(head, tail)
    # line ends, references and "]]>" in texts have rules of their own in XML
    if (
        around is None
        or (data and not data.startswith("<row "))
        or "\r" in data
        or ("]" in data and "]]>" in data)
    ):
        return None
    token = _TOKEN_OF_EXCEL if ' xmlns:x14ac="' in head else _TOKEN
    pieces = token.split(data)
    if any(pieces[::_GROUPS]):
        if "<v/>" not in data and "<v />" not in data:
            return None
        pieces = token.split(data.replace("<v/>", "<v></v>").replace("<v />", "<v></v>"))
        if any(pieces[::_GROUPS]):
            return None
    cells = _cells(pieces, strings)
    if cells is None:
        return None
    values, formulas, styles = cells
    merges, hidden_columns, protected = around
    hidden_rows: tuple[int, ...] = ()
    if ' hidden="' in data:
        hidden_rows = tuple(sorted({int(row) - 1 for row in _HIDDEN_ROW.findall(data)}))
    return SheetContent(
        values, formulas, styles, merges, hidden_rows, hidden_columns, protected, len(pieces) // _GROUPS
    )


def _is_sound(head: str, tail: str) -> bool:
    """Whether the cells stand directly in a well-formed root.

    Head and tail must each be balanced; as children of one element they need a single parse.
    """
    begin = head.find("<worksheet")
    root = head[begin : head.find(">", begin) + 1]
    tail = tail.rstrip(_BLANKS)
    if head.count("<worksheet") != 1 or tail.count("</worksheet") != 1 or not tail.endswith("</worksheet>"):
        return False
    both = f"{head[:begin]}<both>{head[begin:]}</worksheet>{root}{tail}</both>"
    try:
        return is_well_formed(decode(both.encode("latin-1"), ""))
    except UnreadableFileError:  # another encoding
        return False


def _cells(
    pieces: list[Any], strings: Sequence[str]
) -> tuple[dict[str, Value], dict[str, str], dict[str, int]] | None:
    """Values, formulas and styles from the split cells; None where one is not plain or stands twice.

    Each group is a column of its own in ``pieces``; a group that took no part in a match is None, so
    that row tags have no reference.
    """
    references, raw_styles, raw_formulas = pieces[1::_GROUPS], pieces[2::_GROUPS], pieces[4::_GROUPS]
    texts = _formula_texts("\0".join(filter(None, raw_formulas)))
    if texts is None:
        return None
    formulas: dict[str, str] = dict(zip(compress(references, raw_formulas), texts, strict=False))
    numbers = {style: int(style) for style in {*raw_styles} - {None}}
    styles = {ref: numbers[style] for ref, style in zip(references, raw_styles, strict=True) if style}
    cells = len(references) - references.count(None)
    if len(styles) != cells and len({*references} - {None}) != cells:
        return None
    values = _values(pieces, strings, formulas)
    return None if values is None else (values, formulas, styles)


@remember
def _formula_texts(joined: str) -> tuple[str, ...] | None:
    """The formulas of a sheet from their XML text, joined by NUL; None where they hold odd characters.

    Kept for a while: the returns of one round carry the same locked formulas.
    """
    plain = _utf8(joined)
    texts = None if plain is None else unescape(plain)
    return None if texts is None or has_controls(texts.replace("\0", "")) else tuple(texts.split("\0"))


def _values(pieces: list[Any], strings: Sequence[str], formulas: dict[str, str]) -> dict[str, Value] | None:
    """Values of the split cells; None where one does not fit its type."""
    values: dict[str, Value] = {}
    count = len(strings)
    for reference, kind, number, text in zip(
        pieces[1::_GROUPS], pieces[3::_GROUPS], pieces[5::_GROUPS], pieces[6::_GROUPS], strict=True
    ):
        if number and (kind is None or kind == "n"):
            values[reference] = float(number) if "." in number else int(number)
        elif number and kind == "s":
            index = int(number) if number.isdigit() else -1
            if not 0 <= index < count:
                return None
            values[reference] = strings[index]
        elif number or text:
            value = _other_value(kind, number or text)
            if value is None:
                return None
            values[reference] = value
        elif (text is not None or kind == "str") and reference in formulas:
            values[reference] = ""
    return values


def _utf8(text: str) -> str | None:
    """The text whose UTF-8 bytes were taken for characters; None where they are not UTF-8."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeDecodeError:
        return None


def _other_value(kind: str | None, text: str) -> Value:
    """The value of a cell that is neither a plain number nor a shared string; None where it does not fit."""
    if kind is None or kind == "n":
        return to_number(text)
    decoded = _utf8(text)
    if decoded is None:
        return None
    if kind == "str" and decoded.isprintable() and "&" not in decoded and "_" not in decoded:
        return decoded
    plain = unescape(decoded)
    return None if plain is None or has_controls(plain) else to_value(kind, plain, ())


@remember
def _around(head: str, tail: str) -> tuple[tuple[str, ...], tuple[int, ...], bool] | None:
    """Merges, hidden columns and protection from what surrounds the cells; None where not plain."""
    # without comments and CDATA every "<" begins a tag, so that tags can be searched as text
    if "<!" in head or "<!" in tail or "<?" in tail or head.rfind("<?") > 0:
        return None
    after = _AFTER.match(tail)
    rest = tail[after.end() :] if after else tail
    columns = _COLS.search(head)
    before = head[: columns.start()] if columns else head
    if after is None or head.count(' xmlns="') != 1 or ' xmlns="' in tail or "mc:Alt" in before:
        return None
    for name in ("<col", "<sheetProtection", "<mergeCell", "<sheetData"):
        if name in before or (name in rest and name != "<col"):
            return None
    merges = tuple(_MERGE.findall(after[2])) if after[2] else ()
    if len(merges) > MAX_MERGES or not _is_sound(head, tail):
        return None
    found = [dict(_ATTRIBUTE.findall(given)) for given in _COL.findall(columns[1])] if columns else []
    return merges, hidden_column_numbers(found), bool(after[1] and _PROTECTED.search(after[1]))
