"""Codes of findings about how a workbook was read: what was converted, found by labels, or not found."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

_WHY_SAID = Text(
    "按约定读出来的数，都要说明原来写的是什么，以便核对。",
    "whatever is read by convention is said together with what was written, so that it can be checked",
)
_WHY_LABELS = Text(
    "行列的名称决定每个数字的含义；位置变了，只有名称对得上才能读。",
    "labels say what a figure means; where places have changed, only labels that fit allow reading it",
)
_FIX_COMPARE = Text(
    "请对照表样核对；以后请用下发的工作簿填报。",
    "compare with the official table; use the workbook that was issued from now on",
)
_FIX_ISSUED = Text(
    "请把数字填到下发的工作簿里，或恢复官方表样的行列名称后重新报送。",
    "enter the figures into the workbook that was issued, or restore the official labels, and send it again",
)
_REPORT_COMPARE = Text("请对照报告原文核对。", "compare with the report itself")
_REPORT_FILL = Text(
    "请对照报告原文，在写出的工作簿里补填这些格；原文里就没有的，请公布单位补正。",
    "fill these cells of the workbook in from the report itself; what it does not have either, its unit has to put right",
)

MATCHING_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "TEXT-CONVERTED",
        Severity.NOTE,
        Text("“{text}”按 {figure} 读取：{how_zh}。", '"{text}" was read as {figure}: {how_en}'),
        Text(
            "请核对读出的数；以后只写数字，没有发生的填 0。",
            "check the figure; from now on write plain numbers, 0 where there is none",
        ),
        _WHY_SAID,
    ),
    CodeEntry(
        "TABLE-FOUND",
        Severity.NOTE,
        Text(
            "“{table}”不在原来的位置，按名称找到并读取：工作表“{sheet}”，从 {cell} 起，符合程度 {score}%。{assumed_zh}",
            '"{table}" is not where it was issued; it was found by its labels on sheet "{sheet}", from {cell} on, fit {score}%. {assumed_en}',
        ),
        _FIX_COMPARE,
        _WHY_LABELS,
        _REPORT_COMPARE,
    ),
    CodeEntry(
        "LABEL-SIMILAR",
        Severity.NOTE,
        Text(
            "“{read}”按“{official}”读取：{how_zh}。",
            'the label "{read}" was taken for "{official}": {how_en}',
        ),
        _FIX_COMPARE,
        _WHY_SAID,
        _REPORT_COMPARE,
    ),
    CodeEntry(
        "TABLE-AMBIGUOUS",
        Severity.ERROR,
        Text(
            "“{table}”的行列无法唯一确定，没有读取其中的数字：{reason_zh}。",
            'rows or columns of "{table}" cannot be told apart, so its figures were not read: {reason_en}',
        ),
        _FIX_ISSUED,
        Text(
            "同一个名称出现在几处时，选哪一处都是猜；猜错了数字就记到别的项目下。",
            "where a label stands in several places, any choice is a guess, and a wrong one books figures elsewhere",
        ),
        _REPORT_FILL,
    ),
    CodeEntry(
        "ROW-MISSING",
        Severity.ERROR,
        Text("表中没有“{label}”这一行：{reason_zh}。", 'the table has no row "{label}": {reason_en}'),
        _FIX_ISSUED,
        _WHY_LABELS,
        _REPORT_FILL,
    ),
    CodeEntry(
        "COLUMN-MISSING",
        Severity.ERROR,
        Text("表中没有“{label}”这一列：{reason_zh}。", 'the table has no column "{label}": {reason_en}'),
        _FIX_ISSUED,
        _WHY_LABELS,
        _REPORT_FILL,
    ),
    CodeEntry(
        "TABLE-MISSING",
        Severity.ERROR,
        Text("找不到“{table}”这张表。", 'the table "{table}" was not found'),
        _FIX_ISSUED,
        Text(
            "缺少的表不能当作全部是 0。",
            "a table that is missing must not pass for one full of zeros",
        ),
        _REPORT_FILL,
    ),
    CodeEntry(
        "RECOGNISED-BY-LABELS",
        Severity.NOTE,
        Text(
            "没有表式标识，按行列名称认定为 {form}（符合程度 {score}%）{other_zh}。",
            "the file carries no identity; by its labels it is {form} (fit {score}%){other_en}",
        ),
        Text(
            "请核对表式、单位和年度。",
            "check form, unit and period",
        ),
        _WHY_SAID,
    ),
    CodeEntry(
        "AMBIGUOUS-FORM",
        Severity.ERROR,
        Text(
            "没有表式标识，按行列名称分不清是哪一张表：{candidates_zh}。",
            "the file carries no identity, and its labels fit more than one form: {candidates_en}",
        ),
        Text(
            "请用下发的工作簿填报，或在标题中写明报告年度；读入报告时可加 --year 或 --form。",
            "use the workbook that was issued, or give the year of the report in the title; --year or --form tells import",
        ),
        Text(
            "不同表式的同名项目含义可能不同，不能凭运气选一个。",
            "rows of the same name may mean something else in another form; none is picked by luck",
        ),
        Text("请用 --year 或 --form 指明。", "name the year or the form with --year or --form"),
    ),
)
