"""A published report in whatever format it comes, as a grid: recognised by its content, not by its name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from xltools.reading.archive import WORKBOOK_SUFFIXES
from xltools.reading.documents.document import no_report
from xltools.reading.grid import Grid
from xltools.reading.inputs import InputFile, as_input
from xltools.reading.ole import is_ole, is_word_file
from xltools.reading.package import open_package
from xltools.reading.workbooks.workbook import read_workbook

MARKUP_SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")
_REFUSED_SUFFIXES = (".doc", ".wps", ".rtf", ".odt", ".ofd")
REPORT_SUFFIXES = (*WORKBOOK_SUFFIXES, *MARKUP_SUFFIXES, ".docx", ".pdf", ".txt", *_REFUSED_SUFFIXES)
"""What is looked for in folders of reports; some cannot be read, which has to be said."""

_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
_OFD = "ofd.xml"
"""Source: GB/T 33190-2016, 7.1 (the entry file)."""
_HEAD = 1024
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<div", b"<p>", b"<!--")


def read_report(source: Path | InputFile, *, open_password: str = "") -> Grid:
    """The lines and tables of a report: .txt, .html, .docx, .pdf with text, or any workbook.

    Nothing outside the file is read: pictures, scripts and links are not followed.

    Raises:
        UnreadableFileError: the format is not one of these, or the file is encrypted, damaged or unsafe.
    """
    source = as_input(source)
    data = source.read()
    digest = hashlib.sha256(data).hexdigest()
    if data[:4] == _ZIP:
        from xltools.reading.documents.docx import is_word_document, read_docx  # noqa: PLC0415 - one format a file

        package = open_package(data)
        if is_word_document(package):
            return read_docx(package, source.name)
        if _OFD in package.entries:
            raise no_report(
                "这是 OFD 版式文件，请导出为 .docx 或带文字的 .pdf",
                "it is an OFD document; export it as .docx, or as .pdf that holds text",
            )
        return read_workbook(source, open_password=open_password)
    if is_ole(data):
        if is_word_file(data):
            zh, en = (
                "这是旧版 Word 文档（.doc、.wps），请另存为 .docx",
                "it is a document of old Word (.doc, .wps); save it as .docx",
            )
            raise no_report(zh, en)
        return read_workbook(source, open_password=open_password)
    return _read_plain(data, source.name, digest, open_password)


def _read_plain(data: bytes, name: str, digest: str, open_password: str) -> Grid:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _PDF in data[:_HEAD]:
        from xltools.reading.documents.pdf import read_pdf  # noqa: PLC0415 - as above

        return read_pdf(data, name, digest, open_password)
    if not data.strip(b"\0 \t\r\n"):
        raise no_report("文件是空的", "it is empty")
    if head.startswith(_HTML) or b"<html" in data[:4096].lower() or _is_markup(name):
        from xltools.reading.documents.html import read_html  # noqa: PLC0415 - as above

        return read_html(data, name, digest)
    if head.startswith(b"{\\rtf"):
        raise no_report("这是 RTF 文档，请另存为 .docx", "it is an RTF document; save it as .docx")
    if data.startswith(_PICTURES):
        raise no_report("这是图片，里面没有文字", "it is a picture and holds no text")
    from xltools.reading.documents.text_file import read_text  # noqa: PLC0415 - as above

    return read_text(data, name, digest)


def _is_markup(name: str) -> bool:
    return name.lower().endswith(MARKUP_SUFFIXES)
