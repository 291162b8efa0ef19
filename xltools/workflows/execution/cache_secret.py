"""The secret with which this user's cached results are sealed: 32 random bytes in the user's profile."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from pathlib import Path

_SIZE = 32


def cache_secret() -> bytes | None:
    """The secret, made on first use; None where the profile cannot hold one, and then there is no cache."""
    try:
        path = _state_folder() / "xltools" / "cache-secret"
        if not path.is_file() or path.stat().st_size != _SIZE:
            _make(path)
        secret = path.read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None
    return secret if len(secret) == _SIZE else None


def _state_folder() -> Path:
    """Where programs keep what is neither a setting nor a document (XDG Base Directory, Windows' own)."""
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local)
    state = os.environ.get("XDG_STATE_HOME", "")
    return Path(state) if Path(state).is_absolute() else Path.home() / ".local" / "state"


def _make(path: Path) -> None:
    """Whole or not at all, readable by the user alone; of two runs that meet the last one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(_SIZE))
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
