"""Sheets of a workbook of ours that are renamed, or whose labels are not where they belong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.matching.collect import Collector
from xltools.matching.integrity import check_integrity
from xltools.matching.labelled_values import cover_facts, section_texts
from xltools.matching.loose_rows import read_loose_rows
from xltools.matching.structure import check_labels
from xltools.matching.tables.money_units import wrong_units
from xltools.matching.tables.placing import place_tables
from xltools.matching.tables.sheet_texts import SheetTexts, visible_texts
from xltools.model.form import Section
from xltools.model.sheet_names import COVER_SHEET, RESERVED_SHEETS
from xltools.reading.grid import Grid, Sheet


def read_misplaced(read: Collector, grid: Grid, misplaced: Mapping[str, Finding]) -> None:
    """Read what can be found of these sheets: whole under another name, else table by table.

    ``misplaced`` is, by the form's sheet name, what to say where nothing of the sheet is found.
    """
    missing = dict(misplaced)
    taken = read.plan.cells.keys() - missing.keys()
    free = [s for s in grid.sheets if s.visibility == "visible" and s.name not in taken]
    free = [s for s in free if s.name not in RESERVED_SHEETS or s.name == COVER_SHEET]
    for name in list(missing):
        whole = _whole(read, name, free)
        if whole is not None:
            read.read_sheet(whole, name, read.plan.cells[name])
            read_loose_rows(read, whole, name)
            read.findings += check_integrity(read.plan, grid, whole, name)
            read.findings.append(_renamed(name, whole))
            free.remove(whole)
            del missing[name]
    if not missing:
        return
    # A sheet in place is read already, but a table of another sheet may have been put on it as well.
    sheets = visible_texts(grid, without={*RESERVED_SHEETS} - {COVER_SHEET})
    sections = [section for section in read.form.sections if section.sheet in missing]
    _read_tables(read, sections, sheets, missing)
    _read_texts(read, sections, sheets, missing)
    if COVER_SHEET in missing:
        _read_cover(read, sheets, missing[COVER_SHEET])


def _whole(read: Collector, name: str, free: Sequence[Sheet]) -> Sheet | None:
    """The one sheet that holds all labels of ``name`` where they belong, under another name."""
    hits = [
        sheet
        for sheet in free
        if read.plan.labels.get(name) and check_labels(read.plan, name, sheet) == ([], True)
    ]
    return hits[0] if len(hits) == 1 else None


def _renamed(name: str, sheet: Sheet) -> Finding:
    return finding(
        "TABLE-FOUND",
        CellRef(sheet.name),
        table=name,
        sheet=sheet.name,
        cell="A1",
        score=100,
        assumed_zh=f"工作表名不是“{name}”而是“{sheet.name}”。",
        assumed_en=f'Its sheet is "{sheet.name}", not "{name}".',
    )


def _read_tables(
    read: Collector, sections: Sequence[Section], sheets: Sequence[SheetTexts], missing: Mapping[str, Finding]
) -> None:
    tables = [table for section in sections for table in section.tables]
    own = {table.id: section.sheet for section in sections for table in section.tables}
    lost: dict[str, None] = {}
    placements = place_tables(read.form, tables, sheets, own)
    read.findings += wrong_units(read.form, placements, sheets)
    for placement in placements:
        read.findings += placement.findings
        if placement.located is not None:
            read.read_table(placement.located)
        elif not placement.findings:
            lost[own[placement.table.id]] = None
    read.findings += [missing[name] for name in lost]


def _read_texts(
    read: Collector, sections: Sequence[Section], sheets: Sequence[SheetTexts], missing: Mapping[str, Finding]
) -> None:
    """Narrative parts by the labels above them; where not one is found the sheet counts as lost."""
    found = section_texts(read.form, sheets)
    for section in sections:
        ids = [part.id for part in section.texts]
        for id_ in ids:
            if id_ in found:
                fact = found[id_]
                read.read_text(id_, fact.value, fact.place)
        if ids and not section.tables and not _any_label(section, sheets):
            read.findings.append(missing[section.sheet])


def _any_label(section: Section, sheets: Sequence[SheetTexts]) -> bool:
    labels: Collection[str] = {part.label for part in section.texts}
    return any(text.text.strip() in labels for texts in sheets for text in texts.texts)


def _read_cover(read: Collector, sheets: Sequence[SheetTexts], lost: Finding) -> None:
    at_home = [texts for texts in sheets if texts.sheet.name == COVER_SHEET]
    found = cover_facts(read.form, at_home or sheets)
    for id_, fact in found.items():
        read.read_text(id_, fact.value, fact.place)
    if not found:
        read.findings.append(lost)
