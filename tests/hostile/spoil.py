"""The usual ways in which a return is spoiled, done to a sound one; openpyxl stands for the office suite."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from copy import copy
from pathlib import Path

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.workbook import Workbook

from tests.hostile.base import packed, unpacked
from tests.hostile.corpus_returns import with_cell
from tests.support.earlier import old_form
from tests.support.office import convert, encrypt
from tests.support.workbooks import FORM_2021, MONTHLY, UNIT, save, submission_of
from xltools.excel.a1 import parse_cell
from xltools.layout.places import places
from xltools.model.sheet_names import IDENTITY_SHEET

Spoiler = Callable[[Path], list[Path]]
"""Writes files into an empty folder and gives what is to be checked."""

FIGURES = {
    "t2_1.normative.in_force": 12,
    "t2_5.licensing.decisions": 7,
    "t3.new.natural": 2,
    "t3.granted.natural": 2,
}
PLACES = places(FORM_2021).cells
NAME = "云山县某局.xlsx"


def sound(folder: Path, name: str = NAME) -> Path:
    """A return with which nothing is wrong."""
    return save(submission_of(FORM_2021, FIGURES), folder / name)


def bytes_of(folder: Path) -> bytes:
    path = sound(folder / "source")
    return path.read_bytes()


def edited(change: Callable[[Workbook], None]) -> Spoiler:
    """The sound return, changed in an office suite and saved."""

    def spoil(folder: Path) -> list[Path]:
        book = openpyxl.load_workbook(sound(folder / "source"))
        change(book)
        book.save(folder / NAME)
        return [folder / NAME]

    return spoil


def typed(values: dict[str, object]) -> Spoiler:
    """Something else in cells, by cell id."""

    def change(book: Workbook) -> None:
        for id_, value in values.items():
            cell = book[PLACES[id_].sheet][PLACES[id_].a1]
            cell.value = value
            if isinstance(value, str) and value.startswith("'"):
                cell.value, cell.data_type = value[1:], "s"

    return edited(change)


def table(change: Callable[[Workbook, str, int, int], None]) -> Spoiler:
    """The return changed where its third table begins: sheet, row and column, both from 1."""
    place = PLACES["t3.new.natural"]
    row, column = parse_cell(place.a1)
    return edited(lambda book: change(book, place.sheet, row + 1, column + 1))


def part(pattern: str, edit: Callable[[str], str]) -> Spoiler:
    """The markup of some parts changed, as other programs leave it."""

    def spoil(folder: Path) -> list[Path]:
        members = unpacked(bytes_of(folder))
        for name in members:
            if re.fullmatch(pattern, name):
                members[name] = edit(members[name].decode()).encode()
        return written(folder, packed(members))

    return spoil


def written(folder: Path, data: bytes, name: str = NAME) -> list[Path]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return [path]


def calculated(id_: str, formula: str, result: str) -> Spoiler:
    """A formula with its result in a cell; openpyxl would leave the result out."""
    place = PLACES[id_]
    cell = f'<c r="{place.a1}"><f>{formula}</f><v>{result}</v></c>'

    def spoil(folder: Path) -> list[Path]:
        return written(folder, packed(with_cell(unpacked(bytes_of(folder)), place.sheet, place.a1, cell)))

    return spoil


def resaved(kind: str) -> Spoiler:
    """Opened in LibreOffice and saved."""
    return lambda folder: convert([sound(folder / "source")], folder / "out", kind)


def renamed(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        if sheet.sheet_state == "visible":
            sheet.title = f"Sheet{number + 1}"


def reordered(book: Workbook) -> None:
    book._sheets.reverse()


def without_names(book: Workbook) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def older_version(folder: Path) -> list[Path]:
    """A workbook of another version, with other cells."""
    return [save(submission_of(old_form(), unit=UNIT), folder / NAME)]


def relabelled(old: str, new: str) -> Callable[[Workbook], None]:
    """A heading retyped wherever it stands."""

    def change(book: Workbook) -> None:
        for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
            if cell.value == old:
                cell.value = new

    return change


def both(*changes: Callable[[Workbook], None]) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for one in changes:
            one(book)

    return change


def titled(text: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book["封面"]["B1"] = text

    return change


def lower(book: Workbook) -> None:
    """The tables one row lower, so that they are found by their labels."""
    for name in ("二", "三"):
        _unmerge(book, name)
        book[name].insert_rows(1)


def cell_of(id_: str, value: object, down: int = 0) -> Callable[[Workbook], None]:
    """A cell that stands so many rows lower, typed over."""
    place = PLACES[id_]

    def change(book: Workbook) -> None:
        book[place.sheet].cell(place.row + 1 + down, place.column + 1).value = value

    return change


def hide_sheet(book: Workbook) -> None:
    book["四"].sheet_state = "hidden"


def hide_third_row(book: Workbook) -> None:
    hidden(book, "三", PLACES["t3.new.natural"].row, 0)


def pasted(book: Workbook) -> None:
    """A total copied onto a cell to fill, with its lock, and the other way round."""
    sheet, place, total = book["三"], PLACES["t3.new.natural"], PLACES["t3.granted.total"]
    locked, opened = copy(sheet[total.a1]._style), copy(sheet[place.a1]._style)
    sheet[place.a1]._style, sheet[total.a1]._style = locked, opened


def without_identity(book: Workbook) -> None:
    del book[IDENTITY_SHEET]


def unprotected(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.protection.disable()


def without_sheets(*names: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for name in names:
            del book[name]

    return change


def inserted(book: Workbook, sheet: str, row: int, _column: int) -> None:
    _unmerge(book, sheet)
    book[sheet].insert_rows(row + 2)


def deleted(book: Workbook, sheet: str, row: int, _column: int) -> None:
    _unmerge(book, sheet)
    book[sheet].delete_rows(row + 2)


def column_inserted(book: Workbook, sheet: str, _row: int, column: int) -> None:
    _unmerge(book, sheet)
    book[sheet].insert_cols(column)


def _unmerge(book: Workbook, sheet: str) -> None:
    for area in list(book[sheet].merged_cells.ranges):
        book[sheet].unmerge_cells(str(area))


def hidden(book: Workbook, sheet: str, row: int, _column: int) -> None:
    book[sheet].row_dimensions[row + 3].hidden = True


def cut(book: Workbook) -> None:
    """The figure, and the name of its cell, moved onto another one."""
    place, target = PLACES["t2_5.licensing.decisions"], PLACES["t2_6.penalties.decisions"]
    sheet = book[place.sheet]
    sheet[target.a1].value = sheet[place.a1].value
    sheet[place.a1].value = None
    book.defined_names["t2_5.licensing.decisions"].attr_text = target.absolute
    book.defined_names["t2_6.penalties.decisions"].attr_text = "#REF!"


def blank(ids: Iterable[str]) -> Spoiler:
    return typed(dict.fromkeys(ids))


def ids(prefix: str) -> list[str]:
    return [cell.id for cell in FORM_2021.inputs if cell.id.startswith(prefix)]


def encrypted(folder: Path) -> list[Path]:
    secret = io.BytesIO()
    OOXMLFile(io.BytesIO(bytes_of(folder))).encrypt("secret", secret)
    return written(folder, secret.getvalue())


def encrypted_by_office(kind: str) -> Spoiler:
    """Saved by LibreOffice with a password to open it."""
    return lambda folder: [encrypt(sound(folder / "source"), folder, kind, "secret")]


def encrypted_archive(folder: Path) -> list[Path]:
    (path,) = archive({NAME: None})(folder)
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\1\2") + 8] |= 1  # the flag that says so
    path.write_bytes(data)
    return [path]


def with_macros(folder: Path) -> list[Path]:
    members = unpacked(bytes_of(folder)) | {"xl/vbaProject.bin": b"\0" * 100}
    rels = members["xl/_rels/workbook.xml.rels"].decode()
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    more = f'<Relationship Id="rIdM" Type="{kind}" Target="vbaProject.bin"/></Relationships>'
    members["xl/_rels/workbook.xml.rels"] = rels.replace("</Relationships>", more).encode()
    return written(folder, packed(members), "云山县某局.xlsm")


def archive(names: dict[str, bytes | None]) -> Spoiler:
    """A zip of files; None stands for the sound return."""
    return lambda folder: written(
        folder, packed({n: bytes_of(folder) if d is None else d for n, d in names.items()}), "报送.zip"
    )


def twice(folder: Path) -> list[Path]:
    return [sound(folder), sound(folder, "云山县某局 (1).xlsx")]


def another_form(folder: Path) -> list[Path]:
    return [save(submission_of(MONTHLY, unit=UNIT), folder / NAME)]
