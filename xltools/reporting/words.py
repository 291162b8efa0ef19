"""Words and small phrases that several renderers share, each in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from xltools.diagnostics.findings import Comparator, Finding, Severity, Shown, Status
from xltools.diagnostics.text import Language, Text
from xltools.excel.values import plain
from xltools.layout.text_size import text_width
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

STATUS_WORDS: dict[Status, Text] = {
    Status.OK: Text("通过", "passed"),
    Status.EXPLAIN: Text("待说明", "to be explained"),
    Status.ERROR: Text("有错误", "has errors"),
    Status.UNREADABLE: Text("无法读取", "cannot be read"),
}
SEVERITY_WORDS: dict[Severity, Text] = {
    Severity.ERROR: Text("错误性：必须改正才能汇总", "error: must be corrected before it can be merged"),
    Severity.EXPLAIN: Text(
        "核实性：改正，或写明原因后可以汇总", "explain: correct it, or hand it in with a written reason"
    ),
    Severity.NOTE: Text("提示性：不影响汇总", "note: does not keep the file out of the summary"),
}
SOURCE = Text("依据", "Source")
EXPRESSION = Text("公式", "Expression")
FOR_EACH = Text("逐一适用于", "For each of")
FIX = Text("怎么改", "What to do")
UNIT, CODE = Text("单位", "Unit"), Text("单位编码", "Unit code")
FILE, RESULT = Text("文件", "File"), Text("结果", "Result")
EXPLAINED = Text("说明", "Explanation")
IS_NOW, SHOULD_BE = Text("现在是", "Is"), Text("应为", "Should be")
LEFT_SIDE_IS = Text("左边 {}", "left side {}")
IS = Text("现在是 {}", "is {}")
SHOULD: dict[Comparator, Text] = {
    "==": Text("应为 {}", "should be {}"),
    "!=": Text("不应为 {}", "should not be {}"),
    "<": Text("应小于 {}", "should be less than {}"),
    "<=": Text("应不大于 {}", "should be at most {}"),
    ">": Text("应大于 {}", "should be more than {}"),
    ">=": Text("应不小于 {}", "should be at least {}"),
}

SCREEN = 110
"""Width of a screen that people have; a wide character counts two."""


def shown(value: Shown) -> str:
    """A figure as it is read; a text in quotation marks, on one line."""
    return f"“{' '.join(value.splitlines())}”" if isinstance(value, str) else str(plain(value))


def labelled(language: Language, label: Text, content: str) -> str:
    """``label: content`` with the colon of the language."""
    return label.in_language(language) + ("：" if language == "zh" else ": ") + content


def joined(language: Language, parts: list[str]) -> str:
    """Several phrases in one line, with the comma of the language."""
    return ("，" if language == "zh" else ", ").join(parts)


def figure_words(finding: Finding, language: Language) -> str:
    """What is and what should be, as far as they are known."""
    parts = []
    if finding.actual is not None:
        words = LEFT_SIDE_IS if finding.sides else IS
        parts.append(words.in_language(language).format(shown(finding.actual)))
    if finding.expected is not None:
        parts.append(SHOULD[finding.comparator].in_language(language).format(shown(finding.expected)))
    return joined(language, parts)


def unit_words(unit: Unit, language: Language) -> str:
    """Name and code of a unit, as far as they are known."""
    name = unit.name or Text("（未填单位名称）", "(no unit name)").in_language(language)
    if not unit.code:
        return name
    return f"{name}（{unit.code}）" if language == "zh" else f"{name} ({unit.code})"


def period_words(period: Period | None, language: Language) -> str:
    """The period as it stands in a title of the language."""
    if period is None:
        return Text("未填年度", "no period given").in_language(language)
    return period.label if language == "zh" else str(period)


def return_words(submission: Submission, language: Language) -> str:
    """What a submission is: the form's title, its period and the form's id."""
    parts = (submission.form.title, period_words(submission.period, language), submission.form.id)
    return " · ".join(parts)


def _pad(text: str, width: int) -> str:
    """``text`` filled with blanks to ``width``, where a wide character counts two."""
    return text + " " * max(0, width - text_width(text))


def folded(line: str, width: int) -> list[str]:
    """A line in as many as it takes to fit ``width``; those that go on stand a little further right."""
    margin = " " * (len(line) - len(line.lstrip(" ")) + 2)
    lines = []
    while text_width(line) > width:
        end = next(n for n in range(len(line), 0, -1) if text_width(line[:n]) <= width)
        blank = line.rfind(" ", len(margin), end + 1)
        end = blank if blank > end // 2 else end
        lines.append(line[:end].rstrip())
        line = margin + line[end:].lstrip()
    return [*lines, line]


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows of texts in columns as wide as their widest entry; no blanks at the end of a line."""
    widths = [max(text_width(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    return [
        "  ".join(_pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
