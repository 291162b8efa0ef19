"""Parts of a password-protected ``.ods``, opened as their manifest says.

Source: OpenDocument 1.3 part 2, 3.4 (encryption) and 4 (manifest). LibreOffice before 24.8 writes so; the
single encrypted package of newer ones, and what OpenOffice 1 to 3 wrote, is not supported.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import zlib
from collections.abc import Mapping, Sequence

from xltools.diagnostics.exceptions import UnreadableFileError
from xltools.diagnostics.text import Text
from xltools.reading.ole import MAX_SPINS, wrong_password
from xltools.reading.package import MAX_ALL_PARTS, MAX_PART, Package, damaged, read_part, unreadable, unsafe
from xltools.reading.xml_text import decode, elements

_MANIFEST = "META-INF/manifest.xml"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0 "
_ALGORITHMS = {
    "algorithm-name": "aes256-cbc",
    "start-key-generation-name": "sha256",
    "key-derivation-name": "pbkdf2",
    "checksum-type": "sha256-1k",
}
"""What each part must say of its encryption, whatever namespace stands before it."""
_CHECKED = 1024
"""Bytes of the packed content that the checksum is of."""
_KEY_BYTES, _BLOCK_BYTES = 32, 16

_Given = Mapping[str, str]
"""The attributes of one part's encryption by their local names."""


def is_encrypted(package: Package) -> bool:
    """Whether parts of the document are encrypted."""
    return b"encryption-data" in (read_part(package, _MANIFEST) or b"")


def read_protected(package: Package, names: Sequence[str], password: str) -> dict[str, bytes]:
    """The content of those of these parts that are there.

    Raises:
        UnreadableFileError: no password given, one that does not fit, an encryption that is not supported,
            or damaged.
    """
    if not password:
        raise unreadable("FILE-PASSWORD", "", "")
    protected = _protected(decode(read_part(package, _MANIFEST) or b"", _MANIFEST))
    found: dict[str, bytes] = {}
    for name in names:
        data = read_part(package, name)
        if data is not None:
            found[name] = _opened(data, protected[name], password) if name in protected else data
    if sum(map(len, found.values())) > MAX_ALL_PARTS:
        raise unsafe("解密后的内容过大", "its decrypted content is too large")
    return found


def not_supported() -> UnreadableFileError:
    """What is said of an encryption that no password opens here."""
    return UnreadableFileError(
        "FILE-PASSWORD",
        Text(
            "电子表格（.ods）的加密方式不支持，有密码也打不开：请用 LibreOffice 打开，另存为不加密的文件。",
            "the encryption of this spreadsheet (.ods) is not supported, whatever the password: open it in"
            " LibreOffice and save it without one",
        ),
    )


def _protected(manifest: str) -> dict[str, _Given]:
    """How each encrypted part is encrypted, by its name."""
    found: dict[str, _Given] = {}
    given: dict[str, str] = {}
    for element in elements(manifest, _MANIFEST):  # each after its children
        attributes = {key.removeprefix(_NAMESPACE): value for key, value in element.attributes.items()}
        if not element.path.endswith("file-entry"):
            # both of these have a size, that of the second is the one of the key
            given |= attributes
        else:
            if given:
                found[attributes.get("full-path", "")] = given
            given = {}
    return found


def _opened(data: bytes, given: _Given, password: str) -> bytes:
    """The content of one part: decrypted, held against its checksum, inflated."""
    for key, name in _ALGORITHMS.items():
        if not given.get(key, "").lower().endswith(name):
            raise not_supported()
    packed = _decrypted(data, _key(given, password), _bytes(given, "initialisation-vector"))
    checksum = hashlib.sha256(packed[:_CHECKED]).digest()
    if not hmac.compare_digest(checksum, _bytes(given, "checksum")):
        raise wrong_password()
    inflater = zlib.decompressobj(-15)
    try:
        content = inflater.decompress(packed, MAX_PART + 1)
    except zlib.error:
        raise damaged() from None
    if len(content) > MAX_PART:
        raise unsafe("解密后的内容过大", "its decrypted content is too large")
    if not inflater.eof:
        raise damaged()
    return content


def _key(given: _Given, password: str) -> bytes:
    rounds = given.get("iteration-count", "")
    if not (rounds.isascii() and rounds.isdecimal()) or given.get("key-size") != str(_KEY_BYTES):
        raise not_supported()
    if len(rounds) > len(str(MAX_SPINS)) or not 0 < int(rounds) <= MAX_SPINS:
        raise unsafe("密码的运算次数异常", "checking its password would take far too long")
    start = hashlib.sha256(password.encode()).digest()
    return hashlib.pbkdf2_hmac("sha1", start, _bytes(given, "salt"), int(rounds), _KEY_BYTES)


def _decrypted(data: bytes, key: bytes, vector: bytes) -> bytes:
    """The packed content without its padding; what is packed says itself where it ends."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415 - rarely

    if len(vector) != _BLOCK_BYTES or not data or len(data) % _BLOCK_BYTES:
        raise damaged()
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    padded = decryptor.update(data) + decryptor.finalize()
    padding = padded[-1]
    return padded[:-padding] if 0 < padding <= _BLOCK_BYTES else padded


def _bytes(given: _Given, key: str) -> bytes:
    try:
        return base64.b64decode(given.get(key, ""), validate=True)
    except (binascii.Error, ValueError):
        raise damaged() from None
