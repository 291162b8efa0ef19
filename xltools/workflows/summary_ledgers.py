"""What the summaries among the files of a round have for single units, read when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.excel.values import Value
from xltools.matching.match import match
from xltools.merging.unit_index import unit_key
from xltools.model.unit import Unit
from xltools.reading.inputs import InputFile, find_files
from xltools.reading.workbooks.workbook import read_workbook
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.ledger_file import unit_entries
from xltools.workflows.path_like import PathLike

_Ledger = Mapping[str, Mapping[str, Value]]


class SummaryLedgers:
    """The ledgers of the summaries in some paths; one is kept at a time."""

    def __init__(self, paths: Sequence[PathLike], registry: FormRegistry, open_password: str) -> None:
        self._paths = paths
        self._registry = registry
        self._open_password = open_password
        self._files: dict[str, InputFile] = {}
        self._last: tuple[str, _Ledger] = ("", {})

    def figures_of(self, file: str, unit: Unit) -> Mapping[str, Value] | None:
        """What the summary in ``file`` has for a unit, by cell id; None where it does not name it."""
        if self._last[0] != file:
            self._last = (file, self._read(file))
        ledger = self._last[1]
        named = unit_key(Unit(unit.name))
        return ledger.get(unit_key(unit)) or ledger.get(named)

    def _read(self, name: str) -> _Ledger:
        if not self._files:
            self._files = {file.name: file for file in find_files(self._paths)}
        file = self._files.get(name)
        if file is None:
            return {}
        try:
            grid = read_workbook(file, open_password=self._open_password)
            submission = match(grid, self._registry.find, self._registry.all).submission
            if submission is None:
                return {}
            return {unit_key(entry.unit): entry.values for entry in unit_entries(file, grid, submission.form)}
        except UnreadableFileError:  # it could be read a moment ago, and its check has been told by now
            return {}
