"""An empty Word document with the page of official documents (GB/T 9704-2012, 5.2 and 7.5).

A4 with margins of 37 mm above, 35 below, 28 left and 26 right, which leaves 156 by 225 mm; the page
number between dashes, one character in from the outer edge, 7 mm below the text.
"""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer
from docx.shared import Mm, Pt

from xltools.writing.docx_styles import FOOTER, LINE_PITCH, font_table_xml, styles_xml
from xltools.writing.files import CREATED

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
TEXT_HEIGHT, LYING_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM, PAGE_WIDTH - LEFT - RIGHT
"""Millimetres, all of them; the last is the height of the text on a page that is turned."""
_FOOTER_TO_EDGE = 22
_DASH = "—"
_NOT_OURS = ("stylesWithEffects", "webSettings", "numbering", "customXml", "theme", "fontTable")
"""Parts of the library's own template that this document has no use for, or has its own of."""
_NOT_OURS_EITHER = ("thumbnail", "extended-properties")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def empty_document() -> Document:
    """A document without content: page, styles, fonts and page numbers."""
    document = docx.Document()
    _drop_parts(document)
    _replace(document.styles.element, parse_xml(styles_xml()))
    _set_up_page(document)
    _add_font_table(document)
    _set_up_settings(document)
    return document


def document_bytes(document: Document) -> bytes:
    """The file; the same document always gives the same bytes, whatever the clock says."""
    buffer, fixed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as made, ZipFile(fixed, "w", ZIP_DEFLATED) as out:
        for name in made.namelist():
            entry = ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            out.writestr(entry, made.read(name))
    return fixed.getvalue()


def describe(document: Document, title: str, subject: str, author: str) -> None:
    """What the file says about itself."""
    properties = document.core_properties
    properties.title, properties.subject, properties.author = title, subject, author
    properties.last_modified_by, properties.comments, properties.keywords = "xltools", "", ""
    properties.language = "zh-CN"
    properties.created = properties.modified = CREATED
    properties.revision = 1


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """``<w:tag w:name="value">`` with these children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def _drop_parts(document: Document) -> None:
    for owner, names in ((document.part, _NOT_OURS), (document.part.package, _NOT_OURS_EITHER)):
        for key in [key for key, rel in owner.rels.items() if rel.reltype.rsplit("/", 1)[-1] in names]:
            del owner.rels[key]


def _replace(old: BaseOxmlElement, new: BaseOxmlElement) -> None:
    """The content of ``new`` in place of that of ``old``, which stays the root of its part."""
    for child in list(old):
        old.remove(child)
    old.extend(list(new))


def start_section(document: Document, *, lying: bool) -> None:
    """Begin a new page, turned to the left with its margins where ``lying``; numbers go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].paragraph_format.line_spacing = Pt(
        1
    )  # it ends the page before, and shows nothing
    width, height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    edges = (Mm(TOP), Mm(RIGHT), Mm(BOTTOM), Mm(LEFT))
    if lying:
        width, height, edges = height, width, (*edges[1:], edges[0])
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = edges


def _set_up_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(_FOOTER_TO_EDGE)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    section._sectPr.append(element("docGrid", type="lines", linePitch=LINE_PITCH))
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = FOOTER
    paragraph.alignment = side
    edge = Pt(14)
    paragraph.paragraph_format.left_indent = edge if side is WD_ALIGN_PARAGRAPH.LEFT else None
    paragraph.paragraph_format.right_indent = edge if side is WD_ALIGN_PARAGRAPH.RIGHT else None
    paragraph.add_run(f"{_DASH} ")
    number = element("r", element("t"))
    number[0].text = "1"
    paragraph._p.append(element("fldSimple", number, instr="PAGE"))
    paragraph.add_run(f" {_DASH}")


def _add_font_table(document: Document) -> None:
    uri = PackURI("/word/fontTable.xml")
    part = Part(uri, CONTENT_TYPE.WML_FONT_TABLE, font_table_xml().encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_up_settings(document: Document) -> None:
    settings = document.settings.element
    keep = {qn(f"w:{name}") for name in ("evenAndOddHeaders",)}
    for child in list(settings):
        if child.tag not in keep:
            settings.remove(child)
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    settings.append(element("characterSpacingControl", val="compressPunctuation"))
    settings.append(element("compat", element("compatSetting", **mode)))
    settings.append(element("themeFontLang", val="en-US", eastAsia="zh-CN"))
