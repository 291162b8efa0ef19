"""A form definition file to a :class:`~xltools.model.form.Form`, or all of its mistakes at once."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from xltools.definition.charts import read_chart
from xltools.definition.earlier import lint_earlier, read_earlier
from xltools.definition.lint import lint
from xltools.definition.mentions import read_mention, read_topic
from xltools.definition.rules import read_rule, spread_rule
from xltools.definition.tables import cover_cells, read_id, read_section, section_cells
from xltools.definition.toml_reader import TomlReader
from xltools.diagnostics.exceptions import DefinitionError, Problem
from xltools.diagnostics.text import Text
from xltools.model.form import (
    CODE,
    LEVEL,
    PERIOD,
    UNIT,
    ZERO_REPORT,
    Cell,
    Chart,
    CoverField,
    Form,
    Level,
    Rule,
    RuleInstance,
    Table,
)


def load_definition(path: Path) -> Form:
    """The form in ``path``; raises DefinitionError naming every mistake with its key path."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, Text(f"读不出文件：{error}", f"cannot read the file: {error}")) from error
    return parse_definition(text, str(path))


@lru_cache(maxsize=16)
def parse_definition(text: str, source: str) -> Form:
    """The form written in ``text``; ``source`` names it in messages. Raises DefinitionError.

    The same text gives the same form, so that what is worked out once a form serves every later call.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(source, Text(f"不是有效的 TOML：{error}", f"is not valid TOML: {error}")) from error
    problems: list[Problem] = []
    form = _read_form(TomlReader(data, "", problems), hashlib.sha256(text.encode()).hexdigest())
    # Resting on half-read tables, the lint would add mistakes that are only consequences.
    problems += [] if problems else [*lint(form), *lint_earlier(form)]
    if problems:
        raise DefinitionError(source, tuple(problems))
    return form


def _unreadable(source: Path | str, text: Text) -> DefinitionError:
    return DefinitionError(str(source), (Problem("", text),))


def _read_form(reader: TomlReader, digest: str) -> Form:
    sets = reader.table("column_sets", optional=True)
    column_sets = {name: sets.tables(name) for name in sets.names()}
    labels, fields = _read_cover(reader.table("cover"))
    sections = tuple(read_section(section, column_sets) for section in reader.tables("section"))
    cells = _index(reader, [*cover_cells(labels, fields), *(c for s in sections for c in section_cells(s))])
    tables = tuple(table for section in sections for table in section.tables)
    rules, instances = _read_rules(reader, tables, cells)
    mentions = tuple(read_mention(m, tables, cells) for m in reader.tables("mention", optional=True))
    topics = tuple(read_topic(topic, cells) for topic in reader.tables("topic", optional=True))
    years = reader.table("years")
    id_ = reader.text("id")
    form = Form(
        id=id_,
        version=reader.text("version"),
        title=reader.text("title"),
        document=reader.text("document"),
        period=reader.choice("period", ("year", "month")),
        first_year=years.integer("first"),
        last_year=years.integer("last") if years.has("last") else None,
        levels=tuple(_read_level(level) for level in reader.tables("levels", optional=True)),
        follows=reader.texts("follows"),
        earlier=tuple(read_earlier(item, id_) for item in reader.tables("earlier", optional=True)),
        instructions=reader.texts("instructions"),
        cover=fields,
        sections=sections,
        rules=rules,
        cells=cells,
        instances=instances,
        total_order=_total_order(reader, cells, instances),
        charts=_read_charts(reader, tables, cells),
        digest=digest,
        mentions=mentions,
        topics=topics,
    )
    years.done()
    reader.done()
    return form


def _read_level(reader: TomlReader) -> Level:
    level = Level(reader.text("label"), reader.texts("aliases"))
    reader.done()
    return level


def _read_cover(reader: TomlReader) -> tuple[dict[str, str], tuple[CoverField, ...]]:
    keys = {UNIT: "unit", CODE: "code", PERIOD: "period", LEVEL: "level", ZERO_REPORT: "zero_report"}
    labels = {id_: reader.text(key) for id_, key in keys.items()}
    fields = []
    for item in reader.tables("field", optional=True):
        kind: Literal["text", "date"] = item.choice("type", ("text", "date"), "text")
        fields.append(CoverField(f"cover.{read_id(item)}", item.text("label"), kind, item.text("hint", "")))
        item.done()
    reader.done()
    return labels, tuple(fields)


def _read_rules(
    reader: TomlReader, tables: tuple[Table, ...], cells: Mapping[str, Cell]
) -> tuple[tuple[Rule, ...], tuple[RuleInstance, ...]]:
    rules: dict[str, Rule] = {}
    instances: list[RuleInstance] = []
    for item in reader.tables("rule", optional=True):
        rule = read_rule(item)
        if rule.id in rules:
            item.report("id", f"规则编号 {rule.id} 重复", f"the rule id {rule.id} is used twice")
        rules[rule.id] = rule
        instances += spread_rule(rule, item, tables, cells)
    return tuple(rules.values()), tuple(instances)


def _read_charts(
    reader: TomlReader, tables: tuple[Table, ...], cells: Mapping[str, Cell]
) -> tuple[Chart, ...]:
    charts: dict[str, Chart] = {}
    for item in reader.tables("chart", optional=True):
        chart = read_chart(item, tables, cells)
        if chart.id in charts:
            item.report("id", f"图表编号 {chart.id} 重复", f"the chart id {chart.id} is used twice")
        charts[chart.id] = chart
    return tuple(charts.values())


def _index(reader: TomlReader, cells: list[Cell]) -> dict[str, Cell]:
    index: dict[str, Cell] = {}
    for cell in cells:
        if cell.id in index:
            reader.report("section", f"单元格编号 {cell.id} 重复", f"the cell id {cell.id} is used twice")
        index[cell.id] = cell
    return index


def _total_order(
    reader: TomlReader, cells: Mapping[str, Cell], instances: tuple[RuleInstance, ...]
) -> tuple[str, ...]:
    """Totals in an order in which each comes after the totals it is computed from."""
    rules = {id_: cell.formula_rule for id_, cell in cells.items() if cell.kind == "total"}
    needs = {
        i.anchor: {id_ for id_ in i.cells if id_ in rules and id_ != i.anchor}
        for i in instances
        if rules.get(i.anchor) == i.rule.id
    }
    for id_ in rules.keys() - needs.keys():
        reader.report("rule", f"没有规则计算 {id_}", f"no rule computes {id_}")
    order: dict[str, None] = {}
    while len(order) < len(needs):
        ready = [id_ for id_, below in needs.items() if id_ not in order and not below - order.keys()]
        if not ready:
            reader.report("rule", "合计互相引用，形成循环", "totals are computed from each other in a circle")
            break
        order.update(dict.fromkeys(ready))
    return tuple(order)
