"""Sound returns made hostile: absurd facts on the hidden sheet, figures that want to be run, masses beside them."""

# ruff: noqa: E501 - samples and tables read better on one line

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path

import xltools
from tests.hostile.base import STRINGS, Builder, edited, good_parts, packed, unpacked
from tests.hostile.corpus_cells import LINES, cell_of_text
from tests.support.workbooks import FORM_2021, save, submission_of
from xltools.layout.places import IDENTITY_KEYS, places
from xltools.model.sheet_names import IDENTITY_SHEET
from xltools.model.unit import Unit

Parts = dict[str, bytes]


def _sheet_names(members: Parts) -> list[str]:
    text = members["xl/workbook.xml"].decode()
    return re.findall('<sheet [^>]*?name="([^"]*)"', text)


def part_of(members: Parts, sheet: str) -> str:
    return f"xl/worksheets/sheet{1 + _sheet_names(members).index(sheet)}.xml"


def with_cell(members: Parts, sheet: str, reference: str, cell: str) -> Parts:
    """The parts with one cell replaced."""
    part = part_of(members, sheet)
    text = members[part].decode()
    start = text.index(f'<c r="{reference}"')
    tag = text.index(">", start) + 1
    end = tag if text[tag - 2] == "/" else text.index("</c>", start) + 4
    return members | {part: (text[:start] + cell + text[end:]).encode()}


def with_identity(members: Parts | None = None, **facts: str) -> bytes:
    """The sound return (or these parts) with facts of its hidden sheet replaced."""
    found = dict(good_parts()) if members is None else members
    for key, fact in facts.items():
        place = f"B{IDENTITY_KEYS.index(key) + 1}"
        found = with_cell(found, IDENTITY_SHEET, place, cell_of_text(place, fact))
    return packed(found)


@cache
def summary() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        units = [Unit(f"单位{n}", f"00{n}", "县级部门") for n in range(2)]
        files = [
            save(
                submission_of(FORM_2021, {"t2_5.licensing.decisions": 3}, unit=unit),
                Path(folder, f"{unit.code}.xlsx"),
            )
            for unit in units
        ]
        output = Path(folder, "summary.xlsx")
        xltools.merge(files, output, unit=Unit("汇总", "9", FORM_2021.levels[0].label))
        return output.read_bytes()


IDENTITY: dict[str, Builder] = {
    "year of 5,000 digits": lambda: with_identity(year="9" * 5000),
    "year 0000": lambda: with_identity(year="0000"),
    "full-width year": lambda: with_identity(year="２０２５"),
    "month 99": lambda: with_identity(month="99"),
    "99,999 units": lambda: with_identity(unpacked(summary()), units="99999"),
    "99,999,999 units": lambda: with_identity(unpacked(summary()), units="99999999"),
    "minus one unit": lambda: with_identity(unpacked(summary()), units="-1"),
    "form on the disk": lambda: with_identity(form="../../etc/passwd"),
    "form with NUL escape": lambda: with_identity(form="_x0000_"),
    "form of 1 MB": lambda: with_identity(form="x" * 1_000_000),
    "kind unknown": lambda: with_identity(kind="__class__"),
    "version of 1 MB": lambda: with_identity(version="9" * 1_000_000),
    "name of 1 MB": lambda: with_identity(name="局" * 300_000),
    "name that is markup": lambda: with_identity(name="<script>alert(1)</script>"),
    "code that is a formula": lambda: with_identity(code="=cmd|' /C calc'!A0"),
    "fingerprint gone": lambda: with_identity(fingerprint=""),
}


FIRST, SECOND = (places(FORM_2021).cells[cell.id] for cell in FORM_2021.inputs[:2])


def _figure(text: str) -> Builder:
    """The sound return with a text where a figure belongs."""
    return lambda: packed(with_cell(dict(good_parts()), FIRST.sheet, FIRST.a1, cell_of_text(FIRST.a1, text)))


def _numbers(one: str, other: str) -> bytes:
    """The sound return with two numbers as they stand in the markup."""
    members = dict(good_parts())
    for place, text in ((FIRST, one), (SECOND, other)):
        members = with_cell(members, place.sheet, place.a1, f'<c r="{place.a1}"><v>{text}</v></c>')
    return packed(members)


NUMBERS: dict[str, Builder] = {
    f"number {text[:12]}": lambda text=text: _numbers(text, "0")  # type: ignore[misc]
    for text in (
        *("nan", "NaN", "inf", "-Infinity", "1e400", "-1e-999999", "1e99999", "0x10", "1_000", "１２", "٣"),
        *("1" * 400, "9" * 5000, "." * 50, "--1", "1e", "1.2.3", "1,000", "&#x660;", "1e+5000000000"),
    )
}

INJECTIONS: dict[str, Builder] = {
    "calc": _figure("=cmd|' /C calc'!A0"),
    "DDE": _figure('=DDE("cmd";"/C calc";"1")'),
    "web service": _figure('=WEBSERVICE("http://127.0.0.1:9/")'),
    "script": _figure("<script>alert(1)</script>"),
    "terminal escapes": _figure("_x001B_[2J_x0007_"),
    "32,767 letters": _figure("x" * 32_767),
    "1 MB of digits": _figure("9" * 1_000_000),
    "commas": _figure("1" + ",000" * 9),
    "chinese numerals": _figure("九" * 16),
    "billions": _figure("9" * 39 + "元"),
    "dashes": _figure("—" * 1_000),
    "bidirectional": _figure("\u202e123\u202c"),
    "largest numbers": lambda: _numbers("1.7e308", "1.7e308"),
    "largest and smallest": lambda: _numbers("1.7e308", "-1.7e308"),
    "smallest numbers": lambda: _numbers("5e-324", "-5e-324"),
    "minus zero": lambda: _numbers("-0.5", "-0.0"),
    "huge whole number": lambda: _numbers("1e300", "123456789012345"),
    "label gone": lambda: edited(STRINGS, (LINES[0], LINES[0] + "x")),
    "all labels gone": lambda: _retyped(STRINGS, ("<t>", "<t>x")),
    "290,000 cells beside": lambda: _beside(290_000),
}


def _retyped(part: str, *edits: tuple[str, str]) -> bytes:
    text = good_parts()[part].decode()
    for old, new in edits:
        text = text.replace(old, new)
    return packed(dict(good_parts()) | {part: text.encode()})


def _beside(count: int) -> bytes:
    """One label retyped, and masses of texts that may be it."""
    members = dict(good_parts())
    strings = members[STRINGS].decode().replace(LINES[0], LINES[0] + "x", 1)
    part = part_of(members, FIRST.sheet)
    row = '<c t="s"><v>3</v></c>' * 200
    mass = "".join(f'<row r="{5000 + number}">{row}</row>' for number in range(count // 200))
    sheet = members[part].decode().replace("</sheetData>", f"{mass}</sheetData>")
    return packed(members | {STRINGS: strings.encode(), part: sheet.encode()})
