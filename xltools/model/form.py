"""A form (表式): the official table as data, with every cell and every rule resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text
from xltools.expr.nodes import Compare, Node
from xltools.model.earlier import CellChange, Earlier
from xltools.model.mention import Mention, Topic
from xltools.model.period import Period
from xltools.model.unit import Unit

CellKind = Literal["input", "total", "text", "identity"]
CellType = Literal["integer", "decimal", "text"]

UNIT, CODE, PERIOD, LEVEL, ZERO_REPORT = (
    "cover.unit",
    "cover.code",
    "cover.period",
    "cover.level",
    "cover.zero_report",
)
"""Ids of the cells that every form has on its cover."""
IDENTITY_IDS = (UNIT, CODE, PERIOD, LEVEL)
LABEL_SEPARATOR = " › "
"""Between the headings of a place in words."""
YES, NO = "是", "否"
"""The two answers to 零报告."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row or column of figures.

    ``total`` names the rule whose right side computes it, ``prefill`` the rule whose right side
    fills it from last period; ``attributes`` are fixed texts shown beside a row's label.
    """

    id: str
    label: str
    type: CellType | None = None
    signed: bool = False
    unit: str = ""
    total: str | None = None
    prefill: str | None = None
    attributes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over rows or columns; its ``id`` (if any) names all of them in ``sum()``."""

    id: str | None
    label: str
    children: tuple[Axis, ...]


Axis = Leaf | Group


def in_words(*parts: str) -> str:
    """A place in the words of the form, outer headings first; empty ones are left out."""
    return LABEL_SEPARATOR.join(part for part in parts if part)


def leaves(nodes: tuple[Axis, ...]) -> Iterator[Leaf]:
    """The leaves below ``nodes``, in the order of the table."""
    for node in nodes:
        if isinstance(node, Leaf):
            yield node
        else:
            yield from leaves(node.children)


def groups(nodes: tuple[Axis, ...]) -> Iterator[Group]:
    """Every group below ``nodes``, outer ones first."""
    for node in nodes:
        if isinstance(node, Group):
            yield node
            yield from groups(node.children)


def leaf_paths(nodes: tuple[Axis, ...], above: tuple[str, ...] = ()) -> dict[str, str]:
    """Leaf id to its label with the headings above it."""
    paths: dict[str, str] = {}
    for node in nodes:
        here = (*above, node.label) if node.label else above
        if isinstance(node, Leaf):
            paths[node.id] = in_words(*here)
        else:
            paths.update(leaf_paths(node.children, here))
    return paths


def depth(nodes: tuple[Axis, ...]) -> int:
    """How many levels of headings ``nodes`` need (1 where there are no groups)."""
    return max(1 if isinstance(node, Leaf) else 1 + depth(node.children) for node in nodes)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell to fill or to compute; ``id`` is its name in the workbook and in every report.

    ``label`` is the place in the words of the form. Cells of tables have ``table``, ``row`` and
    ``column``; texts and cover fields have none.
    """

    id: str
    label: str
    kind: CellKind
    type: CellType
    table: str | None = None
    row: str | None = None
    column: str | None = None
    signed: bool = False
    unit: str = ""
    hint: str = ""
    formula_rule: str | None = None
    prefill_rule: str | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column of fixed texts between the labels and the figures (计量单位, 代码)."""

    id: str
    label: str


@dataclass(frozen=True)
class Table:
    """One block of rows and columns with its official headings."""

    id: str
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    heading: str = ""
    corner: str = ""
    unit: str = ""
    attributes: tuple[Attribute, ...] = ()

    @cached_property
    def row_leaves(self) -> tuple[Leaf, ...]:
        """The rows that hold figures."""
        return tuple(leaves(self.rows))

    @cached_property
    def column_leaves(self) -> tuple[Leaf, ...]:
        """The columns that hold figures."""
        return tuple(leaves(self.columns))

    def cell_id(self, row: Leaf, column: Leaf) -> str:
        """The id of the cell where ``row`` and ``column`` meet."""
        return f"{self.id}.{row.id}.{column.id}"


@dataclass(frozen=True, slots=True)
class TextPart:
    """One narrative part of a section; ``id`` is its full cell id.

    A ``substantial`` one must say something: 无 is no answer to it.
    """

    id: str
    label: str
    hint: str = ""
    substantial: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report: narrative parts, tables, or both, on one sheet."""

    id: str
    title: str
    sheet: str
    orientation: Literal["portrait", "landscape"]
    texts: tuple[TextPart, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class CoverField:
    """A field of the cover; ``id`` is its full cell id."""

    id: str
    label: str
    type: Literal["text", "date"] = "text"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A choice of 级别 with the other words a roster may use for it."""

    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule (审核关系) as the form author wrote it."""

    id: str
    severity: Severity
    expression: str
    message: Text
    fix: Text
    why: Text
    source: str
    for_each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RuleInstance:
    """A rule for one row or column: the resolved expression and the two figures it compares.

    Compared by identity, as its form is.

    ``scope`` is the id of the row, column or group (empty for a rule without ``for_each``),
    ``label`` its place in words, ``anchor`` the id of the cell a finding points to, ``line`` the
    table and the axis (``row``/``column``) whose end carries the state in the workbook.
    """

    rule: Rule
    scope: str
    label: str
    expression: Node
    comparison: Compare
    cells: tuple[str, ...]
    previous: tuple[str, ...]
    attributes: tuple[str, ...]
    anchor: str
    line: tuple[str, Literal["row", "column"]] | None

    @property
    def key(self) -> str:
        """What names this instance for good: ``T3-BALANCE[natural]``."""
        return f"{self.rule.id}[{self.scope}]" if self.scope else self.rule.id


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One bar or line of a chart: ``value`` is a resolved expression over figures of one period."""

    label: str
    value: Node


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of summaries.

    ``bars`` compares its points, ``units`` shows where the one point is largest, ``periods`` follows
    its points from period to period.
    """

    id: str
    title: str
    kind: Literal["bars", "units", "periods"]
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True, eq=False)
class Form:
    """A form definition, complete and free of mistakes; compared by identity.

    ``follows`` are forms whose cells of the same id mean the same, ``earlier`` what became of the others.
    ``digest`` is the SHA-256 of the definition's text, ``cells`` every cell in sheet order,
    ``total_order`` the ids of the totals, each after those it is computed from, ``mentions`` and
    ``topics`` what its texts say of its tables.
    """

    id: str
    version: str
    title: str
    document: str
    period: Literal["year", "month"]
    first_year: int
    last_year: int | None
    levels: tuple[Level, ...]
    follows: tuple[str, ...]
    earlier: tuple[Earlier, ...]
    instructions: tuple[str, ...]
    cover: tuple[CoverField, ...]
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    cells: Mapping[str, Cell]
    instances: tuple[RuleInstance, ...]
    total_order: tuple[str, ...]
    charts: tuple[Chart, ...]
    digest: str
    mentions: tuple[Mention, ...] = ()
    topics: tuple[Topic, ...] = ()

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All tables in sheet order."""
        return tuple(table for section in self.sections for table in section.tables)

    @cached_property
    def text_parts(self) -> tuple[TextPart, ...]:
        """All narrative parts in sheet order."""
        return tuple(part for section in self.sections for part in section.texts)

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section of every table, by table id."""
        return {table.id: section for section in self.sections for table in section.tables}

    def title_of(self, table: Table) -> str:
        """A table in the words of the form: its section, and its own heading where it has one."""
        return in_words(self.section_of[table.id].title, table.heading)

    @cached_property
    def date_field(self) -> str | None:
        """The id of the first field of the cover that is a date (填报日期)."""
        return next((field.id for field in self.cover if field.type == "date"), None)

    @cached_property
    def figures(self) -> tuple[Cell, ...]:
        """All cells of tables: inputs and totals."""
        return tuple(cell for cell in self.cells.values() if cell.table is not None)

    @cached_property
    def inputs(self) -> tuple[Cell, ...]:
        """The figures a clerk enters."""
        return tuple(cell for cell in self.figures if cell.kind == "input")

    @cached_property
    def totals(self) -> tuple[Cell, ...]:
        """The figures that compute themselves."""
        return tuple(cell for cell in self.figures if cell.kind == "total")

    @cached_property
    def instance_by_key(self) -> Mapping[str, RuleInstance]:
        """Rule instances by their key."""
        return {instance.key: instance for instance in self.instances}

    @cached_property
    def computing(self) -> Mapping[str, RuleInstance]:
        """For every total (by cell id) the rule instance whose right side computes it."""
        rules = {cell.id: cell.formula_rule for cell in self.totals}
        return {i.anchor: i for i in self.instances if rules.get(i.anchor) == i.rule.id}

    @cached_property
    def prefilling(self) -> Mapping[str, RuleInstance]:
        """For every prefilled input (by cell id) the rule instance whose right side fills it."""
        rules = {cell.id: cell.prefill_rule for cell in self.inputs}
        return {i.anchor: i for i in self.instances if rules.get(i.anchor) == i.rule.id}

    def changes_since(self, form_id: str, version: str) -> tuple[CellChange, ...]:
        """What became of the cells of an earlier form; its own version counts before what holds for all."""
        found = {e.version: e.cells for e in self.earlier if e.form == form_id}
        return (*found.get(version, ()), *(found.get("", ()) if version else ()))

    def covers(self, period: Period) -> bool:
        """Whether this form is the one to use for ``period``."""
        last = self.last_year if self.last_year is not None else period.year
        same_kind = (period.month is None) == (self.period == "year")
        return same_kind and self.first_year <= period.year <= last

    def level_of(self, unit: Unit) -> str:
        """The unit's level in the form's own words, or as the roster has it."""
        wanted = unit.level.strip().casefold()
        for level in self.levels:
            if wanted in (level.label.casefold(), *(alias.casefold() for alias in level.aliases)):
                return level.label
        return unit.level.strip()
