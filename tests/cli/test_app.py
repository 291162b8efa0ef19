"""What all commands have in common: languages, help, exit status, streams, start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.support.cases import ROOT
from xltools import __version__, workflows
from xltools.cli.docs import pages
from xltools.cli.language import chosen_language, default_language
from xltools.diagnostics.exceptions import UsageError

Run = Callable[..., Ran]
Fill = Callable[..., Path]
PAGES = pages()
COMMANDS = [
    (),
    ("blank",),
    ("check",),
    ("merge",),
    ("forms",),
    ("forms", "list"),
    ("forms", "show"),
    ("forms", "lint"),
    ("explain",),
    ("demo",),
]


def xltools(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "xltools.cli.app", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "Chinese (Simplified)_China.936"}, "zh"),
        ({"XLTOOLS_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ({"XLTOOLS_LANG": "", "LANG": "zh_TW"}, "zh"),
    ],
)
def test_default_language(environment: dict[str, str], language: str) -> None:
    assert default_language(environment) == language


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["--lang", "zh", "check"], "zh"),
        (["check", "--lang=zh"], "zh"),
        (["--lang", "zh", "check", "--lang", "en"], "en"),
        (["check", "--", "--lang", "zh"], "en"),
    ],
)
def test_chosen_language(arguments: list[str], language: str) -> None:
    assert chosen_language(arguments, {}) == language


def test_an_unknown_language(run: Run) -> None:
    with pytest.raises(UsageError):
        chosen_language(["--lang", "fr"], {})
    assert run("--lang", "fr", "forms").status == 2


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example_in_both_languages(run: Run, command: tuple[str, ...]) -> None:
    english = run(*command, "--help")
    chinese = run(*command, "--help", "--lang", "zh") if command else run("--lang", "zh", "--help")
    assert (english.status, chinese.status) == (0, 0)
    assert english.out.startswith("Usage: xltools")
    assert "Example:" in english.out
    assert f"xltools {' '.join(command)}".strip() in english.out.partition("Example:")[2]
    assert chinese.out.startswith("用法：")
    for word in ("Usage:", "Options:", "Show", "[required]", "Example:"):
        assert word not in chinese.out


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    ran = run()
    assert ran.status == 0
    assert "Commands:" in ran.out


def test_version(run: Run) -> None:
    assert run("--version").out == f"xltools {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("blnk",), "没有命令 blnk，是否应为 blank？"),
        (("check", "--jsn", "x"), "没有选项 --jsn"),
        (("demo", "a", "b"), "多余的参数：b"),
        (("forms", "show"), "缺少 FORM"),
        (("check", "x", "--previous"), "--previous"),
    ],
)
def test_wrong_usage_in_chinese(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    ran = run("--lang", "zh", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert "--help" in ran.err


def test_a_bug_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(workflows, "iter_check", broken)
    ran = run("check", "x")
    assert (ran.status, ran.out) == (2, "")
    assert "bug in xltools" in ran.err
    assert "ZeroDivisionError" in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("XLTOOLS_DEBUG", "1")
    assert "Traceback" in run("check", "x").err


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workflows, "iter_check", interrupted)
    ran = run("check", "x", "--lang", "zh")
    assert (ran.status, ran.out, ran.err) == (130, "", "已中断。\n")


def test_json_is_utf8_whatever_the_locale(fill: Fill) -> None:
    ran = xltools("check", fill("教育局.xlsx"), "--json", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert json.loads(ran.stdout.decode("utf-8"))["files"][0]["unit"]["name"] == "云山县教育局"
    assert ran.stderr == b""


def test_a_stream_that_cannot_carry_chinese(fill: Fill) -> None:
    ran = xltools("check", fill("教育局.xlsx"), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 0
    assert "云山县教育局" in ran.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="uses a shell pipe")
def test_a_closed_pipe_is_no_complaint() -> None:
    command = f"{sys.executable} -m xltools.cli.app forms show zfxxgk-2021 --json | head -c 1"
    ran = subprocess.run(command, shell=True, capture_output=True, check=False, cwd=ROOT)
    assert ran.stderr == b""


def test_a_check_imports_only_what_it_needs(fill: Fill) -> None:
    script = (
        "import sys; from xltools.cli.app import main; main(['check', sys.argv[1]]); "
        "sys.stderr.write(','.join(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(fill("a.xlsx"))], capture_output=True, check=True, cwd=ROOT
    )
    loaded = set(ran.stderr.decode().split(","))
    assert "xltools.checking.check" in loaded
    assert not {"xlsxwriter", "openpyxl", "rich", "pydantic", "json"} & loaded


@pytest.mark.parametrize("name", PAGES)
def test_docs_are_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name], "run: make docs"
