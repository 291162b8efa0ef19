"""XlsxWriter behind one strict wrapper: what it would drop with a warning is raised instead."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from xlsxwriter.exceptions import FileCreateError, XlsxWriterException
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet


class WritingError(RuntimeError):
    """XlsxWriter refused something: a mistake in a plan, never in a user's data."""


def strictly(method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call an XlsxWriter method; raises WritingError where it refuses or returns a negative code.

    Raises OSError where the disk is full or a file may not be written.
    """
    try:
        result = method(*args, **kwargs)
    except FileCreateError as error:
        raise OSError(*getattr(error.args[0], "args", error.args)) from error
    except (UserWarning, XlsxWriterException) as error:
        raise WritingError(f"{method.__name__}{args!r}: {error}") from error
    if isinstance(result, int) and result < 0:
        raise WritingError(f"{method.__name__}{args!r} returned {result}")
    return result


def write_runs(worksheet: Any, row: int, column: int, runs: Sequence[object], format_: Any) -> None:
    """Write a text in several formats (``runs``: format and text in turn); raises WritingError."""
    strictly(worksheet.write_rich_string, row, column, *runs, format_)
    worksheet.str_table.rich.add(worksheet.table[row][column].string)


@contextmanager
def warnings_as_errors() -> Iterator[None]:
    """Inside it, what XlsxWriter only warns about reaches ``strictly`` as an exception."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        yield


class Texts(SharedStringTable):  # type: ignore[misc]  # XlsxWriter's classes carry no types
    """The texts of all cells by number; ``rich`` are the numbers of those that are rich text of our own."""

    def __init__(self) -> None:
        super().__init__()
        self.rich: set[int] = set()


class PlainStrings(SharedStrings):  # type: ignore[misc]
    """The part with the texts of all cells, each of them as it is.

    XlsxWriter takes any text from ``<r>`` to ``</r>`` for rich text of its own and writes it unescaped: a
    clerk's text could then write markup into a workbook, or break it.
    """

    def _write_sst_strings(self) -> None:
        for number, text in enumerate(self.string_table.string_array):
            write = super()._write_si if number in self.string_table.rich else self._write_si
            write(text)

    def _write_si(self, string: str) -> None:
        if string.startswith("<r>") and string.endswith("</r>"):
            self._xml_si_element(self._escape_control_characters(string), [])
        else:
            super()._write_si(string)


class _PlainPackager(Packager):  # type: ignore[misc]
    """XlsxWriter's list of parts with ``PlainStrings`` among them."""

    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = PlainStrings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose formulas are written as they are.

    XlsxWriter searches each one for thirty functions that need a prefix in the file, which takes as long as
    all the rest of a workbook. Ours use none of them: they are to compute in every office suite.
    """

    def _prepare_formula(self, formula: str, *_: bool) -> str:
        return formula.removeprefix("=")


class ProtectedWorkbook(Workbook):  # type: ignore[misc]
    """A workbook whose structure (adding, removing, renaming, moving sheets) can be ``locked``.

    XlsxWriter has no call for it; the element follows ``workbookPr`` and precedes ``bookViews``
    (ECMA-376 part 1, 18.2.29 workbookProtection).
    """

    worksheet_class = PlainWorksheet

    def __init__(
        self, target: BytesIO, options: Mapping[str, object], password: str, *, locked: bool
    ) -> None:
        super().__init__(target, dict(options))
        self.str_table = Texts()
        self._structure_locked = locked
        self._structure_password = password

    def _get_packager(self) -> Packager:
        return _PlainPackager()

    def _write_book_views(self) -> None:
        if self._structure_locked:
            attributes: list[tuple[str, object]] = []
            if self._structure_password:
                attributes.append(("workbookPassword", legacy_password_hash(self._structure_password)))
            attributes.append(("lockStructure", 1))
            self._xml_empty_tag("workbookProtection", attributes)
        super()._write_book_views()


def legacy_password_hash(password: str) -> str:
    """The 16-bit hash Excel stores for sheet and structure locks (ECMA-376 part 4, 3.2.29).

    It keeps honest people honest, no more: whoever wants to lift the lock can.
    """
    result = 0
    for position, byte in enumerate(password.encode("utf-8"), 1):
        shifted = byte << (position % 15)
        result ^= (shifted & 0x7FFF) | (shifted >> 15)
    return f"{result ^ len(password.encode('utf-8')) ^ 0xCE4B:04X}"
