"""What the READMEs show is what the tool prints: every console block is run and compared."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cases import ROOT

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LANGUAGES = {"README.md": "en", "README.zh-CN.md": "zh"}


def _run(command: str, folder: Path, language: str) -> str:
    program, *arguments = shlex.split(command)
    python = {"xltools": [sys.executable, "-m", "xltools.cli.app"], "python": [sys.executable]}[program]
    environment = os.environ | {"XLTOOLS_LANG": language, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*python, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An empty folder with the examples in it, as after unpacking the project."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.parametrize("name", _LANGUAGES)
def test_every_command_prints_what_the_readme_shows(name: str, office: Path) -> None:
    text = (ROOT / name).read_text("utf-8")
    commands = [match for block in _BLOCK.findall(text) for match in _COMMAND.findall(block)]
    assert len(commands) >= 6
    for command, shown in commands:
        assert _run(command, office, _LANGUAGES[name]).rstrip() == shown.rstrip(), command


def test_the_library_example_runs(office: Path) -> None:
    (example,) = _PYTHON.findall((ROOT / "README.md").read_text("utf-8"))
    (office / "example.py").write_text(example, "utf-8")
    _run("python examples/real_return.py returns", office, "en")
    printed = _run("python example.py", office, "en")
    assert "as-published.xlsx error" in printed
    assert (office / "summary.xlsx").is_file()


@pytest.mark.parametrize("name", _LANGUAGES)
def test_everything_linked_is_there(name: str) -> None:
    targets = re.findall(r"\]\(((?!https?:)[^)]+)\)", (ROOT / name).read_text("utf-8"))
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert not missing
