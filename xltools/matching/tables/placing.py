"""Tables found by their labels: which place counts, what to say about it, and where each cell is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef, Finding
from xltools.diagnostics.text import Text
from xltools.layout.places import TablePlace, places
from xltools.matching.tables.locate import locate
from xltools.matching.tables.located_table import Line, LocatedTable
from xltools.matching.tables.sheet_texts import SheetTexts
from xltools.model.form import Form, Leaf, Table, in_words

_RIVAL = 0.9
"""Two places whose fit is as close as this are not told apart."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of one table: the place that counts (None: none does), and what was noticed.

    ``seen`` is the best place even where it does not count; ``rivalled`` is whether that is because others
    fit as well.
    """

    table: Table
    located: LocatedTable | None
    findings: tuple[Finding, ...]
    seen: LocatedTable | None = None
    rivalled: bool = False


def place_tables(
    form: Form, tables: Sequence[Table], sheets: Sequence[SheetTexts], own: Mapping[str, str]
) -> list[Placement]:
    """Find each table on the sheets; ``own`` gives the sheet that bears the table's name, if any does.

    A table whose rows or columns cannot be told apart has no place. One that is not found at all
    has neither a place nor findings: the caller knows best what to say.
    """
    found: dict[str, list[LocatedTable]] = {table.id: [] for table in tables}
    for texts in sheets:
        for located in locate(texts, tables):
            found[located.table.id].append(located)
    return [_place(form, table, _candidates(found[table.id], own.get(table.id))) for table in tables]


def _candidates(found: Sequence[LocatedTable], own: str | None) -> list[LocatedTable]:
    """The places of a table, best first; a whole one on the sheet of its own name leaves no question."""
    at_home = [f for f in found if f.texts.sheet.name == own and not f.missing and not f.doubtful]
    return sorted(at_home or found, key=lambda place: -place.weight)


def _place(form: Form, table: Table, found: Sequence[LocatedTable]) -> Placement:
    if not found:
        return Placement(table, None, ())
    best, rivals = found[0], [other for other in found[1:] if _is_rival(found[0], other)]
    title = form.title_of(table)
    where = CellRef(*best.where, label=title)
    reason = None
    if rivals:
        spots = "、".join("!".join(f.where) for f in (best, *rivals))
        reason = Text(f"有几处都像这张表（{spots}）", f"several places look like it ({spots})")
    elif best.doubtful:
        labels = "、".join(dict.fromkeys(_name(leaf) for leaf in best.doubtful[:_SHOWN]))
        reason = Text(f"“{labels}”不止一处符合", f"more than one place fits {labels}")
    if reason is not None:
        said = finding("TABLE-AMBIGUOUS", where, table=title, reason_zh=reason.zh, reason_en=reason.en)
        return Placement(table, None, (said,), best, rivalled=bool(rivals))
    return Placement(table, best, tuple(_said(form, best, title, where)), best)


def _is_rival(best: LocatedTable, other: LocatedTable) -> bool:
    same = best.texts is other.texts and best.cells == other.cells
    # a document may hold last year's table beside one of this year that lacks some labels
    lines = set(best.lines)
    is_elsewhere = bool(lines) and lines.isdisjoint(other.lines)
    return not same and (is_elsewhere or other.weight >= _RIVAL * best.weight)


def _said(form: Form, located: LocatedTable, title: str, where: CellRef) -> Iterator[Finding]:
    official = places(form).tables[located.table.id]
    in_document = located.texts.origin is not None
    assumed = list(_extra(located) if in_document else _assumed(located, official))
    # in a document no table is where it was issued, and labels that differ are said one by one
    if assumed or (located.weight < located.most and not in_document):
        yield finding(
            "TABLE-FOUND",
            where,
            table=title,
            sheet=located.where[0],
            cell=located.where[1],
            score=round(100 * located.score),
            assumed_zh="".join(f"{text.zh}。" for text in assumed),
            assumed_en=" ".join(f"{text.en}." for text in assumed),
        )
    yield from _similar_labels(located)
    yield from _missing_lines(located, where)


def _similar_labels(located: LocatedTable) -> Iterator[Finding]:
    for similar in (*located.columns.similar, *located.rows.similar):
        yield finding(
            "LABEL-SIMILAR",
            CellRef(*located.texts.place(similar.row, similar.column), label=similar.official),
            actual=similar.text,
            expected=similar.official,
            read=similar.text,
            official=similar.official,
            how_zh=similar.likeness.how.zh,
            how_en=similar.likeness.how.en,
        )


def _missing_lines(located: LocatedTable, where: CellRef) -> Iterator[Finding]:
    table = located.table
    not_there = Text("没有找到这个名称，有关各格未读", "its label was not found; its cells stay blank")
    split = Text(
        "这个名称下另分了小项，不能确定哪个数字属于它，有关各格未读",
        "its label heads further ones here, so no figure is certainly its own; its cells stay blank",
    )
    lines: tuple[tuple[str, Iterable[Leaf], Text], ...] = (
        ("ROW-MISSING", located.rows.missing, not_there),
        ("ROW-MISSING", located.rows.split, split),
        ("COLUMN-MISSING", located.columns.missing, not_there),
        ("COLUMN-MISSING", located.columns.split, split),
    )
    for code, leaves, reason in lines:
        for leaf in leaves:
            row = code == "ROW-MISSING"
            ids = (
                [table.cell_id(leaf, column) for column in table.column_leaves]
                if row
                else [table.cell_id(line, leaf) for line in table.row_leaves]
            )
            place = CellRef(where.sheet, where.cell, ids[0], in_words(where.label or "", _name(leaf)))
            yield finding(
                code,
                place,
                cells=tuple(ids),
                label=_name(leaf),
                reason_zh=reason.zh,
                reason_en=reason.en,
            )


def _assumed(located: LocatedTable, official: TablePlace) -> Iterator[Text]:
    """In words, how the place differs from the one it was issued in; nothing where it does not."""
    sheet = located.texts.sheet.name
    if sheet != official.sheet:
        yield Text(
            f"工作表名不是“{official.sheet}”而是“{sheet}”", f'its sheet is "{sheet}", not "{official.sheet}"'
        )
    for line, due, zh, en in (
        (located.rows, _rows_due(official), "行", "rows"),
        (located.columns, _columns_due(official), "列", "columns"),
    ):
        yield from _moved(line, due, zh, en)
    yield from _extra(located)


def _extra(located: LocatedTable) -> Iterator[Text]:
    if located.extra:
        shown = "、".join("".join(text.split("\n")) for text in located.extra[:_SHOWN]) + (
            "…" if len(located.extra) > _SHOWN else ""
        )
        yield Text(
            f"表中另有表样里没有的内容：{shown}", f"the table also holds what the form does not: {shown}"
        )


def _moved(line: Line, due: Mapping[str, int], zh: str, en: str) -> Iterator[Text]:
    shifts = {place - due[leaf] for leaf, place in line.at.items()}
    if len(shifts) == 1:
        shift = shifts.pop()
        if shift:
            to_zh = {"行": ("下", "上"), "列": ("右", "左")}[zh][shift < 0]
            yield Text(f"整体{to_zh}移 {abs(shift)} {zh}", f"moved by {shift:+} {en}")
    elif shifts:
        yield Text(f"{zh}的位置按名称逐一确定", f"the {en} were found one by one")


def _rows_due(official: TablePlace) -> dict[str, int]:
    return {leaf.id: official.row_of(leaf.id) for leaf in official.table.row_leaves}


def _columns_due(official: TablePlace) -> dict[str, int]:
    return {leaf.id: official.column_of(leaf.id) for leaf in official.table.column_leaves}


def _name(leaf: Leaf) -> str:
    return leaf.label or leaf.id
