"""Running other programs from tests, with what they say when they fail."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def run(command: Sequence[str | Path]) -> str:
    """What the command prints; fails the test with its error output where it exits with non-zero."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def json_of(*arguments: str | Path, status: int = 0) -> dict[str, object]:
    """What a command of ours prints with ``--json``; it must exit with ``status``."""
    script = f"import sys; from xltools.cli.app import main; sys.exit(0 if main() == {status} else 9)"
    return json.loads(run([sys.executable, "-c", script, *arguments, "--json"]))  # type: ignore[no-any-return]
