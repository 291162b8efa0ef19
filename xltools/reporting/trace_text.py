"""What lies behind a figure for people: a line a unit, the sum, and whether it is right."""

from __future__ import annotations

from xltools.diagnostics.text import Language, Text
from xltools.excel.values import Value, plain
from xltools.layout.text_size import text_width
from xltools.merging.trace import SourceState, Trace, TracedFigure, ends, is_same_sum, sum_of
from xltools.reporting.words import aligned, joined, labelled, return_words, unit_words

_STATES = {
    SourceState.SAME: Text("", ""),
    SourceState.MOVED: Text("按内容找到", "found by its content"),
    SourceState.CHANGED: Text("文件已改动，未再追溯", "the file has changed: not followed"),
    SourceState.MISSING: Text("文件找不到", "the file is not there"),
    SourceState.UNREADABLE: Text("文件读不出", "the file cannot be read"),
}
_PARTS = Text("合计，由这些格相加", "a total of these cells")
_SUM = Text("合计", "Sum")
_RIGHT = Text("与汇总表的数相符", "equals the figure of the summary")
_WRONG = Text("与汇总表的数 {} 不符", "does not equal the figure of the summary, {}")
_BELOW_WRONG = Text("下级合计 {}，与上面的数不符", "below it comes to {}, which is not this figure")
_IN_RETURN = Text("报表中为 {}，汇总表记为 {}", "the return has {}, the summary recorded {}")
_IN_SUMMARY = Text("下级汇总表中为 {}，本级记为 {}", "the summary below has {}, {} was recorded")
_UNTRUE = Text(
    "{} 处汇总表记的数与文件中的不同：分单位明细在汇总后改动过，请以文件为准，重新汇总",
    "{} figures recorded are not those of the files: the ledger was changed after it was written;"
    " go by the files and merge again",
)
_VERIFIED = Text("{} 个文件都在，与汇总时一样", "all {} files are there, unchanged since they were added up")
_UNVERIFIED = Text(
    "{} 个文件中有 {} 个找不到、改动过或读不出", "of {} files {} are missing, changed or cannot be read"
)
_SEARCH = Text(
    "文件移动过的，可用 --files 文件夹 按内容查找",
    "where files have moved, --files FOLDER searches by content",
)
_MOST_PARTS = 12


def trace_text(trace: Trace, language: Language) -> str:
    """The whole answer."""
    submission, cell = trace.submission, trace.cell
    title = f"{trace.place}  {cell.label} = {_shown(trace.value)}"
    lines = [
        f"■ {unit_words(submission.unit, language)}",
        f"  {return_words(submission, language)}",
        f"  {title}{cell.unit}",
    ]
    if trace.parts:
        lines.append("  " + labelled(language, _PARTS, _part_words(trace)))
    rows = _rows(trace.figures, language, 0)
    width = max((text_width(row[1]) for row in rows), default=0)
    padded = [(row[0], " " * (width - text_width(row[1])) + row[1], *row[2:]) for row in rows]
    lines += ["", *(f"  {row}" for row in aligned(padded)), ""]
    return "\n".join([*lines, *_verdict(trace, language)]) + "\n"


def _rows(figures: tuple[TracedFigure, ...], language: Language, depth: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for figure in figures:
        notes = [_STATES[figure.state].in_language(language), _untrue(figure, language)]
        if figure.below and not is_same_sum(figure.value, sum_of(figure.below)):
            notes.append(_BELOW_WRONG.in_language(language).format(_shown(sum_of(figure.below))))
        name = "  " * depth + unit_words(figure.unit, language)
        place = f"{figure.sheet}!{figure.cell}" if figure.sheet else _shown(None)
        note = joined(language, [note for note in notes if note])
        rows.append((name, _shown(figure.value), place, figure.file, note))
        rows += _rows(figure.below, language, depth + 1)
    return rows


def _untrue(figure: TracedFigure, language: Language) -> str:
    """What the file has, where that is not what was recorded."""
    if figure.is_as_in_file:
        return ""
    words = _IN_SUMMARY if figure.is_summary else _IN_RETURN
    return words.in_language(language).format(_shown(figure.in_file), _shown(figure.value))


def _verdict(trace: Trace, language: Language) -> list[str]:
    """The sum, whether it is the figure, whether every file was found and has what was recorded."""
    right = is_same_sum(trace.value, trace.sum)
    words = (_RIGHT if right else _WRONG).in_language(language).format(_shown(trace.value))
    lines = [f"  {labelled(language, _SUM, _shown(trace.sum))}  {words}"]
    files = [figure for above in ends(trace.figures) for figure in above]
    distinct = {(figure.file, figure.sha256): figure for figure in files}.values()
    bad = sum(not figure.state.is_verified for figure in distinct)
    if bad:
        lines.append("  " + _UNVERIFIED.in_language(language).format(len(distinct), bad))
        lines.append("  " + _SEARCH.in_language(language))
    else:
        lines.append("  " + _VERIFIED.in_language(language).format(len(distinct)))
    untrue = sum(not figure.is_as_in_file for figure in distinct)
    if untrue:
        lines.append("  " + _UNTRUE.in_language(language).format(untrue))
    return lines


def _part_words(trace: Trace) -> str:
    places = trace.submission.places
    shown = ["!".join(places[id_]) for id_ in trace.parts[:_MOST_PARTS]]
    return " + ".join(shown) + (f" + … ({len(trace.parts)})" if len(trace.parts) > _MOST_PARTS else "")


def _shown(value: Value) -> str:
    return "—" if value is None or value == "" else str(plain(value))
