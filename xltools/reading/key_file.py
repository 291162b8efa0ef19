"""The key of a round: a file only the coordinator has, with which issued workbooks are recognised."""

from __future__ import annotations

from pathlib import Path

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.os_reason import os_reason
from xltools.diagnostics.text import Text

_LEAST, _MOST = 16, 4096


def read_key(path: Path | None) -> bytes:
    """The bytes of a key file, at least 16 of them, none without a file; raises UsageError for any other."""
    if path is None:
        return b""
    try:
        with path.open("rb") as stream:
            key = stream.read(_MOST + 1)
    except OSError as error:
        reason = os_reason(error)
        raise UsageError(
            Text(f"读不出密钥文件“{path}”：{reason.zh}。", f'cannot read the key file "{path}": {reason.en}.')
        ) from error
    if not _LEAST <= len(key) <= _MOST:
        raise UsageError(
            Text(
                f"密钥文件“{path}”应为 {_LEAST} 到 {_MOST} 个字节的任意内容，现有 {len(key)} 个。",
                f'the key file "{path}" must hold {_LEAST} to {_MOST} bytes of any kind, not {len(key)}.',
            )
        )
    return key
