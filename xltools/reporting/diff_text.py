"""What differs between two files, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xltools.checking.compare import Comparison, FigureDifference, Place, TextDifference
from xltools.diagnostics.text import Language, Text
from xltools.excel.values import Value, plain
from xltools.model.submission import Submission
from xltools.reporting.words import aligned, labelled, return_words, unit_words

_FIGURES = Text("数字不同", "Figures that differ")
_TEXTS = Text("文字不同", "Texts that differ")
_BLANK = Text("空", "blank")
_LONGEST = 300
"""Characters of a sentence that are shown."""


def diff_text(comparison: Comparison, language: Language) -> str:
    """Both files, what else they differ in, every figure, every text, and the count of all."""
    lines = [*_side("A", comparison.left, language), *_side("B", comparison.right, language)]
    lines += [f"  {text.in_language(language)}" for text in _notes(comparison)]
    if comparison.figures:
        lines += ["", f"  {heading(_FIGURES, language)}"]
        lines += [f"    {line}" for line in figure_lines(comparison.figures, language)]
    if comparison.texts:
        lines += ["", f"  {heading(_TEXTS, language)}"]
        lines += [f"    {line}" for line in text_lines(comparison.texts, language)]
    return "\n".join([*lines, "", _summary(comparison).in_language(language), ""])


def _side(name: str, submission: Submission, language: Language) -> list[str]:
    file = submission.source.file if submission.source else ""
    return [
        labelled(language, Text(name, name), file),
        f"   {unit_words(submission.unit, language)} · {return_words(submission, language)}",
    ]


def _notes(comparison: Comparison) -> Iterator[Text]:
    left, right = comparison.left, comparison.right
    if left.form is not right.form:
        yield Text(
            f"表式不同：只比较编号相同的 {comparison.compared} 格，"
            f"A 另有 {len(comparison.only_left)} 格、B 另有 {len(comparison.only_right)} 格没有比较。",
            f"the forms differ: {comparison.compared} cells with the same id were compared,"
            f" {len(comparison.only_left)} only in A and {len(comparison.only_right)} only in B were not",
        )
    if left.period != right.period:
        yield Text("两份的报告期不同。", "the two are for different periods")
    if left.unit.name != right.unit.name:
        yield Text("两份的单位名称不同。", "the two bear different names of units")


def heading(text: Text, language: Language) -> str:
    """The words above a list."""
    words = text.in_language(language)
    return f"【{words}】" if language == "zh" else words


def figure_lines(figures: Iterable[FigureDifference], language: Language) -> list[str]:
    """A line a figure: what it is, and what and where it is on either side."""
    return aligned([_figure(found, language) for found in figures])


def text_lines(texts: Iterable[TextDifference], language: Language) -> list[str]:
    """How alike the texts are, and the sentences in which they differ."""
    return [line for found in texts for line in _text(found, language)]


def _figure(found: FigureDifference, language: Language) -> tuple[str, ...]:
    return (
        found.label,
        f"A {_shown(found.left, language)}",
        _where(found.left_place),
        f"B {_shown(found.right, language)}",
        _where(found.right_place),
    )


def _shown(value: Value, language: Language) -> str:
    return _BLANK.in_language(language) if value is None else str(plain(value))


def _where(place: Place | None) -> str:
    return "!".join(place) if place else ""


def _text(found: TextDifference, language: Language) -> Iterator[str]:
    percent = int(100 * found.similarity)
    yield Text(f"{found.label}：相似 {percent}%", f"{found.label}: alike by {percent}%").in_language(language)
    for gone, come in found.changes:
        yield from (f"  {mark} {_cut(text)}" for mark, text in (("A", gone), ("B", come)) if text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _summary(comparison: Comparison) -> Text:
    figures, texts = len(comparison.figures), len(comparison.texts)
    if not figures and not texts:
        return Text(
            f"完全一致：比较了 {comparison.compared} 个数字和全部文字。",
            f"the same: {comparison.compared} figures and all texts compared",
        )
    zh = f"比较了 {comparison.compared} 个数字，{f'{figures} 个不同' if figures else '全部相同'}；"
    en = f"{comparison.compared} figures compared, {f'{figures} differ' if figures else 'all the same'}; "
    return Text(
        zh + (f"文字有 {texts} 部分不同。" if texts else "文字相同。"),
        en + (("1 text differs" if texts == 1 else f"{texts} texts differ") if texts else "no text differs"),
    )
