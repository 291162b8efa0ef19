"""One report or workbook, read and not checked, to a record."""

from __future__ import annotations

from dataclasses import replace

from xltools.checking.storage.record import pack
from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.reading.inputs import InputFile
from xltools.workflows.check_file import require_sane
from xltools.workflows.check_setup import Setup
from xltools.workflows.importing import read_input
from xltools.workflows.unreadable import unreadable_finding


def read_to_record(file: InputFile, setup: Setup, only: str = "") -> bytes:
    """What the file says, in any format a report comes in; ``only`` is the id of the one form to try."""
    chosen = setup.registry.find(only) if only else None
    read = read_input(file, setup.registry, chosen, open_password=setup.open_password)
    if read.submission is not None:
        try:
            require_sane(read.submission)
        except UnreadableFileError as error:
            read = replace(read, submission=None, findings=(unreadable_finding(error),))
    return pack(read)
