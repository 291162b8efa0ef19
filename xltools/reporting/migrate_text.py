"""The result of moving workbooks for people: what could not be moved, with its value, first of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from xltools.checking.migrated_file import MigratedFile, Moving
from xltools.diagnostics.text import Language, Text, counted
from xltools.excel.a1 import full_address
from xltools.excel.values import plain
from xltools.layout.text_size import clipped
from xltools.matching.migration.migrate import Unmoved
from xltools.reporting.cell_ranges import cell_ranges
from xltools.reporting.check_text import finding_lines
from xltools.reporting.words import FILE, RESULT, aligned, joined, labelled, return_words, shown, unit_words

_LONGEST_VALUE = 80
_OUTPUT = Text("新表", "New workbook")
_UNMOVED = Text("没有移过去的（请按所列的数处理）", "Not moved (deal with these values by hand)")
_NOTED = Text("读取原表时看到的", "Noticed while reading the old workbook")
_BLANK = Text("新表里还没有填的", "Still to be filled in in the new workbook")
_STATUS = {
    Moving.MOVED: Text("全部移到新表", "everything was moved"),
    Moving.PARTLY: Text("有没移过去的，或要核对的", "something was not moved, or must be looked at"),
    Moving.CURRENT: Text("已是现行的表，不必移动", "it is current already: nothing to move"),
    Moving.REFUSED: Text("没有移动", "nothing was moved"),
}


def migrate_text(files: Iterable[MigratedFile], language: Language) -> Iterator[str]:
    """The answer, one block a file, a blank line between them."""
    for number, file in enumerate(files):
        yield "\n" * (number > 0) + "\n".join(_lines(file, language)) + "\n"


def _lines(file: MigratedFile, language: Language) -> Iterator[str]:
    migration = file.migration
    yield from _heading(file, language)
    counts = _counts(file, language)
    result = _STATUS[file.status].in_language(language)
    yield "  " + labelled(language, RESULT, result + (f" — {counts}" if counts else ""))
    if migration and migration.unmoved:
        yield from ("", f"  {_UNMOVED.in_language(language)}", *_unmoved(migration.unmoved, language))
    if file.findings:
        yield from ("", f"  {_NOTED.in_language(language)}", *finding_lines(file.findings, language))
    if file.blank:
        yield from ("", f"  {_BLANK.in_language(language)}", *finding_lines(file.blank, language))


def _heading(file: MigratedFile, language: Language) -> Iterator[str]:
    migration = file.migration
    if migration is None:
        yield f"■ {file.file}"
        return
    source, form = migration.source, migration.submission.form
    version = Text("第 {} 版", "version {}").in_language(language)
    before = f"{source.form_id} {version.format(source.version)}"
    now = f"{form.id} {version.format(form.version)}"
    yield f"■ {unit_words(migration.submission.unit, language)}"
    yield f"  {return_words(migration.submission, language)}"
    yield f"  {before} → {now}"
    yield "  " + labelled(language, FILE, file.file)
    yield "  " + labelled(language, _OUTPUT, str(file.output))


def _counts(file: MigratedFile, language: Language) -> str:
    migration = file.migration
    if migration is None:
        return ""
    moved, unmoved = len(migration.moved), len(migration.unmoved)
    blank = sum(len(found.cells) for found in file.blank)
    words = [Text(f"移过去 {moved} 项", counted(moved, "value") + " moved")]
    if unmoved:
        words.append(Text(f"没有移过去 {unmoved} 项", f"{unmoved} not moved"))
    if blank:
        words.append(Text(f"新表还空 {blank} 格", counted(blank, "cell") + " still blank"))
    return joined(language, [word.in_language(language) for word in words])


def _unmoved(unmoved: Sequence[Unmoved], language: Language) -> Iterator[str]:
    """Values under the reason that keeps them; many of one sheet without words of their own as ranges."""
    reasons: dict[Text, list[Unmoved]] = {}
    for one in unmoved:
        reasons.setdefault(one.why, []).append(one)
    for number, (why, alike) in enumerate(reasons.items(), 1):
        yield f"  {number}. {why.in_language(language)}"
        named = [one for one in alike if one.place.label]
        rows = [
            (full_address(place.sheet, place.cell), place.label or "", _value(one))
            for one in named
            for place in [one.place]
        ]
        yield from (f"       {line}" for line in aligned(rows))
        nameless = [one for one in alike if not one.place.label]
        for sheet, group in groupby(nameless, key=lambda one: one.place.sheet):
            cells = cell_ranges(one.place.cell for one in group if one.place.cell)
            yield f"       {sheet}!{'、'.join(cells) if language == 'zh' else ', '.join(cells)}"


def _value(one: Unmoved) -> str:
    value = clipped(" ".join(shown(plain(one.value)).split()), _LONGEST_VALUE)
    return value if one.now is None else f"{value} → {shown(plain(one.now))}"
