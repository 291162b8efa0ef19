"""Notes about cells that were left out, so many and no more."""

from __future__ import annotations

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding

MAX_NOTES = 20


class SkippedCells:
    """Notes of one sheet; how many more there were is said in the last one."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._notes: list[Finding] = []
        self._count = 0

    def outside(self, row: str) -> None:
        """Cells beyond the last row or column that Excel has."""
        self._count += 1
        if self._count <= MAX_NOTES:
            zh, en = (
                f"略过工作表范围以外的单元格（第 {row} 行）",
                f"cells outside the sheet were left out (row {row})",
            )
            self._notes.append(
                finding("FILE-CELLS-SKIPPED", CellRef(self._sheet), detail_zh=zh, detail_en=en)
            )

    def all(self) -> tuple[Finding, ...]:
        """The notes."""
        more = self._count - MAX_NOTES
        if more <= 0:
            return tuple(self._notes)
        zh, en = f"同类问题还有 {more} 处", f"and {more} more like these"
        last = finding("FILE-CELLS-SKIPPED", CellRef(self._sheet), detail_zh=zh, detail_en=en)
        return (*self._notes, last)
