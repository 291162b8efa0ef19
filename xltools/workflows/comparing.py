"""Any two of workbook and published report, this year's or last's, held against each other."""

from __future__ import annotations

from xltools.checking.compare import Comparison, compare
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Text
from xltools.model.submission import Submission
from xltools.workflows.importing import read_source
from xltools.workflows.path_like import PathLike


def diff(
    left: PathLike, right: PathLike, *, form: PathLike | None = None, open_password: str = ""
) -> Comparison:
    """What differs between two files, each a workbook or a published report in any format.

    ``form`` is the only form tried for files that carry no identity. What has the same cell id is compared,
    also where forms or periods differ.

    Raises UnreadableFileError where one of them cannot be read.
    """
    one, other = _read(left, form, open_password), _read(right, form, open_password)
    return compare(one[0], other[0], one[1], other[1])


def _read(
    path: PathLike, form: PathLike | None, open_password: str
) -> tuple[Submission, tuple[Finding, ...]]:
    """A file as it was read, and what was found in reading it; its name is said where it cannot be."""
    read = read_source(path, form=form, open_password=open_password)
    if read.submission is None:
        told = [found.message for found in read.findings if found.blocks]
        zh, en = "；".join(text.zh for text in told), "; ".join(text.en for text in told)
        raise UnreadableFileError(read.findings[0].code, Text(f"{path}：{zh}", f"{path}: {en}"))
    return read.submission, read.findings
