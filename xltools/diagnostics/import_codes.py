"""Codes of findings about a published report: how its tables and texts were put together again."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

_FIX_COMPARE = Text("请对照原文核对。", "compare with the report itself")
_WHY_NOTHING_LOST = Text(
    "文件里的文字要么归到表式的某一部分，要么说明没有读入，不能悄悄丢掉。",
    "every text of a report either goes into a part of the form or is said to be left out; none is lost silently",
)

IMPORT_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "FILE-NOT-REPORT",
        Severity.ERROR,
        Text("这不是能读取的年度报告：{detail_zh}", "this is not a report that can be read: {detail_en}"),
        Text(
            "请提供带文字的 .docx、.html、.txt 或 .pdf；扫描件和图片要先做文字识别并逐数核对。",
            "give a .docx, .html, .txt or .pdf that holds text; scans and pictures need text recognition first, and every figure checked",
        ),
        Text(
            "只从文字读数；从图片里认出来的数可能认错一位，不能当作单位公布的数。",
            "figures are read from text only: one recognised in a picture may be wrong in a digit and is not what the unit published",
        ),
    ),
    CodeEntry(
        "PAGES-ARE-PICTURES",
        Severity.ERROR,
        Text(
            "第 {pages_zh} 页没有文字，是扫描件或图片，上面的内容没有读取。",
            "pages {pages_en} hold no text: they are scans or pictures, and nothing on them was read",
        ),
        Text(
            "请换用全文都是文字的文件；没有的，请对照原件补填这几页上的数字和文字。",
            "use a file that is text throughout; else fill in what stands on these pages from the original",
        ),
        Text(
            "一部分页是图片的文件看上去完整，读出来却少了几页，所以要逐页说明。",
            "a file with pages that are pictures looks whole but lacks what stands on them, so each of them is named",
        ),
    ),
    CodeEntry(
        "ROW-READINGS",
        Severity.ERROR,
        Text(
            "这一行有 {count} 个数（{figures}），对应 {columns} 列，看不出空的是哪一列；不能确定的格没有读取。",
            "the row has {count} figures ({figures}) for {columns} columns, and which are empty cannot be told; cells that are not certain were not read",
        ),
        Text(
            "请对照原网页或原文件填写这一行。",
            "fill in this row from the original page or document",
        ),
        Text(
            "表格变成文字时丢了空格的位置，同一串数就有几种读法；合计只用来排除对不上的读法，不用来造数。",
            "where a table became text without its empty cells, the same figures can be read in several ways; totals only rule readings out and never make a figure",
        ),
    ),
    CodeEntry(
        "READING-CHOSEN",
        Severity.EXPLAIN,
        Text(
            "这一行有 {count} 个数（{figures}），对应 {columns} 列；合计对得上的只有一种读法（{rules}），按它读取。",
            "the row has {count} figures ({figures}) for {columns} columns; in only one reading the totals agree ({rules}), and it was taken",
        ),
        _FIX_COMPARE,
        Text(
            "空格没有保留下来的行，位置有几种可能时，排除合计对不上的读法；原表合计本身有错时，这样读也会错，所以要核对。",
            "where a row lost its empty cells, readings whose totals do not agree are ruled out; if the report's own total is wrong, so is the reading, which is why it must be checked",
        ),
    ),
    CodeEntry(
        "ROWS-CUT",
        Severity.NOTE,
        Text(
            "有 {count} 行在“{columns}”之前就结束了，这些格原文里没有。",
            "{count} rows end before {columns}: the report does not have these cells",
        ),
        Text(
            "合计由工作簿计算；其他格请对照原文补填。",
            "the workbook computes totals; fill in other cells from the original",
        ),
        Text(
            "原文里没有的格，不同于空着的格：合计可以算出来，但不是单位公布的数。",
            "a cell that is not there differs from one left empty: a total can be computed, but it is not what the unit published",
        ),
    ),
    CodeEntry(
        "ROW-JOINED",
        Severity.NOTE,
        Text(
            "这一行被换页分成两段（下半段在“{below}”），已合在一起读取。",
            'a page break cuts this row in two (it goes on in "{below}"); both parts were read as one row',
        ),
        _FIX_COMPARE,
        Text(
            "换页处的行，名称或数字会断成两段；只有名称能证明两段是同一行时才合起来。",
            "where a page ends inside a row its label or its figures are in two parts; they are put together only where the labels prove that they are one row",
        ),
    ),
    CodeEntry(
        "ROW-TORN",
        Severity.ERROR,
        Text(
            "换页处的这一行和下一页的第一行（“{below}”）可能是同一行，不能确定，这两行的数都没有读取。",
            'this row at the end of a page and the first one on the next ("{below}") may be one row, which cannot be told; the figures of neither were read',
        ),
        Text(
            "请对照原文件填写这一行。",
            "fill in this row from the original document",
        ),
        Text(
            "被换页截断的数，只读一段就少了几位，看上去却是一个完整的数。",
            "of a figure that a page break cuts, one part alone looks like a whole figure but lacks digits",
        ),
    ),
    CodeEntry(
        "HEADING-REWORDED",
        Severity.NOTE,
        Text("标题“{read}”按“{official}”读取。", 'the heading "{read}" was taken for "{official}"'),
        _FIX_COMPARE,
        Text(
            "标题改了字，下面的文字仍按它的编号和意思归到表式的部分。",
            "under a reworded heading the text still goes to the part that its number and words mean",
        ),
    ),
    CodeEntry(
        "TEXT-WITHOUT-HEADING",
        Severity.NOTE,
        Text(
            "“{section}”中有 {count} 段不在任何一部分的标题下，放在了“{part}”的开头：{start}",
            '{count} paragraphs of "{section}" stand under the heading of no part and were put first into "{part}": {start}',
        ),
        _FIX_COMPARE,
        _WHY_NOTHING_LOST,
    ),
    CodeEntry(
        "TEXT-LEFT-OUT",
        Severity.NOTE,
        Text(
            "有 {count} 行文字没有读入，它们不属于表式的任何部分：{start}",
            "{count} lines of text were not taken, as they belong to no part of the form: {start}",
        ),
        _FIX_COMPARE,
        _WHY_NOTHING_LOST,
    ),
    CodeEntry(
        "TEXT-CUT",
        Severity.NOTE,
        Text(
            "这部分文字超过一格能容纳的 {most} 个字，后面的没有读入。",
            "the text is longer than the {most} characters a cell can hold; the rest was not taken",
        ),
        _FIX_COMPARE,
        _WHY_NOTHING_LOST,
    ),
    CodeEntry(
        "TITLES-DIFFER",
        Severity.NOTE,
        Text(
            "文件里有几个不同的报告标题，按“{chosen}”认定单位和年度；另有：{others}。",
            'the file bears several titles; unit and period were taken from "{chosen}"; others are: {others}',
        ),
        Text(
            "请核对单位和年度；不对的用 --unit、--year 指明后重新读入。",
            "check unit and year; if they are wrong, import again with --unit and --year",
        ),
        Text(
            "网页上常有往年和其他单位报告的链接，不能把它们当成本报告的标题。",
            "pages often link to reports of other years and units, whose titles must not be taken for this one's",
        ),
    ),
)
