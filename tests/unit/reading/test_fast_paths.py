"""The quick ways (regular expressions) give what the parser gives, on thousands of broken parts."""

# ruff: noqa: E501 - samples of markup read better on one line

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.unit.reading.makers import MAIN, OFFICE, sheet_xml
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading.workbooks import workbook_parts
from xltools.reading.workbooks.sheet_fast import read_fast
from xltools.reading.workbooks.sheet_tree import read_tree

SHEET = sheet_xml(
    '<row r="1" spans="1:2" ht="15" hidden="1" customHeight="1"><c r="A1" s="1" t="str"><f>1&amp;2</f><v>a</v></c><c r="B1"/></row>'
    '<row r="2"/><row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="2"><f aca="false">A3</f><v>-1.5</v></c></row>',
    before='<cols><col min="1" max="2" hidden="1"/></cols>',
    after='<sheetProtection sheet="1"/><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
)
STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t>甲</t><phoneticPr fontId="1" type="noConversion"/></si><si><r><rPr><b val="1"/></rPr>'
    '<t xml:space="preserve"> a </t></r><r><t>b&amp;</t></r><r><rPr><i/></rPr><t>c</t></r></si></sst>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf a="1"/><xf><protection locked="0"/></xf>'
    '<xf b="2"><alignment x="1"/><protection locked="1"/></xf></cellXfs></styleSheet>'
)
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" r:id="r"/></sheets><definedNames>'
    '<definedName name="x" hidden="1">A&amp;1</definedName><definedName hidden="0" name="y">B</definedName>'
    '<definedName localSheetId="1" name="z">B</definedName></definedNames></workbook>'
)
PIECES = (
    "<", ">", '"', "'", "&", "&amp;", "&#65;", "1", "A", " ", "\n", "\r", "\x01", "１", "nan", "/>", "]]>", "_x0041_",
    "<!-- x -->", "<![CDATA[", "<a>", "</a>", "<x/>", '<c r="A9">', "</c>", "<v>", "</v>", "<v/>", "<f>", "</f>",
    '<row r="2">', "</row>", ' hidden="1"', ' s="2"', ' t="s"', "<cols>", "</cols>", "<sheetData>", "</sheetData>",
    '<mergeCell ref="A1"/>', '<sheetProtection sheet="1"/>', "<si>", "</si>", "<t>", "</t>", "<r>", "</r>", "<rPr>",
    "</rPr>", "</t></r><r><t>", '<t xml:space="preserve">', "<xf/>", "<xf>", "</xf>", '<protection locked="0"/>',
    ' locked="0"', ' name="q"', ' localSheetId="0"', '<definedName name="n">', "</definedName>",
)  # fmt: skip


def broken(text: str, source: random.Random) -> str:
    """The text with one to three places damaged; half of them at the edge of a tag or attribute."""
    for _ in range(source.choice((1, 1, 2, 3))):
        at = source.randrange(len(text))
        match source.randrange(5):
            case 0:
                text = text[:at] + text[at + source.choice((1, 2, 5, 20)) :]
            case 1:
                begin = source.randrange(len(text))
                text = text[:at] + text[begin : begin + source.choice((5, 30, 80))] + text[at:]
            case 2:
                text = text[:at] + source.choice(PIECES) + text[at:]
            case _:
                at = text.find(source.choice('<>"'), at) + source.choice((0, 1))
                text = text[:at] + source.choice(PIECES) + text[at:]
    return text


def outcome(read: Callable[[], object]) -> object:
    try:
        return read()
    except UnreadableFileError:
        return "refused"


@pytest.mark.parametrize("seed", range(4))
def test_broken_sheets(seed: int) -> None:
    source = random.Random(seed)
    taken = 0
    for _ in range(2_500):
        text = broken(SHEET, source)
        fast = read_fast(text.encode(), ["甲"])
        if fast is not None:
            taken += 1
            assert fast == outcome(lambda text=text: read_tree(text, "part", "S", ["甲"])), text  # type: ignore[misc]
    assert taken > 10


@pytest.mark.parametrize(
    ("sample", "read", "fast_way", "none"),
    [
        (STRINGS, workbook_parts.read_shared_strings, "_fast_strings", None),
        (STYLES, workbook_parts.read_unlocked_styles, "_fast_unlocked", None),
        (WORKBOOK, workbook_parts.read_workbook_part, "_fast_names", {}),
    ],
)
def test_broken_parts(
    monkeypatch: pytest.MonkeyPatch,
    sample: str,
    read: Callable[[str, str], object],
    fast_way: str,
    none: object,
) -> None:
    source = random.Random(1)
    texts = [sample, *(broken(sample, source) for _ in range(5_000))]
    read = getattr(read, "__wrapped__", read)  # not what is remembered
    with_fast = [outcome(lambda text=text: read(text, "part")) for text in texts]  # type: ignore[misc]
    taken = getattr(workbook_parts, fast_way)(sample)
    assert taken, "the sample itself takes the quick way"
    monkeypatch.setattr(workbook_parts, fast_way, lambda text: none if none is None else ({}, text))
    for text, found in zip(texts, with_fast, strict=True):
        assert found == outcome(lambda text=text: read(text, "part")), text  # type: ignore[misc]
