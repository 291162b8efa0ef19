"""Forms for people: the list of forms, and one form with its tables and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltools.diagnostics.text import Language, Text
from xltools.model.form import Axis, Form, Group, Leaf, Rule, Section, Table
from xltools.reporting.words import EXPRESSION, FIX, FOR_EACH, SOURCE, aligned, joined, labelled

_NO_LABEL = Text("（无标签）", "(no label)")
_COMPUTED = Text("自动计算", "computed")
_PREFILLED = Text("由上期带入", "filled from last period")
_ROWS = Text("行", "Rows")
_COLUMNS = Text("列", "Columns")
_RULES = Text("审核关系", "Rules")


def forms_text(forms: Iterable[Form], language: Language) -> str:
    """One line a form: id, years, title, document."""
    rows = [(form.id, _years_words(form, language), form.title, form.document) for form in forms]
    return "\n".join(aligned(rows)) + "\n"


def _years_words(form: Form, language: Language) -> str:
    """The years a form is for."""
    first, last = form.first_year, form.last_year
    if first == last:
        return str(first)
    if last is None:
        return f"{first}年起" if language == "zh" else f"from {first}"
    return f"{first}—{last}年" if language == "zh" else f"{first} to {last}"


def form_text(form: Form, language: Language) -> str:
    """One form: what it is, its sheets and tables with the ids of rows and columns, its rules."""
    lines = [
        f"{form.title}（{form.id}）" if language == "zh" else f"{form.title} ({form.id})",
        labelled(language, SOURCE, form.document),
        joined(language, [_years_words(form, language), _cells_words(form, language)]),
    ]
    for section in form.sections:
        lines += ["", f"■ {section.title}", *_section(section, language)]
    lines += ["", f"■ {_RULES.in_language(language)}"]
    for rule in form.rules:
        lines += _rule(rule, language)
    return "\n".join(lines) + "\n"


def _cells_words(form: Form, language: Language) -> str:
    inputs, totals, rules = len(form.inputs), len(form.totals), len(form.rules)
    return Text(
        f"填报 {inputs} 格，自动计算 {totals} 格，审核关系 {rules} 条",
        f"{inputs} cells to fill, {totals} computed, {rules} rules",
    ).in_language(language)


def _section(section: Section, language: Language) -> list[str]:
    lines = [f"  {line}" for line in aligned([(part.id, part.label) for part in section.texts])]
    for table in section.tables:
        lines += _table(table, language)
    return lines


def _table(table: Table, language: Language) -> list[str]:
    lines = [f"  {table.id}  {table.heading}".rstrip()]
    for word, axis in ((_COLUMNS, table.columns), (_ROWS, table.rows)):
        lines.append("    " + labelled(language, word, "").rstrip())
        lines += [f"      {line}" for line in aligned(list(_axis(axis, language, 0)))]
    return lines


def _axis(nodes: tuple[Axis, ...], language: Language, level: int) -> Iterator[tuple[str, ...]]:
    """Id, label set in by its level, and how the figures come about."""
    for node in nodes:
        label = "  " * level + (node.label or _NO_LABEL.in_language(language))
        if isinstance(node, Group):
            yield (node.id or "", label, "")
            yield from _axis(node.children, language, level + 1)
        else:
            yield (node.id, label, _origin(node, language))


def _origin(leaf: Leaf, language: Language) -> str:
    if leaf.total:
        return f"{_COMPUTED.in_language(language)} [{leaf.total}]"
    return f"{_PREFILLED.in_language(language)} [{leaf.prefill}]" if leaf.prefill else ""


def _rule(rule: Rule, language: Language) -> list[str]:
    """Everything about a rule; the message first."""
    facts = [
        labelled(language, EXPRESSION, rule.expression),
        labelled(language, FIX, rule.fix.in_language(language)),
        labelled(language, SOURCE, rule.source),
    ]
    if rule.for_each:
        facts.insert(1, labelled(language, FOR_EACH, joined(language, list(rule.for_each))))
    head = f"  {rule.id} [{rule.severity}]  {rule.message.in_language(language)}"
    return [head, *(f"      {fact}" for fact in facts)]
