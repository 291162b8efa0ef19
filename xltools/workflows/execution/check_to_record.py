"""One workbook that came back, to a record."""

from __future__ import annotations

import hashlib

from xltools.checking.result import CheckedFile
from xltools.checking.storage.record import digest, pack
from xltools.diagnostics.catalog import finding
from xltools.reading.inputs import InputFile
from xltools.workflows.check_file import check_with_previous
from xltools.workflows.check_setup import Setup
from xltools.workflows.last_period import LastReturn


def check_to_record(file: InputFile, setup: Setup) -> bytes:
    """What checking the file gives; the record says as well which figures of last period were used."""
    checked, before = check_with_previous(file, setup)
    return pack(checked, previous_digest(before))


def previous_digest(before: LastReturn | None) -> str:
    """What stands in a record for the figures of last period that a file was checked with."""
    if before is None:
        return ""
    return digest([before.form.digest, before.told, [repr(value) for value in before.figures]])


def aborted(file: InputFile) -> bytes:
    """The record of a file whose check ended the process that did it."""
    checksum = hashlib.sha256(file.read()).hexdigest()
    return pack(CheckedFile(file.name, checksum, None, (finding("CHECK-ABORTED"),), file.modified()))
