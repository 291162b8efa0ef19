"""A genuine older version of a form: another set of cells under the same form id, and what became of them."""

from __future__ import annotations

from tests.support.cases import DEFINITIONS
from xltools.definition.load import parse_definition
from xltools.model.form import Form

NEW_TEXT = (DEFINITIONS[1] / "form.toml").read_text("utf-8")
_OLD: tuple[tuple[str, str], ...] = (
    ('version  = "1"', 'version  = "0"'),
    # another order of rows and columns, so that every cell stands elsewhere
    ('  { id = "issued",   label = "本年制发件数" },\n', ""),
    (
        'label = "现行有效件数" },\n]',
        'label = "现行有效件数" },\n  { id = "issued",   label = "本年制发件数" },\n]',
    ),
    # a column under another id
    ('{ id = "natural", label = "自然人" }', '{ id = "person", label = "自然人" }'),
    ("total == sum(natural,", "total == sum(person,"),
    # a row that is no more
    (
        '    { id = "handled", label = "（七）总计"',
        '    { id = "withdrawn", label = "（八）申请人撤回" },\n    { id = "handled", label = "（七）总计"',
    ),
    ("dismissed, other)", "dismissed, other, withdrawn)"),
    # another unit under the same id
    (
        'label = "本年收费金额（单位：万元）", unit = "万元"',
        'label = "本年收费金额（单位：元）", unit = "元"',
    ),
    # a text that is no more
    (
        '[[section.text]]\nid    = "supervision"',
        '[[section.text]]\nid    = "training"\nlabel = "业务培训"\n\n[[section.text]]\nid    = "supervision"',
    ),
)
_EARLIER = """
[[earlier]]
version = "0"
cells = [
  { from = "t3.*.person", to = "t3.*.natural" },
  { from = "t3.withdrawn.*", why = { zh = "计入（六）第3项", en = "count it in 3 (6) item 3" } },
]

[cover]
"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A definition with texts replaced, each of which must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def without_earlier(text: str) -> str:
    before, _, rest = text.partition("[[earlier]]")
    return before + "[cover]\n" + rest.partition("[cover]\n")[2]


OLD_TEXT = without_earlier(changed(NEW_TEXT, *_OLD)).replace(".natural", ".person")
NOW_TEXT = changed(NEW_TEXT, ("\n[cover]\n", _EARLIER))


def old_form() -> Form:
    """Version 0 of the form."""
    return parse_definition(OLD_TEXT, "old")


def new_form() -> Form:
    """Version 1, which says what became of the cells of version 0."""
    return parse_definition(NOW_TEXT, "now")
