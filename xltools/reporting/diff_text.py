"""What differs between two files, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from xltools.checking.compare import Comparison, FigureDifference, Place, TextDifference
from xltools.diagnostics.findings import Finding
from xltools.diagnostics.text import Language, Text
from xltools.excel.values import Value, is_number, plain
from xltools.layout.text_size import clipped
from xltools.model.form import LABEL_SEPARATOR, in_words
from xltools.model.submission import Submission
from xltools.reporting.check_text import finding_lines
from xltools.reporting.words import SCREEN, aligned, folded, labelled, return_words, shown, unit_words

_FIGURES = Text("数字不同", "Figures that differ")
_UNREAD = Text("未能读取、没有比较的数字", "Figures that could not be read and were not compared")
_TEXTS = Text("文字不同", "Texts that differ")
_BLANK = Text("空", "blank")
_NOT_READ = Text("未能读取", "not read")
_NO_NUMBER = Text("{}不是数字", "{} is no number")
READING = {side: Text(f"读取 {side} 时的问题", f"What went wrong in reading {side}") for side in ("A", "B")}
"""Above what was found in reading a side."""
_LONGEST = 300
"""Characters of a sentence that are shown."""
_LONGEST_VALUE = 20
_WIDTH = SCREEN - 4
"""The lists stand further right than other lines."""


def diff_text(comparison: Comparison, language: Language) -> str:
    """Both files, what else they differ in, every figure, every text, and the count of all."""
    lines = [*_side("A", comparison.left, language), *_side("B", comparison.right, language)]
    lines += [f"  {text.in_language(language)}" for text in _notes(comparison)]
    for name, findings in (("A", comparison.left_findings), ("B", comparison.right_findings)):
        lines += _under(READING[name], reading_lines(findings, language), language)
    lines += _under(_UNREAD, figure_lines(comparison.unread, language), language)
    lines += _under(_FIGURES, figure_lines(comparison.figures, language), language)
    lines += _under(_TEXTS, text_lines(comparison.texts, language), language)
    return "\n".join([*lines, "", _summary(comparison).in_language(language), ""])


def _side(name: str, submission: Submission, language: Language) -> list[str]:
    file = submission.source.file if submission.source else ""
    return [
        labelled(language, Text(name, name), file),
        f"   {unit_words(submission.unit, language)} · {return_words(submission, language)}",
    ]


def _under(words: Text, lines: Sequence[str], language: Language) -> list[str]:
    """Lines under their heading after an empty line; nothing where there are none."""
    return ["", f"  {heading(words, language)}", *(f"    {line}" for line in lines)] if lines else []


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


def reading_lines(findings: Sequence[Finding], language: Language) -> list[str]:
    """What was not, or not surely, read of a file, and what to do about it."""
    return [
        part for line in finding_lines(findings, language) for part in folded(line.removeprefix("  "), _WIDTH)
    ]


def figure_lines(figures: Iterable[FigureDifference], language: Language) -> list[str]:
    """A line a figure, what and where it is on either side, below the words that those of a row share."""
    heads: dict[int, str] = {}
    rows: list[tuple[str, ...]] = []
    for _, row in groupby(figures, lambda found: found.id.rpartition(".")[0]):
        labels = [(found, found.label.split(LABEL_SEPARATOR)) for found in row]
        shared = _shared([parts[:-1] for _, parts in labels])
        heads[len(rows)] = in_words(*labels[0][1][:shared])
        margin = "  " if shared else ""
        rows += [_figure(found, margin + in_words(*parts[shared:]), language) for found, parts in labels]
    lines: list[str] = []
    for number, line in enumerate(aligned(rows)):
        if heads.get(number):
            lines += folded(heads[number], _WIDTH)
        lines += folded(line, _WIDTH)
    return lines


def _shared(paths: Sequence[Sequence[str]]) -> int:
    """How many words all paths begin with."""
    return sum(1 for _ in takewhile(lambda words: len(set(words)) == 1, zip(*paths, strict=False)))


def text_lines(texts: Iterable[TextDifference], language: Language) -> list[str]:
    """How alike the texts are, and the sentences in which they differ."""
    return [part for found in texts for line in _text(found, language) for part in folded(line, _WIDTH)]


def _figure(found: FigureDifference, label: str, language: Language) -> tuple[str, ...]:
    left = _shown(found.left, language, read=found.left_read)
    right = _shown(found.right, language, read=found.right_read)
    return (label, f"A {left}", _where(found.left_place), f"B {right}", _where(found.right_place))


def _shown(value: Value, language: Language, *, read: bool) -> str:
    if not read and (value is None or is_number(value)):  # a total of figures that were not read has no own
        return _NOT_READ.in_language(language)
    if value is None:
        return _BLANK.in_language(language)
    if read:
        return str(plain(value))
    text = shown(clipped(str(plain(value)), _LONGEST_VALUE))
    return _NO_NUMBER.in_language(language).format(text)


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
    compared, texts = comparison.compared, len(comparison.texts)
    figures, unread = len(comparison.figures), len(comparison.unread)
    if comparison.agrees and not texts:
        return Text(
            f"完全一致：比较了 {compared} 个数字和全部文字。",
            f"the same: {compared} figures and all texts compared",
        )
    zh = f"比较了 {compared} 个数字，{f'{figures} 个不同' if figures else '全部相同'}；"
    en = f"{compared} figures compared, {f'{figures} differ' if figures else 'all the same'}; "
    if unread:
        zh += f"{unread} 个未能读取，没有比较；"
        en += f"{unread} could not be read; "
    return Text(
        zh + (f"文字有 {texts} 部分不同。" if texts else "文字相同。"),
        en + (("1 text differs" if texts == 1 else f"{texts} texts differ") if texts else "no text differs"),
    )
