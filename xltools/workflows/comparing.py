"""Any two of workbook and published report, this year's or last's, held against each other."""

from __future__ import annotations

from xltools.checking.compare import Comparison, compare
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
    one, other = (read_report(path, form=form, open_password=open_password) for path in (left, right))
    return compare(one, other)
