"""The language of help, messages and findings: asked for, or taken from the locale."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Language, Text

Say = Callable[[str, str], str]
"""Chinese and English to the one of the two that is spoken."""
OPTION = "--lang"
_VARIABLES = ("XLTOOLS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def speaker(language: Language) -> Say:
    """``say(zh, en)`` for a language."""
    return lambda zh, en: Text(zh, en).in_language(language)


def default_language(environment: Mapping[str, str]) -> Language:
    """The first of XLTOOLS_LANG, LC_ALL, LC_MESSAGES, LANG that is set decides; on Windows the locale."""
    names = [environment[name] for name in _VARIABLES if environment.get(name)]
    if not names and sys.platform == "win32":
        names = [locale.getlocale()[0] or ""]
    return "zh" if names and names[0].lower().startswith(("zh", "chinese")) else "en"


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Language:
    """The language that ``--lang`` asks for anywhere on the command line, else the default.

    It is needed before the command line is parsed, since the help of every option is in it.
    Raises UsageError where ``--lang`` is given something else.
    """
    language = default_language(os.environ if environment is None else environment)
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name != OPTION:
            continue
        wanted = value if equals else next(iter(arguments[number + 1 : number + 2]), "")
        if wanted not in ("zh", "en"):
            raise UsageError(
                Text(f"--lang 只能是 zh 或 en，不能是“{wanted}”。", f'--lang is zh or en, not "{wanted}".')
            )
        language = "zh" if wanted == "zh" else "en"
    return language
