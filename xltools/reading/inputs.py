"""Which files a command means: files, folders, archives and patterns as they were typed."""

from __future__ import annotations

import difflib
import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from xltools.diagnostics.exceptions import UnreadableFileError, UsageError
from xltools.diagnostics.text import Text
from xltools.reading.archive import ARCHIVE_SUFFIX, WORKBOOK_SUFFIXES, list_archive, read_member
from xltools.reading.package import Entry, read_bytes


@dataclass(frozen=True, slots=True)
class InputFile:
    """A workbook to read: a file, or a member of a zip archive.

    ``name`` is how users know it (``报送.zip/教育局/a.xlsx``), ``path`` the file on the disk,
    ``entries`` the way to the member inside it; ``trouble`` is the finding code and sentence of a
    member that must not or cannot be read, ``content`` its bytes where they have been read already.
    """

    name: str
    path: Path
    entries: tuple[Entry, ...] = ()
    trouble: tuple[str, Text] | None = None
    content: bytes | None = None

    def read(self) -> bytes:
        """The bytes of the workbook; raises UnreadableFileError."""
        if self.trouble is not None:
            raise UnreadableFileError(*self.trouble)
        if self.content is not None:
            return self.content
        return read_member(self.path, self.entries) if self.entries else read_bytes(self.path)

    def modified(self) -> datetime | None:
        """When it was last changed, in local time; of a member what its archive says, None where unknown."""
        if self.entries:
            return _dos_time(*self.entries[-1].stamp)
        try:
            return datetime.fromtimestamp(os.stat(self.path).st_mtime)  # noqa: PTH116 - one system call
        except (OSError, ValueError, OverflowError):
            return None


def as_input(source: Path | InputFile) -> InputFile:
    """A path as the input file it is."""
    return source if isinstance(source, InputFile) else InputFile(str(source), source)


def load(file: InputFile) -> InputFile:
    """The file with its bytes in memory, or with the trouble of reading them.

    Whatever is asked of it then is about the same bytes, even where the file changes or goes away.
    """
    try:
        return replace(file, content=file.read())
    except UnreadableFileError as error:
        return replace(file, trouble=(error.code, error.text))


def file_digest(source: Path | InputFile) -> str | None:
    """The SHA-256 of a file that could not be read as a workbook; None where it has no bytes to hash."""
    try:
        return hashlib.sha256(as_input(source).read()).hexdigest()
    except UnreadableFileError:
        return None


def find_files(paths: Sequence[Path | str], kinds: tuple[str, ...] = WORKBOOK_SUFFIXES) -> list[InputFile]:
    """The workbooks meant, each once, in the order given; folders and zip archives are searched throughout.

    ``kinds`` are the endings of the names that are looked for in them; what cannot be read among those
    becomes a finding, not a gap. A file named explicitly is taken whatever it is called, and an archive is
    known by its content.
    Patterns (``*.xlsx``) are expanded here, because Windows' command line does not.

    Raises:
        UsageError: nothing given, a path that does not exist, a folder without workbooks, or a
            pattern that matches nothing.
    """
    if not paths:
        raise UsageError(Text("请给出要处理的文件或文件夹", "name the files or folders to work on"))
    found: dict[str, Path] = {}
    for given in paths:
        for path in _expand(given, kinds):
            found.setdefault(os.path.realpath(path), path)
    return [file for path in found.values() for file in _in_file(path, kinds)]


UNREAD_SUFFIXES = (
    *(".docx", ".doc", ".wps", ".rtf", ".pdf", ".ofd"),
    *(".rar", ".7z", ".tar", ".gz"),
    *(".jpg", ".jpeg", ".png", ".tif", ".tiff"),
    *(".xlsb", ".xltx", ".xlt", ".ett", ".numbers", ".eml", ".msg"),
)
"""Names of what people hand in instead of a workbook, or with one inside."""


def unread_files(paths: Sequence[Path | str]) -> list[str]:
    """The files in folders that may hold a return and are not read, because they are no workbooks.

    Without them a unit is missing that has handed in something, and nobody knows.
    """
    folders = [folder for folder in map(Path, paths) if folder.is_dir()]
    found = (
        path
        for folder in folders
        for path in sorted(_walk(folder, UNREAD_SUFFIXES))
        if not path.name.lower().endswith(ARCHIVE_SUFFIX)
    )
    return [str(path) for path in dict.fromkeys(found)]


def _in_file(path: Path, kinds: tuple[str, ...]) -> Iterator[InputFile]:
    """The file itself, or the workbooks in it where it is an archive."""
    members = list_archive(path, kinds)
    if members is None:
        yield as_input(path)
        return
    for member in members:
        name = f"{path}/{member.name}" if member.name else str(path)
        yield InputFile(name, path, member.entries, member.trouble)


def _expand(given: Path | str, kinds: tuple[str, ...]) -> list[Path]:
    """The files that one argument means."""
    path = Path(given)
    try:
        if path.is_dir():
            files = sorted(_walk(path, kinds))
            if not files:
                raise _nothing_in(path, kinds)
            return files
        if path.exists():  # before patterns: brackets are common in names of files
            return [path]
    except (OSError, ValueError):  # a name too long, or with a NUL character
        raise _missing(path) from None
    if glob.has_magic(str(given)):
        return _matches(str(given), kinds)
    raise _missing(path)


def _nothing_in(folder: Path, kinds: tuple[str, ...]) -> UsageError:
    """The error for a folder in which nothing is called like what is looked for."""
    zh, en = ("表格文件", "workbook") if kinds == WORKBOOK_SUFFIXES else ("报表或报告", "return or report")
    endings = (*kinds, ARCHIVE_SUFFIX)
    return UsageError(
        Text(
            f"文件夹 {folder} 中没有{zh}（{'、'.join(endings)}）",
            f"folder {folder} contains no {en} ({', '.join(endings)})",
        )
    )


def _walk(folder: Path, kinds: tuple[str, ...]) -> Iterator[Path]:
    """The workbooks in a folder and below it; links to folders are not followed, so no loop can form."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if _is_wanted(name, kinds))


def _is_wanted(name: str, kinds: tuple[str, ...]) -> bool:
    """Whether a name is one of these kinds or an archive's, and neither hidden nor a lock file."""
    return name.lower().endswith((*kinds, ARCHIVE_SUFFIX)) and not name.startswith((".", "~$"))


def _matches(pattern: str, kinds: tuple[str, ...]) -> list[Path]:
    """The files that a pattern matches; folders it matches are searched."""
    files: list[Path] = []
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - also absolute patterns
        path = Path(name)
        if path.is_dir():
            # "**" also matches every folder below, whose files it matches themselves
            files.extend([] if "**" in pattern else sorted(_walk(path, kinds)))
        elif not path.name.startswith((".", "~$")):
            files.append(path)
    if not files:
        raise UsageError(Text(f"没有与 {pattern} 相符的文件", f"no file matches {pattern}"))
    return files


def _dos_time(day: int, time: int) -> datetime | None:
    """A time of an archive (APPNOTE 4.4.6: MS-DOS date and time, local, two seconds exact)."""
    try:
        return datetime(
            1980 + (day >> 9), day >> 5 & 15, day & 31, time >> 11, time >> 5 & 63, min((time & 31) * 2, 59)
        )
    except ValueError:
        return None


def _missing(path: Path) -> UsageError:
    """The error for a path that does not exist, with the nearest name that does."""
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - names are what is wanted
    except (OSError, ValueError):
        names = []
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.6)
    zh, en = f"找不到 {path}", f"{path} does not exist"
    if near:
        zh, en = f"{zh}；是不是 {path.parent / near[0]}？", f"{en}; did you mean {path.parent / near[0]}?"
    return UsageError(Text(zh, en))
