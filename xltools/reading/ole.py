"""OLE compound files: encrypted workbooks, legacy workbooks, and what else comes in that coat.

Sources: MS-CFB 2.2 and 2.6 (header and directory), MS-OFFCRYPTO 2.3 (encrypted workbooks).
"""

from __future__ import annotations

import io
import re

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.text import Text
from xltools.reading.package import MAX_FILE, damaged, unreadable, unsafe

MAX_SPINS = 1_000_000
"""Rounds of hashing that a password costs: Excel asks for 100,000, a hostile file for hours."""

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPINS = re.compile(rb'spinCount="([0-9]{1,20})"')


def is_ole(data: bytes) -> bool:
    """Whether the bytes are an OLE compound file."""
    return data[:8] == _MAGIC


def _has_entry(data: bytes, *names: str) -> bool:
    """Whether one of these names stands in the file as the directory writes names."""
    return any(name.encode("utf-16-le") in data for name in names)


def is_encrypted_package(data: bytes) -> bool:
    """Whether the file is an encrypted .xlsx."""
    return _has_entry(data, "EncryptedPackage", "EncryptionInfo")


def is_legacy_workbook(data: bytes) -> bool:
    """Whether the file holds the stream of an .xls or .et workbook."""
    return _has_entry(data, "Workbook", "Book\0")


def is_word_file(data: bytes) -> bool:
    """Whether the file is a document of Word before 2007."""
    return _has_entry(data, "WordDocument")


def other_ole_file(data: bytes) -> UnreadableFileError:
    """What an OLE file without workbook is."""
    if is_word_file(data):
        return unreadable("FILE-NOT-WORKBOOK", "这是 Word 文档", "it is a Word document")
    return unreadable("FILE-NOT-WORKBOOK", "不认识的文件格式", "its format is not known")


def decrypt(data: bytes, password: str) -> bytes:
    """The workbook in an encrypted OLE file (.xlsx or .xls).

    Raises:
        UnreadableFileError: no password given, one that does not fit, or damaged.
    """
    if not password:
        raise unreadable("FILE-PASSWORD", "", "")
    import msoffcrypto  # noqa: PLC0415 - only for the few files with a password
    from msoffcrypto.exceptions import InvalidKeyError  # noqa: PLC0415 - as above

    opened = io.BytesIO()
    fits = False
    try:
        _refuse_spins(data)
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        options = {"verify_password": True} if is_encrypted_package(data) else {}  # .xls always does
        file.load_key(password=password, **options)
        fits = True
        file.decrypt(opened)
    except UnreadableFileError:
        raise
    except Exception as error:  # noqa: BLE001 - a foreign parser on hostile bytes raises anything
        wrong = isinstance(error, InvalidKeyError) and not fits
        raise (wrong_password() if wrong else _undecipherable(error)) from None
    content = opened.getvalue()
    if len(content) > MAX_FILE:
        raise unsafe("解密后的内容过大", "its decrypted content is too large")
    return content


def _refuse_spins(data: bytes) -> None:
    """Raise where trying the password would take minutes."""
    import olefile  # noqa: PLC0415 - what msoffcrypto itself reads the file with

    with olefile.OleFileIO(io.BytesIO(data)) as container:
        if container.exists("EncryptionInfo"):
            spins = _SPINS.findall(container.openstream("EncryptionInfo").read())
            if any(int(count) > MAX_SPINS for count in spins):
                raise unsafe("密码的运算次数异常", "checking its password would take far too long")


def wrong_password() -> UnreadableFileError:
    """What is said where the password given does not fit."""
    return UnreadableFileError(
        "FILE-PASSWORD",
        Text(
            "给出的打开密码不对，无法读取。",
            "the password given does not open this file, so it cannot be read",
        ),
    )


def _undecipherable(error: Exception) -> UnreadableFileError:
    return damaged(
        "加密的文件已损坏，或加密方式不支持",
        f"the encrypted file is damaged, or its encryption is not supported ({type(error).__name__})",
    )
