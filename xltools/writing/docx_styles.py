"""Fonts and styles of official documents in Word (GB/T 9704-2012, chapters 5 and 7).

Title in 小标宋 of size 二号 (22 pt); body in 仿宋 of 三号 (16 pt) on 22 lines a page, indented by two
characters; headings in 黑体 and 楷体. A machine without one of these fonts takes the one named beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE, DATE, HEADINGS, BODY, CELL, FOOTER, TABLE = (
    "Title",
    "Subtitle",
    {1: "Heading 1", 2: "Heading 2"},
    "Normal",
    "Table Text",
    "footer",
    "Table Grid",
)
LINE_PITCH = 579
"""Twentieths of a point from line to line: 225 mm for 22 lines."""
_WESTERN = "Times New Roman"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class _Font:
    """A font with what stands in for it; ``family`` tells Word which kind of script it is."""

    name: str
    stand_in: str
    family: str = "auto"


_TITLE_FONT = _Font("方正小标宋简体", "宋体")
_BODY_FONT = _Font("仿宋_GB2312", "仿宋", "modern")
_BLACK = _Font("黑体", "SimHei", "modern")
_REGULAR = _Font("楷体_GB2312", "楷体", "modern")
_SONG = _Font("宋体", "SimSun")
FIGURE_FONT = _SONG.name
"""That of tables and pictures."""
_FONTS = (_TITLE_FONT, _BODY_FONT, _BLACK, _REGULAR, _SONG)


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; ``size`` in points, ``line`` in twentieths (0: single), ``indent`` in characters."""

    name: str
    font: _Font
    size: float
    align: str = "both"
    line: int = LINE_PITCH
    indent: int = 0
    after: int = 0
    outline: int | None = None
    western: str = _WESTERN


_STYLES = (
    _Style(BODY, _BODY_FONT, 16, indent=2),
    _Style(TITLE, _TITLE_FONT, 22, "center", line=700, western=_TITLE_FONT.name),
    _Style(DATE, _REGULAR, 16, "center"),
    _Style(HEADINGS[1], _BLACK, 16, "left", indent=2, outline=0, western=_BLACK.name),
    _Style(HEADINGS[2], _REGULAR, 16, "left", indent=2, outline=1),
    _Style(CELL, _SONG, 10.5, "center", line=0, western=_SONG.name),
    _Style(FOOTER, _SONG, 14, "left", line=0, western=_SONG.name),
)


def styles_xml() -> str:
    """All styles of the document."""
    return (
        f"<w:styles {_NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>"
        f"{_fonts(_BODY_FONT, _WESTERN)}"
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        f"{''.join(map(_paragraph_style, _STYLES))}"
        '<w:style w:type="table" w:default="1" w:styleId="NormalTable"><w:name w:val="Normal Table"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f'<w:style w:type="table" w:styleId="{_id(TABLE)}"><w:name w:val="{TABLE}"/>'
        f'<w:basedOn w:val="NormalTable"/><w:tblPr><w:tblBorders>{_borders()}</w:tblBorders>'
        '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style></w:styles>"
    )


def font_table_xml() -> str:
    """Which font stands in for which."""
    fonts = "".join(
        f'<w:font w:name="{font.name}"><w:altName w:val="{font.stand_in}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{font.family}"/></w:font>'
        for font in _FONTS
    )
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{declaration}<w:fonts {_NAMESPACE}>{fonts}</w:fonts>"


def _paragraph_style(style: _Style) -> str:
    default = ' w:default="1"' if style.name == BODY else ""
    based = "" if style.name == BODY else f'<w:basedOn w:val="{_id(BODY)}"/>'
    follows = f'<w:next w:val="{_id(BODY)}"/>' if style.outline is not None else ""
    keep = "<w:keepNext/><w:keepLines/>" if style.outline is not None else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    grid = "" if style.line == LINE_PITCH else '<w:snapToGrid w:val="0"/>'
    line = f'w:line="{style.line}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    first = f'w:firstLineChars="{style.indent * 100}" w:firstLine="{int(style.indent * style.size * 20)}"'
    size = int(style.size * 2)
    name = style.name.replace("Heading", "heading")  # as the file format spells the built-in ones
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{_id(style.name)}"><w:name w:val="{name}"/>'
        f"{based}{follows}<w:qFormat/><w:pPr>{keep}<w:widowControl/>{grid}"
        f'<w:spacing w:before="0" w:after="{style.after}" {line}/><w:ind {first}/>'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr><w:rPr>{_fonts(style.font, style.western)}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _fonts(font: _Font, western: str) -> str:
    """The hint has quotation marks, which both scripts have, set as Chinese ones."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{western}" w:hAnsi="{western}" w:cs="{_WESTERN}"'
        f' w:eastAsia="{font.name}"/>'
    )


def _borders() -> str:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in edges)


def _id(name: str) -> str:
    return name.replace(" ", "")
