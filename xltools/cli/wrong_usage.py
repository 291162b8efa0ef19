"""Typer's own complaints about a command line, in both languages."""

from __future__ import annotations

import re
from typing import Any

import typer

from xltools.diagnostics.text import Text

# typer does not name these classes in public, and older ones take them from click.
WrongUsage: type[Exception] = typer.BadParameter.__bases__[0]
_IN_QUOTES = re.compile(r"'([^']+)'")
_IN_BRACKETS = re.compile(r"\((.*)\)")


def wrong_usage_text(error: Any) -> Text:
    """The sentence for a ``WrongUsage``, and where to read more."""
    english = error.format_message()
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "xltools"
    return Text(
        f"{_chinese(error, english)}\n用法见：{command} --help",
        f"{english}\nFor help: {command} --help",
    )


def _chinese(error: Any, english: str) -> str:
    quoted = _IN_QUOTES.findall(english)
    match type(error).__name__:
        case "NoSuchOption":
            near = "、".join(error.possibilities or ())
            return f"没有选项 {error.option_name}" + (f"，是否应为 {near}？" if near else "。")
        case "MissingParameter":
            return f"缺少 {_name(error) or english}。"
        case "BadOptionUsage":
            return f"选项 {error.option_name} 缺少值，或不应带值。"
        case "NoSuchCommand":
            return _no_command(quoted)
    if english.startswith("No such command"):
        return _no_command(quoted)
    if "unexpected extra argument" in english:
        extra = _IN_BRACKETS.search(english.partition("argument")[2].removeprefix("(s)"))
        return f"多余的参数：{extra[1] if extra else english}。"
    return f"用法不对：{english}"


def _no_command(quoted: list[str]) -> str:
    near = "、".join(dict.fromkeys(quoted[1:]))
    return f"没有命令 {quoted[0]}" + (f"，是否应为 {near}？" if near else "。")


def _name(error: Any) -> str:
    """The parameter as the user writes it: its longest option, or its name in the help."""
    param = error.param
    if param is None:
        return ""
    options = [option for option in param.opts if option.startswith("-")]
    return max(options, key=len) if options else str(param.metavar or param.name)
