"""Hostile markup: entities and encodings in every kind of part, masses of elements, broken packages."""

# ruff: noqa: E501 - samples and tables read better on one line

from __future__ import annotations

from tests.hostile.base import (
    ROW,
    SHEET,
    STRINGS,
    STYLES,
    WORKBOOK,
    Builder,
    edited,
    packed,
    small,
    with_part,
    with_sheet,
)
from tests.unit.reading.makers import HEAD, MAIN, PACKAGE, parts, sheet_xml

RELS, ROOT_RELS = "xl/_rels/workbook.xml.rels", "_rels/.rels"
TEXT_PARTS = (ROOT_RELS, WORKBOOK, RELS, STYLES, STRINGS, SHEET)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(
        '<!ENTITY a%d "%s">' % (n, f"&a{n - 1};" * 10)  # noqa: UP031 - quotes in quotes
        for n in range(1, 10)
    )
    + "]>"
)
DOCTYPES = {
    "billion laughs": LAUGHS,
    "external entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "external DTD": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    "quadratic blowup": "<!DOCTYPE x [<!ENTITY a '" + "b" * 100_000 + "'>]>",
}


def _before(part: str, text: str) -> bytes:
    body = small()[part].decode().removeprefix(HEAD)
    return with_part(part, HEAD + text + body)


def _encoded(part: str, encoding: str, declared: str, text: str = "") -> bytes:
    body = small()[part].decode().removeprefix(HEAD)
    return with_part(part, f'<?xml version="1.0" encoding="{declared}"?>{text}{body}'.encode(encoding))


ENTITIES: dict[str, Builder] = {
    f"{name} in {part.replace('/', ' ')}": lambda part=part, text=text: _before(part, text)  # type: ignore[misc]
    for part in TEXT_PARTS
    for name, text in DOCTYPES.items()
}

ENCODINGS: dict[str, Builder] = {
    **{
        f"UTF-16 laughs in {part.replace('/', ' ')}": lambda part=part: _encoded(
            part, "utf-16", "UTF-16", LAUGHS
        )  # type: ignore[misc]
        for part in TEXT_PARTS
    },
    "UTF-16 without mark": lambda: _encoded(SHEET, "utf-16-le", "UTF-16"),
    "UTF-7": lambda: with_part(SHEET, '<?xml version="1.0" encoding="UTF-7"?>+ADw-worksheet/+AD4-'),
    "UTF-7 in UTF-8": lambda: _encoded(SHEET, "utf-8", "UTF-7"),
    "UTF-32": lambda: _encoded(SHEET, "utf-32", "UTF-32"),
    "EBCDIC": lambda: _encoded(SHEET, "cp037", "cp037"),
    "odd UTF-16": lambda: with_part(SHEET, b"\xff\xfe" + "<x/>".encode("utf-16-le") + b"x"),
    "lone surrogate": lambda: with_part(SHEET, b"\xff\xfe" + b"\x00\xd8" * 10),
    "surrogate in UTF-8": lambda: with_sheet('<row><c t="str"><v>x</v></c></row>'.replace("x", "y")),
    "overlong UTF-8": lambda: with_part(SHEET, b"\xc0\xbcworksheet\xc0\xbe"),
    "broken UTF-8": lambda: with_part(STRINGS, b"<sst><si><t>\xe4\xb8</t></si></sst>"),
    "broken UTF-8 in names": lambda: with_part(WORKBOOK, b"\xff" + small()[WORKBOOK]),
    "NUL bytes": lambda: with_part(SHEET, sheet_xml(ROW.replace("1<", "1\0<"))),
    "NUL reference": lambda: with_sheet(ROW.replace("1<", "&#0;<")),
    "control characters": lambda: with_sheet(ROW.replace("1<", "\x01\x02<")),
    "surrogate reference": lambda: with_sheet(ROW.replace("1<", "&#xD800;<")),
    "escaped surrogates": lambda: with_sheet('<row><c t="str"><v>_xD800__x0000__xFFFF_</v></c></row>'),
    "two marks": lambda: with_part(SHEET, "\ufeff\ufeff" + sheet_xml(ROW)),
    "unknown encoding": lambda: _encoded(SHEET, "utf-8", "x-" + "a" * 39),
    "XML 1.1": lambda: with_part(SHEET, sheet_xml(ROW).replace("1.0", "1.1", 1)),
    "foreign namespace": lambda: with_part(SHEET, sheet_xml(ROW).replace(MAIN, "urn:x")),
}


def _names(count: int, text: str = "S1!$A$1") -> bytes:
    names = "".join(f'<definedName name="n{n}">{text}</definedName>' for n in range(count))
    return _workbook(f"<definedNames>{names}</definedNames>")


def _workbook(inside: str) -> bytes:
    return packed(parts(sheet_xml(ROW), workbook=inside))


def _strings(inside: str) -> bytes:
    return with_part(STRINGS, f'<sst xmlns="{MAIN}">{inside}</sst>')


def _styles(inside: str) -> bytes:
    return with_part(STYLES, f'<styleSheet xmlns="{MAIN}">{inside}</styleSheet>')


def _attributes(count: int) -> str:
    return "".join(f' a{n}=""' for n in range(count))


def _repeat(text: str, megabytes: float) -> str:
    return text * int(megabytes * 1024 * 1024 / len(text))


def _after(text: str, megabytes: float = 15.5) -> Builder:
    """A mass of elements behind the cells."""
    return lambda: with_sheet(ROW, after=_repeat(text, megabytes))


MASSES: dict[str, Builder] = {
    "99,000 names": lambda: _names(99_000),
    "300,000 names": lambda: _names(300_000),
    "names of 1 MB": lambda: _names(14, "A" * 1_000_000),
    "names with entities": lambda: _names(90_000, "&#65;&amp;"),
    "names in comments": lambda: _workbook("<!--x-->" + _repeat("<definedName/>", 15)),
    "900 sheets of one part": lambda: _sheets_of_one_part(900),
    "100,000 sheets": lambda: _workbook("<sheets>" + '<sheet name="x" sheetId="1"/>' * 100_000 + "</sheets>"),
    "elements in the workbook": lambda: _workbook(_repeat("<x/>", 15)),
    "relationships": lambda: with_part(
        RELS,
        f'<Relationships xmlns="{PACKAGE}">'
        + _repeat('<Relationship Id="a" Target="b"/>', 15)
        + "</Relationships>",
    ),
    "validations": _after('<dataValidation sqref="A1" type="list"><formula1>"a"</formula1></dataValidation>'),
    "short elements": _after("<x/>"),
    "conditional formats": _after('<conditionalFormatting sqref="A1"><cfRule/></conditionalFormatting>'),
    "hyperlinks": _after('<hyperlink ref="A1" location="S1!A1"/>'),
    "merges": _after('<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'),
    "99,000 merges": lambda: with_sheet(
        ROW, after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 99_000 + "</mergeCells>"
    ),
    "column elements": lambda: with_sheet(
        ROW, before="<cols>" + _repeat('<col min="1" max="16384" hidden="1"/>', 15) + "</cols>"
    ),
    "protections": _after('<sheetProtection sheet="1"/>'),
    "comments of markup": _after("<!---->"),
    "processing instructions": _after("<?x?>"),
    "formats": lambda: _styles("<cellXfs>" + _repeat("<xf/>", 15) + "</cellXfs>"),
    "formats with protection": lambda: _styles(
        "<cellXfs>" + _repeat('<xf><protection locked="0"/></xf>', 15) + "</cellXfs>"
    ),
    "formats not plain": lambda: _styles("<!---->" + _repeat("<xf/>", 15)),
    "format code of brackets": lambda: _styles(
        '<numFmts><numFmt numFmtId="200" formatCode="' + "[" * 900_000 + '"/></numFmts>'
    ),
    "format code of quotes": lambda: _styles(
        '<numFmts><numFmt numFmtId="200" formatCode="' + "&quot;" * 150_001 + '"/></numFmts>'
    ),
    "open lists of formats": lambda: _styles("<cellXfs>" * 1_500_000),
    "strings": lambda: _strings(_repeat("<si><t>a</t></si>", 15)),
    "empty strings": lambda: _strings(_repeat("<si><t/></si>", 15)),
    "strings not plain": lambda: _strings("<!---->" + _repeat("<si><t>a</t></si>", 15)),
    "runs": lambda: _strings("<si>" + _repeat("<r><t>a</t></r>", 15) + "</si>"),
    "runs with formats": lambda: _strings("<si>" + _repeat("<r><rPr><b/></rPr><t>a</t></r>", 15) + "</si>"),
    "runs each of its own format": lambda: _strings(
        "".join(f'<si><r><rPr><sz val="{n}"/></rPr><t>a</t></r></si>' for n in range(200_000))
    ),
    "open runs": lambda: _strings("<si><rPr>" * 1_500_000),
    "phonetic guides": lambda: _strings("<si><t>a</t>" + _repeat("<rPh/>", 15) + "</si>"),
    "escapes": lambda: _strings("<si><t>" + _repeat("_x0041_", 15) + "</t></si>"),
    "ampersands": lambda: _strings("<si><t>" + _repeat("&amp;", 15) + "</t></si>"),
    "character references": lambda: _strings("<si><t>" + _repeat("&#65;", 15) + "</t></si>"),
    "ampersands of the rare kind": lambda: _strings("<si><t>" + _repeat("&quot;", 15) + "</t></si>"),
    "line ends": lambda: _strings("<si><t>" + _repeat("\r\n", 15) + "</t></si>"),
    "depth": lambda: with_sheet("<a>" * 1_000_000),
    "depth of 60": lambda: with_sheet(("<a>" * 55 + "</a>" * 55) * 30_000),
    "depth in the workbook": lambda: _workbook("<a>" * 100_000),
    "attribute of 15 MB": lambda: with_sheet('<row a="' + "x" * 15_000_000 + '"/>'),
    "800,000 attributes": lambda: with_sheet(f"<row{_attributes(800_000)}/>"),
    "attributes in the workbook": lambda: _workbook(f"<x{_attributes(800_000)}/>"),
    "elements with attributes": lambda: _workbook(_repeat(f"<x{_attributes(20)}/>", 15)),
    "attributes of equal hash": lambda: with_sheet(ROW, before=f"<x{_attributes(500_000)}/>"),
    "800,000 namespaces": lambda: with_sheet(
        "<row" + "".join(f' xmlns:a{n}="u"' for n in range(400_000)) + "/>"
    ),
    "long element name": lambda: with_sheet(f"<{'a' * 7_000_000}/>"),
    "unclosed tag": lambda: with_part(SHEET, sheet_xml("<row " + "a" * 10_000_000)),
    "unclosed attribute": lambda: with_part(SHEET, sheet_xml('<row r="' + "<c " * 3_000_000)),
    "sheet name of 10 MB": lambda: with_part(
        WORKBOOK, small()[WORKBOOK].decode().replace('name="S1"', 'name="' + "表" * 3_000_000 + '"')
    ),
}


def _sheets_of_one_part(count: int) -> bytes:
    made = parts(*[sheet_xml(ROW)] * count)
    rels = made[RELS]
    assert isinstance(rels, str)
    for number in range(2, count + 1):
        rels = rels.replace(f"sheet{number}.xml", "Sheet1.xml")
    return packed(dict(made) | {RELS: rels})


def _without(*names: str) -> bytes:
    return packed({name: data for name, data in small().items() if name not in names})


def _rels(*relations: str) -> bytes:
    inside = "".join(f"<Relationship {text}/>" for text in relations)
    return with_part(RELS, f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>')


def _target(target: str, mode: str = "") -> bytes:
    return _rels(f'Id="rId1" Type="x/worksheet" Target="{target}"{mode}')


def _root(target: str) -> bytes:
    text = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="x/officeDocument" Target="{target}"/></Relationships>'
    return with_part(ROOT_RELS, text)


PACKAGES: dict[str, Builder] = {
    **{
        f"without {name.replace('/', ' ')}": lambda name=name: _without(name)
        for name in (WORKBOOK, SHEET, RELS)
    },  # type: ignore[misc]
    "without anything": lambda: packed({"[Content_Types].xml": "<x/>"}),
    "external sheet": lambda: _target("http://127.0.0.1:9/sheet.xml", ' TargetMode="External"'),
    "sheet on the disk": lambda: _target("file:///etc/passwd", ' TargetMode="External"'),
    "sheet outside": lambda: _target("../../../../etc/passwd"),
    "sheet that is the workbook": lambda: _target("workbook.xml"),
    "sheet that is its relations": lambda: _target("_rels/workbook.xml.rels"),
    "sheet that is no XML": lambda: _target("../x.bin"),
    "sheet without target": lambda: _rels('Id="rId1" Type="x/worksheet"'),
    "relationships in a circle": lambda: _root("_rels/.rels"),
    "workbook that is itself a sheet": lambda: _root("xl/worksheets/sheet1.workbook.xml"),
    "workbook far outside": lambda: _root("../" * 5_000 + "workbook.xml"),
    "target of 10 MB": lambda: _target("../a/" * 2_000_000),
    "empty sheet part": lambda: with_part(SHEET, b""),
    "empty workbook part": lambda: with_part(WORKBOOK, b""),
    "sheet of zeros": lambda: with_part(SHEET, bytes(1000)),
    "strings that are the sheet": lambda: _rels(
        'Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"',
        'Id="s" Type="x/sharedStrings" Target="worksheets/sheet1.xml"',
        'Id="t" Type="x/styles" Target="worksheets/sheet1.xml"',
    ),
    "two sheets of one name": lambda: packed(
        dict(parts(sheet_xml(ROW), sheet_xml(ROW)))
        | {WORKBOOK: str(parts(sheet_xml(ROW), sheet_xml(ROW))[WORKBOOK]).replace("S2", "S1")}
    ),
    "part twice in the good one": lambda: edited("xl/_rels/workbook.xml.rels", ("sheet2.xml", "sheet1.xml")),
}
