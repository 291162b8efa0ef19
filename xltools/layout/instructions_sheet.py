"""The instructions (填报说明): the form author's paragraphs and the legend of the colours."""

from __future__ import annotations

from xltools.layout.plan import PlannedCell, PrintSetup, SheetPlan
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height
from xltools.model.form import Form
from xltools.model.sheet_names import INSTRUCTIONS_SHEET

_TEXT_WIDTH = 76.0
_LEGEND: tuple[tuple[Style, str, str], ...] = (
    (Style.INPUT, "123", "填写格：浅蓝底，唯一可以填写的格"),
    (Style.TOTAL, "123", "计算格：灰底粗体，自动算出，不能改"),
    (Style.FIXED, "123", "预填格：浅灰底，由发表单位填好，不能改"),
    (Style.SAMPLE_FAIL, "不符", "不符：粗体深框，所在行末或列末写着“不符”，须改正"),
    (Style.SAMPLE_WARN, "待说明", "待说明：粗体黄底，行末或列末写着“待说明”，须核实并在“审核”表写说明"),
)


def instructions_sheet(form: Form) -> SheetPlan:
    """The plan of the instructions."""
    cells = [PlannedCell(0, 0, Style.TITLE, "填报说明", columns=2)]
    heights = {0: 34.0}
    row = 1
    for number, paragraph in enumerate(form.instructions, 1):
        cells.append(PlannedCell(row, 0, Style.PLAIN, f"{number}."))
        cells.append(PlannedCell(row, 1, Style.PLAIN, paragraph))
        heights[row] = needed_height(paragraph, _TEXT_WIDTH) + 2
        row += 1
    row += 1
    cells.append(PlannedCell(row, 0, Style.PLAIN_BOLD, "图例", columns=2))
    for style, sample, meaning in _LEGEND:
        row += 1
        cells.append(PlannedCell(row, 0, style, sample))
        cells.append(PlannedCell(row, 1, Style.PLAIN, f"　{meaning}"))
        heights[row] = 22.0
    return SheetPlan(
        name=INSTRUCTIONS_SHEET,
        cells=tuple(cells),
        print_setup=PrintSetup((0, 0, row, 1)),
        widths={0: 9.0, 1: _TEXT_WIDTH},
        heights=heights,
    )
