"""Codes of findings about a workbook that could be read: its identity, structure and figures."""

from __future__ import annotations

from xltools.diagnostics.code_entry import CodeEntry
from xltools.diagnostics.findings import Severity
from xltools.diagnostics.text import Text

_WHY_COMPLETE = Text(
    "空格分不清是“没有发生”还是“忘了填”，汇总时无法补救，所以没有发生的也要写 0。",
    "a blank may mean none or forgotten, and no summary can tell them apart, so none is written as 0",
)
_WHY_NUMBER = Text(
    "文字、日期和错误值不参加计算，合计会悄悄少算这一格。",
    "texts, dates and errors take no part in sums, so a total would silently leave the cell out",
)
_WHY_LOCKED = Text(
    "锁定的内容是官方表样和公式，改动后各单位的表就无法一致地汇总。",
    "what is locked is the official table and its formulas; changed, it no longer adds up with the others",
)
_FIX_LOCKED = Text(
    "请用原来下发的空白表重新填写，只填浅蓝色的格。",
    "fill in the workbook that was issued again, and only its light blue cells",
)

DATA_CODES: tuple[CodeEntry, ...] = (
    CodeEntry(
        "NOT-RECOGNISED",
        Severity.ERROR,
        Text("认不出是哪一张表：{detail_zh}", "this is no form that is known: {detail_en}"),
        Text(
            "请用下发的工作簿填报；自制的表式要用 --form 指明定义文件。",
            "use the workbook that was issued; name the definition of a form of your own with --form",
        ),
        Text(
            "认不出表式就不知道每个数字是什么，不能猜。",
            "without knowing the form nobody knows what a figure means, and it must not be guessed",
        ),
        Text(
            "请确认这是年度报告的全文，三张表都在，而且是文字不是图片；自制的表式要用 --form 指明定义文件。",
            "see that this is the whole report, with its tables, as text and not as pictures; name the definition of a form of your own with --form",
        ),
    ),
    CodeEntry(
        "VERSION",
        Severity.ERROR,
        Text(
            "这张表是第 {found} 版，现行为第 {current} 版。",
            "the workbook is version {found} of its form; the current one is {current}",
        ),
        Text(
            "请用 xltools migrate 把数字移到现行版的表里再报送；移不过去的会逐一列出。",
            "move its figures into the current version with xltools migrate, which lists what cannot be moved",
        ),
        Text(
            "不同版本的表，格子的位置和含义可能不同。",
            "cells may stand elsewhere, or mean something else, in another version",
        ),
    ),
    CodeEntry(
        "IDENTITY-CHANGED",
        Severity.ERROR,
        Text("{what_zh}与下发时登记的不一致。", "{what_en} is not what the workbook was issued for"),
        Text(
            "请核对是否用错了别的单位或别的年度的表。",
            "check whether the workbook of another unit or year was used",
        ),
        Text(
            "工作簿发给谁、填哪一年，是下发时定的，错用会把数字记到别的单位名下。",
            "a workbook is issued for one unit and one period; used by another, figures would be booked to the wrong one",
        ),
    ),
    CodeEntry(
        "NOT-ISSUED",
        Severity.ERROR,
        Text(
            "这个工作簿不是用本轮的密钥为该单位、该期发出的。",
            "this workbook was not issued for this unit and period with this round's key",
        ),
        Text(
            "请用本轮下发给本单位的工作簿填写。",
            "fill in the workbook that was issued to this unit for this round",
        ),
        Text(
            "用密钥发出的工作簿带有别人造不出的标识，可以认出自制的、上一轮的和发给别人的工作簿。",
            "a workbook issued with a key carries a mark nobody else can make, which tells home-made ones and those of other units or rounds apart",
        ),
    ),
    CodeEntry(
        "UNIT-BLANK",
        Severity.ERROR,
        Text("没有写明填报单位。", "nothing says which unit reports"),
        Text(
            "请在封面填写填报单位的名称和编码；读入报告时可加 --unit、--code。",
            "fill in the name and code of the unit on the cover; --unit and --code tell import",
        ),
        Text("不知道是谁报的数字不能汇总。", "figures of an unknown unit cannot be merged"),
    ),
    CodeEntry(
        "PERIOD-BLANK",
        Severity.ERROR,
        Text(
            "没有写明报告期，或写得不对。",
            "nothing says, or not rightly, which period is reported",
        ),
        Text(
            "请在封面填写报告期；读入报告时可加 --year。",
            "fill in the period on the cover; --year tells import",
        ),
        Text(
            "不知道是哪一期的数字不能审核、不能汇总。",
            "figures of an unknown period can be neither checked nor merged",
        ),
    ),
    CodeEntry(
        "SHEET-MISSING",
        Severity.ERROR,
        Text("缺少工作表“{sheet}”。", 'the sheet "{sheet}" is missing'),
        _FIX_LOCKED,
        _WHY_LOCKED,
    ),
    CodeEntry(
        "TABLE-MOVED",
        Severity.ERROR,
        Text(
            "这张表的行列或标题与表样不符（{count} 处），没有读取其中的数字。",
            "rows, columns or headings of this table are not where they belong ({count} places); its figures were not read",
        ),
        _FIX_LOCKED,
        Text(
            "行列错位后，同一格里已是别的数字；不能确定的数字不读，不猜。",
            "with rows or columns shifted, a cell holds another figure; what is not certain is not read",
        ),
    ),
    CodeEntry(
        "LABEL-CHANGED",
        Severity.ERROR,
        Text("表头或项目名称被改动。", "a heading or label was changed"),
        _FIX_LOCKED,
        _WHY_LOCKED,
    ),
    CodeEntry(
        "FORMULA-CHANGED",
        Severity.ERROR,
        Text("合计格的公式被改成了别的公式。", "the formula of a total was changed"),
        _FIX_LOCKED,
        _WHY_LOCKED,
    ),
    CodeEntry(
        "PROTECTION-REMOVED",
        Severity.NOTE,
        Text("工作表保护已被取消：{sheets}。", "sheet protection was removed: {sheets}"),
        Text(
            "数字已按原位置读取；请提醒填报人不要取消保护。",
            "the figures were read from their places all the same; ask the clerk to leave the protection on",
        ),
        _WHY_LOCKED,
    ),
    CodeEntry(
        "CELL-MOVED",
        Severity.ERROR,
        Text("这一格被剪切到了 {target}。", "this cell was cut and pasted to {target}"),
        Text(
            "请把数字重新填在原来的格里；以后只复制，不要剪切。",
            "enter the figure in its own cell again; copy, never cut",
        ),
        Text(
            "剪切会把数字移到别的位置，原来的格就空了。合计仍按原来的位置计算。",
            "cutting takes a figure to another place and leaves its own cell empty; totals keep counting the original place",
        ),
    ),
    CodeEntry(
        "INPUT-FORMULA",
        Severity.NOTE,
        Text(
            "填写格里是公式 ={formula}，按它的结果读取{more_zh}。",
            "the cell holds the formula ={formula}; its result was taken as the figure{more_en}",
        ),
        Text("请核对结果，最好改成数字。", "check the result, or better replace it by the number"),
        Text(
            "公式的结果会随所引用的格改变，报送以后仍可能变动。",
            "a formula's result follows the cells it points to and may still change after the return was handed in",
        ),
    ),
    CodeEntry(
        "ROWS-HIDDEN",
        Severity.NOTE,
        Text("表中有行或列被隐藏：{what}。", "rows or columns of a table are hidden: {what}"),
        Text(
            "请取消隐藏并核对其中的数字；隐藏的数字同样计入。",
            "show them again and check their figures; hidden figures count all the same",
        ),
        Text(
            "隐藏的行列容易被忘记填写或核对。",
            "what is hidden is easily forgotten when filling in and checking",
        ),
    ),
    CodeEntry(
        "SAME-FILE",
        Severity.NOTE,
        Text("与 {other} 是同一个文件。", "the same file as {other}"),
        Text("请只保留一份；汇总时只计一次。", "keep one; a summary counts it once"),
        Text(
            "同一份报表收到两次很常见，重复计入会使汇总翻倍。",
            "the same return often arrives twice, and counted twice it would double the summary",
        ),
    ),
    CodeEntry(
        "LEDGER-CHANGED",
        Severity.ERROR,
        Text(
            "汇总表中的数与“分单位明细”的合计不一致。", "a figure of the summary is not the sum of 分单位明细"
        ),
        Text("请重新汇总，不要手工修改汇总表。", "merge again; do not edit a summary by hand"),
        Text(
            "汇总表的每个数都应能追溯到各单位的数。",
            "every figure of a summary must be traceable to the units' figures",
        ),
    ),
    CodeEntry(
        "BLANK",
        Severity.ERROR,
        Text("{what_zh}没有填写。", "{what_en} is not filled in"),
        Text(
            "请逐格填写；没有发生的填 0。全部为 0 的，可在封面把“零报告”选“是”。",
            "fill in every cell, 0 where there is none; if everything is 0, answer 零报告 on the cover with 是",
        ),
        _WHY_COMPLETE,
    ),
    CodeEntry(
        "TEXT-IN-NUMBER",
        Severity.ERROR,
        Text("应填数字，实际是文字“{text}”。", 'a number is due here, but the cell holds the text "{text}"'),
        Text(
            "请改成数字，只写数，不写单位、符号和说明；没有发生的填 0。",
            "replace it by a plain number without unit, sign or remark; 0 where there is none",
        ),
        _WHY_NUMBER,
    ),
    CodeEntry(
        "ERROR-VALUE",
        Severity.ERROR,
        Text("单元格是错误值 {text}。", "the cell holds the error {text}"),
        Text("请删去后重新填写数字。", "delete it and enter the number"),
        _WHY_NUMBER,
    ),
    CodeEntry(
        "NEGATIVE",
        Severity.ERROR,
        Text("这里不能是负数。", "the figure must not be negative"),
        Text("请核对并改正。", "check and correct it"),
        Text(
            "件数和金额不会小于 0；只有“增/减”可以。",
            "counts and amounts are never below 0; only an increase or decrease may be",
        ),
    ),
    CodeEntry(
        "NOT-INTEGER",
        Severity.ERROR,
        Text("件数应为整数。", "a count must be a whole number"),
        Text("请核对并改正。", "check and correct it"),
        Text("件、次、条都按整数统计。", "pieces and cases are counted whole"),
    ),
    CodeEntry(
        "TOO-LARGE",
        Severity.ERROR,
        Text(
            "数字超过 15 位，表格软件无法准确保存。",
            "the figure has more than 15 digits, which no spreadsheet keeps exactly",
        ),
        Text("请核对是否多打了数字。", "check whether digits were typed twice"),
        Text(
            "超过 15 位的数字，末位会被软件改成 0。",
            "beyond 15 digits a spreadsheet replaces the last ones by 0",
        ),
    ),
    CodeEntry(
        "TOTAL-BLANK",
        Severity.ERROR,
        Text("{what_zh}的总计是空的。", "{what_en}: the total is empty"),
        Text(
            "总计应自动计算，请用原来下发的工作簿重新填写。",
            "totals compute themselves: fill in the workbook that was issued again",
        ),
        Text(
            "总计空着，就看不出各项之和是否相符。",
            "without its total nobody can see whether the parts add up",
        ),
    ),
    CodeEntry(
        "TOTAL-TYPED",
        Severity.NOTE,
        Text(
            "总计的公式被手工输入的数字代替，数字与公式结果相同{count_zh}。",
            "a typed number stands in place of the formula of a total{count_en}; it equals what the formula would give",
        ),
        Text("不必处理；以后请不要在总计格里输入。", "nothing to do; leave totals to compute themselves"),
        Text("手工总计在各项改动后不会跟着变。", "a typed total does not follow when its parts change"),
    ),
    CodeEntry(
        "ZERO-REPORT",
        Severity.ERROR,
        Text("零报告选了“是”，但有 {count} 格不是 0。", "零报告 is answered 是, but {count} cells are not 0"),
        Text(
            "请把“零报告”改为“否”并填全各格，或把数字改为 0。",
            "answer 零报告 with 否 and fill in every cell, or correct the figures to 0",
        ),
        Text(
            "零报告表示全部数字都是 0，与任何不是 0 的数字矛盾。",
            "a zero report says that every figure is 0, which any other figure contradicts",
        ),
    ),
    CodeEntry(
        "LIKELY-CULPRIT",
        Severity.NOTE,
        Text(
            "这些不符（{rules_zh}）最可能出在这里：{detail_zh}。",
            "what does not agree ({rules_en}) most likely comes from here: {detail_en}",
        ),
        Text(
            "请先对照原始资料核对所指的格；属实就改，改后各处不符即消失；不属实再查其他格。",
            "check the figure named against the records first: if it is wrong, correcting it mends all of these; if it is right, look at the other cells",
        ),
        Text(
            "一个数填错，凡用到它的审核关系都会不符；能同时解释全部不符、又不破坏其他关系的数最可疑。这是推断，不是定论。",
            "one wrong figure breaks every rule that reads it, so a figure that explains all of them and disturbs no other is the first to suspect; it is an inference and no verdict",
        ),
    ),
    CodeEntry(
        "EXPLANATION-VOID",
        Severity.NOTE,
        Text(
            "原来的说明“{text}”是针对 {left} 和 {right} 写的，数字已变，说明作废。",
            'the explanation "{text}" was written for {left} and {right}; the figures have changed and it is void',
        ),
        Text(
            "请重新核实，改写说明和旁边的两个数。",
            "check again and rewrite the explanation and the two figures beside it",
        ),
        Text("说明只对写它时的数字有效。", "an explanation only holds for the figures it was written for"),
    ),
    CodeEntry(
        "TEXT-BLANK",
        Severity.NOTE,
        Text("文字部分没有填写：{what}。", "texts not filled in: {what}"),
        Text(
            "公布年度报告前请补齐；没有内容的写“无”。",
            "complete them before the report is published; write 无 where there is nothing to say",
        ),
        Text(
            "年度报告由六个部分组成，缺一不可；汇总数字不受影响。",
            "the report has six sections, all of them due; the summary of figures is not affected",
        ),
    ),
    CodeEntry(
        "COVER-BLANK",
        Severity.NOTE,
        Text("封面没有填写：{what}。", "not filled in on the cover: {what}"),
        Text("请补填，以便有疑问时联系。", "complete it, so that somebody can be asked"),
        Text(
            "报表由负责人签审，并留联系方式。",
            "a return is signed by the responsible person and says whom to ask",
        ),
    ),
)
