"""A small definition to break in every way."""

from __future__ import annotations

import pytest

from xltools.definition.load import parse_definition
from xltools.diagnostics.exceptions import DefinitionError

SMALL = """
id = "small"
version = "1"
title = "小表"
document = "某文件"
period = "year"
years = { first = 2020 }
levels = [{ label = "县级", aliases = ["县"] }]
instructions = ["先填封面。"]

[cover]
unit = "填报单位"
code = "单位编码"
period = "报告年度"
level = "级别"
zero_report = "零报告"

[[cover.field]]
id = "preparer"
label = "填报人"

[[section]]
id = "s1"
title = "一、数字"
sheet = "一"

[[section.text]]
id = "text"
label = "说明"

[[section.table]]
id = "t"
columns = [
  { id = "a", label = "甲" },
  { id = "b", label = "乙" },
  { id = "total", label = "总计", total = "T-TOTAL" },
]
rows = [{ id = "x", label = "一行" }, { id = "y", label = "二行" }]

[[rule]]
id = "T-TOTAL"
for_each = "t.rows"
expect = "total == sum(a, b)"
severity = "error"
message = { zh = "总计应等于各列之和", en = "the total must equal the columns" }
fix = { zh = "请核对。", en = "check it" }
why = { zh = "各列相加就是总计。", en = "the columns make up the total" }
source = "某文件"

[[mention]]
id = "all"
label = "全部"
words = ["收到|接到", "来件"]
figures = ["sum(t.x.total, t.y.total)"]
share_of = ["t.x.total"]

[[topic]]
text = "s1.text"
label = "收费"
words = "收费"
figures = ["t.x.a"]
"""


def rule(expect: str, *, id_: str = "MORE", for_each: str = "", source: str = '"某文件"') -> str:
    """One more rule."""
    each = f'for_each = "{for_each}"\n' if for_each else ""
    return f"""
[[rule]]
id = "{id_}"
{each}expect = {expect!r}
severity = "explain"
message = {{ zh = "甲", en = "a" }}
fix = {{ zh = "甲", en = "a" }}
why = {{ zh = "甲", en = "a" }}
source = {source}
"""


def changed(*changes: tuple[str, str], more: str = "") -> str:
    """The small definition with texts replaced, each of which must be there."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text + more


def mistakes(text: str) -> dict[str, str]:
    """Key path to message of every mistake."""
    with pytest.raises(DefinitionError) as caught:
        parse_definition(text, "small.toml")
    assert all(problem.text.zh != problem.text.en for problem in caught.value.problems)
    found: dict[str, str] = {}
    for problem in caught.value.problems:
        found[problem.path] = (
            f"{found[problem.path]}; {problem.text.en}" if problem.path in found else problem.text.en
        )
    return found
