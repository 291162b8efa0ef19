"""Codes of findings about data that workbooks are filled from; each names the row of the data."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

_WHY_NOTHING_LOST = Text(
    "数据里的每个数都要落到一个格里；落不下去的必须说明，不能悄悄丢掉。",
    "every figure of the data belongs into a cell; one that fits nowhere is said, never dropped silently",
)
_WHY_ONE = Text(
    "一个格只能有一个数；用哪一个不能由程序来猜。",
    "a cell holds one figure, and which of two counts is not for a program to guess",
)

FILL_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "DATA-UNKNOWN-CELL",
        Severity.ERROR,
        Text(
            "第 {row} 行：表式 {form} 没有单元格“{cell}”{near_zh}。",
            'row {row}: form {form} has no cell "{cell}"{near_en}',
        ),
        Text(
            "请用 xltools forms show 列出的单元格编号。",
            "use the ids that xltools forms show lists",
        ),
        _WHY_NOTHING_LOST,
    ),
    CodeEntry(
        "DATA-UNKNOWN-UNIT",
        Severity.ERROR,
        Text(
            "第 {row} 行：名录中没有单位“{unit}”{near_zh}。",
            'row {row}: "{unit}" is not in the roster{near_en}',
        ),
        Text("请改正单位编码或名称，或补充名录。", "correct its code or name, or add it to the roster"),
        Text(
            "名录决定谁应当报送；不在名录中的数不能当作别的单位的。",
            "the roster says who owes a return; figures of nobody in it must not pass for another unit's",
        ),
    ),
    CodeEntry(
        "DATA-NO-UNIT",
        Severity.ERROR,
        Text("第 {row} 行：没有单位编码，也没有单位名称。", "row {row}: neither code nor name of the unit"),
        Text("请填写 unit_code 或 unit_name。", "fill in unit_code or unit_name"),
        _WHY_NOTHING_LOST,
    ),
    CodeEntry(
        "DATA-UNIT-DIFFERS",
        Severity.ERROR,
        Text(
            "第 {row} 行：单位编码 {unit} 的名称或级别是“{found}”，前面是“{first}”。",
            'row {row}: code {unit} is named "{found}" here and "{first}" before',
        ),
        Text(
            "请核对单位编码，使一个编码只有一个名称和级别。",
            "check the code: one code has one name and level",
        ),
        _WHY_ONE,
    ),
    CodeEntry(
        "DATA-NO-PERIOD",
        Severity.ERROR,
        Text("第 {row} 行：{why_zh}。", "row {row}: {why_en}"),
        Text(
            "请改正 period（或 year 和 month），或用 --year、--period 指明要填的报告期。",
            "correct period (or year and month), or say with --year or --period what to fill",
        ),
        Text(
            "不同报告期的数不能填进同一个工作簿。",
            "figures of several periods do not belong into one workbook",
        ),
    ),
    CodeEntry(
        "DATA-NOT-NUMBER",
        Severity.ERROR,
        Text(
            "第 {row} 行：{cell} 应填数字，实际是“{text}”。",
            'row {row}: {cell} needs a number, the data has "{text}"',
        ),
        Text(
            "请改成数字，不写单位、分隔符和说明。",
            "replace it by a plain number without unit, separator or remark",
        ),
        Text("只有数字才能参加计算和汇总。", "only numbers can be computed with and added up"),
    ),
    CodeEntry(
        "DATA-TEXT-UNUSABLE",
        Severity.ERROR,
        Text(
            "第 {row} 行：{what} 的文字太长，或含有不能保存的字符。",
            "row {row}: the text of {what} is too long, or holds what is no character",
        ),
        Text("请精简到 32767 个字以内，去掉乱码。", "shorten it to 32,767 characters, without damaged ones"),
        Text(
            "一个单元格放不下的文字，表格软件会截断。",
            "a text that no cell holds would be cut off by the suite",
        ),
    ),
    CodeEntry(
        "DATA-TWICE",
        Severity.ERROR,
        Text(
            "第 {row} 行：{unit} 的 {cell} 已在第 {first} 行给出，内容不同（{before}，{now}）。",
            "row {row}: {cell} of {unit} was given in row {first} with other content ({before}, {now})",
        ),
        Text("请只留一行。", "keep one of them"),
        _WHY_ONE,
    ),
    CodeEntry(
        "DATA-TOTAL-DIFFERS",
        Severity.ERROR,
        Text(
            "第 {row} 行：{unit} 的总计 {cell} 是 {now}，各项之和是 {due}。",
            "row {row}: the total {cell} of {unit} is {now}, its parts add up to {due}",
        ),
        Text(
            "请核对各项；总计由工作簿自己计算，也可以不给。",
            "check the parts; totals compute themselves and may be left out",
        ),
        Text(
            "总计与各项不符，说明数据缺行或有误。",
            "a total that its parts do not give shows that rows are missing or wrong",
        ),
    ),
    CodeEntry(
        "DATA-SKIPPED",
        Severity.NOTE,
        Text(
            "{count} 行属于其他表式、报告期或汇总表，没有使用（第一处是第 {row} 行：{what}）。",
            "{count} rows are of another form or period, or of a summary, and were not used (the first is row {row}: {what})",
        ),
        Text(
            "不必处理；要填它们，请另指定表式或报告期。",
            "nothing to do; to fill those, name their form or period",
        ),
        _WHY_NOTHING_LOST,
    ),
    CodeEntry(
        "DATA-COLUMNS-UNUSED",
        Severity.NOTE,
        Text("这些列没有使用：{columns}。", "these columns were not used: {columns}"),
        Text(
            "请核对列名；列名应为单元格编号，或 unit_code、unit_name、cell、value 等。",
            "check their names: ids of cells, or unit_code, unit_name, cell, value and the like",
        ),
        _WHY_NOTHING_LOST,
    ),
)
