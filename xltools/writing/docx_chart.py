"""A picture of the report in Word: a chart that Word, WPS and LibreOffice draw themselves.

It is set in the document's fonts, stays sharp at any size and can be changed like any other chart: its
figures lie in a workbook inside (ISO/IEC 29500-1, 14.2.1 and 21.2). Nothing of it is running text.
"""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

from xltools.layout.plan import PlannedCell, SheetPlan, WorkbookPlan
from xltools.layout.report_pictures import Picture
from xltools.layout.styles import BLUE, INK, Style
from xltools.writing.docx_styles import CELL, FIGURE_FONT
from xltools.writing.html_page import escaped
from xltools.writing.workbook import render_workbook

_WIDTH = Mm(150)
_BAR, _FRAME = Mm(9), Mm(20)
_SIZE, _TITLE_SIZE = 1050, 1200
"""Hundredths of a point."""
_GAP = 60
"""Per cent of a bar's thickness."""
_SHEET = "数据"
_DATA = "rId1"
"""What the chart calls the workbook with its figures, the only other part it knows."""
_CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING_NS = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def add_chart(document: Document, picture: Picture) -> None:
    """Append the picture in a paragraph of its own."""
    package = document.part.package
    number = sum(part.content_type == CONTENT_TYPE.DML_CHART for part in package.iter_parts()) + 1
    data = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, _workbook(picture), package
    )
    uri = PackURI(f"/word/charts/chart{number}.xml")
    chart = Part(uri, CONTENT_TYPE.DML_CHART, _chart_xml(picture).encode(), package)
    chart.load_rel(RELATIONSHIP_TYPE.PACKAGE, data, _DATA)
    relation = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph(style=CELL)
    paragraph.add_run()._r.append(parse_xml(_drawing_xml(picture, number, relation)))


def _workbook(picture: Picture) -> bytes:
    """The figures, for whoever wants to change the chart."""
    cells = [PlannedCell(0, 1, Style.HEAD, picture.title)]
    for row, bar in enumerate(picture.bars, 1):
        cells += [PlannedCell(row, 0, Style.LABEL, bar.label), PlannedCell(row, 1, Style.FIGURE, bar.value)]
    sheet = SheetPlan(_SHEET, tuple(cells), None, widths={0: 20.0, 1: 30.0})
    return render_workbook(WorkbookPlan(picture.title, "", (sheet,), {}, protected=False))


def _drawing_xml(picture: Picture, number: int, relation: str) -> str:
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<wp:inline xmlns:wp="{_DRAWING_NS}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_WIDTH}" cy="{_FRAME + _BAR * len(picture.bars)}"/>'
        f'<wp:docPr id="{number}" name="{escaped(picture.title)}" descr="{escaped(picture.told)}"'
        f' title="{escaped(picture.title)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_MAIN_NS}"><a:graphicData uri="{_CHART_NS}">'
        f'<c:chart xmlns:c="{_CHART_NS}" xmlns:r="{_R_NS}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _chart_xml(picture: Picture) -> str:
    """The chart: bars from the top down, each with its figure at the end; no grid, no scale."""
    title = f"<a:r>{_looks('rPr', _TITLE_SIZE)}<a:t>{escaped(picture.title)}</a:t></a:r>"
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_CHART_NS}" xmlns:a="{_MAIN_NS}" xmlns:r="{_R_NS}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{_looks('defRPr', _TITLE_SIZE)}</a:pPr>{title}</a:p>"
        '</c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{_series(picture)}<c:gapWidth val="{_GAP}"/>{axes}</c:barChart>{_AXES}</c:plotArea>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f"<c:txPr><a:bodyPr/><a:p><a:pPr>{_looks('defRPr', _SIZE)}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        f'<c:externalData r:id="{_DATA}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(picture: Picture) -> str:
    last = len(picture.bars) + 1
    shown = {"showLegendKey": 0, "showVal": 1, "showCatName": 0, "showSerName": 0, "showPercent": 0}
    labels = "".join(f'<c:{name} val="{value}"/>' for name, value in {**shown, "showBubbleSize": 0}.items())
    return (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{_cached("str", "$B$1", [picture.title])}</c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{BLUE[1:]}"/></a:solidFill></c:spPr>'
        '<c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:dLblPos val="outEnd"/>{labels}</c:dLbls>'
        f"<c:cat>{_cached('str', f'$A$2:$A${last}', [bar.label for bar in picture.bars])}</c:cat>"
        f"<c:val>{_cached('num', f'$B$2:$B${last}', [bar.figure for bar in picture.bars])}</c:val></c:ser>"
    )


def _cached(kind: str, cells: str, texts: list[str]) -> str:
    """Cells of the workbook inside, with what stands in them: the chart is drawn without opening it."""
    form = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{escaped(text)}</c:v></c:pt>' for number, text in enumerate(texts)
    )
    return (
        f"<c:{kind}Ref><c:f>{_SHEET}!{cells}</c:f><c:{kind}Cache>{form}"
        f'<c:ptCount val="{len(texts)}"/>{points}</c:{kind}Cache></c:{kind}Ref>'
    )


def _looks(tag: str, size: int) -> str:
    return (
        f'<a:{tag} lang="zh-CN" sz="{size}" b="0"><a:solidFill><a:srgbClr val="{INK[1:]}"/></a:solidFill>'
        f'<a:latin typeface="{FIGURE_FONT}"/><a:ea typeface="{FIGURE_FONT}"/></a:{tag}>'
    )


_NO_TICKS = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
_AXES = (
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
    f'<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>{_NO_TICKS}<c:tickLblPos val="low"/>'
    f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{INK[1:]}"/></a:solidFill></a:ln></c:spPr>'
    '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
    '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
    '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
    f'{_NO_TICKS}<c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/>'
    '<c:crossBetween val="between"/></c:valAx>'
)
