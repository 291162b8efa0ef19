"""Output files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import datetime
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.os_reason import os_reason
from xltools.diagnostics.text import Text

CREATED = datetime.datetime(2021, 9, 26)
"""A date of creation that does not depend on the clock, or the same input would give other bytes."""
FORBIDDEN_IN_FILE_NAMES = '<>:"/\\|?*'
WORKBOOK = (".xlsx",)
"""How the name of a workbook ends."""
_OF_FILES = frozenset(
    (
        *WORKBOOK,
        ".xls",
        ".et",
        ".ods",
        ".docx",
        ".doc",
        ".wps",
        ".html",
        ".htm",
        ".pdf",
        ".csv",
        ".json",
        ".zip",
    )
)
"""Endings that are those of a file; nobody means a folder by such a name."""
_ANOTHER = Text("请另选一个", "name another")
_RESERVED = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"COM{n}" for n in range(1, 10)),
    *(f"LPT{n}" for n in range(1, 10)),
}
_MAX_NAME_BYTES = 200
"""Linux takes 255 bytes of UTF-8; a number against twins and a suffix still have to fit."""


def write_whole(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write ``data`` to ``path`` in one step; an existing file is only replaced with ``force``.

    Raises UsageError where the path is a folder, its folder is missing, or the file cannot be written.
    """
    with staged_outputs(force=force) as outputs:
        outputs.write(path, data)


class StagedOutputs:
    """Files that lie ready under names nobody looks for, until all of them are complete."""

    def __init__(self, *, force: bool) -> None:
        self._force = force
        self._ready: dict[Path, Path] = {}

    def write(self, path: Path, data: bytes) -> None:
        """Make ``data`` ready to become ``path``; raises UsageError as ``write_whole`` does."""
        temporary = self.reserve(path)
        with self.writing(path):
            temporary.write_bytes(data)

    def reserve(self, path: Path) -> Path:
        """An empty file beside ``path`` that becomes it, for writers that want a file to write to."""
        require_writable(path, force=self._force)
        try:
            descriptor, temporary = tempfile.mkstemp(prefix=".~", suffix=".tmp", dir=path.parent)
        except OSError as error:
            raise cannot_write(path, error) from error
        os.close(descriptor)
        self._ready[path] = Path(temporary)
        return self._ready[path]

    @staticmethod
    @contextlib.contextmanager
    def writing(path: Path) -> Iterator[None]:
        """Inside it, what the system does not let us write for ``path`` is raised as UsageError."""
        try:
            yield
        except OSError as error:
            raise cannot_write(path, error) from error

    def appear(self) -> None:
        """Give every file its name, once the disk holds all of them; raises UsageError."""
        for path, temporary in self._ready.items():
            with self.writing(path):
                with temporary.open("rb+") as stream:
                    os.fsync(stream.fileno())
                temporary.chmod(0o644)
        for path, temporary in self._ready.items():
            with self.writing(path):
                temporary.replace(path)

    def discard(self) -> None:
        """Take away what has not appeared."""
        for temporary in self._ready.values():
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def staged_outputs(*, force: bool = False) -> Iterator[StagedOutputs]:
    """Several files that appear together at the end of the block, or none where anything is raised.

    Existing files are only replaced with ``force``.
    """
    outputs = StagedOutputs(force=force)
    try:
        yield outputs
        outputs.appear()
    finally:
        outputs.discard()


def require_writable(path: Path, *, force: bool = False, endings: Collection[str] = ()) -> None:
    """Raise UsageError where ``path`` cannot become an output file.

    ``endings`` are those the name may have, for what is written is of that kind (none given: any).
    """
    if path.is_dir():
        raise UsageError(
            Text(
                f"“{path}”是文件夹，请给出文件名（如 汇总.xlsx）。",
                f'"{path}" is a folder: name a file, such as summary.xlsx.',
            )
        )
    if endings and path.suffix.lower() not in endings:
        raise UsageError(
            Text(
                f"“{path.name}”的后缀不对，请用 {'、'.join(endings)}{' 之一' if len(endings) > 1 else ''}。",
                f'"{path.name}" has another ending than what is written: name it {", ".join(endings)}.',
            )
        )
    if not path.parent.is_dir():
        raise UsageError(
            Text(f"文件夹“{path.parent}”不存在。", f'the folder "{path.parent}" does not exist.')
        )
    if path.exists() and not force:
        raise UsageError(
            Text(f"“{path}”已存在；要覆盖请加 --force。", f'"{path}" exists; add --force to replace it.')
        )


def require_other(path: Path, others: Iterable[Path | str]) -> None:
    """Raise UsageError where ``path`` is one of the files that are read or written beside it."""
    if any(Path(other).resolve() == path.resolve() for other in others):
        raise UsageError(
            Text(
                f"“{path}”另有用处（要读取或也要写入），请另取文件名。",
                f'"{path}" is read or written already: name another file.',
            )
        )


def require_folder(path: Path, *, empty: bool = False, instead: Text = _ANOTHER) -> None:
    """Make ``path`` a folder, with ``empty`` one that holds nothing yet; ``instead`` says what else to do.

    Raises UsageError where a file is in the way, it cannot be made, it has the name of a file, or it should
    be empty and is not.
    """
    if path.suffix.lower() in _OF_FILES and not path.exists():
        raise UsageError(
            Text(
                f"这里要写文件夹，“{path.name}”是文件名。",
                f'a folder is needed here: "{path.name}" is the name of a file.',
            )
        )
    if path.exists() and not path.is_dir():
        raise UsageError(Text(f"“{path}”是文件，应为文件夹。", f'"{path}" is a file: a folder is needed.'))
    try:
        path.mkdir(parents=True, exist_ok=True)
        occupied = empty and any(path.iterdir())
    except OSError as error:
        raise cannot_write(path, error) from error
    if occupied:
        raise UsageError(
            Text(
                f"文件夹“{path}”不是空的，{instead.zh}。", f'the folder "{path}" is not empty: {instead.en}.'
            )
        )


def safe_file_name(name: str) -> str:
    """A name that Windows, macOS and Linux accept, as near to ``name`` as can be."""
    cleaned = "".join("_" if c in FORBIDDEN_IN_FILE_NAMES or ord(c) < 32 else c for c in name)
    cleaned = cleaned.strip(" .").encode()[:_MAX_NAME_BYTES].decode(errors="ignore").rstrip(" .") or "_"
    return f"_{cleaned}" if cleaned.split(".")[0].upper() in _RESERVED else cleaned


def cannot_write(path: Path, error: OSError) -> UsageError:
    """The error to raise where the system refuses: a full disk, a missing permission."""
    reason = os_reason(error)
    return UsageError(Text(f"无法写入“{path}”：{reason.zh}。", f'cannot write "{path}": {reason.en}.'))
