"""Why the system refused, in words: its own come in one language only."""

from __future__ import annotations

import errno

from xltools.diagnostics.text import Text

_IN_USE = Text("正被别的程序使用，请先关闭", "another program is using it; close that first")
_DENIED = Text("没有权限，或正被别的程序使用", "permission denied, or another program is using it")
_GONE = Text("不存在", "it does not exist")
_REASONS = {
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("超出了磁盘配额", "the disk quota is used up"),
    errno.EFBIG: Text("文件超过系统允许的大小", "the file is larger than the system allows"),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: Text("磁盘是只读的", "the disk is read-only"),
    errno.ENOENT: _GONE,
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EISDIR: Text("是文件夹，不是文件", "it is a folder, not a file"),
    errno.EEXIST: Text("已存在", "it exists already"),
    errno.ENAMETOOLONG: Text("名称过长", "the name is too long"),
    errno.EBUSY: _IN_USE,
    errno.EIO: Text("读写出错，磁盘或网络可能有故障", "reading or writing failed: the disk or the network"),
    errno.EMFILE: Text("打开的文件过多", "too many files are open"),
    errno.ENFILE: Text("打开的文件过多", "too many files are open"),
}
_WINDOWS_IN_USE = (32, 33)
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, which Python reports as a missing permission."""


def os_reason(error: OSError) -> Text:
    """Why ``error`` was raised, to stand behind a colon; in the system's own words where it is a rare one."""
    if getattr(error, "winerror", None) in _WINDOWS_IN_USE:
        return _IN_USE
    known = _REASONS.get(error.errno) if error.errno is not None else None
    if known is not None:
        return known
    own = error.strerror or str(error)
    return Text(f"系统报告“{own}”", own)
