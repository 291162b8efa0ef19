"""What a readable definition may still get wrong: limits of the suites, totals, references."""

from __future__ import annotations

from collections.abc import Iterator

from xltools.diagnostics.exceptions import Problem
from xltools.diagnostics.text import Text
from xltools.excel.limits import (
    FORBIDDEN_IN_SHEET_NAME,
    MAX_CELL_TEXT,
    MAX_FUNCTION_ARGUMENTS,
    MAX_INPUT_MESSAGE,
    MAX_INPUT_TITLE,
    MAX_LIST_SOURCE,
    MAX_SHEET_NAME,
)
from xltools.expr.nodes import Call, Compare, Constant, Figure, Node, walk
from xltools.model.form import Form, RuleInstance
from xltools.model.sheet_names import RESERVED_SHEETS

_MAX_LABEL = 200


def lint(form: Form) -> list[Problem]:
    """Every mistake of a form that reads well."""
    return [*_sheets(form), *_labels(form), *_years(form), *_levels(form), *_rules(form), *_references(form)]


def _problem(path: str, zh: str, en: str) -> Problem:
    return Problem(path, Text(zh, en))


def _sheets(form: Form) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, section in enumerate(form.sections, 1):
        path, name = f"section[{number}].sheet", section.sheet
        if len(name) > MAX_SHEET_NAME or any(c in FORBIDDEN_IN_SHEET_NAME for c in name):
            yield _problem(
                path,
                f"工作表名“{name}”超过 {MAX_SHEET_NAME} 个字或含有 {FORBIDDEN_IN_SHEET_NAME}",
                f'sheet name "{name}" is over {MAX_SHEET_NAME} characters or has one of '
                f"{FORBIDDEN_IN_SHEET_NAME}",
            )
        if name in RESERVED_SHEETS or name.casefold() in seen:
            yield _problem(path, f"工作表名“{name}”已被占用", f'sheet name "{name}" is taken')
        seen.add(name.casefold())


def _labels(form: Form) -> Iterator[Problem]:
    for cell in form.cells.values():
        if len(cell.label) > _MAX_LABEL * 2:
            yield _problem(cell.id, "标签过长", f"label over {_MAX_LABEL * 2} characters")
        if cell.table is None and len(cell.label) > MAX_INPUT_TITLE:
            yield _problem(
                cell.id,
                f"标签超过 {MAX_INPUT_TITLE} 个字，不能作输入提示的标题",
                f"label over {MAX_INPUT_TITLE} characters, the limit of an input prompt's title",
            )
        if len(cell.hint) > MAX_INPUT_MESSAGE:
            yield _problem(
                cell.id, f"提示超过 {MAX_INPUT_MESSAGE} 个字", f"hint over {MAX_INPUT_MESSAGE} characters"
            )
    for number, paragraph in enumerate(form.instructions, 1):
        if len(paragraph) > MAX_CELL_TEXT:
            yield _problem(f"instructions[{number}]", "段落过长", "paragraph too long for a cell")


def _years(form: Form) -> Iterator[Problem]:
    last = form.last_year
    if not 1900 <= form.first_year <= 9999 or (last is not None and last < form.first_year):
        yield _problem("years", "年度范围不对", "the range of years is wrong")


def _levels(form: Form) -> Iterator[Problem]:
    joined = ",".join(level.label for level in form.levels)
    if len(joined) > MAX_LIST_SOURCE or any("," in level.label for level in form.levels):
        yield _problem(
            "levels",
            f"级别合计超过 {MAX_LIST_SOURCE} 个字或含有逗号",
            f"the levels are over {MAX_LIST_SOURCE} characters together, or one has a comma",
        )


def _rules(form: Form) -> Iterator[Problem]:
    for instance in form.instances:
        path = f"rule {instance.key}"
        for node in walk(instance.expression):
            if isinstance(node, Call) and len(node.arguments) > MAX_FUNCTION_ARGUMENTS:
                yield _problem(
                    path,
                    f"{node.function}() 超过 {MAX_FUNCTION_ARGUMENTS} 个参数",
                    f"{node.function}() has over {MAX_FUNCTION_ARGUMENTS} arguments",
                )
        if instance.anchor in form.computing and form.computing[instance.anchor] is instance:
            if not _is_total(instance):
                yield _problem(
                    path, "合计的规则应写成 合计 == sum(...)", "a total's rule must read: total == sum(...)"
                )
        elif form.prefilling.get(instance.anchor) is instance and not _is_prefill(instance):
            yield _problem(
                path,
                "上年数的规则应写成 单元格 == previous(...) 的算式",
                "a prefill rule must read: cell == something of previous(...)",
            )
    levels = {level.label for level in form.levels}
    for instance in form.instances:
        for text in _level_texts(instance.expression):
            if text not in levels:
                yield _problem(f"rule {instance.key}", f"没有级别“{text}”", f'there is no level "{text}"')


def _level_texts(node: Node) -> Iterator[str]:
    for part in walk(node):
        if isinstance(part, Compare):
            for side in (part.left, part.right):
                if isinstance(side, Constant) and isinstance(side.value, str):
                    yield side.value


def _is_total(instance: RuleInstance) -> bool:
    comparison = instance.comparison
    return (
        instance.expression is comparison
        and comparison.comparator == "=="
        and not comparison.within
        and comparison.left == Figure(instance.anchor)
        and isinstance(comparison.right, Call)
        and comparison.right.function == "sum"
        and all(isinstance(argument, Figure) for argument in comparison.right.arguments)
    )


def _is_prefill(instance: RuleInstance) -> bool:
    comparison = instance.comparison
    return (
        instance.expression is comparison
        and comparison.comparator == "=="
        and comparison.left == Figure(instance.anchor)
        and instance.cells == (instance.anchor,)
        and bool(instance.previous)
    )


def _references(form: Form) -> Iterator[Problem]:
    rules = {rule.id for rule in form.rules}
    for cell in form.figures:
        for rule in (cell.formula_rule, cell.prefill_rule):
            if rule is not None and rule not in rules:
                yield _problem(cell.id, f"没有规则 {rule}", f"there is no rule {rule}")
        if cell.prefill_rule and cell.id not in form.prefilling:
            yield _problem(
                cell.id,
                f"规则 {cell.prefill_rule} 没有涉及这里",
                f"rule {cell.prefill_rule} does not reach here",
            )
