"""Very many filled returns, each of a unit of its own, made by patching a few rendered ones.

The texts of a template are stored in its zip without compression, so that a unit's name, code and
fingerprint, all of fixed length, are put in place with a new CRC and nothing else has to be packed anew.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import xltools
from xltools.demo.county import county_returns
from xltools.layout.identity_sheet import fingerprint
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.unit import Unit
from xltools.writing.workbook import render_workbook

FORM, YEAR = "zfxxgk-2021", 2025
_TEMPLATES, _SEED, _LEVEL = 40, 2025, "县级部门"
_STRINGS = "xl/sharedStrings.xml"
_FILES_A_FOLDER = 1000
_TEXT = "本年度，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，主动公开政府信息，依法办理申请。" * 3


@dataclass(frozen=True)
class _Template:
    data: bytes
    strings: slice
    crcs: tuple[int, int]
    unit: Unit


def unit_of(number: int) -> Unit:
    return Unit(f"第{number:07}局", f"99{number:07}", _LEVEL)


def write_many(count: int, folder: Path) -> None:
    """``count`` returns in folders of a thousand; those that are there already stay."""
    form = xltools.load_form(FORM)
    templates = _templates(form)
    for number in range(count):
        place = folder / f"{number // _FILES_A_FOLDER:04}"
        path = place / f"{number:07}.xlsx"
        if number % _FILES_A_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(_stamped(templates[number % _TEMPLATES], form, unit_of(number)))


def _templates(form: Form) -> list[_Template]:
    units = [unit_of(9_000_000 + number) for number in range(_TEMPLATES)]
    texts = {cell.id: _TEXT for cell in form.cells.values() if cell.kind == "text"}
    returns = county_returns(form, Period(YEAR), units, _SEED)
    full = (replace(given, texts={**texts, **given.texts}) for given in returns)
    return [_template(render_workbook(plan_workbook(given)), given.unit) for given in full]


def _template(workbook: bytes, unit: Unit) -> _Template:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(target, "w") as out:
        for info in source.infolist():
            method = zipfile.ZIP_STORED if info.filename == _STRINGS else zipfile.ZIP_DEFLATED
            out.writestr(info.filename, source.read(info), method)
        entry = out.getinfo(_STRINGS)
    data = target.getvalue()
    name = _STRINGS.encode()
    begin = entry.header_offset + 30 + len(name)
    central = data.rindex(name) - 46
    strings = slice(begin, begin + entry.file_size)
    return _Template(data, strings, (entry.header_offset + 14, central + 16), unit)


def _stamped(template: _Template, form: Form, unit: Unit) -> bytes:
    strings = template.data[template.strings]
    for old, new in zip(_facts(form, template.unit), _facts(form, unit), strict=True):
        assert old in strings
        assert len(old) == len(new)
        strings = strings.replace(old, new)
    data = bytearray(template.data)
    data[template.strings] = strings
    crc = zlib.crc32(strings).to_bytes(4, "little")
    for at in template.crcs:
        data[at : at + 4] = crc
    return bytes(data)


def _facts(form: Form, unit: Unit) -> tuple[bytes, ...]:
    mark = fingerprint(form, "return", Period(YEAR), unit)
    return unit.name.encode(), unit.code.encode(), mark.encode()
