"""The published report as one web page, to put on a site or to print.

Looks are written at every element, because the editors of sites keep those and drop style sheets; the
style sheet only sets the page around it. Tables name what every figure belongs to (WCAG 2.1, 1.3.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltools.layout.report import Heading, Paragraph, Report, ReportPart
from xltools.layout.report_pictures import Picture
from xltools.layout.report_table import ReportCell, ReportTable, Role
from xltools.writing.html_page import escaped, html_page
from xltools.writing.picture_svg import inline_svg

_BODY_FONT = "font-family:仿宋_GB2312,仿宋,FangSong,STFangsong,'Noto Serif CJK SC',serif"
_TITLE_FONT = "font-family:方正小标宋简体,'Source Han Serif SC','Noto Serif CJK SC',宋体,SimSun,serif"
_BLACK = "font-family:黑体,SimHei,'Noto Sans CJK SC',sans-serif"
_REGULAR = "font-family:楷体_GB2312,楷体,KaiTi,STKaiti,'Noto Serif CJK SC',serif"
_SONG = "font-family:宋体,SimSun,'Noto Serif CJK SC',serif"
_TEXT = "font-size:16pt;line-height:1.8"

_TITLE = "font-size:22pt;font-weight:normal;line-height:1.5;text-align:center;margin:0 0 0.5em"

_LOOKS = {
    "title": f"{_TITLE_FONT};{_TITLE}",
    "below": f"{_REGULAR};{_TEXT};text-align:center;margin:0",
    1: f"{_BLACK};{_TEXT};font-weight:normal;text-indent:2em;margin:0.6em 0 0",
    2: f"{_REGULAR};{_TEXT};font-weight:normal;text-indent:2em;margin:0",
    "text": f"{_BODY_FONT};{_TEXT};text-align:justify;text-indent:2em;margin:0",
    "table": f"{_SONG};border-collapse:collapse;width:100%;line-height:1.4;margin:0.4em 0 0.8em",
    "caption": f"{_REGULAR};font-size:12pt;text-align:center;padding:0.2em 0",
    "figure": "margin:0.8em 0;text-align:center;break-inside:avoid",
    "drawing": "max-width:100%;height:auto",
    "figcaption": f"{_REGULAR};font-size:12pt;text-align:center",
}
_CELL = "border:1px solid #000;padding:0.25em 0.3em;font-weight:normal;vertical-align:middle"
_FIGURE = "overflow-wrap:normal;white-space:nowrap"
_MANY_COLUMNS, _FEW_COLUMNS_SIZE = 8, 10.5
_SIZES = (9.0, 7.5, 6.5, 5.5)
"""Points, as in the Word file."""
_PAGE, _LABELLED_SHARE = 442, 0.65
"""Width of the text of a page in points, and how much of it figures may take beside labels."""
_DIGIT, _PADDING = 0.55, 0.65
"""To the size of the text."""
_STYLE = """\
:root { color-scheme: light; }
body { margin: 0; color: #000; background: #fff; }
main { max-width: 46em; margin: 0 auto; padding: 2em 1.2em 3em; overflow-wrap: anywhere; }
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —"; } }
@media print {
  main { max-width: none; padding: 0; }
  thead { display: table-header-group; }
  table, tr { break-inside: avoid; }
  th, td { padding: 0.15em 0.2em !important; line-height: 1.3; }
  h1, h2, h3, caption { break-after: avoid; }
  p { orphans: 2; widows: 2; }
}
"""


def render_html(report: Report, version: str) -> str:
    """The whole page; ``version`` is that of xltools."""
    tables = iter(range(1, len(report.parts) + 1))
    body = (
        "<main>\n",
        f'<h1 style="{_LOOKS["title"]}">{"<br>".join(map(escaped, report.title))}</h1>\n',
        *(_paragraph(line, "below") for line in (report.date, report.mark) if line),
        *(_part(part, tables) for part in report.parts),
        "</main>\n",
    )
    return html_page("".join(report.title), "zh-CN", _STYLE, "".join(body), version)


def _part(part: ReportPart, numbers: Iterator[int]) -> str:
    if isinstance(part, Paragraph):
        return _paragraph(part.text, "text")
    if isinstance(part, Heading):
        tag = f"h{part.level + 1}"
        return f'<{tag} style="{_LOOKS[part.level]}">{escaped(part.text)}</{tag}>\n'
    if isinstance(part, Picture):
        return _picture(part)
    return _table(part, next(numbers))


def _paragraph(text: str, look: str) -> str:
    return f'<p style="{_LOOKS[look]}">{escaped(text)}</p>\n'


def _picture(picture: Picture) -> str:
    """A drawing with its caption below; the table above it says the same in figures."""
    drawing = inline_svg(picture, f"{picture.id}-", _LOOKS["drawing"])
    caption = f'<figcaption style="{_LOOKS["figcaption"]}">{escaped(picture.title)}</figcaption>'
    return f'<figure style="{_LOOKS["figure"]}">\n{drawing}\n{caption}\n</figure>\n'


def _table(table: ReportTable, number: int) -> str:
    """A table; ``number`` tells the ids of its headers from those of the others."""
    ids = {cell: f"t{number}h{at}" for at, cell in enumerate(table.cells, 1) if cell.is_header}
    size = f"{_size(table):g}pt"
    groups = []
    for band in table.bands:
        rows = [_row(table, row, ids) for row in range(band.top, band.end)]
        if table.header_rows:
            head, rows = rows[: table.header_rows], rows[table.header_rows :]
            groups.append(f"<thead>\n{''.join(head)}</thead>\n")
        groups.append(f"<tbody>\n{''.join(rows)}</tbody>\n")
    return (
        f'<table style="{_LOOKS["table"]};font-size:{size}">\n'
        f'<caption style="{_LOOKS["caption"]}">{escaped(table.caption)}</caption>\n'
        f"<colgroup>{_columns(table.widths)}</colgroup>\n{''.join(groups)}</table>\n"
    )


def _size(table: ReportTable) -> float:
    """Points: the largest at which the longest figures stand in one line on a printed page."""
    if table.columns <= _MANY_COLUMNS:
        return _FEW_COLUMNS_SIZE
    wide = sum(need * _DIGIT + _PADDING for need in table.needs if need)
    room = _PAGE * (_LABELLED_SHARE if table.stub else 1)
    return next((size for size in _SIZES if wide * size <= room), _SIZES[-1])


def _columns(widths: Sequence[float]) -> str:
    return "".join(f'<col style="width:{width / sum(widths):.1%}">' for width in widths)


def _row(table: ReportTable, row: int, ids: dict[ReportCell, str]) -> str:
    cells = (cell for cell in table.cells if cell.row == row)
    return f"<tr>{''.join(_cell(table, cell, ids) for cell in cells)}</tr>\n"


def _cell(table: ReportTable, cell: ReportCell, ids: dict[ReportCell, str]) -> str:
    tag, marks = "td", ""
    if cell.is_header:
        tag = "th"
        marks = f' id="{ids[cell]}" scope="{_scope(cell)}"'
    elif headers := [ids[header] for header in table.headers_of(cell)]:
        marks = f' headers="{" ".join(headers)}"'
    if cell.rows > 1:
        marks += f' rowspan="{cell.rows}"'
    if cell.columns > 1:
        marks += f' colspan="{cell.columns}"'
    align = "left" if cell.role is Role.ROW else "center"
    unbroken = f";{_FIGURE}" if cell.role is Role.FIGURE else ""
    return f'<{tag}{marks} style="{_CELL};text-align:{align}{unbroken}">{escaped(cell.text)}</{tag}>'


def _scope(cell: ReportCell) -> str:
    """A block's heading is for all of its rows; a merged label is for the rows or columns it spans."""
    match cell.role:
        case Role.BLOCK:
            return "rowgroup"
        case Role.COLUMN:
            return "col"
        case _:
            return "row"
