"""Any two of workbook and published report, this year's or last's, held against each other."""

from __future__ import annotations

from xltools.checking.compare import Comparison, compare
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.text import Text
from xltools.model.submission import Submission
from xltools.workflows.importing import read_report
from xltools.workflows.shelf import PathLike


def diff(
    left: PathLike, right: PathLike, *, form: PathLike | None = None, open_password: str = ""
) -> Comparison:
    """What differs between two files, each a workbook or a published report in any format.

    ``form`` is the only form tried for files that carry no identity. What has the same cell id is compared,
    also where forms or periods differ.

    Raises UnreadableFileError where one of them cannot be read.
    """
    return compare(_read(left, form, open_password), _read(right, form, open_password))


def _read(path: PathLike, form: PathLike | None, open_password: str) -> Submission:
    try:
        return read_report(path, form=form, open_password=open_password)
    except UnreadableFileError as error:
        said = Text(f"{path}：{error.text.zh}", f"{path}: {error.text.en}")  # which of the two it is
        raise UnreadableFileError(error.code, said) from None
