"""Sections, tables and cells of a definition."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xltools.definition.toml_reader import TomlReader
from xltools.model.form import (
    CODE,
    LEVEL,
    PERIOD,
    UNIT,
    ZERO_REPORT,
    Attribute,
    Axis,
    Cell,
    CellType,
    CoverField,
    Group,
    Leaf,
    Section,
    Table,
    TextPart,
    groups,
    in_words,
    leaf_paths,
    leaves,
)

_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_FIGURE_TYPES: tuple[CellType, ...] = ("integer", "decimal")

ColumnSets = Mapping[str, list[TomlReader]]


def read_section(reader: TomlReader, column_sets: ColumnSets) -> Section:
    """One ``[[section]]``."""
    section_id = read_id(reader)
    texts = []
    for part in reader.tables("text", optional=True):
        id_, label, hint = f"{section_id}.{read_id(part)}", part.text("label"), part.text("hint", "")
        texts.append(TextPart(id_, label, hint, substantial=part.flag("substantial")))
        part.done()
    section = Section(
        id=section_id,
        title=reader.text("title"),
        sheet=reader.text("sheet"),
        orientation=reader.choice("orientation", ("portrait", "landscape"), "portrait"),
        texts=tuple(texts),
        tables=tuple(_read_table(table, column_sets) for table in reader.tables("table", optional=True)),
    )
    if not section.texts and not section.tables:
        reader.report("", "没有文字部分也没有表", "has neither text nor table")
    reader.done()
    return section


def read_id(reader: TomlReader, *, default: str | None = None) -> str:
    """The ``id`` of a table: small letters, digits and underscores."""
    value = reader.text("id", default)
    if value and not _ID.fullmatch(value):
        reader.report(
            "id",
            f"“{value}”应只含小写字母、数字和下划线",
            f'"{value}" must be small letters, digits and underscores',
        )
    return value


def _read_table(reader: TomlReader, column_sets: ColumnSets) -> Table:
    attributes = []
    for attribute in reader.tables("attributes", optional=True):
        attributes.append(Attribute(read_id(attribute), attribute.text("label")))
        attribute.done()
    kind = reader.choice("type", _FIGURE_TYPES, "integer")
    names = tuple(attribute.id for attribute in attributes)
    table = Table(
        id=read_id(reader),
        rows=_read_axis(reader, "rows", names, {}, default_type=None),
        columns=_read_axis(reader, "columns", (), column_sets, default_type=kind),
        heading=reader.text("heading", ""),
        corner=reader.text("corner", ""),
        unit=reader.text("unit", ""),
        attributes=tuple(attributes),
    )
    for key, axis in (("rows", table.rows), ("columns", table.columns)):
        _refuse_twins(
            reader, key, [*(leaf.id for leaf in leaves(axis)), *(g.id for g in groups(axis) if g.id)]
        )
    reader.done()
    return table


def _refuse_twins(reader: TomlReader, key: str, ids: list[str]) -> None:
    for twin in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        reader.report(key, f"编号 {twin} 重复", f"the id {twin} is used twice")


def _read_axis(
    reader: TomlReader,
    key: str,
    attributes: tuple[str, ...],
    column_sets: ColumnSets,
    *,
    default_type: CellType | None,
    prefix: str = "",
) -> tuple[Axis, ...]:
    nodes: list[Axis] = []
    for item in _members(reader, key, column_sets):
        if item.has(key):
            group_id = prefix + read_id(item, default="")
            label = item.text("label", "")
            inner = f"{group_id}_" if group_id != prefix else prefix
            children = _read_axis(item, key, attributes, column_sets, default_type=default_type, prefix=inner)
            nodes.append(Group(group_id if group_id != prefix else None, label, children))
        else:
            nodes.append(_read_leaf(item, prefix, attributes, default_type))
        item.done()
    if not nodes:
        reader.report(key, "至少要有一项", "needs at least one entry")
        nodes.append(Leaf("missing", ""))
    return tuple(nodes)


def _members(reader: TomlReader, key: str, column_sets: ColumnSets) -> list[TomlReader]:
    names = reader.texts(key) if reader.is_text(key) else ()
    if not names:
        return reader.tables(key)
    if names[0] not in column_sets:
        reader.report(key, f"没有名为 {names[0]} 的 column_sets", f"there is no column set {names[0]}")
    return column_sets.get(names[0], [])


def _read_leaf(
    item: TomlReader, prefix: str, attributes: tuple[str, ...], default_type: CellType | None
) -> Leaf:
    kind = item.choice("type", _FIGURE_TYPES, default_type or "integer") if item.has("type") else default_type
    return Leaf(
        id=prefix + read_id(item),
        label=item.text("label", ""),
        type=kind,
        signed=item.flag("signed"),
        unit=item.text("unit", ""),
        total=item.text("total", "") or None,
        prefill=item.text("prefill", "") or None,
        attributes={name: item.text(name) for name in attributes},
    )


def cover_cells(labels: Mapping[str, str], fields: tuple[CoverField, ...]) -> list[Cell]:
    """The cells of the cover: who reports for when, and the form's own fields."""
    cells = [Cell(id_, labels[id_], "identity", "text") for id_ in (UNIT, CODE, PERIOD, LEVEL)]
    cells.append(Cell(ZERO_REPORT, labels[ZERO_REPORT], "text", "text"))
    cells += [Cell(field.id, field.label, "text", "text", hint=field.hint) for field in fields]
    return cells


def section_cells(section: Section) -> list[Cell]:
    """Every cell of a section: its texts, then its tables row by row."""
    cells = [Cell(part.id, part.label, "text", "text", hint=part.hint) for part in section.texts]
    for table in section.tables:
        row_labels, column_labels = leaf_paths(table.rows), leaf_paths(table.columns)
        for row in table.row_leaves:
            cells += [_figure_cell(table, row, c, row_labels, column_labels) for c in table.column_leaves]
    return cells


def _figure_cell(
    table: Table, row: Leaf, column: Leaf, row_labels: Mapping[str, str], column_labels: Mapping[str, str]
) -> Cell:
    formula_rule = column.total or row.total
    parts = (table.heading, row_labels[row.id], column_labels[column.id])
    return Cell(
        id=table.cell_id(row, column),
        label=in_words(*parts),
        kind="total" if formula_rule else "input",
        type=row.type or column.type or "integer",
        table=table.id,
        row=row.id,
        column=column.id,
        signed=row.signed or column.signed,
        unit=row.unit or column.unit or table.unit,
        formula_rule=formula_rule,
        prefill_rule=None if formula_rule else row.prefill or column.prefill,
    )


def axis_labels(nodes: tuple[Axis, ...]) -> dict[str, str]:
    """Leaf and group ids to their label with the headings above it."""
    labels = leaf_paths(nodes)
    labels.update({group.id: group.label for group in groups(nodes) if group.id})
    return labels


def named_leaves(axis: tuple[Axis, ...], name: str) -> tuple[Leaf, ...]:
    """The leaf called ``name``, or all leaves of the group called so."""
    for leaf in leaves(axis):
        if leaf.id == name:
            return (leaf,)
    for group in groups(axis):
        if group.id == name:
            return tuple(leaves(group.children))
    return ()
