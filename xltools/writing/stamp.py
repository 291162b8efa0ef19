"""Many workbooks that differ only in what stands in their cells, from one master.

Rendering a workbook takes XlsxWriter tens of milliseconds, most of it for what is the same in all of
them. Here the first is rendered, and of the following ones only the parts that differ are written
again; the other members are copied as compressed bytes. The result is that of ``render_workbook``,
byte for byte: whatever has no place in a master is rendered, and every kind of change is held
against a full rendering the first time a master sees it.
"""

from __future__ import annotations

from dataclasses import fields

from xltools.layout.plan import SheetPlan, WorkbookPlan
from xltools.writing.master_cells import SheetChange, sheet_change
from xltools.writing.master_parts import MasterParts
from xltools.writing.strict import WritingError
from xltools.writing.workbook import render_workbook

_MOST_MASTERS = 8
_MOST_KEPT = 64
"""How many changed sheets a master keeps: those that several workbooks share are written once."""
_TITLE = "title"


class Press:
    """Renders plans as ``render_workbook`` does, those much alike much faster.

    ``password`` guards the locks of all of them. A press keeps the last few masters and belongs to one
    thread.
    """

    def __init__(self, password: str = "") -> None:
        self._password = password
        self._masters: list[_Master] = []

    def render(self, plan: WorkbookPlan) -> bytes:
        """The workbook as bytes; raises WritingError as ``render_workbook`` does."""
        for number, master in enumerate(self._masters):
            stamped = master.stamped(plan)
            if stamped is not None:
                self._masters.insert(0, self._masters.pop(number))
                return stamped
        data = render_workbook(plan, self._password)
        self._masters.insert(0, _Master(plan, data, self._password))
        del self._masters[_MOST_MASTERS:]
        return data


class _Master:
    """One rendered workbook, and what others of the same frame may change in it."""

    def __init__(self, plan: WorkbookPlan, data: bytes, password: str) -> None:
        self._plan = plan
        self._password = password
        self._parts = MasterParts(plan, data)
        self._proven: set[str] = set()
        self._kept: dict[int, tuple[SheetPlan, SheetChange]] = {}

    def stamped(self, plan: WorkbookPlan) -> bytes | None:
        """The workbook of ``plan``, None where it differs in more than can be stamped.

        Raises WritingError where stamping does not give what rendering gives: a mistake in this package.
        """
        if not _same_frame(self._plan, plan):
            return None
        changes: dict[int, SheetChange] = {}
        for number, (before, after) in enumerate(zip(self._plan.sheets, plan.sheets, strict=True)):
            if after is before:
                continue
            change = self._change(before, after)
            if change is None:
                return None
            changes[number] = change
        data = self._parts.with_changes(plan, changes)
        if data is None:
            return None
        self._prove(plan, data, {kind for change in changes.values() for kind in change.kinds} | {_TITLE})
        return data

    def _change(self, before: SheetPlan, after: SheetPlan) -> SheetChange | None:
        """What ``after`` changes; known by identity where several workbooks share the sheet."""
        kept = self._kept.get(id(after))
        if kept is not None and kept[0] is after:
            return kept[1]
        change = sheet_change(before, after)
        if change is not None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[id(after)] = (after, change)
        return change

    def _prove(self, plan: WorkbookPlan, data: bytes, kinds: set[str]) -> None:
        if kinds <= self._proven:
            return
        if data != render_workbook(plan, self._password):
            raise WritingError(f"a stamped workbook differs from the rendered one: {sorted(kinds)}")
        self._proven |= kinds


def _same_frame(one: WorkbookPlan, other: WorkbookPlan) -> bool:
    """Whether two plans agree in everything but their titles and what stands in their sheets."""
    return all(
        getattr(one, field.name) == getattr(other, field.name)
        for field in fields(WorkbookPlan)
        if field.name not in ("title", "sheets")
    ) and len(one.sheets) == len(other.sheets)
